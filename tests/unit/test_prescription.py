"""Prescription: periods, starts, interruptions (DOMAIN.md A8)."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from auditlib.dates import day_number, from_day_number
from auditlib.prescription import Periods, lapse_days, lapsed_before
from tests.unit.law import audit_law, insolvency, invoice, receipt, value

PERIODS = Periods(business=5, consumer=2, public=4)


def lapse(day: str, debtor: str, periods: Periods = PERIODS) -> dt.date:
    start = np.array([day_number(dt.date.fromisoformat(day))], dtype=np.int64)
    return from_day_number(int(lapse_days(start, debtor=np.array([debtor]), periods=periods)[0]))


@pytest.mark.parametrize(("day", "debtor", "last"), [
    ("2022-05-15", "public", "2026-12-31"),  # DOMAIN.md A8 (S68): a right of May 2022 lapses on 31 December 2026
    ("2022-01-01", "public", "2026-12-31"), ("2021-12-31", "public", "2025-12-31"),
    ("2021-03-10", "business", "2026-03-10"), ("2024-02-29", "business", "2029-02-28"),
    ("2023-02-28", "business", "2028-02-28"), ("2024-02-29", "consumer", "2026-02-28"),
    ("2024-06-30", "unknown", "2026-06-30"),
])
def test_last_day_to_sue(day: str, debtor: str, last: str) -> None:
    assert lapse(day, debtor) == dt.date.fromisoformat(last)


def test_transport_contracts_lapse_after_a_year_whoever_owes() -> None:
    for debtor in ("business", "consumer", "public", "unknown"):
        assert lapse("2024-06-15", debtor, Periods(5, 2, 4, every=1)) == dt.date(2025, 6, 15)


def test_the_first_day_that_can_still_be_sued_for() -> None:
    first = lapsed_before(dt.date(2025, 12, 31), periods=PERIODS)
    assert from_day_number(first["business"]) == dt.date(2020, 12, 31)
    assert from_day_number(first["consumer"]) == dt.date(2023, 12, 31)
    assert from_day_number(first["public"]) == dt.date(2021, 1, 1)


def classes(*rows: dict[str, Any], **more: Any) -> list[str]:
    found: list[str] = audit_law(*rows, **more).prescription["class"].astype("str").tolist()
    return found


@pytest.mark.parametrize(("issued", "expected"), [
    ("2020-12-30", "lapsed"), ("2020-12-31", "within_3m"), ("2021-03-31", "within_3m"), ("2021-04-01", "within_6m"),
    ("2021-06-30", "within_6m"), ("2021-07-01", "within_12m"), ("2021-12-31", "within_12m"), ("2022-01-01", "later"),
])
def test_classes_at_their_edges(issued: str, expected: str) -> None:
    assert classes(invoice(issued, "2022-02-01", 100)) == [expected]


def test_indicators_are_the_net_overdue_by_class() -> None:
    rows = (invoice("2020-12-01", "2021-01-01", 100, "F1"), invoice("2021-02-01", "2021-03-01", 200, "F2"),
            invoice("2021-05-01", "2021-06-01", 400, "F3"), invoice("2021-10-01", "2021-11-01", 800, "F4"),
            invoice("2021-10-01", "2026-11-01", 1_600, "F5"), receipt("2025-01-01", 50, ""))
    results = audit_law(*rows)
    assert value(results, "prescription_lapsed") == 50  # the loose credit comes off what is overdue longest
    assert value(results, "prescription_at_risk_3m") == 200
    assert value(results, "prescription_at_risk_6m") == 600
    assert value(results, "prescription_at_risk") == 1_400
    assert results.prescription["class"].astype("str").tolist()[-1] == "not_due"  # what is not due cannot lapse
    assert value(results, "late_interest") > 0
    assert 0 not in results.late_interest["item_id"].tolist()  # lapsed: no interest


def test_a_part_payment_set_against_the_claim_starts_the_period_again() -> None:
    rows = (invoice("2020-06-01", "2020-07-01", 1_000), receipt("2023-05-10", 400))
    table = audit_law(*rows).prescription
    assert table["start"].astype("str").tolist() == ["payment"]
    assert table["lapse_date"].dt.date.tolist() == [dt.date(2028, 5, 10)]


def test_what_came_too_late_or_is_no_acknowledgement_changes_nothing() -> None:
    claim = invoice("2020-06-01", "2020-07-01", 1_000)
    assert classes(claim, receipt("2025-06-02", 400)) == ["lapsed"]  # a day after it lapsed
    assert classes(claim, receipt("2025-06-01", 400)) == ["later"]
    assert classes(claim, receipt("2023-05-10", 400, kind="credit_note")) == ["lapsed"]
    assert classes(claim, receipt("2023-05-10", 400, "")) == ["lapsed"]  # set against nothing


def test_payments_hand_on_the_period_one_after_the_other() -> None:
    rows = (invoice("2014-06-01", "2014-07-01", 1_000), receipt("2019-05-10", 100), receipt("2024-05-10", 100))
    assert audit_law(*rows).prescription["lapse_date"].dt.date.tolist() == [dt.date(2029, 5, 10)]
    assert classes(rows[0], rows[2]) == ["lapsed"]  # the second alone came after the first period


def test_a_returned_payment_acknowledges_nothing() -> None:
    rows = (invoice("2020-06-01", "2020-07-01", 1_000), receipt("2023-05-10", 1_000),
            {"kind": "unpaid_return", "customer_id": "A", "posting_date": "2023-05-20",
             "amount_cents": 1_000_00, "document_ref": "F1"})
    assert classes(*rows) == ["lapsed"]


def test_a_claim_declared_in_time_is_interrupted() -> None:
    claim = invoice("2020-06-01", "2020-07-01", 1_000)
    declared = insolvency("2024-01-15", declared="2024-02-20")
    assert classes(claim, insolvencies=declared) == ["interrupted"]
    assert classes(claim, insolvencies=insolvency("2024-01-15")) == ["lapsed"]
    assert classes(claim, insolvencies=insolvency("2025-07-01", declared="2025-08-01")) == ["lapsed"]


def test_a_public_debtor_and_one_of_unknown_type() -> None:
    claim = invoice("2022-05-15", "2022-06-15", 1_000)
    assert classes(claim, types={"A": "public"}) == ["within_12m"]
    unknown = audit_law(claim, types={"A": ""})
    assert unknown.prescription["class"].astype("str").tolist() == ["lapsed"]
    assert unknown.prescription["debtor"].astype("str").tolist() == ["unknown"]
    assert unknown.summary["indicators"]["prescription_lapsed"]["share_estimated"] == 1


def test_what_has_no_due_date_is_listed_but_not_in_the_figure() -> None:
    results = audit_law({"kind": "invoice", "posting_date": "2020-06-01", "amount_cents": 70_00, "document_ref": "F9"})
    assert value(results, "prescription_lapsed") == 0
    assert results.prescription["class"].astype("str").tolist() == ["lapsed"]
    assert "70,00" in results.summary["indicators"]["prescription_lapsed"]["note"]


def test_an_aged_lump_cannot_be_dated() -> None:
    lump = {"kind": "opening", "customer_id": "A", "posting_date": "2025-01-01", "amount_cents": 500_00}
    table = audit_law(lump, invoice("2025-02-01", "2025-03-01", 10)).prescription
    assert table["class"].astype("str").tolist() == ["undatable", "later"]
    assert pd.isna(table["lapse_date"].iloc[0])
