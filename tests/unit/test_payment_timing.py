"""Payment timing against published figures (DOMAIN.md A2) and textbook Kaplan–Meier arithmetic."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from auditlib.payment_timing import median_days_beyond_terms_km, settlement_outcomes, weighted_days
from auditlib.survival import kaplan_meier_median


def days(*offsets: int) -> pd.Series:
    return pd.Series(pd.Timestamp("2025-01-01") + pd.to_timedelta(list(offsets), unit="D"))


def test_weighted_days_of_the_published_example() -> None:
    # S12: 10 paid in 5 days, 100 in 10 days: (50 + 1 000) / 110 = 9.55.
    assert weighted_days(np.array([10, 100]), start=days(0, 0), end=days(5, 10)) == pytest.approx(9.55, abs=0.005)


def test_terms_and_lateness_add_up_to_the_days_to_pay() -> None:
    # S14: weighted terms 25 + weighted days late 5 = 30. Here 300 at 30 days and 100 at 10; late by 8 and −4.
    amounts, document, due, paid = np.array([300, 100]), days(0, 0), days(30, 10), days(38, 6)
    terms = weighted_days(amounts, start=document, end=due)
    late = weighted_days(amounts, start=due, end=paid)
    assert (terms, late) == (25.0, 5.0)
    assert weighted_days(amounts, start=document, end=paid) == 30.0


def test_no_mean_over_nothing() -> None:
    assert weighted_days(np.array([100, -100]), start=days(0, 0), end=days(1, 2)) is None


@pytest.mark.parametrize(("durations", "observed", "median"), [
    ([1, 2, 3, 4], [True] * 4, 2),  # survival 0.75, 0.5
    ([-5, 2, 3], [True] * 3, 2),  # 2/3, 1/3
    # At risk 6, 4, 2: 5/6, 5/6 × 3/4 = 0.625, 0.625 × 1/2 = 0.3125.
    ([6, 7, 10, 15, 19, 25], [True, False, True, False, True, False], 19),
    ([5, 5], [True, False], 5),  # censored on the day of the event: still at risk, 1 − 1/2
    ([1, 2, 3], [True, False, False], None),  # 2/3 and no lower
    ([4, 9], [False, False], None),
])
def test_kaplan_meier_median(durations: list[int], observed: list[bool], median: int | None) -> None:
    assert kaplan_meier_median(np.array(durations), is_observed=np.array(observed)) == median


def test_open_and_credited_invoices_are_censored() -> None:
    invoices = pd.DataFrame({
        "item_id": [0, 1, 2, 3], "due_date": days(30, 30, 30, 30), "amount_cents": [100, 100, 100, 100]})
    claims = pd.DataFrame({
        "root_id": [0, 0, 1, 1, 2, 9], "event_date": days(20, 36, 32, 33, 40, 1),
        "amount_cents": [40, 60, 70, 30, 50, 5], "kind": ["settlement"] * 3 + ["credit"] + ["settlement"] * 2})
    outcomes = settlement_outcomes(invoices, claims=claims, as_of_date=dt.date(2025, 3, 1))  # day 59
    assert outcomes["days_beyond_terms"].to_list() == [6, 3, 29, 29]
    assert outcomes["is_settled"].to_list() == [True, False, False, False]
    # One event among the three still at risk at 6 days: survival 2/3.
    assert median_days_beyond_terms_km(outcomes) is None
