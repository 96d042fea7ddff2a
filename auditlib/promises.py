"""Promises to pay, and whether they were kept: paid in full by the promised day and a few more (DOMAIN.md A3)."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, day_number, day_numbers

__all__ = ["OUTCOMES", "promise_counts", "promise_outcomes"]

OUTCOMES = ("kept", "broken", "pending", "unjudged")
"""``unjudged``: neither the day of the promise nor an item is known, so any payment might be the one promised."""


def promise_outcomes(
    promises: pd.DataFrame, *, payments: pd.DataFrame, as_of_date: dt.date, grace_days: int,
) -> pd.DataFrame:
    """Tell what became of each promise made by a date.

    A payment counts once: promises are served in the order of their promised days, each by the payments of its claim
    (of any claim where it names none) and by payments not yet allocated, from the day after the promise on.

    Parameters
    ----------
    promises : DataFrame
        ``customer_id``, ``root_id`` (the claim promised, -1 for none), ``amount_cents`` > 0, ``made_on`` (may be
        missing) and ``promised_on``. [cents, VAT included]
    payments : DataFrame
        ``customer_id``, ``root_id`` (the claim paid, -1 while not allocated), ``event_date`` (none after
        `as_of_date`), ``amount_cents`` > 0. [cents, VAT included]
    as_of_date : date
        Promises made later do not exist yet.
    grace_days : int
        Days after the promised one on which a payment still keeps the promise. [days]

    Returns
    -------
    DataFrame
        The promises made by `as_of_date`, in the order served, with ``paid_cents`` (of the promised amount, in time)
        and ``outcome``, one of `OUTCOMES`.
    """
    known = day_numbers(promises["made_on"]) <= day_number(as_of_date)
    made = promises[known | promises["made_on"].isna().to_numpy()]
    made = made.sort_values(["promised_on", "made_on"], kind="stable").reset_index(drop=True)
    paid = np.zeros(len(made), dtype=np.int64)
    concerned = payments[payments["customer_id"].isin(made["customer_id"].unique())]
    by_customer = dict(list(concerned.groupby(concerned["customer_id"].astype("str"), sort=False)))
    for customer, rows in made.groupby(made["customer_id"].astype("str"), sort=False).indices.items():
        if customer in by_customer:
            paid[rows] = _served(made.iloc[rows], by_customer[customer], grace_days)
    return made.assign(paid_cents=paid, outcome=_outcomes(made, paid, as_of_date, grace_days))


def _served(promises: pd.DataFrame, payments: pd.DataFrame, grace_days: int) -> npt.NDArray[np.int64]:
    """Lay one customer's payments on his promises; each promise looks at what the earlier ones left."""
    ordered = payments.sort_values("event_date", kind="stable")
    left, root = ordered["amount_cents"].to_numpy().copy(), ordered["root_id"].to_numpy()
    day = day_numbers(ordered["event_date"]).astype(np.int64)
    made = day_numbers(promises["made_on"]).astype(np.int64)
    start = np.where(made == NO_DAY, -NO_DAY, made)
    end = day_numbers(promises["promised_on"]).astype(np.int64) + grace_days
    paid = np.zeros(len(promises), dtype=np.int64)
    claims, wanted = promises["root_id"].to_numpy(), promises["amount_cents"].to_numpy()
    for number, claim in enumerate(claims):
        fits = (day > start[number]) & (day <= end[number])
        if claim >= 0:
            fits &= (root == claim) | (root < 0)
        elif start[number] == -NO_DAY:
            continue
        rows = np.flatnonzero(fits)
        before = np.cumsum(left[rows]) - left[rows]
        taken = np.clip(wanted[number] - before, 0, left[rows])
        left[rows] -= taken
        paid[number] = taken.sum()
    return paid


def _outcomes(
    made: pd.DataFrame, paid: npt.NDArray[np.int64], as_of_date: dt.date, grace_days: int,
) -> npt.NDArray[np.str_]:
    in_full = paid >= made["amount_cents"].to_numpy()
    over = day_numbers(made["promised_on"]).astype(np.int64) + grace_days < day_number(as_of_date)
    unknown = made["made_on"].isna().to_numpy() & (made["root_id"] < 0).to_numpy()
    found: npt.NDArray[np.str_] = np.select([unknown, in_full, over], ["unjudged", "kept", "broken"], "pending")
    return found


def promise_counts(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Count each customer's promises by what became of them.

    Parameters
    ----------
    outcomes : DataFrame
        From `promise_outcomes`.

    Returns
    -------
    DataFrame
        By customer, ``promises``, one ``promises_<outcome>`` each, and ``promised_kept_cents`` and
        ``promised_broken_cents``, the amounts promised. [cents, VAT included]
    """
    who = outcomes["customer_id"].astype("str")
    is_so = {name: outcomes["outcome"] == name for name in OUTCOMES}
    counted = {f"promises_{name}": so.groupby(who).sum() for name, so in is_so.items()}
    amounts = {f"promised_{name}_cents": outcomes["amount_cents"].where(is_so[name], 0).groupby(who).sum()
               for name in ("kept", "broken")}
    return pd.DataFrame({"promises": who.groupby(who).size(), **counted, **amounts}).astype("int64")
