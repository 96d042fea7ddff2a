"""How long customers take to pay, over amounts and with open invoices counted (INDICATORS.md 4; DOMAIN.md A2)."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_number, day_numbers
from auditlib.survival import kaplan_meier_median

__all__ = ["closings", "median_days_beyond_terms_km", "settlement_outcomes", "weighted_days"]

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


def closings(invoices: pd.DataFrame, *, claims: pd.DataFrame, as_of_date: dt.date) -> pd.DataFrame:
    """Tell for each invoice until which day it was followed, and whether settlements alone closed it then.

    Parameters
    ----------
    invoices : DataFrame
        ``item_id``, ``amount_cents`` > 0.
    claims : DataFrame
        Events of the invoices: ``root_id``, ``event_date``, ``amount_cents``, ``kind``.
    as_of_date : date

    Returns
    -------
    DataFrame
        ``day`` (day number: of the last event where the invoice is closed, else `as_of_date`); ``is_settled``: False
        for open invoices and for those that something else than settlements helped to close. Both are censored.
    """
    item, amount = invoices["item_id"].to_numpy(), invoices["amount_cents"].to_numpy()
    root = claims["root_id"].to_numpy()
    size = int(max(item.max(initial=-1), root.max(initial=-1))) + 1
    cents = claims["amount_cents"].to_numpy()
    closed, settled = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    last = np.full(size, np.iinfo(np.int64).min)
    paying = (claims["kind"] == "settlement").to_numpy()
    np.add.at(closed, root, cents)
    np.add.at(settled, root[paying], cents[paying])
    np.maximum.at(last, root, day_numbers(claims["event_date"]).astype(np.int64))
    is_closed = closed[item] >= amount
    return pd.DataFrame({"day": np.where(is_closed, last[item], day_number(as_of_date)),
                         "is_settled": is_closed & (settled[item] >= amount)})


def settlement_outcomes(invoices: pd.DataFrame, *, claims: pd.DataFrame, as_of_date: dt.date) -> pd.DataFrame:
    """Tell for each invoice when it was fully settled, or until when it is known not to have been.

    Parameters
    ----------
    invoices : DataFrame
        ``item_id``, ``due_date`` (none missing), ``amount_cents`` > 0.
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
    found = closings(invoices, claims=claims, as_of_date=as_of_date)
    return pd.DataFrame({
        "days_beyond_terms": found["day"].to_numpy() - day_numbers(invoices["due_date"]),
        "is_settled": found["is_settled"],
    })


def median_days_beyond_terms_km(outcomes: pd.DataFrame) -> int | None:
    """Return the Kaplan–Meier median of `settlement_outcomes` [days]."""
    return kaplan_meier_median(outcomes["days_beyond_terms"].to_numpy(), is_observed=outcomes["is_settled"].to_numpy())
