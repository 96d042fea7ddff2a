"""The chapter of risk on hand-worked audits: what is available, what is not and why."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.audit_results import AuditResults
from auditlib.indicators import compute
from auditlib.parameters import Economics, Method, Parameters
from auditlib.risk_chapter import UNITS
from tests.unit.intakes import T, aged_balance, audit, customers_of, intake_of, random_movements
from tests.unit.ledgers import movements

SALE = {"kind": "invoice", "posting_date": "2025-06-01", "due_date": "2025-07-01", "account": "411000"}
# Two years: each month one invoice of 1 000.00, 100.00 of it never paid; one of these is written off in the end.
MONTHS = pd.date_range("2023-12-05", "2025-11-05", freq="MS") + pd.Timedelta(days=4)


def two_years() -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for number, day in enumerate(MONTHS):
        own = {"account": "411000", "customer_id": "AB"[number % 2], "matching_code": f"L{number}"}
        rows += [{**own, "kind": "invoice", "posting_date": day, "due_date": day + pd.Timedelta(days=20),
                  "amount_cents": 100_000, "document_ref": f"F{number:03d}"},
                 {**own, "kind": "receipt", "posting_date": day + pd.Timedelta(days=22), "amount_cents": -90_000}]
    lost = {"account": "411000", "customer_id": "A", "matching_code": "L0", "kind": "write_off"}
    rows.append({**lost, "posting_date": pd.Timestamp("2025-06-15"), "amount_cents": -10_000})
    return movements(*rows)


def results(
    frame: pd.DataFrame, *, risk: dict[str, Any] | None = None, day: dt.date = T, **changes: Any,
) -> AuditResults:
    parameters = Parameters(
        client="acme", as_of_date=day, documents=["."], method=Method(matching="codes"), risk=risk or {},
        economics=Economics(financing_rate=0.05, margin_rate=0.10, vat_rate=0.20))
    return compute(intake_of(frame, **changes), parameters=parameters, as_of_date=day)


def entry(found: AuditResults, name: str) -> dict[str, Any]:
    entries: dict[str, dict[str, Any]] = found.summary["indicators"]
    return entries[name]


def test_every_identifier_is_there_with_a_value_or_a_reason() -> None:
    found = results(two_years())
    for name, unit in UNITS.items():
        assert entry(found, name)["unit"] == unit
        assert (entry(found, name)["value"] is None) == bool(entry(found, name)["reason"])


def test_the_matrix_of_two_years_worked_by_hand() -> None:
    """Of each 1 000.00 due on a 25th, 900.00 comes on the 27th and 100.00 slides on for ever.

    Month ends: January 2024 to December 2025, 23 transitions; invoices of January 2024 to November 2025. So 100.00
    stands in 1-30 at 23 ends that have a next (22 that have one before), in 31-60 at 22, in 61-90 at 21, and 21 times
    100.00 enter the last bucket, of which 100.00 was written off. Nothing is ever not due at a month end.
    """
    found = results(two_years())
    rolls = found.roll_rates.set_index("from_bucket")
    assert rolls["volume_cents"].tolist() == [0, 230_000, 220_000, 210_000, 210_000]
    assert rolls["arrived_cents"].tolist() == [220_000, 230_000, 220_000, 210_000, 10_000]
    assert rolls["rate"].tolist()[1:] == pytest.approx([1, 1, 1, 1 / 21])
    assert set(rolls["transitions"]) == {23}
    table = found.provisions.set_index("class")
    assert table["gross_cents"].sum() == 100 * found.summary["receivable"]["gross"]
    assert table["provision_cents"][">90"] == round(table["net_cents"][">90"] / 21)
    value = entry(found, "provision_matrix")["value"]
    assert value == pytest.approx(table.loc[~table["is_individual"], "provision_cents"].sum() / 100)
    assert entry(found, "provision_matrix")["basis_amount"] == pytest.approx(
        table.loc[~table["is_individual"], "base_cents"].sum() / 100)


def test_no_matrix_without_twelve_transitions() -> None:
    recent = two_years()
    recent = recent[recent["posting_date"] >= pd.Timestamp("2025-01-01")].reset_index(drop=True)
    found = results(recent)
    assert "douze" in entry(found, "provision_matrix")["reason"]
    assert found.roll_rates.empty
    table = found.provisions
    assert table.loc[~table["is_individual"] & (table["gross_cents"] > 0), "provision_cents"].isna().all()


def test_no_matrix_without_a_write_off_nor_a_rate() -> None:
    kept = two_years()
    kept = kept[kept["kind"] != "write_off"].reset_index(drop=True)
    assert "perte" in entry(results(kept), "provision_matrix")["reason"]
    given = results(kept, risk={"last_bucket_loss_rate": 0.5})
    assert entry(given, "provision_matrix")["value"] > 0
    assert "auditeur" in entry(given, "provision_matrix")["note"]


def test_no_matrix_from_open_items_or_an_aged_balance() -> None:
    opened = results(two_years(), basis="open_items")
    assert "postes ouverts" in entry(opened, "provision_matrix")["reason"]
    assert len(opened.provisions) and opened.roll_rates.empty  # what is exposed is known all the same
    aged = audit(intake_of(schemas.empty(schemas.MOVEMENTS), basis="aged_balance", second_sources=(
        aged_balance(("A", "1-30", 1, 30, 500)),)))
    assert all(entry(aged, name)["value"] is None for name in UNITS)


def test_files_assessed_one_by_one_are_outside_and_their_rates_are_the_deductible_part() -> None:
    doubtful = movements({**SALE, "customer_id": "D", "account": "416000", "amount_cents": 12_000})
    rows = pd.concat([two_years(), doubtful], ignore_index=True)
    rows = rows.assign(movement_id=range(len(rows)))
    rows = schemas.validate(rows, schemas.MOVEMENTS)
    assert "Aucun dossier" in entry(results(two_years()), "provision_deductible")["reason"]
    open_question = entry(results(rows), "provision_deductible")
    assert open_question["value"] is None and "dossier" in open_question["reason"]
    found = results(rows, risk={"individual_rates": {"doubtful": 0.5}})
    assert entry(found, "provision_deductible")["value"] == 50.0  # 120.00 less VAT, at 50 %
    without = entry(results(two_years()), "provision_matrix")["basis_amount"]
    assert entry(found, "provision_matrix")["basis_amount"] == without


def test_booked_depreciation_from_the_books_or_the_balances_beside() -> None:
    frame = movements({**SALE, "amount_cents": 1_000})
    assert "491" in entry(results(frame), "provision_booked")["reason"]
    accounts = pd.DataFrame({"account": ["491000", "491100", "707000"], "customer_id": "", "debit_cents": [100, 0, 0],
                             "credit_cents": [600, 50, 9]})
    books = schemas.validate(accounts, schemas.ACCOUNTS)
    assert entry(results(frame, accounts=books), "provision_booked")["value"] == 5.50
    assert entry(results(frame, accounts=books.iloc[2:]), "provision_booked")["value"] == 0.0  # books that hold none
    beside = pd.DataFrame({"account": ["418000", "491000"], "amount_cents": [77, -300]})
    assert entry(results(frame, outside=beside), "provision_booked")["value"] == 3.00


def test_subsequent_receipts_count_settlements_only() -> None:
    """At 31/10: A owes 1 000 + 400, B 600. Received by 30/11: 500; credited: 100; by 30/12: 700 more, 200 come back."""
    base = {"account": "411000", "customer_id": "A"}
    frame = movements(
        {**SALE, "customer_id": "A", "amount_cents": 100_000, "matching_code": "X", "document_ref": "F001"},
        {**SALE, "customer_id": "A", "amount_cents": 40_000, "matching_code": "Y", "document_ref": "F002"},
        {**SALE, "customer_id": "B", "amount_cents": 60_000, "matching_code": "Z", "document_ref": "F003"},
        {**base, "kind": "receipt", "posting_date": "2025-11-15", "amount_cents": -50_000, "matching_code": "X"},
        {**base, "kind": "credit_note", "posting_date": "2025-11-20", "amount_cents": -10_000, "matching_code": "X"},
        {**base, "kind": "receipt", "posting_date": "2025-12-10", "amount_cents": -40_000, "matching_code": "Y"},
        {**base, "kind": "receipt", "posting_date": "2025-12-12", "amount_cents": -30_000, "customer_id": "B",
         "matching_code": "Z"},
        {**base, "kind": "unpaid_return", "posting_date": "2025-12-20", "amount_cents": 20_000, "document_ref": "F001"},
        {**SALE, "customer_id": "A", "amount_cents": 1, "posting_date": "2025-12-31", "matching_code": "W"})
    found = results(frame, day=dt.date(2025, 10, 31))
    assert found.summary["receivable"]["total"] == 2_000.0
    assert entry(found, "subsequent_receipts_30d")["value"] == pytest.approx(500 / 2_000)
    assert entry(found, "subsequent_receipts_60d")["value"] == pytest.approx((500 - 200 + 400 + 300) / 2_000)
    assert entry(found, "subsequent_receipts") == entry(found, "subsequent_receipts_60d")
    left = found.subsequent.set_index("document_ref")
    assert left["left_cents"].to_dict() == {"F001": 70_000, "F003": 30_000}
    first = left.T["F001"]
    assert (first["residual_cents"], first["settled_cents"], first["other_cents"]) == (100_000, 30_000, 10_000)
    assert found.subsequent["left_cents"].is_monotonic_decreasing


@pytest.mark.parametrize(("last", "known"), [("2026-01-29", set()), ("2026-01-30", {30}), ("2026-03-01", {30, 60})])
def test_a_horizon_the_documents_do_not_reach_is_not_available(last: str, known: set[int]) -> None:
    frame = movements({**SALE, "amount_cents": 1_000}, {**SALE, "posting_date": last, "amount_cents": 5})
    found = results(frame)
    for days in (30, 60):
        one = entry(found, f"subsequent_receipts_{days}d")
        assert (one["value"] is not None) == (days in known)
    assert found.subsequent.empty == (not known)


def test_nothing_owed_gives_no_share() -> None:
    frame = movements({**SALE, "kind": "receipt", "amount_cents": -1_000},
                      {**SALE, "posting_date": "2026-03-05", "amount_cents": 5})
    assert "créditeur" in entry(results(frame), "subsequent_receipts_30d")["reason"]


def insolvency(customer: str, procedure: str, judged: str) -> pd.DataFrame:
    frame = pd.DataFrame({"customer_id": [customer], "procedure": [procedure], "judgment_date": [pd.Timestamp(judged)],
                          "publication_date": pd.NaT, "claim_declared_on": pd.NaT})
    return schemas.validate(frame, schemas.INSOLVENCIES)


def test_vat_to_recover_of_a_liquidation() -> None:
    frame = movements({**SALE, "customer_id": "A", "amount_cents": 12_000},
                      {**SALE, "customer_id": "B", "amount_cents": 24_000})
    assert "procédures" in entry(results(frame), "vat_recoverable")["reason"]
    ordered = insolvency("A", "Liquidation judiciaire", "2025-10-01")
    assert "fait générateur" in entry(results(frame, insolvencies=ordered), "vat_recoverable")["reason"]
    found = results(frame, insolvencies=ordered, risk={"vat_due_on": "invoice"})
    assert entry(found, "vat_recoverable")["value"] == 20.0
    own = found.exposures.set_index("customer_id").loc["A"]
    assert (own["liquidation_on"], own["vat_deadline"]) == (pd.Timestamp("2025-10-01"), pd.Timestamp("2027-12-31"))
    later = insolvency("A", "Redressement judiciaire", "2025-10-01")
    assert entry(results(frame, insolvencies=later, risk={"vat_due_on": "invoice"}), "vat_recoverable")["value"] == 0.0
    future = insolvency("A", "Liquidation judiciaire", "2026-02-01")
    after = results(frame, insolvencies=future, risk={"vat_due_on": "invoice"})
    assert entry(after, "vat_recoverable")["value"] == 0.0


def test_the_age_of_the_insolvency_check() -> None:
    frame = movements({**SALE, "amount_cents": 1_000})
    assert "aucune lettre" in entry(results(frame), "insolvency_check_age")["reason"]
    stale = entry(results(frame, risk={"insolvency_checked_on": "2025-12-01"}), "insolvency_check_age")
    assert stale["value"] == 30 and "trop ancien" in stale["note"]
    fresh = entry(results(frame, risk={"insolvency_checked_on": "2026-01-03"}), "insolvency_check_age")
    assert fresh["value"] == 0 and "validité" in fresh["note"]


def test_exposures_tie_to_the_receivable() -> None:
    found = results(random_movements())
    table, total = found.exposures, found.summary["receivable"]["total"]
    assert table["receivable_cents"].sum() == round(100 * total)
    assert (table["exposure_cents"] == table["net_cents"] + table["vat_cents"]).all()
    assert (table["exposure_cents"] == table["receivable_cents"].clip(lower=0)).all()
    assert table["share_of_receivable"].sum() == pytest.approx(1.0)
    assert found.provisions["gross_cents"].sum() == round(100 * found.summary["receivable"]["gross"])


def test_a_target_of_the_auditor_needs_no_past() -> None:
    frame = movements({**SALE, "amount_cents": 1_000}, {**SALE, "due_date": "2026-02-01", "amount_cents": 3_000})
    found = results(frame, risk={"target_overdue_rate": 0.10})
    assert entry(found, "cash_releasable")["value"] == 10.0 - 0.10 * 40.0
    assert "auditeur" in entry(found, "cash_releasable")["note"]


def test_a_group_company_and_retention_stand_apart() -> None:
    frame = movements({**SALE, "customer_id": "G", "amount_cents": 5_000},
                      {**SALE, "customer_id": "A", "account": "411700", "amount_cents": 700})
    found = results(frame, customers=customers_of("A", "G", is_group=[False, True]))
    table = found.provisions.set_index("class")["gross_cents"]
    assert (table["group"], table["retention"], table.drop(["group", "retention"]).sum()) == (5_000, 700, 0)
