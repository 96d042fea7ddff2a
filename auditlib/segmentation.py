"""How a receivable is divided: dimensions, the segments they make, and sums by segment (INDICATORS.md 3).

An allocated credit belongs to the segment of its debit; an unallocated one without the attribute is in the segment ""
("non affecté"); membership is that at the as-of date, also in replays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["Dimension", "Division", "dimension_of", "state_sums", "totals"]

Ints = npt.NDArray[np.int64]
KNOWN_ORDER = {"customer_type": ("B2B", "B2C", "public"), "zone": ("FR", "EU", "non_EU")}


@dataclass(frozen=True)
class Dimension:
    """One way to divide: its segments, and the one of each text of the column it follows.

    Attributes
    ----------
    name : str
    by : str
        Column it follows: ``customer_id`` for what is the customer's, ``bucket`` for age, or its own.
    segments : tuple of str
        In the order shown; "" (not allocated) last.
    code : Series of int64
        Position in `segments`, by text of the column `by`.
    """

    name: str
    by: str
    segments: tuple[str, ...]
    code: pd.Series

    def codes(self, frame: pd.DataFrame) -> Ints:
        """Return the position in `segments` of each row of a frame whose column `by` is categorical."""
        column = frame[self.by]
        unknown = self.segments.index("") if "" in self.segments else 0
        known = self.code.reindex(column.cat.categories.astype("str")).fillna(unknown).to_numpy(dtype=np.int64)
        return np.append(known, unknown)[column.cat.codes.to_numpy()]


def dimension_of(name: str, values: pd.Series, *, by: str, order: Sequence[str] = ()) -> Dimension:
    """Return the dimension of texts: sorted, or in a given order, "" last and always there.

    Parameters
    ----------
    name : str
    values : Series of str
        Value by text of the column `by`.
    by : str
    order : sequence of str
        Values that come first, in this order, where they occur.
    """
    found = set(values.unique())
    first = [value for value in (*order, *KNOWN_ORDER.get(name, ())) if value in found]
    listed = (*dict.fromkeys(first), *sorted(found - {*first, ""}), "")
    place = {value: number for number, value in enumerate(listed)}
    return Dimension(name, by, listed, values.map(place).astype("int64"))


@dataclass(frozen=True)
class Division:
    """One or two dimensions crossed: each cell is a segment."""

    dimensions: tuple[Dimension, ...]

    @property
    def count(self) -> int:
        """Number of segments, empty ones among them."""
        return int(np.prod([len(one.segments) for one in self.dimensions]))

    def codes(self, frame: pd.DataFrame) -> Ints:
        """Return the segment of each row of a frame."""
        return self.joined([one.codes(frame) for one in self.dimensions])

    def joined(self, codes: Sequence[Ints]) -> Ints:
        """Return the segment of each row from its position in each dimension."""
        code = codes[0]
        for one, second in zip(self.dimensions[1:], codes[1:], strict=True):
            code = code * len(one.segments) + second
        return code

    def labels(self) -> pd.DataFrame:
        """Return ``dimension``, ``segment``, ``dimension_2`` and ``segment_2`` ("" for one dimension) by segment."""
        product = pd.MultiIndex.from_product([one.segments for one in self.dimensions])
        columns = {"dimension": "", "segment": "", "dimension_2": "", "segment_2": ""}
        frame = pd.DataFrame(columns, index=range(self.count))
        for number, (one, suffix) in enumerate(zip(self.dimensions, ("", "_2"), strict=False)):
            frame[f"dimension{suffix}"] = one.name
            frame[f"segment{suffix}"] = product.get_level_values(number).to_numpy()
        return frame


def totals(code: Ints, amounts: npt.NDArray[np.generic], *, count: int) -> Ints:
    """Return the sum of whole numbers by code; exact, for they stay far below 2**53."""
    return np.bincount(code, weights=amounts, minlength=count).round().astype(np.int64)


def state_sums(open_items: pd.DataFrame, *, code: Ints, count: int, thresholds: dict[str, int]) -> pd.DataFrame:
    """Sum the open items of each segment.

    Parameters
    ----------
    open_items : DataFrame
        `schemas.OPEN_ITEMS`, aged by due date.
    code : ndarray of int64
        Segment of each.
    count : int
        Number of segments.
    thresholds : dict of str to int
        Days overdue above which a residual counts, by name.

    Returns
    -------
    DataFrame
        One row a segment: ``receivable_cents``, ``gross_cents``, ``undated_cents`` (no due date, unknown age),
        ``unallocated_cents``, ``disputed_cents``, ``doubtful_cents``, one ``<threshold>_cents`` each
        [cents, VAT included], ``customers`` (with an open item) and ``open_items``.
    """
    residual = open_items["residual_cents"].to_numpy()
    debit = np.maximum(residual, 0)
    apart = open_items["bucket"].isin(["no_due_date", "age_unknown"]).to_numpy()
    days = np.nan_to_num(open_items["days_overdue"].to_numpy(), nan=-np.inf)
    amounts = {
        "receivable": residual, "gross": debit, "undated": np.where(apart, debit, 0), "unallocated": residual - debit,
        "disputed": open_items["disputed_cents"].to_numpy(),
        "doubtful": np.where(open_items["is_doubtful"], debit, 0),
        **{name: np.where((days > limit) & ~apart, debit, 0) for name, limit in thresholds.items()}}
    sums = pd.DataFrame({f"{name}_cents": totals(code, each, count=count) for name, each in amounts.items()})
    customer = pd.factorize(open_items["customer_id"])[0].astype(np.int64)
    pairs = np.unique(code * (int(customer.max(initial=0)) + 1) + customer) // (int(customer.max(initial=0)) + 1)
    return sums.assign(customers=np.bincount(pairs, minlength=count), open_items=np.bincount(code, minlength=count))
