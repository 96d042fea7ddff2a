"""The raw cells of a sheet or text file, before anything is understood of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.parallel import each

__all__ = [
    "Grid",
    "Mask",
    "Note",
    "any_filled",
    "as_grid_cells",
    "as_texts",
    "count_filled",
    "hidden_note",
    "is_filled",
    "row_text",
]

Mask = npt.NDArray[np.bool_]
Note = tuple[str, str, str]
"""A finding of the way a file is written: code, severity, French sentence."""
HEAD_ROWS = 120
"""A header further down is none."""
NULLS = pa.array(["NULL", "(null)", "<null>"])
"""How a query writes that a cell is blank."""
SAMPLE = 10_000
"""Rows among which an export of a query has at least one of them."""


@dataclass(frozen=True)
class Grid:
    """Cells as texts, "" where blank, trimmed.

    Attributes
    ----------
    file, sheet : str
    cells : Table
        String columns; row i is row i + 1 of the sheet.
    decimal : str
        Decimal mark taken where the cells of a column leave the choice open.
    is_workbook : bool
    find_uncached : callable
        Returns the 1-based rows with a formula whose result was not stored; asked only where amounts lack.
    labels : tuple of str
        What the columns are called, where no row of the file says it; all rows are then its body.
    certainty : float
        In the labels, from 0 to 1.
    aside : frozenset of int
        0-based rows that are no row of the table, such as the other records of an exchange file.
    notes : tuple of Note
        What the auditor must know of the way the file is written.
    """

    file: str
    sheet: str
    cells: pa.Table
    decimal: str = "."
    is_workbook: bool = False
    find_uncached: Callable[[], frozenset[int]] = frozenset
    labels: tuple[str, ...] = ()
    certainty: float = 1.0
    aside: frozenset[int] = frozenset()
    notes: tuple[Note, ...] = ()

    @property
    def name(self) -> str:
        """The file's name, with the sheet where there is one."""
        return f"{self.file}/{self.sheet}" if self.sheet else self.file

    @property
    def filled(self) -> Mask:
        """Which cells hold something: rows by columns."""
        columns = [is_filled(column) for column in self.cells.itercolumns()]
        return np.column_stack(columns) if columns else np.zeros((self.cells.num_rows, 0), dtype=bool)

    @cached_property
    def head(self) -> list[list[str]]:
        """The cells of the first rows, which every look for a header goes through."""
        columns = [column.to_pylist() for column in self.cells.slice(0, HEAD_ROWS).itercolumns()]
        return [list(row) for row in zip(*columns, strict=True)]

    def renamed(self, sheet: str) -> "Grid":
        """Return the same cells as a sheet of another name."""
        return replace(self, sheet=sheet)

    def row(self, index: int) -> list[str]:
        """Return the cells of one row, by 0-based index."""
        if index < len(self.head):
            return list(self.head[index])
        return [str(value) for record in self.cells.slice(index, 1).to_pylist() for value in record.values()]


def as_texts(columns: list[pa.ChunkedArray | pa.Array]) -> pa.Table:
    """Trim the cells of string columns (non-breaking spaces too), "" where blank."""
    trimmed = each(_trimmed, columns)
    if any(pc.any(pc.is_in(column.slice(0, SAMPLE), value_set=NULLS)).as_py() for column in trimmed):
        trimmed = [pc.if_else(pc.is_in(column, value_set=NULLS), "", column) for column in trimmed]
    return pa.table(dict(zip(map(str, range(len(trimmed))), trimmed, strict=True)))


def _trimmed(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    return pc.utf8_trim_whitespace(pc.fill_null(column.cast(pa.string()), ""))


def as_grid_cells(rows: Sequence[Sequence[str]]) -> pa.Table:
    """Put rows of uneven length side by side, without the blank ones at their end."""
    last = max((number for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)), default=0)
    width = max(map(len, rows[:last]), default=0)
    columns = [
        pa.array([row[place] if place < len(row) else "" for row in rows[:last]], pa.string()) for place in range(width)
    ]
    return as_texts(columns)


def hidden_note(sheet: str) -> tuple[Note, ...]:
    """Say that a sheet is hidden: the client may not know that it was sent."""
    return (("hidden_sheet", "warning", f"la feuille « {sheet} » est masquée dans le classeur ; elle est lue."),)


def is_filled(column: pa.ChunkedArray | pa.Array) -> Mask:
    """Tell which texts are not blank."""
    return np.asarray(pc.not_equal(column, ""))


def any_filled(cells: pa.Table) -> Mask:
    """Tell which rows hold something."""
    result = np.zeros(cells.num_rows, dtype=bool)
    for column in cells.itercolumns():
        result |= is_filled(column)
    return result


def count_filled(cells: pa.Table, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Count the cells of some rows that hold something."""
    taken = cells.take(pa.array(rows))
    result = np.zeros(len(rows), dtype=np.int64)
    for column in taken.itercolumns():
        result += is_filled(column)
    return result


def row_text(cells: pa.Table, rows: npt.NDArray[np.int64]) -> pa.Array:
    """Join the cells of some rows into one text each, blank cells left out."""
    taken = cells.take(pa.array(rows))
    if taken.num_columns == 0:
        return pa.array([""] * len(rows), pa.string())
    # a first text that is never null: pyarrow drops the rows whose texts are all null
    never_null = pa.array([""] * len(rows), pa.string())
    columns = [pc.if_else(pc.equal(column, ""), None, column).combine_chunks() for column in taken.itercolumns()]
    joined = pc.binary_join_element_wise(never_null, *columns, " | ", null_handling="skip")
    return pc.utf8_slice_codeunits(joined, 3)
