"""Ageing: what is owed, by days overdue (INDICATORS.md 3 and 4, ``ageing``)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = [
    "AGE_UNKNOWN", "NOT_DUE", "NO_DUE_DATE", "UNALLOCATED", "bucket_edges", "bucket_labels", "bucket_table",
    "is_overdue",
]

NOT_DUE, NO_DUE_DATE, AGE_UNKNOWN, UNALLOCATED = "not_due", "no_due_date", "age_unknown", "unallocated_credits"


def bucket_edges(buckets: tuple[int, ...]) -> list[tuple[str, int | None, int | None]]:
    """Return label, first and last day overdue of each dated bucket, in rising order; due today is not due.

    Examples
    --------
    >>> bucket_edges((30, 60))
    [('not_due', None, 0), ('1-30', 1, 30), ('31-60', 31, 60), ('>60', 61, None)]
    """
    lows = [1, *(limit + 1 for limit in buckets)]
    edges: list[tuple[str, int | None, int | None]] = [(NOT_DUE, None, 0)]
    edges += [(f"{low}-{high}", low, high) for low, high in zip(lows, buckets, strict=False)]
    return [*edges, (f">{buckets[-1]}", buckets[-1] + 1, None)]


def bucket_labels(buckets: tuple[int, ...]) -> list[str]:
    """Return the labels of all buckets, dated ones first."""
    return [label for label, _, _ in bucket_edges(buckets)] + [NO_DUE_DATE, AGE_UNKNOWN, UNALLOCATED]


def is_overdue(bucket: pd.Series) -> npt.NDArray[np.bool_]:
    """Tell which rows stand in an overdue bucket."""
    return ~bucket.isin([NOT_DUE, NO_DUE_DATE, AGE_UNKNOWN, UNALLOCATED]).to_numpy()


def bucket_table(open_items: pd.DataFrame, *, buckets: tuple[int, ...]) -> pd.DataFrame:
    """Sum open items by bucket, every bucket present, in rising order.

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    buckets : tuple of int
        Upper limits of the overdue buckets. [days overdue]

    Returns
    -------
    DataFrame
        bucket, from_days, to_days, amount_cents, share (of the receivable, missing where that is
        nil), items. [cents, VAT included; share 0–1]
    """
    edges = pd.DataFrame(bucket_edges(buckets), columns=["bucket", "from_days", "to_days"])
    labels = bucket_labels(buckets)
    summed = open_items.groupby(open_items["bucket"].astype("str"))["residual_cents"].agg(["sum", "size"])
    summed = summed.reindex(labels, fill_value=0)
    total = int(summed["sum"].sum())
    table = edges.set_index("bucket").reindex(labels).rename_axis("bucket").reset_index()
    amount = summed["sum"].to_numpy(dtype=np.int64)
    share = amount / total if total else np.full(len(labels), np.nan)
    return table.assign(amount_cents=amount, share=share, items=summed["size"].to_numpy())
