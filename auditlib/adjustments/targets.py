"""What each correction is about: its item found by its row, and held against what is written of it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.adjustment_words import OF_CUSTOMER
from auditlib.amounts import format_amount
from auditlib.texts import translator

__all__ = ["DESIGNATED", "designation", "find_designated", "find_targets"]

SEPARATOR = " | "
DESIGNATED = ("document_ref", "amount_cents", "source_file", "source_sheet", "source_row")
"""What designates an item in one cell, in this order."""
NEEDED = ["movement_id", "customer_id", "kind", "document_date", "due_date", "document_ref", "amount_cents",
          "matching_code", "currency", "source_file", "source_sheet", "source_row"]
Row = Mapping[Any, Any]
"""A row of a table, by column."""


def find_targets(
    rows: pd.DataFrame, *, movements: pd.DataFrame, customers: pd.DataFrame, language: str,
) -> pd.DataFrame:
    """Find the item of each correction, or the customer where it is about one.

    Parameters
    ----------
    rows : DataFrame
        `schemas.ADJUSTMENTS`.
    movements, customers : DataFrame
        `schemas.MOVEMENTS`, `schemas.CUSTOMERS`.
    language : {"fr", "en"}

    Returns
    -------
    DataFrame
        The rows with ``movement`` (position of the item, -1 for none) and, where nothing is found, ``status`` rejected
        and ``why``.
    """
    named = _candidates(movements, rows["source_row"].tolist())
    known = set(customers["customer_id"].astype("str"))
    found = [_judged(row, named, movements, known, language) for row in rows.to_dict("records")]
    judged = rows.assign(movement=[place for place, _ in found], why=[why for _, why in found])
    return judged.assign(status=["rejected" if why else "read" for why in judged["why"]])


def designation(item: Row) -> str:
    """Designate an item in one cell, so that it is found again or seen to be another.

    Examples
    --------
    >>> designation({"source_file": "gl.xlsx", "source_sheet": "GL", "source_row": 12, "document_ref": "F1",
    ...              "amount_cents": 120000})
    'F1 | 1200.00 | gl.xlsx | GL | 12'
    """
    amount = int(item["amount_cents"])
    whole, cents = divmod(abs(amount), 100)
    written = {**item, "amount_cents": f"{'-' * (amount < 0)}{whole}.{cents:02d}"}
    return SEPARATOR.join(str(written[name]).strip() for name in DESIGNATED)


def find_designated(text: str, *, movements: pd.DataFrame, customer: str, debit: bool) -> int:
    """Find the item that a cell names: by `designation`, else by the reference of one item of that customer and side.

    Returns
    -------
    int
        Position of the item; -1 where there is none, or several.
    """
    parts = [part.strip() for part in text.split(SEPARATOR.strip())]
    if len(parts) == len(DESIGNATED):
        near = _candidates(movements, [int(part) for part in parts[-1:] if part.isdigit()])
        same = np.array([designation(item) == SEPARATOR.join(parts) for item in near.to_dict("records")], dtype=bool)
    else:
        near = movements[NEEDED].take(np.flatnonzero((movements["customer_id"] == customer).to_numpy()))
        same = (near["document_ref"].astype("str").str.strip() == text.strip()).to_numpy()
    held = near.loc[same & (near["amount_cents"] > 0).eq(debit).to_numpy(), "movement_id"].tolist()
    return int(held[0]) if len(held) == 1 else -1


def _candidates(movements: pd.DataFrame, rows: list[int]) -> pd.DataFrame:
    """Return the few items that stand in one of some rows of whatever sheet."""
    chosen = np.flatnonzero(movements["source_row"].isin(rows).to_numpy())
    return movements[NEEDED].take(chosen)


def _judged(row: Row, named: pd.DataFrame, movements: pd.DataFrame, known: set[str], language: str) -> tuple[int, str]:
    """Return the item of one correction and why it has none."""
    _ = translator(language).gettext
    if row["status"] == "rejected":
        return -1, row["why"]
    if row["change"] in OF_CUSTOMER:
        return -1, "" if row["customer_id"] in known else _("client inconnu des documents : {customer}").format(
            customer=row["customer_id"])
    here = named[_stands_at(named, row)]
    same = here[_is_same(here, row)]
    if len(same) > 1 and pd.notna(row["due_date"]):
        same = same[same["due_date"] == row["due_date"]]
    if len(same) == 1:
        return int(same["movement_id"].iloc[0]), ""
    if len(same) > 1:
        return -1, _("plusieurs échéances de cette ligne ont ce montant : indiquer l’échéance visée")
    return -1, " ; ".join(filter(None, (_instead(here, language), _elsewhere(row, movements, language))))


def _stands_at(items: pd.DataFrame, row: Row) -> npt.NDArray[np.bool_]:
    """Tell the items of the row designated; a sheet left blank is any sheet of the file."""
    at = (items["source_row"] == row["source_row"]) & (items["source_file"].astype("str") == row["source_file"])
    of_sheet = items["source_sheet"].astype("str") == row["source_sheet"]
    held: npt.NDArray[np.bool_] = (at & (of_sheet | (row["source_sheet"] == ""))).to_numpy()
    return held


def _is_same(items: pd.DataFrame, row: Row) -> npt.NDArray[np.bool_]:
    """Tell the items that are what is written of the target: customer (where given), reference and amount."""
    same = (items["amount_cents"] == row["amount_cents"]) & (
        items["document_ref"].astype("str").str.strip() == str(row["document_ref"]).strip())
    held: npt.NDArray[np.bool_] = (same & (
        (items["customer_id"].astype("str") == row["customer_id"]) | (row["customer_id"] == ""))).to_numpy()
    return held


def _instead(here: pd.DataFrame, language: str) -> str:
    _ = translator(language).gettext
    if here.empty:
        return _("aucune pièce n’est à cette ligne de ce fichier")
    item = here.iloc[0]
    amount = format_amount(int(item["amount_cents"]), currency=str(item["currency"]) or "EUR", language=language)
    return _("cette ligne porte une autre pièce : {reference}, {amount}").format(
        reference=item["document_ref"] or "–", amount=amount)


def _elsewhere(row: Row, movements: pd.DataFrame, language: str) -> str:
    """Say where the item may stand now: one, and one only, is the same elsewhere."""
    near = movements[NEEDED].take(np.flatnonzero((movements["amount_cents"] == row["amount_cents"]).to_numpy()))
    same = near[_is_same(near, row)]
    if len(same) != 1 or not row["document_ref"]:
        return ""
    item = same.iloc[0]
    return translator(language).gettext("elle est sans doute en {file}, ligne {row}").format(
        file=item["source_file"], row=item["source_row"])
