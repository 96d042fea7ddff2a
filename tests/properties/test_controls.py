"""Laws of the audit tests: a plain loop finds the same duplicates; the order of rows changes nothing."""

import datetime as dt
from collections import defaultdict

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.controls.duplicates import duplicate_invoices
from auditlib.ledger import build_ledger
from auditlib.parameters import Method
from tests.oracle_controls import Bill, duplicate_sets
from tests.unit.control_cases import chapter
from tests.unit.intakes import random_movements
from tests.unit.ledgers import movements

DAYS = st.integers(0, 70).map(lambda n: dt.date(2025, 1, 1) + dt.timedelta(days=n))
BILLS = st.lists(st.builds(
    Bill, customer=st.sampled_from("AB"), ref=st.sampled_from(["F1001", "F1002", "G77", ""]), day=DAYS,
    due=st.sampled_from([dt.date(2025, 6, 30), dt.date(2025, 7, 31)]), cents=st.sampled_from([100_00, 200_00])),
    min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(BILLS)
def test_duplicates_are_those_a_plain_loop_finds(bills: list[Bill]) -> None:
    frame = movements(*({"customer_id": bill.customer, "kind": "invoice", "document_ref": bill.ref,
                         "posting_date": pd.Timestamp(bill.day), "due_date": pd.Timestamp(bill.due),
                         "amount_cents": bill.cents, "account": "411"} for bill in bills))
    items = build_ledger(frame, as_of_date=dt.date(2025, 12, 31), method=Method(matching="codes")).items
    found = duplicate_invoices(items, credited=np.zeros(len(items), dtype=np.int64), days=3, subscription_months=3)
    sets = defaultdict(set)
    for number, row in zip(found.rows["set_number"], found.rows["source_row"], strict=True):
        sets[number].add(int(row) - 2)
    expected = duplicate_sets(bills, days=3, months=3)
    assert {frozenset(members) for members in sets.values()} == expected
    at_stake = sum(sum(bills[i].cents for i in members) - bills[min(members)].cents for members in expected)
    assert int(found.rows["amount_cents"].sum()) == at_stake


def test_the_order_of_rows_changes_no_exception() -> None:
    frame = random_movements(seed=3, customers=5, invoices=120)
    keys = ["test", "customer_id", "document_ref", "posting_date", "amount_cents", "detail", "source_row"]

    def exceptions(items: pd.DataFrame) -> list[tuple[object, ...]]:
        rows = chapter(frame=items)["test_rows"]
        rows = rows[rows["test"] != "broken_lettering"]  # points at the first row of a group
        return sorted(map(tuple, rows[keys].astype("str").to_numpy().tolist()))

    shuffled = frame.sample(frac=1, random_state=5).reset_index(drop=True).assign(movement_id=range(len(frame)))
    assert exceptions(shuffled) == exceptions(frame)


def test_counts_and_amounts_are_those_of_the_rows() -> None:
    tables = chapter(frame=random_movements(seed=4, customers=6, invoices=150))
    for test in tables["tests"].to_dict("records"):
        own = tables["test_rows"][tables["test_rows"]["test"] == test["test"]]
        assert test["rows"] == len(own)
        assert test["amount_cents"] == own["amount_cents"].sum()
        assert not test["reason"] or not len(own)
