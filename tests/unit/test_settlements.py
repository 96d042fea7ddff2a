"""Settlements that stand, after returned payments."""

import pandas as pd
import pytest

from auditlib.settlements import settlements, standing
from tests.unit.ledgers import ledger_of


@pytest.mark.parametrize(("amounts", "left"), [
    ([100], [100]),
    ([100, -100, 100], [0, 0, 100]),  # paid, returned, paid again
    ([40, 60, -60], [40, 0, 0]),  # the latest payment is the one undone
    ([40, 60, -80], [20, 0, 0]),
    ([40, -10, 60, -20], [30, 0, 40, 0]),
])
def test_a_return_undoes_the_latest_settlement(amounts: list[int], left: list[int]) -> None:
    assert standing(pd.Series(amounts), root=pd.Series([7] * len(amounts))).tolist() == left


def test_claims_do_not_undo_each_other() -> None:
    assert standing(pd.Series([50, 30, -30]), root=pd.Series([1, 2, 2])).tolist() == [50, 0, 0]


def test_settlements_carry_the_receipts_own_date() -> None:
    # Paid in advance: allocated when the invoice is posted, settled on 5 January.
    ledger = ledger_of(
        {"kind": "receipt", "posting_date": "2025-01-05", "amount_cents": -80_00, "matching_code": "A"},
        {"kind": "invoice", "posting_date": "2025-01-10", "due_date": "2025-02-10", "amount_cents": 100_00,
         "matching_code": "A"},
        {"kind": "credit_note", "posting_date": "2025-01-12", "amount_cents": -20_00, "matching_code": "A"})
    found = settlements(ledger)
    assert found["amount_cents"].to_list() == [80_00]
    assert found["event_date"].to_list() == [pd.Timestamp("2025-01-10")]
    assert found["settlement_date"].to_list() == [pd.Timestamp("2025-01-05")]
    assert found["is_inferred"].to_list() == [False]


def test_a_returned_receipt_no_longer_settles() -> None:
    ledger = ledger_of(
        {"kind": "invoice", "posting_date": "2025-01-10", "due_date": "2025-02-10", "amount_cents": 100_00,
         "document_ref": "F100", "matching_code": "A"},
        {"kind": "receipt", "posting_date": "2025-02-10", "amount_cents": -100_00, "matching_code": "A"},
        {"kind": "unpaid_return", "posting_date": "2025-02-14", "amount_cents": 100_00, "document_ref": "F100"})
    assert settlements(ledger).empty
