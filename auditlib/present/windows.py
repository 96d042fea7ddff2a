"""Which period of sales a date's DSO looks at, read back from the results."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from auditlib.results import Window, sales_window, window_ending

__all__ = ["sales_windows"]

LONGEST_MONTHS = 12


def sales_windows(
    entry: Mapping[str, Any],
    *,
    dates: Sequence[pd.Timestamp],
    sales: pd.DataFrame,
    as_of_date: pd.Timestamp,
) -> dict[pd.Timestamp, Window]:
    """Return the window of each date whose sales a table of calendar months can give exactly.

    A window that starts within a month, other than with the history, is left out: months cannot be cut. So is one
    that reaches back to the month the history starts in, of which only the audit's own window tells the day.

    Parameters
    ----------
    entry : mapping
        The ``dso`` entry of ``indicators.json``.
    dates : sequence of Timestamp
    sales : DataFrame
        ``month_end`` and amounts of each calendar month.
    as_of_date : Timestamp
    """
    if not entry.get("window_start") or sales.empty:
        return {}
    start, months = dt.date.fromisoformat(entry["window_start"]), int(entry["window_months"])
    own = Window(start, as_of_date.date(), months)
    first_month = sales["month_end"].min().replace(day=1).date()
    is_whole = start == window_ending(own.end, months=months).start
    found: dict[pd.Timestamp, Window] = {}
    for date in dates:
        window: Window | None = own
        if date != as_of_date:
            window = (
                window_ending(date.date(), months=months)
                if is_whole
                else sales_window(date.date(), months=LONGEST_MONTHS, history_start=start)
            )
        if window is not None and _is_exact(window, own=own, first_month=first_month, is_whole=is_whole):
            found[date] = window
    return found


def _is_exact(window: Window, *, own: Window, first_month: dt.date, is_whole: bool) -> bool:
    if not is_whole:
        return True
    if window.start.day != 1:
        return False
    return window == own or first_month < window.start
