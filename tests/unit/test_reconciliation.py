"""Tie-out against second sources."""

import datetime as dt

import numpy as np
import pandas as pd

from auditlib.reconciliation import (
    compare_buckets,
    customer_differences,
    names_customers,
    printed_balances,
    tie_out,
)
from tests.unit.intakes import T, aged_balance, second_source

LEDGER = pd.Series({"A": 700_00, "B": 300_00})


def test_sources_are_tied_in_their_order() -> None:
    fec = second_source({"A": 700_00}, name="fec", kind="general_ledger")
    sources = [second_source({"A": 700_00, "B": 300_00}), fec]
    tied = tie_out(sources, balances=lambda _: LEDGER, as_of_date=T)
    assert tied["ties"].to_list() == [True, False]
    assert tied["difference_cents"].to_list() == [0, 300_00]
    assert tied["as_of_date"].to_list() == [pd.Timestamp(T)] * 2


def test_a_date_without_a_state_gives_no_row() -> None:
    source = second_source({"A": 1}, as_of_date=dt.date(2026, 1, 31))
    assert tie_out([source], balances=lambda _: None, as_of_date=T).empty


def test_buckets_are_added_up_where_no_total_is_printed() -> None:
    source = aged_balance(("A", "not_due", np.nan, 0, 100), ("A", "1-30", 1, 30, 50))
    rows = source.balances[source.balances["bucket"] != "total"]
    assert printed_balances(source).to_dict() == {"A": 150}
    assert printed_balances(type(source)(source.name, source.kind, None, rows)).to_dict() == {"A": 150}


def test_differences_name_customers_of_either_side_largest_first() -> None:
    found = customer_differences(
        second_source({"A": 700_00, "B": 310_00, "C": 40_00}), ledger=LEDGER, names=pd.Series({"B": "Bois SA"}))
    assert found["customer_id"].to_list() == ["C", "B"]
    assert found["difference_cents"].to_list() == [-40_00, -10_00]
    assert found["name"].to_list() == ["", "Bois SA"]


def test_a_collective_account_names_no_customer() -> None:
    assert not names_customers(second_source({"": 1_000_00}))
    assert not names_customers(second_source({"": 300_00, "A": 700_00}))
    assert names_customers(second_source({"A": 700_00, "": 0}))


def test_buckets_are_compared_where_the_edges_agree() -> None:
    source = aged_balance(("A", "not_due", np.nan, 0, 100), ("A", "1-30", 1, 30, 50), ("A", ">30", 31, np.nan, 20))
    ageing = pd.DataFrame({"bucket": ["not_due", "1-30", "31-60"], "amount_cents": [100, 60, 20]})
    found = compare_buckets(source, ageing=ageing)
    assert found["bucket"].to_list() == ["not_due", "1-30"]
    assert found["difference_cents"].to_list() == [0, 10]
