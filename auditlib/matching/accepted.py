"""Matching that the auditor accepted: the items of one match are laid end to end, in posting order."""

import numpy as np

from auditlib.matching.end_to_end import lay_end_to_end
from auditlib.matching.postings import Ints, Pairs, Postings
from auditlib.schemas import ACCEPTED_MATCH

__all__ = ["match_accepted"]


def match_accepted(postings: Postings, open_cents: Ints) -> Pairs:
    """Set against each other the items the auditor matched, as far as the client's codes leave them open.

    Parameters
    ----------
    postings : Postings
        The movements have the column `schemas.ACCEPTED_MATCH` where there is a match; one match is of one debtor.
    open_cents : ndarray of int64
        What is still open of each item, positive on both sides. [cents]
    """
    if ACCEPTED_MATCH not in postings.frame:
        return Pairs.none()
    number = postings.frame[ACCEPTED_MATCH].to_numpy()
    number = number if postings.rows is None else number[postings.rows]
    rows = np.flatnonzero((number > 0) & (open_cents > 0))
    rows = rows[np.argsort(number[rows], kind="stable")]
    debit, credit = rows[postings.amount[rows] > 0], rows[postings.amount[rows] < 0]
    return lay_end_to_end(
        debit, number[debit], open_cents[debit], credit, number[credit], open_cents[credit])
