"""Long columns in parts, a thread each: NumPy lets other threads run while it sorts, gathers and sums."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["each", "group_limits", "part_bounds"]

Part = TypeVar("Part")
Result = TypeVar("Result")
MOST_PARTS = 4
LEAST_ROWS = 200_000
"""Rows of a part: fewer are done before a thread has started."""


def group_limits(rows_of_group: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the first and the last group (excluded) of parts with about as many rows each, one per core at most.

    Parameters
    ----------
    rows_of_group : ndarray of int64, shape (n_groups,)
        A group is never cut.

    Examples
    --------
    >>> group_limits(np.array([3, 1, 2]))
    [(0, 3)]
    """
    until = np.cumsum(rows_of_group)
    rows = int(until[-1]) if len(until) else 0
    parts = max(1, min(os.cpu_count() or 1, MOST_PARTS, rows // LEAST_ROWS))
    inner = np.searchsorted(until, rows * np.arange(1, parts) // parts)
    limits = [0, *np.unique(inner).tolist(), len(until)]
    return [(first, last) for first, last in pairwise(limits) if first < last] or [(0, 0)]


def part_bounds(rows: int) -> list[tuple[int, int]]:
    """Return first and last row (excluded) of parts of as many rows each, one per core at most.

    Examples
    --------
    >>> part_bounds(1_000)
    [(0, 1000)]
    """
    return group_limits(np.ones(rows, dtype=np.int64))


def each(work: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """Return what the work makes of each part, in the order of the parts; several are worked on at once."""
    if len(parts) <= 1:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(min(len(parts), os.cpu_count() or 1)) as threads:
        return list(threads.map(work, parts))
