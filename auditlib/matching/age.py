"""Matching by age: the oldest credit clears the oldest debit of the same kind of account."""

import numpy as np

from auditlib.matching.end_to_end import lay_end_to_end
from auditlib.matching.postings import Ints, Pairs, Postings, family_order

__all__ = ["match_by_age"]


def match_by_age(postings: Postings, open_cents: Ints) -> Pairs:
    """Lay what is open of each customer end to end, in posting order, bills and doubtful claims apart.

    The weakest evidence, used last (INDICATORS.md 2.4).

    Parameters
    ----------
    postings : Postings
    open_cents : ndarray of int64, shape (n_items,)
        What is still open of each item, positive on both sides. [cents]
    """
    places = family_order(postings)
    amount, left = postings.amount[places], open_cents[places]
    debit = places[np.flatnonzero((amount > 0) & (left > 0))]
    credit = places[np.flatnonzero((amount < 0) & (left > 0))]
    group = postings.debtor * 3 + postings.family
    return lay_end_to_end(debit, group[debit], open_cents[debit], credit, group[credit], open_cents[credit])
