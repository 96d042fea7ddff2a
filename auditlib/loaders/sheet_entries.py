"""The entries of a sheet that has accounts: every line kept compact, those of other accounts classed apart."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.fec import empty_entries, is_in_perimeter, read_entries
from auditlib.loaders.parsed import Parsed
from auditlib.loaders.sheet_amounts import two_sides

__all__ = ["sheet_entries"]


def sheet_entries(
    parsed: Parsed, body: npt.NDArray[np.str_], *, body_row: int, perimeter: tuple[str, ...],
) -> pd.DataFrame:
    """Keep every line of a file with accounts, and class those outside the perimeter apart.

    A file whose accounts are all outside (codes of another chart) is left whole.

    Parameters
    ----------
    parsed : Parsed
    body : ndarray of str
        Classes of its rows; lines outside the perimeter become ``other_account`` in it.
    body_row : int
        0-based row of the sheet where the body starts.
    perimeter : tuple of str
    """
    items = body == "item"
    accounts = parsed.texts("account").filter(items)
    inside = is_in_perimeter(accounts, perimeter)
    if not inside.any():
        return empty_entries()
    number = "entry_number" if "entry_number" in parsed.roles else "document_ref"
    texts = {role: parsed.texts(role).filter(items) for role in ("journal", "account_name", "customer_id")}
    day = next((parsed.dates[role].days for role in ("posting_date", *parsed.dates) if role in parsed.dates), None)
    days = np.full(len(inside), "NaT", dtype="datetime64[s]") if day is None else day[items]
    debit, credit = two_sides(parsed)
    body[np.flatnonzero(items)[~inside]] = "other_account"
    return read_entries(
        texts | {"account": accounts, "entry_number": parsed.texts(number).filter(items)},
        days,
        debit[items],
        credit[items],
        np.flatnonzero(items) + body_row + 1,
    )
