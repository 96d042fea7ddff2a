"""HTML tables, as many programs write under the name of a workbook, into a grid."""

import re
from collections import deque
from pathlib import Path

from lxml import etree

from auditlib.errors import BadInputError
from auditlib.loaders.encoding import detect_encoding
from auditlib.loaders.grid import Grid, as_grid_cells
from auditlib.loaders.limits import MOST_COLUMNS, MOST_MARKUP

__all__ = ["html_grid", "read_html"]

CHARSET = re.compile(rb"<meta[^>]*charset\s*=\s*[\"']?([\w-]+)|<\?xml[^>]*encoding=[\"']([\w-]+)", re.IGNORECASE)
BLOCKS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "li", "tr", "body", "form"))
AMOUNT = re.compile(r"\d[.,]\d{2}\b")
UNSEEN = frozenset(("style", "script", "title", "xml", "head"))
CHUNK = 1 << 16


def read_html(path: Path) -> list[Grid]:
    """Read the tables of a page, one under the other as a spreadsheet shows them; words between them are rows too.

    Raises
    ------
    BadInputError
        If it is too large or holds no table.
    """
    if path.stat().st_size > MOST_MARKUP:
        raise BadInputError(
            f"{path.name}: an HTML page of more than {MOST_MARKUP >> 20} MB; open it in a spreadsheet, save it as .xlsx"
        )
    content = path.read_bytes()
    named = CHARSET.search(content[:4096])
    encoding = detect_encoding(path).name
    if named and not encoding.startswith("utf") and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        encoding = (named[1] or named[2]).decode("ascii")
    grid = html_grid(path.name, "", content, encoding)
    if grid is None or not grid.cells.num_rows:
        raise BadInputError(f"{path.name}: an HTML page without a table; save the ledger as .xlsx or .csv")
    return [grid]


def html_grid(file: str, sheet: str, content: bytes, encoding: str) -> Grid | None:
    """Return the tables of a page as one grid, None where there is none.

    Parameters
    ----------
    file, sheet : str
    content : bytes
    encoding : str
        Its Python name; an unknown one is read as Windows' own.
    """
    try:
        text = content.decode(encoding, "replace")
    except LookupError:
        text = content.decode("cp1252", "replace")
    target = _Rows()
    parser = etree.HTMLParser(target=target, no_network=True, remove_comments=True, remove_pis=True)
    text = text.replace("\x00", "").lstrip("\ufeff")
    for place in range(0, len(text), CHUNK):
        parser.feed(text[place : place + CHUNK])
    try:
        parser.close()
    except etree.XMLSyntaxError:
        return None
    if not target.has_table:
        return None
    return Grid(file, sheet, as_grid_cells(target.rows), decimal=",")


_Cell = tuple[str, int, int]
"""Its words, and over how many columns and rows it stands."""


class _Rows:
    """What the parser tells of a page, gathered row by row: no tree is built, so that a page costs its cells only."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.has_table = False
        self.open: list[list[_Cell]] = []
        self.words: list[str] = []
        self.unseen = 0
        self.in_cell = False
        self.across, self.down = 1, 1
        self.above: dict[int, tuple[str, int]] = {}
        self.below: dict[int, tuple[str, int]] = {}
        """By column, what a cell says of the rows under its own, and of how many: for this row, and for the next."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open a row or a cell."""
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "tr":
            self._flush()
            self.open.append([])
        elif tag in ("td", "th"):
            self._flush()
            self.in_cell = True
            self.across, self.down = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        elif tag in BLOCKS:
            self.has_table |= tag == "table"
            if tag == "table":
                self._flush()
                self.above.clear()
                self.open[-1:] = [[] for _ in self.open[-1:]]
            elif not self.in_cell:
                self._flush()
            else:
                self.words.append(" ")
        elif tag == "br":
            self.words.append(" ")

    def end(self, tag: str) -> None:
        """Close a row or a cell."""
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in ("td", "th"):
            self._close_cell()
        elif tag == "tr":
            self._close_cell()
            row = self._laid_out(self.open.pop() if self.open else [])
            if row or not self.open:
                self.rows.append(row)
        elif tag in BLOCKS and not self.in_cell:
            self._flush()

    def data(self, text: str) -> None:
        """Take words."""
        if not self.unseen:
            self.words.append(text)

    def close(self) -> None:
        """End the page."""
        self._flush()

    def _close_cell(self) -> None:
        if self.in_cell and self.open:
            self.open[-1].append((self._taken(), self.across, self.down))
        self.in_cell = False

    def _laid_out(self, cells: list[_Cell]) -> list[str]:
        """Put cells in their columns, past those that a row above stands in: its words count again, its amounts not."""
        row: list[str] = []
        left = deque(cells)
        while left or len(row) in self.above:
            if len(row) in self.above:
                text, rows = self.above.pop(len(row))
                self.below |= {len(row): (text, rows - 1)} if rows > 1 else {}
                row.append(text)
                continue
            text, across, down = left.popleft()
            if down > 1:
                again = "" if AMOUNT.search(text) else text
                self.below |= {len(row) + place: ("" if place else again, down - 1) for place in range(across)}
            row += [text, *[""] * (across - 1)]
        self.above, self.below = self.below, {}
        return row

    def _flush(self) -> None:
        """Make a row of words that stand in no cell."""
        if words := self._taken():
            self.rows.append([words])

    def _taken(self) -> str:
        text = " ".join("".join(self.words).split())
        self.words.clear()
        return text


def _span(text: str | None) -> int:
    return min(int(text), MOST_COLUMNS) if text and text.isdecimal() and int(text) else 1
