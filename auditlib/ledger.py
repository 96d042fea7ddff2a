"""The ledger of an engagement: items, what cleared them, and the claims they carry on."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib import matching
from auditlib.claims import carried_origins, is_carrying
from auditlib.dates import day_number, day_numbers
from auditlib.errors import BadInputError
from auditlib.matching import MatchingReport
from auditlib.matching.end_to_end import lay_end_to_end
from auditlib.matching.postings import Ints
from auditlib.parameters import Method
from auditlib.schemas import ALLOCATIONS, ITEMS, empty, validate

__all__ = ["Ledger", "build_ledger", "is_lump_opening"]


@dataclass(frozen=True)
class Ledger:
    """Everything posted on or before a date, and what cleared what.

    Attributes
    ----------
    items : DataFrame, schema ITEMS
        In posting order by customer; ``item_id`` is the row position.
    allocations : DataFrame, schema ALLOCATIONS
        On ``item_id``; no date is later than ``as_of_date``.
    as_of_date : date
    matching : MatchingReport
    """

    items: pd.DataFrame
    allocations: pd.DataFrame
    as_of_date: dt.date
    matching: MatchingReport


def build_ledger(
    movements: pd.DataFrame, *, as_of_date: dt.date, method: Method, replayable: bool = True,
) -> Ledger:
    """Match a client's movements and carry transferred and returned claims on.

    Parameters
    ----------
    movements : DataFrame, schema MOVEMENTS
    as_of_date : date
        Movements posted later are left out. [end of day]
    method : Method
        The engagement's choices; ``matching``, ``lettering_threshold`` and ``fiscal_year_end`` are used.
    replayable : bool
        False for a list of open items: each row is what is left at the list's date, so nothing is matched.

    Raises
    ------
    BadInputError
        If nothing was posted by ``as_of_date``.
    """
    posted = movements[day_numbers(movements["posting_date"]) <= day_number(as_of_date)]
    if not len(posted):
        first = movements["posting_date"].min()
        raise BadInputError(f"as-of date {as_of_date:%d/%m/%Y} is before the first movement ({first:%d/%m/%Y}); "
                            "give a later as_of_date or earlier documents")
    ordered = posted.iloc[matching.posting_order(posted)].reset_index(drop=True)
    if replayable:
        allocations, report = matching.allocate(
            ordered, as_of_date=as_of_date, method=method.matching, threshold=method.lettering_threshold,
            fiscal_year_end=method.fiscal_year_end)
    else:
        allocations, report = empty(ALLOCATIONS), _unmatched()
    items, allocations = _with_claims(ordered, allocations)
    return Ledger(items, allocations, as_of_date, report)


def _unmatched() -> MatchingReport:
    return MatchingReport("none", "none", None, broken=pd.DataFrame(), proposals=empty(ALLOCATIONS))


def _with_claims(movements: pd.DataFrame, allocations: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split each carrying debit into the claims it stands for, and its allocations with it."""
    carried = carried_origins(movements, allocations)
    pieces = _pieces(movements, carried)
    items = movements.iloc[pieces["movement"]].reset_index(drop=True)
    item_of_single = pd.Series(pieces.index, index=pieces["movement"]).groupby(level=0).first()
    origin = pieces["origin"].map(item_of_single).fillna(-1).astype("int64").to_numpy()
    # A movement that is itself split is carried on from its first piece: its claims share one history.
    items = items.assign(
        item_id=np.arange(len(items)), origin_id=origin, amount_cents=pieces["amount_cents"].to_numpy(),
        is_terms_confirmed=items.get("is_terms_confirmed", pd.Series(False, index=items.index)))
    items = _with_original_dates(items)
    return validate(items, ITEMS), _reallocated(allocations, pieces)


def _pieces(movements: pd.DataFrame, carried: pd.DataFrame) -> pd.DataFrame:
    """List the items of all movements, in posting order: a carrier has one for each claim, oldest due first."""
    whole = pd.DataFrame({
        "movement": np.arange(len(movements)), "origin": -1, "amount_cents": movements["amount_cents"].to_numpy()})
    if not len(carried):
        return whole
    due = day_numbers(movements["due_date"])[carried["origin"]]
    claims = carried.rename(columns={"carrier": "movement"}).assign(due=due)
    covered = claims.groupby("movement")["amount_cents"].sum()
    whole.loc[covered.index, "amount_cents"] -= covered.to_numpy()
    rest = whole[~whole["movement"].isin(covered.index) | (whole["amount_cents"] > 0)]
    pieces = pd.concat([claims, rest.assign(due=np.iinfo(np.int32).max)])
    ordered = pieces.sort_values(["movement", "due", "origin"], kind="stable")
    return ordered.drop(columns="due").reset_index(drop=True)


def _reallocated(allocations: pd.DataFrame, pieces: pd.DataFrame) -> pd.DataFrame:
    """Move allocations from movements to items; a split debit is cleared oldest claim first."""
    counts = np.bincount(pieces["movement"])
    first_item = np.cumsum(counts) - counts
    debit = allocations["debit_id"].to_numpy()
    split = counts[debit] > 1 if len(debit) else np.empty(0, dtype=bool)
    simple = allocations[~split]
    simple = simple.assign(
        debit_id=first_item[simple["debit_id"]], credit_id=first_item[simple["credit_id"]])
    if not split.any():
        return validate(simple, ALLOCATIONS)
    parts = allocations[split].sort_values(["debit_id", "allocation_date"], kind="stable").reset_index(drop=True)
    targets = np.flatnonzero(counts[pieces["movement"]] > 1)
    laid = lay_end_to_end(
        targets, pieces["movement"].to_numpy()[targets], pieces["amount_cents"].to_numpy()[targets],
        np.arange(len(parts)), parts["debit_id"].to_numpy(), parts["amount_cents"].to_numpy())
    moved = parts.iloc[laid.credit].assign(debit_id=laid.debit, amount_cents=laid.amount)
    moved = moved.assign(credit_id=first_item[moved["credit_id"]])
    return validate(pd.concat([simple, moved], ignore_index=True), ALLOCATIONS)


def _with_original_dates(items: pd.DataFrame) -> pd.DataFrame:
    """Give carried claims their original dates, in rounds along the chain, and mark unknown ages."""
    carrying, origin = is_carrying(items), items["origin_id"].to_numpy()
    known = carrying & (origin >= 0)
    own_due = items["account"].astype("str").str.startswith("413").to_numpy() & items["due_date"].notna().to_numpy()
    unknown = (carrying & (origin < 0)) | is_lump_opening(items)
    for _ in range(int(known.any()) * _longest_chain(origin)):
        rows = np.flatnonzero(known)
        late = rows[~own_due[rows]]
        items = items.assign(
            document_date=_taken_over(items["document_date"], rows, origin),
            document_ref=_taken_over(items["document_ref"], rows, origin),
            due_date=_taken_over(items["due_date"], late, origin),
            due_date_origin=_taken_over(items["due_date_origin"].astype("str"), late, origin))
        unknown[rows] = unknown[origin[rows]] & ~own_due[rows]
    return items.assign(is_age_unknown=unknown)


def _taken_over(column: pd.Series, rows: Ints, origin: Ints) -> npt.NDArray[np.generic]:
    values = column.to_numpy().copy()
    values[rows] = values[origin[rows]]
    return values


def _longest_chain(origin: Ints) -> int:
    length, at = 0, origin
    while (at >= 0).any():
        length += 1
        at = np.where(at >= 0, origin[at], -1)
    return length


def is_lump_opening(items: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which balances brought forward do not say what they are made of (INDICATORS.md 1, opening).

    An opening keeps its dates where the file has them for the item: a due date given, or a document
    date of its own, earlier than the entry and not one date shared by all lines without reference.
    """
    lump = (items["kind"] == "opening").to_numpy().copy()
    openings = items[lump]
    given = openings["due_date_origin"].isin(["given", "label"]) & openings["due_date"].notna()
    dated = openings["document_date"] < openings["posting_date"]
    unreferenced = openings["document_ref"].astype("str").str.strip() == ""
    same_day = openings.groupby("posting_date")["document_date"]
    one_date = unreferenced & (same_day.transform("nunique") == 1) & (same_day.transform("size") > 1)
    lump[lump] = (~given & (~dated | one_date)).to_numpy()
    return lump
