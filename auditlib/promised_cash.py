"""What customers promised to pay: which claims it is for, and how often such promises are kept."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, day_number, day_numbers
from auditlib.matching.end_to_end import lay_end_to_end

__all__ = ["FEWEST_DUE", "kept_share", "promised_parts"]

Ints = npt.NDArray[np.int64]
GRACE_DAYS = 3
"""Bank days a promise is given (DOMAIN.md A, promise kept rate). [days]"""
FEWEST_DUE = 5
"""Promises that must have fallen due before a rate is read from them."""
SPAN = 1_000_000
"""Room for day numbers in a key. [days]"""


def kept_share(promises: pd.DataFrame, *, paid: pd.DataFrame, as_of_date: dt.date) -> float | None:
    """Return the share of promises due that were paid in full by their date and three days.

    Parameters
    ----------
    promises : DataFrame
        ``claim`` (movement it names, -1 for none), ``customer`` (code), ``amount_cents``, ``made_on``,
        ``promised_on``.
    paid : DataFrame
        Settlements: ``claim``, ``customer``, ``event_date``, ``amount_cents`` (negative where a return undoes one).
    as_of_date : date

    Returns
    -------
    float or None
        By count; None where fewer than five have fallen due. [share 0–1]
    """
    due = promises[day_numbers(promises["promised_on"]) + GRACE_DAYS <= day_number(as_of_date)]
    if len(due) < FEWEST_DUE:
        return None
    named = (due["claim"] >= 0).to_numpy()
    got = np.where(named, _paid_between(due, paid, "claim"), _paid_between(due, paid, "customer"))
    return float((got >= due["amount_cents"].to_numpy()).mean())


def _paid_between(due: pd.DataFrame, paid: pd.DataFrame, by: str) -> Ints:
    """Return what was paid on each promise's claim, or by its customer, from the day it was made to its last day."""
    key = paid[by].to_numpy() * SPAN + day_numbers(paid["event_date"])
    order = np.argsort(key, kind="stable")
    running = np.concatenate([[0], np.cumsum(paid["amount_cents"].to_numpy()[order])])
    own = due[by].to_numpy() * SPAN
    made = day_numbers(due["made_on"]).astype(np.int64)
    start = own + np.where(made == NO_DAY, 0, made)
    end = own + day_numbers(due["promised_on"]) + GRACE_DAYS
    first, last = np.searchsorted(key[order], start, side="left"), np.searchsorted(key[order], end, side="right")
    return running[last] - running[first]


def promised_parts(claims: pd.DataFrame, *, promises: pd.DataFrame, as_of_date: dt.date) -> pd.DataFrame:
    """Lay the promises to come on what is owed: those that name a claim on it, then the others oldest claim first.

    Parameters
    ----------
    claims : DataFrame
        By customer, oldest first: ``claim``, ``customer``, ``cents``.
    promises : DataFrame
        As `kept_share`; promises for `as_of_date` or earlier are no longer to come.
    as_of_date : date

    Returns
    -------
    DataFrame
        ``row`` (position in `claims`), ``cents``, ``promised_in`` [days]; never more than is owed.
    """
    days = day_numbers(promises["promised_on"]).astype(np.int64) - day_number(as_of_date)
    to_come = promises.assign(days=days)[days > 0]
    named = to_come["claim"] >= 0
    left, found = claims["cents"].to_numpy().copy(), []
    for by, chosen in (("claim", named), ("customer", ~named)):
        rows = np.argsort(claims[by].to_numpy(), kind="stable")
        rows = rows[left[rows] > 0]
        part = to_come[chosen].sort_values([by, "days"], kind="stable")
        laid = lay_end_to_end(
            rows, claims[by].to_numpy()[rows], left[rows],
            np.arange(len(part)), part[by].to_numpy(), part["amount_cents"].to_numpy())
        np.subtract.at(left, laid.debit, laid.amount)
        found.append(pd.DataFrame({"row": laid.debit, "cents": laid.amount,
                                   "promised_in": part["days"].to_numpy()[laid.credit]}))
    return pd.concat(found, ignore_index=True).astype("int64")
