"""The cube of receivable and the table of sales, by month, customer and segment, for slicing."""

import dataclasses
import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.ageing import bucket_edges, bucket_labels
from auditlib.evidence import Evidence
from auditlib.replay import month_end_balances
from auditlib.sales import sales_items

__all__ = ["SEGMENTS", "SegmentKeys", "balances_by_segment", "coarser", "sales_by_segment", "segment_keys"]

SEGMENTS = ("customer_type", "zone", "business_unit", "salesperson", "size_class")
OF_ITEMS = ("business_unit", "salesperson")
"""Segments an item may have of its own; the others are the customer's."""


@dataclasses.dataclass(frozen=True)
class SegmentKeys:
    """The distinct (customer, segments) of a ledger, and the one each item belongs to.

    Attributes
    ----------
    code : ndarray of int64, shape (n_items,)
    keys : DataFrame
        ``customer_id`` and `SEGMENTS`, all categorical; row number = code.
    """

    code: npt.NDArray[np.int64]
    keys: pd.DataFrame


def segment_keys(evidence: Evidence) -> SegmentKeys:
    """Say which customer and segments each item belongs to, as they are at the as-of date.

    Where the movements carry a segment, an item has its own, a claim carried on that of its invoice, a debit without
    one the customer's, and a credit without one none ("non affecté"). Else every item has its customer's.
    """
    items, customers = evidence.ledger.items, evidence.intake.customers.set_index("customer_id")
    customer = items["customer_id"].astype("str")
    found = {"customer_id": customer} | {
        name: customer.map(customers[name].astype("str")).fillna("").astype("str") for name in SEGMENTS}
    for name in OF_ITEMS:
        own = items[name].astype("str")
        if (own[items["amount_cents"] > 0] != "").any():
            own = own.where(own != "", own.iloc[evidence.roots].set_axis(own.index))
            found[name] = own.where((own != "") | (items["amount_cents"] < 0), found[name])
    frame = pd.DataFrame(found)
    code = frame.groupby(list(frame.columns), sort=True).ngroup().to_numpy()
    keys = frame.iloc[np.unique(code, return_index=True)[1]].reset_index(drop=True).astype("category")
    return SegmentKeys(code.astype(np.int64), keys)


def balances_by_segment(
    evidence: Evidence, *, keys: SegmentKeys, dates: list[dt.date], buckets: tuple[int, ...], basis: str,
) -> pd.DataFrame:
    """Return the receivable by date, customer, segments and bucket, in one sweep of the ledger.

    Returns
    -------
    DataFrame
        ``month_end``, ``customer_id``, ``bucket``, `SEGMENTS`, ``amount_cents``; cells other than nil.
        [cents, VAT included]
    """
    as_customer = pd.Categorical.from_codes(keys.code, categories=pd.RangeIndex(len(keys.keys)))
    ledger = dataclasses.replace(evidence.ledger, items=evidence.ledger.items.assign(customer_id=as_customer))
    swept = month_end_balances(ledger, dates=dates, buckets=buckets, basis=basis)
    described = keys.keys.iloc[swept["customer_id"].cat.codes].reset_index(drop=True)
    columns = {"month_end": swept["month_end"], "customer_id": described["customer_id"], "bucket": swept["bucket"]}
    columns |= {name: described[name] for name in SEGMENTS}
    return pd.DataFrame(columns | {"amount_cents": swept["amount_cents"]})


def coarser(balances: pd.DataFrame, *, finer: tuple[int, ...], buckets: tuple[int, ...]) -> pd.DataFrame:
    """Bring balances from buckets that split others to those they split [cents]."""
    if finer == buckets:
        return balances
    highs = [high for _, _, high in bucket_edges(finer)]
    coarse = [np.searchsorted([0, *buckets], high) if high is not None else len(buckets) + 1 for high in highs]
    labels = bucket_labels(buckets)
    code = np.array([*coarse, *range(len(labels) - 3, len(labels))])[balances["bucket"].cat.codes]
    moved = balances.assign(bucket=pd.Categorical.from_codes(code, dtype=pd.CategoricalDtype(labels)))
    names = [name for name in moved.columns if name != "amount_cents"]
    summed = moved.groupby(names, observed=True, sort=False)["amount_cents"].sum().reset_index()
    return summed[summed["amount_cents"] != 0].reset_index(drop=True)


def sales_by_segment(evidence: Evidence, *, keys: SegmentKeys) -> pd.DataFrame:
    """Return the net sales of each calendar month by customer and segments, as posted by the as-of date.

    Returns
    -------
    DataFrame
        ``month_end`` (last day of the month), ``customer_id``, `SEGMENTS`, ``amount_cents``. [cents, VAT included]
    """
    sold = sales_items(evidence.ledger.items)
    month = sold["posting_date"].dt.to_period("M").dt.end_time.dt.normalize().astype("datetime64[s]")
    code = pd.Series(keys.code, name="code")[sold.index]
    table = sold["amount_cents"].groupby([month.rename("month_end"), code]).sum().reset_index()
    described = keys.keys.iloc[table["code"]].reset_index(drop=True)
    return pd.concat([table["month_end"], described, table["amount_cents"]], axis=1)
