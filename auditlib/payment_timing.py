"""How long customers take to pay, over amounts and with open invoices counted (INDICATORS.md 4; DOMAIN.md A2)."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_number, day_numbers

__all__ = ["kaplan_meier_median", "median_days_beyond_terms_km", "settlement_outcomes", "weighted_days"]

Ints = npt.NDArray[np.int64]


def weighted_days(amounts_cents: Ints, *, start: pd.Series, end: pd.Series) -> float | None:
    """Return Σ amount × (end − start) / Σ amount; signed, early is negative [days].

    From document date to settlement it is the days to pay, from due date the days beyond terms, from document
    date to due date the contract terms; the first is the sum of the other two on the same amounts.

    Parameters
    ----------
    amounts_cents : ndarray of int64
        Weights. [cents, VAT included]
    start, end : Series of datetime
        None missing.

    Returns
    -------
    float or None
        None where the amounts do not sum to something positive.
    """
    total = int(amounts_cents.sum())
    if total <= 0:
        return None
    days = day_numbers(end).astype(np.int64) - day_numbers(start)
    return float((amounts_cents * days).sum() / total)


def settlement_outcomes(invoices: pd.DataFrame, *, claims: pd.DataFrame, as_of_date: dt.date) -> pd.DataFrame:
    """Tell for each invoice when it was fully settled, or until when it is known not to have been.

    Parameters
    ----------
    invoices : DataFrame
        ``item_id``, ``document_date``, ``due_date`` (none missing), ``amount_cents`` > 0.
    claims : DataFrame
        Events of the invoices: ``root_id``, ``event_date``, ``amount_cents``, ``kind``.
    as_of_date : date

    Returns
    -------
    DataFrame
        ``days_beyond_terms``: days from document date to that day, less the terms, hence from the due date;
        ``is_settled``: False for open invoices (censored at `as_of_date`) and for those that something else than
        settlements helped to close (censored on the day they closed).
    """
    events = claims[claims["root_id"].isin(invoices["item_id"])]
    signed = events["amount_cents"]
    by_root = pd.DataFrame({
        "closed": signed.groupby(events["root_id"]).sum(),
        "settled": signed.where(events["kind"] == "settlement", 0).groupby(events["root_id"]).sum(),
        "last": events["event_date"].groupby(events["root_id"]).max(),
    }).reindex(invoices["item_id"])
    amount = invoices["amount_cents"].to_numpy()
    is_closed = (by_root["closed"] >= amount).to_numpy()
    last = np.where(is_closed, day_numbers(by_root["last"]), day_number(as_of_date))
    return pd.DataFrame({
        "days_beyond_terms": last.astype(np.int64) - day_numbers(invoices["due_date"]),
        "is_settled": is_closed & (by_root["settled"] >= amount).to_numpy(),
    })


def kaplan_meier_median(durations: Ints, *, is_observed: npt.NDArray[np.bool_]) -> int | None:
    """Return the Kaplan–Meier median: the first duration at which survival is one half or less.

    Parameters
    ----------
    durations : ndarray of int64
        To the event or to censoring; may be negative. [days]
    is_observed : ndarray of bool
        Whether the event was seen.

    Returns
    -------
    int or None
        None where survival never falls to one half. [days]

    References
    ----------
    Kaplan, E. L. and Meier, P. (1958), Journal of the American Statistical Association 53, 457–481: censored
    cases are at risk up to and including their own duration.
    """
    times, where = np.unique(durations, return_inverse=True)
    events = np.bincount(where, weights=is_observed, minlength=len(times))
    leaving = np.bincount(where, minlength=len(times))
    at_risk = leaving[::-1].cumsum()[::-1]
    survival = np.cumprod(1 - events / at_risk)
    below = np.flatnonzero(survival <= 0.5 + 1e-12)
    return int(times[below[0]]) if len(below) else None


def median_days_beyond_terms_km(outcomes: pd.DataFrame) -> int | None:
    """Return the Kaplan–Meier median of `settlement_outcomes` [days]."""
    return kaplan_meier_median(outcomes["days_beyond_terms"].to_numpy(), is_observed=outcomes["is_settled"].to_numpy())
