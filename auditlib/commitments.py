"""What we promised our debtors and have not done: while it is late, what they owe for it is not claimed."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.table_columns import fold_references

__all__ = ["is_late", "outcomes", "suspended_items"]

Flags = npt.NDArray[np.bool_]


def is_late(commitments: pd.DataFrame, *, as_of_date: dt.date) -> pd.Series:
    """Tell which commitments should have been kept before a date and were not; the day itself is not late.

    Parameters
    ----------
    commitments : DataFrame, schema COMMITMENTS
    as_of_date : date
    """
    day = pd.Timestamp(as_of_date)
    late: pd.Series = (commitments["due_on"] < day) & ~(commitments["kept_on"] <= day)
    return late


def outcomes(commitments: pd.DataFrame, *, as_of_date: dt.date) -> pd.Series:
    """Tell what became of each: ``kept`` in time, ``kept_late``, ``late`` (not kept yet) or ``pending``."""
    day = pd.Timestamp(as_of_date)
    kept = (commitments["kept_on"] <= day).to_numpy()
    in_time = (commitments["kept_on"] <= commitments["due_on"]).to_numpy()
    late = is_late(commitments, as_of_date=as_of_date).to_numpy()
    said = np.select([kept & in_time, kept, late], ["kept", "kept_late", "late"], "pending")
    return pd.Series(said, index=commitments.index, dtype="str")


def suspended_items(items: pd.DataFrame, *, commitments: pd.DataFrame, as_of_date: dt.date) -> Flags:
    """Tell the items that a late commitment of ours is about; one that names no document holds all of its customer.

    Parameters
    ----------
    items : DataFrame
        ``customer_id``, ``document_ref``.
    commitments : DataFrame, schema COMMITMENTS
    as_of_date : date
    """
    late = commitments[is_late(commitments, as_of_date=as_of_date)]
    if late.empty:
        return np.zeros(len(items), dtype=bool)
    who, reference = items["customer_id"].astype("str"), fold_references(items["document_ref"])
    named = fold_references(late["document_ref"])
    whole = set(late.loc[named == "", "customer_id"])
    pairs = pd.MultiIndex.from_arrays([late["customer_id"].astype("str"), named])
    own = pd.MultiIndex.from_arrays([who, reference]).isin(pairs[(named != "").to_numpy()])
    held: Flags = who.isin(whole).to_numpy() | own
    return held
