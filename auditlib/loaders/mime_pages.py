"""Web pages in one file (MHTML), as Excel and reporting tools write them, into grids."""

import email
import re
from email.message import Message
from email.policy import default
from pathlib import Path

from auditlib.errors import BadInputError
from auditlib.loaders.grid import Grid
from auditlib.loaders.html_tables import html_grid
from auditlib.loaders.limits import MOST_MARKUP

__all__ = ["read_mime"]

SHEET_NAMES = re.compile(r"<x:ExcelWorksheet>\s*<x:Name>([^<]*)</x:Name>", re.IGNORECASE)


def read_mime(path: Path) -> list[Grid]:
    """Read the pages of the file that hold a table, one sheet each.

    Raises
    ------
    BadInputError
        If it is too large, or holds no table.
    """
    if path.stat().st_size > MOST_MARKUP:
        raise BadInputError(
            f"{path.name}: a web page of more than {MOST_MARKUP >> 20} MB; open it in a spreadsheet, save it as .xlsx"
        )
    with path.open("rb") as stream:
        message = email.message_from_binary_file(stream, policy=default)
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    names = [name for part in pages for name in SHEET_NAMES.findall(_content(part).decode("latin-1"))]
    found = [html_grid(path.name, str(number), _content(part), _encoding(part)) for number, part in enumerate(pages)]
    grids = [grid for grid in found if grid is not None and grid.cells.num_rows]
    if not grids:
        raise BadInputError(f"{path.name}: a web page without a table; save the ledger as .xlsx or .csv")
    return _named(grids, names)


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _encoding(part: Message) -> str:
    named = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", _content(part)[:4096])
    return part.get_content_charset() or (named[1].decode("ascii") if named else "utf-8")


def _named(grids: list[Grid], names: list[str]) -> list[Grid]:
    """Give the sheets the names the workbook has for them, where it has one for each."""
    if len(grids) == 1:
        return [grids[0].renamed("")]
    if len(names) == len(grids):
        return [grid.renamed(name) for grid, name in zip(grids, names, strict=True)]
    return [grid.renamed(f"page {number}") for number, grid in enumerate(grids, start=1)]
