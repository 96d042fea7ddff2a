"""Excel's XML of 2003 (SpreadsheetML), as many programs write under the name of a workbook, into grids."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from auditlib.errors import BadInputError
from auditlib.loaders.grid import Grid, as_grid_cells, hidden_note
from auditlib.loaders.limits import MOST_CELLS, MOST_MARKUP, MOST_ROWS, check_width

__all__ = ["read_spreadsheet_xml"]

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
EXCEL = "{urn:schemas-microsoft-com:office:excel}"


def read_spreadsheet_xml(path: Path) -> list[Grid]:
    """Read each worksheet that holds something.

    Raises
    ------
    BadInputError
        If it is too large, cut off, declares entities, or holds nothing.
    """
    if path.stat().st_size > 4 * MOST_MARKUP:
        raise BadInputError(
            f"{path.name}: an XML workbook of more than {MOST_MARKUP >> 18} MB; save it as .xlsx in a spreadsheet"
        )
    try:
        grids = list(_worksheets(path))
    except etree.XMLSyntaxError as problem:
        raise BadInputError(
            f"{path.name}: not a readable XML workbook (line {problem.lineno}); save it as .xlsx in a spreadsheet"
        ) from problem
    filled = [grid for grid in grids if grid.cells.num_rows]
    if not filled:
        raise BadInputError(f"{path.name}: every sheet is empty; expected a ledger, a list or an aged balance")
    return filled


def _worksheets(path: Path) -> Iterator[Grid]:
    with path.open("rb") as stream:
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            huge_tree=True,
        )
        sheet = _Sheet(path.name, "")
        for event, element in events:
            if element.getroottree().docinfo.internalDTD is not None:
                raise BadInputError(
                    f"{path.name}: it declares XML entities; open it in a spreadsheet and save it as .xlsx"
                )
            if event == "start":
                if element.tag == f"{SS}Worksheet":
                    sheet = _Sheet(path.name, element.get(f"{SS}Name", ""))
            elif element.tag == f"{SS}Row":
                sheet.take(element)
                _forget(element)
            elif element.tag == f"{EXCEL}Visible" and (element.text or "").startswith("SheetHidden"):
                sheet.is_hidden = True
            elif element.tag == f"{SS}Worksheet":
                yield sheet.grid()


def _forget(element: etree._Element) -> None:
    """Drop a row that was read, and what stands before it: the tree stays small."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Sheet:
    """A worksheet, row by row."""

    def __init__(self, file: str, name: str) -> None:
        self.file, self.name = file, name
        self.rows: list[list[str]] = []
        self.next = 0
        self.cells = 0
        self.uncached: set[int] = set()
        self.is_hidden = False

    def take(self, row: etree._Element) -> None:
        """Take one row; blank rows before it are implied by its index."""
        place = self._place(row.get(f"{SS}Index"), self.next, MOST_ROWS)
        self.next = place + 1 + self._number(row.get(f"{SS}Span"))
        cells: list[str] = []
        for cell in row.iter(f"{SS}Cell"):
            column = self._place(cell.get(f"{SS}Index"), len(cells), 1 << 14)
            data = cell.find(f"{SS}Data")
            if data is None and cell.get(f"{SS}Formula"):
                self.uncached.add(place + 1)
            cells += [""] * (column - len(cells))
            cells.append(_value(data))
            cells += [""] * min(self._number(cell.get(f"{SS}MergeAcross")), 1 << 14)
            check_width(f"{self.file}/{self.name}", len(cells))
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            self.rows += [[]] * (place - len(self.rows))
            self.rows.append(cells)
            self.cells = max(self.cells, len(cells))
            if self.cells * len(self.rows) > MOST_CELLS:
                raise BadInputError(f"{self.file}/{self.name}: its used range is too large; save it as .xlsx")

    def _place(self, index: str | None, following: int, limit: int) -> int:
        place = self._number(index) - 1 if index else following
        if not following <= place < limit:
            raise BadInputError(f"{self.file}/{self.name}: row or cell {place + 1} is out of place; save it as .xlsx")
        return place

    def _number(self, text: str | None) -> int:
        if text and not text.isdecimal():
            raise BadInputError(f"{self.file}/{self.name}: {text!r} is no number of rows or cells; save it as .xlsx")
        return int(text or 0)

    def grid(self) -> Grid:
        """Return its grid."""
        found = frozenset(self.uncached)
        return Grid(
            self.file,
            self.name,
            as_grid_cells(self.rows),
            is_workbook=True,
            find_uncached=lambda: found,
            notes=hidden_note(self.name) if self.is_hidden else (),
        )


def _value(data: etree._Element | None) -> str:
    if data is None:
        return ""
    text = "".join(str(part) for part in data.itertext())
    return text.replace("T", " ").removesuffix(".000") if data.get(f"{SS}Type") == "DateTime" else text
