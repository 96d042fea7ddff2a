"""The cube of receivable and the table of sales, by month, customer and segment, for slicing."""

import dataclasses
import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.ageing import bucket_edges, bucket_labels
from auditlib.dates import day_numbers, month_numbers
from auditlib.evidence import Evidence
from auditlib.ordering import sums_at
from auditlib.replay import month_end_balances

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
    named = pd.Series(items["customer_id"].cat.categories.astype("str"))
    of_customers = {name: named.map(customers[name].astype("str")).fillna("").astype("str") for name in SEGMENTS}
    key, own = items["customer_id"].cat.codes.to_numpy().astype(np.int64), {}
    for name in OF_ITEMS:
        if (texts := _own_segment(evidence, name)) is not None:
            own[name] = texts
            key = key * (len(texts.names) + 1) + texts.code + 1
    members, distinct = pd.factorize(key)
    found: dict[str, pd.Series] = {}
    for name, texts in reversed(own.items()):
        distinct, place = np.divmod(distinct, len(texts.names) + 1)
        found[name] = texts.names.take(place - 1)
    frame = pd.DataFrame({"customer_id": named.take(distinct).to_numpy()} | {
        name: of_customers[name].take(distinct).to_numpy() for name in SEGMENTS}, dtype="str")
    for name, texts_found in found.items():
        frame[name] = texts_found.reset_index(drop=True).where(texts_found.notna().to_numpy(), frame[name])
    code = frame.groupby(list(frame.columns), sort=True).ngroup().to_numpy()
    keys = frame.iloc[np.unique(code, return_index=True)[1]].reset_index(drop=True).astype("category")
    return SegmentKeys(code.astype(np.int64)[members], keys)


@dataclasses.dataclass(frozen=True)
class _Texts:
    """A text for each item by `code` into `names`; the last name, of code -1, is missing: the customer's counts."""

    code: npt.NDArray[np.int64]
    names: pd.Series


def _own_segment(evidence: Evidence, name: str) -> _Texts | None:
    """Return the segment the items have of their own, None where no debit has one."""
    items, column = evidence.ledger.items, evidence.ledger.items[name].cat
    names = column.categories.astype("str")
    blank = np.append(names == "", True)
    code = column.codes.to_numpy().astype(np.int64)
    credit = items["amount_cents"].to_numpy() < 0
    if not (~blank[code] & ~credit).any():
        return None
    code = np.where(blank[code], code[evidence.roots], code)
    listed = [*names, "", None]
    code = np.where(blank[code], np.where(credit, len(names), -1), code)
    return _Texts(code, pd.Series(listed, dtype="str"))


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
    return pd.DataFrame(columns | {"amount_cents": swept["amount_cents"]}, copy=False)


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
    sold = evidence.sold
    month = month_numbers(day_numbers(sold["posting_date"]))
    first, count = int(month.min()) if len(month) else 0, len(keys.keys)
    cell = (month - first) * count + keys.code[sold.index.to_numpy()]
    cells = (int(month.max()) - first + 1) * count if len(month) else 0
    filled = np.flatnonzero(np.bincount(cell, minlength=cells))
    amount = sums_at(cell, sold["amount_cents"].to_numpy(), count=cells)[filled]
    end = (filled // max(count, 1) + first + 1 - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]") - 1
    described = keys.keys.iloc[filled % max(count, 1)].reset_index(drop=True)
    return pd.concat([pd.Series(end.astype("datetime64[s]"), name="month_end"), described,
                      pd.Series(amount, name="amount_cents")], axis=1)
