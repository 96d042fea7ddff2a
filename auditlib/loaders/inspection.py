"""What the loader sees in a file, before anything is computed from it."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from auditlib.amounts import euros
from auditlib.layout_profiles import LayoutProfile
from auditlib.loaders.file_findings import reading_findings
from auditlib.loaders.movements import signed_amounts
from auditlib.loaders.preview import CELL
from auditlib.loaders.quality import stack_findings
from auditlib.loaders.sheet_habits import control_totals, decimal_mark, described_columns, sign_habit
from auditlib.loaders.source import Source, read_sources
from auditlib.loaders.summaries import trial_amounts
from auditlib.loaders.table_columns import dates
from auditlib.loaders.totals_check import TotalsCheck, check_totals
from auditlib.schemas import FINDINGS

__all__ = ["SourceReport", "inspect_files", "report_of"]

SHOWN = 20
"""Rejected rows a report shows."""
DATED_ROLES = ("posting_date", "document_date", "due_date", "settlement_date")


@dataclass(frozen=True)
class SourceReport:
    """What was understood of one sheet or text file, and how surely.

    Attributes
    ----------
    file, sheet, kind : str
    confidence : float
        In the kind, from 0 to 1.
    problem : str
        Why the sheet cannot be used; "" where it can.
    use : str
        items, second_source, attributes or unused; "" where the documents were not read together.
    layout : str
        flat, or grouped by customer.
    header_rows : tuple of int
        1-based; one row, or two.
    headers : tuple of str
        The header's signature, by which a correction is found again.
    profile : str
        The profile, or the other file of the client, whose correction was applied; "" for none.
    choices : dict
        All choices it was read with, the auditor's and the profile's.
    columns : tuple of dict
        ``role`` ("" where the column is not used), ``header, position, how, confidence, samples``.
    sign : str
        ``debit_positive``, or ``debit_negative`` where what is owed is printed with a minus sign.
    decimal_mark : str
        ``,``, ``.``, ``number`` (typed numbers of a spreadsheet) or "" (no amount seen).
    decimal_mark_evident : bool
    date_order : str
    date_order_evident : bool
    periods : dict
        First and last day of each date column.
    currency : str
    as_of_date : date or None
        As printed above the header.
    buckets : tuple of dict
        Of an aged balance.
    rows_read : int
    classes : dict
        Rows by class, ``loaded`` first; they add up to `rows_read`.
    debit, credit, balance : float
        Of the rows loaded. [currency]
    controls : dict
        ``subtotals_compared, subtotals_agreeing`` (counts) and ``totals``: the grand total and the subtotals that
        differ, each with ``row, class, customer_id, printed, loaded, delta, agrees``. [currency]
    rejected : tuple of dict
        The first rejected rows, with their reason.
    findings : tuple of dict
    preview : tuple of dict
        ``row, class, reason, cells``: the first rows, the last, one of each class, those around rejected ones.
    """

    file: str
    sheet: str
    kind: str
    confidence: float
    problem: str
    use: str
    layout: str
    header_rows: tuple[int, ...]
    headers: tuple[str, ...]
    profile: str
    choices: dict[str, Any]
    columns: tuple[dict[str, Any], ...]
    sign: str
    decimal_mark: str
    decimal_mark_evident: bool
    date_order: str
    date_order_evident: bool
    periods: dict[str, tuple[dt.date, dt.date]]
    currency: str
    as_of_date: dt.date | None
    buckets: tuple[dict[str, Any], ...]
    rows_read: int
    classes: dict[str, int]
    debit: float
    credit: float
    balance: float
    controls: dict[str, Any]
    rejected: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]
    preview: tuple[dict[str, Any], ...]

    @property
    def name(self) -> str:
        """The file's name, with the sheet where there is one, as ``mapping`` is keyed."""
        return f"{self.file}/{self.sheet}" if self.sheet else self.file

    @property
    def header_row(self) -> int | None:
        """The first row of the header, 1-based."""
        return self.header_rows[0] if self.header_rows else None

    @property
    def unmapped(self) -> tuple[dict[str, Any], ...]:
        """The columns that have no role."""
        return tuple(column for column in self.columns if not column["role"])

    def rows_shown(self, count: int) -> list[dict[str, Any]]:
        """Return of the preview the first rows, all that are no items, and those beside a rejected one."""
        rejected = {line["row"] for line in self.preview if line["class"] == "rejected"}
        beside = {row + step for row in rejected for step in (-1, 0, 1)}
        return [line for line in self.preview
                if line["row"] <= count or line["class"] != "item" or line["row"] in beside]

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values for strict JSON, dates in ISO form."""
        plain = dataclasses.asdict(self) | {
            "header_row": self.header_row, "unmapped": list(self.unmapped),
            "as_of_date": self.as_of_date.isoformat() if self.as_of_date else None,
            "periods": {role: [first.isoformat(), last.isoformat()] for role, (first, last) in self.periods.items()},
            "choices": {key: value.isoformat() if isinstance(value, dt.date) else value
                        for key, value in self.choices.items()}}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> "SourceReport":
        """Return the report that `to_dict` gave these plain values of."""
        names = [field.name for field in dataclasses.fields(cls)]
        told: dict[str, Any] = {
            name: tuple(plain[name]) if isinstance(plain[name], list) else plain[name] for name in names}
        told["as_of_date"] = dt.date.fromisoformat(plain["as_of_date"]) if plain["as_of_date"] else None
        told["periods"] = {role: (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
                           for role, (first, last) in plain["periods"].items()}
        return cls(**told)


def inspect_files(
    paths: Iterable[Path | str], *, mapping: dict[str, dict[str, Any]] | None = None,
    profiles: Sequence[LayoutProfile] = (), perimeter: tuple[str, ...] = ("411", "413", "416"),
) -> list[SourceReport]:
    """Report what the loader sees in each sheet of each file; one that cannot be used is reported with its problem.

    Parameters
    ----------
    paths : iterable of Path or str
    mapping : dict, optional
        The auditor's choices, as in the parameters file.
    profiles : sequence of LayoutProfile
        The practice's.
    perimeter : tuple of str
        Prefixes of the customer accounts.

    Raises
    ------
    BadInputError
        If a file is missing or unreadable.
    """
    return [
        report_of(source)
        for path in paths
        for source in read_sources(
            Path(path), mapping=mapping or {}, profiles=profiles, perimeter=perimeter, keeps_unknown=True)
    ]


def report_of(source: Source, *, use: str = "", check: TotalsCheck | None = None) -> SourceReport:
    """Report what was understood of a source already read; its totals are checked, unless they were."""
    skipped = source.skipped.assign(**{"class": source.skipped["class"].astype("str")})
    counted = skipped.groupby("class", sort=False)["count"].sum()
    headers = skipped.loc[skipped["class"] == "header", "source_row"]
    refused = skipped[skipped["class"] == "rejected"].head(SHOWN)
    debit, credit = _sides(source)
    check = check or check_totals(source)
    mark, is_evident = decimal_mark(source)
    return SourceReport(
        file=source.file, sheet=source.sheet, kind=source.kind, confidence=float(source.confidence),
        problem=source.problem, use=use, layout="grouped" if "customer_header" in counted.index else "flat",
        header_rows=tuple(map(int, headers)), headers=source.headers, profile=source.layout,
        choices=dict(source.choices), columns=described_columns(source), sign=sign_habit(source), decimal_mark=mark,
        decimal_mark_evident=is_evident, date_order=source.date_order,
        date_order_evident=bool(source.date_order_evident), periods=_periods(source.table),
        currency=source.currency or source.title.currency, as_of_date=source.title.as_of_date,
        buckets=tuple(dataclasses.asdict(bucket) for bucket in source.buckets), rows_read=int(source.rows_read),
        classes={"loaded": len(source.table), **{str(name): int(count) for name, count in counted.items()}},
        debit=euros(debit), credit=euros(credit), balance=euros(debit - credit),
        controls=control_totals(check.control_totals),
        rejected=_records(refused[["source_row", "reason", "text"]]),
        findings=_records(stack_findings(
            [source.findings, *reading_findings(source), *check.findings])[list(FINDINGS.columns)]),
        preview=_preview(source),
    )


def _preview(source: Source) -> tuple[dict[str, Any], ...]:
    cells = [name for name in source.preview if str(name).startswith(CELL)]
    return tuple({"row": int(row["source_row"]), "class": str(row["class"]), "reason": str(row["reason"]),
                  "cells": [str(row[name]) for name in cells]} for row in source.preview.to_dict("records"))


def _sides(source: Source) -> tuple[int, int]:
    """Return debits and credits of the rows loaded, in cents."""
    table = source.table
    if {"debit_cents", "credit_cents"} <= set(table.columns) and source.kind != "open_items":
        return int(table["debit_cents"].sum()), int(table["credit_cents"].sum())
    if source.kind == "aged_balance" and "total_cents" not in table.columns:
        amount = table[[bucket.role for bucket in source.buckets]].sum(axis="columns")
    else:
        amount = (
            trial_amounts(table)
            if source.kind in ("trial_balance", "aged_balance")
            else signed_amounts(table, source.kind)
        )
    return int(amount.clip(lower=0).sum()), int(-amount.clip(upper=0).sum())


def _periods(table: pd.DataFrame) -> dict[str, tuple[dt.date, dt.date]]:
    found = {role: dates(table, role).dropna() for role in DATED_ROLES}
    return {role: (days.min().date(), days.max().date()) for role, days in found.items() if len(days)}


def _records(frame: pd.DataFrame) -> tuple[dict[str, Any], ...]:
    """Return rows as plain values: numpy numbers are not JSON."""
    return tuple({str(name): value for name, value in row.items()} for row in frame.astype(object).to_dict("records"))
