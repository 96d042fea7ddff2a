"""What the loader sees in a file, before anything is computed from it."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from auditlib.amounts import euros
from auditlib.loaders.movements import signed_amounts
from auditlib.loaders.quality import stack_findings
from auditlib.loaders.source import Source, read_sources
from auditlib.loaders.summaries import trial_amounts
from auditlib.loaders.table_columns import dates
from auditlib.loaders.totals_check import check_totals
from auditlib.schemas import FINDINGS

__all__ = ["SourceReport", "inspect_files"]

SHOWN = 20
"""Rejected rows a report shows."""
DATED_ROLES = ("posting_date", "document_date", "due_date", "settlement_date")


@dataclass(frozen=True)
class SourceReport:
    """What was understood of one sheet or text file.

    Attributes
    ----------
    file, sheet, kind : str
    confidence : float
        In the kind, from 0 to 1.
    layout : str
        flat, or grouped by customer.
    header_row : int or None
        1-based.
    columns : tuple of dict
        ``role, header, position, how, confidence``.
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
    rejected : tuple of dict
        The first rejected rows, with their reason.
    findings : tuple of dict
    """

    file: str
    sheet: str
    kind: str
    confidence: float
    layout: str
    header_row: int | None
    columns: tuple[dict[str, Any], ...]
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
    rejected: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values for strict JSON, dates in ISO form."""
        plain = dataclasses.asdict(self)
        plain["as_of_date"] = self.as_of_date.isoformat() if self.as_of_date else None
        plain["periods"] = {role: [first.isoformat(), last.isoformat()] for role, (first, last) in self.periods.items()}
        return plain


def inspect_files(
    paths: Iterable[Path | str], *, mapping: dict[str, dict[str, Any]] | None = None,
    perimeter: tuple[str, ...] = ("411", "413", "416"),
) -> list[SourceReport]:
    """Report what the loader sees in each sheet of each file.

    Parameters
    ----------
    paths : iterable of Path or str
    mapping : dict, optional
        The auditor's choices, as in the parameters file.
    perimeter : tuple of str
        Prefixes of the customer accounts.

    Raises
    ------
    BadInputError
        If a file is missing, unreadable, or nothing in it is understood.
    """
    return [
        _report(source)
        for path in paths
        for source in read_sources(Path(path), mapping=mapping or {}, perimeter=perimeter)
    ]


def _report(source: Source) -> SourceReport:
    skipped = source.skipped.assign(**{"class": source.skipped["class"].astype("str")})
    counted = skipped.groupby("class", sort=False)["count"].sum()
    headers = skipped.loc[skipped["class"] == "header", "source_row"]
    refused = skipped[skipped["class"] == "rejected"].head(SHOWN)
    debit, credit = _sides(source)
    findings = stack_findings([source.findings, *check_totals(source).findings])
    return SourceReport(
        source.file,
        source.sheet,
        source.kind,
        float(source.confidence),
        "grouped" if "customer_header" in counted.index else "flat",
        int(headers.iloc[0]) if len(headers) else None,
        tuple(dataclasses.asdict(column) for column in source.columns),
        source.date_order,
        bool(source.date_order_evident),
        _periods(source.table),
        source.currency or source.title.currency,
        source.title.as_of_date,
        tuple(dataclasses.asdict(bucket) for bucket in source.buckets),
        int(source.rows_read),
        {"loaded": len(source.table), **{str(name): int(count) for name, count in counted.items()}},
        euros(debit),
        euros(credit),
        euros(debit - credit),
        _records(refused[["source_row", "reason", "text"]]),
        _records(findings[list(FINDINGS.columns)]),
    )


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
