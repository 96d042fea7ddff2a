"""The auditor's corrections: what each changes, what is rejected, and that no cent is lost."""

import dataclasses
from typing import Any

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.adjustments import adjust
from auditlib.adjustments.targets import designation
from auditlib.audit_results import AuditResults
from auditlib.indicators import compute
from auditlib.parameters import Method, Parameters
from auditlib.run.verdict import broken_law
from tests.unit.adjustment_cases import CASE, audited, case, corrections, targeting
from tests.unit.intakes import T, intake_of, random_movements, second_source


def _stock(results: AuditResults) -> dict[str, Any]:
    return dict(results.summary["receivable"])


def _why(results: AuditResults) -> str:
    assert results.adjustments["status"].tolist() == ["rejected"]
    return str(results.adjustments["why"].iloc[0])


def test_without_corrections_nothing_is_said_of_any() -> None:
    plain = audited(case())
    assert "adjustments" not in plain.summary and "excluded" not in plain.summary["reconciliation"]
    stock = _stock(plain)
    assert (stock["total"], stock["gross"], stock["overdue"], stock["unallocated_credits"]) == (800, 2300, 1800, -1500)


@pytest.mark.parametrize("named", ["R1", "designated"])
def test_an_accepted_match_clears_both_sides_and_says_whose_it_is(named: str) -> None:
    intake = case()
    receipt = intake.movements.iloc[1]
    value = designation(receipt.to_dict()) if named == "designated" else "R1"
    found = audited(intake, targeting(intake, "F1", "accept_match", value))
    stock = _stock(found)
    assert (stock["total"], stock["gross"], stock["overdue"], stock["unallocated_credits"]) == (800, 1100, 600, -300)
    assert found.summary["adjustments"]["before"]["receivable"]["overdue"] == 1800
    assert found.summary["adjustments"]["changes"] == {"accept_match": {"count": 1, "amount": 1200.0}}
    assert "F1" not in found.open_items["document_ref"].tolist()


def test_one_receipt_may_be_matched_with_two_invoices() -> None:
    intake = case()
    found = audited(intake, *(targeting(intake, "R1", "accept_match", reference) for reference in ("F2", "F1")))
    left = found.open_items.set_index("document_ref")["residual_cents"]
    assert left["F1"] == 600_00 and not {"R1", "F2"} & set(left.index), "in the order accepted: F2 first, whole"


def test_a_match_of_which_nothing_is_left_is_said_to_do_nothing() -> None:
    intake = case()
    found = audited(intake, *(targeting(intake, "R1", "accept_match", reference) for reference in ("F1", "F2")))
    assert found.adjustments["status"].tolist() == ["applied", "rejected"]
    assert "plus rien" in found.adjustments["why"].iloc[1]


def test_matches_follow_their_items_when_another_leaves() -> None:
    intake = case()
    found = audited(intake, targeting(intake, "F1", "exclude"), targeting(intake, "F2", "accept_match", "R1"))
    left = found.open_items.set_index("document_ref")["residual_cents"]
    assert left.to_dict() == {"R1": -600_00, "F3": 500_00, "R2": -300_00}


def test_a_match_counts_from_the_later_of_both_postings_in_every_replay() -> None:
    intake = case()
    found = audited(intake, targeting(intake, "F1", "accept_match", "R1"), evolution_months=12)
    overdue = found.evolution.set_index("month_end")["overdue_cents"]
    assert (overdue["2025-10-31"], overdue["2025-11-30"], overdue["2025-12-31"]) == (1_200_00, 0, 600_00)


def test_a_list_of_open_items_takes_accepted_matches_and_no_others() -> None:
    intake = case(basis="open_items")
    found = audited(intake, targeting(intake, "F1", "accept_match", "R1"), matching="all")
    assert (_stock(found)["gross"], _stock(found)["unallocated_credits"]) == (1190, -390)


def test_a_due_date_corrected_is_one_given() -> None:
    intake = case()
    found = audited(intake, targeting(intake, "F2", "due_date", "2026-01-15"))
    item = found.open_items.set_index("document_ref").loc["F2"]
    assert (str(item["due_date"].date()), item["due_date_origin"], item["bucket"]) == ("2026-01-15", "given", "not_due")
    assert _stock(found)["overdue"] == 1200
    assert found.adjustments["old_value"].tolist() == ["2025-12-15"]


def test_a_document_date_corrected_is_the_one_aged() -> None:
    intake = case()
    found = audited(intake, targeting(intake, "F3", "document_date", "2025-10-02"), ageing_basis="document_date")
    assert found.open_items.set_index("document_ref").loc["F3", "bucket"] == "61-90"  # 2 October to 31 December: 90


def test_a_customer_s_type_is_corrected_with_the_auditor_s_reason() -> None:
    found = audited(case(), {"change": "customer_type", "customer_id": "B", "new_value": "public"})
    customer = found.customers.set_index("customer_id").loc["B"]
    assert customer["customer_type"] == "public"
    assert "C. Aubry" in customer["type_reason"] and "Vu avec le client" in customer["type_reason"]


def test_a_kind_corrected_changes_what_is_sold() -> None:
    intake = case()
    found = audited(intake, targeting(intake, "R2", "kind", "credit_note"))
    sold = found.summary["indicators"]["dso"]
    assert sold["basis_amount"] == 1200 + 600 + 500 + 90 - 300
    assert found.summary["adjustments"]["before"]["indicators"]["dso"]["basis_amount"] == 2390


def test_an_item_reclassified_is_doubtful() -> None:
    intake = case()
    found = audited(intake, targeting(intake, "F1", "doubtful"))
    assert (_stock(found)["doubtful"], _stock(found)["total"]) == (1200, 800)


def test_an_item_moved_is_owed_by_the_other_customer_and_the_books_still_tie() -> None:
    intake = case(second_sources=(second_source({"A": 600_00, "B": 200_00}),))
    found = audited(intake, targeting(intake, "F2", "customer", "B"))
    owed = found.open_items.groupby(found.open_items["customer_id"].astype("str"))["residual_cents"].sum()
    assert owed.to_dict() == {"A": 0, "B": 800_00}
    assert found.summary["reconciliation"]["ties"] is True and not len(found.differences)


def test_an_item_excluded_leaves_the_receivable_and_stands_in_the_tie_out() -> None:
    intake = case(second_sources=(second_source({"A": 600_00, "B": 200_00}),))
    found = audited(intake, targeting(intake, "F2", "exclude"))
    tie = found.summary["reconciliation"]
    assert (tie["ledger_balance"], tie["adjusted_balance"], tie["excluded"]) == (800, 200, 600)
    assert (tie["open_items"], tie["ties"], tie["difference"]) == (200, True, 0)
    assert broken_law(found.summary) == ""
    assert broken_law(found.summary | {"reconciliation": tie | {"excluded": 600.01}}) != ""


def test_a_receipt_that_is_a_deposit_leaves_the_receivable_and_is_available() -> None:
    intake = case()
    found = audited(intake, targeting(intake, "R2", "deposit"))
    assert (_stock(found)["total"], found.summary["reconciliation"]["excluded"]) == (1100, -300)
    corrected = adjust(intake, corrections(targeting(intake, "R2", "deposit")))
    assert corrected.intake.deposits.to_dict("records") == [{"customer_id": "B", "amount_cents": 300_00}]


@pytest.mark.parametrize(("reference", "change", "value", "said"), [
    ("F2", "due_date", "2025-11-14", "antérieure"),
    ("F2", "kind", "receipt", "sens"),
    ("R1", "doubtful", "", "débit"),
    ("F1", "deposit", "", "crédit"),
    ("F4", "exclude", "", "lettrée"),
    ("F4", "customer", "A", "lettrée"),
    ("F1", "customer", "Z", "inconnu"),
    ("F1", "customer", "A", "déjà"),
    ("F1", "accept_match", "R9", "introuvable"),
    ("F1", "accept_match", "R2", "introuvable"),  # another customer's
    ("F4", "accept_match", "R2", "lettrée"),
])
def test_what_cannot_be_done_is_rejected_with_its_reason(reference: str, change: str, value: str, said: str) -> None:
    intake = case()
    found = audited(intake, targeting(intake, reference, change, value))
    assert said in _why(found)
    assert found.summary["receivable"] == audited(intake).summary["receivable"]
    assert found.summary["adjustments"] | {"changes": {}} == {
        "applied": 0, "rejected": 1, "changes": {}, "excluded": 0, "before": None}
    assert "adjustments_rejected" in found.findings["finding"].tolist()


def test_a_row_that_was_not_understood_stays_listed_and_changes_nothing() -> None:
    found = audited(case(), {"change": "efface", "status": "rejected", "why": "correction inconnue"})
    assert _why(found) == "correction inconnue"


def test_a_file_sent_again_with_a_row_more_corrects_no_other_item() -> None:
    wanted = targeting(case(), "F2", "exclude")
    sent_again = case({"customer_id": "A", "kind": "invoice", "posting_date": "2024-12-01", "document_ref": "F0",
                       "amount_cents": 10_00}, *CASE)
    found = audited(sent_again, wanted)
    assert "R1" in _why(found) and "ligne 5" in _why(found), "what stands there now, and where F2 is"
    assert _stock(found)["total"] == 810


def test_an_item_that_is_gone_is_said_to_be() -> None:
    wanted = targeting(case(), "R4", "due_date", "2026-01-15")
    assert "aucune pièce" in _why(audited(case(*CASE[:-1]), wanted))


def test_the_later_of_two_corrections_counts_and_the_earlier_is_said_to_be_replaced() -> None:
    intake = case()
    found = audited(intake, targeting(intake, "F2", "due_date", "2026-01-15"),
                    targeting(intake, "F2", "due_date", "2025-12-20"))
    assert sorted(found.adjustments["status"].astype("str")) == ["applied", "rejected"]
    assert found.open_items.set_index("document_ref").loc["F2", "days_overdue"] == 11


def test_instalments_of_one_row_are_told_apart_by_their_due_date() -> None:
    half = {"customer_id": "A", "kind": "invoice", "posting_date": "2025-10-01", "document_ref": "F9",
            "amount_cents": 50_00}
    intake = case(half | {"due_date": "2025-11-01"}, half | {"due_date": "2025-12-01"})
    intake = dataclasses.replace(intake, movements=intake.movements.assign(source_row=2))
    second = targeting(intake, "F9", "due_date", "2026-02-01")
    assert "plusieurs" in _why(audited(intake, second | {"due_date": pd.NaT}))
    found = audited(intake, second | {"due_date": pd.Timestamp("2025-12-01")})
    assert found.open_items["due_date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-11-01", "2026-02-01"]


def test_what_is_said_of_items_follows_them_when_one_leaves() -> None:
    disputes = pd.DataFrame({
        "movement_id": [0, 3], "amount_cents": [100_00, 500_00], "opened_on": pd.to_datetime(["2025-12-01"] * 2),
        "closed_on": pd.NaT, "reason": "Prix", "owner": ""})
    intake = case(disputes=schemas.validate(disputes, schemas.DISPUTES))
    found = audited(intake, targeting(intake, "F1", "exclude"))
    held = found.open_items.set_index("document_ref")["disputed_cents"]
    assert held.to_dict() == {"R1": 0, "F2": 0, "F3": 500_00, "R2": 0}


def test_an_item_posted_later_is_excluded_from_nothing_yet() -> None:
    intake = case(*CASE, {"customer_id": "A", "kind": "invoice", "posting_date": "2026-01-05", "document_ref": "F5",
                          "amount_cents": 70_00})
    found = audited(intake, targeting(intake, "F5", "exclude"))
    assert (found.summary["adjustments"]["excluded"], found.summary["reconciliation"]["ledger_balance"]) == (0, 800)


def test_across_currencies_what_is_excluded_is_converted_and_nothing_is_lost() -> None:
    dollars = {"customer_id": "B", "kind": "invoice", "posting_date": "2025-12-01", "due_date": "2025-12-15",
               "currency": "USD"}
    intake = case(*CASE, dollars | {"document_ref": "D1", "amount_cents": 100_01},
                  dollars | {"document_ref": "D2", "amount_cents": 50_00}, currency="")
    parameters = Parameters(client="acme", as_of_date=T, documents=["."], rates={"USD": 0.9}, currency="EUR",
                            method=Method(matching="codes"))
    rows = corrections(targeting(intake, "D1", "exclude"), targeting(intake, "F2", "exclude"))
    found = compute(intake, parameters=parameters, as_of_date=T, chapters=False, adjustments=rows)
    tie = found.summary["reconciliation"]
    # 800 + 90.01 (100.01 × 0.9 = 90.009) + 45; excluded 90.01 + 600.
    assert (tie["ledger_balance"], tie["adjusted_balance"], tie["excluded"]) == (935.01, 245.0, 690.01)
    assert broken_law(found.summary) == "" and found.summary["currencies"]["USD"]["receivable"]["total"] == 50


def test_across_currencies_without_rates_corrections_count_and_no_total_is_given() -> None:
    dollars = {"customer_id": "B", "kind": "invoice", "posting_date": "2025-12-01", "currency": "USD"}
    intake = case(*CASE, dollars | {"document_ref": "D1", "amount_cents": 100_00},
                  dollars | {"document_ref": "D2", "amount_cents": 50_00}, currency="")
    found = audited(intake, targeting(intake, "D1", "exclude"))
    assert found.summary["receivable"]["total"] is None and found.summary["adjustments"]["before"] is None
    assert found.summary["adjustments"]["excluded"] is None, "amounts of two currencies are not added"
    assert found.summary["currencies"]["USD"]["receivable"]["total"] == 50


def test_the_documents_given_are_left_as_they_were() -> None:
    intake, untouched = case(), case()
    adjust(intake, corrections(
        targeting(intake, "F1", "exclude"), targeting(intake, "R2", "deposit"),
        targeting(intake, "F2", "customer", "B"),
        {"change": "customer_type", "customer_id": "A", "new_value": "public"}))
    for name in ("movements", "customers", "deposits", "disputes"):
        pd.testing.assert_frame_equal(getattr(intake, name), getattr(untouched, name))


@pytest.mark.parametrize("seed", range(6))
def test_no_cent_is_lost_whatever_is_corrected(seed: int) -> None:
    items = random_movements(seed=seed, customers=4, invoices=60)
    items["source_file"] = items["source_file"].cat.rename_categories(["gl.xlsx"])
    intake = intake_of(items)
    loose = items[(items["matching_code"] == "") & (items["posting_date"] <= "2025-12-31")]
    debits = items[(items["amount_cents"] > 0)].iloc[::7]
    rows = [_of(item, "exclude", "") for item in loose.iloc[::2].to_dict("records")]
    rows += [_of(item, "customer", "C01") for item in loose.iloc[1::2].to_dict("records")]
    rows += [_of(item, "due_date", "2025-12-30") for item in debits.to_dict("records")]
    found = audited(intake, *rows, matching="all")
    tie = found.summary["reconciliation"]
    excluded = sum(row["amount_cents"] for row in rows if row["change"] == "exclude")
    assert tie["conservation"]["breaches"] == 0 and broken_law(found.summary) == ""
    assert round(100 * tie["ledger_balance"]) == round(100 * tie["adjusted_balance"]) + excluded


def _of(item: dict[Any, Any], change: str, value: str) -> dict[str, Any]:
    names = ("source_file", "source_sheet", "source_row", "customer_id", "document_ref", "amount_cents")
    return {name: item[name] for name in names} | {"change": change, "new_value": value}
