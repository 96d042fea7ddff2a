"""Rows that are not items: the sums a document prints, and the list of what was left out and why."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.grid import Grid, Mask, row_text
from auditlib.loaders.grouped import Groups
from auditlib.loaders.row_words import PERCENTAGE

__all__ = ["SUMS", "is_percentage", "no_printed_totals", "printed_totals", "skipped_rows", "sums_of_sums"]

PRINTED = {
    "source_row": "int64",
    "class": "str",
    "customer_id": "str",
    "debit_cents": "int64",
    "credit_cents": "int64",
    "balance_cents": "int64",
}
SUMS = ("subtotal", "total", "carried_forward")
TEXT_LENGTH = 300


def no_printed_totals() -> pd.DataFrame:
    """Return printed totals without a row."""
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in PRINTED.items()})


def is_percentage(cells: pa.Table, body: npt.NDArray[np.str_]) -> Mask:
    """Tell the sums that print shares of the whole, and no amounts."""
    sums = np.flatnonzero(np.isin(body, SUMS))
    shares = np.zeros(len(body), dtype=bool)
    shares[sums] = np.asarray(pc.match_substring_regex(row_text(cells, sums), PERCENTAGE), dtype=bool)
    return shares


def sums_of_sums(body: npt.NDArray[np.str_]) -> npt.NDArray[np.int64]:
    """Find the subtotals with no item since the sum before: they add up other sums (body rows).

    Where all subtotals stand together, one per currency at the end of a list, each of them is such a sum.
    """
    sums = np.flatnonzero(body == "subtotal")
    items = np.cumsum(np.isin(body, ["item", "rejected", "customer_header"]))[sums]
    if len(sums) > 1 and items[0] == items[-1]:
        return sums
    of_sums: npt.NDArray[np.int64] = sums[1:][items[1:] == items[:-1]]
    return of_sums


def printed_totals(
    table: pd.DataFrame, body: npt.NDArray[np.str_], *, body_row: int, groups: Groups | None
) -> pd.DataFrame:
    """Return the sums a document prints: subtotals, totals, amounts carried forward.

    Parameters
    ----------
    table : DataFrame
        Items and sums by role; its index is the row of the body.
    body : ndarray of str
        Class of each row of the body.
    body_row : int
        0-based row of the sheet where the body starts.
    groups : Groups, optional
        Customers of a grouped ledger.
    """
    part = table[np.isin(body[table.index], SUMS)]
    rows = part.index.to_numpy()
    nil = pd.Series(0, index=part.index)
    single = next((role for role in ("total_cents", "open_amount_cents", "amount_cents") if role in part), "")
    debit, credit = part.get("debit_cents", nil), part.get("credit_cents", nil)
    names = part.get("customer_id", pd.Series("", index=part.index)).to_numpy(dtype=object)
    if groups is not None:
        names = groups.customer_id[rows] if groups.has_codes else groups.customer_name[rows]
    classes = body[rows]
    names = _of_rows_above(table, body, names)
    return pd.DataFrame(
        {
            "source_row": rows + body_row + 1,
            "class": classes,
            "customer_id": np.where(classes == "total", "", names),
            "debit_cents": debit.to_numpy(),
            "credit_cents": credit.to_numpy(),
            "balance_cents": (part[single] if single else debit - credit).to_numpy(),
        }
    ).astype(PRINTED)


def _of_rows_above(
    table: pd.DataFrame, body: npt.NDArray[np.str_], names: npt.NDArray[np.object_]
) -> npt.NDArray[np.object_]:
    """Give a sum that names no customer to the one of the rows above it, if those are all the rows he has."""
    is_sum = np.isin(body[table.index], SUMS)
    if not is_sum.any():
        return names
    blank = pd.Series("", index=table.index, dtype="str")
    codes, called = table.get("customer_id", blank), table.get("customer_name", blank)
    keys = codes.where(codes != "", called)
    items = pd.DataFrame({"block": np.cumsum(is_sum), "key": keys.to_numpy()})[body[table.index] == "item"]
    unknown = ~pd.Series(names).isin(items["key"].unique()).to_numpy() | (names == "")
    if not unknown.any():
        return names
    blocks = items.groupby("block")["key"].agg(["nunique", "first", "size"])
    whole = blocks["size"] == blocks["first"].map(items["key"].value_counts())
    of_one = blocks["first"].where(whole & (blocks["nunique"] == 1), "")
    told = of_one.reindex(range(len(names)), fill_value="").to_numpy(dtype=object)
    return np.where(unknown & (told != ""), told, names)


def skipped_rows(
    grid: Grid,
    classes: npt.NDArray[np.str_],
    reasons: dict[int, str],
    left_out: Mask,
    *,
    aggregates_accounts: bool = False,
) -> pd.DataFrame:
    """List the rows that are not loaded, with ``count`` rows each.

    Parameters
    ----------
    grid : Grid
    classes : ndarray of str
        Of every row of the sheet.
    reasons : dict
        Why a row was rejected, by 0-based row.
    left_out : ndarray of bool
    aggregates_accounts : bool
        The lines of other accounts are one row (an FEC has millions).
    """
    others = left_out & (classes == "other_account") if aggregates_accounts else np.zeros(len(classes), dtype=bool)
    rows = np.flatnonzero(left_out & ~others)
    text = pc.utf8_slice_codeunits(row_text(grid.cells, rows), 0, TEXT_LENGTH)
    frame: dict[str, Any] = {
        "source_file": grid.file,
        "source_sheet": grid.sheet,
        "source_row": rows + 1,
        "class": classes[rows].astype(object),
        "reason": [reasons.get(int(row), "") for row in rows],
        "text": pd.Series(text, dtype="str"),
        "count": np.ones(len(rows), dtype=np.int64),
    }
    listed = pd.DataFrame(frame)
    if not others.any():
        return listed
    aggregate = pd.DataFrame(
        {
            "source_file": [grid.file],
            "source_sheet": [grid.sheet],
            "source_row": [int(np.flatnonzero(others)[0]) + 1],
            "class": ["other_account"],
            "reason": ["account outside the perimeter"],
            "text": [""],
            "count": [int(others.sum())],
        }
    )
    return pd.concat([listed, aggregate], ignore_index=True)
