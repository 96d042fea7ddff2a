"""A clean FEC of millions of lines, read in parts at once; an odd line leaves the file to the usual reading."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from auditlib.loaders.columns_map import MappedColumn
from auditlib.loaders.limits import MOST_LINE
from auditlib.loaders.text import Dialect
from auditlib.loaders.values import EXTRA_DECIMALS
from auditlib.parallel import each

__all__ = ["AMOUNTS", "Scan", "scan_lines"]

AMOUNTS = ("debit_cents", "credit_cents")
MANY = ("entry_number", "document_ref", "label")
"""Texts of which most lines have one of their own: kept for the customers' lines only."""
PART = 96 << 20
"""Bytes read at once by a thread: enough that few parts repeat the same names, little enough for two in memory."""
END = b"\r\n\x1a "
"""What may follow the last line."""
TAIL = 4096
OF_EVERY_LINE = ("journal", "account", "account_name", "customer_id", "posting_date")
"""Repeated texts that the lines of other accounts are kept with."""
Ints = npt.NDArray[np.int64]


class UncleanError(Exception):
    """A line is not as an FEC's should be."""


@dataclass(frozen=True)
class Scan:
    """The lines of a file, or of a part of it, by role.

    Attributes
    ----------
    codes : dict of ndarray of int32
        The place of each text in `names`, dates too: of each line for `OF_EVERY_LINE`, else of the lines inside.
    names : dict of list of str
        Distinct texts by role, trimmed.
    cents : dict of ndarray of int64
        Debit and credit of each line. [cents]
    first_lines : ndarray of int64
        Lines that start an entry: another number, journal or day than the line before.
    numbers : StringArray
        The number of the entry that each of them starts.
    inside : ndarray of bool
        Lines on accounts of the perimeter.
    texts : dict of StringArray
        Of these lines, the texts that few share.
    """

    codes: dict[str, npt.NDArray[np.int32]]
    names: dict[str, list[str]]
    cents: dict[str, Ints]
    first_lines: Ints
    numbers: pa.StringArray
    inside: npt.NDArray[np.bool_]
    texts: dict[str, pa.StringArray]


def scan_lines(
    path: Path, dialect: Dialect, columns: tuple[MappedColumn, ...], *, width: int, perimeter: tuple[str, ...],
) -> Scan | None:
    """Read every line under the header, None where one of them is not clean.

    A line is clean that has as many fields as the header, an account, and amounts that are numbers of two decimals at
    most. Quotation marks are characters like others.

    Parameters
    ----------
    path : Path
    dialect : Dialect
        A single-byte encoding or UTF-8, not quoted.
    columns : tuple of MappedColumn
    width : int
        Fields of the header.
    perimeter : tuple of str
    """
    reader = _Reader(dialect, columns, width, perimeter)
    with path.open("rb") as stream:
        try:
            parts = each(lambda bounds: reader.read(os.pread(stream.fileno(), *bounds)), _bounds(stream))
        except (UncleanError, pa.ArrowInvalid, UnicodeDecodeError):
            return None
    return _joined(parts) if parts else None


def _bounds(stream: BinaryIO) -> list[tuple[int, int]]:
    """Cut the lines under the header into parts that end with a line: length and start of each."""
    start = len(_line(stream))
    end = stream.seek(0, os.SEEK_END)
    tail = os.pread(stream.fileno(), TAIL, max(start, end - TAIL))
    end -= len(tail) - len(tail.rstrip(END))
    bounds = []
    while start < end:
        stream.seek(min(start + PART, end))
        _line(stream)
        until = min(stream.tell(), end)
        bounds.append((until - start, start))
        start = until
    return bounds


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline(MOST_LINE)
    if len(line) == MOST_LINE:
        raise UncleanError
    return line


class _Reader:
    def __init__(
        self, dialect: Dialect, columns: tuple[MappedColumn, ...], width: int, perimeter: tuple[str, ...],
    ) -> None:
        self.dialect, self.perimeter = dialect, perimeter
        self.headers = [str(place) for place in range(1, width + 1)]
        self.role_of = {str(column.position): column.role for column in columns}
        repeated = pa.dictionary(pa.int32(), pa.binary())
        self.types = {
            place: pa.float64() if role in AMOUNTS else pa.binary() if role in MANY else repeated
            for place, role in self.role_of.items()}

    def read(self, content: bytes) -> Scan:
        if b"\0" in content:
            raise UncleanError
        table = pacsv.read_csv(
            pa.BufferReader(content),
            pacsv.ReadOptions(use_threads=False, block_size=PART * 2, column_names=self.headers),
            pacsv.ParseOptions(delimiter=self.dialect.delimiter, quote_char=False, ignore_empty_lines=False),
            pacsv.ConvertOptions(
                decimal_point=",", null_values=[""], strings_can_be_null=False, check_utf8=False,
                include_columns=list(self.role_of), column_types=self.types))
        return self._part({self.role_of[name]: table.column(name).combine_chunks() for name in table.column_names})

    def _part(self, columns: dict[str, pa.Array]) -> Scan:
        coded = {role: column for role, column in columns.items() if pa.types.is_dictionary(column.type)}
        codes, names = {}, {}
        for role, column in coded.items():
            codes[role], names[role] = self._named(column)
        accounts = np.array([name.startswith(self.perimeter) for name in names["account"]], dtype=bool)
        blank = pc.and_(*(pc.is_null(columns[role]) for role in AMOUNTS))
        if "" in names["account"] or pc.any(blank).as_py():
            raise UncleanError
        inside = accounts[codes["account"]]
        codes |= {role: column[inside] for role, column in codes.items() if role not in OF_EVERY_LINE}
        number = columns["entry_number"]
        first = _changes(number, codes["journal"], codes["posting_date"])
        kept = pa.array(inside)
        return Scan(
            codes, names, {role: _cents(columns[role]) for role in AMOUNTS}, first,
            self._decoded(number.take(pa.array(first))), inside,
            {role: self._decoded(columns[role].filter(kept)) for role in MANY if role in columns})

    def _named(self, column: pa.DictionaryArray) -> tuple[npt.NDArray[np.int32], list[str]]:
        """Return codes and distinct names, those that differ in their padding only taken for one."""
        written = [value.decode(self.dialect.encoding).strip() for value in column.dictionary.to_pylist()]
        place = {name: number for number, name in enumerate(dict.fromkeys(written))}
        codes = np.asarray(column.indices)
        if len(place) < len(written):
            codes = np.array([place[name] for name in written], dtype=np.int32)[codes]
        return codes, list(place)

    def _decoded(self, column: pa.BinaryArray) -> pa.StringArray:
        """Decode texts all together, and find where each starts then from how long its bytes become."""
        packed = pa.concat_arrays([column])
        _, offsets, data = packed.buffers()
        starts = np.frombuffer(offsets, dtype=np.int32)[packed.offset : packed.offset + len(packed) + 1]
        content = memoryview(data or b"")[starts[0] : starts[-1]]
        text = bytes(content)
        if text.isascii() or self.dialect.encoding.startswith("utf-8"):
            return pc.utf8_trim_whitespace(column.cast(pa.string()))
        longer = np.zeros(len(text) + 1, dtype=np.int32)
        np.cumsum(_growth(self.dialect.encoding)[np.frombuffer(text, dtype=np.uint8)], out=longer[1:])
        moved = starts - starts[0] + longer[starts - starts[0]]
        recoded = text.decode(self.dialect.encoding).encode()
        whole = pa.StringArray.from_buffers(len(packed), pa.py_buffer(moved.astype(np.int32)), pa.py_buffer(recoded))
        return pc.utf8_trim_whitespace(whole)


def _growth(encoding: str) -> npt.NDArray[np.int32]:
    """How many bytes more each byte of an encoding takes in UTF-8."""
    letters = [bytes([code]).decode(encoding, "replace") for code in range(256)]
    return np.array([len(letter.encode()) - 1 for letter in letters], dtype=np.int32)


def _changes(number: pa.BinaryArray, *others: npt.NDArray[np.int32]) -> Ints:
    changed = np.ones(len(number), dtype=bool)
    changed[1:] = np.asarray(pc.not_equal(number.slice(1), number.slice(0, len(number) - 1)))
    for column in others:
        changed[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changed)


def _cents(column: pa.DoubleArray) -> Ints:
    exact = np.asarray(column.fill_null(0.0)) * 100.0
    whole = np.rint(exact)
    np.subtract(exact, whole, out=exact)
    if not np.abs(exact, out=exact).max(initial=0.0) <= EXTRA_DECIMALS:  # also where one is no number
        raise UncleanError
    return whole.astype(np.int64)


def _joined(parts: list[Scan]) -> Scan:
    """Put the parts one after the other, each emptied as it is taken: the file is in memory once."""
    names: dict[str, dict[str, int]] = {role: {} for role in parts[0].names}
    for part in parts:
        for role, known in names.items():
            places = np.array([known.setdefault(name, len(known)) for name in part.names[role]], dtype=np.int32)
            part.codes[role] = places[part.codes[role]]
    shifts = np.cumsum([0, *(len(part.inside) for part in parts)])
    return Scan(
        {role: np.concatenate([part.codes.pop(role) for part in parts]) for role in names},
        {role: list(known) for role, known in names.items()},
        {role: np.concatenate([part.cents.pop(role) for part in parts]) for role in AMOUNTS},
        np.concatenate([part.first_lines + shift for part, shift in zip(parts, shifts, strict=False)]),
        pa.concat_arrays([part.numbers for part in parts]), np.concatenate([part.inside for part in parts]),
        {role: pa.concat_arrays([part.texts.pop(role) for part in parts]) for role in list(parts[0].texts)})
