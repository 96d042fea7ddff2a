"""The rows that may explain why a printed total is not that of the rows loaded."""

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from auditlib.loaders.source import Source
from auditlib.loaders.total_scopes import Rows
from auditlib.loaders.values import parse_amounts
from auditlib.schemas import SUSPECTS, empty, validate

__all__ = ["MOST", "amounts_in", "suspected_rows"]

MOST = 10
"""Rows listed of one kind for one total."""
TOTALS_LOOKED_AT = 50
NO_ITEM = ("title", "footer", "page_header", "subtotal", "total", "unused", "customer_header")
"""Classes an item may have been taken for."""


def suspected_rows(source: Source, rows: Rows, compared: pd.DataFrame) -> pd.DataFrame:
    """List, for each printed total that does not agree, the rows that may be why.

    Those rejected among the rows it covers; a row loaded of exactly the difference; one of half of it, whose sign would
    be wrong; the total of a customer of whom no row was loaded; a smaller total that does not agree either; a row taken
    for none that holds the difference. A row stands once for each total, under the first of those that applies.

    Parameters
    ----------
    source : Source
    rows : Rows
        From `auditlib.loaders.printed_totals.rows_under_totals`.
    compared : DataFrame
        From `auditlib.loaders.printed_totals.compared_totals`.

    Returns
    -------
    DataFrame
        `schemas.SUSPECTS`. [cents, VAT included]
    """
    broken = compared[~compared["agrees"]].head(TOTALS_LOOKED_AT)
    if broken.empty:
        return empty(SUSPECTS)
    found = [part.assign(total_row=total["source_row"], difference_cents=total["difference_cents"])
             for total in broken.to_dict("records") for part in _of_total(total, source, rows, broken)]
    listed = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(SUSPECTS.columns))
    listed = listed.drop_duplicates(["source_row", "total_row"])
    return validate(listed.assign(source_file=source.file, source_sheet=source.sheet), SUSPECTS)


def _of_total(
    total: Mapping[Hashable, int], source: Source, rows: Rows, broken: pd.DataFrame,
) -> list[pd.DataFrame]:
    gap = int(total["difference_cents"])
    mask = rows.mask(str(total["scope"]), int(total["number"]))
    first, last = _range(rows, mask, total)
    aside = source.skipped[source.skipped["source_row"].between(first, last) & (
        source.skipped["source_row"] != total["source_row"])]
    return [
        *_rejected(aside, gap), *_loaded(rows.table[mask], gap), *_missing_blocks(rows, first, last, total),
        *_smaller_totals(total, broken), *_taken_for_no_item(aside, gap)]


def _range(rows: Rows, mask: np.ndarray, total: Mapping[Hashable, int]) -> tuple[int, int]:
    """Return the first and last row of the sheet that a total spans, those not loaded included."""
    own = int(total["source_row"])
    if str(total["scope"]) in ("whole", "so_far"):
        return 1, int(max(own, rows.table["source_row"].max()))
    covered = rows.table.loc[mask, "source_row"]
    above = rows.sums.loc[(rows.sums["source_row"] < own) & (rows.sums["class"].astype("str") == str(total["class"])),
                          "source_row"]
    before = int(above.max()) + 1 if len(above) else 1
    return min(before, int(covered.min()) if len(covered) else own), own


def _suspects(rows: pd.DataFrame, suspicion: str, amounts: object) -> pd.DataFrame:
    return pd.DataFrame({
        "source_row": rows["source_row"], "suspicion": suspicion, "text": rows.get("text", ""),
        "amount_cents": amounts}).head(MOST)


def _rejected(aside: pd.DataFrame, gap: int) -> list[pd.DataFrame]:
    refused = aside[aside["class"].astype("str") == "rejected"]
    if refused.empty:
        return []
    same = refused[[abs(gap) in amounts_in(text) for text in refused["text"]]]
    return [_suspects(same, "rejected", -gap) if len(same) else _suspects(refused, "rejected", 0)]


def _taken_for_no_item(aside: pd.DataFrame, gap: int) -> list[pd.DataFrame]:
    others = aside[aside["class"].astype("str").isin(NO_ITEM)]
    held = others[[abs(gap) in amounts_in(text) for text in others["text"]]]
    return [_suspects(held, "not_loaded", -gap)] if len(held) else []


def _loaded(covered: pd.DataFrame, gap: int) -> list[pd.DataFrame]:
    amount = covered["debit"] - covered["credit"]
    same, half = covered[amount == gap], covered[amount * 2 == gap]
    return [_suspects(rows, suspicion, rows["debit"] - rows["credit"])
            for rows, suspicion in ((same, "same_amount"), (half, "sign")) if len(rows)]


def _smaller_totals(total: Mapping[Hashable, int], broken: pd.DataFrame) -> list[pd.DataFrame]:
    """Point from a grand total to the subtotals that do not agree either."""
    if str(total["class"]) != "total":
        return []
    smaller = broken[broken["class"].astype("str") == "subtotal"]
    return [_suspects(smaller, "subtotal", smaller["difference_cents"])] if len(smaller) else []


def _missing_blocks(
    rows: Rows, first: int, last: int, total: Mapping[Hashable, int],
) -> list[pd.DataFrame]:
    """Point to the totals of customers of whom no row was loaded."""
    number = rows.sums["source_row"]
    nobody = rows.sums[rows.is_of_nobody & number.between(first, last) & (number != total["source_row"])]
    balance = (nobody["debit_cents"] - nobody["credit_cents"]).where(
        (nobody["debit_cents"] != 0) | (nobody["credit_cents"] != 0), nobody["balance_cents"])
    missing = nobody[balance != 0]
    return [_suspects(missing, "missing_block", balance[balance != 0])] if len(missing) else []


def amounts_in(text: str) -> set[int]:
    """Return the amounts, without their sign, that the cells of a printed row hold [cents]."""
    cells = [cell for cell in str(text).split(" | ") if any(mark.isdigit() for mark in cell)]
    if not cells:
        return set()
    read = parse_amounts(pa.array(cells), decimal=",")
    return {abs(int(cents)) for cents in read.cents[~(read.is_bad | read.is_missing)]}
