"""Whether a finished run may be trusted: its total ties, and no cent or row has vanished."""

from decimal import Decimal
from typing import Any

__all__ = ["broken_law"]


def broken_law(summary: dict[str, Any]) -> str:
    """Return the one sentence that says which law a run breaks; empty when it breaks none.

    Parameters
    ----------
    summary : dict
        The content of ``indicators.json``; empty where the analysis was not among the steps.
    """
    return (_lost_rows(summary) or _lost_cents(summary)) if summary else ""


def _lost_rows(summary: dict[str, Any]) -> str:
    for row in summary["intake"]:
        if row["rows_read"] != row["rows_loaded"] + row["rows_skipped"] + row["rows_rejected"]:
            return (f"{summary['client']}: {row['file']}: {row['rows_read']} rows were read, but not every one is "
                    "accounted for")
    return ""


def _lost_cents(summary: dict[str, Any]) -> str:
    client, receivable, tie = summary["client"], summary["receivable"], summary["reconciliation"]
    total = receivable["total"]
    if total is not None and _exact(total) != sum(_exact(bucket["amount"]) for bucket in summary["ageing"]):
        return f"{client}: the ageing does not add up to the receivable of {total:.2f}"
    balance, items, excluded = tie["ledger_balance"], tie["open_items"], tie.get("excluded") or 0
    if None not in (balance, items) and _exact(balance) != _exact(items) + _exact(excluded):
        less = f", less {excluded:.2f} excluded by the auditor" if excluded else ""
        return f"{client}: open items of {items:.2f} do not make the ledger balance of {balance:.2f}{less}"
    checked = tie.get("conservation")
    if checked and checked["breaches"]:
        return (f"{client}: in {checked['breaches']} of {checked['points']} states (a customer at a month end) the "
                "buckets do not add up to the ledger balance")
    if tie["ties"] is False:
        return (f"{client}: the ledger does not tie to {tie['second_source']} (difference {tie['difference']:.2f}); "
                "see the reconciliation in the report")
    return ""


def _exact(amount: float) -> Decimal:
    return Decimal(str(amount))
