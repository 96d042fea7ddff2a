"""Matching that the auditor accepted: pair by pair, each as much as both sides still have open."""

import numpy as np
import pandas as pd

from auditlib.matching.postings import Ints, Pairs, Postings
from auditlib.matching.reference import greedy_pairs

__all__ = ["match_accepted"]


def match_accepted(postings: Postings, open_cents: Ints, *, accepted: pd.DataFrame | None) -> Pairs:
    """Set against each other the items the auditor matched, as far as the client's codes leave them open.

    Parameters
    ----------
    postings : Postings
    open_cents : ndarray of int64
        What is still open of each item, positive on both sides. [cents]
    accepted : DataFrame, optional
        `schemas.ACCEPTED`, in the order accepted; a pair of which one side is not posted yet is none yet.
    """
    if accepted is None or not len(accepted):
        return Pairs.none()
    place = np.full(len(postings.frame), -1, dtype=np.int64)
    place[slice(None) if postings.rows is None else postings.rows] = np.arange(len(open_cents))
    debit, credit = (place[accepted[name].to_numpy()] for name in ("debit_id", "credit_id"))
    posted = (debit >= 0) & (credit >= 0)
    return greedy_pairs(debit[posted], credit[posted], open_cents)
