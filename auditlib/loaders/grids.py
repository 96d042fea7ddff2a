"""Any file a client sends, into grids: told apart by its content, guarded, and unchanged while it was read."""

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

from auditlib.errors import BadInputError
from auditlib.loaders.encoding import encoding_of_start
from auditlib.loaders.grid import Grid
from auditlib.loaders.html_tables import read_html
from auditlib.loaders.limits import check_width
from auditlib.loaders.mime_pages import read_mime
from auditlib.loaders.plain_text import read_plain_text
from auditlib.loaders.spreadsheet_xml import read_spreadsheet_xml
from auditlib.loaders.workbook import is_workbook, read_workbook

__all__ = ["CHANGED", "file_state", "read_grids"]

START = 4096
CHANGED = "the file changed while it was read; try again once it is no longer written"
REFUSED = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a word processor's document"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
XML_SHEET = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet[\"']")
HTML = re.compile(
    r"^(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|table|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
MIME = re.compile(r"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version:|content-type:\s*multipart)", re.IGNORECASE)


def read_grids(path: Path) -> list[Grid]:
    """Read a file's sheets, whatever its extension says.

    Raises
    ------
    BadInputError
        If it cannot be opened, is no table, would fill the memory, or changes while it is read.
    """
    before = file_state(path)
    try:
        with path.open("rb") as stream:
            start = stream.read(START)
    except OSError as problem:
        raise BadInputError(f"{path.name}: the file cannot be opened ({problem.strerror})") from problem
    for mark, what in REFUSED:
        if start.startswith(mark):
            raise BadInputError(f"{path.name}: {what}, neither a workbook nor text; send the ledger as .xlsx or .csv")
    grids = _reader(start)(path)
    if file_state(path) != before:
        raise BadInputError(f"{path.name}: {CHANGED}")
    for grid in grids:
        check_width(grid.name, grid.cells.num_columns)
    return grids


def file_state(path: Path) -> tuple[int, int, int]:
    """Return what changes when a file is written or replaced: its size, its time and its place on the disk.

    Raises
    ------
    BadInputError
        If it is missing, no regular file (reading a pipe would never end), or may not be read.
    """
    try:
        found = path.stat()
    except FileNotFoundError as problem:
        raise BadInputError(f"{path.name}: no such file") from problem
    except OSError as problem:
        raise BadInputError(f"{path.name}: the file cannot be opened ({problem.strerror})") from problem
    if not stat.S_ISREG(found.st_mode):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "no regular file"
        raise BadInputError(f"{path.name}: {what}; name the file itself")
    if not os.access(path, os.R_OK):
        raise BadInputError(f"{path.name}: the file cannot be opened (no right to read it)")
    return found.st_size, found.st_mtime_ns, found.st_ino


def _reader(start: bytes) -> Callable[[Path], list[Grid]]:
    """Choose who reads a file, by what it starts with."""
    if is_workbook(start):
        return read_workbook
    text = start.decode(encoding_of_start(start), "replace").lstrip("\ufeff \r\n\t")
    if XML_SHEET.search(text):
        return read_spreadsheet_xml
    if HTML.match(text):
        return read_html
    if MIME.match(text.replace("\r\n", "\n")):
        return read_mime
    return lambda file: [read_plain_text(file)]
