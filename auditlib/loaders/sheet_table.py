"""The loaded rows of a sheet as a frame of roles."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from auditlib.loaders.grid import Mask
from auditlib.loaders.grouped import Groups
from auditlib.loaders.parsed import Parsed
from auditlib.loaders.values import repair_identifiers

__all__ = ["build_table"]

IDENTIFIERS = frozenset(
    (
        "customer_id",
        "account",
        "document_ref",
        "entry_number",
        "siren",
        "matching_code",
        "group_id",
        "legal_category",
        "journal",
    )
)
CUSTOMER = ("customer_id", "customer_name")
RARELY_BLANK = 0.2
"""Below this share a blank customer code is a gap of the file, not a merged cell."""


def build_table(parsed: Parsed, kept: Mask, *, body_row: int, groups: Groups | None) -> pd.DataFrame:
    """Put rows of a body into a frame whose columns are roles.

    Parameters
    ----------
    parsed : Parsed
    kept : ndarray of bool
        Body rows to take; the frame's index is their number.
    body_row : int
        0-based row of the sheet where the body starts.
    groups : Groups, optional
        Customers of a grouped ledger.
    """
    rows = np.flatnonzero(kept)
    taken = {mapped.role: _column(parsed, mapped.role, rows) for mapped in parsed.columns if mapped.role != "side"}
    table = pd.DataFrame(taken, index=rows)
    table["source_row"] = rows + body_row + 1
    if groups is not None:
        if groups.has_codes:
            table["customer_id"] = pd.Series(groups.customer_id[rows], index=rows, dtype="str")
        table["customer_name"] = pd.Series(groups.customer_name[rows], index=rows, dtype="str")
    elif "account" not in parsed.roles:
        table = _fill_down(table, next((role for role in CUSTOMER if role in parsed.roles), ""))
    return table


def _column(parsed: Parsed, role: str, rows: npt.NDArray[np.int64]) -> pd.Series:
    if role in parsed.dates:
        return pd.Series(parsed.dates[role].days[rows], index=rows)
    if role in parsed.amounts:
        return pd.Series(parsed.amounts[role].cents[rows], index=rows)
    texts = parsed.texts(role).take(pa.array(rows))
    return pd.Series(repair_identifiers(texts) if role in IDENTIFIERS else texts, index=rows, dtype="str")


def _fill_down(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """Repeat a customer printed only once, on the first of his rows (merged cells)."""
    if not key:
        return table
    blank = table[key] == ""
    if blank.mean() < RARELY_BLANK or (len(table) and blank.iloc[0]):
        return table
    for role in CUSTOMER:
        if role in table:
            table[role] = table[role].mask(blank & (table[role] == "")).ffill().fillna("")
    return table
