"""Delimited text files (csv, txt, and workbooks in name only) into a grid."""

import csv
from collections import Counter
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from auditlib.errors import BadInputError
from auditlib.loaders.encoding import detect_encoding
from auditlib.loaders.grid import Grid, as_texts

__all__ = ["Dialect", "detect_dialect", "read_text"]

DELIMITERS = "\t|;,"
SAMPLE_BYTES = 256 << 10
BLOCK = 16 << 20
MARKUP = ("<html", "<!doctype", "<?xml", "<table", "mime-version", "{\\rtf", "%pdf")


class Dialect:
    """How a text file is written: encoding, delimiter, quoting, widest row of its start."""

    def __init__(self, encoding: str, delimiter: str, *, is_quoted: bool, width: int) -> None:
        self.encoding, self.delimiter, self.is_quoted, self.width = encoding, delimiter, is_quoted, width


def detect_dialect(path: Path) -> Dialect:
    """Read how a text file is written from its bytes.

    Raises
    ------
    BadInputError
        If it is empty, or is not delimited text.
    """
    encoding = detect_encoding(path)
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES).decode(encoding, "replace")
    if not sample.strip():
        raise BadInputError(f"{path.name}: the file is empty; expected a ledger, a list or an aged balance")
    if sample.lstrip("\ufeff \r\n").lower().startswith(MARKUP) or "\x00" in sample:
        raise BadInputError(f"{path.name}: neither a workbook nor delimited text; open it and save it as .xlsx or .csv")
    lines = sample.splitlines()[: -1 if len(sample) > SAMPLE_BYTES // 2 else None] or sample.splitlines()
    delimiter = max(DELIMITERS, key=lambda mark: _evidence(lines, mark))
    if _evidence(lines, delimiter)[0] == 0:
        raise BadInputError(
            f"{path.name}: no column separator found (tab, |, ; or ,); save the file as .csv with a header row"
        )
    is_quoted = _is_quoted(sample, delimiter)
    return Dialect(encoding, delimiter, is_quoted=is_quoted, width=_width(lines, delimiter, is_quoted=is_quoted))


def _evidence(lines: list[str], mark: str) -> tuple[int, int]:
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


def _width(lines: list[str], delimiter: str, *, is_quoted: bool) -> int:
    rows = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE)
    return max(map(len, rows), default=1)


def read_text(path: Path, dialect: Dialect | None = None) -> Grid:
    """Read a delimited text file; rows of uneven length are kept in their place.

    Raises
    ------
    BadInputError
        If the file is empty or is not delimited text.
    """
    dialect = dialect or detect_dialect(path)
    ragged: list[tuple[int, list[str]]] = []

    def keep(row: pacsv.InvalidRow) -> str:
        ragged.append((row.number - 1, _fields(row.text, dialect)))
        return "skip"

    try:
        regular = _parse(path, dialect, None)
    except pa.ArrowInvalid:
        try:
            regular = _parse(path, dialect, keep)
        except (pa.ArrowInvalid, UnicodeDecodeError) as problem:
            raise BadInputError(f"{path.name}: not readable as delimited text ({_first_line(problem)})") from problem
    except UnicodeDecodeError as problem:
        raise BadInputError(f"{path.name}: not readable as {dialect.encoding} text; save it as UTF-8") from problem
    cells = as_texts(_merge(regular, ragged).columns)
    return Grid(path.name, "", _without_blank_tail(cells), decimal="." if dialect.delimiter == "," else ",")


def _first_line(problem: Exception) -> str:
    return str(problem).splitlines()[0]


def _fields(text: str, dialect: Dialect) -> list[str]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if dialect.is_quoted else csv.QUOTE_NONE
    return next(csv.reader([text], delimiter=dialect.delimiter, quoting=quoting), [])


def _parse(path: Path, dialect: Dialect, handler: object) -> pa.Table:
    names = [str(position) for position in range(dialect.width)]
    encoding = "utf-8" if dialect.encoding == "utf-8-sig" else dialect.encoding
    return pacsv.read_csv(
        path,
        # a handler is only told row numbers when one thread reads
        pacsv.ReadOptions(encoding=encoding, column_names=names, block_size=BLOCK, use_threads=handler is None),
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
