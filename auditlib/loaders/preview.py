"""The first rows of a sheet as they stand, each with its class: what an auditor looks at to believe a reading."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from auditlib.loaders.grid import Grid

__all__ = ["CELL", "preview_rows"]

FIRST, MOST, AROUND, LAST = 60, 200, 1, 4
"""Rows from the top, rows in all, rows on each side of a rejected one, rows from the bottom."""
COLUMNS, LENGTH = 40, 60
"""Cells of a row and characters of a cell that are kept."""
MIDNIGHT = " 00:00:00"
"""Of a date typed in a spreadsheet."""
CELL = "cell_"
"""Columns of cells are named ``cell_1`` on."""


def preview_rows(grid: Grid, table: pd.DataFrame, skipped: pd.DataFrame) -> pd.DataFrame:
    """Return the first rows of a sheet, its last ones, one of each class and those around each rejected row.

    Parameters
    ----------
    grid : Grid
    table : DataFrame
        Rows loaded; ``source_row``.
    skipped : DataFrame
        `schemas.REJECTED`: the class of the others.

    Returns
    -------
    DataFrame
        ``source_row`` (1-based), ``class`` (``item`` for a row loaded), ``reason``, ``cell_1``…
    """
    rows = _chosen(grid.cells.num_rows, skipped)
    listed = skipped[skipped["source_row"].isin(rows) & (skipped["count"] == 1)]
    listed = listed.drop_duplicates("source_row").set_index("source_row")
    loaded = np.isin(rows, table["source_row"].to_numpy())
    classes = listed["class"].astype("str").reindex(rows).fillna("other_account").to_numpy(dtype=object)
    taken = grid.cells.select(range(min(COLUMNS, grid.cells.num_columns))).take(pa.array(rows - 1))
    frame = pd.DataFrame({
        "source_row": rows, "class": np.where(loaded, "item", classes),
        "reason": np.where(loaded, "", listed["reason"].astype("str").reindex(rows).fillna("").to_numpy(dtype=object)),
    }).astype({"class": "str", "reason": "str"})
    cells = {f"{CELL}{place}": pd.Series([_short(text) for text in column.to_pylist()], dtype="str")
             for place, column in enumerate(taken.itercolumns(), start=1)}
    return pd.concat([frame, pd.DataFrame(cells, index=frame.index)], axis="columns")


def _chosen(count: int, skipped: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Choose rows (1-based, in order); the first ones count most, then the rejected ones."""
    first = np.arange(1, min(FIRST, count) + 1)
    classes = skipped["class"].astype("str")
    rejected = skipped.loc[classes == "rejected", "source_row"].to_numpy(dtype=np.int64)
    near = (rejected[:, None] + np.arange(-AROUND, AROUND + 1)).ravel()
    each = skipped.loc[~classes.duplicated(), "source_row"].to_numpy(dtype=np.int64)
    last = np.arange(max(1, count - LAST + 1), count + 1)
    wanted = pd.unique(np.concatenate([first, each, last, near]))
    return np.sort(wanted[(wanted >= 1) & (wanted <= count)][:MOST])


def _short(text: str) -> str:
    text = text.removesuffix(MIDNIGHT)
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"
