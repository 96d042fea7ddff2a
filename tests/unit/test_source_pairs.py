"""Every source beside every other: ledger replayed at each date, second sources between themselves."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from auditlib.audit_results import AuditResults
from auditlib.formats import Formats
from auditlib.present import tables_sources
from auditlib.source_pairs import compared_pairs
from tests.unit.intakes import T, aged_balance, audit, customers_of, intake_of, second_source
from tests.unit.ledgers import movements

NOVEMBER = dt.date(2025, 11, 30)
LEDGER = movements(
    {"customer_id": "A", "kind": "invoice", "posting_date": "2025-10-01", "due_date": "2025-10-31",
     "amount_cents": 300_00, "matching_code": "X"},
    {"customer_id": "B", "kind": "invoice", "posting_date": "2025-11-10", "due_date": "2025-12-10",
     "amount_cents": 500_00},
    {"customer_id": "A", "kind": "receipt", "posting_date": "2025-12-05", "amount_cents": -300_00,
     "matching_code": "X"},
    {"customer_id": "A", "kind": "invoice", "posting_date": "2025-12-20", "due_date": "2026-01-19",
     "amount_cents": 700_00})
"""30/11: A 300.00, 30 days overdue; B 500.00, not due. 31/12: A 700.00 not due; B 500.00, 21 days overdue."""
AT_NOVEMBER = aged_balance(
    ("A", "1-30", 1, 30, 300_00), ("B", "not_due", np.nan, 0, 500_00), as_of_date=NOVEMBER)


def audited(*sources: Any) -> AuditResults:
    return audit(intake_of(LEDGER, second_sources=sources))


def codes(results: AuditResults) -> dict[str, list[str]]:
    found = results.findings.astype({"finding": "str"})
    return {str(code): rows.tolist() for code, rows in found.groupby("finding")["sentence"]}


def test_an_aged_balance_of_another_date_is_tied_to_the_ledger_replayed_then() -> None:
    results = audited(AT_NOVEMBER)
    (pair,) = results.pairs.to_dict("records")
    assert (pair["first"], pair["first_kind"], pair["second"]) == ("", "ledger", "agee.xlsx")
    assert (pair["first_cents"], pair["second_cents"], pair["customers"], pair["ties"]) == (800_00, 800_00, 0, True)
    assert pair["as_of_date"] == pd.Timestamp(NOVEMBER)
    assert "ageing_differs" not in codes(results)


def test_its_buckets_are_compared_with_ours_at_its_date() -> None:
    moved = aged_balance(("A", "31-60", 31, 60, 300_00), ("B", "not_due", np.nan, 0, 500_00), as_of_date=NOVEMBER)
    (sentence,) = codes(audited(moved))["ageing_differs"]
    assert "30/11/2025" in sentence and "300,00" in sentence


def test_second_sources_of_one_day_are_compared_with_one_another() -> None:
    aged = aged_balance(("A", "not_due", np.nan, 0, 700_00), ("B", "1-30", 1, 30, 500_00), as_of_date=T)
    trial = second_source({"A": 650_00, "B": 550_00}, name="balance.xlsx", as_of_date=T)
    results = audited(aged, trial, AT_NOVEMBER)
    sides = results.pairs[["first", "second", "difference_cents", "customers", "ties"]].to_numpy().tolist()
    assert sides == [["", "agee.xlsx", 0, 0, True], ["", "balance.xlsx", 0, 2, True], ["", "agee.xlsx", 0, 0, True],
                     ["agee.xlsx", "balance.xlsx", 0, 2, True]]  # the balance of November has no other at its date
    between = results.pair_differences[results.pair_differences["first"] == "agee.xlsx"]
    assert between[["customer_id", "first_cents", "second_cents", "difference_cents"]].to_numpy().tolist() == [
        ["A", 700_00, 650_00, 50_00], ["B", 500_00, 550_00, -50_00]]
    assert len(codes(results)["sources_differ"]) == 2


def test_a_collective_account_is_compared_in_total_only() -> None:
    pairs, gaps = compared_pairs(
        [second_source({"": 900_00})], balances=lambda _: pd.Series({"A": 1_000_00}), names=pd.Series(dtype="str"),
        as_of_date=T)
    assert pairs[["difference_cents", "customers", "ties"]].to_numpy().tolist() == [[100_00, -1, False]]
    assert gaps.empty


@pytest.mark.parametrize(("other", "ties"), [
    (second_source({"A": 700_00, "B": 500_00}, as_of_date=T), True),
    (second_source({"A": 700_00, "B": 499_99}, as_of_date=T), False),
    (second_source({"A": 300_00, "B": 499_99}, as_of_date=NOVEMBER), True),
])
def test_one_source_at_the_as_of_date_that_does_not_tie_decides(other: Any, ties: bool) -> None:
    aged = aged_balance(("A", "not_due", np.nan, 0, 700_00), ("B", "1-30", 1, 30, 500_00), as_of_date=T)
    results = audited(aged, other)
    assert results.summary["reconciliation"]["ties"] is ties
    if not ties:
        assert results.summary["reconciliation"]["second_source_name"] == "balance.xlsx"
        assert results.summary["reconciliation"]["difference"] == 0.01


def test_without_a_ledger_the_sources_are_compared_with_one_another() -> None:
    aged = aged_balance(("A", "not_due", np.nan, 0, 700_00), as_of_date=T)
    trial = second_source({"A": 600_00}, as_of_date=T)
    results = audit(intake_of(
        LEDGER.iloc[:0], basis="aged_balance", customers=customers_of("A"), second_sources=(aged, trial)))
    assert results.pairs[["first", "second", "difference_cents"]].to_numpy().tolist() == [
        ["agee.xlsx", "balance.xlsx", 100_00]]
    assert "sources_differ" not in codes(results)  # the verdict tells of that pair


@pytest.mark.parametrize(("printed", "ties"), [(None, None), (NOVEMBER, True)])
def test_a_list_of_open_items_ties_at_its_own_day_only(printed: dt.date | None, ties: bool | None) -> None:
    open_items = LEDGER.iloc[:2].reset_index(drop=True)
    results = audit(intake_of(open_items, basis="open_items", items_as_of=printed, second_sources=(AT_NOVEMBER,)))
    assert results.summary["reconciliation"]["ties"] is ties


def test_the_table_leaves_the_ledger_to_the_tie_out_and_says_what_is_not_by_customer() -> None:
    aged = aged_balance(("A", "not_due", np.nan, 0, 1_200_00), as_of_date=T)
    results = audited(second_source({"": 1_200_00}, as_of_date=T), aged, AT_NOVEMBER)
    printed = tables_sources.source_pairs(results, Formats())
    assert "agee.xlsx" in printed and "balance.xlsx" in printed and "non détaillés" in printed
    assert "Grand livre" not in printed and "30/11/2025" not in printed


def test_sources_of_different_days_make_no_pair() -> None:
    printed = tables_sources.source_pairs(audited(AT_NOVEMBER), Formats())
    assert "Aucune autre paire de sources" in printed
