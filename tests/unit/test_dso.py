"""DSO family against the published examples of DOMAIN.md A1, and its split against hand-worked stocks."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.dso import SPLIT_CLASSES, count_back, days_sales_outstanding, split_cents, split_days

CENTS = st.integers(-10_000_00, 50_000_00)


def months(*sales: int, last: str) -> pd.Series:
    return pd.Series(sales, index=pd.period_range(end=last, periods=len(sales), freq="M"))


def stock(*rows: tuple[int, str, float, int, bool]) -> pd.DataFrame:
    columns = ["residual_cents", "bucket", "days_overdue", "disputed_cents", "is_doubtful"]
    return pd.DataFrame(rows, columns=columns).assign(bucket=lambda frame: frame["bucket"].astype("category"))


@pytest.mark.parametrize(("receivable", "sales", "days", "expected"), [
    (472_000, 2_400_000 + 470_400, 365, 60.02),  # O1, S3: customers 472 over 2 400 net + 470.4 VAT
    (30_000, 60_000, 90, 45.0),  # O2, S2
    (20_000, 45_000, 90, 40.0),  # O3, S4
])
def test_published_ratios(receivable: int, sales: int, days: int, expected: float) -> None:
    assert days_sales_outstanding(receivable, sales_cents=sales, days=days) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("sales", [0, -5])
def test_no_ratio_over_sales_that_are_not_positive(sales: int) -> None:
    assert days_sales_outstanding(100, sales_cents=sales, days=90) is None


def test_best_possible_and_late_of_the_published_example() -> None:
    # O8, S6: receivable 15 000 of which current 4 000, sales 10 000 over 30 days: 45 = 12 + 33.
    parts = split_cents(stock((4_000, "not_due", -3, 0, False), (11_000, "1-30", 5, 0, False)))
    days = split_days(parts, sales_cents=10_000, days=30)
    assert (days["best_possible"], days["late"]) == pytest.approx((12, 33))
    assert days_sales_outstanding(15_000, sales_cents=10_000, days=30) == 45


def test_split_in_not_due_late_and_disputed() -> None:
    # C1: 120 = 70 not due + 35 late + 15 disputed, sales 360 over 90 days: 30 = 17.5 + 8.75 + 3.75.
    parts = split_cents(stock((70, "not_due", 0, 0, False), (35, "31-60", 40, 0, False), (15, "1-30", 3, 15, False)))
    days = split_days(parts, sales_cents=360, days=90)
    assert (days["best_possible"], days["late"], days["disputed"]) == pytest.approx((17.5, 8.75, 3.75))


def test_each_residual_goes_to_the_first_class_that_applies() -> None:
    parts = split_cents(stock(
        (1_00, ">90", 400, 1_00, True),  # doubtful comes before disputed
        (10_00, "1-30", 10, 4_00, False),  # 4 disputed, 6 late
        (20_00, "no_due_date", np.nan, 0, False),
        (40_00, "age_unknown", np.nan, 15_00, False),  # 15 disputed, 25 undated
        (80_00, "not_due", 0, 0, False),  # due today
        (-7_00, "unallocated_credits", 30, 0, False)))
    assert parts == {"best_possible": 80_00, "late": 6_00, "disputed": 19_00, "doubtful": 1_00,
                     "undated": 45_00, "unallocated": -7_00}


@given(st.lists(st.tuples(
    CENTS, st.sampled_from(["not_due", "1-30", "no_due_date"]), st.integers(-50, 50), CENTS, st.booleans())))
def test_the_split_adds_up_to_the_receivable_exactly(rows: list[tuple[int, str, float, int, bool]]) -> None:
    frame = stock(*rows)
    assert sum(split_cents(frame).values()) == frame["residual_cents"].sum()
    assert tuple(split_cents(frame)) == SPLIT_CLASSES


def test_count_back_of_the_published_example() -> None:
    # O5, S2: 2 500 at 30 November; 1 200 + 800 + 500 of 700: 30 + 31 + 500 / 700 × 30 = 82.43.
    found = count_back(2_500, monthly_sales=months(700, 800, 1_200, last="2023-11"), as_of_date=dt.date(2023, 11, 30))
    assert found.days == pytest.approx(82.43, abs=0.005)
    assert not found.is_lower_bound


@pytest.mark.parametrize(("receivable", "sales", "day", "expected", "lower_bound"), [
    (0, (100, 100), 31, 0, False),
    (-50, (100, 100), 31, 0, False),
    (50, (100, 100), 10, 5, False),  # the as-of month counts the 10 days elapsed: 50 / 100 × 10
    (150, (100, 0, 100), 31, 31 + 28 + 15.5, False),  # January 100, February without sales, March 100
    (100, (100, 100), 31, 31, False),  # used up at the month's first day: no day more
    (100, (90, -30, 80), 31, 31 + 20 / 60 * 59, False),  # February -30 joins January 90: 60 over 28 + 31 days
    (300, (100, 100), 31, 28 + 31, True),  # history used up
    (100, (-40, 80), 31, 28 + 31, True),  # nothing before the negative month
])
def test_count_back_rules(
    receivable: int, sales: tuple[int, ...], day: int, expected: float, lower_bound: bool,
) -> None:
    found = count_back(receivable, monthly_sales=months(*sales, last="2025-03"), as_of_date=dt.date(2025, 3, day))
    assert found.days == pytest.approx(expected)
    assert found.is_lower_bound is lower_bound


@given(st.integers(1, 5_000), st.integers(1, 5_000))
def test_count_back_rises_with_the_receivable(one: int, other: int) -> None:
    sales = months(400, 0, 900, -200, 700, 800, last="2025-06")
    low, high = (count_back(cents, monthly_sales=sales, as_of_date=dt.date(2025, 6, 30))
                 for cents in sorted((one, other)))
    assert low.days <= high.days
