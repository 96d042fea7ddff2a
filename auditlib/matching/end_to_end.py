"""Two sides laid end to end: the nth cent of credit clears the nth cent of debit."""

import numpy as np

from auditlib.matching.postings import Ints, Pairs

__all__ = ["lay_end_to_end"]


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
    debit_end, credit_end = _ends(debit_group, debit_open, credit_group, credit_open, groups)
    ends = np.concatenate((debit_end, credit_end))
    ends.sort(kind="stable")  # two rising runs: a merge
    starts = np.concatenate(([0], ends[:-1]))
    real = ends > starts
    ends, starts = ends[real], starts[real]
    on_debit = np.minimum(np.searchsorted(debit_end, ends), len(debit) - 1)
    on_credit = np.minimum(np.searchsorted(credit_end, ends), len(credit) - 1)
    both = _covers(debit_end, debit_open, on_debit, starts, ends)
    both &= _covers(credit_end, credit_open, on_credit, starts, ends)
    return Pairs(debit[on_debit[both]], credit[on_credit[both]], (ends - starts)[both])


def _ends(debit_group: Ints, debit_open: Ints, credit_group: Ints, credit_open: Ints, groups: int) -> tuple[Ints, Ints]:
    debits, credits_ = _totals(debit_group, debit_open, groups), _totals(credit_group, credit_open, groups)
    length = np.maximum(debits, credits_)
    base = np.cumsum(length) - length
    debit_end = np.cumsum(debit_open) + (base - (np.cumsum(debits) - debits))[debit_group]
    credit_end = np.cumsum(credit_open) + (base - (np.cumsum(credits_) - credits_))[credit_group]
    return debit_end, credit_end


def _totals(group: Ints, amount: Ints, groups: int) -> Ints:
    running = np.concatenate(([0], np.cumsum(amount)))
    edge = np.searchsorted(group, np.arange(groups + 1))
    return np.diff(running[edge])


def _covers(end: Ints, amount: Ints, at: Ints, starts: Ints, ends: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return (end[at] - amount[at] <= starts) & (ends <= end[at])
