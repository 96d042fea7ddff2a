"""HTML tables, as many programs write under the name of a workbook, into a grid."""

import re
from pathlib import Path

from lxml import etree

from auditlib.errors import BadInputError
from auditlib.loaders.encoding import detect_encoding
from auditlib.loaders.grid import Grid, as_grid_cells
from auditlib.loaders.limits import MOST_COLUMNS, MOST_MARKUP

__all__ = ["html_grid", "read_html"]

CHARSET = re.compile(rb"<meta[^>]*charset\s*=\s*[\"']?([\w-]+)|<\?xml[^>]*encoding=[\"']([\w-]+)", re.IGNORECASE)
BLOCKS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "li", "tr", "body", "form"))
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


class _Rows:
    """What the parser tells of a page, gathered row by row: no tree is built, so that a page costs its cells only."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.has_table = False
        self.open: list[list[str]] = []
        self.words: list[str] = []
        self.unseen = 0
        self.in_cell = False

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
            if self.open:
                self.span = _span(attributes.get("colspan"))
        elif tag in BLOCKS:
            self.has_table |= tag == "table"
            if tag == "table" and self.open:
                self._flush()
                self.open[-1] = []
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
            row = self.open.pop() if self.open else []
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
            self.open[-1] += [self._taken(), *[""] * (self.span - 1)]
        self.in_cell = False

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
