"""Delimited text (csv, txt, and workbooks in name only) into a grid."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from auditlib.errors import BadInputError
from auditlib.loaders.double_encoding import repair_double_encoding
from auditlib.loaders.encoding import Encoding
from auditlib.loaders.grid import Grid, Note, as_texts
from auditlib.loaders.limits import MOST_LINE, check_width

__all__ = ["Dialect", "detect_dialect", "read_text"]

DELIMITERS = "\t|;,"
SEPARATOR_LINE = re.compile(r"^\ufeff?\"?sep=(.)\"?[;,\t|]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How a text file is written: encoding, once or twice, delimiter, quoting, widest row of its start."""

    encoding: str
    delimiter: str
    is_quoted: bool
    width: int
    may_be_double: bool = True


def detect_dialect(name: str, lines: Sequence[str], encoding: Encoding) -> Dialect | None:
    """Read how a text file is written from its first lines, None where nothing separates fields.

    A first line ``sep=;``, which Excel writes and obeys, names the delimiter.

    Raises
    ------
    BadInputError
        If its lines have more fields than a ledger can.
    """
    said = SEPARATOR_LINE.match(lines[0])
    delimiter = said[1] if said else max(DELIMITERS, key=lambda mark: _evidence(lines, mark))
    if not said and _evidence(lines, delimiter)[0] == 0:
        return None
    lines = lines[1:] if said else lines
    is_quoted = _is_quoted("\n".join(lines), delimiter)
    dialect = Dialect(encoding.name, delimiter, is_quoted, width=1, may_be_double=encoding.may_be_double)
    width = max(map(len, _split(lines, dialect)), default=1)
    check_width(name, width)
    return replace(dialect, width=width)


def _evidence(lines: Sequence[str], mark: str) -> tuple[int, int]:
    """Rank a delimiter: lines that share its most frequent count of fields, then that count."""
    counts = Counter(_count_outside_quotes(line, mark) for line in lines if line.strip())
    counts.pop(0, None)
    if not counts:
        return 0, 0
    fields, rows = max(counts.items(), key=lambda pair: (pair[1] * pair[0], pair[0]))
    return rows * min(fields, 6), fields


def _count_outside_quotes(line: str, mark: str) -> int:
    if line.count('"') % 2 or '"' not in line:
        return line.count(mark)
    return sum(part.count(mark) for part in line.split('"')[::2])


def _is_quoted(sample: str, delimiter: str) -> bool:
    """Tell whether fields are put in quotation marks: a stray mark in a label must not swallow lines."""
    opened = sample.count(f'{delimiter}"') + sample.count('\n"') + sample.startswith('"')
    closed = sample.count(f'"{delimiter}') + sample.count('"\n') + sample.count('"\r\n') + sample.endswith('"')
    return opened > 0 and abs(opened - closed) <= max(1, opened // 50)


def _split(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    """Split lines into fields; a field may be as long as a line."""
    csv.field_size_limit(MOST_LINE)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if dialect.is_quoted else csv.QUOTE_NONE
    return csv.reader(lines, delimiter=dialect.delimiter, quoting=quoting)


def read_text(path: Path, dialect: Dialect) -> Grid:
    """Read a delimited text file; rows of uneven length are kept in their place.

    Raises
    ------
    BadInputError
        If it is not text of that dialect.
    """
    try:
        try:
            cells = _read_rows(path, dialect)
        except _StrayQuoteError:
            cells = _without_quotes(_read_rows(path, replace(dialect, is_quoted=False)))
    except UnicodeDecodeError as problem:
        raise BadInputError(f"{path.name}: not readable as {dialect.encoding} text; save it as UTF-8") from problem
    except (pa.ArrowException, csv.Error) as problem:
        raise BadInputError(
            f"{path.name}: not readable as delimited text; open it in a spreadsheet and save it as .xlsx"
        ) from problem
    cells = _without_blank_tail(cells)
    notes: tuple[Note, ...] = ()
    if dialect.may_be_double:
        cells, notes = repair_double_encoding(cells)
    return Grid(path.name, "", cells, decimal="." if dialect.delimiter == "," else ",", notes=notes)


class _StrayQuoteError(Exception):
    """A quotation mark opened a field that swallows the lines after it."""


def _read_rows(path: Path, dialect: Dialect) -> pa.Table:
    ragged: list[tuple[int, list[str]]] = []

    def keep(row: pacsv.InvalidRow) -> str:
        if dialect.is_quoted and re.search("[\r\n]", row.text.strip()):
            return "error"
        try:
            ragged.append((row.number - 1, next(_split([row.text], dialect), [])))
        except csv.Error:  # an exception would not get past Arrow
            return "error"
        return "skip"

    try:
        regular = _parse(path, dialect, None)
    except pa.ArrowInvalid:
        try:
            regular = _parse(path, dialect, keep)
        except pa.ArrowInvalid as problem:
            if dialect.is_quoted:
                raise _StrayQuoteError from problem
            raise
    if dialect.is_quoted and any(_swallows(column, dialect) for column in regular.itercolumns()):
        raise _StrayQuoteError
    return as_texts(_merge(regular, ragged).columns)


def _swallows(column: pa.ChunkedArray, dialect: Dialect) -> bool:
    """Tell a column with a field that holds a whole other line, separators and all."""
    several = column.filter(pc.or_(pc.match_substring(column, "\n"), pc.match_substring(column, "\r")))
    whole = max(dialect.width - 1, 2)
    return bool(len(several)) and bool(pc.max(pc.count_substring(several, dialect.delimiter)).as_py() >= whole)


def _without_quotes(cells: pa.Table) -> pa.Table:
    """Take off the marks around fields, and one of each two inside them."""
    bare = [pc.replace_substring_regex(column, r'^"(.*)"$', r"\1") for column in cells.itercolumns()]
    return as_texts([pc.replace_substring(column, '""', '"') for column in bare])


def _parse(path: Path, dialect: Dialect, handler: object) -> pa.Table:
    names = [str(position) for position in range(dialect.width)]
    encoding = "utf-8" if dialect.encoding == "utf-8-sig" else dialect.encoding
    return pacsv.read_csv(
        path,
        # a handler is only told row numbers when one thread reads
        pacsv.ReadOptions(encoding=encoding, column_names=names, block_size=MOST_LINE, use_threads=handler is None),
        pacsv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char='"' if dialect.is_quoted else False,
            newlines_in_values=dialect.is_quoted,
            ignore_empty_lines=False,
            invalid_row_handler=handler,
        ),
        pacsv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=False
        ),
    )


def _merge(regular: pa.Table, ragged: list[tuple[int, list[str]]]) -> pa.Table:
    """Put rows of uneven length back between the others."""
    if not ragged:
        return regular
    width = max(regular.num_columns, *(len(fields) for _, fields in ragged))
    places = np.array([place for place, _ in ragged])
    total = regular.num_rows + len(ragged)
    others = np.setdiff1d(np.arange(total), places, assume_unique=True)
    order = np.argsort(np.concatenate([others, places]), kind="stable")
    columns = {}
    for position in range(width):
        inserted = pa.array([fields[position] if position < len(fields) else "" for _, fields in ragged], pa.string())
        base = regular.column(position) if position < regular.num_columns else pa.nulls(regular.num_rows, pa.string())
        chunks = base.chunks if isinstance(base, pa.ChunkedArray) else [base]
        columns[str(position)] = pa.chunked_array([*chunks, inserted], pa.string()).take(pa.array(order))
    return pa.table(columns)


def _without_blank_tail(cells: pa.Table) -> pa.Table:
    filled = np.zeros(cells.num_rows, dtype=bool)
    for column in cells.itercolumns():
        filled |= np.asarray(pa.compute.not_equal(column, ""))
    last = int(np.flatnonzero(filled)[-1]) + 1 if filled.any() else 0
    return cells.slice(0, last)
