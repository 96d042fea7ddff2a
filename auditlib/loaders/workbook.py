"""Workbooks (xlsx, xlsm, xlsb, ods, xls) into grids, told apart by their content."""

import re
import zipfile
from functools import partial
from pathlib import Path

import fastexcel
import pyarrow as pa

from auditlib.errors import BadInputError
from auditlib.loaders.grid import Grid, as_texts

__all__ = ["is_workbook", "read_workbook"]

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EMPTY_ZIP = b"PK\x05\x06"


def is_workbook(start: bytes) -> bool:
    """Tell a workbook by its first bytes: an extension says little (fake ``.xls`` abound)."""
    return start.startswith((ZIP, OLE, EMPTY_ZIP))


def read_workbook(path: Path) -> list[Grid]:
    """Read every sheet that holds something.

    Raises
    ------
    BadInputError
        If the file is protected, truncated, not a workbook, or all its sheets are empty.
    """
    reader = _open(path)
    grids = [_read_sheet(reader, path, name) for name in reader.sheet_names]
    filled = [grid for grid in grids if grid.cells.num_rows]
    if not filled:
        raise BadInputError(f"{path.name}: every sheet is empty; expected a ledger, a list or an aged balance")
    return filled


def _open(path: Path) -> fastexcel.ExcelReader:
    content = path.read_bytes()
    if content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise BadInputError(f"{path.name}: the workbook is protected by a password; save it without one and try again")
    try:
        return fastexcel.read_excel(content)
    except Exception as problem:  # calamine has one error class per format, and panics on some truncated files
        if "password" in str(problem).lower():
            raise BadInputError(
                f"{path.name}: the workbook is protected by a password; save it without one and try again"
            ) from problem
        raise BadInputError(
            f"{path.name}: not a readable workbook (truncated, damaged, or another format); save it again as .xlsx"
        ) from problem


def _read_sheet(reader: fastexcel.ExcelReader, path: Path, name: str) -> Grid:
    try:
        # skip_rows=0 keeps the blank rows on top, so that row numbers are those Excel shows
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", skip_whitespace_tail_rows=True)
        table = pa.Table.from_batches([sheet.to_arrow()])
    except Exception as problem:
        raise BadInputError(f"{path.name}: sheet {name} cannot be read; save the workbook again as .xlsx") from problem
    cells = as_texts(table.columns)
    return Grid(path.name, name, cells, is_workbook=True, find_uncached=partial(_uncached_rows, path, name))


def _uncached_rows(path: Path, sheet: str) -> frozenset[int]:
    """Return the rows of an xlsx sheet with a formula whose result was never stored (1-based).

    A workbook written by a program and never opened in a spreadsheet has such cells; they read as blank.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            xml = archive.read(_part_of(archive, sheet))
    except (zipfile.BadZipFile, KeyError, OSError):
        return frozenset()
    pattern = rb'<c r="[A-Z]+(\d+)"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
    return frozenset(int(number) for number in re.findall(pattern, xml))


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for tag in re.findall(r"<(?:\w+:)?sheet [^>]*>", book):
        name, link = re.search(r'name="([^"]*)"', tag), re.search(r'r:id="([^"]*)"', tag)
        if name and link and _unescape(name[1]) == sheet:
            for relation in re.findall(r"<Relationship [^>]*>", links):
                target = re.search(r'Target="([^"]*)"', relation)
                if target and f'Id="{link[1]}"' in relation:
                    return "xl/" + target[1].removeprefix("/xl/")
    raise KeyError(sheet)


def _unescape(text: str) -> str:
    return (
        text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&apos;", "'")
        .replace("&amp;", "&")
    )
