"""Files of French products, read without a mapping: the same customers, items, due dates and cents from each."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditlib.loaders.intake import Intake, load_documents
from auditlib.loaders.source import read_sources
from auditlib.parameters import Method, NonDisclosure, Parameters
from tests.unit import french_books, french_edges, french_traps  # noqa: F401 (their print-outs register themselves)
from tests.unit.french_disguises import TABLES, disguised, disguised_groups
from tests.unit.french_ledger import BALANCES, DAY, NAMES, OPEN, TOTAL, Item
from tests.unit.french_products import PRODUCTS, Product, aged, book

DISGUISED = {
    "ledger": Product(lambda _: None), "sided ledger": Product(lambda _: None),
    "open items": Product(lambda _: None, basis="open_items", columns=frozenset(("day", "due", "ref")), items=OPEN),
    "ageing": Product(lambda _: None, basis="aged_balance"),
}


def load(folder: Path, **method: Any) -> Intake:
    """Load a folder without a mapping; every row of every sheet is loaded, skipped or rejected, and none rejected."""
    parameters = Parameters(client="acme", as_of_date=DAY, documents=[str(folder)], method=Method(**method),
                            nda=NonDisclosure(allow_unsigned=True))
    intake = load_documents(parameters, as_of_date=DAY)
    rows = intake.intake
    assert (rows["rows_read"] == rows["rows_loaded"] + rows["rows_skipped"] + rows["rows_rejected"]).all()
    assert rows["rows_read"].sum() == physical_rows(folder)
    assert rows["rows_rejected"].sum() == 0, intake.rejected[["source_row", "reason", "text"]].to_string()
    return intake


def physical_rows(folder: Path) -> int:
    """Count the rows of the files of a folder, down to the last that holds something."""
    found = 0
    for path in folder.iterdir():
        if path.suffix == ".xlsx":
            found += sum(sheet.max_row for sheet in openpyxl.load_workbook(path).worksheets if sheet.max_row > 1
                         or sheet["A1"].value)
        else:
            found += path.read_bytes().rstrip(b"\r\n;\t").count(b"\r\n") + 1
    return found


def keys(product: Product) -> dict[str, str]:
    """Return the identifier each customer has in the file, and the code of the ledger."""
    return {product.code.format(code) if product.code else name: code for code, name in NAMES.items()}


def shown(product: Product) -> Counter[tuple[Any, ...]]:
    """Return the items of a product as `items_of` returns those of its file."""
    return Counter(
        (item.customer, item.day if "day" in product.columns else None,
         item.open_cents if "open" in product.columns else item.cents,
         (item.due or item.day) if "every_due" in product.columns else item.due if "due" in product.columns else None,
         item.ref if "ref" in product.columns else "", item.code if "code" in product.columns else "")
        for item in product.items)


def items_of(intake: Intake, product: Product) -> Counter[tuple[Any, ...]]:
    """Return the movements read: customer, day, cents, and what the file says besides."""
    codes = keys(product)
    read = intake.movements[["customer_id", "posting_date", "amount_cents", "due_date", "due_date_origin",
                             "document_ref", "matching_code"]].astype({"matching_code": "str"})
    return Counter(
        (codes[customer], posted.date() if "day" in product.columns else None, cents,
         due.date() if origin == "given" else None, ref if "ref" in product.columns else "",
         code[:1] if "code" in product.columns else "")
        for customer, posted, cents, due, origin, ref, code in read.to_numpy(dtype=object).tolist())


def check(folder: Path, product: Product) -> None:
    """Check that a folder reads to the receivable of the ledger."""
    intake = load(folder)
    assert intake.basis == product.basis
    codes = keys(product)
    if product.basis == "aged_balance":
        balances = intake.second_sources[0].balances
        totals = balances[balances["bucket"] == "total"].set_index("customer_id")["amount_cents"]
    else:
        totals = intake.movements.groupby("customer_id")["amount_cents"].sum()
        assert items_of(intake, product) == shown(product)
    assert {codes[str(key)]: cents for key, cents in totals.items()} == BALANCES
    assert totals.sum() == TOTAL


@pytest.mark.parametrize("name", PRODUCTS)
def test_product(tmp_path: Path, name: str) -> None:
    PRODUCTS[name].write(tmp_path)
    check(tmp_path, PRODUCTS[name])


@pytest.mark.parametrize("name", [name for name, product in PRODUCTS.items() if product.title])
def test_title_block(tmp_path: Path, name: str) -> None:
    product = PRODUCTS[name]
    product.write(tmp_path)
    title = read_sources(next(tmp_path.iterdir()))[0].title
    assert {key: getattr(title, key) for key in product.title} == product.title


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", TABLES)
def test_disguises(tmp_path: Path, name: str, seed: int) -> None:
    """Columns shuffled, headers renamed among the aliases of their role, titles moved, blanks put in: the same."""
    disguised(name, seed, tmp_path)
    check(tmp_path, DISGUISED[name])


@pytest.mark.parametrize("seed", range(8))
def test_disguised_groups(tmp_path: Path, seed: int) -> None:
    """Each customer above his items, in one cell or two, with totals and pages or without: the same."""
    codes = disguised_groups(seed, tmp_path)
    intake = load(tmp_path)
    balances = intake.movements.groupby("customer_id")["amount_cents"].sum().to_dict()
    assert balances == {codes[customer]: cents for customer, cents in BALANCES.items()}
    names = intake.customers.set_index("customer_id")["name"].to_dict()
    assert names == {codes[customer]: name for customer, name in NAMES.items()}


DAYS = ["not_due", "1-30", "31-60", "61-90", ">90"]


@pytest.mark.parametrize(("headers", "labels"), [
    ("À échoir;Échu de 1 à 30 jours;Échu de 31 à 60 jours;Échu de 61 à 90 jours;Échu plus de 90 jours;Total dû", DAYS),
    ("Non exigible;Exigible 1-30 j;Exigible 31-60 j;Exigible 61-90 j;Exigible > 90 j;Solde", DAYS),
    ("Non échu;- de 30 jours;+ de 30 jours;+ de 60 jours;+ de 90 jours;Total", DAYS),
    ("Non échu;J+30;J+60;J+90;> J+90;Encours", DAYS),
    ("Pas échu;30 jours;60 jours;90 jours;Plus de 90 jours;Total", DAYS),
    ("Total à échoir;Retard 1-30;Retard 31-60;Retard 61-90;Retard >90;Solde comptable", DAYS),
    ("Non échu;M;M-1;M-2;M-3 et ant.;Solde", ["not_due", "M", "M-1", "M-2", "M-3 et ant."]),
    ("En cours;1 mois;2 mois;3 mois;4 mois et +;Solde", ["not_due", "1 mois", "2 mois", "3 mois", "4 mois et +"]),
    ("Non échu;T4 2025;T3 2025;T2 2025;T1 2025;Solde", ["not_due", "T4 2025", "T3 2025", "T2 2025", "T1 2025"]),
])
def test_headers_of_ages(tmp_path: Path, headers: str, labels: list[str]) -> None:
    book(tmp_path / "agee.xlsx", Feuil1=aged(["N° compte", "Intitulé", *headers.split(";")]))
    source = read_sources(tmp_path / "agee.xlsx")[0]
    assert (source.kind, [bucket.label for bucket in source.buckets]) == ("aged_balance", labels)
    assert dict(zip(source.table["customer_id"], source.table["total_cents"], strict=True)) == BALANCES


VALUES: dict[str, Callable[[Item], Any]] = {
    "code": lambda item: item.customer, "name": lambda item: NAMES[item.customer], "ref": lambda item: item.ref,
    "date": lambda item: item.day, "due": lambda item: item.due, "open": lambda item: item.amount,
    "original": lambda item: 2 * item.amount, "net": lambda item: item.amount / 1.2, "text": lambda _: "En attente",
}


@pytest.mark.parametrize("columns", [
    "Référence=ref;Société=name;Date=date;Échéance=due;Montant TTC=original;Montant dû=open",
    "Numéro=ref;Client=name;Date=date;Date d'échéance=due;Total HT=net;Total TTC=original;Montant restant dû=open",
    "N°=ref;Client=name;Émise le=date;Échéance le=due;TTC=original;Reste=open;Statut=text",
    "Réf. facture=ref;Tiers=name;Date facturation=date;À échéance du=due;HT=net;TTC=original;Reste à payer=open",
    "Code=code;Client=name;Facture n°=ref;Émission=date;Éch.=due;Mt TTC=original;Mt restant dû=open;Mode=text",
    "Débiteur=name;N° fact.=ref;Date fact.=date;Date d'éch.=due;Montant initial=original;Solde restant=open",
])
def test_headers_of_invoices(tmp_path: Path, columns: str) -> None:
    """Lists of billing tools, whose headers no two write alike."""
    named = [column.split("=") for column in columns.split(";")]
    rows = [[VALUES[value](item) for _, value in named] for item in OPEN]
    book(tmp_path / "factures.xlsx", Factures=[[header for header, _ in named], *rows])
    product = Product(lambda _: None, "open_items", "{}" if "=code" in columns else "",
                      frozenset(("day", "due", "ref")), OPEN)
    check(tmp_path, product)


def test_balance_and_side(tmp_path: Path) -> None:
    """A balance whose amounts have no sign, D or C beside them."""
    rows = [[code, NAMES[code], abs(cents) / 100, "D" if cents > 0 else "C"] for code, cents in BALANCES.items()]
    book(tmp_path / "balance.xlsx", Feuil1=[["Compte", "Intitulé", "Solde", "Sens"], *rows])
    table = read_sources(tmp_path / "balance.xlsx")[0].table
    assert dict(zip(table["customer_id"], table["total_cents"], strict=True)) == BALANCES


def test_balance_of_third_parties(tmp_path: Path) -> None:
    french_books.balance_of_third_parties(tmp_path)
    source = read_sources(tmp_path / "balance.xlsx")[0]
    assert source.kind == "trial_balance"
    assert dict(zip(source.table["customer_id"], source.table["total_cents"], strict=True)) == BALANCES
    assert (source.title.company, source.title.period_end) == ("MENUISERIES DU LITTORAL SAS", DAY)
