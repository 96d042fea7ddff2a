"""Measures of prevention, worked by hand, and over the credit limit against a plain loop."""

import datetime as dt

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.audit_results import AuditResults
from auditlib.formats import Formats
from auditlib.indicators import compute
from auditlib.parameters import Method, Parameters
from auditlib.prevention import (
    cancelled_invoices,
    disputed_after_due,
    late_at_due,
    over_limit,
    reminded_before_due,
)
from auditlib.prevention_advice import prevention_readings, prevention_verdict
from auditlib.replay import claims
from tests.unit.intakes import customers_of, intake_of, random_movements
from tests.unit.ledgers import ledger_of, movements

START, END = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
FRENCH = Formats()


def invoice(amount: int, posted: str, due: str, **more: object) -> dict[str, object]:
    return {"kind": "invoice", "amount_cents": amount, "posting_date": posted, "due_date": due, "account": "411000",
            "customer_id": "A", **more}


def credit(kind: str, amount: int, posted: str, **more: object) -> dict[str, object]:
    return {"kind": kind, "amount_cents": -amount, "posting_date": posted, "account": "411000",
            "customer_id": "A", **more}


def disputes(*rows: tuple[int, int, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["movement_id", "amount_cents", "opened_on"])
    frame["opened_on"] = pd.to_datetime(frame["opened_on"])
    frame["closed_on"] = pd.NaT
    return schemas.validate(frame.assign(reason="", owner=""), schemas.DISPUTES)


def test_a_dispute_counts_as_late_when_first_opened_after_the_due_date() -> None:
    """F1 is disputed on its due date, F2 the day after, F3 twice: first before. F4's dispute has no date."""
    items = ledger_of(
        invoice(100_00, "2025-03-01", "2025-03-31"), invoice(200_00, "2025-03-01", "2025-03-31"),
        invoice(400_00, "2025-03-01", "2025-03-31"), invoice(800_00, "2025-03-01", "2025-03-31")).items
    found = disputed_after_due(items, disputes(
        (0, 100_00, "2025-03-31"), (1, 50_00, "2025-04-01"), (2, 999_00, "2025-03-20"), (2, 400_00, "2025-05-02"),
        (3, 800_00, None)), start=START, end=END)
    assert (found.of_cases, found.of_cents) == (3, 100_00 + 50_00 + 400_00)  # never more than the invoice itself
    assert found.rows["amount_cents"].tolist() == [50_00]
    assert found.share == pytest.approx(50 / 550)


def test_an_invoice_due_in_parts_is_late_from_its_last_day() -> None:
    items = ledger_of(invoice(100_00, "2025-03-01", "2025-03-31")).items
    parts = pd.concat([items, items.assign(item_id=1, due_date=pd.Timestamp("2025-04-30"))], ignore_index=True)
    found = disputed_after_due(parts, disputes((0, 150_00, "2025-04-15")), start=START, end=END)
    assert (found.of_cents, found.cents) == (150_00, 0)


def test_invoices_taken_back_whole_and_billed_again() -> None:
    """Of four invoices, F1 is cancelled and billed again as F4, F2 only cancelled, F3 credited in part."""
    ledger = ledger_of(
        invoice(120_00, "2025-02-01", "2025-03-01", matching_code="A"),
        credit("credit_note", 120_00, "2025-02-20", matching_code="A"),
        invoice(300_00, "2025-02-02", "2025-03-01", matching_code="B"),
        credit("credit_note", 300_00, "2025-02-21", matching_code="B"),
        invoice(500_00, "2025-02-03", "2025-03-01", matching_code="C"),
        credit("credit_note", 499_00, "2025-02-22", matching_code="C"),
        invoice(120_00, "2025-02-25", "2025-03-25"), matching="codes")
    cancelled, again = cancelled_invoices(ledger.items, ledger.allocations, start=START, end=END, days=60)
    assert (cancelled.of_cases, cancelled.of_cents) == (4, 1_040_00)
    assert sorted(cancelled.rows["amount_cents"]) == [120_00, 300_00]
    assert again.rows["amount_cents"].tolist() == [120_00]
    _, too_late = cancelled_invoices(ledger.items, ledger.allocations, start=START, end=END, days=4)
    assert not len(too_late.rows)  # 20 to 25 February is five days


def test_one_new_invoice_stands_for_one_cancelled_only() -> None:
    ledger = ledger_of(
        *(invoice(100_00, "2025-02-01", "2025-03-01", matching_code=code) for code in "AB"),
        *(credit("credit_note", 100_00, "2025-02-10", matching_code=code) for code in "AB"),
        invoice(100_00, "2025-02-12", "2025-03-12"), matching="codes")
    cancelled, again = cancelled_invoices(ledger.items, ledger.allocations, start=START, end=END, days=60)
    assert (len(cancelled.rows), len(again.rows)) == (2, 1)


def test_what_is_late_on_the_evening_of_the_due_date() -> None:
    """F1 paid that day, F2 the day after, F3 half before and half never, F4 credited whole, F5 half credited."""
    ledger = ledger_of(
        invoice(100_00, "2025-02-01", "2025-03-01", matching_code="A"),
        credit("receipt", 100_00, "2025-03-01", matching_code="A"),
        invoice(200_00, "2025-02-01", "2025-03-01", matching_code="B"),
        credit("receipt", 200_00, "2025-03-02", matching_code="B"),
        invoice(400_00, "2025-02-01", "2025-03-01", matching_code="C"),
        credit("receipt", 150_00, "2025-02-15", matching_code="C"),
        invoice(800_00, "2025-02-01", "2025-03-01", matching_code="D"),
        credit("credit_note", 800_00, "2025-04-01", matching_code="D"),
        invoice(600_00, "2025-02-01", "2025-03-01", matching_code="E"),
        credit("credit_note", 500_00, "2025-04-01", matching_code="E"), matching="codes")
    items = ledger.items
    found = late_at_due(items[items["amount_cents"] > 0], claims=claims(ledger))
    assert (found.of_cases, found.of_cents) == (4, 100_00 + 200_00 + 400_00 + 100_00)
    assert sorted(found.rows["amount_cents"]) == [100_00, 200_00, 250_00]


def test_a_reminder_counts_for_its_invoice_or_for_all_that_is_owed_then() -> None:
    invoices = pd.DataFrame({
        "customer_id": ["A", "A", "B", "B"], "document_ref": ["F1", "F2", "F3", "F4"],
        "document_date": pd.to_datetime(["2025-02-01", "2025-02-01", "2025-02-01", "2025-02-20"]),
        "due_date": pd.to_datetime(["2025-03-01"] * 4)})
    log = pd.DataFrame({
        "customer_id": ["A", "A", "B"], "document_ref": ["F1", "F2", ""],
        "done_on": pd.to_datetime(["2025-02-20", "2025-03-01", "2025-02-10"])})
    # F1 named in time; F2 reminded on its due date, too late; B's statement came after F3 and before F4.
    assert reminded_before_due(invoices, log).tolist() == [True, False, True, False]


def test_over_the_limit_looks_at_the_evening() -> None:
    """Limit 500.00: 400.00 then 200.00 on a day when 300.00 comes in leaves 300.00; the next 300.00 goes over."""
    items = ledger_of(
        invoice(400_00, "2025-02-01", "2025-03-01"), invoice(200_00, "2025-02-05", "2025-03-01"),
        credit("receipt", 300_00, "2025-02-05"), invoice(300_00, "2025-02-06", "2025-03-01"),
        invoice(900_00, "2025-02-07", "2025-03-01", customer_id="B")).items
    found = over_limit(items, pd.Series({"A": 500_00}), start=START, end=END)
    assert (found.of_cases, found.of_cents) == (3, 900_00)
    assert found.rows["amount_cents"].tolist() == [300_00]


def test_over_the_limit_agrees_with_a_plain_loop() -> None:
    frame = random_movements(seed=5)
    items = ledger_of_frame(frame)
    limits = {str(code): 40_000 + 10_000 * rank for rank, code in enumerate(sorted(set(frame["customer_id"])))}
    expected, population = [], 0
    for code, limit in limits.items():
        own = items[items["customer_id"].astype("str") == code]
        for row in own.to_dict("records"):
            if row["kind"] != "invoice" or row["amount_cents"] <= 0 or row["origin_id"] >= 0:
                continue
            population += 1
            if int(own.loc[own["posting_date"] <= row["posting_date"], "amount_cents"].sum()) > limit:
                expected.append(row["item_id"])
    found = over_limit(items, pd.Series(limits), start=dt.date(2000, 1, 1), end=dt.date(2030, 1, 1))
    assert found.of_cases == population > 0
    assert sorted(found.rows["item_id"]) == sorted(expected)
    assert 0 < len(expected) < population


def ledger_of_frame(frame: pd.DataFrame) -> pd.DataFrame:
    from auditlib.ledger import build_ledger

    return build_ledger(frame, as_of_date=END, method=Method()).items


def audited(*rows: dict[str, object], limit: int = 0, **changes: object) -> AuditResults:
    frame = movements(*rows)
    intake = intake_of(frame, customers=customers_of("A", credit_limit_cents=[limit]), **changes)
    parameters = Parameters(client="acme", as_of_date=END, documents=["."], method=Method(matching="codes"))
    return compute(intake, parameters=parameters, as_of_date=END)


def year() -> list[dict[str, object]]:
    return [invoice(100_00, f"2025-{month:02d}-01", f"2025-{month:02d}-20") for month in range(1, 13)]


def test_the_chapter_gives_a_reason_for_what_it_cannot_tell() -> None:
    found = audited(*year(), has_dispute_information=False)
    table = found.prevention.set_index("measure")
    assert table.loc["late_at_due", "share"] == 1.0
    reasons = table["reason"].to_dict()
    assert reasons["over_limit"].startswith("Aucune limite de crédit")
    assert "journal des relances" in reasons["late_with_reminder"]
    assert table["reason"]["disputed_after_due"] and table["share"].isna()["disputed_after_due"]
    assert found.prevention_rows.empty
    short = audited(year()[-1])
    assert short.prevention["share"].isna().all() and (short.prevention["reason"] != "").all()


def test_assumed_due_dates_tell_nothing_of_lateness() -> None:
    """Without a due date each invoice gets the default terms: it may not be said late."""
    rows = [row | {"due_date": None} for row in year()]
    frame = movements(*rows)
    parameters = Parameters(client="acme", as_of_date=END, documents=["."],
                            method=Method(matching="codes", default_terms="30 days"))
    dated = frame.assign(due_date=frame["document_date"] + pd.Timedelta(days=30), due_date_origin="default")
    found = compute(intake_of(schemas.validate(dated, schemas.MOVEMENTS)), parameters=parameters, as_of_date=END)
    late = found.prevention.set_index("measure").loc["late_at_due"]
    assert pd.isna(late["share"]) and "supposées" in late["reason"]


def test_the_chapter_lists_rows_that_lead_back_to_their_source() -> None:
    found = audited(*year(), limit=1_000_00)
    row = found.prevention.set_index("measure").loc["over_limit"]
    assert (row["cases"], row["of_cases"], row["cents"]) == (2, 12, 200_00)  # the eleventh and twelfth hundred
    listed = found.prevention_rows
    assert listed["test"].astype("str").tolist() == ["over_limit", "over_limit"]
    assert listed["source_row"].tolist() == [12, 13]


def test_the_log_of_reminders_sets_both_late_rates_side_by_side() -> None:
    """Of the 12 invoices due by 30 December, January's and February's were reminded in time and paid in time."""
    log = pd.DataFrame({
        "customer_id": ["A", "A", "A", "A"], "document_ref": ["", "F2", "", "F4"],
        "step": ["pre_reminder", "call_1", "reminder_1", "call_1"],
        "done_on": pd.to_datetime(["2025-01-10", "2025-02-10", "2025-03-10", "2025-04-25"])})
    for name in schemas.ACTIONS.columns:
        if name not in log:
            log[name] = pd.NaT if name == "next_on" else 0 if name == "source_row" else ""
    rows = [row | {"document_ref": f"F{number}", "matching_code": f"L{number}"}
            for number, row in enumerate(year(), start=1)]
    paid = [credit("receipt", 100_00, f"2025-0{month}-15", matching_code=f"L{month}") for month in (1, 2)]
    found = audited(*rows, *paid, actions=schemas.validate(log, schemas.ACTIONS))
    table = found.prevention.set_index("measure")
    assert (table["share"]["late_with_reminder"], table["of_cases"]["late_with_reminder"]) == (0.0, 2)
    assert (table["share"]["late_without_reminder"], table["of_cases"]["late_without_reminder"]) == (1.0, 10)
    readings = {one.measure: one for one in prevention_readings(found, formats=FRENCH)}
    assert readings["late_with_reminder"].speaks_for


def test_the_reading_says_what_pleads_for_prevention() -> None:
    readings = {one.measure: one for one in prevention_readings(audited(*year(), limit=300_00), formats=FRENCH)}
    assert readings["over_limit"].speaks_for and readings["over_limit"].verdict == "plaide pour"
    assert readings["late_at_due"].verdict == "" and readings["late_with_reminder"].share is None
    assert readings["cancelled_invoices"].sentence == "Aucun cas sur la période."
    assert "1 sur 3" in prevention_verdict(tuple(readings.values()), formats=FRENCH)
    few = {one.measure: one for one in prevention_readings(audited(*year(), limit=1_000_00), formats=FRENCH)}
    assert few["over_limit"].verdict == "trop peu de cas" and not few["over_limit"].speaks_for
