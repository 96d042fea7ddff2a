"""Slices of hand-made results against sums done by hand."""

import pandas as pd
import pytest

from auditlib.present.selection import Selection, State
from auditlib.present.slices import Slices
from auditlib.present.windows import sales_windows
from tests.unit import slices_fixture as made

DECEMBER, NOVEMBER = pd.Timestamp(made.DECEMBER), pd.Timestamp(made.NOVEMBER)


def state(month: pd.Timestamp = DECEMBER, **segments: str) -> State:
    return Slices(made.results()).state(Selection(month, segments))


def test_without_a_filter_the_figures_are_the_summary_s() -> None:
    whole = state()
    assert (whole.receivable.value, whole.overdue.value, whole.net_overdue.value) == (2230.0, 880.0, 830.0)
    assert whole.dso.value == 223_000 / 492_000 * 365
    assert whole.overdue_rate.value == 88_000 / 228_000


def test_a_filter_on_everything_s_value_gives_the_same_figures() -> None:
    """Every customer is of the unit Négoce: the sums of the cube must meet the summary."""
    part = state(business_unit="Négoce")
    assert (part.receivable.value, part.overdue.value, part.net_overdue.value) == (2230.0, 880.0, 830.0)
    assert part.dso.value == pytest.approx(223_000 / 492_000 * 365)
    assert part.overdue_rate.value == pytest.approx(88_000 / 228_000)


def test_a_filter_slices_receivable_overdue_and_dso() -> None:
    """France: A and C. 100,000 + 20,000 - 5,000 + 8,000 = 123,000; sales 12 x 31,000 = 372,000."""
    part = state(zone="FR")
    assert part.receivable.value == 1230.0
    assert part.overdue.value == 280.0
    assert part.overdue_rate.value == pytest.approx(28_000 / 128_000)
    assert part.dso.value == pytest.approx(123_000 / 372_000 * 365)
    assert part.net_overdue.value == 230.0  # 15,000 of A and 8,000 of C
    assert part.customers == 2
    assert {row["bucket"]: row["amount"] for row in part.ageing}["unallocated_credits"] == -50.0


def test_two_filters_narrow_each_other() -> None:
    part = state(zone="FR", customer_type="public")
    assert (part.receivable.value, part.customers) == (80.0, 1)
    assert part.dso.value == pytest.approx(8_000 / 12_000 * 365)


def test_an_earlier_month_is_the_evolution_s_or_its_own_slice() -> None:
    """November, EU: 80,000; its window of twelve months reaches back to December 2024, where the history starts."""
    assert state(NOVEMBER).receivable.value == 1800.0
    part = state(NOVEMBER, zone="EU")
    assert part.receivable.value == 800.0
    assert part.overdue_rate.value == pytest.approx(50_000 / 80_000)
    assert part.dso.value is None
    assert "fenêtre" in part.dso.reason
    assert part.net_overdue.value is None


def test_an_empty_selection_has_reasons_and_no_nil_rate() -> None:
    part = state(zone="EU", customer_type="public")
    assert part.receivable.value == 0.0
    assert part.overdue_rate.value is None
    assert part.dso.value is None
    assert part.overdue_rate.reason
    assert part.dso.reason


def test_history_of_a_slice_follows_its_cells() -> None:
    history = Slices(made.results()).history({"zone": "EU"})
    assert history["receivable_cents"].tolist() == [80_000, 100_000]
    assert history["overdue_cents"].tolist() == [50_000, 60_000]
    assert history["dso"].iloc[1] == pytest.approx(100_000 / 120_000 * 365)


def test_slices_of_a_segment_add_up_to_everything() -> None:
    slices = Slices(made.results())
    for month in slices.months:
        parts = [slices.state(Selection(month, {"zone": zone})).receivable.value for zone in slices.options("zone")]
        assert sum(value or 0.0 for value in parts) == slices.state(Selection(month)).receivable.value


def test_ageing_that_counts_from_documents_gives_no_overdue_of_a_slice() -> None:
    summary = made.results().summary | {"receivable": made.results().summary["receivable"] | {"overdue": 500.0}}
    part = Slices(made.results(summary=summary)).state(Selection(DECEMBER, {"zone": "FR"}))
    assert part.overdue.value is None
    assert "échéances" in part.overdue.reason
    assert part.receivable.value == 1230.0


def test_customers_come_with_the_largest_overdue_first() -> None:
    slices = Slices(made.results())
    assert slices.customers(Selection(DECEMBER))["customer_id"].tolist() == ["B", "A", "C"]
    french = slices.customers(Selection(DECEMBER, {"zone": "FR"}))
    assert french["overdue_cents"].tolist() == [20_000, 8_000]
    assert french["net_overdue_cents"].tolist() == [15_000, 8_000]


@pytest.mark.parametrize(
    ("start", "months", "as_of", "expected"),
    [
        (
            "2025-01-01",
            12,
            "2025-12-31",
            {"2025-12-31": "2025-01-01"},
        ),  # November's would start in the history's first month
        ("2024-12-16", 12, "2025-12-15", {}),  # starts within a month: sales cannot be cut
        (
            "2024-12-10",
            11,
            "2025-11-30",
            {"2025-11-30": "2024-12-10", "2025-10-31": "2024-12-10"},
        ),  # history starts inside
    ],
)
def test_windows_are_given_where_months_can_tell_them(
    start: str, months: int, as_of: str, expected: dict[str, str]
) -> None:
    entry = {"window_start": start, "window_months": months}
    day = pd.Timestamp(as_of)
    dates = [day, (day - pd.offsets.MonthEnd(1)).normalize()]
    found = sales_windows(entry, dates=dates, sales=made.results().sales, as_of_date=day)
    assert {date.date().isoformat(): window.start.isoformat() for date, window in found.items()} == expected
