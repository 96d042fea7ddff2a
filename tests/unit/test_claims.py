"""Transfers to 413 and 416 and returned payments carry the original claim on (INDICATORS.md 1)."""

from typing import Any

import pandas as pd

from auditlib.replay import claims
from tests.unit.ledgers import ledger_of, open_at


def invoice(day: str, due: str, euros: int, reference: str = "") -> dict[str, Any]:
    return {"kind": "invoice", "posting_date": day, "due_date": due, "amount_cents": euros * 100,
            "document_ref": reference, "account": "411"}


def receipt(day: str, euros: int, **more: Any) -> dict[str, Any]:
    return {"kind": "receipt", "posting_date": day, "amount_cents": -euros * 100, "account": "411", **more}


def transfer(day: str, euros: int, to: str = "416", **more: Any) -> list[dict[str, Any]]:
    legs = {"kind": "reclassification", "posting_date": day}
    return [legs | {"amount_cents": -euros * 100, "account": "411"} | more,
            legs | {"amount_cents": euros * 100, "account": to} | more]


def rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    dates = [f"{day:%Y-%m-%d}" if pd.notna(day) else "" for day in frame["due_date"]]
    return list(zip(frame["movement_id"].tolist(), (frame["residual_cents"] // 100).tolist(), dates,
                    frame["bucket"].astype("str").tolist(), strict=True))


def test_a_doubtful_transfer_keeps_the_original_due_date() -> None:
    ledger = ledger_of(
        invoice("2025-01-10", "2025-02-10", 100, "F1001"), invoice("2025-05-10", "2025-06-10", 100, "F1002"),
        *transfer("2025-09-01", 100, document_ref="F1002"))
    assert rows(open_at(ledger)) == [(0, 100, "2025-02-10", ">90"), (3, 100, "2025-06-10", ">90")]
    assert open_at(ledger)["is_doubtful"].tolist() == [False, True]


def test_a_transfer_of_several_invoices_becomes_one_item_for_each() -> None:
    ledger = ledger_of(
        invoice("2025-01-10", "2025-10-10", 100), invoice("2025-02-10", "2025-11-25", 250),
        *transfer("2025-12-01", 350),
        receipt("2025-12-20", 120, account="416"))
    # 31/12 - 10/10 = 82 days, 31/12 - 25/11 = 36 days; the 120 clears the claim due first.
    assert rows(open_at(ledger)) == [(3, 230, "2025-11-25", "31-60")]
    assert rows(open_at(ledger, "2025-12-10")) == [(3, 100, "2025-10-10", "61-90"), (3, 250, "2025-11-25", "1-30")]


def test_a_bill_bears_its_own_due_date_and_is_paid_at_the_bank_only() -> None:
    accepted = transfer("2025-02-01", 100, "413", document_ref="F1001")
    accepted[1]["due_date"] = "2025-04-30"
    ledger = ledger_of(invoice("2025-01-10", "2025-03-10", 100, "F1001"), *accepted,
                       receipt("2025-04-30", 100, account="413"))
    assert rows(open_at(ledger, "2025-03-31")) == [(2, 100, "2025-04-30", "not_due")]
    events = claims(ledger)
    assert [(e.root_id, f"{e.event_date:%Y-%m-%d}", e.amount_cents, e.kind) for e in events.itertuples()] == [
        (0, "2025-04-30", 10000, "settlement")]


def test_a_return_carries_the_claim_on_and_undoes_its_settlement() -> None:
    ledger = ledger_of(
        invoice("2025-01-10", "2025-02-10", 100, "F1001"), receipt("2025-02-10", 100, document_ref="F1001"),
        {"kind": "unpaid_return", "posting_date": "2025-02-20", "amount_cents": 10000, "document_ref": "F1001",
         "account": "411"}, receipt("2025-06-01", 40))
    assert rows(open_at(ledger)) == [(2, 60, "2025-02-10", ">90")]
    assert open_at(ledger)["document_date"].tolist() == [pd.Timestamp("2025-01-10")]
    dated = claims(ledger).sort_values("event_date")
    assert dated["amount_cents"].tolist() == [10000, -10000, 4000]
    assert set(dated["root_id"]) == {0}


def test_a_claim_is_found_by_amount_before_age() -> None:
    ledger = ledger_of(invoice("2025-01-10", "2025-02-10", 100), invoice("2025-03-10", "2025-04-10", 250),
                       *transfer("2025-09-01", 250))
    assert rows(open_at(ledger))[-1] == (3, 250, "2025-04-10", ">90")


def test_a_carried_claim_that_cannot_be_found_is_of_unknown_age() -> None:
    ledger = ledger_of({"kind": "unpaid_return", "posting_date": "2025-02-20", "amount_cents": 10000, "account": "411"})
    assert rows(open_at(ledger)) == [(0, 100, "", "age_unknown")]


def test_a_bill_that_comes_back_unpaid_goes_through_three_accounts() -> None:
    back = [{"kind": "reclassification", "posting_date": "2025-05-05", "amount_cents": sign * 10000, "account": account,
             "document_ref": "F1001"} for sign, account in ((-1, "413"), (1, "411"))]
    accepted = transfer("2025-02-01", 100, "413", document_ref="F1001")
    accepted[1]["due_date"] = "2025-04-30"
    ledger = ledger_of(invoice("2025-01-10", "2025-03-10", 100, "F1001"), *accepted, *back,
                       *transfer("2025-08-01", 100, document_ref="F1001"))
    assert rows(open_at(ledger)) == [(6, 100, "2025-04-30", ">90")]
    assert open_at(ledger)["document_date"].tolist() == [pd.Timestamp("2025-01-10")]


def test_a_return_that_quotes_its_invoice_carries_it_on_even_if_its_payment_is_not_matched() -> None:
    ledger = ledger_of(
        invoice("2025-01-10", "2025-02-10", 100, "F1001"), receipt("2025-02-10", 100),
        {"kind": "unpaid_return", "posting_date": "2025-02-20", "amount_cents": 10500, "label": "REJET F1001",
         "account": "411"}, matching="codes")
    # 105 with the bank's fee, all of it the claim of 10/01; nothing was paid, so nothing is undone.
    assert rows(open_at(ledger)) == [
        (0, 100, "2025-02-10", ">90"), (1, -100, "", "unallocated_credits"), (2, 105, "2025-02-10", ">90")]
    assert claims(ledger).empty


def test_a_bill_is_paid_on_its_own_account_however_old_the_other_claims_are() -> None:
    accepted = transfer("2025-02-01", 100, "413", document_ref="F1001")
    ledger = ledger_of(
        invoice("2025-01-05", "2025-02-04", 100, "F1000"), invoice("2025-01-10", "2025-03-10", 100, "F1001"), *accepted,
        receipt("2025-04-30", 100, account="413"))
    assert rows(open_at(ledger)) == [(0, 100, "2025-02-04", ">90")]
