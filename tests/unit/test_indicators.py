"""A whole audit of hand-worked documents, and what each kind of document does not allow."""

import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest

from auditlib import schemas
from auditlib.flow_indicators import FLOW_UNITS
from auditlib.indicators import AuditResults
from auditlib.main_figures import STOCK_UNITS
from auditlib.parameters import Economics
from tests.unit.intakes import T, aged_balance, audit, customers_of, intake_of, second_source
from tests.unit.ledgers import movements

# Customer A: 1 000 of January paid in full 20 days late, 600 due 30/11 half paid on time, 400 not due.
# Customer B: 500 overdue 61 days, and a loose receipt of 200.
LEDGER = movements(
    {"kind": "invoice", "posting_date": "2025-01-01", "due_date": "2025-01-31", "amount_cents": 1_000_00,
     "matching_code": "AA", "document_ref": "F1", "customer_id": "A"},
    {"kind": "receipt", "posting_date": "2025-02-20", "amount_cents": -1_000_00, "matching_code": "AA",
     "customer_id": "A"},
    {"kind": "invoice", "posting_date": "2025-10-31", "due_date": "2025-11-30", "amount_cents": 600_00,
     "matching_code": "AB", "document_ref": "F2", "customer_id": "A"},
    {"kind": "receipt", "posting_date": "2025-11-30", "amount_cents": -300_00, "matching_code": "AB",
     "customer_id": "A"},
    {"kind": "invoice", "posting_date": "2025-12-16", "due_date": "2026-01-15", "amount_cents": 400_00,
     "document_ref": "F3", "customer_id": "A"},
    {"kind": "invoice", "posting_date": "2025-10-01", "due_date": "2025-10-31", "amount_cents": 500_00,
     "customer_id": "B", "document_ref": "F4"},
    {"kind": "receipt", "posting_date": "2025-12-01", "amount_cents": -200_00, "customer_id": "B"},
)


def value(results: AuditResults, name: str) -> float:
    entry = results.summary["indicators"][name]
    assert entry["reason"] is None, entry["reason"]
    return float(entry["value"])


def reason(results: AuditResults, name: str) -> str:
    entry = results.summary["indicators"][name]
    assert entry["value"] is None
    return str(entry["reason"])


@pytest.fixture(scope="module")
def ledger_audit() -> AuditResults:
    return audit(intake_of(LEDGER))


def test_receivable_of_the_hand_worked_ledger(ledger_audit: AuditResults) -> None:
    receivable = ledger_audit.summary["receivable"]
    assert receivable == {
        "total": 1_000.0, "gross": 1_200.0, "not_due": 400.0, "overdue": 800.0, "net_overdue": 600.0, "disputed": 0.0,
        "doubtful": 0.0, "no_due_date": 0.0, "age_unknown": 0.0, "unallocated_credits": -200.0, "customers": 2,
        "open_items": 4, "reason": None}
    ageing = {row["bucket"]: row["amount"] for row in ledger_audit.summary["ageing"]}
    assert ageing == {"not_due": 400.0, "1-30": 0.0, "31-60": 300.0, "61-90": 500.0, ">90": 0.0, "no_due_date": 0.0,
                      "age_unknown": 0.0, "unallocated_credits": -200.0}


@pytest.mark.parametrize(("name", "expected"), [
    ("overdue_rate", 800 / 1_200), ("overdue_rate_30", 800 / 1_200), ("overdue_rate_60", 500 / 1_200),
    ("overdue_rate_90", 0), ("overdue_rate_net", 600 / 1_000),
    ("dso", 1_000 / 2_500 * 365),  # sales 1 000 + 600 + 400 + 500
    ("dso_best_possible", 400 / 2_500 * 365), ("dso_late", 800 / 2_500 * 365), ("dso_disputed", 0),
    ("dso_unallocated", -200 / 2_500 * 365),
    ("dso_count_back", 31 + 30 + 600 / 1_100 * 31),  # December 400, November none, October 600 of 1 100
    ("recovery_rate_1m", 1_300 / 2_100),
    ("weighted_days_to_pay", (1_000 * 50 + 300 * 30) / 1_300),
    ("weighted_days_beyond_terms", 1_000 * 20 / 1_300),
    ("weighted_contract_terms", 30),
    ("dilution_rate", 0),
    ("cash_per_dso_day", 2_500 / 365),
    ("concentration_top1", 0.7), ("concentration_hhi", 70**2 + 30**2), ("concentration_gini", 0.2),
    # Net overdue 600, net of VAT 500, over a margin of 10 %.
    ("compensating_sales", 5_000),
])
def test_indicators_of_the_hand_worked_ledger(ledger_audit: AuditResults, name: str, expected: float) -> None:
    # Cohorts of one month: January (1 000 of which 1 000 by 28/02), October (500: 0), November (600: 300).
    tolerance = 0.005 if name.startswith(("cash", "comp")) else 1e-9
    assert value(ledger_audit, name) == pytest.approx(expected, abs=tolerance)


def test_financing_cost_is_the_average_of_the_replayed_month_ends(ledger_audit: AuditResults) -> None:
    # Net overdue at month ends: January 0 (due that day), October 0, November 500 (600 is due that day), December 600.
    assert value(ledger_audit, "financing_cost") == pytest.approx((500 + 600) / 12 * 0.10, abs=0.005)


def test_opening_overdue_of_three_months_ago_is_not_available(ledger_audit: AuditResults) -> None:
    # At 30/09 nothing was overdue; at 30/11 B's 500 was, of which nothing came by codes.
    assert "échue" in reason(ledger_audit, "recovery_rate_overdue_3m")
    assert value(ledger_audit, "recovery_rate_overdue_1m") == 0


def test_the_split_adds_up_to_the_dso(ledger_audit: AuditResults) -> None:
    parts = ("best_possible", "late", "disputed", "doubtful", "undated", "unallocated")
    total = sum(value(ledger_audit, f"dso_{part}") for part in parts)
    assert total == pytest.approx(value(ledger_audit, "dso"), abs=1e-9)


def test_every_indicator_is_reported_once_with_value_or_reason(ledger_audit: AuditResults) -> None:
    entries = ledger_audit.summary["indicators"]
    assert set(FLOW_UNITS) <= set(entries)
    assert all((entry["value"] is None) == bool(entry["reason"]) for entry in entries.values())
    assert {name for name in entries.keys() & (STOCK_UNITS | FLOW_UNITS) if entries[name]["value"] is None} == {
        "dso_restated", "recovery_rate_overdue_3m", "median_days_beyond_terms_km"}  # one invoice in four is settled
    json.dumps(ledger_audit.summary, allow_nan=False)


def test_customers_hold_their_own_figures(ledger_audit: AuditResults) -> None:
    table = ledger_audit.customers.set_index("customer_id")
    assert table["receivable_cents"].to_list() == [700_00, 300_00]
    assert table["gross_cents"].to_list() == [700_00, 500_00]
    assert table["overdue_cents"].to_list() == [300_00, 500_00]
    assert table["net_overdue_cents"].to_list() == [300_00, 300_00]
    assert table["unallocated_cents"].to_list() == [0, -200_00]
    assert table["oldest_days_overdue"].to_list() == [31, 61]
    assert table["sales_window_cents"].to_list() == [2_000_00, 500_00]
    assert table["share"].to_list() == pytest.approx([0.7, 0.3])


def test_group_companies_leave_the_external_dso() -> None:
    intake = intake_of(LEDGER, customers=customers_of("A", "B", is_group=[False, True]))
    assert value(audit(intake), "dso_external") == pytest.approx(700 / 2_000 * 365)


def test_doubtful_accounts_have_their_own_dso() -> None:
    insolvent = schemas.validate(pd.DataFrame({
        "customer_id": ["B"], "procedure": ["RJ"], "judgment_date": [pd.Timestamp("2025-11-15")],
        "publication_date": [pd.NaT], "claim_declared_on": [pd.NaT]}), schemas.INSOLVENCIES)
    results = audit(intake_of(LEDGER, insolvencies=insolvent))
    assert value(results, "dso_doubtful") == pytest.approx(500 / 2_500 * 365)
    assert value(results, "dso_excl_doubtful") == pytest.approx(700 / 2_500 * 365)
    assert value(results, "dso_count_back_excl_doubtful") == pytest.approx(31 + 30 + 300 / 1_100 * 31)
    by_month = results.evolution.set_index("month_end")["dso_doubtful"]
    assert by_month.loc["2025-10-31"] == 0
    assert by_month.loc["2025-11-30"] == pytest.approx(500 / 2_100 * 334)  # sales of 1 January to 30 November


def test_without_dispute_information_disputed_days_are_not_available() -> None:
    results = audit(intake_of(LEDGER, has_dispute_information=False))
    assert "litiges" in reason(results, "dso_disputed")
    assert results.summary["indicators"]["dso_late"]["note"] == "Litiges non identifiés."
    assert results.summary["receivable"]["disputed"] is None
    assert results.evolution["dso_disputed"].isna().all()


def test_missing_economics_are_named() -> None:
    results = audit(intake_of(LEDGER), economics=Economics())
    assert "financing_rate" in reason(results, "financing_cost")
    assert "vat_rate" in reason(results, "compensating_sales")
    assert results.compensating_sales.empty


def test_two_months_of_sales_give_no_dso_but_a_count_back() -> None:
    late = LEDGER[LEDGER["posting_date"] >= "2025-10-31"].reset_index(drop=True)
    results = audit(intake_of(late))
    assert "trois mois" in reason(results, "dso")
    assert "trois mois" in reason(results, "dso_late")
    # 700 − 200 of B's loose receipt = 500: December 400, November none, October 100 of 600.
    assert value(results, "dso_count_back") == pytest.approx(31 + 30 + 100 / 600 * 31)
    assert results.evolution["dso"].isna().all()


def test_too_much_without_due_date_hides_the_overdue_rate() -> None:
    undated = LEDGER.assign(due_date=LEDGER["due_date"].where(LEDGER["document_ref"] != "F3"))
    results = audit(intake_of(undated))
    assert "10 %" in reason(results, "overdue_rate")
    assert np.isnan(results.evolution["overdue_rate"].iloc[-1])
    assert value(results, "dso_undated") == pytest.approx(400 / 2_500 * 365)


def test_assumed_due_dates_are_titled_as_estimates() -> None:
    results = audit(intake_of(LEDGER.assign(due_date_origin="default")))
    assert results.summary["indicators"]["overdue_rate"]["note"].startswith("Estimé")
    assert results.summary["indicators"]["overdue_rate"]["share_estimated"] == 1.0
    assert results.summary["indicators"]["dso"]["note"] is None


def test_open_items_give_a_state_and_say_why_not_more() -> None:
    items = LEDGER[LEDGER["document_ref"].isin(["F2", "F3", "F4"])].reset_index(drop=True)
    results = audit(intake_of(items, basis="open_items", has_document_dates=False, has_dispute_information=False))
    assert results.summary["receivable"]["total"] == 1_500.0
    assert value(results, "overdue_rate") == pytest.approx(1_100 / 1_500)
    assert all("postes ouverts" in reason(results, name) for name in FLOW_UNITS)
    assert results.summary["evolution"] == []
    assert "postes ouverts" in results.summary["evolution_reason"]
    assert results.cube["amount_cents"].sum() == 1_500_00
    assert list(results.cube["month_end"].unique()) == [pd.Timestamp(T)]


def test_an_aged_balance_fills_receivable_and_ageing_in_its_own_buckets() -> None:
    source = aged_balance(
        ("A", "not_due", np.nan, 0, 400_00), ("A", "1-45", 1, 45, 300_00), ("A", ">45", 46, np.nan, 100_00),
        ("B", "1-45", 1, 45, 50_00), ("B", "unallocated_credits", np.nan, np.nan, -80_00))
    empty = schemas.empty(schemas.MOVEMENTS)
    results = audit(intake_of(empty, basis="aged_balance", second_sources=(source,), customers=customers_of("A", "B")))
    receivable = results.summary["receivable"]
    assert (receivable["total"], receivable["gross"], receivable["overdue"]) == (770.0, 850.0, 450.0)
    assert (receivable["net_overdue"], receivable["unallocated_credits"]) == (400.0, -80.0)
    assert [row["bucket"] for row in results.summary["ageing"]] == [
        "not_due", "1-45", ">45", "no_due_date", "age_unknown", "unallocated_credits"]
    assert sum(row["amount"] for row in results.summary["ageing"]) == pytest.approx(770.0)
    assert all("balance âgée" in reason(results, name) for name in results.summary["indicators"])
    assert results.summary["reconciliation"]["ties"] is None
    assert results.customers["receivable_cents"].to_list() == [800_00, -30_00]


def test_several_currencies_are_never_added() -> None:
    mixed = LEDGER.assign(currency=np.where(LEDGER["customer_id"] == "B", "USD", "EUR"))
    results = audit(intake_of(schemas.validate(mixed, schemas.MOVEMENTS), currency=""))
    assert results.summary["receivable"]["total"] is None
    assert "devise" in results.summary["receivable"]["reason"]
    totals = {code: entry["receivable"]["total"] for code, entry in results.summary["currencies"].items()}
    assert totals == {"EUR": 700.0, "USD": 300.0}
    assert sum(row["amount"] for row in results.summary["currencies"]["USD"]["ageing"]) == 300.0
    assert all("devise" in reason(results, name) for name in results.summary["indicators"])


def test_the_ledger_ties_to_a_second_source() -> None:
    results = audit(intake_of(LEDGER, second_sources=(second_source({"A": 700_00, "B": 300_00}),)))
    found = results.summary["reconciliation"]
    assert (found["ledger_balance"], found["open_items"], found["second_source_total"]) == (1_000.0, 1_000.0, 1_000.0)
    assert (found["ties"], found["difference"], found["second_source"]) == (True, 0.0, "trial_balance")
    assert results.differences.empty


def test_a_difference_is_told_by_customer() -> None:
    results = audit(intake_of(LEDGER, second_sources=(second_source({"A": 700_00, "B": 500_00}),)))
    assert results.summary["reconciliation"]["ties"] is False
    assert results.summary["reconciliation"]["difference"] == -200.0
    assert results.differences.to_dict("records") == [
        {"customer_id": "B", "name": "Client B", "ledger_cents": 300_00, "second_source_cents": 500_00,
         "difference_cents": -200_00}]


def test_a_second_source_is_tied_at_its_own_date() -> None:
    # At 30/11: A 300, B 500.
    source = second_source({"A": 300_00, "B": 500_00}, as_of_date=dt.date(2025, 11, 30))
    results = audit(intake_of(LEDGER, second_sources=(source,)))
    assert results.summary["reconciliation"]["ties"] is True
    assert results.summary["reconciliation"]["second_source_date"] == "2025-11-30"


def test_a_source_after_the_as_of_date_is_left_aside() -> None:
    source = second_source({"A": 1}, as_of_date=dt.date(2026, 1, 31))
    results = audit(intake_of(LEDGER, second_sources=(source,)))
    assert results.summary["reconciliation"]["ties"] is None
    assert results.summary["reconciliation"]["reason"] == "non rapproché"
    assert "source_not_comparable" in set(results.findings["finding"])
