"""Summaries with parts under a customer: his own row, a row a part (a job, a site), and a total that closes them."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from auditlib.loaders.parsed import Parsed

__all__ = ["owners_of_parts"]

CLOSING = "total "
COUNTED = ("item", "words", "title", "subtotal")


def owners_of_parts(parsed: Parsed, body: npt.NDArray[np.str_]) -> pd.Series:
    """Find the customer of each part, and class the totals that close the parts as subtotals.

    A row "Total X" closes the rows from the last row X on if their amounts add up to its own; so a customer whose
    name starts with that word is left alone.

    Parameters
    ----------
    parsed : Parsed
        A summary whose customers have names only.
    body : ndarray of str
        Classes of the body's rows; changed in place.

    Returns
    -------
    Series of str
        Customer by body row, only of the rows inside such a block.
    """
    owners: dict[int, str] = {}
    texts = parsed.texts("customer_name")
    if not pc.any(pc.match_substring_regex(texts, rf"(?i)^{CLOSING}")).as_py():
        return pd.Series(owners, dtype="str")
    amounts = _amounts(parsed)
    opened: dict[str, int] = {}
    for row in np.flatnonzero(np.isin(body, COUNTED)):
        label = str(texts[int(row)])
        name = label[len(CLOSING) :].strip() if label.lower().startswith(CLOSING) else ""
        start = opened.pop(name, -1)
        if start >= 0 and row > start + 1 and (amounts[start:row].sum(axis=0) == amounts[row]).all():
            body[row] = "subtotal"
            owners |= dict.fromkeys(range(start, int(row)), name)
        else:
            opened[label] = int(row)
    return pd.Series(owners, dtype="str")


def _amounts(parsed: Parsed) -> npt.NDArray[np.int64]:
    """Return the columns of amounts [cents], those of the ages and the total, rows by columns."""
    return np.column_stack([
        read.cents for role, read in parsed.amounts.items() if role.startswith("bucket:") or role == "total_cents"])
