"""What customers promised to pay: which claims it is for, and how often such promises are kept."""

import datetime as dt

import numpy as np
import pandas as pd

from auditlib.dates import day_number, day_numbers
from auditlib.matching.end_to_end import lay_end_to_end

__all__ = ["FEWEST_DUE", "kept_share", "promised_parts"]

FEWEST_DUE = 5
"""Promises that must have fallen due before a rate is read from them."""


def kept_share(outcomes: pd.DataFrame) -> float | None:
    """Return the share of promises come due that were kept, by count; None where fewer than five have [share 0–1].

    Parameters
    ----------
    outcomes : DataFrame
        ``outcome`` of each promise (`auditlib.promises.promise_outcomes`).
    """
    judged = outcomes["outcome"].isin(["kept", "broken"])
    return float((outcomes["outcome"] == "kept").sum() / judged.sum()) if judged.sum() >= FEWEST_DUE else None


def promised_parts(claims: pd.DataFrame, *, promises: pd.DataFrame, as_of_date: dt.date) -> pd.DataFrame:
    """Lay the promises to come on what is owed: those that name a claim on it, then the others oldest claim first.

    Parameters
    ----------
    claims : DataFrame
        By customer, oldest first: ``claim``, ``customer``, ``cents``.
    promises : DataFrame
        ``claim`` (movement it names, -1 for none), ``customer`` (code), ``amount_cents``, ``promised_on``; those for
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
