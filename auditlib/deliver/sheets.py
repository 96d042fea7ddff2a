"""One typed sheet of a workbook: what it holds, and how it is written."""

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from auditlib.errors import BadInputError

__all__ = ["Cached", "Column", "Sheet", "add_styles", "write_sheet"]

EXCEL_ROWS = 1_048_000
NAVY, PALE, ASKED = "1F4E79", "EEF2F6", "FFF8E1"
NUMBER_FORMATS = {
    "text": "@",
    "wrapped": "General",
    "answer": "General",
    "answer_text": "@",
    "answer_date": "dd/mm/yyyy",
    "answer_amount": "{0}#,##0.00",
    "amount": '{0}#,##0.00;[Red]{0}-#,##0.00;"–"',
    "figure": "{0}#,##0.00;[Red]{0}-#,##0.00",
    "share": "{0}0.0%",
    "days": "{0}#,##0.0",
    "count": "{0}#,##0",
    "date": "dd/mm/yyyy",
    "index": "{0}#,##0",
    "coefficient": "{0}0.00",
}
"""Number format by kind of column; ``{0}`` is the locale."""
LOCALES = {"fr": "[$-40C]", "en": "[$-809]"}
LEFT = ("text", "wrapped", "date", "answer", "answer_text", "answer_date")
WRAPPED = ("wrapped", "answer")
ANSWERS = ("answer", "answer_text", "answer_date", "answer_amount")
"""Kinds of cells that the reader fills in: left open where the sheet is protected."""
LONGEST_TEXT = 32_000
WIDEST = 52.0
"""Width up to which a column grows with its texts. [characters]"""
LIKE_FORMULA = ("=", "+", "-", "@", "\t")
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])

Cached = dict[str, float]
"""Value of each formula by cell, e.g. ``{"C5": 12.5}``: shown by readers that compute nothing."""


@dataclass(frozen=True)
class Column:
    """A column: title, values, kind and width.

    Attributes
    ----------
    title : str
    values : sequence
        Numbers are numbers and dates are dates; None is an empty cell.
    kind : str
        A key of the number formats.
    width : float
        [characters]
    total : {"", "sum", "subtotal"}
        Formula above the header; a subtotal follows the filter.
    formula : str
        Written instead of the values, which it must give; ``{row}`` is its row.
    kinds : sequence of str
        Kind of each value where they differ.
    choices : sequence of str
        What a reader may fill in, as a list to choose from.
    """

    title: str
    values: Sequence[Any]
    kind: str = "text"
    width: float = 14
    total: str = ""
    formula: str = ""
    kinds: Sequence[str] = field(default=())
    choices: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Sheet:
    """A sheet: title, columns, and sentences printed under the title; an open one is not protected."""

    title: str
    columns: Sequence[Column]
    notes: Sequence[str] = ()
    freeze: int = 1
    portrait: bool = False
    is_open: bool = False


def add_styles(workbook: Workbook, *, language: str = "fr") -> None:
    """Register the named styles, but those a workbook has already: its reader may restyle the whole from Excel."""
    known = set(workbook.named_styles)
    for style in _styles(language):
        if style.name not in known:
            workbook.add_named_style(style)


def _styles(language: str) -> Iterator[NamedStyle]:
    hair = Border(bottom=Side(style="hair", color="C9D1DA"))
    for kind, number_format in NUMBER_FORMATS.items():
        is_left = kind in LEFT
        for suffix, is_bold in (("", False), (" total", True)):
            yield NamedStyle(
                name=f"audit {kind}{suffix}",
                number_format=number_format.format(LOCALES[language]),
                border=hair,
                font=Font(name="Calibri", size=10, bold=is_bold),
                fill=_fill(kind, is_bold=is_bold),
                protection=Protection(locked=kind not in ANSWERS),
                alignment=Alignment(
                    vertical="top",
                    wrap_text=kind in WRAPPED,
                    horizontal="left" if is_left else "right",
                    indent=int(is_left),
                ),
            )
    header = NamedStyle(name="audit header", font=Font(name="Calibri", size=10, bold=True, color="FFFFFF"))
    header.fill = PatternFill("solid", start_color=NAVY)
    header.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    header.border = Border(right=Side(style="thin", color="FFFFFF"))
    yield header
    yield NamedStyle(name="audit title", font=Font(name="Calibri", size=15, bold=True, color=NAVY))
    yield NamedStyle(name="audit link", font=Font(name="Calibri", size=10, underline="single", color=NAVY))
    yield NamedStyle(name="audit heading", font=Font(name="Calibri", size=9, italic=True, color="5B6775"))


def _fill(kind: str, *, is_bold: bool) -> PatternFill:
    color = PALE if is_bold else ASKED if kind in ANSWERS else ""
    return PatternFill("solid", start_color=color) if color else PatternFill()


def write_sheet(workbook: Workbook, sheet: Sheet, *, heading: Sequence[str], total_label: str) -> Cached:
    """Add a sheet to a workbook: title, heading, totals, header, rows, filter and frozen panes.

    Parameters
    ----------
    workbook : Workbook
        Prepared by `add_styles`.
    sheet : Sheet
    heading : sequence of str
        As-of date and parameters, printed on every sheet.
    total_label : str

    Returns
    -------
    dict
        The values of the formulas written.

    Raises
    ------
    BadInputError
        If there are more rows than a sheet can hold.
    """
    rows = len(sheet.columns[0].values)
    if rows > EXCEL_ROWS:
        raise BadInputError(
            f"audit.xlsx, sheet {sheet.title}: {rows} rows are more than Excel holds; use data/*.parquet"
        )
    page = workbook.create_sheet(sheet.title)
    pen = _Pen(page)
    page.append([pen.text(sheet.title, "title")])
    for line in (*heading, *sheet.notes):
        page.append([pen.text(line, "heading")])
    cached = _write_totals(pen, sheet, rows, total_label) if any(column.total for column in sheet.columns) else {}
    page.append([pen.text(column.title, "header") for column in sheet.columns])
    header_row = page.max_row
    columns = [_cells(pen, column, header_row + 1, cached, letter) for letter, column in _lettered(sheet)]
    for row in zip(*columns, strict=True):
        page.append(row)
    _lay_out(page, sheet, header_row)
    if any(column.kind in ANSWERS for column in sheet.columns) and not sheet.is_open:
        _ask(page, sheet, header_row)
    return cached


class _Pen:
    """Makes a sheet's cells; looking a style up once, not at each cell, halves the time of a long list."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        self._arrays: dict[str, Any] = {}

    def cell(self, value: Any, kind: str) -> Cell:
        """Make a cell of a number, a date, a formula or nothing."""
        if kind not in self._arrays:
            model: Any = Cell(self.page, 1, 1)
            model.style = f"audit {kind}"
            self._arrays[kind] = model._style  # noqa: SLF001 -- taken back as style_array, given nowhere else
        return Cell(self.page, 1, 1, value=value, style_array=self._arrays[kind])

    def text(self, text: str, kind: str) -> Cell:
        """Make a cell of text: what looks like a formula never becomes one, here or when it is edited."""
        cell = self.cell(text.translate(CONTROL)[:LONGEST_TEXT], kind)
        if text.startswith(LIKE_FORMULA):
            cell.data_type = "s"
            cell.quotePrefix = True
        return cell


def _write_totals(pen: _Pen, sheet: Sheet, rows: int, label: str) -> Cached:
    """Write the totals above the header, where frozen panes keep them in sight."""
    first = pen.page.max_row + 3
    cached: Cached = {}
    cells = []
    for letter, column in _lettered(sheet):
        formula = None
        if column.total and rows:
            span = f"{letter}{first}:{letter}{first + rows - 1}"
            formula = f"=SUM({span})" if column.total == "sum" else f"=SUBTOTAL(109,{span})"
            cached[f"{letter}{first - 2}"] = round(math.fsum(value for value in column.values if value is not None), 2)
        cells.append(pen.cell(formula, f"{column.kind} total"))
    if cells[0].value is None:
        cells[0] = pen.text(label, "text total")
    pen.page.append(cells)
    return cached


def _lettered(sheet: Sheet) -> list[tuple[str, Column]]:
    return [(get_column_letter(rank), column) for rank, column in enumerate(sheet.columns, start=1)]


def _cells(pen: _Pen, column: Column, first_row: int, cached: Cached, letter: str) -> list[Cell]:
    if column.formula:
        cached.update({f"{letter}{row}": value for row, value in enumerate(column.values, start=first_row)})
        return [
            pen.cell(column.formula.format(row=row), column.kind)
            for row in range(first_row, first_row + len(column.values))
        ]
    kinds = column.kinds or [column.kind] * len(column.values)
    return [
        pen.text(value, kind) if isinstance(value, str) else pen.cell(value, kind)
        for value, kind in zip(column.values, kinds, strict=True)
    ]


def _lay_out(page: Worksheet, sheet: Sheet, header_row: int) -> None:
    last = get_column_letter(len(sheet.columns))
    page.freeze_panes = f"{get_column_letter(sheet.freeze + 1)}{header_row + 1}"
    page.auto_filter.ref = f"A{header_row}:{last}{max(page.max_row, header_row)}"
    widths = {letter: _width(column) for letter, column in _lettered(sheet)}
    header_lines = max(len(textwrap.wrap(column.title, max(int(widths[letter]) - 1, 1)))
                       for letter, column in _lettered(sheet))
    page.row_dimensions[header_row].height = max(30, 13.5 * header_lines + 3)
    page.sheet_view.showGridLines = False
    for letter, width in widths.items():
        page.column_dimensions[letter].width = width
    for row, lines in enumerate(_lines(sheet), start=header_row + 1):
        if lines > 1:
            page.row_dimensions[row].height = 13.5 * lines
    page.page_setup.orientation = "portrait" if sheet.portrait else "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, int(sheet.portrait)
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.print_title_rows = f"{header_row}:{header_row}"
    made: Any = page  # the type stubs call optional what openpyxl always makes
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.oddFooter.right.text, made.oddFooter.left.text = "&P / &N", "&A"


def _ask(page: Worksheet, sheet: Sheet, header_row: int) -> None:
    """Let a reader fill in the cells that ask for it, and nothing else; no password."""
    protection: Any = page.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.sort = protection.autoFilter = False  # allowed
    for letter, column in _lettered(sheet):
        if column.choices and page.max_row > header_row:
            listed = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            listed.add(f"{letter}{header_row + 1}:{letter}{page.max_row}")
            page.add_data_validation(listed)


def _width(column: Column) -> float:
    """Return the width of a column: texts on one line get what they need, up to `WIDEST`."""
    if column.kind != "text" or column.kinds:
        return column.width
    longest = max((len(value) for value in column.values if isinstance(value, str)), default=0)
    return max(column.width, min(longest + 2.0, WIDEST))


def _lines(sheet: Sheet) -> list[int]:
    """Return how many lines the wrapped texts of each row take."""
    wrapped = [
        [math.ceil(len(value) / column.width) if isinstance(value, str) else 1 for value in column.values]
        for column in sheet.columns
        if column.kind in WRAPPED
    ]
    return [max(lines) for lines in zip(*wrapped, strict=True)]
