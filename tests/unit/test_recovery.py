"""Recovery rates against oracle C2 of DOMAIN.md A3, and their refusals."""

import datetime as dt

import pandas as pd
import pytest

from auditlib.recovery import Cohorts, Horizon, cohorts_table, overdue_recovery, pooled
from tests.unit.case_c2 import CLAIMS, INVOICES

AUTUMN = dt.date(2026, 9, 30)


def rate(horizon: Horizon, as_of_date: dt.date, claims: pd.DataFrame = CLAIMS) -> float | None:
    return pooled(Cohorts(INVOICES, claims).sums(horizon, dates=[as_of_date])).rate


@pytest.mark.parametrize(("horizon", "expected"), [
    (Horizon(days=30), 0.28), (Horizon(days=90), 0.48), (Horizon(months=1), 0.48), (Horizon(months=3), 0.48)])
def test_cohort_rates_of_the_oracle(horizon: Horizon, expected: float) -> None:
    assert rate(horizon, AUTUMN) == pytest.approx(expected)


@pytest.mark.parametrize(("closing", "expected"), [(dt.date(2026, 4, 30), 0.76), (dt.date(2026, 6, 30), 0.76)])
def test_opening_overdue_of_the_oracle(closing: dt.date, expected: float) -> None:
    # B and C are overdue at 31/03 (5 000); D is due that day. 2 000 + 1 800 of 5 000.
    overdue = pd.DataFrame({"root_id": [1, 2], "residual_cents": [2_000_00, 3_000_00]})
    found = overdue_recovery(overdue, claims=CLAIMS, opening_date=dt.date(2026, 3, 31), as_of_date=closing)
    assert found.rate == pytest.approx(expected)
    assert (found.items, found.base_cents) == (2, 5_000_00)


def test_an_immature_cohort_has_no_rate() -> None:
    assert rate(Horizon(months=1), dt.date(2026, 4, 29)) is None
    assert rate(Horizon(months=1), dt.date(2026, 4, 30)) == pytest.approx(0.48)
    assert rate(Horizon(days=30), dt.date(2026, 4, 29)) is None
    assert rate(Horizon(days=30), dt.date(2026, 4, 30)) == pytest.approx(0.28)


def test_a_credit_note_lowers_the_denominator_and_is_not_cash() -> None:
    credited = pd.concat([CLAIMS, pd.DataFrame({
        "root_id": [3, 3], "event_date": pd.to_datetime(["2026-04-15", "2026-08-15"]),
        "amount_cents": [1_000_00, 500_00], "kind": ["credit", "credit"]})])
    # 4 800 / (10 000 − 1 000); the second credit note comes after the horizon.
    assert rate(Horizon(months=1), AUTUMN, credited) == pytest.approx(4_800 / 9_000)
    table = cohorts_table(Cohorts(INVOICES, credited), as_of_date=AUTUMN)
    assert table["due_month"].to_list() == ["2026-03"]
    assert table["due_cents"].to_list() == [10_000_00]
    assert table["credited_cents"].to_list() == [1_500_00]
    assert table["recovered_1m"].to_list() == pytest.approx([4_800 / 9_000])


def test_a_returned_payment_stops_counting_from_its_date() -> None:
    returned = pd.concat([CLAIMS, pd.DataFrame({
        "root_id": [1], "event_date": pd.to_datetime(["2026-05-10"]), "amount_cents": [-2_000_00],
        "kind": ["settlement"]})])
    assert rate(Horizon(months=1), AUTUMN, returned) == pytest.approx(0.48)
    assert rate(Horizon(months=3), AUTUMN, returned) == pytest.approx(0.28)


def test_a_write_off_neither_settles_nor_dilutes() -> None:
    written_off = pd.concat([CLAIMS, pd.DataFrame({
        "root_id": [3], "event_date": pd.to_datetime(["2026-04-20"]), "amount_cents": [4_000_00], "kind": ["other"]})])
    assert rate(Horizon(months=1), AUTUMN, written_off) == pytest.approx(0.48)
    overdue = pd.DataFrame({"root_id": [1, 2, 3], "residual_cents": [2_000_00, 3_000_00, 4_000_00]})
    found = overdue_recovery(
        overdue, claims=written_off, opening_date=dt.date(2026, 4, 1), as_of_date=dt.date(2026, 6, 30))
    assert found.rate == pytest.approx(3_800 / 9_000)


def test_a_credit_note_since_the_opening_lowers_the_overdue() -> None:
    credited = pd.concat([CLAIMS, pd.DataFrame({
        "root_id": [2, 2], "event_date": pd.to_datetime(["2026-03-30", "2026-04-02"]),
        "amount_cents": [500_00, 300_00], "kind": ["credit", "credit"]})])
    overdue = pd.DataFrame({"root_id": [2], "residual_cents": [2_500_00]})
    found = overdue_recovery(
        overdue, claims=credited, opening_date=dt.date(2026, 3, 31), as_of_date=dt.date(2026, 4, 30))
    assert found.rate == pytest.approx(1_800 / 2_200)
    assert found.base_cents == 2_200_00


def test_nothing_overdue_has_no_rate() -> None:
    nothing = pd.DataFrame({"root_id": [], "residual_cents": []}, dtype="int64")
    assert overdue_recovery(
        nothing, claims=CLAIMS, opening_date=dt.date(2026, 2, 28), as_of_date=AUTUMN).rate is None


def test_each_date_sees_its_own_mature_cohorts() -> None:
    dates = [dt.date(2026, month, 28) for month in (3, 4, 5)]
    sums = Cohorts(INVOICES, CLAIMS).sums(Horizon(months=1), dates=dates)
    assert [pooled(sums, date=position).rate for position in range(3)] == [None, None, pytest.approx(0.48)]


def test_an_invoice_posted_late_is_not_in_earlier_points() -> None:
    late = INVOICES.assign(posting_date=pd.to_datetime(["2026-02-01", "2026-02-01", "2026-02-01", "2026-06-05"]))
    dates = [dt.date(2026, 5, 31), dt.date(2026, 6, 30)]
    sums = Cohorts(late, CLAIMS).sums(Horizon(months=1), dates=dates)
    assert pooled(sums, date=0).rate == pytest.approx(4_800 / 6_000)
    assert pooled(sums, date=1).rate == pytest.approx(4_800 / 10_000)


def test_the_latest_twelve_mature_cohorts_are_pooled() -> None:
    due = pd.date_range("2024-01-31", periods=14, freq="ME")
    invoices = pd.DataFrame({"item_id": range(14), "posting_date": due, "due_date": due,
                             "amount_cents": [100_00] * 14})
    claims = pd.DataFrame({"root_id": [0, 1, 13], "event_date": due[[0, 1, 13]], "amount_cents": [100_00] * 3,
                           "kind": ["settlement"] * 3})
    found = pooled(Cohorts(invoices, claims).sums(Horizon(months=1), dates=[dt.date(2025, 3, 31)]))
    # The two oldest cohorts, both paid, are out: one of twelve is left.
    assert found.cohorts == 12
    assert found.rate == pytest.approx(1 / 12)
    assert (found.first_day, found.last_day) == (dt.date(2024, 3, 1), dt.date(2025, 2, 28))
