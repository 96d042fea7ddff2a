"""Balances of the members of segments at past dates, an allocated credit with its debit from its posting on."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

from auditlib import cube
from auditlib.ageing import UNALLOCATED, bucket_labels
from auditlib.dates import day_number
from auditlib.evidence import Evidence
from auditlib.history import History
from auditlib.segmentation import Division, totals

__all__ = ["OF_ITEMS", "Balances", "replayed_balances"]

OF_ITEMS = ("business_unit", "salesperson")
"""Dimensions an item may have of its own; the others are the customer's."""
MEMBER = ["customer_id", *OF_ITEMS]
STANDARD_LIMITS = (30, 60, 90)
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Balances:
    """Balances by date, bucket and member: rows of a replay, as arrays.

    Attributes
    ----------
    rows : DataFrame
        ``customer_id``, `OF_ITEMS` and ``bucket``, categorical.
    moment : ndarray of int64
        Position of each row's date.
    amount : ndarray of int64
        [cents, VAT included]
    dates : list of date
    buckets : list of str
        Labels of the buckets; the categories of ``bucket``, in order.
    """

    rows: pd.DataFrame
    moment: Ints
    amount: Ints
    dates: list[dt.date]
    buckets: list[str]

    def table(self, division: Division) -> Ints:
        """Return the amounts by segment, date and bucket, shape (n_segments, n_dates, n_buckets) [cents]."""
        shape = (division.count, len(self.dates), len(self.buckets))
        bucket = self.rows["bucket"].cat.codes.to_numpy().astype(np.int64)
        cell = (division.codes(self.rows) * shape[1] + self.moment) * shape[2] + bucket
        return totals(cell, self.amount, count=shape[0] * shape[1] * shape[2]).reshape(shape)


def replayed_balances(
    evidence: Evidence, *, history: History, keys: cube.SegmentKeys, early: pd.DataFrame, dates: list[dt.date],
    shown: bool,
) -> Balances:
    """Return the balances at dates; arguments: `auditlib.segment_facts.SegmentFacts.balances`.

    Parameters
    ----------
    evidence : Evidence
    history : History
        Its cube is taken where it holds the dates and buckets asked for; else the ledger is swept.
    keys : SegmentKeys
    early : DataFrame
        `auditlib.segment_facts.SegmentFacts.early`.
    dates : list of date
    shown : bool
    """
    swept, buckets = _swept(evidence, history, keys, dates, shown=shown)
    moment = pd.DatetimeIndex(dates).get_indexer(pd.DatetimeIndex(swept["month_end"])).astype(np.int64)
    swept, moment = swept[moment >= 0], moment[moment >= 0]
    moved = _moved(keys, early, dates, buckets)
    joined = {name: union_categoricals([swept[name].array, moved[name].array]) for name in MEMBER}
    bucket = np.concatenate([swept["bucket"].cat.codes.to_numpy(), moved["bucket"].to_numpy(dtype=np.int64)])
    joined["bucket"] = pd.Categorical.from_codes(bucket.astype(np.int64), categories=pd.Index(buckets, dtype="str"))
    return Balances(
        pd.DataFrame(joined), np.concatenate([moment, moved["moment"].to_numpy(dtype=np.int64)]),
        np.concatenate([swept["amount_cents"].to_numpy(), moved["amount_cents"].to_numpy(dtype=np.int64)]),
        dates, buckets)


def _swept(
    evidence: Evidence, history: History, keys: cube.SegmentKeys, dates: list[dt.date], *, shown: bool,
) -> tuple[pd.DataFrame, list[str]]:
    """Take the balances from the audit's own replay where it has them, else sweep the ledger."""
    method, kept = evidence.parameters.method, history.cube
    finer = tuple(sorted({*method.buckets, *STANDARD_LIMITS}))
    by_document = method.ageing_basis != "due_date" and evidence.intake.has_document_dates
    limits = method.buckets if shown else finer
    same = shown or (finer == method.buckets and not by_document)
    if same and set(dates) <= {day.date() for day in pd.DatetimeIndex(kept["month_end"].unique())}:
        return kept, bucket_labels(limits)
    basis = "document_date" if by_document and shown else "due_date"
    swept = cube.balances_by_segment(evidence, keys=keys, dates=dates, buckets=limits, basis=basis)
    return swept, bucket_labels(limits)


def _moved(
    keys: cube.SegmentKeys, early: pd.DataFrame, dates: list[dt.date], buckets: list[str],
) -> pd.DataFrame:
    """Return rows that take a credit, while it is not yet allocated, from its own segment to its debit's."""
    days = np.array([day_number(day) for day in dates], dtype=np.int64)
    first, last = np.searchsorted(days, early["posted"]), np.searchsorted(days, early["allocated"])
    times = np.maximum(last - first, 0)
    row = np.repeat(np.arange(len(early)), times)
    moment = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    amount = early["amount_cents"].to_numpy()[row]
    parts = []
    for side, sign in (("of_credit", 1), ("of_debit", -1)):
        member = keys.keys.iloc[early[side].to_numpy()[row]][MEMBER]
        parts.append(member.reset_index(drop=True).assign(
            bucket=buckets.index(UNALLOCATED), moment=moment, amount_cents=sign * amount))
    return pd.concat(parts, ignore_index=True)
