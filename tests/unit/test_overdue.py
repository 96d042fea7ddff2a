"""Overdue rates and net overdue, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from auditlib.overdue import net_overdue, overdue_cents, overdue_rate, undated_share

OPEN_ITEMS = pd.DataFrame({
    "item_id": range(8),
    "customer_id": pd.Categorical(["A", "A", "A", "B", "B", "C", "C", "D"]),
    "residual_cents": [100_00, 200_00, -150_00, 50_00, -80_00, 400_00, 30_00, 220_00],
    "days_overdue": [95.0, 31.0, np.nan, 5.0, np.nan, 0.0, np.nan, 60.0],
    "bucket": pd.Categorical(["90+", "31-60", "unallocated_credits", "1-30", "unallocated_credits", "not_due",
                              "no_due_date", "31-60"])})
NO_DEPOSIT = pd.DataFrame({"customer_id": pd.Series([], dtype="str"), "amount_cents": pd.Series([], dtype="int64")})


@pytest.mark.parametrize(("days", "expected"), [(0, 570_00), (30, 520_00), (60, 100_00), (90, 100_00)])
def test_overdue_above_a_number_of_days(days: int, expected: int) -> None:
    # Due today is not overdue; 60 days is not more than 60.
    assert overdue_cents(OPEN_ITEMS, more_than_days=days) == expected
    # Gross 1 000, of which 30 without due date.
    assert overdue_rate(OPEN_ITEMS, more_than_days=days) == pytest.approx(expected / 970_00)


def test_undated_share_of_the_gross() -> None:
    assert undated_share(OPEN_ITEMS) == pytest.approx(0.03)
    assert undated_share(OPEN_ITEMS.iloc[:0]) is None
    assert overdue_rate(OPEN_ITEMS.iloc[:0]) is None


def test_credits_and_deposits_cover_the_oldest_overdue_first() -> None:
    deposits = pd.DataFrame({"customer_id": ["D", "D", "Z"], "amount_cents": [15_00, 5_00, 1_00]})
    net = net_overdue(OPEN_ITEMS, deposits=deposits)
    # A: credit 150 clears the 100 at 95 days, then 50 of the 200. B: 80 of credit floor 50 at nil. D: 220 − 20.
    assert dict(zip(net["item_id"], net["net_overdue_cents"], strict=True)) == {0: 0, 1: 150_00, 3: 0, 7: 200_00}


def test_without_credits_the_net_is_the_gross() -> None:
    debits = OPEN_ITEMS[OPEN_ITEMS["residual_cents"] > 0]
    assert net_overdue(debits, deposits=NO_DEPOSIT)["net_overdue_cents"].sum() == overdue_cents(debits)
