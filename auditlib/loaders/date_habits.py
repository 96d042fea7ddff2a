"""Habits of programs that keep dates: the first of the month in one column, the day in another."""

from dataclasses import replace

import numpy as np
import pandas as pd

from auditlib.loaders.parsed import Parsed

__all__ = ["with_whole_dates"]

LAST_DAY = 31


def with_whole_dates(parsed: Parsed) -> Parsed:
    """Add the day of the month to a posting date that only says the month, where a column gives it.

    Nothing changes if a date is not the first of a month, or a day is none.
    """
    if "posting_date" not in parsed.dates or "posting_day" not in parsed.roles:
        return parsed
    months = parsed.dates["posting_date"]
    known = ~np.isnat(months.days)
    days = pd.to_numeric(pd.Series(parsed.texts("posting_day"), dtype="str"), errors="coerce").to_numpy(dtype=float)
    starts = months.days[known] == months.days[known].astype("datetime64[M]")
    if not starts.all() or not ((days[known] >= 1) & (days[known] <= LAST_DAY)).all():
        return parsed
    moved = months.days.copy()
    moved[known] += (days[known].astype(np.int64) - 1).astype("timedelta64[D]")
    return replace(parsed, dates=parsed.dates | {"posting_date": replace(months, days=moved)})
