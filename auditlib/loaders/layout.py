"""Where a sheet's header is, and which column each of its labels stands over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.errors import BadInputError
from auditlib.loaders.aliases import normalise
from auditlib.loaders.buckets_map import is_credits_header
from auditlib.loaders.cell_content import Content, look_at
from auditlib.loaders.column_rules import AMOUNT_ROLES, DATE_ROLES, EXACT, LIKELY
from auditlib.loaders.columns_map import header_hits
from auditlib.loaders.date_values import DATE_LIKE
from auditlib.loaders.grid import Grid, Mask, any_filled, is_filled
from auditlib.loaders.values import NOISE, SHAPED

__all__ = ["Layout", "find_layout"]

SAMPLE_ROWS = 4000
STRAY_ROWS = 8
ENOUGH_HITS = 2.0
# Arrow compiles a pattern at each call, which costs more than a few hundred cells matched here
CELL_VALUE = re.compile(DATE_LIKE + r"|^-?[\d ]+[.,]\d+$|^-?\d+(?:[.,]\d+)? ?%$")

ISO_DAY = re.compile(r"^20\d\d-\d\d-\d\d\b")


@dataclass(frozen=True)
class Layout:
    """The header of a sheet.

    Attributes
    ----------
    header_row : int
        0-based row of its first line.
    body_row : int
        0-based first row under it.
    labels : tuple of str
        One label a column, over the data it names ("" where none).
    printed : tuple of tuple of str
        The header's lines as printed, to recognise them when a page repeats them.
    contents : tuple of Content
        What the cells under each label look like.
    """

    header_row: int
    body_row: int
    labels: tuple[str, ...]
    printed: tuple[tuple[str, ...], ...]
    contents: tuple[Content, ...]


def find_layout(grid: Grid, *, header_row: int | None = None) -> Layout | None:
    """Find the header: the row, or two rows, whose cells name the most roles.

    Parameters
    ----------
    grid : Grid
    header_row : int, optional
        The auditor's choice, 1-based; without effect where the file has no header and its columns got labels.

    Returns
    -------
    Layout or None
        None where no row names two roles.

    Raises
    ------
    BadInputError
        If the row chosen does not exist.
    """
    if grid.labels:
        sample = _item_rows(grid.cells.slice(0, SAMPLE_ROWS))
        return Layout(0, 0, grid.labels, (), tuple(look_at(column) for column in sample.itercolumns()))
    rows = grid.head
    if header_row is not None:
        if not 1 <= header_row <= grid.cells.num_rows:
            raise BadInputError(
                f"{grid.name}: mapping: header_row {header_row} is outside the sheet's {grid.cells.num_rows} rows"
            )
        start, lines = header_row - 1, [grid.row(header_row - 1)]
    else:
        found = _best_header(rows)
        if found is None:
            return None
        start, lines = found
    body = grid.cells.slice(start + len(lines), SAMPLE_ROWS)
    sample, untitled = _item_rows(body), _without_titles(body, grid.cells.slice(0, start))
    labels = _align(_join_lines(lines), sample if untitled is body else _item_rows(untitled))
    contents = tuple(look_at(column) for column in sample.itercolumns())
    return Layout(start, start + len(lines), tuple(labels), tuple(map(tuple, lines)), contents)


def _best_header(rows: list[list[str]]) -> tuple[int, list[list[str]]] | None:
    scores = _scores(rows)
    if not scores or max(scores) < ENOUGH_HITS:
        pairs = {
            index: _score(_join_lines(rows[index : index + 2]))
            for index in range(len(rows) - 1)
            if _is_text_only(rows[index + 1])
        }
        if not pairs or max(pairs.values()) < ENOUGH_HITS:
            return None
        start = max(pairs, key=lambda index: (pairs[index], -index))
        return start, rows[start : start + 2]
    start = next(index for index, score in enumerate(scores) if score >= 0.8 * max(scores))
    for first in (start, start - 1):
        pair = rows[first : first + 2] if first >= 0 else []
        if len(pair) == 2 and _is_second_line(*pair) and _score(_join_lines(pair)) > scores[start]:
            return first, pair
    return start, [rows[start]]


def _scores(rows: list[list[str]]) -> list[float]:
    quick = [_score(row, with_near=False) for row in rows]
    enough = max(1.0, 0.4 * max(quick, default=0.0))
    return [_score(row) if score >= enough else 0.0 for row, score in zip(rows, quick, strict=True)]


def _score(row: Sequence[str], *, with_near: bool = True) -> float:
    if sum(bool(cell) for cell in row) < 2:
        return 0.0
    values = 0 if _names_periods(row) else sum(bool(CELL_VALUE.match(cell)) for cell in row)
    return header_hits(row, with_near=with_near) - 1.5 * values


def _names_periods(row: Sequence[str]) -> bool:
    """Tell a row of which three cells or more are dates of different months, and no other is a value."""
    values = [cell for cell in row if CELL_VALUE.match(cell)]
    return len(values) > ENOUGH_HITS and len({cell[:7] for cell in values if ISO_DAY.match(cell)}) == len(values)


def _is_text_only(row: Sequence[str]) -> bool:
    """Tell a row without a number or a date; the edges of an ageing column ("31-60") are words."""
    return any(row) and not any(cell.replace(" ", "").isdigit() or CELL_VALUE.match(cell) for cell in row)


def _is_second_line(top: list[str], bottom: list[str]) -> bool:
    """Tell a header's second line: only words, and under a first line that is a header too."""
    alone = sum(map(bool, bottom)) == 1 and not any(map(all, zip(top, bottom, strict=True)))
    return (
        sum(map(bool, top)) >= 2
        and not alone
        and _is_text_only(bottom)
        and _score(bottom) >= 0
        and all(len(cell) < 40 for cell in bottom)
    )


def _join_lines(lines: list[list[str]]) -> list[str]:
    """Write a header of two lines in one: a label merged over several columns goes to each of them."""
    if len(lines) == 1:
        return list(lines[0])
    joined, above = [], ""
    for top, bottom in zip(*lines, strict=True):
        above = top or (above if bottom else "")
        together = f"{above} {bottom}".strip()
        joined.append(
            next(
                (text for text in (together, bottom, top) if normalise(text) in EXACT or is_credits_header(text)),
                together if bottom or top else "",
            )
        )
    return joined


def _align(labels: list[str], sample: pa.Table) -> list[str]:
    """Move each label over the column its merged cells put the values in; `sample` are rows that look like data."""
    stray = min(1, sample.num_rows // STRAY_ROWS)  # one cell in many rows is no column
    filled = [
        int(is_filled(column).sum()) > (0 if label else stray) and _holds_its_role(label, column)
        for label, column in zip([*labels, *[""] * sample.num_columns], sample.itercolumns(), strict=False)
    ]
    aligned = [label if is_used else "" for label, is_used in zip(labels, filled, strict=True)]
    places = [place for place, label in enumerate(labels) if label]
    for order, place in enumerate(places):
        if filled[place]:
            continue
        after = places[order + 1] if order + 1 < len(places) else len(labels)
        before = places[order - 1] if order else -1
        right = [column for column in range(place + 1, after) if filled[column] and not labels[column]]
        left = [
            column
            for column in range(before + 1, place)
            if filled[column] and not labels[column] and not aligned[column]
        ]
        choice = _best_place(labels[place], right or left[::-1], sample)
        aligned[place if choice is None else choice] = labels[place]
    return aligned


def _holds_its_role(label: str, column: pa.ChunkedArray) -> bool:
    """Tell that the cells under a label of dates or amounts are such; those of a title printed again are not."""
    roles = {role for _, role in EXACT.get(normalise(label), [])}
    if not roles & {*DATE_ROLES, *AMOUNT_ROLES}:
        return True
    look = look_at(column)
    return look.date_share >= LIKELY if roles & set(DATE_ROLES) else look.amount_share >= LIKELY


def _without_titles(body: pa.Table, titles: pa.Table) -> pa.Table:
    """Leave out the lines of the title block that later pages print again: their cells stand under no label."""
    if not titles.num_rows or not titles.num_columns:
        return body
    repeated = np.asarray(pc.is_in(_first_cell(body), value_set=pc.unique(_first_cell(titles))), dtype=bool)
    return body.filter(pa.array(~repeated | ~any_filled(body))) if repeated.any() else body


def _first_cell(cells: pa.Table) -> pa.Array:
    return pc.coalesce(*(pc.if_else(pc.equal(column, ""), None, column) for column in cells.combine_chunks().columns))


def _best_place(label: str, columns: list[int], sample: pa.Table) -> int | None:
    roles = {role for _, role in EXACT.get(normalise(label), [])}
    looks = {column: look_at(sample.column(column)) for column in columns}
    if roles & set(DATE_ROLES) or "date" in normalise(label).split():
        dated = {column: look.date_share for column, look in looks.items() if look.date_share}
        return max(dated, key=lambda column: dated[column], default=None)
    if roles & set(AMOUNT_ROLES):
        return max(looks, key=lambda column: looks[column].amount_share, default=None)
    return next(iter(columns), None)


def _item_rows(body: pa.Table) -> pa.Table:
    """Keep the rows that look like data: a date and a number, else a number, else at least two cells."""
    if not body.num_rows or not body.num_columns:
        return body
    filled = np.column_stack([is_filled(column) for column in body.itercolumns()])
    dates = _matrix(body, DATE_LIKE)
    numbers = (
        np.column_stack([_matches(pc.replace_substring_regex(c, NOISE, ""), SHAPED) for c in body.itercolumns()])
        & ~dates
    )
    several = filled.sum(axis=1) >= 2
    for rows in (dates.any(axis=1) & numbers.any(axis=1), numbers.any(axis=1) & several, several, filled.any(axis=1)):
        if rows.sum() > 0.02 * several.sum():
            return body.filter(pa.array(rows))
    return body


def _matrix(body: pa.Table, pattern: str) -> Mask:
    return np.column_stack([_matches(column, pattern) for column in body.itercolumns()])


def _matches(column: pa.ChunkedArray, pattern: str) -> Mask:
    return np.asarray(pc.match_substring_regex(column, pattern), dtype=bool)
