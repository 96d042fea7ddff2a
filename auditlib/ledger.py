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
from auditlib.matching.postings import Ints, Postings
from auditlib.ordering import row_order, sums_at
from auditlib.parallel import each
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
    accepted: pd.DataFrame | None = None,
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
        False for a list of open items: each row is what is left at the list's date, so nothing is matched but what
        the auditor accepted.
    accepted : DataFrame, optional
        `schemas.ACCEPTED`: matches that the auditor accepted.

    Raises
    ------
    BadInputError
        If nothing was posted by ``as_of_date``.
    """
    book = matching.postings(movements, order=_posted_by(movements, as_of_date))
    if replayable:
        allocations, report = matching.allocate(
            movements, as_of_date=as_of_date, method=method.matching, threshold=method.lettering_threshold,
            fiscal_year_end=method.fiscal_year_end, book=book, accepted=accepted)
    else:
        allocations, report = matching.allocate_accepted(book, accepted=accepted), _unmatched()
    items, allocations = _with_claims(movements, book, allocations)
    return Ledger(items, allocations, as_of_date, report)


def _posted_by(movements: pd.DataFrame, as_of_date: dt.date) -> Ints:
    """Return the rows posted by a date, in posting order."""
    posted = np.flatnonzero(day_numbers(movements["posting_date"]) <= day_number(as_of_date))
    if not len(posted):
        first = movements["posting_date"].min()
        raise BadInputError(f"as-of date {as_of_date:%d/%m/%Y} is before the first movement ({first:%d/%m/%Y}); "
                            "give a later as_of_date or earlier documents")
    if len(posted) == len(movements):
        return matching.posting_order(movements)
    return posted[matching.posting_order(movements.iloc[posted])]


def _unmatched() -> MatchingReport:
    return MatchingReport("none", "none", None, broken=pd.DataFrame(), proposals=empty(ALLOCATIONS))


def _with_claims(
    movements: pd.DataFrame, book: Postings, allocations: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split each carrying debit into the claims it stands for, and its allocations with it.

    Every column of the items is taken from the movements once, a carried claim's dates from those of its origin.
    """
    order = np.arange(len(book.amount)) if book.rows is None else book.rows
    pieces = _pieces(movements, order, carried_origins(movements, allocations, book=book))
    # A movement that is itself split is carried on from its first piece: its claims share one history.
    counts = np.bincount(pieces.movement, minlength=len(order))
    first_item = np.cumsum(counts) - counts
    origin = np.where(pieces.origin >= 0, first_item[pieces.origin], -1)
    rows = order[pieces.movement]
    dated, due, unknown = _dated_from(movements, rows, pieces, origin)
    sources = {"document_date": dated, "document_ref": dated, "due_date": due, "due_date_origin": due}
    columns = list(movements.columns)
    taken = each(lambda name: _taken(movements[name], sources.get(name, rows)), columns)
    named = dict(zip(columns, taken, strict=True))
    named |= {
        "amount_cents": pd.Series(pieces.amount), "item_id": pd.Series(np.arange(len(rows))),
        "origin_id": pd.Series(origin), "is_age_unknown": pd.Series(unknown)}
    named.setdefault("is_terms_confirmed", pd.Series(np.zeros(len(rows), dtype=bool)))
    items = pd.DataFrame(named, copy=False)
    return validate(items, ITEMS), _reallocated(allocations, pieces, counts)


def _taken(column: pd.Series, rows: Ints) -> pd.Series:
    """Return some rows of a column, numbered anew; a category all rows share need not be looked up."""
    if isinstance(column.dtype, pd.CategoricalDtype) and len(column.cat.categories) == 1:
        return column.iloc[:1].repeat(len(rows)).reset_index(drop=True)
    return column.take(rows).reset_index(drop=True)


@dataclass(frozen=True)
class _Pieces:
    """The items of all movements, in posting order: a carrier has one for each claim, oldest due first.

    `movement` and `origin` (-1 where it carries nothing on) are places in posting order; `amount` in cents.
    """

    movement: Ints
    origin: Ints
    amount: Ints


def _pieces(movements: pd.DataFrame, order: Ints, carried: pd.DataFrame) -> _Pieces:
    amount = movements["amount_cents"].to_numpy()[order]
    places = np.arange(len(order))
    if not len(carried):
        return _Pieces(places, np.full(len(order), -1), amount)
    carrier, origin, taken = (carried[name].to_numpy() for name in ("carrier", "origin", "amount_cents"))
    amount = amount - sums_at(carrier, taken, count=len(order))
    carries = np.zeros(len(order), dtype=bool)
    carries[carrier] = True
    rest = places[~carries | (amount > 0)]
    movement = np.concatenate((carrier, rest))
    due = np.concatenate((day_numbers(movements["due_date"].take(order[origin])),
                          np.full(len(rest), np.iinfo(np.int32).max, dtype=np.int32)))
    origin = np.concatenate((origin, np.full(len(rest), -1)))
    split = np.concatenate((np.ones(len(carrier), dtype=bool), carries[rest]))
    ordered = _claims_in_order(movement, split, due, origin)
    return _Pieces(movement[ordered], origin[ordered], np.concatenate((taken, amount[rest]))[ordered])


def _claims_in_order(movement: Ints, split: npt.NDArray[np.bool_], due: npt.NDArray[np.int32], origin: Ints) -> Ints:
    """Return the pieces by movement, those of one movement by due date, then origin."""
    rank = np.zeros(len(movement), dtype=np.int64)
    few = np.flatnonzero(split)
    rank[few[np.lexsort((origin[few], due[few], movement[few]))]] = np.arange(len(few))
    return row_order(movement, rank)


def _reallocated(allocations: pd.DataFrame, pieces: _Pieces, counts: Ints) -> pd.DataFrame:
    """Move allocations from movements to items; a split debit is cleared oldest claim first."""
    if len(pieces.movement) == len(counts):
        return allocations
    first_item = np.cumsum(counts) - counts
    debit = allocations["debit_id"].to_numpy()
    split = counts[debit] > 1 if len(debit) else np.empty(0, dtype=bool)
    simple = allocations[~split] if split.any() else allocations
    simple = simple.assign(
        debit_id=first_item[simple["debit_id"]], credit_id=first_item[simple["credit_id"]])
    if not split.any():
        return validate(simple, ALLOCATIONS)
    parts = allocations[split].sort_values(["debit_id", "allocation_date"], kind="stable").reset_index(drop=True)
    targets = np.flatnonzero(counts[pieces.movement] > 1)
    laid = lay_end_to_end(
        targets, pieces.movement[targets], pieces.amount[targets],
        np.arange(len(parts)), parts["debit_id"].to_numpy(), parts["amount_cents"].to_numpy())
    moved = parts.iloc[laid.credit].assign(debit_id=laid.debit, amount_cents=laid.amount)
    moved = moved.assign(credit_id=first_item[moved["credit_id"]])
    return validate(pd.concat([simple, moved], ignore_index=True), ALLOCATIONS)


def _dated_from(
    movements: pd.DataFrame, rows: Ints, pieces: _Pieces, origin: Ints,
) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Tell which rows give each item its document and its due date, and which ages are unknown.

    A carried claim has those of the item it carries on, followed in rounds along the chain; to 413 the bill's own
    due date.
    """
    unknown = _lump_openings(movements)[rows]
    carrying = np.flatnonzero(is_carrying(movements)[rows] & (pieces.amount > 0))
    unknown[carrying] |= origin[carrying] < 0
    known = carrying[origin[carrying] >= 0]
    dated, due = rows.copy(), rows.copy()
    if not len(known):
        return dated, due, unknown
    its = movements[["account", "due_date"]].take(rows[known])
    own_due = np.zeros(len(rows), dtype=bool)
    own_due[known] = (its["account"].astype("str").str.startswith("413") & its["due_date"].notna()).to_numpy()
    late = known[~own_due[known]]
    for _ in range(_longest_chain(origin)):
        dated[known] = dated[origin[known]]
        due[late] = due[origin[late]]
        unknown[known] = unknown[origin[known]] & ~own_due[known]
    return dated, due, unknown


def _lump_openings(movements: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which movements are lump openings; no row is copied where none is an opening."""
    if not (movements["kind"] == "opening").any():
        return np.zeros(len(movements), dtype=bool)
    return is_lump_opening(movements)


def _longest_chain(origin: Ints) -> int:
    length, at = 0, origin[origin >= 0]
    while len(at):
        length, at = length + 1, origin[at]
        at = at[at >= 0]
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
