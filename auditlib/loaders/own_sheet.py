"""Cells of a sheet made to be filled in, by role: its header found by name, its texts, days and amounts read."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from auditlib.loaders.aliases import normalise
from auditlib.loaders.date_values import decide_order, parse_dates
from auditlib.loaders.grid import Grid, Mask
from auditlib.loaders.values import parse_amounts, repair_identifiers

__all__ = ["amounts_of", "days_of", "find_header", "is_own_sheet", "texts_of"]

HEADER_ROWS = 40
"""A header further down is none."""


def find_header(
    grid: Grid, names: Mapping[str, Sequence[str]], is_header: Callable[[Mapping[str, int], Sequence[str]], bool],
) -> tuple[int, dict[str, int]]:
    """Return the row of the header (-1: there is none) and the column of each role, both 0-based.

    Parameters
    ----------
    grid : Grid
    names : mapping of str to sequence of str
        By role, the names its column may have, as `normalise` leaves them; the first that is there wins.
    is_header : callable
        Given the columns found and the normalised cells of a row, tells whether it is the header looked for.
    """
    for row in range(min(HEADER_ROWS, grid.cells.num_rows)):
        cells = [normalise(cell) for cell in grid.row(row)]
        found = {role: cells.index(name) for role, known in names.items()
                 if (name := next((name for name in known if name in cells), ""))}
        if is_header(found, cells):
            return row, found
    return -1, {}


def is_own_sheet(grid: Grid) -> bool:
    """Tell a sheet of the audit's own workbook: its first cell is its name."""
    return bool(grid.cells.num_rows and grid.cells.num_columns and grid.row(0)[0] == grid.sheet)


def texts_of(grid: Grid, column: int | None) -> pd.Series:
    """Return a column as texts, "" where blank; codes a spreadsheet made numbers of have their form back."""
    if column is None:
        return pd.Series([""] * grid.cells.num_rows, dtype="str")
    repaired = repair_identifiers(grid.cells.column(column))
    return pd.Series(repaired.to_pylist(), dtype="str").fillna("").str.strip()


def days_of(grid: Grid, column: int | None) -> tuple[npt.NDArray[np.datetime64], Mask]:
    """Return a column as days, missing where blank, and which cells are filled and no date."""
    if column is None:
        return np.full(grid.cells.num_rows, np.datetime64("NaT", "s")), np.zeros(grid.cells.num_rows, dtype=bool)
    cells = grid.cells.column(column)
    dated = pa.array([text if text[:1].isdigit() else "" for text in cells.to_pylist()])
    days = parse_dates(dated, decide_order({"due_date": dated}).name).days
    return days, (texts_of(grid, column) != "").to_numpy() & np.isnat(days)


def amounts_of(grid: Grid, column: int | None) -> tuple[npt.NDArray[np.int64], Mask]:
    """Return a column as amounts [cents], 0 where blank, and which cells are filled and no amount."""
    if column is None:
        return np.zeros(grid.cells.num_rows, dtype=np.int64), np.zeros(grid.cells.num_rows, dtype=bool)
    read = parse_amounts(grid.cells.column(column), decimal=",", is_workbook=grid.is_workbook)
    return read.cents, read.is_bad
