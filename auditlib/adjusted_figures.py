"""The auditor's adjustments in the results: what they come to, the figures without them, and what was rejected."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib import summary
from auditlib.adjustments import Adjusted
from auditlib.ageing import bucket_table
from auditlib.amounts import euros
from auditlib.evidence import Evidence
from auditlib.flow_indicators import dso_indicators
from auditlib.ledger_findings import Row, Writer, findings_table
from auditlib.schemas import FINDINGS, validate
from auditlib.stock_indicators import overdue_indicators

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["COMPARED", "with_adjustments"]

COMPARED = ("overdue_rate", "dso")
"""Indicators given before and after; the receivable and its ageing are too."""


def with_adjustments(
    results: "AuditResults", corrected: Adjusted, *, books: Evidence | None, writer: Writer,
) -> "AuditResults":
    """Add to the results what the auditor corrected; results without any correction are returned as they are.

    Parameters
    ----------
    results : AuditResults
        Of the corrected documents.
    corrected : Adjusted
    books : Evidence, optional
        Of the documents as they are, where a correction was applied and amounts can be added up.
    writer : Writer

    Returns
    -------
    AuditResults
        With ``adjustments`` in the summary, and ``adjusted_balance`` and ``excluded`` in its reconciliation: the
        ledger's balance is their sum, to the cent.
    """
    if not len(corrected.rows):
        return results
    content = dict(results.summary)
    excluded = _excluded_cents(corrected, books, results)
    content["adjustments"] = _entry(corrected, books, excluded)
    if books is not None:
        content["reconciliation"] = content["reconciliation"] | {
            "adjusted_balance": content["receivable"]["total"], "excluded": _euros(excluded)}
    found = pd.concat([results.findings.astype({"finding": "str", "severity": "str"}), findings_table(
        _findings(corrected, excluded, writer)).astype({"finding": "str", "severity": "str"})], ignore_index=True)
    return replace(results, summary=summary.check(content), findings=validate(found, FINDINGS),
                   adjustments=corrected.rows)


def _excluded_cents(corrected: Adjusted, books: Evidence | None, results: "AuditResults") -> int | None:
    """Return what left the receivable by the as-of date [cents, VAT included]; None where currencies do not add up.

    Where they were converted, the roundings of conversion that changed with it are in.
    """
    if books is not None and books.documents is not None:
        after = int(results.open_items["residual_cents"].sum())
        return int(books.ledger.items["amount_cents"].sum()) - after
    if not corrected.intake.currency:
        return None
    posted = corrected.excluded["posting_date"] <= pd.Timestamp(results.summary["as_of_date"])
    return int(corrected.excluded.loc[posted, "amount_cents"].sum())


def _entry(corrected: Adjusted, books: Evidence | None, excluded: int | None) -> dict[str, Any]:
    rows = corrected.rows
    applied = rows[rows["status"] == "applied"]
    adds_up = bool(corrected.intake.currency)
    amounts = applied["amount_cents"].groupby(applied["change"].astype("str"))
    return {
        "applied": len(applied), "rejected": len(rows) - len(applied),
        "changes": {str(change): {"count": len(part), "amount": euros(int(part.sum())) if adds_up else None}
                    for change, part in amounts},
        "excluded": _euros(excluded), "before": None if books is None else _figures(books)}


def _euros(cents: int | None) -> float | None:
    return None if cents is None else euros(cents)


def _figures(books: Evidence) -> dict[str, Any]:
    """Return the main figures of the documents as they are."""
    entry = summary.receivable_entry(
        books.open_items, net_overdue_cents=int(books.net_overdue["net_overdue_cents"].sum()),
        has_disputes=books.intake.has_dispute_information)
    aged = bucket_table(books.shown_items, buckets=books.parameters.method.buckets)
    measured = overdue_indicators(books) | (dso_indicators(books) if books.has_flows else {})
    return {"receivable": entry, "ageing": summary.ageing_rows(aged), "indicators": {
        name: summary.indicator_entry(measured[name]) for name in COMPARED if name in measured}}


def _findings(corrected: Adjusted, excluded: int | None, writer: Writer) -> Iterator[Row]:
    rows = corrected.rows
    applied = int((rows["status"] == "applied").sum())
    if applied:
        yield "adjustments_applied", "info", applied, excluded or 0, writer.say(
            "Ajustements de l’auditeur appliqués : {count}, dont exclu de l’encours : {amount}. Chacun est listé avec "
            "son motif, et les chiffres sont donnés avant et après.").format(
                count=applied, amount="–" if excluded is None else writer.amount(excluded))
    if rejected := len(rows) - applied:
        numbers = ", ".join(map(str, rows.loc[rows["status"] == "rejected", "sheet_row"].head(10)))
        yield "adjustments_rejected", "warning", rejected, 0, writer.say(
            "Ajustements de l’auditeur rejetés : {count} (classeur des ajustements, ligne n° {numbers}) ; ils ne "
            "changent aucun chiffre, et le motif de chaque rejet est listé.").format(count=rejected, numbers=numbers)
