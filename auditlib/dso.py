"""Days sales outstanding: the accounting ratio, its additive split, and the count-back.

Definitions: INDICATORS.md 3 (window) and 4; worked examples: DOMAIN.md A1. Receivable and sales are both VAT included.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = [
    "SPLIT_CLASSES", "CountBack", "count_back", "days_sales_outstanding", "split_cents", "split_days", "split_parts",
]

SPLIT_CLASSES = ("best_possible", "late", "disputed", "doubtful", "undated", "unallocated")
UNDATED_BUCKETS = ("no_due_date", "age_unknown")


def days_sales_outstanding(receivable_cents: int, *, sales_cents: int, days: int) -> float | None:
    """Express a receivable in days of sales.

    Parameters
    ----------
    receivable_cents : int
        Receivable, or any part of it, at the as-of date. [cents, VAT included]
    sales_cents : int
        Net sales of the window. [cents, VAT included]
    days : int
        Real number of days of the window. [days]

    Returns
    -------
    float or None
        None where net sales are not positive. [days]

    Examples
    --------
    >>> days_sales_outstanding(30_000_00, sales_cents=60_000_00, days=90)
    45.0
    """
    return receivable_cents * days / sales_cents if sales_cents > 0 else None


def split_cents(open_items: pd.DataFrame) -> dict[str, int]:
    """Split the receivable: each debit residual in the first class that applies, credits last.

    The classes in order: doubtful, disputed (the disputed part of the residual), undated, late, not due
    (`best_possible`); `unallocated` holds the credit residuals, which are nil or negative.

    Parameters
    ----------
    open_items : DataFrame
        `schemas.OPEN_ITEMS`.

    Returns
    -------
    dict of str to int
        One amount a class of `SPLIT_CLASSES`; their sum is the receivable, exactly. [cents, VAT included]
    """
    return {name: int(part.sum()) for name, part in split_parts(open_items).items()}


def split_parts(open_items: pd.DataFrame) -> dict[str, npt.NDArray[np.int64]]:
    """Return the part of each item in each class of `split_cents`; an item's parts sum to its residual [cents]."""
    residual = open_items["residual_cents"].to_numpy()
    debit = np.maximum(residual, 0)
    doubtful = np.where(open_items["is_doubtful"], debit, 0)
    disputed = np.clip(open_items["disputed_cents"].to_numpy(), 0, debit - doubtful)
    rest = debit - doubtful - disputed
    undated = np.where(open_items["bucket"].isin(UNDATED_BUCKETS), rest, 0)
    late = np.where(open_items["days_overdue"].to_numpy() > 0, rest - undated, 0)
    parts = (rest - undated - late, late, disputed, doubtful, undated, np.minimum(residual, 0))
    return dict(zip(SPLIT_CLASSES, parts, strict=True))


def split_days(parts_cents: dict[str, int], *, sales_cents: int, days: int) -> dict[str, float | None]:
    """Express each part of the receivable in days, all over the denominator of the DSO they add up to [days]."""
    return {name: days_sales_outstanding(cents, sales_cents=sales_cents, days=days)
            for name, cents in parts_cents.items()}


@dataclass(frozen=True)
class CountBack:
    """Days of sales still unpaid; a lower bound where the sales history was used up first [days]."""

    days: float
    is_lower_bound: bool


def count_back(receivable_cents: int, *, monthly_sales: pd.Series, as_of_date: dt.date) -> CountBack:
    """Count how many days of sales, going back from a date, are still unpaid.

    The receivable is set against the latest month's sales, then the month before, until it is used up; the last
    month reached counts pro rata. The as-of month counts the days elapsed, others their calendar days. A month
    without sales adds its days, a month of net negative sales is merged into the one before.

    Parameters
    ----------
    receivable_cents : int
        Receivable at `as_of_date`. [cents, VAT included]
    monthly_sales : Series of int64
        Net sales on a gapless monthly ``PeriodIndex`` that ends with the as-of month. [cents, VAT included]
    as_of_date : date

    Examples
    --------
    >>> sales = pd.Series([700, 800, 1200], index=pd.period_range("2023-09", "2023-11", freq="M"))
    >>> round(count_back(2500, monthly_sales=sales, as_of_date=dt.date(2023, 11, 30)).days, 2)
    82.43
    """
    left, days, merged_sales, merged_days = receivable_cents, 0.0, 0, 0
    if left <= 0:
        return CountBack(0.0, is_lower_bound=False)
    for month in reversed(monthly_sales.index):
        merged_sales += int(monthly_sales[month])
        merged_days += as_of_date.day if month == monthly_sales.index[-1] else month.days_in_month
        if merged_sales < 0:
            continue
        if 0 < left <= merged_sales:
            return CountBack(days + left / merged_sales * merged_days, is_lower_bound=False)
        left, days, merged_sales, merged_days = left - merged_sales, days + merged_days, 0, 0
    return CountBack(days + merged_days, is_lower_bound=True)
