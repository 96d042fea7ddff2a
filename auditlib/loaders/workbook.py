"""Workbooks (xlsx, xlsm, xlsb, ods, xls) into grids, told apart by their content."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import fastexcel
import pyarrow as pa

from auditlib.errors import BadInputError
from auditlib.loaders.double_encoding import repair_double_encoding
from auditlib.loaders.formulas import uncached_rows
from auditlib.loaders.grid import Grid, as_texts, hidden_note
from auditlib.loaders.limits import MOST_STORED, check_width
from auditlib.loaders.zip_guard import DAMAGED, PROTECTED, check_archive

__all__ = ["is_workbook", "read_workbook"]

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EMPTY_ZIP = b"PK\x05\x06"
ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), b"EncryptedPackage")
FILEPASS = re.compile(rb"\x09\x08(?:\x10\x00[\s\S]{16}|\x08\x00[\s\S]{8})(?:\x86\x00\x00\x00)?\x2f\x00")
"""The record of a password, right after the one that begins a workbook of 1995 or 1997."""
OTHER_OLE = {"WordDocument": "a Word document", "PowerPoint Document": "a presentation", "__nameid": "a mail message"}
MEMORY = 4 << 30
"""Bytes of address space of the process apart: a sheet of `limits.MOST_CELLS` fits."""
PATIENCE = 600
"""Seconds: ten times what the largest workbook of a rare format takes."""
APART = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
import fastexcel, pyarrow as pa
try:
    reader = fastexcel.read_excel(open(sys.argv[1], "rb").read())
except Exception as problem:
    sys.exit(3 if "password" in str(problem).lower() else 4)
sink = pa.PythonFile(sys.stdout.buffer, mode="w")
for name in reader.sheet_names:
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", skip_whitespace_tail_rows=True)
    table = pa.Table.from_batches([sheet.to_arrow()]).replace_schema_metadata({"name": name, "seen": sheet.visible})
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
sink.flush()
""".replace("MEMORY", str(MEMORY))
"""Reads a workbook in a process of its own, whose memory is limited and whose death is only a sentence here."""


def is_workbook(start: bytes) -> bool:
    """Tell a workbook by its first bytes: an extension says little (fake ``.xls`` abound)."""
    return start.startswith((ZIP, OLE, EMPTY_ZIP))


def read_workbook(path: Path) -> list[Grid]:
    """Read every sheet that holds something.

    Raises
    ------
    BadInputError
        If the file is protected, truncated, not a workbook, larger than it looks, or all its sheets are empty.
    """
    if path.stat().st_size > MOST_STORED:
        raise BadInputError(
            f"{path.name}: a workbook of more than {MOST_STORED >> 20} MB; send the sheet alone, as .xlsx or .csv"
        )
    with path.open("rb") as stream:
        is_ole = stream.read(8).startswith(OLE)
    if is_ole:
        _check_ole(path)
    else:
        check_archive(path)
    sheets = _sheets_here(path) if not is_ole and _is_xlsx(path) else _sheets_apart(path)
    grids = [_grid(path, name, table, is_visible=seen == "visible") for name, table, seen in sheets]
    is_1904 = not is_ole and _counts_from_1904(path)
    grids = [replace(grid, is_1904=is_1904) for grid in grids] if is_1904 else grids
    filled = [grid for grid in grids if grid.cells.num_rows]
    if not filled:
        raise BadInputError(f"{path.name}: every sheet is empty; expected a ledger, a list or an aged balance")
    return filled


def _check_ole(path: Path) -> None:
    content = path.read_bytes()
    if any(mark in content for mark in ENCRYPTED) or FILEPASS.search(content):
        raise BadInputError(f"{path.name}: {PROTECTED}")
    is_book = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book"))
    for stream, what in OTHER_OLE.items():
        if not is_book and stream.encode("utf-16-le") in content:
            raise BadInputError(f"{path.name}: {what}, not a workbook; send the ledger as .xlsx or .csv")


def _is_xlsx(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


def _sheets_here(path: Path) -> Iterator[tuple[str, pa.Table, str]]:
    """Read the sheets of an xlsx, whose reach `zip_guard` has measured, in this process: it is the fastest."""
    try:
        reader = fastexcel.read_excel(path.read_bytes())
        names = reader.sheet_names
    except BaseException as problem:
        raise _refusal(path, problem) from problem
    for name in names:
        try:
            # skip_rows=0 keeps the blank rows on top, so that row numbers are those Excel shows
            sheet = reader.load_sheet(
                name, header_row=None, skip_rows=0, dtypes="string", skip_whitespace_tail_rows=True
            )
            table = pa.Table.from_batches([sheet.to_arrow()])
        except BaseException as problem:
            raise _refusal(path, problem, sheet=name) from problem
        yield name, table, sheet.visible


def _counts_from_1904(path: Path) -> bool:
    """Tell an xlsx whose days count from 1904; cells typed as dates are read right already, bare numbers are not."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = archive.read("xl/workbook.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
    return re.search(rb'date1904="(?:1|true)"', book) is not None


def _refusal(path: Path, problem: BaseException, *, sheet: str = "") -> BaseException:
    """Say in one sentence why a workbook cannot be read; a panic of the reader is no `Exception`."""
    if not isinstance(problem, Exception) and type(problem).__name__ != "PanicException":
        return problem
    if "password" in str(problem).lower():
        return BadInputError(f"{path.name}: {PROTECTED}")
    if sheet:
        return BadInputError(f"{path.name}: sheet {sheet} cannot be read; save the workbook again as .xlsx")
    return BadInputError(f"{path.name}: {DAMAGED}")


def _sheets_apart(path: Path) -> Iterator[tuple[str, pa.Table, str]]:
    """Read the sheets of a rarer format in a process apart: nothing has measured how far their cells reach."""
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and text; the path is an argument)
            [sys.executable, "-I", "-c", APART, os.fspath(path.resolve())],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise BadInputError(f"{path.name}: {DAMAGED}") from problem
    if done.returncode == 3:
        raise BadInputError(f"{path.name}: {PROTECTED}")
    if done.returncode:
        raise BadInputError(f"{path.name}: {DAMAGED}")
    source = pa.BufferReader(done.stdout)
    while source.tell() < source.size():
        with pa.ipc.open_stream(source) as stream:
            table = stream.read_all()
        yield table.schema.metadata[b"name"].decode(), table, table.schema.metadata[b"seen"].decode()


def _grid(path: Path, name: str, table: pa.Table, *, is_visible: bool) -> Grid:
    check_width(f"{path.name}/{name}", table.num_columns)
    cells, notes = repair_double_encoding(as_texts(table.columns))
    notes += () if is_visible or not cells.num_rows else hidden_note(name)
    return Grid(path.name, name, cells, is_workbook=True, find_uncached=partial(uncached_rows, path, name), notes=notes)
