"""The cohort matrix against oracle C2 of DOMAIN.md A3, by hand at every horizon, and against the recovery rates."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from auditlib.cohort_matrix import cohort_matrix
from auditlib.recovery import Cohorts, cohorts_table
from tests.unit.case_c2 import CLAIMS, INVOICES


def test_the_oracle_at_every_horizon() -> None:
    """April, May and June 4,800 of 10,000; July 6,000, C's last 1,200 having come on the 10th; then nothing more."""
    found = cohort_matrix(INVOICES, claims=CLAIMS, as_of_date=dt.date(2026, 9, 30))
    assert found["due_month"].unique().tolist() == ["2026-03"]
    assert found["months_after"].tolist() == [1, 2, 3, 4, 5, 6]
    assert found["settled_cents"].tolist() == [480_000, 480_000, 480_000, 600_000, 600_000, 600_000]
    assert found["base_cents"].tolist() == [1_000_000] * 6
    assert found["rate"].tolist() == pytest.approx([0.48, 0.48, 0.48, 0.6, 0.6, 0.6])
    assert found["available_on"].dt.strftime("%d/%m").tolist() == ["30/04", "31/05", "30/06", "31/07", "31/08", "30/09"]


def test_a_horizon_not_over_has_no_rate() -> None:
    found = cohort_matrix(INVOICES, claims=CLAIMS[:3], as_of_date=dt.date(2026, 6, 29))
    assert found["is_mature"].tolist() == [True, True, False, False, False, False]
    assert found["rate"].notna().tolist() == found["is_mature"].tolist()
    assert found.loc[~found["is_mature"], ["base_cents", "settled_cents"]].to_numpy().sum() == 0


def test_credit_notes_lower_the_base_from_their_own_month_on() -> None:
    """A credit note of 4,000 in May on D: 4,800 / 10,000 at one month, 4,800 / 6,000 from two."""
    credit = pd.DataFrame({"root_id": [3], "event_date": pd.to_datetime(["2026-05-04"]), "amount_cents": [4_000_00],
                           "kind": ["credit"]})
    found = cohort_matrix(INVOICES, claims=pd.concat([CLAIMS, credit]), as_of_date=dt.date(2026, 9, 30))
    assert found["rate"].tolist()[:3] == pytest.approx([0.48, 0.8, 0.8])


def test_a_month_wholly_credited_has_no_rate_and_a_returned_payment_is_taken_back() -> None:
    one = INVOICES[:1]
    events = pd.DataFrame({
        "root_id": [0, 0, 0], "event_date": pd.to_datetime(["2026-03-20", "2026-05-02", "2026-06-01"]),
        "amount_cents": [1_000_00, -1_000_00, 1_000_00], "kind": ["settlement", "settlement", "credit"]})
    found = cohort_matrix(one, claims=events, as_of_date=dt.date(2026, 9, 30))
    assert found["rate"].tolist()[:2] == [1.0, 0.0]
    assert found["rate"].isna().tolist()[2:] == [True] * 4


def test_nothing_due_gives_no_row() -> None:
    assert cohort_matrix(INVOICES, claims=CLAIMS[:0], as_of_date=dt.date(2026, 1, 31)).empty


@pytest.mark.parametrize("seed", range(4))
def test_one_and_three_months_are_the_recovery_rates(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = 300
    posted = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 600, count), unit="D")
    invoices = pd.DataFrame({
        "item_id": np.arange(count) * 2, "posting_date": posted,
        "due_date": (posted + pd.to_timedelta(rng.integers(0, 75, count), unit="D")).where(rng.random(count) > 0.1),
        "amount_cents": rng.integers(1, 10**7, count)})
    payer = rng.integers(0, count, 2 * count)
    claims = pd.DataFrame({
        "root_id": invoices["item_id"].to_numpy()[payer] + (rng.random(2 * count) < 0.05),
        "event_date": invoices["posting_date"].to_numpy()[payer] + pd.to_timedelta(
            rng.integers(0, 200, 2 * count), unit="D"),
        "amount_cents": rng.integers(1, 10**6, 2 * count),
        "kind": rng.choice(["settlement", "credit", "other"], 2 * count, p=[0.8, 0.15, 0.05])})
    day = dt.date(2025, 8, 17)
    claims = claims[claims["event_date"] <= pd.Timestamp(day)]
    table = cohorts_table(Cohorts(invoices, claims), as_of_date=day).set_index("due_month")
    found = cohort_matrix(invoices, claims=claims, as_of_date=day)
    for months in (1, 3):
        rates = found[found["months_after"] == months].set_index("due_month")["rate"]
        pd.testing.assert_series_equal(rates, table[f"recovered_{months}m"], check_names=False)
