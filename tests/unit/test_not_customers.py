"""Documents a client sends by mistake: what he owes to suppliers, the books of every account."""

import datetime as dt
from pathlib import Path

import pytest

from auditlib.errors import BadInputError
from auditlib.loaders.inspection import SourceReport, inspect_files
from auditlib.loaders.intake import Intake, load_documents
from auditlib.parameters import NonDisclosure, Parameters
from tests.unit.test_unseen_layouts import Rows, book, text

AGES = ["Non échu", "1-30 jours", "31-60 jours", "Plus de 60 jours"]
LEDGER = [
    ["05/01/2024", "AC", "F1", "Facture", None, "1200,00"],
    ["10/02/2024", "BQ", "R1", "Virement", "1200,00", None],
    ["20/11/2024", "AC", "F7", "Facture", None, "2400,00"],
]
HEADER = ["Date", "Jal", "Pièce", "Libellé", "Débit", "Crédit"]

SUPPLIERS: dict[str, Rows] = {
    "column_french": [["Code fournisseur", "Nom", "Solde", *AGES],
                      ["F1", "ALPHA", "-500,00", "-500,00", "0", "0", "0"]],
    "column_english": [["VendorID", "TransactionDate", "DueDate", "Amount"],
                       ["V2", "2024-02-14", "2024-03-14", 3460.88]],
    "column_sap": [["BUKRS", "LIFNR", "BELNR", "BUDAT", "SHKZG", "DMBTR"],
                   ["10", "2001", "19", "20241001", "H", "12.00"]],
    "title_english": [["Aged Payables Summary"], ["Contact", "Current", "1-30", "31-60", "Older", "Total"],
                      ["Acme", 100, 0, 0, 0, 100], ["Total", 100, 0, 0, 0, 100]],
    "title_initials": [["A/P Aging Summary"], ["Name", "Current", "1-30", "31-60", "Older", "Total"],
                       ["Acme", 100, 0, 0, 0, 100]],
    "title_french": [["Grand livre auxiliaire des fournisseurs"], HEADER, ["ALPHA"], *LEDGER],
    "accounts": [["Compte", "Intitulé", *HEADER], *(["401ALPHA", "ALPHA", *row] for row in LEDGER)],
    "accounts_above": [HEADER, ["401ALPHA", "ALPHA"], *LEDGER, ["401BETA", "BETA"], *LEDGER],
}
CUSTOMERS: dict[str, Rows] = {
    "company_named_vendor": [["Vendor Park SARL"], ["Balance âgée"], ["Code", "Nom", "Solde", *AGES],
                             ["C1", "ALPHA", "500,00", "500,00", "0", "0", "0"]],
    "our_number_at_the_customer": [["Client", "N° fournisseur", "Facture", "Date", "Échéance", "Montant TTC"],
                                   ["ALPHA", "77", "F1", "15/01/2024", "14/02/2024", "120,00"]],
    "codes_like_suppliers": [["Compte", "Intitulé", *HEADER],
                             ["40112", "ALPHA", "20/01/2024", "VE", "F", "", "9,00", ""],
                             ["40113", "BETA", "21/01/2024", "VE", "G", "", "5,00", ""]],
    "both": [["Compte", "Intitulé", *HEADER], ["411A", "ALPHA", "20/01/2024", "VE", "F", "", "9,00", ""],
             *(["401B", "BETA", *row] for row in LEDGER)],
}


def seen(tmp_path: Path, rows: Rows, name: str = "document.csv") -> SourceReport:
    """Inspect one text file of these rows."""
    text(tmp_path / name, rows)
    return inspect_files([tmp_path / name])[0]


def loaded_from(folder: Path) -> Intake:
    """Load the documents of a folder."""
    day = dt.date(2024, 3, 31)
    parameters = Parameters(
        client="mistaken", as_of_date=day, documents=[str(folder)], nda=NonDisclosure(allow_unsigned=True))
    return load_documents(parameters, as_of_date=day)


@pytest.mark.parametrize("name", SUPPLIERS)
def test_what_is_owed_to_suppliers_is_not_loaded(tmp_path: Path, name: str) -> None:
    report = seen(tmp_path, SUPPLIERS[name])
    assert (report.kind, report.balance) == ("unknown", 0)
    assert "owed to suppliers" in report.problem


def test_the_file_name_alone_says_that_it_is_of_suppliers(tmp_path: Path) -> None:
    rows: Rows = [["Nom", "Facture", "Date", "Échéance", "Montant TTC"],
                  ["ALPHA", "F1", "15/01/2024", "14/02/2024", "120,00"]]
    assert seen(tmp_path, rows, "échéancier.csv").balance == 120
    assert "owed to suppliers" in seen(tmp_path, rows, "echeancier_fournisseurs.csv").problem


@pytest.mark.parametrize("name", CUSTOMERS)
def test_customers_documents_that_speak_of_suppliers_are_loaded(tmp_path: Path, name: str) -> None:
    report = seen(tmp_path, CUSTOMERS[name])
    assert report.problem == ""
    assert report.balance > 0


def test_a_run_sets_them_aside_and_says_so(tmp_path: Path) -> None:
    items: Rows = [["Nom", "Facture", "Date", "Échéance", "Montant TTC"]]
    book(tmp_path / "tiers.xlsx", Clients=[*items, ["ALPHA", "F1", "15/01/2024", "14/02/2024", 120]],
         Fournisseurs=[["Balance fournisseurs"], *items, ["BETA", "G1", "15/01/2024", "14/02/2024", 999]])
    text(tmp_path / "achats.csv", SUPPLIERS["column_english"])
    loaded = loaded_from(tmp_path)
    assert loaded.movements["amount_cents"].tolist() == [120_00]
    told = loaded.findings[loaded.findings["finding"] == "not_customers"]
    assert sorted(told["sentence"].str.split(" : ").str[0]) == ["achats.csv", "tiers.xlsx/Fournisseurs"]


def test_suppliers_documents_alone_are_no_receivable(tmp_path: Path) -> None:
    text(tmp_path / "achats.csv", SUPPLIERS["column_english"])
    with pytest.raises(BadInputError, match=r"achats\.csv: it lists what is owed to suppliers \(VendorID\)"):
        loaded_from(tmp_path)


def test_the_auditors_word_wins(tmp_path: Path) -> None:
    text(tmp_path / "document.csv", SUPPLIERS["column_english"])
    report, = inspect_files([tmp_path / "document.csv"], mapping={"document.csv": {"kind": "open_items"}})
    assert report.balance == 3460.88


@pytest.mark.parametrize("code", ["Account Code", "Account"])
def test_books_of_every_account_are_no_ledger_of_customers(tmp_path: Path, code: str) -> None:
    rows: Rows = [["Date", code, "Account Name", "Debit", "Credit", "Reference", "Client/Vendor"]]
    for month in range(1, 6):
        rows += [[f"2024-0{month}-05", "1100", "Accounts Receivable", month * 100, None, f"I{month}", "Acme"],
                 [f"2024-0{month}-05", "4000", "Sales", None, month * 100, f"I{month}", "Acme"]]
    book(tmp_path / "books.xlsx", Ledger=rows)
    report, = inspect_files([tmp_path / "books.xlsx"])
    assert report.kind == "unknown"
    assert "ledger of every account" in report.problem


def test_accounts_of_a_few_companies_are_the_clients_own_books(tmp_path: Path) -> None:
    rows: Rows = [["document_number", "posting_date", "company_name", "gl_account", "amount"]]
    rows += [[f"50{n}", f"2026-06-{10 + n}", f"Acme {n % 2}", f"60{n}000", "12.50"] for n in range(6)]
    assert "ledger of every account" in seen(tmp_path, rows).problem


def test_a_ledger_of_customers_paid_the_same_day_is_one(tmp_path: Path) -> None:
    rows: Rows = [["Date", "Client", "Pièce", "Débit", "Crédit"]]
    for day in range(1, 6):
        rows += [[f"1{day}/03/2024", "C01", f"F{day}", "50,00", None],
                 [f"1{day}/03/2024", "C01", f"R{day}", None, "50,00"]]
    assert seen(tmp_path, rows).kind == "customer_ledger"
