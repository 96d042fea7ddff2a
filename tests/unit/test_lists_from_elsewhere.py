"""Lists of invoices as payment services, landlords and offices abroad export them."""

from pathlib import Path

import pytest

from auditlib.loaders.inspection import SourceReport, inspect_files
from tests.unit.test_unseen_layouts import Rows, text


def seen(tmp_path: Path, rows: Rows) -> SourceReport:
    """Inspect one text file of these rows."""
    text(tmp_path / "list.csv", rows)
    return inspect_files([tmp_path / "list.csv"])[0]


def roles(report: SourceReport) -> dict[str, str]:
    """Return the header of each role found."""
    return {str(column["role"]): str(column["header"]) for column in report.columns if column["role"]}


@pytest.mark.parametrize(("without", "tax", "with_tax"), [
    ("Amount ex GST", "GST", "Total inc GST"), ("amount_excl_gst", "gst_amount", "total_incl_gst"),
    ("Total excl. BTW", "BTW", "Total incl. BTW"), ("Total before tax", "Tax", "Total with tax")])
def test_the_amount_with_tax_is_taken_whatever_the_tax_is_called(
    tmp_path: Path, without: str, tax: str, with_tax: str
) -> None:
    rows: Rows = [["Invoice Number", "Customer Name", "Invoice Date", "Due Date", without, tax, with_tax],
                  ["I1", "Acme", "2024-01-15", "2024-02-14", "100.00", "10.00", "110.00"]]
    report = seen(tmp_path, rows)
    assert roles(report)["amount_cents"] == with_tax
    assert report.balance == 110


@pytest.mark.parametrize(("code", "name"), [
    ("Code locataire", "Nom du locataire"), ("tenant_id", "tenant_name"), ("N° adhérent", "Nom adhérent")])
def test_customers_under_the_name_their_trade_gives_them(tmp_path: Path, code: str, name: str) -> None:
    rows: Rows = [[code, name, "Date", "Échéance", "Réglé", "Reste dû"],
                  ["L1", "MARTIN", "15/01/2024", "20/01/2024", "400,00", "250,00"],
                  ["L2", "PETIT", "15/02/2024", "20/02/2024", "0,00", "700,00"]]
    report = seen(tmp_path, rows)
    assert (roles(report)["customer_id"], roles(report)["customer_name"]) == (code, name)
    assert report.balance == 950


def test_the_rows_own_number_is_no_customer_and_what_remains_is_open(tmp_path: Path) -> None:
    rows: Rows = [["id", "Amount Due", "Amount Paid", "Amount Remaining", "Customer", "Date", "Due Date", "Status"],
                  ["in_1", "120.00", "120.00", "0.00", "cus_1", "2024-10-01", "2024-10-31", "paid"],
                  ["in_2", "500.00", "100.00", "400.00", "cus_2", "2024-11-15", "2024-12-15", "open"],
                  ["in_3", "70.00", "0.00", "70.00", "cus_2", "2024-11-16", "2024-12-16", "void"]]
    report = seen(tmp_path, rows)
    assert roles(report)["customer_id"] == "Customer"
    assert report.balance == 470
    found, = (one for one in report.findings if one["finding"] == "status_not_applied")
    assert (found["rows"], found["amount_cents"]) == (1, 70_00)


def test_paid_and_draft_invoices_and_several_currencies_are_told_beside_the_balance(tmp_path: Path) -> None:
    rows: Rows = [["Facture", "Client", "Date", "Échéance", "Montant TTC", "Devise", "Statut"],
                  ["F1", "ALPHA", "15/01/2024", "14/02/2024", "100,00", "EUR", "Payée"],
                  ["F2", "ALPHA", "15/01/2024", "14/02/2024", "200,00", "USD", "En retard"],
                  ["F3", "BETA", "15/01/2024", "14/02/2024", "400,00", "EUR", "Brouillon"]]
    told = {str(one["finding"]): one for one in seen(tmp_path, rows).findings}
    assert (told["settled_without_date"]["rows"], told["settled_without_date"]["amount_cents"]) == (2, 500_00)
    assert "EUR, USD" in told["several_currencies"]["sentence"]


def test_a_list_of_invoices_with_its_own_numbers_and_the_status_of_each(tmp_path: Path) -> None:
    rows: Rows = [["id", "date de facture", "n° de facture", "statut de la facture", "nom du client", "montant TTC"],
                  [198, "22/12/2025", 151, "Envoyée", "ALPHA", "768,00"],
                  [197, "17/12/2025", 150, "Payée", "BETA", "132,00"]]
    report = seen(tmp_path, rows)
    assert roles(report)["customer_name"] == "nom du client"
    assert "customer_id" not in roles(report)
    assert [one["rows"] for one in report.findings if one["finding"] == "settled_without_date"] == [1]


def test_a_unit_price_is_no_amount(tmp_path: Path) -> None:
    rows: Rows = [["invoice_number", "customer_name", "invoice_date", "quantity", "price_unit"],
                  ["I1", "ALPHA", "2026-01-15", 4, "289.50"], ["I1", "ALPHA", "2026-01-15", 2, "649.10"]]
    report = seen(tmp_path, rows)
    assert (report.kind, report.problem) == ("unknown", "no amount column is recognised")


@pytest.mark.parametrize("oldest", [
    "Mais de 60 dias", "Más de 60 días", "über 60 Tage", "اكثر من 60 يوم", "60 sonrası"])
def test_the_oldest_age_is_counted_in_any_language(tmp_path: Path, oldest: str) -> None:
    rows: Rows = [["Nome", "0-30", "31-60", oldest], ["ALPHA", "100.00", "20.00", "3000.00"],
                  ["BETA", "", "", "500.00"]]
    report = seen(tmp_path, rows)
    assert report.balance == 3620
    assert [bucket["from_days"] for bucket in report.buckets] == [0, 31, 61]
    assert not report.findings


@pytest.mark.parametrize(("columns", "is_told"), [
    (["0-30", "31-60", "frühere"], True), (["0-30", "31-60", "Total"], False), (["0-30", "31-60", "Older"], False)])
def test_an_oldest_age_that_is_not_read_is_told(tmp_path: Path, columns: list[str], is_told: bool) -> None:
    rows: Rows = [["Name", *columns], ["ALPHA", "100.00", "20.00", "3000.00"], ["BETA", "5.00", "6.00", "500.00"]]
    assert ("oldest_age_missing" in [one["finding"] for one in seen(tmp_path, rows).findings]) is is_told


def test_a_list_of_payments_alone_is_told_for_what_it_is(tmp_path: Path) -> None:
    rows: Rows = [["CustomerID", "InvoiceID", "PaymentDate", "Collection"], ["C1", "I1", "2024-11-30", 300],
                  ["C2", "I2", "2024-11-19", 200]]
    assert "payments alone" in seen(tmp_path, rows).problem


def test_rows_that_name_no_customer_are_told(tmp_path: Path) -> None:
    rows: Rows = [["invoice_id", "contract_id", "invoice_date", "due_date", "amount"],
                  ["I1", "CT1", "2024-01-15", "2024-02-14", "210.00"]]
    assert [one["finding"] for one in seen(tmp_path, rows).findings] == ["unknown_customer"]


def test_a_line_of_values_is_no_header_though_two_of_them_look_like_ages(tmp_path: Path) -> None:
    header = ["site_ref", "place", "occupier", "monthly_sum", "still_to_pay", "band_before", "latest_band"]
    lines: Rows = [[f"P{n}", "HIGH STREET", f"Studio {n}", "900.0", f"{n}.5", "31-60", "90+"] for n in range(30)]
    report = seen(tmp_path, [header, *lines])
    assert report.header_row in (None, 1)
    assert report.classes.get("footer", 0) == 0
