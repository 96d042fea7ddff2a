"""`indicators.json`: euros, strict JSON, stable keys (INDICATORS.md 5), checked against the schema of the package."""

import datetime as dt
import json
import math
from functools import cache
from importlib import resources
from typing import Any

import pandas as pd

from auditlib.amounts import euros
from auditlib.audit_results import evolution_buckets
from auditlib.reconciliation import Conservation, deciding
from auditlib.results import Indicator

__all__ = ["ageing_rows", "check", "cohort_rows", "evolution_rows", "indicator_entry", "intake_rows", "no_receivable",
           "receivable_entry", "reconciliation_entry"]

RECEIVABLE = ("total", "gross", "not_due", "overdue", "net_overdue", "disputed", "doubtful", "no_due_date",
              "age_unknown", "unallocated_credits", "customers", "open_items")
LOWER_BOUND = "_is_lower_bound"
ROW_COUNTS = ("rows_read", "rows_loaded", "rows_skipped", "rows_rejected")


@cache
def _schema() -> dict[str, Any]:
    text = (resources.files("auditlib") / "indicators.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def check(summary: dict[str, Any]) -> dict[str, Any]:
    """Return the summary if it is strict JSON of the published schema.

    Raises
    ------
    jsonschema.ValidationError
        If a key is missing or holds another type.
    ValueError
        If a figure is NaN or infinite.
    """
    from jsonschema import Draft202012Validator  # a tenth of a second that only a computed audit pays

    plain = json.loads(json.dumps(summary, allow_nan=False))
    Draft202012Validator(_schema()).validate(plain)
    return summary


def indicator_entry(indicator: Indicator) -> dict[str, Any]:
    """Return one entry of ``indicators``; amounts with two decimals, other figures in full."""
    value = indicator.value
    if value is not None and indicator.unit.startswith("amount"):
        value = round(value, 2)
    return {
        "value": value, "unit": indicator.unit, "window_months": indicator.window_months,
        "window_start": indicator.window_start.isoformat() if indicator.window_start else None,
        "window_end": indicator.window_end.isoformat() if indicator.window_end else None,
        "basis_items": indicator.basis_items,
        "basis_amount": None if indicator.basis_cents is None else euros(indicator.basis_cents),
        "share_estimated": indicator.share_estimated, "reason": indicator.reason, "note": indicator.note}


def receivable_entry(open_items: pd.DataFrame, *, net_overdue_cents: int, has_disputes: bool) -> dict[str, Any]:
    """Return ``receivable`` of a state aged by due date.

    Parameters
    ----------
    open_items : DataFrame
        `schemas.OPEN_ITEMS`.
    net_overdue_cents : int
        [cents, VAT included]
    has_disputes : bool
        False: what is disputed is unknown, hence null.
    """
    residual, bucket = open_items["residual_cents"], open_items["bucket"].astype("str")
    debit = residual.clip(lower=0)
    named = {name: euros(int(residual[bucket == name].sum()))
             for name in ("not_due", "no_due_date", "age_unknown", "unallocated_credits")}
    return {
        "total": euros(int(residual.sum())), "gross": euros(int(debit.sum())), "not_due": named["not_due"],
        "overdue": euros(int(debit[open_items["days_overdue"] > 0].sum())), "net_overdue": euros(net_overdue_cents),
        "disputed": euros(int(open_items["disputed_cents"].sum())) if has_disputes else None,
        "doubtful": euros(int(debit[open_items["is_doubtful"]].sum())), "no_due_date": named["no_due_date"],
        "age_unknown": named["age_unknown"], "unallocated_credits": named["unallocated_credits"],
        "customers": int(open_items["customer_id"].nunique()), "open_items": len(open_items), "reason": None}


def no_receivable(reason: str) -> dict[str, Any]:
    """Return ``receivable`` where nothing may be added up, with the reason."""
    return dict.fromkeys(RECEIVABLE) | {"reason": reason}


def ageing_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return ``ageing`` from a table of bucket, from_days, to_days, amount_cents, share and items."""
    return [{"bucket": str(row["bucket"]), "from_days": _whole(row["from_days"]), "to_days": _whole(row["to_days"]),
             "amount": euros(int(row["amount_cents"])), "share": _figure(row["share"]), "items": _whole(row["items"])}
            for row in table.to_dict("records")]


def evolution_rows(evolution: pd.DataFrame) -> list[dict[str, Any]]:
    """Return ``evolution``, the ageing of each month end under its own key, with its shares of the receivable."""
    rows, buckets = [], evolution_buckets(evolution)
    aged = {f"{name}_cents" for name in buckets}
    for row in evolution.to_dict("records"):
        entry: dict[str, Any] = {"month_end": row.pop("month_end").date().isoformat()}
        entry["ageing"] = {name: euros(int(row[f"{name}_cents"])) for name in buckets}
        total = int(row["receivable_cents"])
        entry["ageing_shares"] = {name: int(row[f"{name}_cents"]) / total if total else None for name in buckets}
        for name, value in row.items():
            if name in aged:
                continue
            cents = str(name).endswith("_cents")
            said = bool(value) if str(name).endswith(LOWER_BOUND) else _figure(value)
            entry[str(name).removesuffix("_cents")] = euros(int(value)) if cents else said
        rows.append(entry)
    return rows


def cohort_rows(cohorts: pd.DataFrame) -> list[dict[str, Any]]:
    """Return ``cohorts``."""
    return [{"due_month": str(row["due_month"]), "due": euros(int(row["due_cents"])),
             "credited": euros(int(row["credited_cents"])), "recovered_1m": _figure(row["recovered_1m"]),
             "recovered_3m": _figure(row["recovered_3m"])} for row in cohorts.to_dict("records")]


def intake_rows(intake: pd.DataFrame) -> list[dict[str, Any]]:
    """Return ``intake``, the row accounting of every file and sheet."""
    return [{"file": str(row["file"]), "sheet": str(row["sheet"]), "kind": str(row["kind"]),
             **{name: int(row[name]) for name in ROW_COUNTS}, "debit": euros(int(row["debit_cents"])),
             "credit": euros(int(row["credit_cents"]))} for row in intake.to_dict("records")]


def reconciliation_entry(
    *, ledger_cents: int | None, open_items_cents: int | None, tied: pd.DataFrame, untied_reason: str,
    checked: Conservation | None = None, as_of_date: dt.date | None = None,
) -> dict[str, Any]:
    """Return ``reconciliation`` with the best second source; ``ties`` is null where there is none.

    A source at the as-of date that does not tie stands before a better one that does: it makes ``ties`` false.
    ``conservation`` counts the states (month end and customer) whose buckets were checked against the ledger.
    """
    entry = {"ledger_balance": None if ledger_cents is None else euros(ledger_cents),
             "open_items": None if open_items_cents is None else euros(open_items_cents),
             "conservation": None if checked is None else {"points": checked.points, "breaches": checked.breaches}}
    if not len(tied):
        return entry | {"second_source": None, "second_source_name": None, "second_source_date": None,
                        "second_source_total": None, "difference": None, "ties": None, "reason": untied_reason}
    first = deciding(tied, as_of_date=as_of_date).iloc[0]
    return entry | {
        "second_source": str(first["kind"]), "second_source_name": str(first["source"]),
        "second_source_date": first["as_of_date"].date().isoformat(),
        "second_source_total": euros(int(first["total_cents"])), "difference": euros(int(first["difference_cents"])),
        "ties": bool(first["ties"]), "reason": None}


def _figure(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else int(value)
