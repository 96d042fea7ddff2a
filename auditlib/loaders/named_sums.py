"""Rows of a summary that are called a total of something: told from customers so named by adding up the rows above."""

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from auditlib.loaders.grid import row_text
from auditlib.loaders.parsed import Parsed

__all__ = ["named_sums"]

CALLED = r"(?i)^\W*(?:sous[- ]?|sub[- ]?)?tota(?:l|ux)\b"


def named_sums(parsed: Parsed, classes: npt.NDArray[np.str_]) -> npt.NDArray[np.int64]:
    """Find the items called a total whose amounts are those of all the items since the sum before (body rows).

    Parameters
    ----------
    parsed : Parsed
    classes : ndarray of str
        Classes of the body's rows.
    """
    rows = np.flatnonzero((classes == "item") | (classes == "total") | (classes == "subtotal"))
    called = np.asarray(pc.match_substring_regex(row_text(parsed.cells, rows), CALLED), dtype=bool)
    read = [amounts.cents for amounts in parsed.amounts.values()]
    if not called.any() or not read:
        return np.array([], dtype=np.int64)
    cents = np.column_stack(read)[rows]
    found, start = [], 0
    for place in np.flatnonzero(called | (classes[rows] != "item")).tolist():
        is_sum = bool(cents[place].any()) and bool((cents[start:place].sum(axis=0) == cents[place]).all())
        if is_sum and classes[rows[place]] == "item":
            found.append(rows[place])
        if is_sum or classes[rows[place]] != "item":
            start = place + 1
    return np.array(found, dtype=np.int64)
