"""What each row of a sheet is: item, title, header, subtotal, total, carried forward, blank, footer, rejected."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.grid import Grid, Mask, any_filled, count_filled, is_filled, row_text
from auditlib.loaders.grouped import has_headed_items, names_items
from auditlib.loaders.layout import Layout
from auditlib.loaders.named_sums import named_sums
from auditlib.loaders.page_tops import repeats_header, repeats_title
from auditlib.loaders.parsed import ITEM_AMOUNTS, ITEM_DATES, Parsed
from auditlib.loaders.row_words import (
    CARRIED,
    GRAND_TOTAL,
    OPENING,
    PAGE,
    PERCENTAGE,
    TAIL_OF_TOTAL,
    TOTAL_INSIDE,
    TOTAL_WORD,
)

__all__ = ["Rows", "classify_rows"]

ITEM = "item"
SUMMARY_KEYS = ("customer_id", "customer_name", "account", "siren", "document_ref")
NOT_STORED = (
    "its amount is a formula whose result is not stored in the file; open and save the workbook in a spreadsheet"
)

TOO_MANY = "the line has more fields than the header; a text of it may hold the separator"


@dataclass(frozen=True)
class Rows:
    """The classes of a sheet's rows.

    Attributes
    ----------
    classes : ndarray of str
        One a row of the sheet; ``item`` for those that are loaded.
    reasons : dict of int to str
        Why a row was rejected, by 0-based row of the sheet.
    opening : ndarray of bool
        Undated opening balances among the items (body rows).
    """

    classes: npt.NDArray[np.str_]
    reasons: dict[int, str]
    opening: Mask


def classify_rows(grid: Grid, layout: Layout, parsed: Parsed, *, kind: str) -> Rows:
    """Give every row of a sheet its class.

    Parameters
    ----------
    grid : Grid
    layout : Layout
    parsed : Parsed
        The body's columns.
    kind : str
        Of the document: a dated item needs a date, a summary or a list does not.
    """
    body = parsed.cells
    classes = np.full(body.num_rows, "", dtype="U16")
    filled = np.column_stack([is_filled(column) for column in body.itercolumns()])
    classes[~filled.any(axis=1)] = "blank"
    classes[sorted(row - layout.body_row for row in grid.aside if row >= layout.body_row)] = "unused"
    for line in layout.printed:
        classes[repeats_header(body, line) & (classes == "")] = "page_header"
    classes[repeats_title(body, grid.cells.slice(0, layout.header_row)) & (classes == "")] = "page_header"
    opening = np.zeros(body.num_rows, dtype=bool)
    reasons: dict[int, str] = {}
    is_summary = kind in {
        "aged_balance", "trial_balance", "customer_list", "dispute_list", "promises", "ceded", "insolvency_list",
    }
    if is_summary and not (kind == "aged_balance" and has_headed_items(parsed)):
        _classify_summary(
            classes, parsed, grid, layout.body_row, reasons,
            needs_amount=kind in {"aged_balance", "trial_balance", "ceded"}
        )
        classes[named_sums(parsed, classes)] = "total"
    else:
        opening = _classify_dated(
            classes, parsed, grid, layout.body_row, reasons, needs_date=kind not in {"open_items", "aged_balance"}
        )
    _classify_words(classes, body, grid, layout)
    whole = np.full(grid.cells.num_rows, "title", dtype="U16")
    whole[layout.header_row : layout.body_row] = "header"
    whole[layout.body_row :] = classes
    top = np.flatnonzero(~any_filled(grid.cells.slice(0, layout.header_row)))
    whole[top] = "blank"
    return Rows(whole, reasons, opening)


def _search(texts: pa.Array, pattern: str) -> Mask:
    return np.asarray(pc.match_substring_regex(texts, pattern), dtype=bool)


def _classify_dated(
    classes: npt.NDArray[np.str_],
    parsed: Parsed,
    grid: Grid,
    body_row: int,
    reasons: dict[int, str],
    *,
    needs_date: bool,
) -> Mask:
    """Tell items (a date and an amount) from totals, openings without a date, and rows that cannot be read."""
    todo = classes == ""
    dated = parsed.has_date(*ITEM_DATES, "settlement_date", "matching_date")
    amounts = [role for role in (*ITEM_AMOUNTS, *_bucket_roles(parsed)) if role in parsed.amounts]
    with_amount = parsed.has_amount(amounts)
    classes[todo & dated & with_amount] = ITEM
    opening = _due_openings(parsed, np.flatnonzero(todo & dated & with_amount))
    _undated(
        classes, np.flatnonzero(todo & ~dated & with_amount), opening, parsed, reasons=reasons, body_row=body_row,
        needs_date=needs_date,
    )
    unpriced = np.flatnonzero(todo & dated & ~with_amount)
    _no_amount(classes, unpriced, amounts, parsed, grid=grid, reasons=reasons, body_row=body_row)
    bad_amount = np.zeros(len(classes), dtype=bool)
    for role in amounts:
        bad_amount |= parsed.amounts[role].is_bad
    for broken, reason in (
        (bad_amount, "an amount of the row is not a number"),
        (_overflows(parsed, classes == ITEM, is_text=not grid.is_workbook), TOO_MANY),
    ):
        rows = np.flatnonzero(broken & (classes == ITEM))
        classes[rows] = "rejected"
        reasons |= {body_row + int(row): reason for row in rows}
    return opening


def _due_openings(parsed: Parsed, items: npt.NDArray[np.int64]) -> Mask:
    """Tell the items that are brought forward with their due date and no other."""
    opening = np.zeros(parsed.cells.num_rows, dtype=bool)
    if {"posting_date", "document_date"} & set(parsed.dates):
        rows = items[~parsed.has_date("posting_date", "document_date")[items]]
        opening[rows] = _search(row_text(parsed.cells, rows), OPENING)
    return opening


def _overflows(parsed: Parsed, items: Mask, *, is_text: bool) -> Mask:
    """Tell the few lines of a text file that have more fields than the others: they may have moved their amounts."""
    last = max((mapped.position for mapped in parsed.columns), default=0)
    beyond = any_filled(parsed.cells.select(range(last, parsed.cells.num_columns)))
    is_odd = is_text and parsed.cells.num_columns > last and beyond[items].sum() <= 0.2 * max(1, items.sum())
    return beyond if is_odd else np.zeros(len(items), dtype=bool)


def _bucket_roles(parsed: Parsed) -> list[str]:
    return [role for role in parsed.amounts if role.startswith("bucket:")]


def _undated(
    classes: npt.NDArray[np.str_],
    rows: npt.NDArray[np.int64],
    opening: Mask,
    parsed: Parsed,
    *,
    reasons: dict[int, str],
    body_row: int,
    needs_date: bool,
) -> None:
    """Sort the rows with an amount and no date."""
    if not len(rows):
        return
    texts = row_text(parsed.cells, rows)
    unreadable = np.zeros(len(classes), dtype=bool)
    for role in ITEM_DATES:
        if role in parsed.dates:
            unreadable |= parsed.dates[role].is_bad
    grand, total, carried = (
        _search(texts, GRAND_TOTAL),
        _search(texts, TOTAL_WORD) | _search(texts, TOTAL_INSIDE),
        _search(texts, CARRIED),
    )
    is_opening = _search(texts, OPENING) & ~total
    # a sum printed without a word has an amount, at most a customer, and nothing that names a document
    nameless = ~parsed.filled("document_ref", "document_type", "label")[rows] | (
        ~parsed.filled("document_ref")[rows] & bool(parsed.filled("document_ref").any()) & ~_has_bad_date(parsed, rows)
    )
    verdicts = np.select(
        [carried & ~is_opening, grand, total, is_opening, unreadable[rows], nameless],
        ["carried_forward", "total", "subtotal", ITEM, "rejected", "subtotal"],
        "rejected" if needs_date else ITEM,
    )
    classes[rows] = verdicts
    opening[rows[verdicts == ITEM]] = is_opening[verdicts == ITEM]
    for place in np.flatnonzero(verdicts == "rejected"):
        row = int(rows[place])
        reasons[body_row + row] = "its date cannot be read" if unreadable[row] else "it has an amount but no date"


def _has_bad_date(parsed: Parsed, rows: npt.NDArray[np.int64]) -> Mask:
    result = np.zeros(len(rows), dtype=bool)
    for role in ITEM_DATES:
        if role in parsed.dates:
            result |= parsed.dates[role].is_bad[rows]
    return result


def _no_amount(
    classes: npt.NDArray[np.str_],
    rows: npt.NDArray[np.int64],
    amounts: list[str],
    parsed: Parsed,
    *,
    grid: Grid,
    reasons: dict[int, str],
    body_row: int,
) -> None:
    """Reject the rows with a date and no amount, unless they are titles that carry one."""
    if not len(rows):
        return
    texts = row_text(parsed.cells, rows)
    is_title = (
        _search(texts, PAGE)
        | _search(texts, TOTAL_WORD)
        | ~parsed.filled("document_ref", "label", "journal", "document_type")[rows]
        & (count_filled(parsed.cells, rows) <= 1)
    )
    classes[rows] = np.where(is_title, "", "rejected")
    uncached = grid.find_uncached() if (~is_title).any() else frozenset()
    for row in rows[~is_title]:
        bad = any(parsed.amounts[role].is_bad[row] for role in amounts)
        reasons[body_row + int(row)] = (
            NOT_STORED
            if body_row + int(row) + 1 in uncached
            else "its amount is not a number"
            if bad
            else "it has a date but no amount"
        )


def _classify_summary(
    classes: npt.NDArray[np.str_],
    parsed: Parsed,
    grid: Grid,
    body_row: int,
    reasons: dict[int, str],
    *,
    needs_amount: bool,
) -> None:
    """Tell the customers of a summary or list from its totals."""
    todo = classes == ""
    keys = parsed.filled(*SUMMARY_KEYS)
    with_amount = parsed.has_amount([*ITEM_AMOUNTS, *_bucket_roles(parsed)])
    rows = np.flatnonzero(todo & (keys | with_amount))
    places = [mapped.position - 1 for mapped in parsed.columns if mapped.role in SUMMARY_KEYS]
    texts, labels = row_text(parsed.cells, rows), row_text(parsed.cells.select(places), rows)
    has_code = parsed.filled("customer_id")[rows]
    total = (_search(texts, TAIL_OF_TOTAL) | _search(labels, TAIL_OF_TOTAL)) & ~(
        has_code & parsed.filled("customer_name")[rows] & (_search(texts, r"^[^|]*\d") | _search(labels, r"^[^|]*\d"))
    )
    carried = _search(texts, CARRIED)
    percent = _search(texts, PERCENTAGE) | _search(labels, PERCENTAGE)
    is_note = ~with_amount[rows] if needs_amount else count_filled(parsed.cells, rows) <= 1
    unnamed = ~keys[rows]
    grand = _search(texts, GRAND_TOTAL)
    verdicts = np.select(
        [
            carried & with_amount[rows],
            (total | percent | unnamed) & ~is_note & grand,
            (total | percent | unnamed) & ~is_note,
            is_note,
        ],
        ["carried_forward", "total", "total", ""],
        ITEM,
    )
    classes[rows] = verdicts
    if needs_amount and is_note.any():
        uncached = grid.find_uncached()
        lost = [int(row) for row in rows[is_note] if body_row + int(row) + 1 in uncached]
        classes[lost] = "rejected"
        reasons |= dict.fromkeys([body_row + row for row in lost], NOT_STORED)


def _classify_words(classes: npt.NDArray[np.str_], body: pa.Table, grid: Grid, layout: Layout) -> None:
    """Sort the rows of words: page furniture, titles printed again, notes under the last item."""
    rows = np.flatnonzero(classes == "")
    if not len(rows):
        return
    texts = row_text(body, rows)
    titles = row_text(grid.cells, np.arange(layout.header_row))
    again = np.asarray(pc.is_in(texts, value_set=titles), dtype=bool)
    items = np.flatnonzero((classes == ITEM) | (classes == "rejected"))
    last = int(items[-1]) if len(items) else -1
    total = _search(texts, TOTAL_WORD) & ~names_items(classes, rows)
    verdicts = np.select(
        [_search(texts, CARRIED), again, _search(texts, PAGE), total, rows > last],
        ["carried_forward", "page_header", "footer", "subtotal", "footer"],
        "words",
    )
    classes[rows] = verdicts
