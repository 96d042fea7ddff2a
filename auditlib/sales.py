"""Sales read from the items of the ledger, by posting date. Amounts in cents, VAT included."""

import datetime as dt

import numpy as np
import pandas as pd

from auditlib.dates import day_numbers, from_day_numbers
from auditlib.ordering import sums_at
from auditlib.results import Window

__all__ = ["SALES_KINDS", "daily_sales", "first_day", "monthly_sales", "sales_between", "sales_items"]

SALES_KINDS = ("invoice", "credit_note")


def sales_items(items: pd.DataFrame, *, columns: list[str] | None = None) -> pd.DataFrame:
    """Return the invoices and credit notes among the items (INDICATORS.md 3, sales), with all columns or some."""
    return (items if columns is None else items[columns])[items["kind"].isin(SALES_KINDS).to_numpy()]


def daily_sales(items: pd.DataFrame) -> pd.Series:
    """Return the net sales of each day that has any, in rising order of posting date [cents]."""
    sold = sales_items(items, columns=["posting_date", "amount_cents"])
    day = day_numbers(sold["posting_date"])
    first, count = (int(day.min()), int(np.ptp(day)) + 1) if len(day) else (0, 0)
    found = np.flatnonzero(np.bincount(day - first, minlength=count))
    cents = sums_at(day - first, sold["amount_cents"].to_numpy(), count=count)[found]
    days = from_day_numbers((found + first).astype(np.int32))
    return pd.Series(cents, index=pd.DatetimeIndex(days, name="posting_date"), name="amount_cents")


def first_day(sales: pd.Series) -> dt.date | None:
    """Return the first day of the sales history, None where nothing was ever sold."""
    return sales.index[0].date() if len(sales) else None


def sales_between(sales: pd.Series, *, window: Window) -> int:
    """Return the net sales of a window [cents, VAT included].

    Parameters
    ----------
    sales : Series
        From `daily_sales`.
    window : Window
    """
    return int(sales.loc[pd.Timestamp(window.start):pd.Timestamp(window.end)].sum())


def monthly_sales(sales: pd.Series, *, as_of_date: dt.date) -> pd.Series:
    """Return net sales by month up to `as_of_date`, without a gap from the first month of the history.

    Parameters
    ----------
    sales : Series
        From `daily_sales`.
    as_of_date : date
        Later sales are left out; its month is the last of the result.

    Returns
    -------
    Series of int64
        On a monthly ``PeriodIndex``; empty where nothing was sold by then. [cents, VAT included]
    """
    known = sales.loc[:pd.Timestamp(as_of_date)]
    by_month = known.groupby(pd.DatetimeIndex(known.index).to_period("M")).sum()
    if by_month.empty:
        return pd.Series([], index=pd.PeriodIndex([], freq="M"), dtype="int64")
    months = pd.period_range(by_month.index[0], pd.Period(as_of_date, freq="M"), freq="M")
    return by_month.reindex(months, fill_value=0)
