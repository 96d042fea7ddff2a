"""The top of each later page of a print-out: the title lines and the header, printed again among the items."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.grid import Mask, row_text

__all__ = ["repeats_header", "repeats_title"]


def repeats_header(body: pa.Table, line: tuple[str, ...]) -> Mask:
    """Tell the rows that print the header again (the top of a new page)."""
    labelled = [(place, label) for place, label in enumerate(line) if label]
    same = np.zeros(body.num_rows, dtype=np.int64)
    for place, label in labelled:
        same += np.asarray(pc.equal(body.column(place), label))
    return same >= max(2, round(0.6 * len(labelled)))


def repeats_title(body: pa.Table, titles: pa.Table) -> Mask:
    """Tell the rows that print a line of the title block again, whatever their page number."""
    lines = _without_page(row_text(titles, np.arange(titles.num_rows)))
    filled = [[(place, cell) for place, cell in enumerate(line.values()) if cell] for line in titles.to_pylist()]
    again = np.zeros(body.num_rows, dtype=bool)
    for place, cell in {cells[0] for cells in filled if cells}:
        again |= np.asarray(pc.equal(body.column(place), cell))
    rows = np.flatnonzero(again)
    worded = pc.filter(lines, pc.match_substring_regex(lines, r"[A-Za-z]{3}"))
    again[rows] = np.asarray(pc.is_in(_without_page(row_text(body, rows)), value_set=worded), dtype=bool)
    return again


def _without_page(texts: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(texts, r" \| \d{1,4}$", "")
