"""Dated statuses of claims and debtors: disputed, doubtful, retention, group (INDICATORS.md 1)."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["dispute_at", "disputed_cents", "in_force", "insolvent_customers", "roots", "undated_statuses"]


def in_force(
    opened: pd.Series, closed: pd.Series | None, *, as_of_date: dt.date, latest: bool,
) -> npt.NDArray[np.bool_]:
    """Tell which statuses hold on a date; one without a date holds at the latest date only."""
    day = pd.Timestamp(as_of_date)
    begun = (opened <= day) | (opened.isna() & latest)
    over = pd.Series(False, index=opened.index) if closed is None else closed <= day
    return (begun & ~over).to_numpy()


def dispute_at(disputes: pd.DataFrame, *, as_of_date: dt.date, latest: bool) -> pd.Series:
    """Return the amount disputed by movement, in cents."""
    held = disputes[in_force(disputes["opened_on"], disputes["closed_on"], as_of_date=as_of_date, latest=latest)]
    return held.groupby("movement_id")["amount_cents"].sum()


def disputed_cents(
    open_items: pd.DataFrame, *, claim: npt.NDArray[np.int64], disputed: pd.Series,
) -> npt.NDArray[np.int64]:
    """Return how much of each open debit is disputed, in cents, never more than its residual.

    A dispute follows its claim: it counts for the invoice, then for what carries the invoice on.

    Parameters
    ----------
    open_items : DataFrame with ``residual_cents``
    claim : ndarray of int64, shape (n_items,)
        Movement of the invoice each item goes back to.
    disputed : Series of int64
        Amount disputed by movement. [cents]
    """
    if not len(disputed):
        return np.zeros(len(open_items), dtype=np.int64)
    wanted = pd.Series(claim).map(disputed).fillna(0).to_numpy(dtype=np.int64)
    residual = np.maximum(open_items["residual_cents"].to_numpy(), 0)
    before = pd.Series(residual).groupby(claim).cumsum().to_numpy() - residual
    part: npt.NDArray[np.int64] = np.clip(wanted - before, 0, residual)
    return part


def insolvent_customers(insolvencies: pd.DataFrame, *, as_of_date: dt.date, latest: bool) -> set[str]:
    """Return the customers under an insolvency procedure opened by the date."""
    opened = insolvencies["judgment_date"].fillna(insolvencies["publication_date"])
    held = in_force(opened, None, as_of_date=as_of_date, latest=latest)
    return set(insolvencies["customer_id"][held])


def undated_statuses(disputes: pd.DataFrame, insolvencies: pd.DataFrame) -> int:
    """Count the statuses without a date: they hold at the latest date, and in no replay."""
    unjudged = insolvencies["judgment_date"].isna() & insolvencies["publication_date"].isna()
    return int(disputes["opened_on"].isna().sum() + unjudged.sum())


def roots(origin: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Follow each item back to the claim it started as (itself where it carries nothing on)."""
    root = np.arange(len(origin))
    carrying = np.flatnonzero(origin >= 0)
    root[carrying] = origin[carrying]
    while (further := origin[root[carrying]] >= 0).any():
        carrying = carrying[further]
        root[carrying] = origin[root[carrying]]
    return root
