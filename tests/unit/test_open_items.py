"""What is left of each item at a date, its age and status (INDICATORS.md 1 and 3)."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.ageing import bucket_table
from auditlib.errors import BadInputError
from auditlib.ledger import build_ledger
from auditlib.open_items import customer_ageing
from auditlib.parameters import Method
from auditlib.replay import month_end_balances
from tests.unit.ledgers import ledger_of, movements, open_at


def invoice(due: str | None, euros: int, posted: str = "2025-01-01", **more: Any) -> dict[str, Any]:
    return {"kind": "invoice", "posting_date": posted, "due_date": due, "amount_cents": euros * 100, **more}


def receipt(day: str, euros: int, **more: Any) -> dict[str, Any]:
    return {"kind": "receipt", "posting_date": day, "amount_cents": -euros * 100, **more}


def by_bucket(open_items: pd.DataFrame) -> dict[str, int]:
    table = bucket_table(open_items, buckets=(30, 60, 90))
    return dict(zip(table["bucket"], (table["amount_cents"] // 100).tolist(), strict=True))


def test_every_edge_of_the_buckets() -> None:
    # As of 31/12: due 31/12 is not late; 01/12 is 30 days late, 30/11 31; 01/11 60, 31/10 61; 02/10 90, 01/10 91.
    ledger = ledger_of(*(invoice(due, euros) for due, euros in (
        ("2025-12-31", 1), ("2025-12-30", 2), ("2025-12-01", 4), ("2025-11-30", 8), ("2025-11-01", 16),
        ("2025-10-31", 32), ("2025-10-02", 64), ("2025-10-01", 128), (None, 256))))
    assert by_bucket(open_at(ledger)) == {
        "not_due": 1, "1-30": 6, "31-60": 24, "61-90": 96, ">90": 128, "no_due_date": 256, "age_unknown": 0,
        "unallocated_credits": 0}


def test_a_past_date_ignores_what_came_later() -> None:
    ledger = ledger_of(invoice("2025-02-01", 100), receipt("2025-04-10", 100), invoice("2025-06-01", 70, "2025-05-01"))
    assert by_bucket(open_at(ledger, "2025-03-31"))["31-60"] == 100  # 58 days
    assert by_bucket(open_at(ledger, "2025-04-09"))["61-90"] == 100  # 67 days
    assert open_at(ledger, "2025-04-10").empty


def test_an_overpayment_stays_apart_and_is_netted_nowhere() -> None:
    ledger = ledger_of(invoice("2025-11-15", 100), receipt("2025-12-01", 130))
    assert by_bucket(open_at(ledger))["unallocated_credits"] == -30
    assert open_at(ledger)["residual_cents"].tolist() == [-3000]


def test_a_lump_opening_has_no_age_and_a_detailed_one_keeps_its_own() -> None:
    opening = {"kind": "opening", "posting_date": "2025-01-01"}
    ledger = ledger_of(
        opening | {"amount_cents": 10000},
        opening | {"amount_cents": 20000, "document_date": "2024-11-05", "document_ref": "F1"},
        opening | {"amount_cents": 40000, "due_date": "2025-12-20"})
    assert by_bucket(open_at(ledger)) | {"no_due_date": 200} == {
        "not_due": 0, "1-30": 400, "31-60": 0, "61-90": 0, ">90": 0, "no_due_date": 200, "age_unknown": 100,
        "unallocated_credits": 0}


def test_openings_that_share_one_date_without_reference_are_a_lump() -> None:
    opening = {"kind": "opening", "posting_date": "2025-01-01", "document_date": "2024-12-31"}
    ledger = ledger_of(opening | {"amount_cents": 10000}, opening | {"amount_cents": 20000, "customer_id": "B"})
    assert by_bucket(open_at(ledger))["age_unknown"] == 300


def test_a_dispute_counts_from_its_dates_and_follows_the_claim() -> None:
    disputes = pd.DataFrame({
        "movement_id": [0, 1], "amount_cents": [6000, 99900], "opened_on": ["2025-03-01", None],
        "closed_on": ["2025-06-01", None], "reason": "", "owner": ""})
    disputes = schemas.validate(disputes, schemas.DISPUTES)
    ledger = ledger_of(invoice("2025-02-01", 100), invoice("2025-02-01", 50))
    disputed = {day: open_at(ledger, day, disputes=disputes)["disputed_cents"].tolist()
                for day in ("2025-02-28", "2025-03-01", "2025-06-01", "2025-12-31")}
    # The second has no date: it holds at the ledger's date only, and never above the residual.
    assert disputed == {"2025-02-28": [0, 0], "2025-03-01": [6000, 0], "2025-06-01": [0, 0], "2025-12-31": [0, 5000]}


def test_an_insolvent_customer_is_doubtful_from_the_judgment() -> None:
    insolvencies = schemas.validate(pd.DataFrame({
        "customer_id": ["A"], "procedure": "redressement judiciaire", "judgment_date": ["2025-04-15"],
        "publication_date": [None], "claim_declared_on": [None]}), schemas.INSOLVENCIES)
    ledger = ledger_of(invoice("2025-02-01", 100))
    days = ("2025-04-14", "2025-04-15")
    doubtful = [open_at(ledger, day, insolvencies=insolvencies)["is_doubtful"].item() for day in days]
    assert doubtful == [False, True]


def test_a_list_of_open_items_is_taken_as_it_is() -> None:
    rows = movements(invoice("2025-11-15", 100), receipt("2025-12-01", 40))
    ledger = build_ledger(rows, as_of_date=dt.date(2025, 12, 31), method=Method(), replayable=False)
    assert open_at(ledger)["residual_cents"].tolist() == [10000, -4000]


def test_a_date_before_the_first_movement_is_refused() -> None:
    with pytest.raises(BadInputError, match=r"31/12/2024 is before the first movement \(01/01/2025\)"):
        ledger_of(invoice("2025-02-01", 100), as_of="2024-12-31")


def test_the_sweep_over_dates_equals_each_date_alone() -> None:
    ledger = ledger_of(
        invoice("2025-02-10", 100), receipt("2025-03-20", 30), invoice(None, 55, "2025-02-03", customer_id="B"),
        receipt("2025-04-02", 90), receipt("2025-01-20", 8, customer_id="B"),
        {"kind": "opening", "posting_date": "2025-01-01", "amount_cents": 4200, "customer_id": "C"})
    dates = [dt.date(2025, month, 28) for month in range(1, 13)]
    swept = month_end_balances(ledger, dates=dates)
    for date in dates:
        alone = open_at(ledger, date.isoformat())
        expected = alone.groupby(["customer_id", "bucket"], observed=True)["residual_cents"].sum()
        found = swept[swept["month_end"] == pd.Timestamp(date)].set_index(["customer_id", "bucket"])["amount_cents"]
        assert found.to_dict() == expected[expected != 0].to_dict(), date


def test_customers_are_aged_at_a_past_date_without_listing_items() -> None:
    # At 31/03: A's invoice due 10/02 is 49 days late, 30 of it paid on 20/03 and 90 more only on 02/04; B's has no due
    # date, and his receipt of 8 came before it; C's opening says nothing of its age.
    ledger = ledger_of(
        invoice("2025-02-10", 100, customer_id="A"), receipt("2025-03-20", 30, customer_id="A"),
        invoice(None, 55, "2025-02-03", customer_id="B"), receipt("2025-04-02", 90, customer_id="A"),
        receipt("2025-01-20", 8, customer_id="B"),
        {"kind": "opening", "posting_date": "2025-01-01", "amount_cents": 4200, "customer_id": "C"}, matching="all")
    table = customer_ageing(ledger, as_of_date=dt.date(2025, 3, 31))
    assert table.columns.tolist() == [
        "not_due", "1-30", "31-60", "61-90", ">90", "no_due_date", "age_unknown", "unallocated_credits"]
    assert {name: {bucket: cents for bucket, cents in row.items() if cents} for name, row in table.T.items()} == {
        "A": {"31-60": 7000}, "B": {"no_due_date": 4700}, "C": {"age_unknown": 4200}}
    latest = customer_ageing(ledger)
    assert latest.loc["A", "unallocated_credits"] == -2000 and latest.loc["A"].sum() == -2000


def test_the_sweep_may_count_some_items_only() -> None:
    ledger = ledger_of(
        invoice("2025-02-10", 100), {**invoice("2025-02-10", 60), "account": "416000"}, receipt("2025-03-20", 30))
    doubtful = (ledger.items["account"] == "416000").to_numpy()
    swept = month_end_balances(ledger, dates=[dt.date(2025, 1, 31), dt.date(2025, 3, 31)], only=doubtful)
    assert swept[["bucket", "amount_cents"]].astype({"bucket": "str"}).to_numpy().tolist() == [
        ["not_due", 6000], ["31-60", 6000]]
