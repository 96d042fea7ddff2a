"""Open items: what is left of each item at a date, its age and its status."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, UNALLOCATED, bucket_edges, bucket_labels
from auditlib.dates import NO_DAY, day_number, day_numbers
from auditlib.ledger import Ledger
from auditlib.schemas import OPEN_ITEMS, validate
from auditlib.statuses import dispute_at, disputed_cents, insolvent_customers, roots

__all__ = ["account_starts", "bucket_of", "open_items", "residuals", "states"]


def residuals(ledger: Ledger, *, as_of_date: dt.date | None = None) -> npt.NDArray[np.int64]:
    """Return what is left of each item at a date: its amount less allocations dated by then.

    Returns
    -------
    ndarray of int64, shape (n_items,)
        Signed as the item; nil for items posted later. [cents, VAT included]
    """
    day = day_number(as_of_date or ledger.as_of_date)
    amount = ledger.items["amount_cents"].to_numpy()
    left = np.where(day_numbers(ledger.items["posting_date"]) <= day, amount, 0)
    made = ledger.allocations[day_numbers(ledger.allocations["allocation_date"]) <= day]
    np.subtract.at(left, made["debit_id"].to_numpy(), made["amount_cents"].to_numpy())
    np.add.at(left, made["credit_id"].to_numpy(), made["amount_cents"].to_numpy())
    return left


def bucket_of(items: pd.DataFrame, *, as_of_date: dt.date, buckets: tuple[int, ...], basis: str) -> pd.DataFrame:
    """Return days overdue and bucket of each item at a date.

    Parameters
    ----------
    items : DataFrame, schema ITEMS
    buckets : tuple of int
        Upper limits of the overdue buckets. [days overdue]
    basis : {"due_date", "document_date"}

    Returns
    -------
    DataFrame
        days_overdue (as-of date less due date; missing without one), bucket (categorical, all labels).
    """
    due = day_numbers(items[basis])
    late = day_number(as_of_date) - due.astype(np.int64)
    labels = bucket_labels(buckets)
    code = np.searchsorted([0, *buckets], late, side="left")
    code[due == NO_DAY] = labels.index(NO_DUE_DATE)
    code[items["is_age_unknown"].to_numpy()] = labels.index(AGE_UNKNOWN)
    code[items["amount_cents"].to_numpy() < 0] = labels.index(UNALLOCATED)
    days = np.where(code < len(bucket_edges(buckets)), late, np.nan)
    bucket = pd.Categorical.from_codes(code, categories=pd.Index(labels, dtype="str"))
    return pd.DataFrame({"days_overdue": days, "bucket": bucket})


def open_items(
    ledger: Ledger, *, customers: pd.DataFrame, disputes: pd.DataFrame, insolvencies: pd.DataFrame,
    buckets: tuple[int, ...] = (30, 60, 90), basis: str = "due_date", as_of_date: dt.date | None = None,
) -> pd.DataFrame:
    """List the items with a residual at a date, aged, with their status at that date.

    Parameters
    ----------
    ledger : Ledger
    customers, disputes, insolvencies : DataFrames, schemas CUSTOMERS, DISPUTES, INSOLVENCIES
    as_of_date : date, optional
        Any date up to the ledger's own: the state is replayed. A status without a date holds at the
        ledger's date only.

    Returns
    -------
    DataFrame, schema OPEN_ITEMS
        In posting order by customer.

    References
    ----------
    INDICATORS.md 1 and 3.
    """
    found = states(ledger, disputes=disputes, insolvencies=insolvencies, buckets=buckets, basis=basis,
                   as_of_date=as_of_date, columns=list(ledger.items.columns))
    group = customers.loc[customers["is_group"], "customer_id"]
    return validate(found.assign(
        is_disputed=found["disputed_cents"] > 0, is_retention=account_starts(found["account"], "4117"),
        is_group=found["customer_id"].isin(group)), OPEN_ITEMS)


def states(
    ledger: Ledger, *, disputes: pd.DataFrame, insolvencies: pd.DataFrame, as_of_date: dt.date | None = None,
    buckets: tuple[int, ...] = (30, 60, 90), basis: str = "due_date", columns: list[str] | None = None,
) -> pd.DataFrame:
    """Return the few columns of `open_items` that a split of the receivable needs, at a fraction of its cost.

    Returns
    -------
    DataFrame
        ``residual_cents``, ``days_overdue``, ``bucket``, ``disputed_cents``, ``is_doubtful``, and the items'
        ``columns``.
    """
    day = as_of_date or ledger.as_of_date
    latest = day == ledger.as_of_date
    left = residuals(ledger, as_of_date=day)
    rows = np.flatnonzero(left)
    needed = list(dict.fromkeys([basis, "is_age_unknown", "amount_cents", "account", "customer_id", *(columns or [])]))
    items = ledger.items[needed].iloc[rows].reset_index(drop=True).assign(residual_cents=left[rows])
    items = items.assign(**dict(bucket_of(items, as_of_date=day, buckets=buckets, basis=basis)))
    claim = ledger.items["movement_id"].to_numpy()[roots(ledger.items["origin_id"].to_numpy())[rows]]
    disputed = disputed_cents(items, claim=claim, disputed=dispute_at(disputes, as_of_date=day, latest=latest))
    insolvent = items["customer_id"].isin(insolvent_customers(insolvencies, as_of_date=day, latest=latest))
    return items.assign(disputed_cents=disputed, is_doubtful=account_starts(items["account"], "416") | insolvent)


def account_starts(account: pd.Series, prefix: str) -> npt.NDArray[np.bool_]:
    """Tell which accounts (categorical) start with a prefix."""
    starts = account.cat.categories.astype("str").str.startswith(prefix).astype(bool)
    return np.append(starts, False)[account.cat.codes.to_numpy()]
