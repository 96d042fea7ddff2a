"""Invoices due in several parts: one item a due date, their amounts the invoice's to the cent."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.schedules import Part, read_schedule, shares
from auditlib.loaders.terms import due_dates

__all__ = ["first_due_dates", "over_parts", "split_instalments", "whole_invoices"]

Cents = npt.NDArray[np.int64]
PLACE = ("source_file", "source_sheet", "source_row")
BESIDE = ("foreign_amount_cents", "vat_cents")
"""Amounts that follow the item's own."""


def first_due_dates(documents: pd.Series, phrases: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Add to each document date the terms written beside it.

    Parameters
    ----------
    documents : Series of datetime64
    phrases : Series of str

    Returns
    -------
    due : Series of datetime64[s]
        Of the first part; missing where the terms are not understood.
    is_parted : Series of bool
        Where there are several parts.
    """
    due = pd.Series(pd.NaT, index=documents.index, dtype="datetime64[s]")
    is_parted = pd.Series(False, index=documents.index)
    for phrase in phrases.unique():
        if parts := read_schedule(str(phrase)):
            rows = phrases == phrase
            due[rows] = due_dates(documents[rows], parts[0].terms)
            is_parted[rows] = len(parts) > 1
    return due, is_parted


def split_instalments(movements: pd.DataFrame, phrases: pd.Series, documents: pd.Series) -> pd.DataFrame:
    """Make one item a due date of the items whose terms have several parts.

    What is open of an invoice paid in part is what falls due last: its first parts are paid first.

    Parameters
    ----------
    movements : DataFrame
        ``amount_cents``, ``original_amount_cents`` and ``due_date``.
    phrases : Series of str
        Terms in several parts, "" for the items left whole.
    documents : Series of datetime64
        What the terms count from.

    Returns
    -------
    DataFrame
        Parts stand together in the place of their item, each with its source row. [cents]
    """
    parted = phrases[phrases != ""]
    if parted.empty:
        return movements
    place = pd.Series(np.arange(len(movements)), index=movements.index)
    frames, places = [movements[phrases == ""]], [place[phrases == ""]]
    for phrase in parted.unique():
        rows = parted.index[parted == phrase]
        parts = read_schedule(str(phrase)) or ()
        frames += _parts_of(movements.loc[rows], parts, documents.loc[rows])
        places += [place.loc[rows]] * len(parts)
    order = np.argsort(pd.concat(places).to_numpy(), kind="stable")
    return pd.concat(frames).iloc[order].reset_index(drop=True)


def whole_invoices(movements: pd.DataFrame) -> pd.DataFrame:
    """Return the debits, each part of an invoice with the amount of all its parts. [cents]."""
    debits = movements[movements["amount_cents"] > 0]
    if not debits.duplicated(list(PLACE)).any():
        return debits
    return debits.assign(
        amount_cents=debits.groupby(list(PLACE), observed=True)["amount_cents"].transform("sum"))


def over_parts(named: pd.DataFrame, movements: pd.DataFrame) -> pd.DataFrame:
    """Lay an amount of an invoice (a dispute's) over its parts, from what falls due last, as what is open of it is.

    Parameters
    ----------
    named : DataFrame
        ``movement_id`` (one part of the invoice) and ``amount_cents``, whatever else is kept.
    movements : DataFrame
        With ``movement_id``, the source's file, sheet and row, and the part's amount and due date.

    Returns
    -------
    DataFrame
        A row for each part that has some of it; what is more than the invoice stays on its last part. [cents]
    """
    place = list(PLACE)
    parts = movements.loc[movements["amount_cents"] > 0, [*place, "movement_id", "amount_cents", "due_date"]]
    parts = parts[parts.duplicated(place, keep=False)].astype({"source_file": "str", "source_sheet": "str"})
    parted = named["movement_id"].isin(parts["movement_id"])
    if not parted.any():
        return named
    found = named[parted].assign(nth=np.arange(int(parted.sum()))).merge(parts[[*place, "movement_id"]])
    spread = found.drop(columns="movement_id").merge(
        parts.rename(columns={"amount_cents": "part_cents"}), on=place).sort_values(
            ["nth", "due_date"], ascending=[True, False], kind="stable")
    before = spread.groupby("nth")["part_cents"].cumsum() - spread["part_cents"]
    left = (spread["amount_cents"] - before).clip(lower=0)
    whole = spread.groupby("nth")["part_cents"].transform("sum")
    excess = (spread["amount_cents"] - whole).clip(lower=0).where(before == 0, 0)
    laid = spread.assign(amount_cents=np.minimum(left, spread["part_cents"]) + excess)
    laid = laid.loc[laid["amount_cents"] > 0, named.columns]
    return pd.concat([named[~parted], laid], ignore_index=True)


def _parts_of(items: pd.DataFrame, parts: tuple[Part, ...], documents: pd.Series) -> list[pd.DataFrame]:
    """Return the first parts of some items, then their second parts, and so on."""
    amount = items["amount_cents"].to_numpy()
    original = items["original_amount_cents"].to_numpy() if "original_amount_cents" in items else amount
    whole = shares(parts, original)
    is_paid_in_part = (amount > 0) & (amount < original)
    own = np.where(is_paid_in_part[:, None], _left(whole, amount), shares(parts, amount))
    beside = {name: _alike(items[name].to_numpy(), own) for name in BESIDE if name in items}
    found = []
    for nth, part in enumerate(parts):
        columns = {"amount_cents": own[:, nth], **{name: split[:, nth] for name, split in beside.items()}}
        if "original_amount_cents" in items:
            columns["original_amount_cents"] = whole[:, nth]
        found.append(items.assign(**columns, due_date=due_dates(documents, part.terms)))
    return found


def _left(whole: Cents, amount: Cents) -> Cents:
    """Lay what is open of each invoice on its parts from the last backwards."""
    later = whole[:, ::-1].cumsum(axis=1)[:, ::-1] - whole
    left: Cents = np.clip(amount[:, None] - later, 0, whole)
    return left


def _alike(total: Cents, own: Cents) -> Cents:
    """Split an amount in the proportion of others, to the cent."""
    whole = own.sum(axis=1)
    upto = np.rint(total[:, None] * (own.cumsum(axis=1) / np.where(whole == 0, 1, whole)[:, None])).astype(np.int64)
    upto[:, -1] = total
    return np.diff(upto, axis=1, prepend=0)
