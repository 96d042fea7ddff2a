"""Days as integers since 1970: business days, month ends, payment runs, and the shape of a year's sales."""

import datetime as dt

import numpy as np
import numpy.typing as npt

__all__ = [
    "Days", "business_calendar", "due_days", "month_end_days", "months_of", "next_business_day", "run_days",
    "sales_weights", "to_dates",
]

Days = npt.NDArray[np.int64]

FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
MOVING_HOLIDAYS = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday: days after Easter
MONTH_SHAPE = np.array([0.94, 0.97, 1.08, 1.0, 0.95, 1.12, 0.98, 0.45, 1.08, 1.1, 1.12, 1.21])
"""Sales of a month against the average: trough in August, rush at year end."""


def business_calendar(first_year: int, last_year: int) -> np.busdaycalendar:
    """Return the French working days, Monday to Friday less public holidays."""
    off: list[dt.date] = []
    for year in range(first_year, last_year + 1):
        easter = _easter(year)
        off += [dt.date(year, month, day) for month, day in FIXED_HOLIDAYS]
        off += [easter + dt.timedelta(days=after) for after in MOVING_HOLIDAYS]
    return np.busdaycalendar(holidays=np.array(off, dtype="datetime64[D]"))


def _easter(year: int) -> dt.date:
    """Return Easter Sunday of a year from 1900 to 2099 (Gauss)."""
    full_moon = (19 * (year % 19) + 24) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * full_moon + 5) % 7
    after = full_moon + sunday - (7 if (full_moon, sunday) in ((29, 6), (28, 6)) else 0)
    return dt.date(year, 3, 22) + dt.timedelta(days=after)


def to_dates(days: Days) -> npt.NDArray[np.datetime64]:
    """Turn day numbers into ``datetime64[D]``."""
    return np.asarray(days).astype("datetime64[D]")


def next_business_day(days: Days, calendar: np.busdaycalendar) -> Days:
    """Move days that are not worked to the next one that is."""
    return np.busday_offset(to_dates(days), 0, roll="forward", busdaycal=calendar).astype(np.int64)


def months_of(days: Days) -> Days:
    """Return the number of the month each day is in, counted from January 1970."""
    return to_dates(days).astype("datetime64[M]").astype(np.int64)


def first_days_of(months: Days) -> Days:
    """Return the first day of each numbered month."""
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def month_end_days(days: Days) -> Days:
    """Return the last day of each day's month."""
    return first_days_of(months_of(days) + 1) - 1


def due_days(document: Days, term_days: Days, end_of_month: npt.NDArray[np.bool_]) -> Days:
    """Apply terms: days from the document, then the month end where the terms say so."""
    due = document + term_days
    return np.where(end_of_month, month_end_days(due), due)


def run_days(days: Days, run: Days) -> Days:
    """Move payments to their customer's next payment day.

    Parameters
    ----------
    days : ndarray of int64
    run : ndarray of int64
        0 pays any day, 1 to 5 every Monday to Friday of that number, 10 on the 10th and the 25th.
    """
    days, run = np.asarray(days), np.asarray(run)
    weekly = days + (run - 1 - (days + 3)) % 7  # 1970-01-01 was a Thursday
    start = first_days_of(months_of(days))
    of_month = days - start + 1
    following = first_days_of(months_of(days) + 1)
    fortnightly = np.where(of_month <= 10, start + 9, np.where(of_month <= 25, start + 24, following + 9))
    return np.select([run == 0, run == 10], [days, fortnightly], default=weekly)


def sales_weights(first: int, last: int, calendar: np.busdaycalendar) -> npt.NDArray[np.float64]:
    """Weigh each day from `first` to `last` by how much is invoiced on it; 3 % growth a year."""
    days = np.arange(first, last + 1, dtype=np.int64)
    months = months_of(days)
    worked = np.is_busday(to_dates(days), busdaycal=calendar)
    closing = month_end_days(days) - days < 4  # a third of a month's invoices leave in its last days
    weights: npt.NDArray[np.float64] = (
        worked * MONTH_SHAPE[months % 12] * np.where(closing, 2.4, 1.0) * 1.03 ** ((days - first) / 365.0)
    )
    return weights
