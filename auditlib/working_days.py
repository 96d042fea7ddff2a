"""Working days in France: Monday to Friday but for public holidays."""

import datetime as dt

import holidays
import numpy as np
import numpy.typing as npt

__all__ = ["is_day_off", "is_working_day", "working_day_after", "working_day_before"]


def working_day_after(day: dt.date, count: int) -> dt.date:
    """Return the `count`-th working day after a day.

    Parameters
    ----------
    day : date
    count : int
        At least 1. [working days]

    Examples
    --------
    Three working days after the Friday before Easter 2026 (6 April is Easter Monday):

    >>> working_day_after(dt.date(2026, 4, 3), 3)
    datetime.date(2026, 4, 9)
    """
    return holidays.country_holidays("FR").get_nth_working_day(day, count)


def working_day_before(day: dt.date) -> dt.date:
    """Return the last working day before a day.

    Examples
    --------
    Before Easter Monday 2026, Good Friday, on which France works:

    >>> working_day_before(dt.date(2026, 4, 6))
    datetime.date(2026, 4, 3)
    """
    return holidays.country_holidays("FR").get_nth_working_day(day, -1)


def is_working_day(day: dt.date) -> bool:
    """Tell whether a day is neither a Saturday, a Sunday nor a public holiday in France.

    Examples
    --------
    >>> is_working_day(dt.date(2026, 4, 6)), is_working_day(dt.date(2026, 4, 7))
    (False, True)
    """
    return holidays.country_holidays("FR").is_working_day(day)


def is_day_off(days: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Tell which days are a Saturday, a Sunday or a public holiday in France.

    Parameters
    ----------
    days : ndarray of int32
        Days since 1970-01-01.

    Examples
    --------
    Thursday 1 January and Saturday 3 January 1970, then Monday 5 January:

    >>> is_day_off(np.array([0, 2, 4], dtype=np.int32)).tolist()
    [True, True, False]
    """
    if not len(days):
        return np.zeros(0, dtype=bool)
    dates = days.astype("datetime64[D]")
    years = range(int(dates.min().astype("datetime64[Y]").astype(int)) + 1970,
                  int(dates.max().astype("datetime64[Y]").astype(int)) + 1971)
    public = np.array(sorted(holidays.country_holidays("FR", years=years)), dtype="datetime64[D]")
    return ~np.is_busday(dates, holidays=public)
