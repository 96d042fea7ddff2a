"""Laws of segments: they tie to the whole whatever divides it, and no order of rows changes them."""

import dataclasses
from itertools import combinations

import numpy as np
import pandas as pd
import pandas.testing as pdt
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.segment_evolution import segment_evolution
from auditlib.segment_facts import SegmentFacts
from auditlib.segment_table import segment
from tests.unit.intakes import T, customers_of, intake_of, random_movements
from tests.unit.segment_facts import facts_of

NAMES = ("age", "zone", "customer_type", "business_unit", "size_band", "attribute:Canal")
STOCK = ("receivable_cents", "gross_cents", "overdue_cents", "net_overdue_cents", "disputed_cents", "doubtful_cents")


def drawn(seed: int, *, order: np.random.Generator | None = None) -> SegmentFacts:
    """Return the facts of a random ledger, its rows and customers in another order where one is given."""
    items = random_movements(seed=seed, customers=6, invoices=60, months=20)
    random = np.random.default_rng(seed)
    ids = [f"C{number:02d}" for number in range(6)]
    customers = customers_of(
        *ids, zone=random.choice(["FR", "EU", ""], 6).tolist(), customer_type=random.choice(["B2B", ""], 6).tolist(),
        **{"attribute:Canal": random.choice(["web", "agence"], 6).tolist()})
    if order is not None:
        place = order.permutation(len(items))
        items = items.iloc[place].reset_index(drop=True)
        customers = customers.iloc[order.permutation(6)].reset_index(drop=True)
    return facts_of(intake_of(items, customers=customers))


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15)
def test_any_division_ties_to_the_whole(seed: int) -> None:
    facts = drawn(seed)
    items, net = facts.evidence.open_items, facts.evidence.net_overdue
    debit = items["residual_cents"].clip(lower=0)
    whole = {
        "receivable_cents": items["residual_cents"].sum(), "gross_cents": debit.sum(),
        "overdue_cents": debit[items["days_overdue"] > 0].sum(), "net_overdue_cents": net["net_overdue_cents"].sum(),
        "disputed_cents": items["disputed_cents"].sum(), "doubtful_cents": debit[items["is_doubtful"]].sum()}
    sold = facts.evidence.daily_sales
    window = facts.evidence.window(T)
    for names in [*((name,) for name in NAMES), *combinations(NAMES, 2)]:
        table = segment(facts, *names)
        assert {name: table[name].sum() for name in STOCK} == whole
        assert table["open_items"].sum() == len(items)
        if "age" not in names and window is not None:
            assert table["sales_cents"].sum() == sold[pd.Timestamp(window.start):pd.Timestamp(window.end)].sum()


@given(seed=st.integers(0, 10_000))
@settings(max_examples=8)
def test_no_order_of_rows_changes_a_segment(seed: int) -> None:
    facts, other = drawn(seed), drawn(seed, order=np.random.default_rng(seed))
    days = [month.date() for month in facts.history.evolution["month_end"]]
    for name in NAMES:
        pdt.assert_frame_equal(segment(other, name), segment(facts, name), check_categorical=False)
        if name != "age":
            months, expected = (segment_evolution(each, name, dates=days) for each in (other, facts))
            pdt.assert_frame_equal(months, expected)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=8)
def test_evolutions_of_segments_add_up_at_every_month_end(seed: int) -> None:
    facts = drawn(seed)
    whole = facts.history.evolution
    days = [month.date() for month in whole["month_end"]]
    for names in (("zone",), ("business_unit",), ("business_unit", "attribute:Canal")):
        months = segment_evolution(facts, *names, dates=days).groupby("month_end")
        for column in [name for name in map(str, whole) if name.endswith("_cents")]:
            assert months[column].sum().reindex(whole["month_end"], fill_value=0).tolist() == whole[column].tolist()


def test_a_division_by_one_value_is_the_whole() -> None:
    facts = drawn(3)
    facts = dataclasses.replace(facts, customers=facts.customers.assign(all="x"), _made={})
    row = segment(facts, "all").iloc[0]
    assert row["share"] == 1.0
    assert row["open_items"] == len(facts.evidence.open_items)
