"""Two sides laid end to end: the nth cent of credit clears the nth cent of debit."""

from functools import partial

import numpy as np

from auditlib.matching.postings import Ints, Pairs
from auditlib.ordering import sums_at
from auditlib.parallel import each, group_limits

__all__ = ["lay_end_to_end"]

NEVER = np.iinfo(np.int64).max
"""Start of what stands behind the last of a side: no stretch is there yet."""


def lay_end_to_end(  # noqa: PLR0917 (two sides of three arrays)
    debit: Ints, debit_group: Ints, debit_open: Ints, credit: Ints, credit_group: Ints, credit_open: Ints,
) -> Pairs:
    """Pair two sides group by group, in the order given.

    All groups lie one behind the other on a single axis of cents, each as long as the larger of
    its sides; every stretch between two ends belongs to one debit and one credit, or to one side
    only, which is then left open.

    Parameters
    ----------
    debit, credit : ndarray of int64, shape (n_debits,) and (n_credits,)
        Positions of the items.
    debit_group, credit_group : ndarray of int64
        Group of each item, rising.
    debit_open, credit_open : ndarray of int64
        What is still open of each item. [cents, positive]

    Returns
    -------
    Pairs
    """
    if not len(debit) or not len(credit):
        return Pairs.none()
    groups = int(max(debit_group[-1], credit_group[-1])) + 1
    sides = (debit, debit_group, debit_open), (credit, credit_group, credit_open)
    limits = group_limits(np.bincount(debit_group, minlength=groups) + np.bincount(credit_group, minlength=groups))
    return Pairs.joined(each(partial(_laid, *sides), limits))


Side = tuple[Ints, Ints, Ints]


def _laid(debits: Side, credits_: Side, limits: tuple[int, int]) -> Pairs:
    """Pair the groups of a part."""
    (debit, debit_group, debit_open), (credit, credit_group, credit_open) = (
        _within(side, limits) for side in (debits, credits_))
    groups = limits[1] - limits[0]
    debit_end, credit_end = _ends(debit_group, debit_open, credit_group, credit_open, groups)
    ends = np.concatenate((debit_end, credit_end))
    order = ends.argsort(kind="stable")  # two rising runs: a merge
    ends = ends[order]
    of_debit = order < len(debit)
    # How many of each side end before: the first of two that end together is the debit, the second has no stretch.
    on_debit: Ints = np.cumsum(of_debit, dtype=np.int64) - of_debit
    on_credit = np.arange(len(ends)) - on_debit
    starts = np.concatenate(([0], ends[:-1]))
    shared = ends > starts
    shared &= np.append(debit_end - debit_open, NEVER)[on_debit] <= starts
    shared &= np.append(credit_end - credit_open, NEVER)[on_credit] <= starts
    kept = np.flatnonzero(shared)
    return Pairs(debit[on_debit[kept]], credit[on_credit[kept]], ends[kept] - starts[kept])


def _within(side: Side, limits: tuple[int, int]) -> Side:
    first, last = np.searchsorted(side[1], limits)
    return side[0][first:last], side[1][first:last] - limits[0], side[2][first:last]


def _ends(debit_group: Ints, debit_open: Ints, credit_group: Ints, credit_open: Ints, groups: int) -> tuple[Ints, Ints]:
    debits, credits_ = _totals(debit_group, debit_open, groups), _totals(credit_group, credit_open, groups)
    length = np.maximum(debits, credits_)
    base = np.cumsum(length) - length
    debit_end = np.cumsum(debit_open) + (base - (np.cumsum(debits) - debits))[debit_group]
    credit_end = np.cumsum(credit_open) + (base - (np.cumsum(credits_) - credits_))[credit_group]
    return debit_end, credit_end


def _totals(group: Ints, amount: Ints, groups: int) -> Ints:
    return sums_at(group, amount, count=groups)
