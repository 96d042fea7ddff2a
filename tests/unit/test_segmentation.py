"""Segments of a receivable: hand-worked ledgers, an oracle by plain loops, and the whole as one segment."""

import dataclasses
import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

from auditlib import schemas
from auditlib.segment_chapter import cross_table, segment_chapter
from auditlib.segment_evolution import evolution_of_segment, segment_evolution
from auditlib.segment_facts import SegmentFacts
from auditlib.segment_table import segment
from auditlib.settings import SegmentChoices
from auditlib.size_bands import band_names, bands_of, default_limits
from tests import oracle_segments
from tests.unit.intakes import T, customers_of, intake_of, random_movements
from tests.unit.ledgers import movements
from tests.unit.segment_facts import facts_of, oracle_ledger

BUCKETS = ("not_due", "1-30", "31-60", "61-90", ">90", "no_due_date", "age_unknown", "unallocated_credits")


def row_of(table: pd.DataFrame, name: str, second: str = "") -> pd.Series:
    return table[(table["segment"] == name) & (table["segment_2"] == second)].iloc[0]


def invoice(customer: str, posted: str, due: str, cents: int, **more: Any) -> dict[str, Any]:
    return {"customer_id": customer, "kind": "invoice", "posting_date": posted, "due_date": due, "account": "411000",
            "amount_cents": cents, **more}


def credit(customer: str, posted: str, cents: int, kind: str = "receipt", **more: Any) -> dict[str, Any]:
    return {"customer_id": customer, "kind": kind, "posting_date": posted, "account": "411000", "amount_cents": -cents,
            **more}


@pytest.fixture
def worked() -> SegmentFacts:
    """Two customers, two units. Worked by hand at 31/12/2025; window 2025, 365 days.

    A (FR): Nord 1 200.00 of 10/01 due 10/02, paid 10/03 (28 days late); Nord 600.00 of 01/11 due 01/12 (30 days
            late); Sud 300.00 of 01/12 due 31/12 (due today: not due); credit note 60.00 on the second (letter B).
    B (EU): Sud 400.00 of 01/08 due 31/08 (122 days late); receipt of 50.00 of 15/12, of no unit, not allocated.
    """
    rows = (
        invoice("A", "2025-01-10", "2025-02-10", 1_200_00, business_unit="Nord", matching_code="A"),
        credit("A", "2025-03-10", 1_200_00, matching_code="A"),
        invoice("A", "2025-11-01", "2025-12-01", 600_00, business_unit="Nord", matching_code="B"),
        credit("A", "2025-11-20", 60_00, "credit_note", matching_code="B"),
        invoice("A", "2025-12-01", "2025-12-31", 300_00, business_unit="Sud"),
        invoice("B", "2025-08-01", "2025-08-31", 400_00, business_unit="Sud"),
        credit("B", "2025-12-15", 50_00))
    customers = customers_of("A", "B", zone=["FR", "EU"], customer_type=["B2B", "public"])
    return facts_of(intake_of(movements(*rows), customers=customers), matching="codes")


def test_zones_worked_by_hand(worked: SegmentFacts) -> None:
    table = segment(worked, "zone")
    france, europe = row_of(table, "FR"), row_of(table, "EU")
    # A owes 600 − 60 = 540 (30 days late) and 300 (not due); B owes 400 (122 days late) less 50 not allocated.
    assert [france["receivable_cents"], france["1-30_cents"], france["not_due_cents"]] == [840_00, 540_00, 300_00]
    assert [europe["receivable_cents"], europe[">90_cents"], europe["unallocated_credits_cents"]] == [
        350_00, 400_00, -50_00]
    assert [france["net_overdue_cents"], europe["net_overdue_cents"]] == [540_00, 350_00]
    assert france["share"] == pytest.approx(840 / 1190)
    assert [france["overdue_rate"], europe["overdue_rate_90"]] == [pytest.approx(540 / 840), 1.0]
    assert [france["sales_cents"], europe["sales_cents"]] == [2_040_00, 400_00]  # 1 200 + 600 + 300 − 60
    # The history starts on 10/01/2025: 356 days to 31/12/2025.
    assert france["dso"] == pytest.approx(840 / 2040 * 356)
    assert europe["dso_unallocated"] == pytest.approx(-50 / 400 * 356)
    # A paid 1 200 after 59 days (10/01 to 10/03), 28 beyond its due date.
    assert [france["weighted_days_to_pay"], france["weighted_days_beyond_terms"]] == [59, 28]
    assert np.isnan(europe["weighted_days_to_pay"])
    assert europe["weighted_days_to_pay_reason"] == "Aucun règlement affecté sur la période."
    assert france["dilution_rate"] == pytest.approx(60 / 2100)
    # Due cohorts at one month: February 1 200, settled by 31/03. August 400, nothing. December 600 − 60 is immature.
    assert [france["recovery_rate_1m"], europe["recovery_rate_1m"]] == [1.0, 0.0]
    # At 30/09/2025 A owed nothing and B 400.
    assert [france["receivable_change_3m_cents"], europe["receivable_change_3m_cents"]] == [840_00, -50_00]
    assert np.isnan(europe["receivable_change_12m_cents"])
    assert [france["customers"], france["open_items"]] == [1, 2]
    assert [france["concentration_top1"], france["dso_count_back"]] == [1.0, pytest.approx(31 + 30)]


def test_an_allocated_credit_follows_its_debit_and_a_loose_one_is_not_allocated(worked: SegmentFacts) -> None:
    table = segment(worked, "business_unit")
    north, south, none = (row_of(table, name) for name in ("Nord", "Sud", ""))
    assert [north["receivable_cents"], south["receivable_cents"], none["receivable_cents"]] == [
        540_00, 700_00, -50_00]
    assert [north["sales_cents"], south["sales_cents"]] == [1_740_00, 700_00]  # the credit note is its invoice's
    assert north["dilution_rate"] == pytest.approx(60 / 1800)
    assert np.isnan(none["overdue_rate"])
    assert none["dso_reason"] == "Aucune vente nette positive sur la période."


def test_age_has_amounts_and_no_flows(worked: SegmentFacts) -> None:
    table = segment(worked, "age")
    assert dict(zip(table["segment"], table["receivable_cents"], strict=True)) == {
        "not_due": 300_00, "1-30": 540_00, ">90": 400_00, "unallocated_credits": -50_00}
    assert table["dso"].isna().all()
    assert (table["dso_reason"] != "").all()
    # At 30/09/2025 the 400 were 30 days late.
    assert row_of(table, "1-30")["receivable_change_3m_cents"] == 140_00


def test_two_dimensions_are_crossed(worked: SegmentFacts) -> None:
    table = cross_table(worked, "zone", "business_unit")
    cells = {(a, b): c for a, b, c in zip(table["segment"], table["segment_2"], table["receivable_cents"], strict=True)}
    assert cells == {("FR", "Nord"): 540_00, ("FR", "Sud"): 300_00, ("EU", "Sud"): 400_00, ("EU", ""): -50_00}
    assert row_of(table, "FR", "Nord")["overdue_rate"] == 1.0


def test_a_payment_ahead_of_its_invoice_is_its_invoice_s_in_replays_too() -> None:
    rows = (invoice("A", "2025-06-10", "2025-07-10", 100_00, business_unit="Nord"),
            credit("A", "2025-09-15", 80_00, matching_code="Z"),
            invoice("A", "2025-11-05", "2025-12-05", 80_00, business_unit="Sud", matching_code="Z"))
    facts = facts_of(movements(*rows), matching="codes")
    months = segment_evolution(facts, "business_unit", dates=[dt.date(2025, 9, 30), dt.date(2025, 12, 31)])
    september = months[months["month_end"] == pd.Timestamp("2025-09-30")].set_index("segment")["receivable_cents"]
    assert september.to_dict() == {"Nord": 100_00, "Sud": -80_00}


def own_units(facts: SegmentFacts) -> list[str]:
    """Each item's own unit: its own, else its claim's; none for a credit without one."""
    items = facts.evidence.ledger.items
    written, origin = items["business_unit"].astype("str").tolist(), items["origin_id"].tolist()
    own = []
    for number, unit in enumerate(written):
        at = number
        while not unit and origin[at] >= 0:
            at = origin[at]
            unit = written[at]  # noqa: PLW2901 -- followed back to the invoice
        own.append(unit)
    return own


@pytest.fixture(scope="module")
def random_facts() -> SegmentFacts:
    items = random_movements(seed=7)
    ids = sorted(items["customer_id"].astype("str").unique())
    customers = customers_of(*ids, zone=[["FR", "EU", ""][n % 3] for n in range(len(ids))],
                             group_id=["G" if n < 3 else "" for n in range(len(ids))])
    disputes = pd.DataFrame({"movement_id": [5, 9], "amount_cents": [10**9, 50_00], "reason": "", "owner": "",
                             "opened_on": [pd.Timestamp("2025-06-01"), pd.NaT], "closed_on": pd.NaT})
    intake = intake_of(items, customers=customers, disputes=schemas.validate(disputes, schemas.DISPUTES))
    return facts_of(intake)


def test_segments_are_those_of_the_oracle(random_facts: SegmentFacts) -> None:
    items, allocations = oracle_ledger(random_facts, own=own_units(random_facts))
    cells = oracle_segments.balances(items, allocations, T)
    window = random_facts.evidence.window(T)
    assert window is not None
    sold = oracle_segments.sales(items, allocations, window.start, window.end)
    table = segment(random_facts, "business_unit").set_index("segment")
    for name in map(str, table.index):
        row = table.loc[name]
        assert {bucket: row[f"{bucket}_cents"] for bucket in BUCKETS} == {
            bucket: cells.get((name, bucket), 0) for bucket in BUCKETS}
        assert row["sales_cents"] == sold.get(name, 0)
        expected = oracle_segments.overdue_share(cells, name)
        assert np.isnan(row["overdue_rate"]) if expected is None else row["overdue_rate"] == pytest.approx(expected)
    assert {name for name, _ in cells} <= set(table.index)


def test_replays_are_those_of_the_oracle(random_facts: SegmentFacts) -> None:
    items, allocations = oracle_ledger(random_facts, own=own_units(random_facts))
    days = [month.date() for month in random_facts.history.evolution["month_end"]]
    table = segment_evolution(random_facts, "business_unit", dates=days).set_index(["segment", "month_end"])
    for day in days:
        cells = oracle_segments.balances(items, allocations, day)
        for name in table.index.unique("segment"):
            row = table.loc[(name, pd.Timestamp(day))]
            assert {bucket: row[f"{bucket}_cents"] for bucket in BUCKETS} == {
                bucket: cells.get((name, bucket), 0) for bucket in BUCKETS}


@pytest.mark.parametrize("dimension", ["zone", "business_unit", "size_band"])
def test_segments_of_each_month_end_add_up_to_the_whole(random_facts: SegmentFacts, dimension: str) -> None:
    whole = random_facts.history.evolution
    days = [month.date() for month in whole["month_end"]]
    table = segment_evolution(random_facts, dimension, dates=days)
    for name in [column for column in map(str, whole) if column.endswith("_cents")]:
        assert table.groupby("month_end")[name].sum().tolist() == whole[name].tolist()


def test_a_segment_that_is_everything_has_the_evolution_of_the_whole(random_facts: SegmentFacts) -> None:
    facts = dataclasses.replace(random_facts, customers=random_facts.customers.assign(all="x"), _made={})
    whole = facts.history.evolution
    days = [month.date() for month in whole["month_end"]]
    found = evolution_of_segment(facts, dimension="all", value="x", dates=days)
    pdt.assert_frame_equal(found, whole, check_exact=True)
    with pytest.raises(KeyError, match="all"):
        evolution_of_segment(facts, dimension="all", value="y", dates=days)


@pytest.mark.parametrize("method", [
    {"ageing_basis": "document_date"}, {"buckets": (15, 45)}, {"window_months": 3, "evolution_months": 6},
])
def test_other_methods_have_the_evolution_of_the_whole_too(method: dict[str, Any]) -> None:
    facts = facts_of(random_movements(seed=3, invoices=120), **method)
    facts = dataclasses.replace(facts, customers=facts.customers.assign(all="x"), _made={})
    whole = facts.history.evolution
    days = [month.date() for month in whole["month_end"]]
    pdt.assert_frame_equal(evolution_of_segment(facts, dimension="all", value="x", dates=days), whole)
    shown = facts.evidence.shown_items
    by_age = segment(facts, "age").set_index("segment")["receivable_cents"]
    expected = shown.groupby(shown["bucket"].astype("str"))["residual_cents"].sum()
    assert by_age.to_dict() == expected.to_dict()


def test_a_segment_of_customers_is_an_audit_of_those_customers_alone(random_facts: SegmentFacts) -> None:
    intake = random_facts.evidence.intake
    own = set(intake.customers.loc[intake.customers["zone"] == "EU", "customer_id"])
    kept = intake.movements["customer_id"].isin(own)
    place = pd.Series(range(int(kept.sum())), index=np.flatnonzero(kept))
    moved = intake.disputes[intake.disputes["movement_id"].isin(place.index)]
    alone = facts_of(dataclasses.replace(
        intake, movements=intake.movements[kept].reset_index(drop=True).assign(movement_id=range(int(kept.sum()))),
        customers=intake.customers[intake.customers["customer_id"].isin(own)].reset_index(drop=True),
        disputes=moved.assign(movement_id=moved["movement_id"].map(place).astype("int64"))))
    days = [month.date() for month in random_facts.history.evolution["month_end"]][-12:]
    found = evolution_of_segment(random_facts, dimension="zone", value="EU", dates=days)
    expected = alone.history.evolution.tail(12).reset_index(drop=True)
    pdt.assert_frame_equal(found, expected, check_exact=False, rtol=1e-12)
    row, state = row_of(segment(random_facts, "zone"), "EU"), alone.evidence
    assert row["receivable_cents"] == state.open_items["residual_cents"].sum()
    assert row["net_overdue_cents"] == state.net_overdue["net_overdue_cents"].sum()
    assert row["dso_count_back"] == pytest.approx(expected["dso_count_back"].iloc[-1])


def test_the_split_of_a_segment_s_dso_adds_up_to_it(random_facts: SegmentFacts) -> None:
    table = segment(random_facts, "zone")
    parts = table[[f"dso_{name}" for name in ("best_possible", "late", "disputed", "doubtful", "undated",
                                              "unallocated")]].sum(axis=1)
    assert parts.tolist() == pytest.approx(table["dso"].tolist())
    assert segment(random_facts, "zone")["receivable_cents"].sum() == (
        random_facts.evidence.open_items["residual_cents"].sum())


def test_the_chapter_stacks_every_dimension_the_documents_give(random_facts: SegmentFacts) -> None:
    made = segment_chapter(random_facts.evidence, history=random_facts.history, customers=random_facts.customers)
    table = made.tables["segments"]
    single = table[table["dimension_2"] == ""]
    assert set(single["dimension"]) == {"age", "zone", "business_unit", "size_band"}
    whole = random_facts.evidence.open_items["residual_cents"].sum()
    sums = table.groupby(["dimension", "dimension_2"], observed=True)["receivable_cents"].sum()
    assert (sums == whole).all()
    assert set(made.tables["segment_evolution"]["dimension"]) == {"zone", "business_unit", "size_band"}


def test_open_items_alone_have_no_flows_and_no_past() -> None:
    rows = (invoice("A", "2025-11-01", "2025-12-01", 600_00), invoice("B", "2025-12-01", "2026-01-01", 300_00))
    customers = customers_of("A", "B", zone=["FR", "EU"])
    facts = facts_of(intake_of(movements(*rows), customers=customers, basis="open_items"))
    table = segment(facts, "zone")
    assert table["receivable_cents"].tolist() == [600_00, 300_00]
    for name in ("dso", "recovery_rate_1m", "receivable_change_3m_cents"):
        assert table[name].isna().all()
        assert table[f"{name}_reason"].str.startswith("Une liste de postes ouverts").all()
    made = segment_chapter(facts.evidence, history=facts.history, customers=facts.customers)
    assert "segment_evolution" not in made.tables


def test_credits_only_have_no_rate_and_no_share() -> None:
    facts = facts_of(movements(credit("A", "2025-11-01", 100_00)))
    table = segment(facts, "size_band")
    assert table[["segment", "receivable_cents"]].to_numpy().tolist() == [["<0", -100_00]]
    assert table[["share", "overdue_rate", "concentration_top1", "dso"]].isna().all(axis=None)


def test_a_date_that_is_no_month_end_is_replayed_for_the_trend() -> None:
    rows = (invoice("A", "2025-09-01", "2025-10-01", 100_00), invoice("A", "2025-11-01", "2025-12-01", 50_00),
            invoice("A", "2025-09-16", "2025-10-16", 30_00))
    facts = facts_of(movements(*rows), as_of_date=dt.date(2025, 12, 15))
    assert segment(facts, "size_band")["receivable_change_3m_cents"].tolist() == [80_00]


def test_bands_of_balances() -> None:
    assert band_names((1000, 5000)) == ("<0", "0", "0-1000", "1000-5000", ">5000")
    assert bands_of(np.array([-1, 0, 1, 1000_00, 1000_01, 5000_01]), limits=(1000, 5000)).tolist() == [0, 1, 2, 2, 3, 4]
    assert default_limits(np.array([-5_00, 0])) == ()
    assert default_limits(np.array([900_00] * 4)) == (1000,)


def test_bands_of_the_parameters_come_first(worked: SegmentFacts) -> None:
    parameters = worked.evidence.parameters
    chosen = parameters.model_copy(update={"segments": SegmentChoices(balance_bands=(500,))})
    facts = dataclasses.replace(worked, evidence=dataclasses.replace(worked.evidence, parameters=chosen), _made={})
    table = segment(facts, "size_band")
    assert dict(zip(table["segment"], table["receivable_cents"], strict=True)) == {"0-500": 350_00, ">500": 840_00}
