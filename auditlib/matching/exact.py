"""Matching by amount: one open debit, or a run of consecutive ones, of exactly the credit's amount."""

import numpy as np

from auditlib.matching.postings import Ints, Pairs, Postings

__all__ = ["match_exact"]


def match_exact(postings: Postings, open_cents: Ints) -> Pairs:
    """Set each credit against the one run of open debits that sums to it, if there is exactly one.

    Credits are taken in posting order; what is sequential goes in rounds, every customer's next
    credit at once. A credit only looks at debits posted by its day (INDICATORS.md 2.3).

    Parameters
    ----------
    postings : Postings
    open_cents : ndarray of int64
        What is still open of each item, positive on both sides. [cents]
    """
    left = open_cents.copy()
    credits_ = np.flatnonzero((postings.amount < 0) & (left > 0))
    debits = np.flatnonzero((postings.amount > 0) & (left > 0))
    turn = _rank_within(postings.debtor[credits_])
    done: list[Pairs] = []
    for number in range(int(turn.max()) + 1 if len(turn) else 0):
        credit = credits_[turn == number]
        waiting = np.isin(postings.debtor[debits], postings.debtor[credits_[turn >= number]])
        debits = debits[(left[debits] > 0) & waiting]
        if not len(debits):
            break
        pairs = _one_round(postings, left, debits, credit)
        left[pairs.debit] = 0
        left[pairs.credit] = 0
        done.append(pairs)
    return Pairs.joined(done)


def _rank_within(group: Ints) -> Ints:
    """Number the members of each group, in the order they stand in (groups are contiguous)."""
    start = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1]))) if len(group) else np.empty(0, np.int64)
    return np.arange(len(group)) - np.repeat(start, np.diff(np.concatenate((start, [len(group)]))))


def _one_round(postings: Postings, left: Ints, debits: Ints, credit: Ints) -> Pairs:
    """Match one credit per customer against the runs of its open debits."""
    at = np.minimum(np.searchsorted(postings.debtor[credit], postings.debtor[debits]), len(credit) - 1)
    seen = (postings.debtor[credit][at] == postings.debtor[debits]) & ~postings.same_transfer(debits, credit[at])
    seen &= postings.posting[debits] <= postings.posting[credit][at]
    debits, at = debits[seen], at[seen]
    if not len(debits):
        return Pairs.none()
    end = np.cumsum(left[debits])
    wanted = end - left[debits] + left[credit][at]
    last = np.minimum(np.searchsorted(end, wanted), len(end) - 1)
    is_run = (end[last] == wanted) & (at[last] == at)
    alone = np.bincount(at[is_run], minlength=len(credit)) == 1
    first = np.flatnonzero(is_run & alone[at])
    length = last[first] - first + 1
    inside = np.repeat(first, length) + np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    return Pairs(debits[inside], credit[at[inside]], left[debits[inside]])
