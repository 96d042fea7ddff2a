"""Claims sold with recourse: which count at a date, and which are still in the receivable."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.restated import added_back
from tests.unit.intakes import T, audit, intake_of
from tests.unit.ledgers import ledger_of, movements, open_at

BILL = {"customer_id": "A", "document_ref": "LCR1", "amount_cents": 100_000, "way": "discounted",
        "ceded_on": "2025-11-15", "due_date": "2026-01-15", "settled_on": None}
FACTORED = {"customer_id": "B", "document_ref": "F7", "amount_cents": 50_000, "way": "factored",
            "ceded_on": "2025-10-01", "due_date": "2025-11-30", "settled_on": None}
SALE = {"kind": "invoice", "posting_date": "2025-06-01", "due_date": "2025-07-01", "account": "411000"}


def ceded(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows))
    for name in ("ceded_on", "due_date", "settled_on"):
        frame[name] = pd.to_datetime(frame[name])
    return schemas.validate(frame, schemas.CEDED)


def added(*rows: dict[str, Any], open_items: pd.DataFrame | None = None) -> int:
    nothing = open_at(ledger_of({**SALE, "amount_cents": 100}))
    items = nothing if open_items is None else open_items
    return int(added_back(ceded(*rows), open_items=items, as_of_date=T)["added_cents"].sum())


@pytest.mark.parametrize(("change", "expected"), [
    ({}, 100_000), ({"due_date": "2025-12-31"}, 0), ({"due_date": "2026-01-01"}, 100_000),
    ({"ceded_on": "2026-01-02"}, 0), ({"ceded_on": None}, 100_000), ({"settled_on": "2025-12-31"}, 0)])
def test_a_discounted_bill_counts_from_its_discount_until_it_falls_due(change: dict[str, Any], expected: int) -> None:
    assert added(BILL | change) == expected


@pytest.mark.parametrize(("change", "expected"), [
    ({}, 50_000), ({"settled_on": "2025-12-31"}, 0), ({"settled_on": "2026-01-03"}, 50_000)])
def test_a_factored_invoice_counts_until_its_debtor_pays(change: dict[str, Any], expected: int) -> None:
    assert added(FACTORED | change) == expected


def test_what_is_still_in_the_receivable_is_not_added_twice() -> None:
    items = open_at(ledger_of({**SALE, "customer_id": "B", "document_ref": "F7", "amount_cents": 30_000}))
    assert added(FACTORED, BILL, open_items=items) == 20_000 + 100_000
    assert added(FACTORED | {"amount_cents": 20_000}, FACTORED | {"amount_cents": 30_000}, open_items=items) == 20_000


def test_receivable_and_dso_restated() -> None:
    before = {**SALE, "posting_date": "2024-12-01", "amount_cents": 100, "matching_code": "A"}
    rows = movements(before, {**before, "kind": "receipt", "posting_date": "2024-12-20", "amount_cents": -100},
                     {**SALE, "amount_cents": 365_000})
    entries = audit(intake_of(rows, ceded=ceded(BILL, FACTORED))).summary["indicators"]
    assert entries["receivable_restated"]["value"] == 3_650 + 1_000 + 500
    assert entries["receivable_restated"]["basis_amount"] == 1_500
    assert entries["dso"]["value"] == pytest.approx(365)
    assert entries["dso_restated"]["value"] == pytest.approx(515)  # 5 150 / 3 650 × 365
    missing = audit(intake_of(rows)).summary["indicators"]
    for name in ("receivable_restated", "dso_restated"):
        assert missing[name]["value"] is None and "cédées" in missing[name]["reason"]
    assert dt.date.fromisoformat(entries["dso_restated"]["window_end"]) == T
