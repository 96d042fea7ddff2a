"""Habits and promises against plain loops, whatever the payments; every customer has one profile."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from auditlib.payer_profiles import PROFILES, payer_profiles
from auditlib.payers import TREND, payment_habits, trend_dates
from auditlib.promises import promise_outcomes
from auditlib.results import window_ending
from auditlib.settings import PayerRules
from tests.oracle_measures import add_months
from tests.oracle_payers import Paid, Promise, habits, outcomes, weighted

END = dt.date(2025, 12, 31)
YEAR = window_ending(END, months=12)
DAYS = st.dates(dt.date(2024, 1, 1), END)
CUSTOMERS = ("A", "B", "C")


@st.composite
def books(draw: st.DrawFn) -> list[Paid]:
    """Draw payments on a few claims, each claim with its customer, due date and state."""
    found = []
    for claim in range(draw(st.integers(1, 12))):
        customer, is_open = draw(st.sampled_from(CUSTOMERS)), draw(st.booleans())
        due = draw(st.none() | DAYS)
        for _ in range(draw(st.integers(1, 3))):
            allocated = draw(DAYS)
            received = allocated - dt.timedelta(days=draw(st.integers(0, 20)))
            found.append(Paid(customer, claim, allocated, received, due, draw(st.integers(1, 10**6)),
                              draw(st.integers(0, 4)) == 0, is_open))
    return found


def dates(values: Sequence[dt.date | None]) -> pd.Series:
    return pd.to_datetime(pd.Series(list(values), dtype="object")).astype("datetime64[s]")


def frame_of(payments: list[Paid]) -> pd.DataFrame:
    return pd.DataFrame({
        "customer_id": pd.Categorical([p.customer for p in payments], categories=list(CUSTOMERS)),
        "root_id": [p.claim for p in payments], "event_date": dates([p.allocated for p in payments]),
        "settlement_date": dates([p.received for p in payments]), "due_date": dates([p.due for p in payments]),
        "amount_cents": [p.amount for p in payments], "is_direct_debit": [p.direct_debit for p in payments],
        "is_estimated": False, "is_open": [p.claim_open for p in payments]})


def same(found: Any, expected: Any) -> bool:
    return bool(np.isnan(found)) if expected is None else abs(found - float(expected)) < 1e-9


@given(books())
def test_habits_are_those_of_plain_loops(payments: list[Paid]) -> None:
    found = payment_habits(frame_of(payments), window=YEAR)
    for customer in CUSTOMERS:
        expected = habits(payments, customer, YEAR.start, YEAR.end)
        assert all(same(found.loc[customer, name], value) for name, value in expected.items()), (customer, expected)


@given(books())
def test_each_point_of_the_trend_is_the_mean_of_its_six_months(payments: list[Paid]) -> None:
    found = payment_habits(frame_of(payments), window=YEAR)
    for customer in CUSTOMERS:
        own = [p for p in payments if p.customer == customer and not p.direct_debit and p.due]
        for name, end in zip(TREND, trend_dates(END), strict=True):
            inside = [p for p in own if add_months(end, -6) < p.allocated <= end]
            assert same(found.loc[customer, name], weighted(inside))


@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_payments_changes_nothing(payments: list[Paid], random: Any) -> None:
    shuffled = random.sample(payments, len(payments))
    pd.testing.assert_frame_equal(payment_habits(frame_of(payments), window=YEAR),
                                  payment_habits(frame_of(shuffled), window=YEAR))


FIGURES = st.floats(-200, 400) | st.just(float("nan"))


@given(st.lists(st.tuples(FIGURES, FIGURES, FIGURES, FIGURES, FIGURES, FIGURES, FIGURES, st.integers(0, 9),
                          st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 10**6),
                          st.integers(0, 9), FIGURES), min_size=1))
def test_every_customer_has_exactly_one_profile(rows: list[tuple[float, ...]]) -> None:
    measures = pd.DataFrame(rows, columns=[
        "days_beyond_terms", "days_late_p90", "days_late_spread", "trend_days", "part_paid_share", "disputed_share",
        "silent_days", "paid_invoices", "dated_invoices", "direct_debit_invoices", "promises_broken",
        "net_overdue_cents", "late_invoices", "chased_share"])
    found = payer_profiles(measures, rules=PayerRules())
    assert found.notna().all()
    assert set(found.cat.categories) == set(PROFILES)


PROMISES = st.lists(st.builds(
    Promise, st.sampled_from(CUSTOMERS), st.none() | st.integers(0, 3), st.integers(1, 500), st.none() | DAYS, DAYS),
    max_size=8, unique_by=lambda promise: (promise.promised, promise.made))
PAYMENTS = st.lists(st.tuples(st.sampled_from(CUSTOMERS), st.none() | st.integers(0, 3), DAYS, st.integers(1, 500)),
                    max_size=10, unique_by=lambda payment: payment[2])


@given(PROMISES, PAYMENTS)
def test_promises_end_as_plain_loops_say(
    promises: list[Promise], payments: list[tuple[str, int | None, dt.date, int]],
) -> None:
    asked = pd.DataFrame({
        "customer_id": pd.Series([p.customer for p in promises], dtype="str"),
        "root_id": pd.Series([-1 if p.claim is None else p.claim for p in promises], dtype="int64"),
        "amount_cents": pd.Series([p.amount for p in promises], dtype="int64"),
        "made_on": dates([p.made for p in promises]), "promised_on": dates([p.promised for p in promises])})
    paid = pd.DataFrame({
        "customer_id": pd.Series([p[0] for p in payments], dtype="str"),
        "root_id": pd.Series([-1 if p[1] is None else p[1] for p in payments], dtype="int64"),
        "event_date": dates([p[2] for p in payments]),
        "amount_cents": pd.Series([p[3] for p in payments], dtype="int64")})
    found = promise_outcomes(asked, payments=paid, as_of_date=END, grace_days=3)
    assert found["outcome"].tolist() == outcomes(promises, payments, END, 3)
    assert (found["paid_cents"] <= found["amount_cents"]).all()
    assert found["paid_cents"].sum() <= paid["amount_cents"].sum()
