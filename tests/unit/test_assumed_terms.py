"""Due-date figures under three assumed terms (INDICATORS.md 1, due_date_origin)."""

from typing import Any

import pandas as pd

from tests.unit.intakes import audit, intake_of
from tests.unit.ledgers import movements


def dated(frame: pd.DataFrame, origins: list[str]) -> pd.DataFrame:
    return frame.assign(due_date_origin=pd.Categorical(origins))


def amounts(entry: dict[str, Any]) -> dict[str, float]:
    return {row["bucket"]: row["amount"] for row in entry["ageing"] if row["amount"]}


def invoices(assumed_euros: int) -> pd.DataFrame:
    """An invoice of 10/11/2025 dated by default terms (30 days), and one of 800 whose due date is given."""
    frame = movements(
        {"kind": "invoice", "posting_date": "2025-11-10", "due_date": "2025-12-10",
         "amount_cents": assumed_euros * 100},
        {"kind": "invoice", "posting_date": "2025-10-01", "due_date": "2025-10-31", "amount_cents": 80000})
    return dated(frame, ["default", "given"])


def test_three_terms_are_given_above_a_fifth_of_assumed_due_dates() -> None:
    summary = audit(intake_of(invoices(210))).summary
    # As of 31/12: 30 days -> due 10/12, 21 days late. 10/11 + 45 = 25/12, month end 31/12: not due.
    # 60 days -> 09/01: not due. The invoice with a given date is 61 days late in all three.
    assert [entry["terms"] for entry in summary["assumed_terms"]] == ["30 jours", "45 jours fin de mois", "60 jours"]
    assert [amounts(entry) for entry in summary["assumed_terms"]] == [
        {"1-30": 210.0, "61-90": 800.0}, {"not_due": 210.0, "61-90": 800.0}, {"not_due": 210.0, "61-90": 800.0}]
    assert summary["assumed_terms"][1]["indicators"]["overdue_rate"]["value"] == 800 / 1010
    assert amounts(summary) == {"1-30": 210.0, "61-90": 800.0}


def test_nothing_is_assumed_at_a_fifth() -> None:
    assert "assumed_terms" not in audit(intake_of(invoices(200))).summary
