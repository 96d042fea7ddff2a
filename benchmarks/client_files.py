"""Files as clients send them, of any size, written from one synthetic ledger: flat workbook, print-out, FEC."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

__all__ = [
    "FEC_HEADER", "FLAT_HEADER", "fec_lines", "write_fec", "write_flat_workbook", "write_printed_workbook",
    "write_wide_workbook",
]

FLAT_HEADER = (
    "Compte", "N° tiers", "Intitulé du tiers", "Journal", "Date comptable", "Date pièce", "N° pièce", "Libellé",
    "Échéance", "Débit", "Crédit", "Lettrage")
PRINTED_HEADER = ("Date", "Journal", "N° pièce", "Libellé", "Échéance", "Lettrage", "Débit", "Crédit")
FEC_HEADER = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise")
JOURNALS = {"VE": "Journal des ventes", "BQ": "Banque Société Générale", "OD": "Opérations diverses"}
ACCOUNTS = {
    "411000": "Clients", "416000": "Clients douteux ou litigieux", "707000": "Ventes de marchandises",
    "445710": "TVA collectée", "512000": "Société Générale – compte courant"}
LEGS = {"invoice": ("707000", "445710"), "credit_note": ("707000", "445710"), "reclassification": ()}
BLOCK = 500_000
CELLS = 50_000
PERIOD = "Période du 01/11/2022 au 31/12/2025"
PAGE = 60
"""Rows of a printed page."""
EPOCH = 25_569
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders '
    'count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')
Cell = str | float | None
Strings = dict[str, int]


def write_flat_workbook(path: Path, movements: pd.DataFrame) -> None:
    """Write a ledger of one row an entry, titles above it, as a spreadsheet program writes it (shared strings)."""
    write_sheets(path, {"Grand livre": lambda strings: _flat_rows(movements, strings)})


def write_printed_workbook(path: Path, movements: pd.DataFrame) -> None:
    """Write the same ledger as its print-out: customers above their entries, subtotals, pages."""
    write_sheets(path, {"Grand livre": lambda strings: _printed_rows(movements, strings)})


def write_wide_workbook(path: Path, movements: pd.DataFrame, *, columns: int = 60, sheets: int = 20) -> None:
    """Write a workbook of many sheets with many columns, free ones after those of the ledger."""
    extra = [f"Zone libre {number}" for number in range(columns - len(FLAT_HEADER))]
    parts = np.array_split(np.arange(len(movements)), sheets)
    write_sheets(path, {
        f"Établissement {number}": lambda strings, part=part: _flat_rows(movements.iloc[part], strings, extra)
        for number, part in enumerate(parts, 1)})


def write_sheets(path: Path, sheets: dict[str, Callable[[Strings], Iterator[str]]]) -> None:
    """Write sheets whose rows come as XML, in order."""
    strings: Strings = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, rows in enumerate(sheets.values(), 1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as sheet:
                sheet.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
                for part in rows(strings):
                    sheet.write(part.encode())
                sheet.write(b"</sheetData></worksheet>")
        texts = "".join(f"<si><t>{_escaped(text)}</t></si>" for text in strings)
        archive.writestr("xl/sharedStrings.xml",
                         f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">{texts}</sst>')
        archive.writestr("xl/styles.xml", STYLES)
        _write_package(archive, list(sheets))


def _write_package(archive: zipfile.ZipFile, names: list[str]) -> None:
    numbered = list(enumerate(names, 1))
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
    archive.writestr("xl/workbook.xml",
                     f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{sheets}</sheets></workbook>')
    parts = [(n, "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered]
    parts += [(len(names) + 1, "styles", "styles.xml"), (len(names) + 2, "sharedStrings", "sharedStrings.xml")]
    links = "".join(f'<Relationship Id="rId{n}" Type="{LINKS}/{kind}" Target="{target}"/>' for n, kind, target in parts)
    archive.writestr("xl/_rels/workbook.xml.rels",
                     f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>')
    archive.writestr("_rels/.rels",
                     f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                     f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n, _ in numbered]
    kinds += [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    kinds.append(("/xl/sharedStrings.xml", "sharedStrings"))
    parts_of = "".join(f'<Override PartName="{part}" ContentType="{base}.{kind}+xml"/>' for part, kind in kinds)
    archive.writestr("[Content_Types].xml",
                     f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
                     f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{parts_of}</Types>')


def _flat_rows(movements: pd.DataFrame, strings: Strings, extra: list[str] | None = None) -> Iterator[str]:
    titles: list[list[Cell]] = [["Société Exemple SAS"], ["Grand livre clients"], [PERIOD], []]
    head = [*titles, [*FLAT_HEADER, *(extra or [])]]
    yield "".join(_row(number, cells, strings) for number, cells in enumerate(head, 1))
    beside: list[Cell] = [f"valeur {number % 7}" for number in range(len(extra or []))]
    number = 6
    for start in range(0, len(movements), CELLS):
        rows = _columns(movements.iloc[start : start + CELLS])
        yield "".join(
            _row(number + place, [account, customer, name, journal, posted, dated, reference, label, due, debit, credit,
                                  code, *beside], strings, dates=(4, 5, 8))
            for place, (account, customer, name, journal, posted, dated, reference, label, due, debit, credit, code)
            in enumerate(rows))
        number += CELLS


def _columns(movements: pd.DataFrame) -> Iterator[tuple[Cell, ...]]:
    amount = movements["amount_cents"].to_numpy()
    customer = movements["customer_id"].astype("str")
    dates = [_serials(movements[name]) for name in ("posting_date", "document_date", "due_date")]
    account, journal = movements["account"].astype("str"), movements["journal"].astype("str")
    return zip(
        account, customer, "Société " + customer.str.slice(1), journal,
        dates[0], dates[1], movements["document_ref"], movements["label"], dates[2],
        (float(value) / 100 if value > 0 else None for value in amount),
        (float(-value) / 100 if value <= 0 else None for value in amount),
        movements["matching_code"].astype("str"), strict=True)


def _serials(days: pd.Series) -> list[float | None]:
    numbers = days.to_numpy().astype("datetime64[D]")
    known = ~np.isnat(numbers)
    return [value if is_known else None
            for value, is_known in zip((numbers.astype(np.int64) + EPOCH).tolist(), known.tolist(), strict=True)]


def _printed_rows(movements: pd.DataFrame, strings: Strings) -> Iterator[str]:
    """Yield pages: titles and header, customers with their entries, what is carried forward at the foot."""
    number, on_page, lines = 0, 0, []
    carried = 0
    heads = [["Société Exemple SAS"], ["Grand-livre des tiers"], [PERIOD], list(PRINTED_HEADER)]
    for customer, part in movements.groupby("customer_id", sort=True, observed=True):
        block: list[tuple[list[Cell], int]] = [([str(customer), None, None, f"Société {str(customer)[1:]}"], 0)]
        amounts = part["amount_cents"].tolist()
        block += [([posted, journal, reference, label, due, code, debit, credit], amount) for
                  (_, _, _, journal, posted, _, reference, label, due, debit, credit, code), amount
                  in zip(_columns(part), amounts, strict=True)]
        debit, credit = sum(a for a in amounts if a > 0), -sum(a for a in amounts if a <= 0)
        block.append((["Total du tiers", None, None, None, None, None, debit / 100, credit / 100], 0))
        for cells, amount in block:
            if on_page == 0:
                lines += heads if number == 0 else [*heads, ["Report", None, None, None, None, None, carried / 100]]
            lines.append(cells)
            carried += amount
            on_page = (on_page + 1) % PAGE
            if on_page == 0:
                blanks = [None] * 5
                lines += [["À reporter", *blanks, carried / 100], ["© Sage", *blanks, "Page"]]
        if len(lines) > CELLS:
            yield "".join(_row(number + place, cells, strings, dates=(0, 4)) for place, cells in enumerate(lines, 1))
            number, lines = number + len(lines), []
    yield "".join(_row(number + place, cells, strings, dates=(0, 4)) for place, cells in enumerate(lines, 1))


def _row(number: int, cells: Iterable[Cell], strings: Strings, *, dates: tuple[int, ...] = ()) -> str:
    written = []
    for place, cell in enumerate(cells):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            text = strings.setdefault(cell, len(strings))
            written.append(f'<c r="{_letters(place)}{number}" t="s"><v>{text}</v></c>')
        else:
            style = ' s="1"' if place in dates else ""
            written.append(f'<c r="{_letters(place)}{number}"{style}><v>{cell}</v></c>')
    return f'<row r="{number}">{"".join(written)}</row>'


def _letters(place: int) -> str:
    return chr(65 + place) if place < 26 else chr(64 + place // 26) + chr(65 + place % 26)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def fec_lines(movements: pd.DataFrame) -> pa.Table:
    """Return every line of the entries behind a ledger, as texts under the headers of an FEC.

    An invoice or a credit note faces sales and VAT at 20 %, a receipt or its return the bank; a reclassification is an
    entry of two lines of its own.
    """
    kinds = movements["kind"].astype("str").to_numpy()
    sale = np.isin(kinds, ("invoice", "credit_note"))
    legs = np.where(sale, 3, np.where(kinds == "reclassification", 1, 2))
    owner = np.repeat(np.arange(len(movements)), legs)
    leg = np.arange(len(owner)) - np.repeat(np.cumsum(legs) - legs, legs)
    amount = movements["amount_cents"].to_numpy()[owner]
    vat = np.rint(amount / 6).astype(np.int64)
    signed = np.where(leg == 0, amount, np.where(sale[owner], np.where(leg == 1, vat - amount, -vat), -amount))
    account = np.where(leg == 0, movements["account"].astype("str").to_numpy()[owner],
                       np.where(sale[owner], np.where(leg == 1, "707000", "445710"), "512000"))
    return _fec_table(movements, owner, leg == 0, signed, account)


def _fec_table(
    movements: pd.DataFrame, owner: npt.NDArray[np.int64], own: npt.NDArray[np.bool_], signed: npt.NDArray[np.int64],
    account: npt.NDArray[np.object_],
) -> pa.Table:
    def of(name: str) -> pa.Array:
        return pa.array(movements[name].astype("str"), pa.string()).take(pa.array(owner))

    def dated(name: str) -> pa.Array:
        days = pc.strftime(pa.array(movements[name].to_numpy().astype("datetime64[D]")), "%Y%m%d")
        return pc.fill_null(days, "").take(pa.array(owner))

    blank = pa.array([""] * 1).take(pa.array(np.zeros(len(owner), dtype=np.int64)))
    accounts, customer = pa.array(account.astype(str)), of("customer_id")
    journal = of("journal")
    number = pa.array(np.char.zfill(np.arange(len(movements)).astype("U9"), 9)).take(pa.array(owner))
    name = pc.binary_join_element_wise("Société générale de distribution ", pc.utf8_slice_codeunits(customer, 1), "")
    label = pc.binary_join_element_wise(of("label"), " – commande n° ", dated("document_date"), "")
    coded = pc.if_else(pa.array(own), of("matching_code"), "")
    values = (
        journal, _named(journal, JOURNALS), number, dated("posting_date"), accounts, _named(accounts, ACCOUNTS),
        pc.if_else(pa.array(own), customer, ""), pc.if_else(pa.array(own), name, ""), of("document_ref"),
        dated("document_date"), label, _decimal(np.maximum(signed, 0)), _decimal(np.maximum(-signed, 0)), coded,
        pc.if_else(pc.equal(coded, ""), "", dated("posting_date")), dated("posting_date"), blank, blank)
    return pa.table(dict(zip(FEC_HEADER, values, strict=True)))


def _named(codes: pa.Array, names: dict[str, str]) -> pa.Array:
    encoded = pc.dictionary_encode(codes)
    return pa.array([names[code] for code in encoded.dictionary.to_pylist()]).take(encoded.indices)


def _decimal(cents: npt.NDArray[np.int64]) -> pa.Array:
    whole, part = pa.array(cents // 100).cast(pa.string()), pa.array(cents % 100 + 100).cast(pa.string())
    return pc.binary_join_element_wise(whole, pc.utf8_slice_codeunits(part, 1), ",")


def write_fec(path: Path, movements: pd.DataFrame, *, encoding: str = "cp1252") -> int:
    """Write an FEC (tabs, CRLF, decimal commas) and return how many lines it has."""
    total = 0
    with path.open("wb") as stream:
        stream.write(("\t".join(FEC_HEADER) + "\r\n").encode(encoding))
        for start in range(0, len(movements), BLOCK):
            lines = fec_lines(movements.iloc[start : start + BLOCK])
            held = io.BytesIO()
            pacsv.write_csv(lines, held, pacsv.WriteOptions(include_header=False, delimiter="\t", quoting_style="none"))
            stream.write(held.getvalue().decode().replace("\n", "\r\n").encode(encoding))
            total += lines.num_rows
    return total
