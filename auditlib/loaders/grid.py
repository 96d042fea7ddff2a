"""The raw cells of a sheet or text file, before anything is understood of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Grid", "Mask", "any_filled", "as_texts", "count_filled", "is_filled", "row_text"]

Mask = npt.NDArray[np.bool_]
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
    """

    file: str
    sheet: str
    cells: pa.Table
    decimal: str = "."
    is_workbook: bool = False
    find_uncached: Callable[[], frozenset[int]] = frozenset

    @property
    def name(self) -> str:
        """The file's name, with the sheet where there is one."""
        return f"{self.file}/{self.sheet}" if self.sheet else self.file

    @property
    def filled(self) -> Mask:
        """Which cells hold something: rows by columns."""
        columns = [is_filled(column) for column in self.cells.itercolumns()]
        return np.column_stack(columns) if columns else np.zeros((self.cells.num_rows, 0), dtype=bool)

    def row(self, index: int) -> list[str]:
        """Return the cells of one row, by 0-based index."""
        return [str(value) for record in self.cells.slice(index, 1).to_pylist() for value in record.values()]


def as_texts(columns: list[pa.ChunkedArray | pa.Array]) -> pa.Table:
    """Trim the cells of string columns (non-breaking spaces too), "" where blank."""
    trimmed = [pc.utf8_trim_whitespace(pc.fill_null(column.cast(pa.string()), "")) for column in columns]
    if any(pc.any(pc.is_in(column.slice(0, SAMPLE), value_set=NULLS)).as_py() for column in trimmed):
        trimmed = [pc.if_else(pc.is_in(column, value_set=NULLS), "", column) for column in trimmed]
    return pa.table(dict(zip(map(str, range(len(trimmed))), trimmed, strict=True)))


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
