"""Audit tests of entries: each fires on its own fact, with rows and amount worked by hand, and not beside it."""

from typing import Any

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.settings import TestRules
from tests.unit.control_cases import invoice, note, receipt, run
from tests.unit.ledgers import movements

BASE = invoice("F9000", "2025-06-02", 777_00)


# Duplicate invoices: same customer + amount + reference (normalised), or same amount and date +-3 d (DOMAIN.md E).
def test_one_reference_twice_is_a_possible_duplicate() -> None:
    found = run(
        "duplicate_invoices", invoice("FA-1001", "2025-02-03", 500_00), invoice("fa 1001", "2025-03-20", 500_00))
    assert found.at_stake == [("fa 1001", 500_00)]  # the first of the set is shown for comparison only
    assert found.rows["source_row"].tolist() == [2, 3]
    assert found.rows["detail"].tolist() == ["same_reference", "same_reference"]
    assert found.test["severity"] == "warning"
    assert "500,00" in found.test["sentence"]


def test_one_amount_three_days_apart_is_a_possible_duplicate_and_four_days_is_not() -> None:
    near = run("duplicate_invoices", invoice("F1001", "2025-02-03", 500_00), invoice("F1002", "2025-02-06", 500_00))
    assert near.at_stake == [("F1002", 500_00)]
    assert near.rows["detail"].tolist() == ["same_amount_near_date"] * 2
    apart = run("duplicate_invoices", invoice("F1001", "2025-02-03", 500_00), invoice("F1002", "2025-02-07", 500_00))
    assert apart.test["status"] == "clean"


def test_three_copies_are_one_set_with_two_at_stake() -> None:
    rows = [invoice("F1001", f"2025-02-0{day}", 500_00) for day in (3, 5, 8)]
    found = run("duplicate_invoices", *rows)
    assert found.at_stake == [("F1001", 500_00), ("F1001", 500_00)]
    assert found.rows["set_number"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("rows", [
    pytest.param([invoice(f"F10{m:02d}", f"2025-{m:02d}-01", 99_00) for m in range(1, 7)], id="subscription"),
    pytest.param([invoice("CONTRAT 77123", f"2025-{m:02d}-01", 99_00) for m in range(1, 7)],
                 id="subscription under the contract's number"),
    pytest.param([invoice("F1001", "2025-02-03", 500_00, due=day) for day in ("2025-03-01", "2025-04-01")],
                 id="instalments of one document"),
    pytest.param([invoice("F1001", "2025-02-03", 500_00), invoice("F1001", "2025-02-03", 500_00, customer_id="B")],
                 id="two customers"),
    pytest.param([invoice("VE 0323", "2025-03-03", 500_00), invoice("VE 0323", "2025-03-20", 500_00),
                  invoice("VE 0323", "2025-03-04", 80_00, customer_id="B")], id="the reference of a batch"),
    pytest.param([invoice("F1001", "2025-02-03", 500_00, matching_code="A"),
                  note("AV1", "2025-02-04", -500_00, matching_code="A"), invoice("F1001", "2025-02-05", 500_00)],
                 id="credited, then billed again"),
])
def test_legitimate_repeats_are_no_duplicates(rows: list[dict[str, Any]]) -> None:
    found = run("duplicate_invoices", *rows)
    assert found.test["status"] == "clean"
    assert found.test["population_rows"] > 0


def test_a_subscription_billed_twice_in_a_month_is_still_seen_under_its_reference() -> None:
    rows = [invoice(f"F10{m:02d}", f"2025-{m:02d}-01", 99_00) for m in range(1, 7)]
    found = run("duplicate_invoices", *rows, invoice("F1004", "2025-04-02", 99_00))
    assert found.at_stake == [("F1004", 99_00)]


# Cut-off.
def test_a_document_of_one_year_posted_in_the_next_is_a_cut_off_exception() -> None:
    late = invoice("F1", "2025-01-03", 100_00, document_date=pd.Timestamp("2024-12-30"))
    early = invoice("F2", "2025-03-31", 40_00, document_date=pd.Timestamp("2025-04-02"))
    found = run("cut_off_year", BASE, late, early)
    assert found.at_stake == [("F1", 100_00)]
    assert found.rows["detail"].tolist() == ["dated_before_year"]
    assert found.rows["days"].tolist() == [4.0]  # 30/12 to 03/01
    # with a fiscal year ending on 31 March, only the other one crosses it
    march = run("cut_off_year", BASE, late, early, method={"fiscal_year_end": "03-31"})
    assert (march.at_stake, march.rows["detail"].tolist()) == ([("F2", 40_00)], ["dated_after_year"])


def test_what_is_dated_by_the_date_and_posted_after_it_is_listed() -> None:
    after = invoice("F3", "2026-01-04", 60_00, document_date=pd.Timestamp("2025-12-31"))
    found = run("cut_off", BASE, after, invoice("F4", "2026-01-05", 70_00))
    assert found.at_stake == [("F3", 60_00)]
    assert (found.test["population_rows"], found.test["population_cents"]) == (2, 130_00)


def test_without_anything_after_the_date_cut_off_is_not_tested() -> None:
    found = run("cut_off", BASE)
    assert found.test["status"] == "not_tested"
    assert "postérieure" in found.test["reason"]


def test_an_invoice_posted_61_days_after_its_date_is_late_and_60_is_not() -> None:
    rows = [invoice("F61", "2025-06-01", 10_00, document_date=pd.Timestamp("2025-04-01")),
            invoice("F60", "2025-05-31", 20_00, document_date=pd.Timestamp("2025-04-01"))]
    assert run("late_posting", *rows).at_stake == [("F61", 10_00)]


SMALL = [invoice(f"S{n}", "2025-06-02", 10_00 + n) for n in range(20)]
"""So that the 90 % quantile of invoices is small: only the large ones count."""


def test_a_large_sale_of_the_last_days_taken_back_in_january_is_serious() -> None:
    sale = invoice("F500", "2025-12-29", 9_000_00)
    found = run("reversed_sales", *SMALL, sale, note("AV9", "2026-01-20", -9_000_00), BASE | {
        "posting_date": pd.Timestamp("2026-02-15"), "document_ref": "F700"})
    assert found.at_stake == [("F500", 9_000_00)]
    assert found.rows["document_ref"].tolist() == ["F500", "AV9"]
    assert found.rows["days"].tolist() == [22.0, 22.0]  # 29/12 to 20/01
    assert found.test["severity"] == "serious"


@pytest.mark.parametrize(("sale", "back"), [
    pytest.param(invoice("F500", "2025-12-26", 9_000_00), note("AV9", "2026-01-20", -9_000_00), id="six days before"),
    pytest.param(invoice("F500", "2025-12-29", 9_000_00), note("AV9", "2026-01-31", -9_000_00), id="31 days after"),
    pytest.param(invoice("F500", "2025-12-29", 9_000_00), note("AV9", "2026-01-20", -400_00), id="another amount"),
    pytest.param(invoice("F500", "2025-12-29", 10_00), note("AV9", "2026-01-20", -10_00), id="a small sale"),
    pytest.param(invoice("F500", "2025-12-29", 9_000_00), note("AV9", "2026-01-20", -9_000_00, customer_id="B"),
                 id="another customer"),
])
def test_other_sales_are_not_reversed(sale: dict[str, Any], back: dict[str, Any]) -> None:
    last = invoice("F700", "2026-02-15", 10_00)
    assert run("reversed_sales", *SMALL, sale, back, last).test["status"] == "clean"


def test_the_days_after_closing_must_be_loaded() -> None:
    found = run("reversed_sales", *SMALL, invoice("F500", "2025-12-29", 9_000_00),
                note("AV9", "2026-01-20", -9_000_00))  # the file ends before 30 January
    assert found.test["status"] == "not_tested"


# Dates of entries.
def test_validation_61_days_after_posting_is_late() -> None:
    frame = movements(
        invoice("F1", "2025-03-03", 10_00), invoice("F2", "2025-03-03", 20_00), receipt("2025-03-04", -5_00))
    validated = pd.to_datetime(pd.Series(["2025-05-03", "2025-05-02", pd.NaT]))
    frame = frame.assign(valid_date=validated.astype("datetime64[s]"))
    found = run("late_validation", frame=frame)
    assert found.at_stake == [("F1", 10_00)]  # 61 days; F2 60 days
    assert found.test["population_rows"] == 2


def test_without_validation_dates_it_is_not_tested() -> None:
    assert "ValidDate" in run("late_validation", BASE).test["reason"]


def test_sales_on_a_saturday_a_sunday_and_a_holiday_are_listed_and_receipts_are_not() -> None:
    week = [invoice(f"W{n}", "2025-06-03", 1_00) for n in range(5)] * 8  # Tuesday: 40 lines of a working day
    odd = [invoice("SAT", "2025-06-07", 10_00), invoice("SUN", "2025-06-08", 20_00),
           invoice("MAY", "2025-05-01", 30_00), receipt("2025-06-07", -40_00)]
    found = run("days_off", *week, *odd)
    assert sorted(zip(found.rows["document_ref"], found.rows["detail"], strict=True)) == [
        ("MAY", "holiday"), ("SAT", "saturday"), ("SUN", "sunday")]
    assert found.test["amount_cents"] == 60_00


def test_an_automatic_batch_and_a_shop_are_left_out() -> None:
    week = [invoice(f"W{n}", "2025-06-03", 1_00) for n in range(200)]
    batch = [invoice(f"B{n}", "2025-08-31", 2_00) for n in range(10)]  # a Sunday, ten lines of one journal
    shop = [invoice(f"M{n}", f"2025-06-{7 + n}", 3_00, journal="CAI") for n in range(2)]
    found = run("days_off", *week, *batch, *shop)
    assert found.test["status"] == "clean"
    nine = run("days_off", *week, *batch[:9])
    assert len(nine.rows) == 9


# Amounts.
def test_round_sums_in_miscellaneous_entries_are_compared_with_invoices() -> None:
    misc = {"kind": "adjustment", "journal": "OD"}
    rows = [invoice("D1", "2025-03-03", 3_000_00, **misc), invoice("D2", "2025-03-04", -2_000_00, **misc),
            invoice("D3", "2025-03-05", 1_500_00, **misc), BASE]
    found = run("round_sums", *rows)
    assert found.at_stake == [("D1", 3_000_00), ("D2", 2_000_00)]
    # invoices are round too: two in three of them against two in three entries is no sign
    usual = [invoice("F1", "2025-03-03", 1_000_00), invoice("F2", "2025-03-03", 2_000_00)]
    assert run("round_sums", *rows, *usual).test["status"] == "clean"


def test_benford_needs_more_than_500_invoices() -> None:
    same = [invoice(f"F{n}", "2025-06-03", 700_00 + n) for n in range(500)]
    assert run("benford", *same).test["status"] == "not_tested"
    found = run("benford", *same, invoice("F501", "2025-06-03", 100_00))
    assert found.test["rows"] == 500  # every first digit 7, where 5.8 % is expected
    assert "commencent par 7" in found.test["sentence"]


def test_amounts_that_follow_benford_conform() -> None:
    amounts = [round(100 * 1.02 ** n) for n in range(600)]  # a geometric series does
    rows = [invoice(f"F{n}", "2025-06-03", cents) for n, cents in enumerate(amounts)]
    assert run("benford", *rows).test["status"] == "clean"


# Re-aged invoices.
def test_a_due_date_that_another_extract_gives_otherwise_is_listed() -> None:
    rows = [invoice("F1001", "2025-02-03", 500_00, due="2025-04-30"),
            invoice("F1002", "2025-02-03", 60_00, due="2025-03-31"),
            invoice("F1003", "2025-02-03", 70_00, due="2025-03-31")]
    extracts = schemas.validate(pd.DataFrame({
        "customer_id": "A", "document_ref": ["f 1001", "F1002"], "amount_cents": [500_00, 60_00],
        "due_date": pd.to_datetime(["2025-03-31", "2025-03-31"]), "source_file": "avant.xlsx", "source_sheet": "",
        "source_row": [5, 6]}), schemas.EXTRACTS)
    found = run("re_aged_invoices", *rows, extracts=extracts)
    assert found.at_stake == [("F1001", 500_00)]
    assert (found.rows["detail"].tolist(), found.rows["days"].tolist()) == (["due_later"], [30.0])
    assert found.test["population_rows"] == 2  # F1003 is in one extract only


def test_one_extract_says_nothing_of_re_aging() -> None:
    assert run("re_aged_invoices", BASE).test["status"] == "not_tested"


def test_an_invoice_credited_then_billed_again_with_a_later_due_date_is_re_aged() -> None:
    chain = [invoice("F1001", "2025-02-03", 500_00, due="2025-03-05"), note("AV1", "2025-05-05", -500_00),
             invoice("F1099", "2025-05-06", 500_00, due="2025-07-05")]
    found = run("rebilled_credit_notes", *chain)
    assert found.at_stake == [("F1099", 500_00)]
    assert found.rows["document_ref"].tolist() == ["F1001", "AV1", "F1099"]
    assert found.rows["days"].tolist() == [122.0] * 3  # 05/03 to 05/07
    earlier = [*chain[:2], chain[2] | {"due_date": pd.Timestamp("2025-03-05")}]
    assert run("rebilled_credit_notes", *earlier).test["status"] == "clean"
    late = [*chain[:2], chain[2] | {"posting_date": pd.Timestamp("2025-07-05")}]  # 61 days after the credit note
    assert run("rebilled_credit_notes", *late).test["status"] == "clean"
    monthly = [invoice(f"G{m}", f"2025-0{m}-01", 500_00) for m in (1, 3, 4)]
    assert run("rebilled_credit_notes", *monthly, *chain).test["status"] == "clean"  # a subscription


def test_thresholds_are_settings() -> None:
    rows = invoice("F1001", "2025-02-03", 500_00), invoice("F1002", "2025-02-07", 500_00)
    found = run("duplicate_invoices", *rows, rules=TestRules(duplicate_days=4))
    assert found.at_stake == [("F1002", 500_00)]
    assert '"days": 4' in found.test["parameters"]
