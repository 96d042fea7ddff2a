"""What a zipped workbook holds, measured before anything reads it: no bomb is inflated into memory."""

import itertools
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditlib.errors import BadInputError
from auditlib.loaders.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_INFLATED,
    MOST_MEMBERS,
    MOST_RATIO,
    MOST_ROWS,
    RATIO_FROM,
    check_width,
)

__all__ = ["check_archive"]

CHUNK = 1 << 20
MEASURED, SMALL = 32 << 20, 4 << 20
"""Bytes of a member that are inflated to measure it, where more than the second number of bytes are stored: what
follows must keep the pace of what was seen, and a full sheet is not inflated twice."""
OVERLAP = 512
"""Bytes of a chunk seen again with the next, so that no reference is cut."""
WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
FAR = re.compile(rb"""r\s*=\s*["'](?:([A-Za-z]{2,})\d|[A-Za-z]*(\d{7,}))""")
"""A cell right of column Z, or one below row 999 999; no boundary before the r: it would be five times as slow."""
USED = re.compile(rb"""<(?:\w+:)?c\s[^>]*?r\s*=\s*["']([A-Za-z]+)(\d+)["'][^>]*(?<!/)>""")
"""A cell with something in it: one that only has a style closes itself."""
REPEATED = re.compile(rb'number-(rows|columns)-repeated="(\d+)"')
MANIFEST = "META-INF/manifest.xml"
PROTECTED = "the workbook is protected by a password; save it without one and try again"
DAMAGED = "not a readable workbook (truncated, damaged, or another format); save it again as .xlsx"
TOO_LARGE = "it would fill the memory once unpacked; save the sheet alone, as .xlsx or .csv"


def check_archive(path: Path) -> None:
    """Refuse an archive that is no workbook, is damaged, or is larger than it looks.

    Sizes, ratio and overlaps are those the archive declares; then its members are inflated, a little at a time, to see
    that the declared sizes are true and that no cell is out of reach of the others.

    Raises
    ------
    BadInputError
        In one sentence.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_password(path.name, archive)
            _check_declared(path.name, members)
            for member in members:
                _check_member(path.name, archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as problem:
        raise BadInputError(f"{path.name}: {DAMAGED}") from problem
    except RuntimeError as problem:  # zipfile's word for an encrypted member
        raise BadInputError(f"{path.name}: {PROTECTED}") from problem


def _check_password(name: str, archive: zipfile.ZipFile) -> None:
    """Tell an OpenDocument workbook whose members, or whole, are encrypted: its list of them says so."""
    listed = next((one for one in archive.infolist() if one.filename == MANIFEST), None)
    declared = archive.read(listed)[:CHUNK] if listed is not None and listed.file_size <= CHUNK else b""
    if b"encryption-data" in declared or "encrypted-package" in archive.namelist():
        raise BadInputError(f"{name}: {PROTECTED}")


def _check_declared(name: str, members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename.lower() for member in members}
    if not names & set(WORKBOOKS):
        raise BadInputError(f"{name}: an archive that is no workbook{_what(names)}; send the ledger as .xlsx or .csv")
    inflated = sum(member.file_size for member in members)
    is_bomb = any(
        member.file_size > max(RATIO_FROM, MOST_RATIO * member.compress_size) for member in members
    ) or inflated > max(RATIO_FROM, MOST_RATIO * sum(member.compress_size for member in members))
    if is_bomb or inflated > MOST_INFLATED or len(members) > MOST_MEMBERS or _overlap(members):
        raise BadInputError(f"{name}: {TOO_LARGE}")


def _what(names: set[str]) -> str:
    """Say what an archive is instead of a workbook."""
    if "word/document.xml" in names:
        return " but a Word document"
    if any(name.endswith((".zip", ".xlsx", ".xls", ".csv", ".txt")) for name in names):
        return " but packs other files"
    return ""


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Tell members that share bytes of the archive, as bombs do to stay small."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    return any(
        first.header_offset + first.compress_size > second.header_offset
        for first, second in itertools.pairwise(ordered)
    )


def _check_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 1:
        raise BadInputError(f"{name}: {PROTECTED}")
    pieces = _overlapping(_pieces(name, archive, member))
    if member.filename == "content.xml":
        for piece in pieces:
            _check_repeats(name, piece)
    elif SHEET.fullmatch(member.filename):
        columns = max((_last_column(f"{name}: {member.filename}", piece) for piece in pieces), default=0)
        if columns * MOST_ROWS > MOST_CELLS:
            _check_used(f"{name}: {member.filename}", _overlapping(_pieces(name, archive, member)))
    else:
        deque(pieces, maxlen=0)


def _overlapping(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Begin each piece with the end of the one before, so that nothing short is cut in two."""
    tail = b""
    for piece in pieces:
        yield tail + piece
        tail = piece[-OVERLAP:]


def _pieces(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Inflate a member a little at a time, and stop where it is larger than declared."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadInputError(f"{name}: {DAMAGED}")
    left, done = member.compress_size, 0
    inflater = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    stream = archive.fp
    assert stream is not None  # noqa: S101 (open until the archive is closed)
    stream.seek(member.header_offset)
    head = stream.read(30)
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(member.filename)
    stream.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
    enough = MEASURED if member.compress_size > SMALL else member.file_size
    while left > 0 and done <= enough:
        stored = stream.read(min(CHUNK // 8, left))
        if not stored:
            raise EOFError(member.filename)
        left -= len(stored)
        while stored:
            piece = inflater.decompress(stored, CHUNK) if inflater else stored
            stored = inflater.unconsumed_tail if inflater else b""
            done += len(piece)
            if done > member.file_size:
                raise BadInputError(f"{name}: {TOO_LARGE}")
            if piece:
                yield piece
    used = member.compress_size - left
    if left and done * member.compress_size > 2 * member.file_size * max(used, 1):
        raise BadInputError(f"{name}: {TOO_LARGE}")


def _last_column(name: str, xml: bytes) -> int:
    """Return how far right the cells of a piece of a sheet reach, styled blank ones included."""
    columns = 26
    for letters, row in set(FAR.findall(xml)):
        columns = max(columns, _column(letters))
        if row and int(row[:12]) > MOST_ROWS:
            raise BadInputError(f"{name}: a cell is beyond row {MOST_ROWS}, the last one of a sheet; {TOO_LARGE}")
    return columns


def _check_used(name: str, pieces: Iterable[bytes]) -> None:
    """Refuse a used range that is too large to hold, or too wide."""
    rows, columns = 0, 0
    for piece in pieces:
        for letters, row in USED.findall(piece):
            rows, columns = max(rows, int(row[:12])), max(columns, _column(letters))
    check_width(name, columns)
    if rows * columns > MOST_CELLS:
        raise BadInputError(f"{name}: its cells reach over {rows} rows and {columns} columns; {TOO_LARGE}")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _check_repeats(name: str, xml: bytes) -> None:
    """Refuse an OpenDocument cell or row repeated beyond a sheet."""
    for what, times in REPEATED.findall(xml):
        limit = MOST_ROWS if what == b"rows" else 16 * MOST_COLUMNS + 384
        if int(times) > limit:
            raise BadInputError(f"{name}: a cell or row is repeated {int(times)} times; {TOO_LARGE}")
