"""Overdue rates, and the net overdue every claim, cost and action uses (INDICATORS.md 3 and 4)."""

import numpy as np
import pandas as pd

from auditlib.amounts import ratio

__all__ = ["THRESHOLDS", "dated_debits", "net_overdue", "overdue_cents", "overdue_rate", "undated_share"]

THRESHOLDS = {"overdue_rate": 0, "overdue_rate_30": 30, "overdue_rate_60": 60, "overdue_rate_90": 90}
"""Days overdue above which a residual counts, by indicator."""
UNDATED_BUCKETS = ("no_due_date", "age_unknown")


def dated_debits(open_items: pd.DataFrame) -> pd.DataFrame:
    """Return the debit residuals that have an age: the denominator of the overdue rates."""
    return open_items[(open_items["residual_cents"] > 0) & ~open_items["bucket"].isin(UNDATED_BUCKETS)]


def undated_share(open_items: pd.DataFrame) -> float | None:
    """Return the share of the gross receivable without a due date or of unknown age [share 0–1]."""
    gross = int(open_items["residual_cents"].clip(lower=0).sum())
    dated = int(dated_debits(open_items)["residual_cents"].sum())
    return ratio(gross - dated, gross)


def overdue_cents(open_items: pd.DataFrame, *, more_than_days: int = 0) -> int:
    """Return the debit residuals overdue by more than a number of days [cents, VAT included]."""
    dated = dated_debits(open_items)
    return int(dated.loc[dated["days_overdue"] > more_than_days, "residual_cents"].sum())


def overdue_rate(open_items: pd.DataFrame, *, more_than_days: int = 0) -> float | None:
    """Return the overdue over the gross receivable that has an age; None where nothing has [share 0–1].

    The caller decides what to do where `undated_share` exceeds a tenth.
    """
    dated = int(dated_debits(open_items)["residual_cents"].sum())
    return ratio(overdue_cents(open_items, more_than_days=more_than_days), dated)


def net_overdue(open_items: pd.DataFrame, *, deposits: pd.DataFrame) -> pd.DataFrame:
    """Set each customer's unallocated credits and deposits against his overdue, oldest overdue first.

    Parameters
    ----------
    open_items : DataFrame
        `schemas.OPEN_ITEMS`.
    deposits : DataFrame
        ``customer_id`` and ``amount_cents`` (> 0: owed to the customer): deposits received, accounts 419.

    Returns
    -------
    DataFrame
        One row per overdue item, on the index of `open_items`: ``item_id``, ``customer_id`` and
        ``net_overdue_cents`` (0 where a credit covers the item). Summed by customer it is the
        customer's net overdue, never negative. [cents, VAT included]
    """
    dated = dated_debits(open_items)
    overdue = dated[dated["days_overdue"] > 0].sort_values(
        ["days_overdue", "item_id"], ascending=[False, True], kind="stable")
    customer = overdue["customer_id"].astype("str")
    residual = overdue["residual_cents"].to_numpy()
    before = overdue["residual_cents"].groupby(customer).cumsum().to_numpy() - residual
    available = customer.map(_available(open_items, deposits)).fillna(0).to_numpy(dtype="int64")
    covered = np.clip(available - before, 0, residual)
    return pd.DataFrame({"item_id": overdue["item_id"], "customer_id": customer,
                         "net_overdue_cents": residual - covered}).sort_index()


def _available(open_items: pd.DataFrame, deposits: pd.DataFrame) -> pd.Series:
    """Return what may be set against each customer's overdue, as positive amounts [cents]."""
    credit = open_items[open_items["residual_cents"] < 0]
    unallocated = -credit["residual_cents"].groupby(credit["customer_id"].astype("str")).sum()
    received = deposits["amount_cents"].groupby(deposits["customer_id"].astype("str")).sum()
    return unallocated.add(received, fill_value=0).clip(lower=0).astype("int64")
