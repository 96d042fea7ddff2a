"""Data-quality findings: severity, rows, amount, a sentence; told in French and in English."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pandas as pd
import pytest

from auditlib.deliver.workbook import workbook_bytes
from auditlib.findings import in_language
from auditlib.formats import Formats
from auditlib.loaders.alike_customers import alike_customers
from auditlib.loaders.columns_map import MappedColumn
from auditlib.loaders.file_dates import name_dates
from auditlib.loaders.quality import finding
from auditlib.loaders.source import Source, TitleBlock
from auditlib.present import tables_sources
from auditlib.told import Amount, Part, packed, told
from tests.unit import results_fixture
from tests.unit.hand_made_sources import source, table
from tests.unit.intakes import customers_of
from tests.unit.test_assembly import OTHER_SALE, PAYMENT, SALE, assembled, ledger

COLUMNS = ("customer_id", "customer_name", "document_ref", "document_date", "posting_date", "due_date", "debit_cents",
           "credit_cents")


def item(**changes: Any) -> tuple[Any, ...]:
    """Return an invoice of 100.00 of October 2025, its reference and dates sound."""
    row = {"customer_id": "C1", "customer_name": "Alpha", "document_ref": "F1", "document_date": "2025-10-01",
           "posting_date": "2025-10-01", "due_date": "2025-10-31", "debit_cents": 100_00, "credit_cents": 0}
    return tuple((row | changes).values())


def found(*sources: Source, **method: Any) -> dict[str, tuple[str, int, int, str]]:
    findings = assembled(*sources, **method)["findings"].astype({"finding": "str", "severity": "str"})
    return {row.finding: (row.severity, row.rows, row.amount_cents, row.sentence) for row in findings.itertuples()}


SOUND = item(document_ref="F0")


@pytest.mark.parametrize(("name", "severity", "odd"), [
    ("dates_before_1990", "warning", item(document_date="1900-01-01", posting_date="2025-10-01")),
    ("dates_ahead", "warning", item(document_date="2026-02-01", posting_date="2025-10-01")),
    ("dates_ahead", "warning", item(document_date="2052-10-01", posting_date="2052-10-01")),
    ("due_far_ahead", "info", item(due_date="2035-10-31")),
    ("due_before_document", "warning", item(due_date="2025-09-01")),
    ("posted_far_from_document", "warning", item(document_date="2024-01-01", due_date="2024-01-31")),
    ("negative_amounts", "info", item(debit_cents=-100_00)),
    ("no_reference", "info", item(document_ref="")),
])
def test_each_odd_item_is_found_once_with_its_amount(name: str, severity: str, odd: tuple[Any, ...]) -> None:
    seen = found(source("customer_ledger", table(COLUMNS, SOUND, odd)))
    assert seen[name][:2] == (severity, 1)
    assert abs(seen[name][2]) == 100_00
    assert "100,00" in seen[name][3]
    assert name not in found(source("customer_ledger", table(COLUMNS, SOUND)))


def test_customers_without_a_row_in_the_customer_file() -> None:
    listed = source("customer_list", table(("customer_id", "customer_name"), ("C1", "Alpha")))
    severity, rows, amount, sentence = found(ledger(SALE, PAYMENT, OTHER_SALE), listed)["customers_not_listed"]
    assert (severity, rows, amount) == ("warning", 1, 5000)
    assert "C2" in sentence
    assert "customers_not_listed" not in found(ledger(SALE, PAYMENT, OTHER_SALE))


def test_a_currency_nobody_says_is_told_once() -> None:
    assert found(ledger(SALE))["currency_missing"][1] == 1
    assert "currency_missing" not in found(ledger(SALE, currency="EUR"))


def test_columns_that_are_blank_throughout() -> None:
    columns = tuple(MappedColumn(role, header, place, "exact", 1.0) for place, (role, header) in enumerate((
        ("document_ref", "Pièce"), ("matching_code", "Lettrage")), start=1))
    blank = (*SALE[:-1], "")
    severity, rows, _, sentence = found(ledger(blank, columns=columns))["empty_columns"]
    assert (severity, rows) == ("warning", 1)
    assert "« Lettrage »" in sentence and "Pièce" not in sentence
    assert "empty_columns" not in found(ledger(SALE, columns=columns))


@pytest.mark.parametrize(("name", "days"), [
    ("GL clients au 30-06-2025.xlsx", ("2025-06-30", "2025-06-30")),
    ("export_20250630.csv", ("2025-06-30", "2025-06-30")),
    ("Balance agee 30 juin 2025.xls", ("2025-06-30", "2025-06-30")),
    ("balance août 2025.xlsx", ("2025-08-01", "2025-08-31")),
    ("2025-02 balance.csv", ("2025-02-01", "2025-02-28")),
    ("grand_livre_2024.csv", ("2024-01-01", "2024-12-31")),
    ("411000 clients.csv", None), ("2000 clients.csv", None), ("facture 20259999.csv", None),
])
def test_dates_are_read_in_file_names(name: str, days: tuple[str, str] | None) -> None:
    expected = days and tuple(map(dt.date.fromisoformat, days))
    assert name_dates(name) == expected


@pytest.mark.parametrize(("file", "told_of"), [
    ("grand livre 2025.xlsx", False), ("grand livre 2024.xlsx", True), ("gl 05-04-2025.csv", False),
    ("gl 28-02-2025.csv", True), ("gl avril 2025.csv", False), ("gl juin 2025.csv", True),
    ("export 20250601.csv", False), ("gl.csv", False)])
def test_a_file_name_of_another_date_than_its_content(file: str, told_of: bool) -> None:
    """The entries are of 1 March to 5 April 2025; a day in a name may be that of the extraction, soon after."""
    assert ("file_name_date_differs" in found(ledger(SALE, PAYMENT, file=file))) is told_of


def test_the_day_a_document_is_printed_for_counts_before_its_entries() -> None:
    items = source("open_items", table(
        ("customer_id", "document_ref", "document_date", "open_amount_cents"), ("C1", "F1", "2024-10-01", 400)),
        file="postes ouverts decembre 2025.xlsx", title=TitleBlock(as_of_date=dt.date(2025, 12, 31)))
    assert "file_name_date_differs" not in found(items)


def test_alike_customers_are_proposed_with_what_each_owes() -> None:
    customers = customers_of(
        "A1", "A2", "B1", "B2", "H1", "H2", "S1", "S2", "T1", "T2")
    customers["name"] = ["Dupont Frères SAS", "DUPONT FRERES", "Métal Bernard SARL", "Bernard Metal", "Hôtel 12",
                         "Hôtel 14", "Zeta", "Tout autre nom", "Boulangerie Martin", "Boulangerie Martins"]
    customers["siren"] = ["", "", "", "", "", "", "552100554", "55210055400013", "732829320", "542051180"]
    owed = pd.Series({"A1": 100_00, "A2": 20_00, "S1": 5_00, "B2": 700_00})
    pairs = alike_customers(customers, owed)
    listed = {(row.customer_id, row.other_id): (row.why, row.amount_cents, row.other_amount_cents)
              for row in pairs.astype({"why": "str"}).itertuples()}
    assert listed == {("B1", "B2"): ("name", 0, 700_00), ("A1", "A2"): ("name", 100_00, 20_00),
                      ("S1", "S2"): ("siren", 5_00, 0)}
    assert list(listed) == [("B1", "B2"), ("A1", "A2"), ("S1", "S2")]  # the largest first


def test_alike_customers_are_shown_and_written() -> None:
    customers = customers_of("A1", "A2")
    customers["name"] = ["Dupont Frères SAS", "DUPONT FRERES"]
    pairs = alike_customers(customers, pd.Series({"A1": 100_00}))
    results = results_fixture.results()
    results.alike_customers = pairs  # type: ignore[misc]
    assert "noms presque identiques" in tables_sources.alike_customers(results, Formats())
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(results, parameters=results_fixture.parameters())))
    rows = [row[:6] for row in book["Clients en double"].iter_rows(values_only=True) if row[0] == "A1"]
    assert rows == [("A1", "Dupont Frères SAS", 100, "A2", "DUPONT FRERES", 0)]


def test_alike_customers_stay_two() -> None:
    twice = ("C9", "Bêta SARL", "VE", "F7", "", "2025-11-02", None, 700, 0, "")
    tables = assembled(ledger(("C2", "Beta", "VE", "F2", "", "2025-11-01", None, 5000, 0, ""), twice))
    assert set(tables["customers"]["customer_id"]) == {"C2", "C9"}
    assert tables["alike_customers"].empty  # four letters are too few to tell


def test_a_finding_keeps_its_figures_to_be_told_in_english() -> None:
    one = finding("x", "info", "Écart de {amount} au {day}{more}.", figures={
        "amount": Amount(-1234_56), "day": dt.date(2025, 6, 30), "more": [Part(", ligne {row}", {"row": 7})]})
    assert one["sentence"].iloc[0] == "Écart de -1\u202f234,56\xa0€ au 30/06/2025, ligne 7."
    english = in_language(one, "en")["sentence"].iloc[0]
    assert "-€1,234.56" in english and "30 Jun 2025" in english
    assert in_language(one, "fr")["sentence"].iloc[0] == one["sentence"].iloc[0]


def test_braces_in_a_name_are_no_places() -> None:
    assert told("{file} : {rows} lignes.", packed({"file": "{a}.csv", "rows": 2})) == "{a}.csv : 2 lignes."
