"""Amounts that ran late, each from the day after its due date to the day it was settled, or to the as-of date.

What bears late interest (INDICATORS.md 4, ``late_interest``): the net overdue that is not disputed, and what was
settled after its due date, of invoices whose due date is given or whose terms are confirmed. What a credit note or a
write-off extinguished never appears, for it is no settlement; a payment that was returned never stopped anything.
A disputed amount bears nothing, even settled since: it counts as what was settled last.
"""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, day_number, day_numbers

__all__ = ["BASES", "latest_due", "open_portions", "settled_portions", "stopped"]

BASES = ("open", "settled")
BEARING_KINDS = ("invoice", "opening")
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def latest_due(items: pd.DataFrame, *, roots: Ints) -> Ints:
    """Return the due day of each claim, by the item it started as: a bill accepted for it puts its own later day.

    Parameters
    ----------
    items : DataFrame, schema ITEMS
    roots : ndarray of int64, shape (n_items,)

    Returns
    -------
    ndarray of int64, shape (n_items,)
        Day numbers, `NO_DAY` without one; meant for roots only.
    """
    due = day_numbers(items["due_date"]).astype(np.int64)
    latest = due.copy()
    carried = np.flatnonzero((roots != np.arange(len(roots))) & (due != NO_DAY))
    np.maximum.at(latest, roots[carried], due[carried])
    return latest


def is_bearing(items: pd.DataFrame, *, excluded: Flags) -> Flags:
    """Tell which claims bear interest: invoices of known age, dated by what was agreed, and not excluded."""
    origin = items["due_date_origin"]
    agreed = ~(origin.isin(["default"]) | (origin.isin(["terms"]) & ~items["is_terms_confirmed"]))
    return (items["kind"].isin(BEARING_KINDS) & agreed & ~items["is_age_unknown"] & items["due_date"].notna()
            & (items["amount_cents"] > 0)).to_numpy() & ~excluded


def open_portions(
    open_items: pd.DataFrame, *, net_overdue: pd.DataFrame, items: pd.DataFrame, roots: Ints, excluded: Flags,
    lapsed: Flags, as_of_date: dt.date,
) -> pd.DataFrame:
    """Return the net overdue that bears interest, item by item.

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    net_overdue : DataFrame
        `auditlib.overdue.net_overdue` of it.
    items : DataFrame, schema ITEMS
    roots : ndarray of int64, shape (n_items,)
    excluded : ndarray of bool, shape (n_items,)
        Claims, by their root, that bear nothing: retention, group, consumers.
    lapsed : ndarray of bool, shape (n_open,)
        Open items that can no longer be sued for.
    as_of_date : date

    Returns
    -------
    DataFrame
        ``root_id``, ``principal_cents`` > 0, ``due`` and ``end`` (day numbers, the end later), ``basis``, and
        ``is_inferred``: whether the settlement is set against the claim by its age alone.
    """
    late = open_items.loc[net_overdue.index]
    undisputed = np.maximum(late["residual_cents"] - late["disputed_cents"], 0)
    principal = np.minimum(net_overdue["net_overdue_cents"].to_numpy(), np.asarray(undisputed))
    root = roots[late["item_id"].to_numpy()]
    gone = pd.Series(lapsed, index=open_items.index).loc[late.index].to_numpy() | late["is_retention"].to_numpy()
    kept = (principal > 0) & is_bearing(items, excluded=excluded)[root] & ~gone
    return _portions(root[kept], principal[kept], day_numbers(late["due_date"]).astype(np.int64)[kept],
                     day_number(as_of_date), "open")


def settled_portions(
    settlements: pd.DataFrame, *, items: pd.DataFrame, roots: Ints, disputed: pd.Series, excluded: Flags,
    lapsed: Flags, as_of_date: dt.date,
) -> pd.DataFrame:
    """Return what was settled after its due date, settlement by settlement.

    Parameters
    ----------
    settlements : DataFrame
        `auditlib.settlements.settlements`: those that stand.
    items, roots, excluded, as_of_date
        As in `open_portions`.
    disputed : Series of int64
        What of each claim's settlements was disputed, by root; the latest settlements are struck out first. [cents]
    lapsed : ndarray of bool, shape (n_items,)
        Claims, by their root, that can no longer be sued for.
    """
    bearing = is_bearing(items, excluded=excluded | lapsed)
    due = latest_due(items, roots=roots)
    root = settlements["root_id"].to_numpy()
    end = np.minimum(day_numbers(settlements["settlement_date"]).astype(np.int64), day_number(as_of_date))
    principal = settlements["amount_cents"].to_numpy() - _struck_out(settlements, disputed)
    kept = bearing[root] & (end > due[root]) & (principal > 0)
    return _portions(root[kept], principal[kept], due[root[kept]], end[kept], "settled").assign(
        is_inferred=settlements["is_inferred"].to_numpy()[kept])


def _struck_out(settlements: pd.DataFrame, disputed: pd.Series) -> Ints:
    """Return how much of each settlement was disputed, the latest first [cents]."""
    struck = np.zeros(len(settlements), dtype=np.int64)
    touched = np.flatnonzero(settlements["root_id"].isin(disputed.index).to_numpy())
    some = settlements.iloc[touched].assign(at=touched).sort_values(
        ["root_id", "settlement_date", "event_date"], ascending=False, kind="stable")
    amount = some["amount_cents"].to_numpy()
    before = some["amount_cents"].groupby(some["root_id"]).cumsum().to_numpy() - amount
    allowance = some["root_id"].map(disputed).to_numpy(dtype=np.int64)
    struck[some["at"]] = np.clip(allowance - before, 0, amount)
    return struck


def stopped(portions: pd.DataFrame, *, judged: Ints) -> pd.DataFrame:
    """Stop every portion at its debtor's opening judgment; what had not begun by then is left out.

    Parameters
    ----------
    portions : DataFrame
    judged : ndarray of int64, shape (n_portions,)
        Day number of the judgment, `NO_DAY` without one.
    """
    end = np.minimum(portions["end"].to_numpy(), judged)
    begun: pd.DataFrame = portions.assign(end=end)[end > portions["due"].to_numpy()]
    return begun.reset_index(drop=True)


def _portions(root: Ints, principal: Ints, due: Ints, end: Ints | int, basis: str) -> pd.DataFrame:
    bases = pd.Categorical.from_codes(np.full(len(root), BASES.index(basis)), categories=pd.Index(BASES, dtype="str"))
    return pd.DataFrame({"root_id": root, "principal_cents": principal, "due": due, "end": end, "is_inferred": False,
                         "basis": bases})
