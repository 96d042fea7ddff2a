"""The cash forecast worked by hand, and its back-test."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.amounts import within_limits
from auditlib.back_test import back_test_table, by_period, errors, naive_cents
from auditlib.forecast import NO_CURVE, PARTS, cash_table, expected_cents, with_band
from auditlib.payment_curves import payment_curves
from auditlib.payment_habits import average_delays, paces
from auditlib.promised_cash import kept_share, promised_parts
from auditlib.survival import product_limit
from tests import oracle_forecast
from tests.oracle_forecast import Case

# Ten invoices settled 0, 5, 5, 10, 10, 10, 20, 20, 30 and 40 days after their due date: S(0) = 0.9, S(5) = 0.7,
# S(10) = 0.4, S(20) = 0.2, S(30) = 0.1, S(40) = 0.
DAYS = [0, 5, 5, 10, 10, 10, 20, 20, 30, 40]
CURVES = product_limit(np.array(DAYS), is_observed=np.ones(10, dtype=bool)).held_from(minimum_at_risk=2)
WEEKS = np.array([0, 7, 14, 21])


def claim(cents: int, **more: Any) -> dict[str, Any]:
    return {"cents": cents, "part": PARTS.index("not_due"), "curve": 0, "age": 0, "delay": 0, "promised_in": 0,
            "rate": 1.0} | more


def spread(*claims: dict[str, Any], part: str = "not_due") -> list[int]:
    found = expected_cents(pd.DataFrame(list(claims)), curves=CURVES, bounds=WEEKS)
    return [int(cents) for cents in found[PARTS.index(part)]]


def test_three_invoices_by_hand() -> None:
    # Due today, S(0) = 0.9: week 1 (0.9 − S(7) = 0.7) / 0.9, week 2 (0.7 − 0.4) / 0.9, week 3 (0.4 − 0.2) / 0.9;
    # the curve is held from 30 days on, where 2 were left, at 0.1: later 0.1 / 0.9, not expected 0.1 / 0.9.
    assert spread(claim(900_00)) == [200_00, 300_00, 200_00, 100_00, 100_00]
    # Due in 3 days: S(−3) = 1; S(4) = 0.9, S(11) = 0.4, S(18) = 0.4, then 0.3 later and 0.1 never.
    assert spread(claim(100_00, age=-3)) == [10_00, 50_00, 0, 30_00, 10_00]
    # 20 days late, S(20) = 0.2: S(27) = 0.2, S(34) = 0.1 = S(41).
    late = claim(50_00, age=20, part=PARTS.index("overdue"))
    assert spread(late, part="overdue") == [0, 25_00, 0, 0, 25_00]
    both = expected_cents(pd.DataFrame([claim(900_00), claim(100_00, age=-3), late]), curves=CURVES, bounds=WEEKS)
    assert both.sum(axis=0).tolist() == [210_00, 375_00, 200_00, 130_00, 135_00]


def test_what_the_curve_does_not_know_is_not_expected() -> None:
    assert spread(claim(70_00, age=500)) == [0, 0, 0, 0, 70_00]
    assert spread(claim(70_00, curve=NO_CURVE)) == [0, 0, 0, 0, 70_00]
    assert spread(claim(70_00, rate=0.0)) == [0, 0, 0, 0, 70_00]
    assert spread(claim(900_00, rate=0.5)) == [100_00, 150_00, 100_00, 50_00, 500_00]


def test_a_dispute_stops_the_clock_until_it_should_end() -> None:
    # 7 days of dispute: the first week gives nothing, then what weeks 1 and 2 would have given.
    assert spread(claim(900_00, delay=7)) == [0, 200_00, 300_00, 300_00, 100_00]


@pytest.mark.parametrize(("day", "place"), [(1, 0), (7, 0), (8, 1), (21, 2), (22, 3), (400, 3)])
def test_a_promise_is_expected_on_its_day(day: int, place: int) -> None:
    assert spread(claim(70_00, promised_in=day, age=500)).index(70_00) == place


amounts = st.integers(1, 10**9)
claims = st.builds(
    lambda cents, part, age, delay, promised, rate: claim(
        cents, part=part, age=age, delay=delay, promised_in=promised, rate=rate),
    amounts, st.integers(0, len(PARTS) - 1), st.integers(-60, 60), st.sampled_from([0, 0, 10]),
    st.sampled_from([0, 0, 3, 30]), st.sampled_from([0.0, 0.3, 1.0]))


@given(st.lists(claims, min_size=1, max_size=12))
def test_every_part_ties_to_the_cent(rows: list[dict[str, Any]]) -> None:
    found = expected_cents(pd.DataFrame(rows), curves=CURVES, bounds=WEEKS)
    owed = [sum(row["cents"] for row in rows if row["part"] == part) for part in range(len(PARTS))]
    assert found.sum(axis=1).tolist() == owed
    assert (found >= 0).all()


@given(amounts, st.integers(-30, 45))
def test_one_claim_agrees_with_plain_loops(cents: int, age: int) -> None:
    whole = product_limit(np.array(DAYS), is_observed=np.ones(10, dtype=bool))
    got = expected_cents(pd.DataFrame([claim(cents, age=age)]), curves=whole, bounds=WEEKS)[PARTS.index("not_due")]
    periods = [(0, 7), (7, 14), (14, 21)]
    wanted = oracle_forecast.expected(cents, [Case(days, True) for days in DAYS], age=age, periods=periods)
    assert all(abs(one - two) <= 1 for one, two in zip(got[:3].tolist(), wanted, strict=True))


def test_the_table_and_its_band() -> None:
    found = expected_cents(pd.DataFrame([claim(900_00)]), curves=CURVES, bounds=WEEKS)
    days = [pd.Timestamp("2025-12-31") + pd.Timedelta(days=int(day)) for day in WEEKS]
    table = with_band(cash_table(found, kind="week", days=days), error=0.20)
    assert table["period"].tolist() == ["1", "2", "3", "later", "not_expected"]
    assert table["start"].dt.strftime("%d/%m").tolist()[:4] == ["01/01", "08/01", "15/01", "22/01"]
    assert table["end"].dt.strftime("%d/%m").tolist()[:3] == ["07/01", "14/01", "21/01"]
    assert table["expected_cents"].sum() == 900_00
    assert table["low_cents"].tolist()[:3] == [160_00, 240_00, 160_00]
    assert table["high_cents"].tolist()[:3] == [240_00, 360_00, 240_00]
    assert table["low_cents"].isna().tolist() == [False, False, False, True, True]
    blank = table.assign(low_cents=pd.Series(pd.NA, table.index, "Int64"))
    assert with_band(blank, error=None)["low_cents"].isna().all()


def test_errors_by_hand() -> None:
    found = errors(np.array([100, 50]), came=np.array([80, 120]))
    assert (found.bias, found.wape) == (-0.25, 0.45)  # (150 − 200) / 200; (20 + 70) / 200
    assert errors(np.array([1]), came=np.array([0])).wape is None


def test_due_date_and_average_delay() -> None:
    # 10 days late on average: due 3 days ago → in 7 days; due 12 days ago → tomorrow; due in 20 days → in 30, outside.
    got = naive_cents(np.array([10_00, 20_00, 40_00]), age=np.array([3, 12, -20]), delay=np.full(3, 10.0), bounds=WEEKS)
    assert got.tolist() == [30_00, 0, 0]
    assert by_period(np.array([0, 1, 7, 8, 21, 22]), np.full(6, 1), WEEKS).tolist() == [2, 1, 1]


def test_the_back_test_table_sums_each_kind() -> None:
    days = [pd.Timestamp("2025-09-30"), pd.Timestamp("2025-10-31"), pd.Timestamp("2025-11-30")]
    table = back_test_table({"month": (days, np.array([100, 50]), np.array([90, 90]), np.array([80, 120]))})
    assert table["kind"].astype("str").tolist() == ["month", "month", "month_error"]
    last = table.iloc[-1]
    assert (last["forecast_cents"], last["naive_cents"], last["came_cents"]) == (150, 180, 200)
    assert (last["forecast_bias"], last["forecast_wape"]) == (-0.25, 0.45)
    assert (last["naive_bias"], last["naive_wape"]) == (-0.10, 0.20)


def test_paces_by_hand() -> None:
    averages = average_delays(
        np.array([10, 20, -5, 3, 99]), customer=np.array([0, 0, 1, 1, 2]), customers=4,
        is_settled=np.array([True, True, True, True, False]), minimum=2)
    assert averages[:2].tolist() == [15.0, -1.0]
    assert np.isnan(averages[2:]).all()
    assert paces(averages, limits=(0, 15, 30)).tolist() == [1, 0, 4, 4]


def test_small_groups_are_given_the_curve_of_the_whole() -> None:
    outcomes = pd.DataFrame({
        "days_beyond_terms": [1, 2, 3, 9], "is_settled": [True, True, True, False],
        "amount_cents": [100, 100, 200, 600]})
    groups = {"zone": pd.Categorical(["FR", "FR", "EU", "FR"])}
    table = payment_curves(outcomes, groups=groups, minimum_events=2, minimum_at_risk=1)
    whole = table[table["dimension"] == "all"]
    assert whole["unpaid"].tolist() == [0.75, 0.5, 0.25]
    assert whole["unpaid_amount"].tolist() == pytest.approx([0.9, 0.8, 0.6])
    by_zone = {str(zone): rows for zone, rows in table[table["dimension"] == "zone"].groupby("group", observed=True)}
    assert by_zone["EU"]["basis"].unique().tolist() == ["whole"]
    assert by_zone["EU"]["unpaid"].tolist() == [0.75, 0.5, 0.25]
    assert by_zone["FR"]["basis"].unique().tolist() == ["own"]
    assert by_zone["FR"]["unpaid"].tolist() == pytest.approx([2 / 3, 1 / 3])


def test_promises_are_laid_on_what_is_owed() -> None:
    owed = pd.DataFrame({"claim": [7, 8, 9], "customer": [0, 0, 1], "cents": [100, 100, 100]})
    promises = pd.DataFrame({
        "claim": [8, -1, 9, 9], "customer": [0, 0, 1, 1], "amount_cents": [60, 500, 30, 99],
        "promised_on": pd.to_datetime(["2026-01-10", "2026-01-20", "2025-12-31", "2026-01-05"])})
    found = promised_parts(owed, promises=promises, as_of_date=pd.Timestamp("2025-12-31").date())
    # Claim 8: 60 in 10 days; then the promise without a claim: claim 7 whole, and the 40 left of 8; claim 9: 99, for
    # the promise of the day itself is no longer to come.
    got = sorted(zip(found["row"], found["promised_in"], found["cents"], strict=True))
    assert got == [(0, 20, 100), (1, 10, 60), (1, 20, 40), (2, 5, 99)]


def test_kept_share_needs_five_promises_come_due() -> None:
    outcomes = pd.DataFrame({"outcome": ["kept", "kept", "kept", "broken", "pending", "unjudged"]})
    assert kept_share(outcomes) is None
    assert kept_share(pd.concat([outcomes, outcomes.iloc[:1]])) == 0.8


def test_credits_cover_first_amounts_first() -> None:
    got = within_limits(np.array([50, 50, 70, 5]), owner=np.array([0, 0, 1, 3]), limit=np.array([60, 90, 9, 0]))
    assert got.tolist() == [50, 10, 70, 0]
