"""A plain xlsx writer: about ten times as fast as openpyxl on a ledger, and the same bytes each time."""

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["Cell", "column_letters", "write_sheet"]

Cell = str | int | float | dt.date | None
BORN = (2026, 1, 1, 0, 0, 0)  # one moment for every file: a clock would make each run differ
EPOCH = dt.date(1899, 12, 30).toordinal()
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (  # cell formats: 0 general, 1 date, 2 amount
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        '<fonts count="1"><font><sz val="9"/><name val="Arial"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def column_letters(count: int) -> list[str]:
    """Return A, B, … of at most 26 columns."""
    return [chr(65 + place) for place in range(count)]


def write_sheet(path: Path, sheet: str, rows: Iterable[Sequence[Cell]], *, widths: Sequence[float] = (),
                merged: Iterable[str] = ()) -> None:
    """Write a workbook of one sheet.

    Parameters
    ----------
    path : Path
    sheet : str
        Name of the sheet.
    rows : iterable of sequences
        Values from column A on; None leaves a cell out. Floats are shown as amounts, dates as dd/mm/yyyy.
    widths : sequence of float
        Widths of the columns from A on. [characters]
    merged : iterable of str
        Merged ranges such as "L8:M8"; taken after the last row, so that it may grow while rows are made.
    """
    letters = column_letters(26)
    body = "".join(_row(number, row, letters) for number, row in enumerate(rows, 1))
    columns = "".join(f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
                      for place, width in enumerate(widths, 1))
    ranges = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    content = (
        f'<worksheet xmlns="{MAIN}">'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{body}</sheetData>"
        + (f"<mergeCells>{ranges}</mergeCells>" if ranges else "")
        + "</worksheet>"
    )
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, text in {**PARTS, "xl/workbook.xml": book, "xl/worksheets/sheet1.xml": content}.items():
            package.writestr(zipfile.ZipInfo(name, BORN), HEAD + text, zipfile.ZIP_DEFLATED, compresslevel=5)


def _row(number: int, values: Sequence[Cell], letters: list[str]) -> str:
    cells = "".join(
        _cell(f"{letters[place]}{number}", value) for place, value in enumerate(values) if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: Cell) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, float):
        return f'<c r="{place}" s="2"><v>{value!r}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="1"><v>{value.toordinal() - EPOCH}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
