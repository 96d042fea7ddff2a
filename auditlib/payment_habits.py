"""How late each customer pays on average, and his pace: the band that average falls in."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["UNKNOWN_PACE", "average_delays", "pace_names", "paces"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
UNKNOWN_PACE = "new"
"""Pace of a customer with too few settled invoices."""


def average_delays(
    delays: Ints, *, customer: Ints, customers: int, is_settled: npt.NDArray[np.bool_], minimum: int,
) -> Floats:
    """Return each customer's mean days beyond terms over his settled invoices.

    Parameters
    ----------
    delays : ndarray of int64
        Days beyond terms of each invoice. [days]
    customer : ndarray of int64
        Whose it is, from 0 to ``customers`` − 1.
    is_settled : ndarray of bool
        Unsettled invoices are left out.
    minimum : int
        Settled invoices a customer needs.

    Returns
    -------
    ndarray of float64, shape (customers,)
        NaN where too few are settled. [days]
    """
    count = np.bincount(customer[is_settled], minlength=customers)
    total = np.bincount(customer[is_settled], weights=delays[is_settled], minlength=customers)
    return np.divide(total, count, out=np.full(customers, np.nan), where=count >= minimum)


def paces(averages: Floats, *, limits: Sequence[int]) -> Ints:
    """Return the band of each average: the first whose upper limit it does not exceed; unknown averages come last.

    Examples
    --------
    >>> paces(np.array([-3.0, 0.0, 0.5, 99.0, np.nan]), limits=(0, 15)).tolist()
    [0, 0, 1, 2, 3]
    """
    band = np.searchsorted(np.array(limits, dtype=np.float64), averages, side="left").astype(np.int64)
    return np.where(np.isnan(averages), len(limits) + 1, band)


def pace_names(limits: Sequence[int]) -> list[str]:
    """Return the code of each band of `paces`, as ageing buckets are named.

    Examples
    --------
    >>> pace_names((0, 15))
    ['<=0', '1-15', '>15', 'new']
    """
    between = [f"{low + 1}-{high}" for low, high in pairwise(limits)]
    return [f"<={limits[0]}", *between, f">{limits[-1]}", UNKNOWN_PACE]
