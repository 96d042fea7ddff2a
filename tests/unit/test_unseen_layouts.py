"""Layouts of programs nobody named beforehand, all of one small receivable, read to the same figures.

The receivable at 31/12/2025, worked by hand. DUPONT: F002 2 400.50 due 20/10 (72 days late), F003 360.00 due 15/12
(16 days). MARTIN: F005 800.00 due 09/01/2026, credit note A001 -150.25. LEBLANC: F006 9 999.99 due 31/08 (122 days),
unmatched receipt R03 -100.00. F001 1 200.00 and F004 5 000.00 are paid. Gross 800.00 + 360.00 + 2 400.50 + 9 999.99
= 13 560.49; credits -250.25; total 13 310.24.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditlib.errors import BadInputError
from auditlib.indicators import compute
from auditlib.loaders.intake import Intake, load_documents
from auditlib.parameters import Method, NonDisclosure, Parameters

Rows = list[list[Any]]
DAY = dt.date(2025, 12, 31)
NAMES = {"DUPONT": "DUPONT SA", "MARTIN": "Martin & Fils", "LEBLANC": "Ets Leblanc"}
ITEMS: list[tuple[str, dt.date, dt.date | None, str, str, str, float, str]] = [
    ("DUPONT", dt.date(2025, 9, 5), dt.date(2025, 10, 5), "VE", "F001", "Facture", 1200.0, "AA"),
    ("DUPONT", dt.date(2025, 10, 10), None, "BQ", "R01", "Virement", -1200.0, "AA"),
    ("DUPONT", dt.date(2025, 9, 20), dt.date(2025, 10, 20), "VE", "F002", "Facture", 2400.5, ""),
    ("DUPONT", dt.date(2025, 11, 15), dt.date(2025, 12, 15), "VE", "F003", "Facture", 360.0, ""),
    ("MARTIN", dt.date(2025, 10, 1), dt.date(2025, 10, 31), "VE", "F004", "Facture", 5000.0, "AB"),
    ("MARTIN", dt.date(2025, 11, 20), None, "BQ", "R02", "Cheque", -5000.0, "AB"),
    ("MARTIN", dt.date(2025, 12, 10), dt.date(2026, 1, 9), "VE", "F005", "Facture", 800.0, ""),
    ("MARTIN", dt.date(2025, 12, 12), None, "VE", "A001", "Avoir", -150.25, ""),
    ("LEBLANC", dt.date(2025, 8, 1), dt.date(2025, 8, 31), "VE", "F006", "Facture", 9999.99, ""),
    ("LEBLANC", dt.date(2025, 12, 20), None, "BQ", "R03", "Virement", -100.0, ""),
]
OPEN = [item for item in ITEMS if not item[7]]
INVOICES = [item for item in ITEMS if item[3] == "VE"]
PAID = {"F001": dt.date(2025, 10, 10), "F004": dt.date(2025, 11, 20)}
AGES = {"not_due": 800.0, "1-30": 360.0, "61-90": 2400.5, ">90": 9999.99, "unallocated_credits": -250.25}
LIST_AGES = {**AGES, "unallocated_credits": -150.25}


def book(path: Path, **sheets: Rows) -> None:
    """Write a workbook, a sheet per name."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)


def text(path: Path, rows: Sequence[Sequence[Any]], separator: str = ";", encoding: str = "utf-8") -> None:
    """Write a delimited file, blank for None."""
    lines = [separator.join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))


def french(amount: float) -> str:
    """Write 2400.5 as 2 400,50 €, with non-breaking spaces."""
    return f"{amount:,.2f} €".translate({ord(","): "\u00a0", ord("."): ",", ord(" "): "\u00a0"})


def audit(folder: Path, *, as_of_date: dt.date = DAY, terms: str = "", **given: Any) -> tuple[Intake, dict[str, Any]]:
    """Load a folder and compute its figures; every row of every file is accounted for."""
    parameters = Parameters(
        client="unseen", as_of_date=as_of_date, documents=[str(folder)], nda=NonDisclosure(allow_unsigned=True),
        method=Method(default_terms=terms), **given)
    intake = load_documents(parameters, as_of_date=as_of_date)
    rows = intake.intake
    assert (rows["rows_read"] == rows["rows_loaded"] + rows["rows_skipped"] + rows["rows_rejected"]).all()
    return intake, compute(intake, parameters=parameters, as_of_date=as_of_date).summary


def ages(summary: dict[str, Any]) -> dict[str, float]:
    """Return the buckets that hold something."""
    return {row["bucket"]: row["amount"] for row in summary["ageing"] if row["amount"]}


def sides(amount: float) -> list[float | None]:
    """Return an amount as debit and credit."""
    return [amount, None] if amount > 0 else [None, -amount]


def fec(folder: Path) -> None:
    """Write an FEC that has a due date of its own after the 18 columns, and customers named by 9CLI codes."""
    header = ("JOURNALCODE|JOURNALLIB|ECRITURENUM|ECRITUREDATE|COMPTENUM|COMPTELIB|COMPAUXNUM|COMPAUXLIB|PIECEREF|"
              "PIECEDATE|ECRITURELIB|MONTANT|SENS|ECRITURELET|DATELET|VALIDDATE|MONTANTDEVISE|IDEVISE|DATEECHEANCE")
    rows = [header.split("|")]
    for number, (customer, day, due, journal, ref, label, amount, code) in enumerate(ITEMS, 1):
        facing = ("707000", "Ventes") if journal == "VE" else ("512000", "Banque")
        for account, aux, name, signed in (
            (("411000", "Clients"), f"9{customer}", NAMES[customer], amount), (facing, "", "", -amount)
        ):
            own = [code, f"{due:%Y%m%d}" if due else ""] if aux else ["", ""]
            amounts = [f"{abs(signed):010.2f}".replace(".", ","), "+1" if signed > 0 else "-1"]
            rows.append([journal, journal, str(number), f"{day:%Y%m%d}", *account, aux, name, ref, f"{day:%Y%m%d}",
                         label, *amounts, own[0], "", "", "", "", own[1]])
    text(folder / "a.txt", [[str(cell).ljust(12) for cell in row] for row in rows], "|", "utf-16")


def running_balance(folder: Path) -> None:
    """Write a ledger whose only amounts stand beside a balance that adds them up."""
    rows: Rows = [["Customer", "Name", "Date", "Journal", "Document", "Due date", "Match", "Amount", "Balance"]]
    total = 0.0
    for customer, day, due, journal, ref, _, amount, code in ITEMS:
        total = round(total + amount, 2)
        rows.append([customer, NAMES[customer], day, journal, ref, due, code or None, amount, total])
    book(folder / "ledger.xlsx", Ledger=rows)


def signed_credits(folder: Path) -> None:
    """Write a ledger whose credits carry a minus sign."""
    rows: Rows = [["Code client", "Nom", "Date", "Échéance", "Pièce", "Débit", "Crédit", "Lettrage"]]
    rows += [[c, NAMES[c], day, due, ref, *((amount, None) if amount > 0 else (None, amount)), code or None]
             for c, day, due, _, ref, _, amount, code in ITEMS]
    book(folder / "ledger.xlsx", Ledger=rows)


def pages(folder: Path) -> None:
    """Write a grouped ledger in which a customer goes on over a page."""
    head = ["Date", "Jal", "Pièce", "Libellé", "Échéance", "Let", "Débit", "Crédit"]
    rows: Rows = [["GRAND LIVRE DES TIERS"], ["Page 1"], head]
    for customer, name in NAMES.items():
        rows.append([f"Client : {customer}", name])
        for number, (_, day, due, journal, ref, label, amount, code) in enumerate(
            [item for item in ITEMS if item[0] == customer]
        ):
            if customer == "MARTIN" and number == 1:
                rows += [[None, None, None, "A reporter", None, None, 8960.5, 1200.0], ["GRAND LIVRE DES TIERS"],
                         ["Page 2"], head, [None, None, None, "Report", None, None, 8960.5, 1200.0],
                         ["Client : MARTIN (suite)", name]]
            rows.append([day, journal, ref, label, due, code or None, *sides(amount)])
        rows.append([None, None, None, f"Total client {customer}", None, None, None, None])
    book(folder / "ledger.xlsx", GL=rows)


def aged_two_lines(folder: Path) -> None:
    """Write an aged balance with a header of two lines, terms to come split in two, and every sign inverted."""
    book(folder / "aged.xlsx", B=[
        ["Balance âgée au 31/12/2025"],
        ["Code client", "Nom", "A échoir", None, "Echu", None, None, None, "Acomptes", "Total"],
        [None, None, "0-30 j", "+ 30 j", "1-30 j", "31-60 j", "61-90 j", "+ 90 j", None, None],
        ["DUPONT", "DUPONT SA", 0, 0, -360, 0, -2400.5, 0, 0, -2760.5],
        ["MARTIN", "Martin & Fils", -500, -300, 0, 0, 0, 0, 150.25, -649.75],
        ["LEBLANC", "Ets Leblanc", 0, 0, 0, 0, 0, -9999.99, 100, -9899.99],
        ["Total", None, -500, -300, -360, 0, -2400.5, -9999.99, 250.25, -13310.24]])


def names_above_items(folder: Path) -> None:
    """Write an aged detail whose customers stand above their items with a sum, items on a collective account."""
    place = {"F003": 1, "F002": 3, "F006": 5}
    buckets = ["At Date", "1-30", "31-60", "61-90", "91-120", "Older"]
    rows: Rows = [["Aged Receivable"], ["As of 12/31/2025"],
                  [None, "Invoice Date", "Due Date", "Account", *buckets, "Total"]]
    for customer, name in NAMES.items():
        lines = [[ref, day, due or day, "411000",
                  *(amount if at == place.get(ref, 0) else 0 for at in range(6)), amount]
                 for c, day, due, _, ref, _, amount, _ in OPEN if c == customer]
        rows += [[name, None, None, None, *(sum(column) for column in zip(*(line[4:] for line in lines), strict=True))]]
        rows += lines
    rows.append(["Total", None, None, None, 549.75, 360, 0, 2400.5, 0, 9999.99, 13310.24])
    book(folder / "aged.xlsx", Aged=rows)


def euro_signs(folder: Path) -> None:
    """Write a cp1252 list whose only bytes above 127 are mostly non-breaking spaces and euro signs."""
    text(folder / "open.csv", [
        ["Client", "Nom du client", "Date facture", "Échéance", "N° facture", "Montant restant dû (€)"],
        *([c, NAMES[c], f"{day:%d/%m/%Y}", f"{due:%d/%m/%Y}" if due else "", ref, french(amount)]
          for c, day, due, _, ref, _, amount, _ in OPEN)], encoding="cp1252")


def totals_by_currency(folder: Path) -> None:
    """Write open items with sums of sums: a mark for each customer, two for the whole list."""
    rows: Rows = [["Postes non soldés au 31.12.2025"],
                  ["Client", "Nom", "Numéro de pièce", "Date pièce", "Echéance nette", "Montant en devise interne"]]
    for customer, name in NAMES.items():
        lines = [[c, name, ref, f"{day:%d.%m.%Y}", f"{due or day:%d.%m.%Y}", amount]
                 for c, day, due, _, ref, _, amount, _ in OPEN if c == customer]
        rows += [*lines, ["*", None, None, None, None, sum(line[5] for line in lines)]]
    rows.append(["**", None, None, None, None, 13310.24])
    book(folder / "open.xlsx", Open=rows)


LAYOUTS = [(fec, "ledger"), (running_balance, "ledger"), (signed_credits, "ledger"), (pages, "ledger"),
           (aged_two_lines, "aged_balance"), (names_above_items, "open_items"), (euro_signs, "open_items"),
           (totals_by_currency, "open_items")]


@pytest.mark.parametrize(("write", "basis"), LAYOUTS)
def test_every_layout_gives_the_same_receivable(write: Callable[[Path], None], basis: str, tmp_path: Path) -> None:
    write(tmp_path)
    intake, summary = audit(tmp_path)
    assert intake.basis == basis
    assert sorted(intake.customers["name"]) == sorted(NAMES.values())
    assert (summary["receivable"]["total"], summary["receivable"]["gross"]) == (13310.24, 13560.49)
    assert ages(summary) == AGES
    assert not {"broken_totals", "rows_rejected"} & set(intake.findings["finding"])


def by_month(folder: Path) -> None:
    """Write invoices on a sheet per month, two of them without a payment yet."""
    header: list[Any] = [
        "N° facture", "Code client", "Nom client", "Date facture", "Échéance", "Montant TTC", "Date règlement"]
    sheets: dict[str, Rows] = {
        name: [header, *([ref, c, NAMES[c], day, due, amount, PAID.get(ref)]
                         for c, day, due, _, ref, _, amount, _ in INVOICES if day.month in months)]
        for name, months in (("Été", (8, 9, 10)), ("Novembre", (11,)), ("Décembre", (12,)))}
    book(folder / "list.xlsx", **sheets)


def by_status(folder: Path) -> None:
    """Write invoices that are paid by their status only."""
    text(folder / "list.csv", [
        ["Facture", "Client", "Date facture", "Échéance", "Montant hors taxes", "Montant toutes taxes comprises",
         "Statut"],
        *([ref, NAMES[c], day, due, amount * 0.8, amount, "Payée" if ref in PAID else "Partiellement payée"]
          for c, day, due, _, ref, _, amount, _ in INVOICES)])


def by_paid_amount(folder: Path) -> None:
    """Write invoices with what was paid of each beside it."""
    text(folder / "list.csv", [
        ["Invoice No", "Customer", "Invoice date", "Due date", "Amount", "Amount paid"],
        *([ref, NAMES[c], day, due, amount, amount if ref in PAID else 0]
          for c, day, due, _, ref, _, amount, _ in INVOICES)], ",")


@pytest.mark.parametrize(("write", "basis"), [
    (by_month, "invoice_list"), (by_status, "open_items"), (by_paid_amount, "open_items")])
def test_invoice_lists_leave_open_what_is_not_paid(
    write: Callable[[Path], None], basis: str, tmp_path: Path
) -> None:
    write(tmp_path)
    intake, summary = audit(tmp_path)
    assert intake.basis == basis
    assert (summary["receivable"]["total"], summary["receivable"]["open_items"]) == (13410.24, 5)
    assert ages(summary) == LIST_AGES


def test_dates_of_a_dispute_beside_the_item_are_kept(tmp_path: Path) -> None:
    text(tmp_path / "list.csv", [
        ["Facture", "Client", "Date facture", "Échéance", "Montant TTC", "Litige", "Date litige", "Litige clos le",
         "Date règlement"],
        ["F1", "DUPONT SA", "01/09/2025", "20/10/2025", "100,00", "Oui", "25/10/2025", "", ""],
        ["F2", "DUPONT SA", "01/09/2025", "20/10/2025", "10,00", "Oui", "25/10/2025", "25/11/2025", ""],
        ["F3", "DUPONT SA", "01/09/2025", "20/10/2025", "1,00", "Non", "", "", "20/11/2025"]])
    intake, summary = audit(tmp_path)
    assert [str(day.date()) for day in intake.disputes["opened_on"]] == ["2025-10-25", "2025-10-25"]
    assert summary["receivable"]["disputed"] == 100.0  # the dispute over F2 is closed


def test_a_line_with_a_field_too_many_is_rejected(tmp_path: Path) -> None:
    rows: Rows = [["Code client", "Nom", "Date", "Échéance", "Pièce", "Débit", "Crédit"],
            *([c, NAMES[c], day, due, ref, *sides(amount)] for c, day, due, _, ref, _, amount, _ in ITEMS)]
    text(tmp_path / "ledger.csv", [*rows[:4], [*rows[4], "stray"], *rows[5:]])
    intake, _ = audit(tmp_path)
    assert intake.rejected.loc[intake.rejected["class"] == "rejected", "source_row"].tolist() == [5]


GOOD = [["Code client", "Date", "Échéance", "Pièce", "Débit", "Crédit"],
        ["C1", "01/09/2025", "13/10/2025", "F1", "120,00", ""], ["C1", "20/11/2025", "", "R1", "", "20,00"]]


@pytest.mark.parametrize(("rows", "given", "sentence"), [
    (GOOD[:1], {}, r"ledger\.csv: row 1 is its header, and nothing is under it"),
    ([row[:4] for row in GOOD], {}, r"ledger\.csv: no amount column is recognised"),
    ([[row[0], *row[3:]] for row in GOOD], {}, r"ledger\.csv .*a date and an amount column"),
    (GOOD, {"mapping": {"other.csv": {"kind": "open_items"}}}, r"other\.csv: no such file .*'ledger\.csv'"),
    (GOOD, {"mapping": {"ledger.csv": {"as_of_date": "fin 2025"}}}, r"ledger\.csv: mapping: as_of_date must be a date"),
    (GOOD, {"mapping": {"ledger.csv": {"currency": "euros"}}}, r"ledger\.csv: mapping: currency must be an ISO code"),
    (GOOD, {"mapping": {"ledger.csv": {"columns": {"due_date": "Terme"}}}}, r"no column is headed 'Terme'"),
    (GOOD, {"as_of_date": dt.date(2024, 1, 1)}, r"before the first movement \(2025-09-01\)"),
])
def test_what_cannot_be_read_is_said_in_one_sentence(
    rows: Rows, given: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    text(tmp_path / "ledger.csv", rows)
    with pytest.raises(BadInputError, match=sentence):
        audit(tmp_path, **given)
