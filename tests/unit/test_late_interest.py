"""Late interest and the €40 indemnity: published and hand-worked examples (DOMAIN.md A6)."""

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.errors import BadInputError
from auditlib.parameters import Parameters
from auditlib.run.manifest import input_hashes
from tests.unit.intakes import customers_of
from tests.unit.law import audit_law, insolvency, invoice, receipt, value

C3 = (invoice("2025-05-01", "2025-05-31", 12_000), receipt("2025-09-30", 12_000))


@pytest.mark.parametrize(("kind", "legal", "interest"), [
    ("B2B", {}, 497.19),  # DOMAIN.md C3: 30 d × 13.15 % + 92 d × 12.15 %
    ("B2B", {"freeze_rate": True}, 527.44),  # the same, frozen at 13.15 %
    ("public", {}, 447.22),  # 122 d × 11.15 %, kept although the half-year changes
    ("B2B", {"contract_rate": 0.12}, 481.32),  # 12 000 × 12 % × 122 / 365
    ("B2B", {"contract_rate": 0.05}, 360.22),  # floor 3 × legal: 30 d × 11.13 % + 92 d × 8.28 % = 109.7753 + 250.4416
    ("B2B", {"contract_rate": 0.10}, 412.24),  # floor in the first half-year only: 109.7753 + 92 d × 10 % = 302.4658
])
def test_published_and_hand_worked_rates(kind: str, legal: dict[str, Any], interest: float) -> None:
    results = audit_law(*C3, types={"A": kind}, legal=legal)
    assert value(results, "late_interest") == interest
    assert value(results, "recovery_indemnity") == 40
    assert value(results, "late_interest_abroad") == value(results, "late_interest_unconfirmed") == 0


def test_the_published_rate_of_three_months() -> None:
    # S51 (DOMAIN.md A6): 10 000 € at 10.25 % for three months is 256 €; by days 10 000 × 10.25 % × 91 / 365 = 255.55.
    rows = (invoice("2021-08-01", "2021-08-31", 10_000), receipt("2021-11-30", 10_000))
    results = audit_law(*rows, legal={"contract_rate": 0.1025})
    assert value(results, "late_interest") == 255.55


def test_half_years_of_a_claim_add_up_to_its_rounded_whole() -> None:
    lines = audit_law(*C3).late_interest
    # 129.6986 and 367.4959: the second takes what rounding the sum leaves, 497.19 − 129.70.
    assert lines["interest_cents"].tolist() == [129_70, 367_49]
    assert lines["days"].tolist() == [30, 92]
    assert lines["half_year"].astype("str").tolist() == ["2025-H1", "2025-H2"]
    assert lines["rate"].tolist() == pytest.approx([0.1315, 0.1215])


def test_partial_payments_stop_interest_on_their_part() -> None:
    rows = (invoice("2025-07-01", "2025-07-31", 1_000), receipt("2025-08-10", 400), receipt("2025-08-31", 100))
    results = audit_law(*rows, as_of="2025-09-30")
    # 12.15 %: 400 for 10 days, 100 for 31, 500 for 61: (4 000 + 3 100 + 30 500) × 12.15 % / 365 = 12.5162
    assert value(results, "late_interest") == 12.52
    assert value(results, "recovery_indemnity") == 40


def test_a_returned_payment_stopped_nothing() -> None:
    rows = (invoice("2025-07-01", "2025-07-31", 1_000), receipt("2025-08-10", 1_000),
            {"kind": "unpaid_return", "customer_id": "A", "posting_date": "2025-08-20",
             "amount_cents": 1_000_00, "document_ref": "F1"})
    # 61 days on the whole at 12.15 %
    assert value(audit_law(*rows, as_of="2025-09-30"), "late_interest") == 20.31


def test_a_credit_note_bears_nothing() -> None:
    rows = (invoice("2025-07-01", "2025-07-31", 1_000),
            receipt("2025-09-10", 400, kind="credit_note"), receipt("2025-08-31", 600))
    # 600 for 31 days at 12.15 %
    assert value(audit_law(*rows), "late_interest") == 6.19


def test_unallocated_credits_come_off_the_oldest_overdue() -> None:
    rows = (invoice("2025-07-01", "2025-07-31", 1_000, "F1"), invoice("2025-08-01", "2025-08-31", 1_000, "F2"),
            receipt("2025-09-15", 1_200, ""))
    # F2 alone bears interest, on 800, for 30 days at 12.15 %
    results = audit_law(*rows, as_of="2025-09-30")
    assert value(results, "late_interest") == 7.99
    assert value(results, "recovery_indemnity") == 40


def test_due_today_is_not_late_and_the_next_day_is_the_first() -> None:
    rows = (invoice("2025-07-01", "2025-07-31", 36_500),)
    assert value(audit_law(*rows, as_of="2025-07-31"), "late_interest") == 0
    assert value(audit_law(*rows, as_of="2025-08-01"), "late_interest") == 12.15


def test_interest_that_begins_on_the_first_of_july_has_the_new_rate() -> None:
    # Due 30/06/2025: the first late day is in the second half-year, 10.15 % for a public buyer.
    rows = (invoice("2025-06-01", "2025-06-30", 36_500), receipt("2025-07-10", 36_500))
    assert value(audit_law(*rows, types={"A": "public"}), "late_interest") == 101.50


def test_a_public_rate_stays_frozen_across_several_half_years() -> None:
    # Due 30/04/2023: 2.50 + 8 = 10.50 % to the end, 427 days to 30/06/2024 (a leap year counts 366 days over 365).
    rows = (invoice("2023-04-01", "2023-04-30", 10_000), receipt("2024-06-30", 10_000))
    results = audit_law(*rows, types={"A": "public"})
    assert results.late_interest["days"].sum() == 427
    assert value(results, "late_interest") == 1_228.36  # 10 000 × 10.50 % × 427 / 365 = 1 228.3562


def test_leap_day_counts() -> None:
    # 14.50 % from 1 to 31 January would be 31 days; 01/02/2024 to 01/03/2024 is 30 days with the 29th.
    rows = (invoice("2024-01-01", "2024-01-31", 36_500), receipt("2024-03-01", 36_500))
    assert value(audit_law(*rows), "late_interest") == 435.00


@pytest.mark.parametrize(("judged", "interest", "indemnity"), [
    ("2025-08-10", 10 * 12.15, 40), ("2025-07-31", 0, 0), ("2025-07-15", 0, 0), (None, 0, 0),
    ("2026-02-01", 61 * 12.15, 40),
])
def test_interest_stops_at_the_opening_judgment(judged: str | None, interest: float, indemnity: float) -> None:
    rows = (invoice("2025-07-01", "2025-07-31", 36_500),)
    results = audit_law(*rows, as_of="2025-09-30", insolvencies=insolvency(judged))
    assert value(results, "late_interest") == pytest.approx(interest)
    assert value(results, "recovery_indemnity") == indemnity
    assert ("sans date de jugement" in results.summary["indicators"]["late_interest"]["note"]) == (judged is None)


def disputes(euros: float, closed: str | None = None) -> pd.DataFrame:
    return schemas.validate(pd.DataFrame({
        "movement_id": [0], "amount_cents": [round(euros * 100)], "opened_on": [pd.Timestamp("2025-07-20")],
        "closed_on": [pd.Timestamp(closed) if closed else pd.NaT], "reason": ["qualité"],
        "owner": [""]}), schemas.DISPUTES)


def test_a_disputed_amount_bears_nothing() -> None:
    rows = (invoice("2025-07-01", "2025-07-31", 36_500),)
    results = audit_law(*rows, as_of="2025-08-10", disputes=disputes(36_000))
    assert value(results, "late_interest") == 1.66  # 500 for 10 days at 12.15 %
    closed = audit_law(*rows, as_of="2025-08-10", disputes=disputes(36_000, closed="2025-08-05"))
    assert value(closed, "late_interest") == 121.50


def test_a_disputed_amount_settled_since_counts_as_settled_last() -> None:
    rows = (invoice("2025-07-01", "2025-07-31", 36_500), receipt("2025-08-10", 30_000), receipt("2025-08-20", 6_500))
    results = audit_law(*rows, disputes=disputes(10_000, closed="2025-08-19"))
    # The last 6 500 and 3 500 of the first payment are struck out: 26 500 for 10 days at 12.15 %.
    assert value(results, "late_interest") == 88.21


def test_consumers_group_retention_and_assumed_terms_owe_nothing() -> None:
    rows = (invoice("2025-07-01", "2025-07-31", 1_000, "F1", customer_id="B"),
            invoice("2025-07-01", "2025-07-31", 1_000, "F2", customer_id="C", account="411700"),
            invoice("2025-07-01", "2025-07-31", 1_000, "F3", customer_id="D"))
    people = customers_of("B", "C", "D", customer_type=["B2C", "B2B", "B2B"], is_group=[False, False, True])
    results = audit_law(*rows, customers=people)
    assert value(results, "late_interest") == value(results, "recovery_indemnity") == 0
    assert results.late_interest.empty


def test_debtors_abroad_and_of_unknown_type_are_counted_apart() -> None:
    rows = tuple(invoice("2025-07-01", "2025-07-31", 36_500, f"F{name}", customer_id=name) for name in "ABC")
    results = audit_law(*rows, as_of="2025-08-10", types={"B": "B2B", "C": ""}, zones={"B": "EU"})
    for name in ("late_interest", "late_interest_abroad", "late_interest_unconfirmed"):
        assert value(results, name) == 121.50
    assert "243,00" in results.summary["indicators"]["late_interest"]["note"].replace("\u202f", "")
    alone = audit_law(rows[2], as_of="2025-08-10", types={"C": ""})
    assert "type à confirmer" in alone.summary["indicators"]["late_interest"]["reason"]
    assert value(alone, "late_interest_unconfirmed") == 121.50
    said = audit_law(rows[2], as_of="2025-08-10", types={"C": ""}, legal={"unknown_debtors": "business"})
    assert value(said, "late_interest") == 121.50


def test_one_indemnity_an_invoice_however_many_lines() -> None:
    rows = (invoice("2025-07-01", "2025-07-31", 500, "F1"), invoice("2025-07-01", "2025-08-31", 500, "F1"),
            invoice("2025-07-01", "2025-07-31", 500, "F2"))
    results = audit_law(*rows)
    assert value(results, "recovery_indemnity") == 80
    assert results.late_interest["indemnity_cents"].sum() == 80_00


def test_a_bill_accepted_gives_its_own_due_date() -> None:
    rows = (invoice("2025-06-01", "2025-06-30", 36_500),
            {"kind": "reclassification", "customer_id": "A", "posting_date": "2025-07-10", "amount_cents": -36_500_00,
             "matching_code": "F1"},
            {"kind": "reclassification", "customer_id": "A", "posting_date": "2025-07-10", "amount_cents": 36_500_00,
             "account": "413000", "due_date": "2025-08-31", "document_ref": "F1", "matching_code": "B1"},
            receipt("2025-09-10", 36_500, "B1", account="413000"))
    assert value(audit_law(*rows), "late_interest") == 121.50  # ten days after the bill's own due date


def test_a_missing_half_year_is_named_and_the_run_goes_on() -> None:
    rows = (invoice("2026-05-01", "2026-05-31", 12_000),)
    results = audit_law(*rows, as_of="2026-08-15")
    entry = results.summary["indicators"]["late_interest"]
    assert entry["value"] is None and "2e semestre 2026" in entry["reason"]
    assert value(results, "recovery_indemnity") == 40
    # A public buyer keeps the rate of the half-year in which interest began: nothing is missing.
    public = audit_law(*rows, as_of="2026-08-15", types={"A": "public"})
    assert value(public, "late_interest") == 253.61  # 12 000 × 10.15 % × 76 / 365 = 253.6110


def test_the_practice_adds_the_missing_half_year(tmp_path: Path) -> None:
    (tmp_path / "legal_rates.csv").write_text(
        "parameter;value;unit;valid_from;valid_to;source;checked_on;status\n"
        "ecb_main_refinancing;2,00;percent;01/07/2026;;invented for this test;15/07/2026;verified\n", encoding="utf-8")
    rows = (invoice("2026-06-01", "2026-06-30", 36_500),)
    results = audit_law(*rows, as_of="2026-07-10", source=tmp_path / "acme.yaml")
    assert value(results, "late_interest") == 120.00
    own = results.legal_rates[results.legal_rates["origin"] == "practice"]
    assert own["is_used"].tolist() == [True]


def test_a_legal_row_added_since_makes_a_run_stale(tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text("a;b", encoding="utf-8")
    parameters = Parameters(client="acme", as_of_date=dt.date(2026, 7, 10), documents=["ledger.csv"],
                            source=tmp_path / "acme.yaml")
    before = input_hashes(parameters)
    (tmp_path / "legal_rates.csv").write_text("parameter\n", encoding="utf-8")
    assert set(input_hashes(parameters)) - set(before) == {"legal_rates.csv"}


def test_a_rates_file_that_is_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"legal\.rates_file: mine\.csv does not exist"):
        audit_law(*C3, legal={"rates_file": "mine.csv"}, source=tmp_path / "acme.yaml")


def test_lapsed_claims_bear_nothing() -> None:
    rows = (invoice("2020-11-01", "2020-11-30", 1_000), receipt("2021-03-31", 1_000),
            invoice("2020-12-31", "2021-01-31", 36_500, "F2"), receipt("2021-02-10", 36_500, "F2"))
    # F1 lapsed on 01/11/2025; F2 can be sued for until 31/12/2025: 10 days at 10 %.
    assert value(audit_law(*rows), "late_interest") == 100.00


def test_an_indemnity_in_euros_is_not_added_to_other_currencies() -> None:
    rows = tuple(row | {"currency": "USD"} for row in C3)
    results = audit_law(*rows, currency="USD")
    assert "USD" in results.summary["indicators"]["recovery_indemnity"]["reason"]
    assert results.late_interest["indemnity_cents"].sum() == 0


def test_open_items_alone_say_that_late_payments_are_unknown() -> None:
    results = audit_law(invoice("2025-07-01", "2025-07-31", 36_500), as_of="2025-08-10", basis="open_items")
    assert value(results, "late_interest") == 121.50
    assert "Règlements tardifs inconnus" in results.summary["indicators"]["late_interest"]["note"]
    assert results.summary["indicators"]["terms_over_cap"]["value"] is None


def test_credits_only_and_window_of_dates() -> None:
    results = audit_law(receipt("2025-09-30", 100))
    assert value(results, "late_interest") == value(results, "prescription_at_risk") == 0
    entry = audit_law(*C3).summary["indicators"]["late_interest"]
    assert (entry["window_start"], entry["window_end"]) == ("2025-06-01", "2025-12-31")
    assert (entry["basis_items"], entry["basis_amount"]) == (1, 12_000)
    assert dt.date.fromisoformat(entry["window_start"]) > dt.date(2025, 5, 31)
