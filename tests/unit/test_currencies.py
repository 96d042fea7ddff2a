"""Two currencies, with and without rates: hand-worked, nothing lost, nothing left of what is settled."""

import datetime as dt
import io
from typing import Any

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from pydantic import ValidationError

from auditlib import schemas
from auditlib.audit_results import AuditResults
from auditlib.conversion import ROUNDING_LABEL, Rates, convert_ledger
from auditlib.deliver.sections_currencies import currencies
from auditlib.deliver.workbook import workbook_bytes
from auditlib.formats import Formats
from auditlib.indicators import compute
from auditlib.loaders.intake import Intake
from auditlib.open_items import residuals
from auditlib.parameters import Economics, Method, Parameters
from tests.unit.intakes import T, intake_of
from tests.unit.ledgers import ledger_of, movements

RATES = {"USD": 0.9215}
FORMATS = Formats(language="fr")
# A in euros: 1 000 due 30/11, 400 paid. B in dollars: 100.01 settled by 33.33 and 66.68; 500.00 due 31/10, 200.00 paid;
# a loose receipt of 10.10 on nothing. C in dollars: 80.00 not due.
LEDGER = movements(
    {"customer_id": "A", "currency": "EUR", "kind": "invoice", "posting_date": "2025-06-01", "due_date": "2025-11-30",
     "amount_cents": 1_000_00, "matching_code": "A", "document_ref": "A1"},
    {"customer_id": "B", "currency": "USD", "kind": "invoice", "posting_date": "2025-07-01", "due_date": "2025-07-31",
     "amount_cents": 100_01, "matching_code": "A", "document_ref": "B1"},
    {"customer_id": "B", "currency": "USD", "kind": "receipt", "posting_date": "2025-08-01", "amount_cents": -33_33,
     "matching_code": "A"},
    {"customer_id": "A", "currency": "EUR", "kind": "receipt", "posting_date": "2025-08-02", "amount_cents": -400_00,
     "matching_code": "A"},
    {"customer_id": "B", "currency": "USD", "kind": "receipt", "posting_date": "2025-09-01", "amount_cents": -66_68,
     "matching_code": "A"},
    {"customer_id": "B", "currency": "USD", "kind": "invoice", "posting_date": "2025-10-01", "due_date": "2025-10-31",
     "amount_cents": 500_00, "matching_code": "B", "document_ref": "B2"},
    {"customer_id": "B", "currency": "USD", "kind": "receipt", "posting_date": "2025-11-03", "amount_cents": -200_00,
     "matching_code": "B"},
    {"customer_id": "B", "currency": "USD", "kind": "receipt", "posting_date": "2025-12-01", "amount_cents": -10_10},
    {"customer_id": "C", "currency": "USD", "kind": "invoice", "posting_date": "2025-12-15", "due_date": "2026-01-31",
     "amount_cents": 80_00, "document_ref": "C1"},
)


def audited(intake: Intake, **given: Any) -> AuditResults:
    parameters = Parameters(
        client="acme", as_of_date=T, documents=["."], economics=Economics(vat_rate=0.2, margin_rate=0.1),
        **{"method": Method(matching="codes"), **given})
    return compute(intake, parameters=parameters, as_of_date=T)


@pytest.fixture(scope="module")
def results() -> AuditResults:
    return audited(intake_of(LEDGER, currency=""), rates=RATES, rates_source="BCE", rates_date="31/12/2025")


def test_main_figures_are_converted(results: AuditResults) -> None:
    # 300.00 USD are 276.45 €, 80.00 are 73.72 €, 10.10 are 9.30715, hence 9.31 €.
    stock = results.summary["receivable"]
    assert results.summary["currency"] == "EUR"
    assert (stock["total"], stock["gross"], stock["unallocated_credits"]) == (940.86, 950.17, -9.31)
    assert (stock["overdue"], stock["not_due"], stock["net_overdue"]) == (876.45, 73.72, 867.14)
    ageing = {row["bucket"]: row["amount"] for row in results.summary["ageing"]}
    assert (ageing["31-60"], ageing["61-90"]) == (600.0, 276.45)
    assert results.customers["receivable_cents"].tolist() == [600_00, 267_14, 73_72]
    assert results.summary["indicators"]["dso"]["basis_amount"] == round(1_000 + 92.16 + 460.75 + 73.72, 2)


def test_each_currency_keeps_its_own_amounts_beside(results: AuditResults) -> None:
    parts = results.summary["currencies"]
    assert {code: part["receivable"]["total"] for code, part in parts.items()} == {"EUR": 600.0, "USD": 369.9}
    assert parts["USD"]["receivable"]["net_overdue"] == 289.9
    assert {code: part["rate"] for code, part in parts.items()} == {"EUR": 1.0, "USD": 0.9215}
    assert {code: part["converted_total"] for code, part in parts.items()} == {"EUR": 600.0, "USD": 340.86}
    assert sum(row["amount"] for row in parts["USD"]["ageing"]) == pytest.approx(369.9)


def test_a_settled_foreign_invoice_leaves_nothing(results: AuditResults) -> None:
    assert "B1" not in set(results.open_items["document_ref"])
    assert len(results.open_items) == 4
    assert results.summary["reconciliation"]["conservation"]["breaches"] == 0
    assert results.summary["reconciliation"]["ledger_balance"] == results.summary["receivable"]["total"]


def test_open_items_show_both_amounts(results: AuditResults) -> None:
    columns = ["residual_cents", "foreign_residual_cents", "foreign_amount_cents", "foreign_currency"]
    rows = results.open_items.set_index("document_ref")[columns].astype({"foreign_currency": "str"})
    assert rows.loc[["B2", "A1"]].to_numpy().tolist() == [[276_45, 300_00, 500_00, "USD"], [600_00, 600_00, 0, ""]]


def test_the_finding_names_rates_and_their_source(results: AuditResults) -> None:
    found = results.findings.set_index("finding")
    assert "1 USD = 0,9215 EUR" in str(found.loc["currencies_converted", "sentence"])
    assert "BCE, 31/12/2025" in str(found.loc["currencies_converted", "sentence"])
    assert found.loc["currencies_converted", "severity"] == "info"
    lettering = results.tests.set_index("test").loc["broken_lettering"]
    assert lettering["status"] == "exception"  # A's and B2's groups are open; B1's sums to zero in dollars
    assert lettering["amount_cents"] == 600_00 + 276_45


def test_the_cent_between_the_two_sides_is_shown_as_such() -> None:
    ledger = ledger_of(
        {"currency": "USD", "kind": "invoice", "posting_date": "2025-01-01", "amount_cents": 3, "matching_code": "A"},
        {"currency": "USD", "kind": "receipt", "posting_date": "2025-02-01", "amount_cents": -1, "matching_code": "A"},
        {"currency": "USD", "kind": "receipt", "posting_date": "2025-03-01", "amount_cents": -1, "matching_code": "A"},
        {"currency": "USD", "kind": "receipt", "posting_date": "2025-04-01", "amount_cents": -1, "matching_code": "A"},
        matching="codes")
    made = convert_ledger(ledger, rates=Rates({"USD": 0.5}, main="EUR"))
    # 3 cents at one half: 1.5, hence 2. What is left: 2 (1.0 → 1), 1 (0.5 → 1), nil. Taken off: 1, 0, 1; each receipt
    # of one cent is worth 0.5, hence 1: the second has one too many, which an item of one cent takes.
    assert made.items["amount_cents"].tolist() == [2, -1, -1, -1, 1]
    extra = made.items.iloc[4]
    assert (extra["kind"], extra["label"], str(extra["posting_date"].date())) == (
        "rounding", ROUNDING_LABEL, "2025-03-01")
    for day, left in (("2025-01-31", [2, 0, 0, 0, 0]), ("2025-02-28", [1, 0, 0, 0, 0]), ("2025-03-31", [1, 0, 0, 0, 0]),
                      ("2025-04-30", [0, 0, 0, 0, 0])):
        assert residuals(made, as_of_date=dt.date.fromisoformat(day)).tolist() == left
    assert sum(made.items["amount_cents"]) == 0


def test_a_payment_short_of_a_cent_is_completed() -> None:
    # Two invoices of 1 cent at 0.5 are worth 1 each; the receipt of 2 that settles both is worth 1.
    ledger = ledger_of(
        {"currency": "USD", "kind": "invoice", "posting_date": "2025-01-01", "amount_cents": 1, "matching_code": "A"},
        {"currency": "USD", "kind": "invoice", "posting_date": "2025-01-02", "amount_cents": 1, "matching_code": "A"},
        {"currency": "USD", "kind": "receipt", "posting_date": "2025-02-01", "amount_cents": -2, "matching_code": "A"},
        matching="codes")
    made = convert_ledger(ledger, rates=Rates({"USD": 0.5}, main="EUR"))
    assert made.items["amount_cents"].tolist() == [1, 1, -1, -1]
    assert made.items["kind"].astype("str").tolist()[2:] == ["receipt", "receipt"]
    assert not residuals(made).any()


def test_the_coverage_of_codes_weighs_each_currency_at_its_rate() -> None:
    rows = [{"currency": code, "kind": "receipt", "posting_date": "2025-01-01", "amount_cents": -100_00,
             "matching_code": letter} for code, letter in (("EUR", "A"), ("USD", ""))]
    made = convert_ledger(ledger_of(*rows), rates=Rates({"USD": 3}, main="EUR"))
    assert made.matching.lettering_coverage == 0.25  # 100 of 100 + 3 × 100


@pytest.mark.parametrize(("cents", "rate", "expected"), [
    (1_01, 0.5, 51), (-1_01, 0.5, -51), (10_10, 0.9215, 931), (1, 0.0065, 0), (10**13, 0.00612345, 61_234_500_000),
    (7, 1.0, 7), (100, 1.1, 110)])
def test_conversion_is_half_up_and_exact(cents: int, rate: float, expected: int) -> None:
    rates = Rates({"XAF": rate}, main="EUR")
    factors = rates.factors(pd.Series(["XAF"], dtype="category"))
    assert rates.converted(np.array([cents]), factors).tolist() == [expected]


def test_without_rates_nothing_is_added() -> None:
    found = audited(intake_of(LEDGER, currency=""))
    assert found.summary["receivable"]["total"] is None
    assert found.summary["receivable"]["reason"] == (
        "Plusieurs devises sans cours : les montants sont donnés devise par devise.")
    assert {code: part["receivable"]["total"] for code, part in found.summary["currencies"].items()} == {
        "EUR": 600.0, "USD": 369.9}
    assert "rate" not in found.summary["currencies"]["USD"]


def test_a_missing_rate_is_named() -> None:
    mixed = LEDGER.assign(currency=LEDGER["currency"].astype("str").where(LEDGER["customer_id"] != "C", "GBP"))
    found = audited(intake_of(schemas.validate(mixed, schemas.MOVEMENTS), currency=""), rates=RATES)
    reason = found.summary["receivable"]["reason"]
    assert reason == "Plusieurs devises, sans cours pour GBP : les montants sont donnés devise par devise."
    assert found.summary["indicators"]["dso"]["reason"] == reason
    assert found.summary["currencies"]["GBP"]["receivable"]["total"] == 80.0


def test_the_main_currency_may_be_another() -> None:
    found = audited(intake_of(LEDGER, currency=""), currency="USD", rates={"EUR": 2})
    assert found.summary["currency"] == "USD"
    assert found.summary["receivable"]["total"] == 1_200 + 369.9


def test_disputes_and_promises_are_in_the_currency_of_their_item() -> None:
    disputes = schemas.validate(pd.DataFrame({
        "movement_id": [5], "amount_cents": [100_00], "opened_on": pd.to_datetime(["2025-11-15"]), "closed_on": pd.NaT,
        "reason": "", "owner": ""}), schemas.DISPUTES)
    promises = schemas.validate(pd.DataFrame({
        "customer_id": ["B"], "movement_id": [5], "amount_cents": [200_00], "made_on": pd.to_datetime(["2025-11-01"]),
        "promised_on": pd.to_datetime(["2025-11-05"])}), schemas.PROMISES)
    found = audited(intake_of(LEDGER, currency="", disputes=disputes, promises=promises), rates=RATES)
    assert found.summary["receivable"]["disputed"] == 92.15
    assert found.summary["currencies"]["USD"]["receivable"]["disputed"] == 100.0
    assert found.summary["indicators"]["promise_kept_rate"]["value"] == 1


@pytest.mark.parametrize("rates", [{"USD": 0}, {"USD": -1}, {"usd": 1}, {"USD": float("nan")}, {"DOLLAR": 1}])
def test_a_rate_that_cannot_be_is_refused(rates: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Parameters(client="acme", as_of_date=T, documents=["."], rates=rates)


def test_an_open_item_list_is_converted_too() -> None:
    found = audited(intake_of(LEDGER.iloc[[0, 5]].reset_index(drop=True), currency="", basis="open_items"), rates=RATES)
    assert found.summary["receivable"]["total"] == 1_000 + 460.75


def test_the_report_and_the_workbook_show_each_currency_and_tie(results: AuditResults) -> None:
    section = currencies(results, FORMATS)
    assert section is not None
    rows = [[cell.replace("\xa0", " ").replace("\u202f", " ") for cell in row] for row in section.tables[0].rows]
    assert rows == [["EUR", "1", "600,00 €", "1", "600,00 €"], ["USD", "3", "369,90 $US", "0,9215", "340,86 €"],
                    ["Encours", "4", "", "", "940,86 €"]]
    parameters = Parameters(client="acme", as_of_date=T, documents=["."])
    sheet = load_workbook(io.BytesIO(workbook_bytes(results, parameters=parameters)))["Postes ouverts"]
    header = next(row for row in sheet.iter_rows(values_only=True) if "Reste dû en devise" in row)
    own, code = header.index("Reste dû en devise"), header.index("Devise de la pièce")
    listed = {row[2]: (row[code], row[own]) for row in sheet.iter_rows(values_only=True) if row[2] in ("A1", "B2")}
    assert listed == {"A1": ("EUR", 600.0), "B2": ("USD", 300.0)}


# A French ledger in euros, documents in dollars: 900 € for 1 000 $, 500 $ paid for 460 €, then revalued by 15 €.
LOCAL = movements(
    {"kind": "invoice", "posting_date": "2025-10-01", "due_date": "2025-10-31", "amount_cents": 900_00,
     "foreign_amount_cents": 1_000_00, "foreign_currency": "USD", "document_ref": "F1", "matching_code": "A"},
    {"kind": "receipt", "posting_date": "2025-11-05", "amount_cents": -460_00, "foreign_amount_cents": 500_00,
     "foreign_currency": "USD", "matching_code": "A"},
    {"kind": "fx_difference", "posting_date": "2025-12-31", "amount_cents": 15_00, "label": "Réévaluation",
     "foreign_amount_cents": 0, "foreign_currency": ""},
    {"kind": "invoice", "posting_date": "2025-12-01", "due_date": "2026-01-15", "amount_cents": 200_00,
     "foreign_amount_cents": 0, "foreign_currency": "", "document_ref": "F2"})


def test_a_local_ledger_rules_and_shows_the_documents_beside() -> None:
    found = audited(intake_of(LOCAL), rates=RATES)  # rates are not needed, and change nothing
    assert "currencies" not in found.summary
    assert found.summary["receivable"]["total"] == 655.0
    section = currencies(found, FORMATS)
    assert section is not None
    rows = [[cell.replace("\xa0", " ").replace("\u202f", " ") for cell in row] for row in section.tables[0].rows]
    assert rows == [["EUR", "1", "200,00 €", "–", "200,00 €"], ["USD", "1", "1 000,00 $US", "–", "440,00 €"],
                    ["Écarts de change", "1", "–", "–", "15,00 €"], ["Encours", "3", "", "", "655,00 €"]]
    assert "15,00" in section.sentence


def test_revaluation_entries_settle_nothing_and_sell_nothing() -> None:
    gain = LOCAL.assign(amount_cents=LOCAL["amount_cents"].where(LOCAL["kind"] != "fx_difference", -15_00))
    found = audited(intake_of(gain), method=Method(matching="all"))
    assert found.summary["indicators"]["weighted_days_to_pay"]["basis_amount"] == 460.0
    assert found.sales["amount_cents"].sum() == 1_100_00
    assert found.payers["paid_cents"].tolist() == [460_00]
    sentence = str(found.findings.set_index("finding").loc["currency_revaluation", "sentence"])
    assert "ni comme ventes ni comme règlements" in sentence


def test_one_currency_has_no_section_of_currencies() -> None:
    found = audited(intake_of(LEDGER.iloc[[0, 3]].reset_index(drop=True)))
    assert "currencies" not in found.summary
    assert currencies(found, FORMATS) is None
