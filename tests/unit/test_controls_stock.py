"""Audit tests of open items and debtors: each fires on its own fact, worked by hand, and not beside it."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.controls.sentences import rule
from auditlib.finding_codes import TEST_CODES
from auditlib.formats import Formats
from tests.unit.control_cases import chapter, invoice, note, receipt, run
from tests.unit.ledgers import movements

OLD = invoice("F1", "2025-06-02", 1_000_00, due="2025-07-02")  # 182 days overdue at 31/12/2025


# Credits.
def test_a_customer_in_credit_is_listed_with_what_makes_up_his_balance() -> None:
    rows = [invoice("F1", "2025-11-03", 100_00), receipt("2025-12-01", -130_00),
            invoice("F2", "2025-11-03", 50_00, customer_id="B"), receipt("2025-12-01", -50_00, customer_id="B")]
    found = run("credit_balance_customers", *rows)
    assert found.rows["amount_cents"].tolist() == [100_00, -130_00]
    assert (found.test["amount_cents"], found.test["customers"]) == (-30_00, 1)  # B is nil, not in credit


def test_a_receipt_loose_for_31_days_is_listed_and_for_30_is_not() -> None:
    rows = [receipt("2025-11-30", -10_00), receipt("2025-12-01", -20_00), OLD]
    found = run("unallocated_receipts", *rows)
    assert (found.test["amount_cents"], found.rows["days"].tolist()) == (-10_00, [31.0])
    lettered = [OLD | {"matching_code": "A", "amount_cents": 10_00}, receipt("2025-11-01", -10_00, matching_code="A")]
    assert run("unallocated_receipts", *lettered).test["status"] == "clean"


def test_a_credit_note_loose_for_91_days_is_listed_and_a_receipt_is_not() -> None:
    found = run("old_credit_notes", note("AV1", "2025-10-01", -10_00), note("AV2", "2025-10-02", -20_00),
                receipt("2025-01-02", -30_00), OLD)
    assert found.at_stake == [("AV1", -10_00)]


def test_undated_open_items_have_no_age_to_test() -> None:
    for code in ("unallocated_receipts", "old_credit_notes"):
        assert run(code, OLD, basis="open_items", has_document_dates=False).test["status"] == "not_tested"


# Due dates.
def test_open_debits_without_a_due_date_are_listed_and_credits_are_not() -> None:
    found = run("missing_due_dates", invoice("F1", "2025-06-02", 10_00, due="NaT"), OLD, receipt("2025-06-02", -1_00))
    assert found.at_stake == [("F1", 10_00)]


def test_due_at_issue_needs_more_than_half_of_the_customers_invoices() -> None:
    same = [invoice(f"F{n}", "2025-06-02", 10_00, due="2025-06-02") for n in range(2)]
    found = run("due_at_issue", *same, OLD)
    assert len(found.rows) == 2
    half = run("due_at_issue", *same, OLD, OLD | {"document_ref": "F9"})
    assert half.test["status"] == "clean"


# Debtors.
def test_group_companies_by_flag_and_by_name() -> None:
    rows = [invoice("F1", "2025-06-02", 10_00), invoice("F2", "2025-06-02", 20_00, customer_id="B"),
            invoice("F3", "2025-06-02", 30_00, customer_id="C")]
    names = {"A": "Filiale", "B": "DELORME Services SAS", "C": "Delormeau SARL"}
    found = run("related_parties", *rows, names=names, columns={"is_group": [True, False, False]},
                client_name="Ateliers Delorme SAS")
    assert found.at_stake == [("F1", 10_00), ("F2", 20_00)]  # Delormeau is another word
    assert found.rows["detail"].tolist() == ["group_flag", "group_name"]


def test_current_accounts_of_the_group_are_shown_where_the_books_give_them() -> None:
    accounts = schemas.validate(pd.DataFrame({
        "account": ["451000", "455100", "401000"], "customer_id": "", "debit_cents": [500_00, 0, 9_00],
        "credit_cents": [0, 200_00, 0]}), schemas.ACCOUNTS)
    found = run("related_parties", OLD, accounts=accounts)
    assert found.at_stake == [("451000", 500_00), ("455100", -200_00)]


@pytest.mark.parametrize(("name", "is_failing"), [
    ("DUPONT EN LIQUIDATION", True), ("Dupont (RJ)", True), ("SARL Martin LJ", True), ("MJ Perrin", True),
    ("Dupont en redressement", True), ("Marjolaine", False), ("Sauvegarde Informatique", False), ("RJMetrics", False),
])
def test_a_name_may_tell_of_a_procedure(name: str, is_failing: bool) -> None:
    found = run("insolvent_debtors", OLD, names={"A": name})
    assert (found.test["status"] == "exception") == is_failing


def insolvencies(**values: Any) -> pd.DataFrame:
    row = {"customer_id": "A", "procedure": "Redressement judiciaire", "judgment_date": "2025-10-20",
           "publication_date": "2025-11-10", "claim_declared_on": None} | values
    frame = pd.DataFrame([row])
    for name in ("judgment_date", "publication_date", "claim_declared_on"):
        frame[name] = pd.to_datetime(frame[name])
    return schemas.validate(frame, schemas.INSOLVENCIES)


def test_listed_doubtful_and_named_debtors_are_told_apart() -> None:
    rows = [OLD, invoice("F2", "2025-06-02", 20_00, customer_id="B", account="416000"),
            invoice("F3", "2025-06-02", 30_00, customer_id="C")]
    found = run("insolvent_debtors", *rows, insolvencies=insolvencies())
    assert list(zip(found.rows["detail"], found.rows["amount_cents"], strict=True)) == [
        ("procedure_listed", 1_000_00), ("account_416", 20_00)]


def test_a_claim_not_declared_has_two_months_from_publication() -> None:
    after = invoice("F2", "2025-11-03", 50_00)  # born after the judgment: nothing to declare
    found = run("claims_not_declared", OLD, after, insolvencies=insolvencies())
    assert found.at_stake == [("F1", 1_000_00)]
    assert found.rows["days"].tolist() == [10.0]  # 10/11/2025 + 2 months = 10/01/2026
    assert (found.rows["detail"].tolist(), found.test["severity"]) == (["deadline_ahead"], "serious")
    passed = run("claims_not_declared", OLD, insolvencies=insolvencies(publication_date="2025-10-30"))
    assert (passed.rows["detail"].tolist(), passed.rows["days"].tolist()) == (["deadline_passed"], [-1.0])


@pytest.mark.parametrize(("values", "status"), [
    ({"claim_declared_on": "2025-12-01"}, "clean"), ({"procedure": "Conciliation"}, "not_tested"),
    ({"judgment_date": "2026-01-05", "publication_date": "2026-01-08"}, "not_tested"),
])
def test_a_declared_claim_an_amicable_procedure_and_a_later_judgment_are_silent(values: dict[str, Any], status: str,
                                                                               ) -> None:
    assert run("claims_not_declared", OLD, insolvencies=insolvencies(**values)).test["status"] == status


def test_concentration_fires_above_its_thresholds_only() -> None:
    one = run("receivable_concentration", OLD)  # one debtor: 100 %
    assert one.rows["amount_cents"].tolist() == [1_000_00]
    many = [invoice(f"F{n}", "2025-06-02", 10_00, customer_id=f"C{n:02d}") for n in range(13)]
    # 13 equal debtors: 7.7 %, five 38.5 %, index 10 000 / 13 = 769
    assert run("receivable_concentration", *many).test["status"] == "clean"
    twelve = run("receivable_concentration", *many[:12])  # five of twelve: 41.7 %
    assert (len(twelve.rows), twelve.test["amount_cents"]) == (5, 50_00)


def test_two_codes_of_one_siren_are_one_set_and_blanks_are_none() -> None:
    rows = [invoice(f"F{n}", "2025-06-02", 10_00, customer_id=key) for n, key in enumerate("ABCD")]
    names = dict.fromkeys("ABCD", "Nom")
    siren = ["732829320", "73282932000074", "", ""]  # a SIRET carries its SIREN
    found = run("same_identity", *rows, names=names, columns={"siren": siren})
    assert found.rows["customer_id"].tolist() == ["A", "B"]
    assert (found.rows["detail"].tolist(), found.rows["set_number"].tolist()) == (["same_siren"] * 2, [0, 0])
    alone = run("same_identity", *rows, names=names, columns={"siren": ["732829320", "552100554", "", ""]})
    assert alone.test["status"] == "clean"
    assert run("same_identity", *rows, names=names).test["status"] == "not_tested"


def test_one_bank_account_for_two_customers_is_seen_in_a_free_attribute() -> None:
    rows = [invoice(f"F{n}", "2025-06-02", 10_00, customer_id=key) for n, key in enumerate("AB")]
    columns = {"attribute:IBAN": ["FR76 3000 4000", "fr7630004000"]}
    found = run("same_identity", *rows, names={"A": "Un", "B": "Deux"}, columns=columns)
    assert found.rows["detail"].tolist() == ["same_bank"] * 2


# Disputes, residues, signs.
def test_an_old_invoice_paid_in_part_or_worded_like_a_dispute_is_listed() -> None:
    rows = [OLD | {"matching_code": "A"}, receipt("2025-08-01", -400_00, matching_code="A"),
            invoice("F2", "2025-06-02", 50_00, due="2025-07-02", label="Facture F2 - LITIGE qualité"),
            invoice("F3", "2025-06-02", 60_00, due="2025-07-02"),
            invoice("F4", "2025-11-02", 70_00, due="2025-11-02", label="litige")]  # 59 days overdue
    found = run("dispute_without_code", *rows)
    assert found.at_stake == [("F1", 600_00), ("F2", 50_00)]
    assert found.rows["detail"].tolist() == ["paid_in_part", "dispute_words"]


def test_a_registered_dispute_is_not_a_hidden_one() -> None:
    listed = schemas.validate(pd.DataFrame({
        "movement_id": [0], "amount_cents": [1_000_00], "opened_on": pd.to_datetime(["2025-07-01"]),
        "closed_on": [pd.NaT], "reason": "prix", "owner": ""}), schemas.DISPUTES)
    assert run("dispute_without_code", OLD | {"label": "litige"}, disputes=listed).test["status"] == "clean"


def paid(cents: int, received: int) -> list[dict[str, Any]]:
    return [OLD | {"amount_cents": cents, "matching_code": "A"}, receipt("2025-08-01", -received, matching_code="A")]


@pytest.mark.parametrize(("cents", "received", "left"), [
    (100_00, 95_01, 4_99), (2_000_00, 1_990_01, 9_99), (2_000_00, 2_003_00, -3_00)])
def test_a_residue_under_five_euros_or_half_a_per_cent_was_left_open(cents: int, received: int, left: int) -> None:
    assert run("partial_lettering", *paid(cents, received)).rows["amount_cents"].tolist() == [left]


@pytest.mark.parametrize(("cents", "received"), [(100_00, 95_00), (2_000_00, 1_990_00)])
def test_a_larger_residue_is_not_one(cents: int, received: int) -> None:
    assert run("partial_lettering", *paid(cents, received)).test["status"] == "clean"


def test_a_small_invoice_nobody_paid_is_no_residue() -> None:
    assert run("partial_lettering", OLD | {"amount_cents": 3_00}).test["status"] == "clean"


def test_wrong_signs_by_label_and_by_a_negative_entry() -> None:
    frame = movements(note("F1", "2025-03-03", -10_00, label="Facture F1"),
                      invoice("F2", "2025-03-03", 20_00, label="AVOIR 2"), invoice("F3", "2025-03-03", 30_00),
                      note("F4", "2025-03-03", -40_00, label="Facture F4 annulée"))
    frame = frame.assign(is_negative_entry=[False, False, True, False])
    found = run("wrong_signs", frame=frame)
    assert sorted(zip(found.rows["document_ref"], found.rows["detail"], strict=True)) == [
        ("F1", "invoice_in_credit"), ("F2", "note_in_debit"), ("F3", "negative_entry")]
    assert found.test["amount_cents"] == 60_00


# Accounts beside.
def other_accounts(**cents: int) -> pd.DataFrame:
    rows = [{"account": name[1:], "customer_id": "", "debit_cents": max(amount, 0), "credit_cents": max(-amount, 0)}
            for name, amount in cents.items()]
    return schemas.validate(pd.DataFrame(rows), schemas.ACCOUNTS)


def test_suspense_accounts_with_a_balance_are_listed() -> None:
    accounts = other_accounts(c467000=0, c471000=-250_00, c475000=30_00, c512000=9_99)
    found = run("suspense_accounts", OLD, accounts=accounts)
    assert found.at_stake == [("471000", -250_00), ("475000", 30_00)]
    assert run("suspense_accounts", OLD).test["status"] == "not_tested"
    assert run("suspense_accounts", OLD, accounts=other_accounts(c512000=1)).test["status"] == "clean"


def test_the_shortfall_is_what_is_old_net_of_vat_less_account_491() -> None:
    rows = [OLD, invoice("F2", "2025-06-02", 120_00, due="2025-10-02"),  # 90 days: not old
            invoice("F3", "2025-12-01", 240_00, due="2026-01-31", account="416000")]
    found = run("provision_shortfall", *rows, accounts=other_accounts(c491000=-300_00))
    # 1 000 / 1.2 = 833.33, 240 / 1.2 = 200.00, less 300.00
    assert [cents for _, cents in found.at_stake] == [833_33, 200_00, -300_00]
    assert (found.test["amount_cents"], found.test["severity"]) == (733_33, "serious")
    enough = run("provision_shortfall", *rows, accounts=other_accounts(c491000=-1_033_33))
    assert enough.test["status"] == "clean"


def test_claims_abroad_bear_no_vat() -> None:
    found = run("provision_shortfall", OLD, names={"A": "Ausland"}, columns={"zone": ["EU"]},
                accounts=other_accounts(c491000=0))
    assert found.at_stake == [("F1", 1_000_00)]


def test_without_491_or_a_vat_rate_depreciation_is_not_tested() -> None:
    assert "491" in run("provision_shortfall", OLD).test["reason"]
    accounts = other_accounts(c491000=-1)
    assert "TVA" in run("provision_shortfall", OLD, accounts=accounts, vat_rate=None).test["reason"]


def test_doubtful_accounts_and_depreciation_answer_each_other_by_customer() -> None:
    rows = [OLD | {"account": "416000"}, invoice("F2", "2025-06-02", 20_00, customer_id="B", account="416000")]
    accounts = schemas.validate(pd.DataFrame({
        "account": "491000", "customer_id": ["B", "Z"], "debit_cents": 0,
        "credit_cents": [10_00, 5_00]}), schemas.ACCOUNTS)
    found = run("doubtful_coverage", *rows, accounts=accounts)
    assert list(zip(found.rows["customer_id"], found.rows["detail"], found.rows["amount_cents"], strict=True)) == [
        ("A", "doubtful_alone", 1_000_00), ("Z", "depreciation_alone", 5_00)]
    totals = run("doubtful_coverage", *rows, accounts=other_accounts(c491000=-1_00))
    assert totals.test["status"] == "clean"  # 491 is not kept by customer: only the totals can be compared
    alone = run("doubtful_coverage", OLD, accounts=other_accounts(c491000=-1_00))
    assert alone.at_stake == [("491", 1_00)]


# Bills, returns, lettering.
def test_a_bill_past_due_still_in_413_is_listed() -> None:
    rows = [OLD | {"account": "413000"}, invoice("F2", "2025-12-01", 5_00, due="2026-01-31", account="413000")]
    assert run("overdue_bills", *rows).at_stake == [("F1", 1_000_00)]
    assert run("overdue_bills", OLD).test["status"] == "not_tested"


def test_a_payment_that_came_back_is_listed_for_the_period_only() -> None:
    back = {"customer_id": "A", "kind": "unpaid_return", "account": "411000", "label": "Impayé", "journal": "BQ"}
    rows = [OLD, receipt("2025-08-01", -1_000_00), {**back, "posting_date": "2025-08-05", "amount_cents": 1_000_00},
            {**back, "posting_date": "2024-08-05", "amount_cents": 7_00}]
    found = run("returned_payments", *rows)
    assert found.rows["amount_cents"].tolist() == [1_000_00]
    assert run("returned_payments", OLD, basis="open_items").test["status"] == "not_tested"


def test_a_code_that_does_not_sum_to_nil_is_listed_at_its_first_row() -> None:
    rows = [OLD | {"matching_code": "A"}, receipt("2025-08-01", -900_00, matching_code="A"),
            invoice("F2", "2025-06-02", 5_00, matching_code="B"), receipt("2025-08-01", -5_00, matching_code="B")]
    found = run("broken_lettering", *rows)
    assert list(zip(found.rows["document_ref"], found.rows["amount_cents"], found.rows["source_row"], strict=True)) == [
        ("A", 100_00, 2)]
    assert run("broken_lettering", OLD).test["status"] == "not_tested"
    # a receipt after the date completes the group: the file's last word counts
    later = receipt("2026-01-10", -100_00, matching_code="A")
    assert run("broken_lettering", *rows, later).test["status"] == "clean"


# After the date, and what the documents do not allow.
def test_what_is_due_and_unpaid_60_days_later_is_listed() -> None:
    table = pd.DataFrame({
        "customer_id": ["A", "A"], "document_ref": ["F1", "F2"], "document_date": pd.to_datetime(["2025-06-02"] * 2),
        "due_date": pd.to_datetime(["2025-07-02", "2026-03-31"]), "source_file": "gl.xlsx", "source_sheet": "",
        "source_row": [2, 3], "residual_cents": [1_000_00, 50_00], "settled_cents": [300_00, 0],
        "other_cents": [100_00, 0], "left_cents": [700_00, 50_00]})
    later = invoice("F9", "2026-03-01", 1_00)
    found = run("subsequent_cash", OLD, later, known={"subsequent": table})
    assert found.at_stake == [("F1", 600_00)]  # F2 falls due on 31/03/2026, after 01/03/2026
    early = invoice("F9", "2026-02-28", 1_00)  # 59 days
    assert run("subsequent_cash", OLD, early, known={"subsequent": table}).test["status"] == "not_tested"


def test_reminders_are_not_tested_without_a_log() -> None:
    found = run("no_reminder", OLD)
    assert found.test["sentence"] == "Non testé : aucun journal de relance n’a été fourni."


def test_every_test_is_there_once_in_the_order_of_the_programme() -> None:
    assert chapter(OLD)["tests"]["test"].astype("str").tolist() == list(TEST_CODES)


@pytest.mark.parametrize(("rows", "basis"), [
    ([receipt("2025-01-02", -5_00)], "ledger"), ([OLD], "open_items"), ([note("A", "2025-12-31", -1)], "open_items")])
def test_the_programme_runs_on_little(rows: list[dict[str, Any]], basis: str) -> None:
    tables = chapter(*rows, basis=basis, as_of_date=dt.date(2025, 12, 31))
    assert set(tables["tests"]["status"]) <= {"exception", "clean", "not_tested"}
    assert all(tables["tests"]["sentence"] != "")
    assert all(rule(test, Formats()) for test in tables["tests"].to_dict("records"))


def test_the_law_s_tables_are_listed_where_the_chapter_of_law_gives_them() -> None:
    caps = pd.DataFrame({"item_id": [0], "days_over": [12]})
    found = run("terms_over_cap", OLD, known={"over_cap": caps})
    assert (found.at_stake, found.rows["days"].tolist()) == ([("F1", 1_000_00)], [12.0])
    assert run("terms_over_cap", OLD).test["status"] == "not_tested"
    dated = pd.DataFrame({  # 31/12/2025 + 180 days = 29/06/2026
        "item_id": [0, 1, 2, 3], "class": ["lapsed", "6 months", "6 months", "interrupted"],
        "lapse_date": pd.to_datetime(["2025-12-28", "2026-06-29", "2026-06-30", "2025-01-01"]),
        "residual_cents": [10_00, 20_00, 30_00, 40_00]})
    rows = [OLD | {"amount_cents": cents, "document_ref": f"F{cents}"} for cents in (10_00, 20_00, 30_00, 40_00)]
    near = run("prescription_near", *rows, known={"prescription": dated})
    assert near.at_stake == [("F1000", 10_00), ("F2000", 20_00)]
    assert near.rows["detail"].tolist() == ["lapsed", "lapsing"]
    assert near.rows["days"].tolist() == [-3.0, 180.0]
    assert run("prescription_near", OLD).test["status"] == "not_tested"
