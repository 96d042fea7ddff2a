"""Windows of sales (INDICATORS.md 3) and what an indicator may hold."""

import datetime as dt
import math

import pytest

from auditlib.results import Indicator, sales_window, window_ending


@pytest.mark.parametrize(("end", "months", "days"), [
    (dt.date(2025, 12, 31), 12, 365),
    (dt.date(2024, 12, 31), 12, 366),  # 29 February 2024
    (dt.date(2024, 2, 29), 12, 366),  # 1 March 2023 to 29 February 2024
    (dt.date(2026, 3, 31), 3, 90),  # 31 + 28 + 31
    (dt.date(2025, 12, 15), 3, 91),  # 16 September to 15 December: 15 + 31 + 30 + 15
])
def test_a_window_has_its_real_number_of_days(end: dt.date, months: int, days: int) -> None:
    assert window_ending(end, months=months).days == days


def test_the_window_starts_with_the_sales_history_inside_it() -> None:
    window = sales_window(dt.date(2025, 12, 31), months=12, history_start=dt.date(2025, 8, 15))
    assert window is not None
    # 15 August to 31 December: 17 + 30 + 31 + 30 + 31 days, of which September to December are full months.
    assert (window.start, window.days, window.months) == (dt.date(2025, 8, 15), 139, 4)


@pytest.mark.parametrize(("start", "available"), [
    (dt.date(2025, 10, 1), True),  # October, November, December
    (dt.date(2025, 10, 2), False),
    (None, False),
])
def test_under_three_full_months_there_is_no_window(start: dt.date | None, available: bool) -> None:
    assert (sales_window(dt.date(2025, 12, 31), months=12, history_start=start) is not None) is available


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_an_indicator_refuses_what_is_not_a_figure(value: float) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        Indicator(value, "days")


def test_an_indicator_has_a_value_or_a_reason() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Indicator(None, "days")
    with pytest.raises(ValueError, match="exactly one"):
        Indicator(1.0, "days", reason="Sans objet.")
