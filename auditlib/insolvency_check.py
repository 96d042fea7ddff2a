"""Whether the check of insolvency procedures is recent enough to write to a debtor."""

import datetime as dt

import pandas as pd

__all__ = ["days_since_check", "is_check_current", "last_check"]


def last_check(intake: pd.DataFrame, *, stated: dt.date | None) -> dt.date | None:
    """Return the day procedures were last looked up: as the auditor says, else that of the latest official extract.

    Parameters
    ----------
    intake : DataFrame
        `schemas.INTAKE`.
    stated : date or None
        ``risk.insolvency_checked_on``.
    """
    extracts = intake["kind"].astype("str") == "insolvency_list"
    days = intake.loc[extracts & (intake["role"].astype("str") == "attributes"), "extracted_on"].dropna()
    found = [day for day in (stated, days.max().date() if len(days) else None) if day is not None]
    return max(found, default=None)


def days_since_check(checked_on: dt.date | None, *, on: dt.date) -> int | None:
    """Return how old the check is on a day, 0 where it was made later; None without a check [days].

    Parameters
    ----------
    checked_on : date or None
    on : date
        Of the letter, or of the accounts.
    """
    return None if checked_on is None else max((on - checked_on).days, 0)


def is_check_current(checked_on: dt.date | None, *, on: dt.date, max_days: int) -> bool:
    """Tell whether a letter may go out on a day: no letter when the check is older than `max_days`, or missing.

    Parameters
    ----------
    checked_on : date or None
    on : date
    max_days : int
        ``risk.insolvency_check_days``. [days]

    Examples
    --------
    >>> is_check_current(dt.date(2026, 1, 5), on=dt.date(2026, 1, 20), max_days=15)
    True
    >>> is_check_current(dt.date(2026, 1, 5), on=dt.date(2026, 1, 21), max_days=15)
    False
    """
    age = days_since_check(checked_on, on=on)
    return age is not None and age <= max_days
