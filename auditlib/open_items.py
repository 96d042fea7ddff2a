"""Open items: what is left of each item at a date, its age and its status."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, UNALLOCATED, bucket_edges, bucket_labels
from auditlib.dates import NO_DAY, day_number, day_numbers
from auditlib.ledger import Ledger
from auditlib.ordering import sums_at
from auditlib.schemas import OPEN_ITEMS, validate
from auditlib.statuses import dispute_at, disputed_cents, insolvent_customers, roots

__all__ = ["account_starts", "bucket_of", "customer_ageing", "open_items", "residuals", "states"]


def residuals(ledger: Ledger, *, as_of_date: dt.date | None = None) -> npt.NDArray[np.int64]:
    """Return what is left of each item at a date: its amount less allocations dated by then.

    Returns
    -------
    ndarray of int64, shape (n_items,)
        Signed as the item; nil for items posted later. [cents, VAT included]
    """
    items, made = ledger.items, ledger.allocations
    debit, credit, taken = (made[name].to_numpy() for name in ("debit_id", "credit_id", "amount_cents"))
    if as_of_date is None or as_of_date >= ledger.as_of_date:
        left = items["amount_cents"].to_numpy().copy()
    else:
        day = day_number(as_of_date)
        left = items["amount_cents"].to_numpy() * (day_numbers(items["posting_date"]) <= day)
        taken = taken * (day_numbers(made["allocation_date"]) <= day)
    np.subtract.at(left, debit, taken)
    np.add.at(left, credit, taken)
    return left


def customer_ageing(
    ledger: Ledger, *, as_of_date: dt.date | None = None, buckets: tuple[int, ...] = (30, 60, 90),
    basis: str = "due_date",
) -> pd.DataFrame:
    """Return each customer's receivable by bucket at a date, as `open_items` would sum it, without listing the items.

    Parameters
    ----------
    ledger : Ledger
    as_of_date : date, optional
        Any date up to the ledger's own.
    buckets : tuple of int
        Upper limits of the overdue buckets. [days overdue]
    basis : {"due_date", "document_date"}

    Returns
    -------
    DataFrame of int64
        One row a customer of the ledger (index ``customer_id``), one column a bucket, all of them, in rising order;
        a row's sum is the customer's balance. [cents, VAT included]

    References
    ----------
    INDICATORS.md 3 and 4, ``ageing``.
    """
    left = residuals(ledger, as_of_date=as_of_date)
    rows = np.flatnonzero(left)
    items = ledger.items[[basis, "is_age_unknown", "amount_cents", "customer_id"]].take(rows)
    code, _ = _bucket_codes(items, as_of_date=as_of_date or ledger.as_of_date, buckets=buckets, basis=basis)
    labels, customer = bucket_labels(buckets), items["customer_id"].cat
    cell = customer.codes.to_numpy().astype(np.int64) * len(labels) + code
    sums = sums_at(cell, left[rows], count=len(customer.categories) * len(labels))
    return pd.DataFrame(sums.reshape(-1, len(labels)), columns=labels,
                        index=pd.Index(customer.categories, name="customer_id"))


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
    code, late = _bucket_codes(items, as_of_date=as_of_date, buckets=buckets, basis=basis)
    days = np.where(code < len(bucket_edges(buckets)), late, np.nan)
    bucket = pd.Categorical.from_codes(code, categories=pd.Index(bucket_labels(buckets), dtype="str"))
    return pd.DataFrame({"days_overdue": days, "bucket": bucket})


def _bucket_codes(
    items: pd.DataFrame, *, as_of_date: dt.date, buckets: tuple[int, ...], basis: str,
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int32]]:
    """Return the place of each item's bucket among the labels, and its days overdue (of no use without a due date)."""
    due, labels = day_numbers(items[basis]), bucket_labels(buckets)
    late = np.int32(day_number(as_of_date)) - due
    code = np.zeros(len(late), dtype=np.int8)
    for limit in (0, *buckets):
        code += late > limit
    code[due == NO_DAY] = labels.index(NO_DUE_DATE)
    code[items["is_age_unknown"].to_numpy()] = labels.index(AGE_UNKNOWN)
    code[items["amount_cents"].to_numpy() < 0] = labels.index(UNALLOCATED)
    return code, late


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
    items = ledger.items[needed].take(rows).reset_index(drop=True).assign(residual_cents=left[rows])
    items = items.assign(**dict(bucket_of(items, as_of_date=day, buckets=buckets, basis=basis)))
    claim = ledger.items["movement_id"].to_numpy()[roots(ledger.items["origin_id"].to_numpy())[rows]]
    disputed = disputed_cents(items, claim=claim, disputed=dispute_at(disputes, as_of_date=day, latest=latest))
    insolvent = items["customer_id"].isin(insolvent_customers(insolvencies, as_of_date=day, latest=latest))
    return items.assign(disputed_cents=disputed, is_doubtful=account_starts(items["account"], "416") | insolvent)


def account_starts(account: pd.Series, prefix: str) -> npt.NDArray[np.bool_]:
    """Tell which accounts (categorical) start with a prefix."""
    starts = account.cat.categories.astype("str").str.startswith(prefix).astype(bool)
    return np.append(starts, False)[account.cat.codes.to_numpy()]
