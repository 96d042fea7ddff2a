"""One grid understood: header, roles, kind, rows, table."""

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.account_groups import with_accounts
from auditlib.loaders.amount_habits import with_signs, with_usual_amounts
from auditlib.loaders.answer_sheet import answer_sheet
from auditlib.loaders.buckets_map import Bucket, read_buckets
from auditlib.loaders.columns_map import MappedColumn, map_columns
from auditlib.loaders.covered_amounts import is_partly_covered
from auditlib.loaders.date_habits import with_whole_dates
from auditlib.loaders.fec import is_in_perimeter, with_customer_accounts
from auditlib.loaders.follow_up_sheet import follow_up_sheet
from auditlib.loaders.grid import Grid, row_text
from auditlib.loaders.grouped import Groups, find_groups, leading_sums
from auditlib.loaders.grouped_columns import names_above, with_references
from auditlib.loaders.headerless import by_content, names_by_number, numbered, why_no_header, with_labels
from auditlib.loaders.kinds import decide_kind
from auditlib.loaders.layout import Layout, find_layout
from auditlib.loaders.left_out import SUMS, is_percentage, printed_totals, skipped_rows, sums_of_sums
from auditlib.loaders.nested_rows import owners_of_parts
from auditlib.loaders.not_customers import SetAside, why_not_customers
from auditlib.loaders.parsed import ITEM_AMOUNTS, ITEM_DATES, Parsed, parse_columns
from auditlib.loaders.reading import Reading
from auditlib.loaders.remarks import Remarks
from auditlib.loaders.rows import Rows, classify_rows
from auditlib.loaders.sheet_amounts import date_openings, with_customer, with_one_amount, with_side
from auditlib.loaders.sheet_entries import sheet_entries
from auditlib.loaders.sheet_table import build_table
from auditlib.loaders.title_block import TitleBlock, read_title
from auditlib.loaders.title_customers import with_title_customers
from auditlib.loaders.told_columns import currency_told, date_told, with_told_labels
from auditlib.loaders.told_credits import without_told_credits
from auditlib.texts import N_

__all__ = ["Reading", "read_grid"]

TITLE_ROWS = 6
"""Rows above a sheet of follow-up that may say its date."""
ASIDE = 0.9
"""Confidence in a document's being none of the customers'; one that is merely not understood has none."""
NO_USE = "no column of it is a date or an amount beside a customer"


def read_grid(grid: Grid, choices: dict[str, Any], *, perimeter: tuple[str, ...]) -> Reading:
    """Understand one sheet.

    Parameters
    ----------
    grid : Grid
    choices : dict
        The auditor's mapping of this sheet.
    perimeter : tuple of str
        Prefixes of the customer accounts.
    """
    if (filled_in := _filled_in(grid, choices)) is not None:
        return filled_in
    layout = find_layout(grid, header_row=choices.get("header_row"))
    if layout is None and names_by_number(choices):
        grid = numbered(grid)
        layout = find_layout(grid)
    if layout is None:
        labelled = with_labels(grid)
        return read_grid(labelled, choices, perimeter=perimeter) if labelled else _unused(grid, why_no_header(grid))
    under = grid.cells.slice(layout.body_row)
    layout = replace(layout, labels=with_told_labels(layout.labels, under))
    title_lines = row_text(grid.cells, np.arange(layout.header_row)).to_pylist()
    title = read_title(title_lines)
    aged = read_buckets(layout.labels, basis=title.basis)
    columns = _columns(grid, layout, choices, buckets=[column for column, _ in aged])
    parsed = parse_columns(grid, layout.body_row, columns, date_order=choices.get("date_order", ""))
    parsed = with_usual_amounts(with_whole_dates(parsed))
    parsed = without_told_credits(with_customer_accounts(parsed, perimeter), [bucket for _, bucket in aged])
    title = read_title(title_lines, date_order=parsed.order.name)
    if title.as_of_date is None:
        said = read_title(layout.labels, date_order=parsed.order.name).as_of_date
        title = replace(title, as_of_date=said or date_told(layout.labels, under))
    kind, confidence = _kind(grid, parsed, title, choices, perimeter, has_buckets=bool(aged))
    words = (*title.lines, grid.sheet, grid.file)
    aside = None if "kind" in choices else why_not_customers(layout.labels, parsed, words, perimeter=perimeter)
    if aside:
        return _set_aside(grid, aside, layout, columns=tuple(columns), title=title)
    if kind == "unknown":
        return _unused(grid, _why_unknown(grid, layout, parsed), layout, columns=tuple(columns), title=title)
    if kind == "customer_list":
        parsed = _as_customers(parsed)
    rows = classify_rows(grid, layout, parsed, kind=kind)
    buckets = tuple(bucket for _, bucket in aged if bucket.role in parsed.amounts)
    return _assemble(
        grid, layout, parsed, rows, kind=kind, confidence=min(confidence, grid.certainty), title=title,
        buckets=buckets, choices=choices, perimeter=perimeter,
    )


def _filled_in(grid: Grid, choices: dict[str, Any]) -> Reading | None:
    """Read a sheet made to be filled in (answers to findings, the follow-up); None for another."""
    if (answered := answer_sheet(grid, choices)) is not None:
        table, skipped = answered
        return Reading("finding_answers", 1.0, table, skipped, grid.cells.num_rows)
    if (followed := follow_up_sheet(grid, choices)) is None:
        return None
    kind, table, skipped = followed
    above = row_text(grid.cells, np.arange(min(TITLE_ROWS, grid.cells.num_rows))).to_pylist()
    return Reading(kind, 1.0, table, skipped, grid.cells.num_rows, title=read_title(above))


def _columns(grid: Grid, layout: Layout, choices: dict[str, Any], *, buckets: list[int]) -> list[MappedColumn]:
    return by_content(grid, map_columns(
        layout.labels, layout.contents, chosen=choices.get("columns", {}), ignored=choices.get("ignored_columns", ()),
        buckets=buckets, where=grid.name))


def _why_unknown(grid: Grid, layout: Layout, parsed: Parsed) -> str:
    if not grid.filled[layout.body_row :].any():
        return f"row {layout.header_row + 1} is its header, and nothing is under it"
    if "settlement_date" in parsed.roles and not parsed.roles & {*ITEM_DATES, *ITEM_AMOUNTS}:
        return "it dates payments alone; send the ledger, or the list of invoices with the date of each payment"
    if parsed.roles & set(ITEM_DATES) and not parsed.roles & set(ITEM_AMOUNTS):
        return "no amount column is recognised"
    return NO_USE


def _as_customers(parsed: Parsed) -> Parsed:
    """Take a plain "Type" and "No." for those of the customer, in a list of customers."""
    roles = {"document_type": "customer_type", "document_ref": "customer_id"}
    columns = tuple(
        replace(mapped, role=roles[mapped.role])
        if mapped.role in roles and roles[mapped.role] not in parsed.roles
        else mapped
        for mapped in parsed.columns
    )
    return replace(parsed, columns=columns)


def _set_aside(grid: Grid, aside: SetAside, layout: Layout, **known: Any) -> Reading:
    remarks = Remarks(grid.name)
    remarks.add("not_customers", "serious", aside.sentence, evidence=aside.evidence)
    return replace(_unused(grid, aside.problem, layout, **known), confidence=ASIDE, findings=remarks.frame())


def _unused(grid: Grid, problem: str, layout: Layout | None = None, **known: Any) -> Reading:
    filled = grid.filled.any(axis=1)
    classes = np.where(filled, "unused", "blank")
    if layout is not None:
        classes[layout.header_row : layout.body_row] = "header"
    skipped = skipped_rows(grid, classes, {}, np.ones(len(classes), dtype=bool))
    nothing = pd.DataFrame({"source_row": pd.Series([], dtype="int64")})
    return Reading("unknown", 0.0, nothing, skipped, len(classes), problem=problem, **known)


def _kind(
    grid: Grid,
    parsed: Parsed,
    title: TitleBlock,
    choices: dict[str, Any],
    perimeter: tuple[str, ...],
    *,
    has_buckets: bool,
) -> tuple[str, float]:
    if "kind" in choices:
        return str(choices["kind"]), 1.0
    if is_partly_covered(parsed) and parsed.has_date(*ITEM_DATES).any():
        return "open_items", 0.85
    roles = parsed.roles | {
        mapped.role for mapped in parsed.columns if mapped.role in (*ITEM_AMOUNTS, "settlement_date")
    }
    is_marked = {"side", "due_date"} <= roles
    amount = (with_side(parsed) if is_marked else parsed).amounts.get("amount_cents")
    debit = int(amount.cents[amount.cents > 0].sum()) if amount else 0
    credit = -int(amount.cents[amount.cents < 0].sum()) if amount else 0
    if "side" in roles and "amount_cents" in roles:
        roles |= {"debit_cents", "credit_cents"}
    return decide_kind(
        roles,
        has_buckets=has_buckets,
        has_settlements=bool(parsed.has_date("settlement_date").any()),
        has_codes=bool((parsed.filled("matching_code") & parsed.has_date(*ITEM_DATES)).any()),
        has_counterparts=_has_counterparts(parsed, perimeter),
        credit_share=credit / debit if debit > 0 else 0.0,
        words=" ".join([*title.lines, grid.sheet, grid.file]),
    )


def _has_counterparts(parsed: Parsed, perimeter: tuple[str, ...]) -> bool:
    """Tell a file that holds whole entries: lines of customers, and others that they face."""
    if "account" not in parsed.roles:
        return False
    inside = is_in_perimeter(parsed.texts("account"), perimeter)[parsed.filled("account")]
    return bool(inside.any() and not inside.all())


def _assemble(
    grid: Grid, layout: Layout, parsed: Parsed, rows: Rows, *, kind: str, confidence: float, title: TitleBlock,
    buckets: tuple[Bucket, ...], choices: dict[str, Any], perimeter: tuple[str, ...],
) -> Reading:
    remarks = Remarks(grid.name)
    remarks.about_writing(grid.notes)
    body = rows.classes[layout.body_row :]
    groups = with_title_customers(_groups(parsed, body), parsed, body, title.lines)
    if groups is not None:
        body[groups.is_header] = "customer_header"
        parsed = with_references(parsed, groups, body)
    is_named_only = kind == "aged_balance" and "customer_name" in parsed.roles and "customer_id" not in parsed.roles
    owners = owners_of_parts(parsed, body) if groups is None and is_named_only else None
    body[body == "words"] = "title"
    body[sums_of_sums(body)] = "total"
    columns, parsed = parsed.columns, with_accounts(parsed, groups, perimeter)
    parsed = with_side(parsed)
    entries = sheet_entries(parsed, body, body_row=layout.body_row, perimeter=perimeter, kind=kind)
    table = build_table(parsed, np.isin(body, ["item", *SUMS]), body_row=layout.body_row, groups=groups)
    if owners is not None:
        table["customer_name"] = owners.reindex(table.index).fillna(table["customer_name"])
    if len(entries):
        numbers = pd.Series(entries["entry"].to_numpy(), index=entries["source_row"] - layout.body_row - 1)
        table["entry"] = numbers.reindex(table.index, fill_value=-1)
    table = with_customer(with_one_amount(table, kind, buckets), perimeter)
    table = date_openings(table, rows.opening[table.index], title.period_start)
    totals = printed_totals(table, _sums(parsed, body), body_row=layout.body_row, groups=groups)
    table = table[body[table.index] == "item"].reset_index(drop=True)
    table, totals = with_signs(table, totals, remarks, kind, str(choices.get("sign", "")))
    _remark(remarks, parsed, rows.classes, table, kind)
    if kind == "aged_balance":
        remarks.about_ages(buckets, parsed.roles)
    skipped = skipped_rows(grid, rows.classes, rows.reasons, rows.classes != "item", aggregates_accounts=kind == "fec")
    return Reading(
        kind, confidence, table, skipped, len(rows.classes), columns, _with_date(title, choices), buckets,
        date_order=parsed.order.name, date_order_evident=parsed.order.is_evident, printed_totals=totals,
        findings=remarks.frame(), entries=entries,
        currency=str(choices.get("currency", "")) or currency_told(parsed, title, body),
    )


def _sums(parsed: Parsed, body: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]:
    """Return the classes of the rows with an amount, "" for the others: "Total" without one says nothing."""
    roles = [role for role in parsed.amounts if role in ITEM_AMOUNTS or role.startswith("bucket:")]
    return np.where(parsed.has_amount(roles) & ~is_percentage(parsed.cells, body), body, "")


def _groups(parsed: Parsed, body: npt.NDArray[np.str_]) -> Groups | None:
    """Read a ledger as grouped where no column names the customer of its items."""
    items = (body == "item") | (body == "rejected")
    named = parsed.filled("customer_id", "customer_name")
    sums = leading_sums(parsed.cells, body)
    if sums.any() and items.any() and not named[items].any():
        body[sums] = "words"
        body[body == "subtotal"] = "total"
        numbers = {mapped.position - 1 for mapped in parsed.columns if mapped.role in parsed.amounts}
        return find_groups(parsed.cells.select([c for c in range(parsed.cells.num_columns) if c not in numbers]), body)
    if not (body == "words").any() or not items.any():
        return None
    if named[items].mean() > 0.5:
        return names_above(parsed, body)
    return find_groups(parsed.cells, body)


def _with_date(title: TitleBlock, choices: dict[str, Any]) -> TitleBlock:
    day = choices.get("as_of_date")
    if day is None:
        return title
    return replace(title, as_of_date=day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day)))


def _remark(
    remarks: Remarks, parsed: Parsed, classes: npt.NDArray[np.str_], table: pd.DataFrame, kind: str,
) -> None:
    loaded = classes[len(classes) - parsed.cells.num_rows :] == "item"
    remarks.about_dates(parsed, loaded)
    remarks.about_amounts(parsed, loaded)
    remarks.about_sides(parsed, loaded)
    rejected = int((classes == "rejected").sum())
    if rejected:
        sentence = N_("{count} lignes n'ont pas pu être lues ; elles sont listées avec leur motif.")
        remarks.add("rows_rejected", "serious", sentence, rows=rejected, count=rejected)
    if kind == "open_items":
        remarks.about_settlements(table)
