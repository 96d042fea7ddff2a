"""What the tests of entries share: the period looked at, the nature of journals, groups of equal amounts."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import add_months, day_numbers

__all__ = ["Ints", "Mask", "distinct_months", "equal_amounts", "in_period", "misc_entries", "sale_entries",
           "whole_cents"]

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

SALES = ("invoice", "credit_note")
MISC_JOURNAL = r"(?i)^(?:o\.?d|misc|div|gen|jo?d\b)"
MISC_KINDS = ("adjustment", "reclassification", "write_off", "set_off")
"""Kinds of a miscellaneous entry, where the file names no journal."""


def in_period(items: pd.DataFrame, *, as_of_date: dt.date, months: int) -> pd.DataFrame:
    """Keep the items posted in the months that end at a date, openings and claims carried on left out."""
    start = pd.Timestamp(add_months(as_of_date, -months))
    posted = (items["posting_date"] > start) & (items["posting_date"] <= pd.Timestamp(as_of_date))
    own = items["origin_id"].to_numpy() < 0
    kept: pd.DataFrame = items[posted.to_numpy() & own & (items["kind"] != "opening").to_numpy()]
    return kept


def sale_entries(items: pd.DataFrame) -> Mask:
    """Tell the invoices and credit notes."""
    return items["kind"].isin(SALES).to_numpy()


def misc_entries(items: pd.DataFrame) -> Mask:
    """Tell miscellaneous entries: by their journal, else by their kind where no journal is named."""
    journals = items["journal"].cat.categories.astype("str")
    if not (journals != "").any():
        return items["kind"].isin(MISC_KINDS).to_numpy()
    named = journals.str.match(MISC_JOURNAL).astype(bool)
    return np.append(named, False)[items["journal"].cat.codes.to_numpy()]


def whole_cents(open_items: pd.DataFrame) -> Ints:
    """Return what each open item was at first: the original amount a list gives, or what was posted. [cents]."""
    own = (open_items["origin_id"] < 0).to_numpy()
    posted, given = open_items["amount_cents"].to_numpy(), open_items["original_amount_cents"].to_numpy()
    larger = own & (np.sign(given) == np.sign(posted)) & (np.abs(given) > np.abs(posted))
    whole: Ints = np.where(larger, given, posted)
    return whole


def equal_amounts(items: pd.DataFrame) -> Ints:
    """Number the groups of items of one customer, currency and size (whatever the sign)."""
    size = np.abs(items["amount_cents"].to_numpy())
    sizes = pd.factorize(size)[0].astype(np.int64)
    customer = items["customer_id"].cat.codes.to_numpy().astype(np.int64)
    currencies = max(len(items["currency"].cat.categories), 1)
    debtor = customer * currencies + items["currency"].cat.codes.to_numpy()
    group: Ints = pd.factorize(debtor * (int(sizes.max(initial=0)) + 1) + sizes)[0].astype(np.int64)
    return group


def distinct_months(items: pd.DataFrame, group: Ints) -> Ints:
    """Count, for each item, the calendar months in which its group has an item."""
    if not len(items):
        return np.empty(0, dtype=np.int64)
    dated = items["document_date"].fillna(items["posting_date"])
    month = day_numbers(dated).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    key = group * (int(month.max()) - int(month.min()) + 1) + month - int(month.min())
    firsts = np.unique(key, return_index=True)[1]
    counted: Ints = np.bincount(group[firsts], minlength=int(group.max()) + 1)[group]
    return counted
