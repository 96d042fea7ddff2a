"""The diary of calls: so many a working day, the most urgent first, and a reminder before each promised payment."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from auditlib.working_days import is_working_day, working_day_after, working_day_before

__all__ = ["Slot", "promise_days", "spread_calls"]


@dataclass(frozen=True)
class Slot:
    """Day and hour of a call."""

    day: dt.date
    at: dt.time


def spread_calls(not_before: Sequence[dt.date], *, starts_on: dt.date, times: Sequence[dt.time]) -> list[Slot]:
    """Give each call, in the order given, the first hour free on a working day.

    Parameters
    ----------
    not_before : sequence of date
        One a call: the day its step is due, or the one agreed with the debtor; earlier than `starts_on` counts for
        nothing.
    starts_on : date
        First day of calls.
    times : sequence of time
        Hours of the calls of a day.

    Examples
    --------
    Two calls a day from Thursday 24 December 2026; Friday is Christmas, and the third call goes to Monday:

    >>> first = dt.date(2026, 12, 24)
    >>> hours = (dt.time(9, 30), dt.time(10))
    >>> [slot.day.day for slot in spread_calls([first] * 3, starts_on=first, times=hours)]
    [24, 24, 28]
    """
    taken: dict[dt.date, int] = {}
    slots = []
    for wished in not_before:
        day = max(wished, starts_on)
        while not is_working_day(day) or taken.get(day, 0) == len(times):
            day = working_day_after(day, 1)
        slots.append(Slot(day, times[taken.get(day, 0)]))
        taken[day] = taken.get(day, 0) + 1
    return slots


def promise_days(promises: pd.DataFrame, *, starts_on: dt.date) -> pd.DataFrame:
    """Return the promises to remind the debtor of, with the working day before each.

    Parameters
    ----------
    promises : DataFrame
        From `auditlib.follow_up_chapter`.
    starts_on : date
        Promises due before it are left out; a reminder falls on it at the earliest.

    Returns
    -------
    DataFrame
        The pending promises, with ``remind_on``.
    """
    coming = promises[(promises["outcome"].astype("str") == "pending")
                      & (promises["promised_on"] >= pd.Timestamp(starts_on))]
    days = [max(working_day_before(day.date()), starts_on) for day in coming["promised_on"]]
    made = coming.assign(remind_on=pd.to_datetime(pd.Series(days, index=coming.index, dtype="object")))
    return made.sort_values(["remind_on", "customer_id"], kind="stable").reset_index(drop=True)
