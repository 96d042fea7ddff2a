"""Entries numbered from nought on, so that what is known of each stands in an array at its number."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.movements import ENTRIES_PER_SOURCE
from auditlib.ordering import sums_at

__all__ = ["EntryPlaces", "entry_places"]

Ints = npt.NDArray[np.int64]
EXACT_IN_FLOATS = 2**53


@dataclass(frozen=True)
class EntryPlaces:
    """Where the entry of each line, and of each item, stands.

    Attributes
    ----------
    lines, items : ndarray of int64
        Number of the entry of each line, of each item; `count` for an item without entry.
    count : int
    """

    lines: Ints
    items: Ints
    count: int

    def sums(self, amounts: Ints, among: npt.NDArray[np.bool_] | None = None) -> Ints:
        """Return the sum of the lines of each entry, of those `among` if given; one more, nought, for no entry."""
        lines, values = (self.lines, amounts) if among is None else (self.lines[among], amounts[among])
        if np.abs(values).sum() < EXACT_IN_FLOATS:  # no sum is rounded then, and this is three times as fast
            return np.bincount(lines, values, self.count + 1).astype(np.int64)
        return sums_at(lines, values, count=self.count + 1)

    def with_line(self, among: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Tell the entries that have one of some lines."""
        found = np.zeros(self.count + 1, dtype=bool)
        found[self.lines[among]] = True
        return found

    def range_of(self, codes: npt.NDArray[np.integer], among: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Tell the entries in which some lines have more than one code."""
        lines, values = self.lines[among], codes[among]
        first = np.full(self.count + 1, -1, dtype=values.dtype)
        first[lines[::-1]] = values[::-1]
        several = np.zeros(self.count + 1, dtype=bool)
        several[lines[values != first[lines]]] = True
        return several


def entry_places(lines: pd.Series, items: pd.Series) -> EntryPlaces:
    """Number the entries of lines and items.

    Parameters
    ----------
    lines, items : Series of int64
        Entries as `stack_sources` numbers them, those of one file after the other's; -1 for an item without.
    """
    numbers = [np.asarray(column, dtype=np.int64) for column in (lines, items)]
    sizes: dict[int, int] = {}
    for column in numbers:
        files = column // ENTRIES_PER_SOURCE
        for file in np.unique(files[files >= 0]).tolist():
            sizes[file] = max(sizes.get(file, 0), int(column[files == file].max()) % ENTRIES_PER_SOURCE + 1)
    shift, count = {}, 0
    for file, size in sorted(sizes.items()):
        shift[file], count = count - file * ENTRIES_PER_SOURCE, count + size
    placed = [_moved(column, shift) for column in numbers]
    return EntryPlaces(placed[0], np.where(numbers[1] < 0, count, placed[1]), count)


def _moved(column: Ints, shift: dict[int, int]) -> Ints:
    if len(shift) == 1:
        return column + next(iter(shift.values()))
    moved = column.copy()
    for file, by in shift.items():
        moved[column // ENTRIES_PER_SOURCE == file] += by
    return moved
