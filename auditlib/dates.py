"""Calendar arithmetic shared by loaders and measures; no clock is read here."""

import calendar
import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = [
    "NO_DAY", "add_months", "day_number", "day_numbers", "from_day_number", "from_day_numbers",
    "is_month_end", "month_end", "month_ends", "month_numbers",
]

NO_DAY = np.int32(2**31 - 1)
"""Day number of a missing date: later than any real one, so that nothing is ever due on it."""

EPOCH = dt.date(1970, 1, 1)
SECONDS = 86_400
MISSING = np.iinfo(np.int64).min
"""What NumPy writes for a missing date."""


def day_number(day: dt.date) -> int:
    """Return the number of days since 1970-01-01."""
    return (day - EPOCH).days


def month_numbers(days: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return the month (year × 12 + month − 1) of each day number.

    Examples
    --------
    >>> month_numbers(np.array([0, 31, 365], dtype=np.int32)) - 1970 * 12
    array([ 0,  1, 12])
    """
    if not len(days):
        return np.empty(0, dtype=np.int64)
    first = int(days.min())
    every = np.arange(first, int(days.max()) + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    numbers: npt.NDArray[np.int64] = (every + 1970 * 12)[days - first]
    return numbers


def from_day_number(number: int) -> dt.date:
    """Return the date a day number stands for."""
    return EPOCH + dt.timedelta(days=int(number))


def day_numbers(dates: pd.Series) -> npt.NDArray[np.int32]:
    """Turn a datetime column into day numbers, a missing date into `NO_DAY`."""
    values = dates.to_numpy()
    if values.dtype != "datetime64[s]":
        values = dates.to_numpy(dtype="datetime64[s]")
    seconds = values.view(np.int64)
    numbers = (seconds // SECONDS).astype(np.int32)
    if len(seconds) and seconds.min() == MISSING:
        numbers[seconds == MISSING] = NO_DAY
    return numbers


def from_day_numbers(numbers: npt.NDArray[np.int32]) -> npt.NDArray[np.datetime64]:
    """Turn day numbers into ``datetime64[s]``, `NO_DAY` into a missing date."""
    days = (numbers.astype(np.int64) * SECONDS).view("datetime64[s]")
    if len(numbers) and numbers.max() == NO_DAY:
        days[numbers == NO_DAY] = np.datetime64("NaT")
    return days


def month_end(day: dt.date) -> dt.date:
    """Return the last day of the month `day` is in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def is_month_end(day: dt.date) -> bool:
    """Tell whether `day` is the last of its month."""
    return day == month_end(day)


def add_months(day: dt.date, months: int) -> dt.date:
    """Move a date by whole months; the end of a month stays the end of a month.

    Examples
    --------
    >>> add_months(dt.date(2026, 4, 30), -1)
    datetime.date(2026, 3, 31)
    >>> add_months(dt.date(2026, 3, 30), -1)
    datetime.date(2026, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    first = dt.date(index // 12, index % 12 + 1, 1)
    last = month_end(first)
    return last if is_month_end(day) else first.replace(day=min(day.day, last.day))


def month_ends(last: dt.date, count: int) -> list[dt.date]:
    """Return the `count` latest month ends that are not after `last`, oldest first."""
    newest = last if is_month_end(last) else add_months(last.replace(day=1), 0) - dt.timedelta(days=1)
    return [add_months(newest, -back) for back in range(count - 1, -1, -1)]
