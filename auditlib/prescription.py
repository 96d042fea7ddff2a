"""Prescription: until when each claim can be sued for, counted from the earliest defensible start.

The law and its periods: DOMAIN.md A8, INDICATORS.md 4 (``prescription_at_risk``). What we take, where it may be read
in two ways, is what makes a claim lapse sooner: it starts on the document date (performance may be earlier than the
due date, never later than the invoice), a debtor of unknown type has the shortest period he could have, and only a
receipt that a code or a reference sets against the claim interrupts it (acknowledgement, art. 2240 C. civ.), if it
came in time and no later return undid it. The lapse date is the last day one can act: the day after, it has lapsed.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, add_months, day_number, day_numbers, from_day_numbers
from auditlib.ledger import Ledger

__all__ = ["CLASSES", "DEBTORS", "Periods", "acknowledgements", "lapse_days", "lapsed_before", "prescription"]

DEBTORS = ("business", "consumer", "public", "unknown")
CLASSES = ("lapsed", "within_3m", "within_6m", "within_12m", "later", "interrupted", "not_due", "undatable")
"""``interrupted``: declared in an insolvency procedure; ``not_due``: cannot lapse; ``undatable``: of unknown age."""
HORIZONS = {"within_3m": 3, "within_6m": 6, "within_12m": 12}
SURE_METHODS = ("codes", "reference")
LONGEST_DAYS = 40 * 366
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Periods:
    """How long a claim lives, in years; `public` counts from 1 January of the year after it arose.

    Attributes
    ----------
    business, consumer, public : int
        [years]
    every : int or None
        Period of all contracts alike (transport), where it is shorter. [years]
    """

    business: int
    consumer: int
    public: int
    every: int | None = None


def lapse_days(start: Ints, *, debtor: npt.NDArray[np.str_], periods: Periods) -> Ints:
    """Return the last day each claim can be sued for.

    Parameters
    ----------
    start : ndarray of int64
        Day number each period starts after; `NO_DAY` where it is not known.
    debtor : ndarray of str
        One of `DEBTORS`.
    periods : Periods

    Returns
    -------
    ndarray of int64
        Day numbers; `NO_DAY` where the start is not known.
    """
    days = np.where(start == NO_DAY, 0, start)
    next_january = (days.astype("datetime64[D]").astype("datetime64[Y]") + 1).astype("datetime64[D]").astype(np.int64)
    public = _years_later(next_january, periods.public) - 1
    business, consumer = _years_later(days, periods.business), _years_later(days, periods.consumer)
    shortest = np.minimum(np.minimum(business, consumer), public)
    lapse = np.select([debtor == "business", debtor == "consumer", debtor == "public"], [business, consumer, public],
                      shortest)
    if periods.every is not None:
        lapse = np.minimum(lapse, _years_later(days, periods.every))
    return np.where(start == NO_DAY, np.int64(NO_DAY), lapse)


def lapsed_before(as_of_date: dt.date, *, periods: Periods) -> dict[str, int]:
    """Return, by debtor, the first day number whose claims can still be sued for at a date: earlier ones lapsed."""
    today = day_number(as_of_date)
    starts = np.arange(today - LONGEST_DAYS, today + 1)
    return {debtor: int(starts[np.searchsorted(
        lapse_days(starts, debtor=np.full(len(starts), debtor), periods=periods), today)]) for debtor in DEBTORS}


def _years_later(days: Ints, years: int) -> Ints:
    """Return the same day of the month so many years later; 29 February falls back on the 28th."""
    month = days.astype("datetime64[D]").astype("datetime64[M]")
    of_month = days - month.astype("datetime64[D]").astype(np.int64)
    target = month + 12 * years
    first = target.astype("datetime64[D]").astype(np.int64)
    length = (target + 1).astype("datetime64[D]").astype(np.int64) - first
    return first + np.minimum(of_month, length - 1)


def acknowledgements(ledger: Ledger, *, roots: Ints, claims: Ints) -> pd.DataFrame:
    """List the receipts that a code or a reference sets against claims, after the last return of each.

    Parameters
    ----------
    ledger : Ledger
    roots : ndarray of int64, shape (n_items,)
        The claim each item goes back to.
    claims : ndarray of int64
        Claims looked at, by their root.

    Returns
    -------
    DataFrame
        ``root_id`` and ``paid_on`` (day number), by claim and day.
    """
    items, allocations = ledger.items, ledger.allocations
    wanted = np.zeros(len(items), dtype=bool)
    wanted[claims] = True
    made = allocations[wanted[roots[allocations["debit_id"].to_numpy()]] & allocations["method"].isin(SURE_METHODS)]
    made = made[items["kind"].iloc[made["credit_id"]].isin(["receipt"]).to_numpy()]
    credit = made["credit_id"].to_numpy()
    own, posted = day_numbers(items["document_date"]), day_numbers(items["posting_date"])
    paid = np.where(own == NO_DAY, posted, np.minimum(own, posted))[credit].astype(np.int64)
    found = pd.DataFrame({"root_id": roots[made["debit_id"].to_numpy()], "paid_on": paid})
    returned = np.flatnonzero((items["kind"] == "unpaid_return").to_numpy() & (items["origin_id"] >= 0).to_numpy())
    last = pd.Series(posted[returned], index=roots[returned]).groupby(level=0).max()
    found = found[found["paid_on"] > found["root_id"].map(last).fillna(-NO_DAY)]
    return found.drop_duplicates().sort_values(["root_id", "paid_on"], kind="stable").reset_index(drop=True)


def prescription(
    claims: pd.DataFrame, *, acknowledged: pd.DataFrame, periods: Periods, as_of_date: dt.date,
) -> pd.DataFrame:
    """Return when each open claim lapses, and how soon that is.

    Parameters
    ----------
    claims : DataFrame
        Open debit items: ``root_id``, ``debtor`` (of `DEBTORS`), ``document_date``, ``due_date``, ``is_age_unknown``,
        ``declared_on`` (claim declared in an insolvency procedure, missing where it is not).
    acknowledged : DataFrame
        `acknowledgements`.
    periods : Periods
    as_of_date : date

    Returns
    -------
    DataFrame
        On the index of ``claims``: ``start_date`` (the period runs from the day after), ``start`` (document, due,
        payment, or "" where the age is unknown), ``lapse_date`` and ``class`` (of `CLASSES`).
    """
    debtor = claims["debtor"].to_numpy(dtype=str)
    issued, due = (day_numbers(claims[name]).astype(np.int64) for name in ("document_date", "due_date"))
    start = np.where(claims["is_age_unknown"], np.int64(NO_DAY), np.minimum(issued, due))
    by = np.where(start == NO_DAY, "", np.where(issued == start, "document", "due")).astype(object)
    lapse = lapse_days(start, debtor=debtor, periods=periods)
    for paid in _rounds(claims["root_id"], acknowledged):
        in_time = (paid != NO_DAY) & (start != NO_DAY) & (paid > start) & (paid <= lapse)
        start, by = np.where(in_time, paid, start), np.where(in_time, "payment", by)
        lapse = lapse_days(start, debtor=debtor, periods=periods)
    return pd.DataFrame({
        "start_date": from_day_numbers(start.astype(np.int32)), "start": pd.Categorical(by),
        "lapse_date": from_day_numbers(lapse.astype(np.int32)),
        "class": pd.Categorical(_classes(lapse, due, claims, as_of_date), categories=list(CLASSES)),
    }, index=claims.index)


def _rounds(root: pd.Series, acknowledged: pd.DataFrame) -> list[Ints]:
    """Return the first payment of each claim, then the second, and so on; `NO_DAY` where there is none."""
    rank = acknowledged.groupby("root_id").cumcount()
    parts = [acknowledged[rank == number].set_index("root_id")["paid_on"] for number in range(int(rank.max()) + 1)
             ] if len(acknowledged) else []
    return [root.map(part).fillna(NO_DAY).to_numpy(dtype=np.int64) for part in parts]


def _classes(lapse: Ints, due: Ints, claims: pd.DataFrame, as_of_date: dt.date) -> npt.NDArray[np.str_]:
    today = day_number(as_of_date)
    declared = day_numbers(claims["declared_on"]).astype(np.int64)
    limits = {name: day_number(add_months(as_of_date, months)) for name, months in HORIZONS.items()}
    conditions = [
        lapse == NO_DAY, (due != NO_DAY) & (due >= today), (declared <= today) & (declared <= lapse), lapse < today,
        *(lapse <= limit for limit in limits.values())]
    return np.select(conditions, ["undatable", "not_due", "interrupted", "lapsed", *limits], "later")
