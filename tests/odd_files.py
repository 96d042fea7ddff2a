"""The same small list of open items in every kind of file that clients send, real workbooks and fake ones."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils import get_column_letter

Cell = str | float | dt.date | None
Rows = Sequence[Sequence[Cell]]

ITEMS: Rows = [
    ["Balance clients au 31/12/2025"],
    [],
    ["Code client", "Client", "N° pièce", "Date", "Échéance", "Reste dû"],
    ["C001", "Société Dupré & Fils", "F0001", dt.date(2025, 10, 5), dt.date(2025, 11, 4), 1200.5],
    ["C002", "Martin <SARL>", "F0002", dt.date(2025, 11, 20), dt.date(2025, 12, 20), 360.0],
    ["C001", "Société Dupré & Fils", "A0003", dt.date(2025, 12, 1), None, -60.25],
]
"""1 200.50 + 360.00 - 60.25 = 1 500.25, on rows 4 to 6."""
TOTAL_CENTS = 150_025
SHEET = "xl/worksheets/sheet1.xml"


def french(cell: Cell) -> str:
    """Write a cell as a French program prints it."""
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return f"{cell:,.2f}".replace(",", " ").replace(".", ",")
    return "" if cell is None else str(cell)


def delimited(rows: Rows = ITEMS, *, separator: str = ";", encoding: str = "cp1252", end: str = "\r\n") -> bytes:
    """Write delimited text."""
    return end.join([*(separator.join(map(french, row)) for row in rows), ""]).encode(encoding)


def xlsx(rows: Rows = ITEMS, *, hidden: str = "", charts: bool = False) -> bytes:
    """Write a workbook; a second sheet may be hidden, a third hold a chart only."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Clients"
    for row in rows:
        sheet.append(list(row))
    if hidden:
        other = book.create_sheet(hidden)
        other.sheet_state = "hidden"
        for row in rows[2:4]:
            other.append(list(row))
    if charts:
        book.create_chartsheet("Graphique")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def replaced(book: bytes, parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Write an archive again with some of its members replaced, or added."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(content, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, added in parts.items():
            new.writestr(name, added)
    return content.getvalue()


def sheet_xml(body: str, *, dimension: str = "A1:L1048576", after: str = "", before: str = "") -> bytes:
    """Return a sheet's XML around its rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        f'2006/main"><dimension ref="{dimension}"/><sheetData>{body}</sheetData>{after}</worksheet>'
    ).encode()


def xml_row(number: int, cells: Sequence[Cell]) -> str:
    """Return one row of a sheet's XML."""
    written = []
    for column, cell in enumerate(cells, start=1):
        place = f"{get_column_letter(column)}{number}"
        if isinstance(cell, float):
            written.append(f'<c r="{place}"><v>{cell}</v></c>')
        elif cell is not None:
            written.append(f'<c r="{place}" t="inlineStr"><is><t>{escape(french(cell))}</t></is></c>')
    return f'<row r="{number}">{"".join(written)}</row>'


def html(rows: Rows = ITEMS, *, encoding: str = "utf-8", head: str = "") -> bytes:
    """Write a page as reporting tools do: title above, cells not closed, a layout table around."""
    lines = ["<tr>" + "".join(f"<td>{escape(french(cell))}" for cell in row) + "</tr>" for row in rows[2:]]
    title = "".join(f"<h1>{escape(french(row[0]))}</h1>" for row in rows[:1] if row)
    return (
        f'{head}<html><head><meta charset="{encoding}"><style>td {{ color: red }}</style></head><body>{title}'
        f"<table><tr><td><table border=1>{''.join(lines)}</table></td></tr></table></body></html>"
    ).encode(encoding)


def spreadsheet_xml(rows: Rows = ITEMS, *, before: str = "") -> bytes:
    """Write Excel's XML of 2003; blank rows are left out and said by an index."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(map(_xml_cell, row))
        lines += [f'<Row ss:Index="{number}">{cells}</Row>'] if cells else []
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<Worksheet ss:Name="Clients"><Table>{"".join(lines)}</Table></Worksheet></Workbook>'
    ).encode()


def _xml_cell(cell: Cell) -> str:
    kind = {float: "Number", dt.date: "DateTime"}.get(type(cell), "String")
    text = f"{cell:%Y-%m-%dT00:00:00.000}" if isinstance(cell, dt.date) else str(cell)
    return "<Cell/>" if cell is None else f'<Cell><Data ss:Type="{kind}">{escape(text)}</Data></Cell>'


def mime(rows: Rows = ITEMS) -> bytes:
    """Write a web page in one file."""
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content("no page")
    message.add_alternative(html(rows).decode(), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def ods(rows: Rows = ITEMS, *, attributes: str = "") -> bytes:
    """Write an OpenDocument workbook that ends, as they do, with a million blank rows."""
    lines = []
    for row in rows:
        cells = "".join(_ods_cell(cell, attributes) for cell in row)
        blank = '<table:table-cell table:number-columns-repeated="1024"/>'
        lines.append(f"<table:table-row>{cells}{blank}</table:table-row>")
    lines.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>')
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
            f'<table:table table:name="Clients">{"".join(lines)}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return content.getvalue()


def _ods_cell(cell: Cell, attributes: str) -> str:
    if cell == "=":
        return '<table:table-cell table:formula="of:=1+1"/>'
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, float):
        return f'<table:table-cell {attributes} office:value-type="float" office:value="{cell}"/>'
    words = f"<text:p>{escape(french(cell))}</text:p>"
    return f'<table:table-cell {attributes} office:value-type="string">{words}</table:table-cell>'


def xls(rows: Rows = ITEMS, *, protected: bool = False) -> bytes:
    """Write a workbook of 1997 (BIFF8): labels and numbers only, in a compound file of one stream."""
    lock = _biff(0x002F, b"\1\0" * 3) if protected else b""
    sheet = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, float):
                sheet += _biff(0x0203, struct.pack("<HHHd", row, column, 0, cell))
            elif cell is not None:
                text = french(cell).encode("utf-16-le")
                sheet += _biff(0x0204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)
    sheet += _biff(0x000A, b"")
    start = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0))
    name = b"\x07\x00Clients"
    start += lock
    bound = len(start) + 4 + 6 + len(name) + 4
    globals_ = start + _biff(0x0085, struct.pack("<IH", bound, 0) + name) + _biff(0x000A, b"")
    return _compound("Workbook", globals_ + sheet)


def _biff(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(name: str, content: bytes) -> bytes:
    """Write a compound file (OLE) with one stream, large enough to have sectors of its own."""
    content = content.ljust(4096, b"\0")
    content += b"\0" * (-len(content) % 512)
    sectors = len(content) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    )
    header += struct.pack("<I", 0) + b"\xff" * (512 - len(header) - 4)
    folder = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 2, len(content))
    return header + table + folder.ljust(512, b"\0") + content


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def xlsb(rows: Rows = ITEMS) -> bytes:
    """Write a binary workbook: strings in the cells, numbers, nothing else."""
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, 5)) + _record(145)
    for number, cells in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHBBI", number, 0, 0, 0, 0, 0) + b"\0")
        for column, cell in enumerate(cells):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, float):
                sheet += _record(5, place + struct.pack("<d", cell))
            elif cell is not None:
                sheet += _record(6, place + _wide(french(cell)))
    sheet += _record(146) + _record(130)
    book = _record(131) + _record(143) + _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Clients"))
    book += _record(144) + _record(132)
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="{}" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relation.format("rId1", "officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", relation.format("rId1", "worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return content.getvalue()


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return number + length + content


def fec(*, separator: str = "\t", encoding: str = "iso8859-15") -> bytes:
    """Write an entries file: one sale on credit with its two other sides, and its receipt."""
    header = (
        "JournalCode,JournalLib,EcritureNum,EcritureDate,CompteNum,CompteLib,CompAuxNum,CompAuxLib,PieceRef,PieceDate,"
        "EcritureLib,Debit,Credit,EcritureLet,DateLet,ValidDate,Montantdevise,Idevise"
    )
    lines = [
        "VE,Ventes,1,20250131,411000,Clients,C1,Dupré,F1,20250131,Facture,1200.00,0.00,A,20250228,20250131,,",
        "VE,Ventes,1,20250131,707000,Ventes,,,F1,20250131,Facture,0.00,1000.00,,,20250131,,",
        "VE,Ventes,1,20250131,445710,TVA,,,F1,20250131,Facture,0.00,200.00,,,20250131,,",
        "BQ,Banque,2,20250228,411000,Clients,C1,Dupré,R1,20250228,Chèque,0.00,1200.00,A,20250228,20250228,,",
        "BQ,Banque,2,20250228,512000,Banque,,,R1,20250228,Chèque,1200.00,0.00,,,20250228,,",
    ]
    rows = [line.replace(".", "¤").split(",") for line in (header, *lines)]
    return "\r\n".join([separator.join(row).replace("¤", ",") for row in rows] + [""]).encode(encoding)


def grouped() -> bytes:
    """Write a ledger printed customer by customer, as text."""
    rows: Rows = [
        ["Grand livre auxiliaire au 31/12/2025"],
        ["Date", "Jnl", "N° pièce", "Libellé", "Débit", "Crédit"],
        ["411DUPRE", "Dupré SA"],
        ["05/10/2025", "VE", "F1", "Facture", "1200,00", ""],
        ["05/11/2025", "BQ", "R1", "Virement", "", "1200,00"],
        ["Total Dupré SA", "", "", "", "1200,00", "1200,00"],
        ["411MARTIN", "Martin"],
        ["05/12/2025", "VE", "F2", "Facture", "360,00", ""],
        ["Total Martin", "", "", "", "360,00", ""],
        ["Total général", "", "", "", "1560,00", "1200,00"],
    ]
    return delimited(rows)


def aligned(*, encoding: str = "cp850") -> bytes:
    """Write a ledger whose columns are aligned by spaces, a title above and no ruler."""
    lines = [
        "ACMÉ SAS",
        "Journal des clients au 31/12/2025",
        "",
        "Compte      Date        Pièce    Libellé                     Débit        Crédit",
    ]
    for number in range(1, 9):
        side = (f"{1000 + number},50", "") if number % 3 else ("", f"{900 + number},50")
        words = "Facture du mois" if number % 3 else "Virement reçu"
        account = f"411C{number % 2}"
        lines.append(f"{account:<12}{number:02d}/03/2025  F{number:04d}    {words:<22}{side[0]:>12}  {side[1]:>12}")
    return "\r\n".join([*lines, ""]).encode(encoding)


def quadra_line(
    account: str,
    journal: str,
    day: str,
    words: str,
    side: str,
    cents: int,
    *,
    due: str = "",
    code: str = "",
    piece: str = "",
) -> str:
    """Return a movement of QuadraCompta's ASCII: positions of the published description, 1-based in the comments."""
    line = list(" " * 110)
    for place, text in (
        (1, "M"),
        (2, account),
        (10, journal),
        (12, "000"),
        (15, day),
        (22, words[:20]),
        (42, side),
        (43, f"{cents:+013d}"),
        (64, due),
        (70, code),
        (75, piece[:5]),
        (100, piece),
        (108, "EUR"),
    ):
        line[place - 1 : place - 1 + len(text)] = text
    return "".join(line)


def quadra() -> bytes:
    """Write QuadraCompta's ASCII: accounts, movements, an analytical split."""
    sale = ("VE", "310125", "Facturé")
    lines = [
        "C9DUPRE  Dupré SA",
        "C707000  Ventes",
        quadra_line("9DUPRE", *sale, "D", 120_000, due="280225", code="AA", piece="F0001"),
        quadra_line("707000", *sale, "C", 100_000, piece="F0001"),
        "I10000+000000100000CENTRE1",
        quadra_line("445710", *sale, "C", 20_000, piece="F0001"),
        quadra_line("9DUPRE", "BQ", "280225", "Virement", "C", 120_000, code="AA", piece="R0001"),
        quadra_line("512000", "BQ", "280225", "Virement", "D", 120_000, piece="R0001"),
        quadra_line("9MARTIN", *sale, "D", -5_000, piece="A0002"),
        quadra_line("707000", *sale, "C", -5_000, piece="A0002"),
    ]
    return "\r\n".join([*lines, ""]).encode("iso8859-15")


KINDS: dict[str, Callable[..., bytes]] = {
    "xlsx": xlsx,
    "xls": xls,
    "xlsb": xlsb,
    "ods": ods,
    "html": html,
    "spreadsheet_xml": spreadsheet_xml,
    "mime": mime,
    "tab": lambda: delimited(separator="\t"),
    "csv": delimited,
    "utf16": lambda: delimited(separator="\t", encoding="utf-16"),
}
"""Writers of `ITEMS`."""
