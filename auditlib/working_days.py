"""Working days in France: Monday to Friday but for public holidays."""

import datetime as dt

import holidays

__all__ = ["working_day_after"]


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
