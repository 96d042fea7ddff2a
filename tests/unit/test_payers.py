"""How customers pay, hand-worked: habits, profiles at each boundary, and the chapter that assembles them."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from auditlib import schemas
from auditlib.audit_results import AuditResults
from auditlib.payer_chapter import NO_PROMISE_DUE, NO_PROMISES
from auditlib.payer_profiles import PROFILES, payer_profiles, profile_summary
from auditlib.payers import TREND, payment_habits, ranked
from auditlib.results import window_ending
from auditlib.settings import PayerRules
from tests.unit.intakes import T, audit, intake_of, random_movements
from tests.unit.ledgers import movements

YEAR = window_ending(T, months=12)


def payment(claim: int, day: str, amount: int, **given: Any) -> dict[str, Any]:
    """Return a payment received and posted on a day, due on 2025-06-01 unless said."""
    return {"customer_id": "A", "root_id": claim, "event_date": day, "settlement_date": day, "due_date": "2025-06-01",
            "amount_cents": amount, "is_direct_debit": False, "is_estimated": False, "is_open": False, **given}


def habits(*rows: dict[str, Any]) -> pd.Series:
    frame = pd.DataFrame(list(rows)).astype({"customer_id": "category"})
    for name in ("event_date", "settlement_date", "due_date"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return payment_habits(frame, window=YEAR).iloc[0]


def test_habits_of_a_hand_worked_customer() -> None:
    # Claim 0: 100 paid 10 days late. Claim 1: 200 paid on 9 and 30 days late, by halves. Claim 2: 300, 4 days early,
    # assumed due date. Claim 3: by direct debit. Claim 4: half paid on the day, still open. Claim 5: paid in 2024.
    found = habits(
        payment(0, "2025-06-11", 100), payment(1, "2025-06-10", 100), payment(1, "2025-07-01", 100),
        payment(2, "2025-05-28", 300, is_estimated=True), payment(3, "2025-06-01", 900, is_direct_debit=True),
        payment(4, "2025-06-01", 400, is_open=True), payment(5, "2024-12-31", 500, due_date="2024-12-31"))
    assert found[["paid_invoices", "dated_invoices", "direct_debit_invoices", "paid_cents"]].tolist() == [3, 3, 1, 1000]
    assert found["days_beyond_terms"] == (100 * 10 + 100 * 9 + 100 * 30 - 300 * 4 + 0) / 1000
    assert found["days_late_p90"] == 30
    assert found["days_late_spread"] == 30 - (-4)  # of -4, 10, 30: ranks 3 and 1
    assert found["part_paid_share"] == 2 / 4
    assert found["share_estimated"] == 0.3
    assert found["trend_days"] == 30 - (100 * 10 + 100 * 9 - 300 * 4) / 900  # July on its own against June and May


def test_the_trend_rolls_over_six_months() -> None:
    months = {"2025-01-15": 0, "2025-07-15": 60}  # due the same day, then due 60 days before
    rows = [payment(number, day, 100, due_date=pd.Timestamp(day) - pd.Timedelta(days=late))
            for number, (day, late) in enumerate(months.items())]
    found = habits(*rows)[list(TREND)]
    # January counts at the ends of January to June and, with nothing beside, no later; July from July to December.
    assert found.tolist() == [0] * 6 + [60] * 6


def test_percentiles_by_nearest_rank() -> None:
    # Ten values: the ninth decile is the ninth smallest; the quartiles the third and the eighth.
    values = np.array([-3, 1, 2, 3, 5, 8, 13, 21, 34, 55])
    who = np.ones(10, dtype=np.int64)
    assert ranked(who, values, count=3, part=90)[1] == 34
    assert ranked(who, values, count=3, part=25)[1] == 2
    assert ranked(who, values, count=3, part=75)[1] == 21
    assert np.isnan(ranked(who, values, count=3, part=90)[[0, 2]]).all()


USUAL: dict[str, float] = {
    "paid_invoices": 3, "dated_invoices": 3, "direct_debit_invoices": 0, "days_beyond_terms": 2, "days_late_p90": 10,
    "days_late_spread": 0, "part_paid_share": 0.0, "trend_days": 0, "net_overdue_cents": 0, "silent_days": np.nan,
    "promises_broken": 0, "disputed_share": np.nan, "late_invoices": 0, "chased_share": np.nan}


@pytest.mark.parametrize(("changes", "expected"), [
    ({}, "punctual"),
    ({"days_beyond_terms": -12.5}, "punctual"),
    ({"days_late_p90": 11}, "irregular"),
    ({"days_beyond_terms": 2.1}, "short_late"),
    ({"days_beyond_terms": 15, "days_late_spread": 10, "days_late_p90": 40}, "short_late"),
    ({"days_beyond_terms": 15, "days_late_spread": 11}, "irregular"),
    ({"days_beyond_terms": 15.1, "days_late_spread": 30}, "slow"),
    ({"days_beyond_terms": 15.1, "days_late_spread": 31}, "irregular"),
    ({"trend_days": 10}, "punctual"),
    ({"trend_days": 10.1}, "slipping"),
    ({"trend_days": np.nan}, "punctual"),
    ({"part_paid_share": 0.30}, "punctual"),
    ({"part_paid_share": 0.31, "trend_days": 50}, "part_paying"),
    ({"disputed_share": 0.20}, "punctual"),
    ({"days_beyond_terms": 9.0, "late_invoices": 3, "chased_share": 0.50}, "negligent"),
    ({"days_beyond_terms": 9.0, "late_invoices": 2, "chased_share": 1.0}, "short_late"),
    ({"late_invoices": 3, "chased_share": 1.0}, "punctual"),
    ({"disputed_share": 0.21, "part_paid_share": 1}, "disputing"),
    ({"paid_invoices": 2, "disputed_share": 1}, "new"),
    ({"paid_invoices": 0, "days_beyond_terms": np.nan, "days_late_p90": np.nan, "days_late_spread": np.nan}, "new"),
    ({"paid_invoices": 2, "direct_debit_invoices": 3}, "direct_debit"),
    ({"paid_invoices": 3, "direct_debit_invoices": 30}, "punctual"),
    ({"dated_invoices": 2}, "undetermined"),
    ({"net_overdue_cents": 1, "silent_days": 90, "paid_invoices": 0}, "silent"),
    ({"net_overdue_cents": 1, "silent_days": 89}, "punctual"),
    ({"net_overdue_cents": 0, "silent_days": 400}, "punctual"),
    ({"promises_broken": 2}, "silent"),
    ({"promises_broken": 1}, "punctual"),
])
def test_the_first_rule_that_holds_names_the_profile(changes: dict[str, float], expected: str) -> None:
    measures = pd.DataFrame([USUAL | changes])
    assert payer_profiles(measures, rules=PayerRules()).tolist() == [expected]


def test_thresholds_come_from_the_parameters() -> None:
    measures = pd.DataFrame([USUAL | {"days_beyond_terms": 6}])
    assert payer_profiles(measures, rules=PayerRules(punctual_days=6)).tolist() == ["punctual"]


def invoices(
    customer: str, delays: list[int], *, label: str = "Virement", first: str = "2025-02-01",
) -> list[dict[str, Any]]:
    """Return one invoice of 100 € a month, due at 30 days, each paid after its delay."""
    rows: list[dict[str, Any]] = []
    for number, delay in enumerate(delays):
        posted = pd.Timestamp(first) + pd.DateOffset(months=number)
        due = posted + pd.Timedelta(days=30)
        own = {"customer_id": customer, "matching_code": f"{customer}{number}"}
        rows += [
            {**own, "kind": "invoice", "posting_date": posted, "due_date": due, "amount_cents": 100_00,
             "document_ref": f"{customer}-{number}"},
            {**own, "kind": "receipt", "posting_date": due + pd.Timedelta(days=delay), "amount_cents": -100_00,
             "label": label}]
    return rows


LEDGER = [
    *invoices("PROMPT", [0, 2, 1, 0]), *invoices("SHORT", [5, 6, 7, 8]), *invoices("SLOW", [40, 42, 44]),
    *invoices("DRAWN", [0, 0, 0], label="PRÉLÈVEMENT SEPA"), *invoices("NEW", [0, 0]),
    *invoices("SILENT", [5, 5, 5]),
    {"customer_id": "SILENT", "kind": "invoice", "posting_date": "2025-06-01", "due_date": "2025-07-01",
     "amount_cents": 250_00, "document_ref": "SILENT-9"},
    {"customer_id": "IDLE", "kind": "invoice", "posting_date": "2025-12-01", "due_date": "2025-12-31",
     "amount_cents": 80_00, "document_ref": "IDLE-1"},
]


@pytest.fixture(scope="module")
def results() -> AuditResults:
    return audit(intake_of(movements(*sorted(LEDGER, key=lambda row: pd.Timestamp(row["posting_date"])))))


def test_each_customer_has_one_profile_with_its_evidence(results: AuditResults) -> None:
    payers = results.payers.set_index("customer_id")
    assert payers["profile"].astype("str").to_dict() == {
        "DRAWN": "direct_debit", "IDLE": "new", "NEW": "new", "PROMPT": "punctual", "SHORT": "short_late",
        "SILENT": "silent", "SLOW": "slow"}
    # Last payment on 2025-05-06 + ... : invoices of February to April, due 30 days later, paid 5 days after: 6 May.
    assert payers.loc["SILENT", "last_payment_on"] == pd.Timestamp("2025-05-06")
    assert payers.loc["SILENT", "silent_days"] == (T - dt.date(2025, 7, 1)).days  # nothing was overdue before 1 July
    assert str(payers.loc["SILENT", "evidence"]).startswith("Aucun règlement depuis 183 jours alors que 250,00")
    assert payers.loc["SHORT", "evidence"] == (
        "Factures réglées en 12 mois : 4 ; payées 6,5 jours après l’échéance en moyenne pondérée, neuf sur dix à 8 "
        "jours au plus. La moitié centrale des factures se tient en 2 jours.")
    assert str(payers.loc["DRAWN", "evidence"]).startswith("Factures réglées par prélèvement : 3")
    assert payers.loc["NEW", "evidence"] == "Factures réglées en 12 mois : 2 ; il en faut 3 pour un profil."


def test_profiles_tie_to_the_whole_and_reach_the_customers(results: AuditResults) -> None:
    table = profile_summary(results.payers)
    assert table["receivable_cents"].sum() == 330_00
    assert table["net_overdue_cents"].sum() == 250_00
    assert table["customers"].sum() == len(results.customers) == 7
    assert set(table["profile"]) <= set(PROFILES)


def test_without_promises_the_rate_says_why(results: AuditResults) -> None:
    entry = results.summary["indicators"]["promise_kept_rate"]
    assert (entry["value"], entry["reason"]) == (None, NO_PROMISES)


def test_set_offs_and_write_offs_are_no_payment() -> None:
    rows = [row | {"kind": "set_off" if number < 6 else "write_off"} if row["kind"] == "receipt" else row
            for number, row in enumerate(invoices("A", [0] * 6))]
    payers = audit(intake_of(movements(*sorted(rows, key=lambda row: row["posting_date"])))).payers
    assert payers[["paid_invoices", "paid_cents"]].iloc[0].tolist() == [0, 0]
    assert payers["last_payment_on"].isna().all()


def test_disputes_count_by_amount_and_only_once_opened() -> None:
    items = movements(*sorted(invoices("A", [0, 0, 0, 0]), key=lambda row: row["posting_date"]))
    first = items.loc[items["kind"] == "invoice", "movement_id"].iloc[:2].tolist()
    disputes = schemas.validate(pd.DataFrame({
        "movement_id": first, "amount_cents": [999_00, 100_00],
        "opened_on": pd.to_datetime(["2025-06-01", "2026-01-05"]),
        "closed_on": pd.NaT, "reason": "", "owner": ""}), schemas.DISPUTES)
    payers = audit(intake_of(items, disputes=disputes)).payers
    assert payers["disputed_share"].tolist() == [0.25]  # capped at its invoice; the second is not yet opened
    assert payers["profile"].tolist() == ["disputing"]


def test_unknown_disputes_are_not_nil() -> None:
    items = movements(*sorted(invoices("A", [0, 0, 0]), key=lambda row: row["posting_date"]))
    assert audit(intake_of(items, has_dispute_information=False)).payers["disputed_share"].isna().all()


def test_nothing_posted_later_changes_a_profile() -> None:
    items = random_movements(seed=3)
    known = items[items["posting_date"] <= pd.Timestamp(T)].reset_index(drop=True)
    later = audit(intake_of(items), matching="codes").payers
    pd.testing.assert_frame_equal(later, audit(intake_of(known), matching="codes").payers)
    assert later["profile"].notna().all()
    assert later["receivable_cents"].sum() == profile_summary(later)["receivable_cents"].sum()


@pytest.mark.parametrize("day", [dt.date(2025, 11, 17), dt.date(2024, 2, 29)])
def test_any_day_may_be_the_as_of_date(day: dt.date) -> None:
    payers = audit(intake_of(random_movements(seed=4)), as_of_date=day).payers
    assert len(payers) == 12
    assert payers["evidence"].str.len().gt(0).all()


def test_an_open_item_list_has_no_profiles() -> None:
    found = audit(intake_of(movements(LEDGER[0]), basis="open_items"))
    assert found.payers.empty
    assert found.summary["indicators"]["promise_kept_rate"]["reason"].startswith("Une liste de postes ouverts")


def test_credits_alone_have_a_profile() -> None:
    receipt = {"kind": "receipt", "posting_date": "2025-12-01", "amount_cents": -50_00}
    payers = audit(intake_of(movements(receipt))).payers
    assert payers[["profile", "receivable_cents"]].to_numpy().tolist() == [["new", -50_00]]
    assert payers["last_payment_on"].tolist() == [pd.Timestamp("2025-12-01")]


def promises_of(*rows: tuple[str, int, int, str | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(schemas.PROMISES.columns))
    return schemas.validate(frame.assign(made_on=pd.to_datetime(frame["made_on"]),
                                         promised_on=pd.to_datetime(frame["promised_on"])), schemas.PROMISES)


def test_promises_kept_and_broken_by_hand() -> None:
    # F1 of 100 promised for 10 June, paid on 13 June: kept, by the grace of three days. F2 promised for 10 July,
    # paid on 14 July: broken. 70 promised without an item for 20 August: a receipt of 80, not yet allocated, came that
    # day.
    items = movements(
        {"kind": "invoice", "posting_date": "2025-04-01", "due_date": "2025-05-01", "amount_cents": 100_00,
         "matching_code": "A", "document_ref": "F1"},
        {"kind": "invoice", "posting_date": "2025-04-02", "due_date": "2025-05-02", "amount_cents": 300_00,
         "matching_code": "B", "document_ref": "F2"},
        {"kind": "receipt", "posting_date": "2025-06-13", "amount_cents": -100_00, "matching_code": "A"},
        {"kind": "receipt", "posting_date": "2025-07-14", "amount_cents": -300_00, "matching_code": "B"},
        {"kind": "receipt", "posting_date": "2025-08-20", "amount_cents": -80_00})
    promises = promises_of(("A", 0, 100_00, "2025-06-01", "2025-06-10"), ("A", 1, 300_00, "2025-07-01", "2025-07-10"),
                           ("A", -1, 70_00, "2025-08-01", "2025-08-20"), ("A", -1, 5_00, "2025-12-20", "2026-01-10"))
    found = audit(intake_of(items, promises=promises), matching="codes")
    row = found.payers.iloc[0]
    assert row[["promises", "promises_kept", "promises_broken", "promises_pending"]].tolist() == [4, 2, 1, 1]
    assert row[["promised_kept_cents", "promised_broken_cents"]].tolist() == [170_00, 300_00]
    entries = found.summary["indicators"]
    assert entries["promise_kept_rate"]["value"] == pytest.approx(2 / 3)
    assert entries["promise_kept_rate_amount"]["value"] == pytest.approx(170 / 470)
    assert "Promesses tenues : 2 sur 3." in row["evidence"]


def test_promises_for_later_days_give_no_rate_yet() -> None:
    items = movements({"kind": "invoice", "posting_date": "2025-12-01", "amount_cents": 100_00})
    promises = promises_of(("A", 0, 100_00, "2025-12-10", "2026-01-10"))
    entry = audit(intake_of(items, promises=promises)).summary["indicators"]["promise_kept_rate"]
    assert (entry["value"], entry["reason"]) == (None, NO_PROMISE_DUE)
