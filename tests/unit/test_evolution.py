"""Replay against audits made at each date, and conservation across buckets, customers and segments."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest

from auditlib import schemas
from auditlib.cube import SEGMENTS
from auditlib.indicators import AuditResults
from auditlib.loaders.intake import Intake
from tests.unit.intakes import T, audit, customers_of, intake_of, random_movements

INDICATORS = (
    "overdue_rate", "overdue_rate_30", "overdue_rate_60", "overdue_rate_90", "dso", "dso_best_possible", "dso_late",
    "dso_disputed", "dso_doubtful", "dso_undated", "dso_unallocated", "dso_count_back", "recovery_rate_1m",
    "recovery_rate_3m")


def documents(seed: int = 1) -> Intake:
    """Return a random ledger with dated disputes and an insolvency."""
    items = random_movements(seed=seed)
    invoices = items[items["kind"] == "invoice"].iloc[::9]
    disputes = schemas.validate(pd.DataFrame({
        "movement_id": invoices["movement_id"], "amount_cents": invoices["amount_cents"] // 2,
        "opened_on": invoices["posting_date"] + pd.Timedelta(days=20),
        "closed_on": (invoices["posting_date"] + pd.Timedelta(days=200)).where(np.arange(len(invoices)) % 2 == 0),
        "reason": "", "owner": ""}), schemas.DISPUTES)
    insolvencies = schemas.validate(pd.DataFrame({
        "customer_id": ["C03"], "procedure": ["LJ"], "judgment_date": [pd.Timestamp("2025-06-15")],
        "publication_date": [pd.NaT], "claim_declared_on": [pd.NaT]}), schemas.INSOLVENCIES)
    ids = sorted(items["customer_id"].unique())
    customers = customers_of(
        *ids, zone=["FR", "EU", ""] * (len(ids) // 3), salesperson=["Ines", "Paul"] * (len(ids) // 2))
    return intake_of(items, customers=customers, disputes=disputes, insolvencies=insolvencies)


@pytest.fixture(scope="module")
def intake() -> Intake:
    return documents()


@pytest.fixture(scope="module")
def results(intake: Intake) -> AuditResults:
    return audit(intake)


def test_the_last_24_month_ends_are_there(results: AuditResults) -> None:
    ends = results.evolution["month_end"]
    assert len(ends) == 24
    assert (ends.iloc[0], ends.iloc[-1]) == (pd.Timestamp("2024-01-31"), pd.Timestamp(T))


@pytest.mark.parametrize("day", [dt.date(2024, 2, 29), dt.date(2025, 6, 30), T])
def test_each_point_is_the_audit_made_at_its_date(intake: Intake, results: AuditResults, day: dt.date) -> None:
    then = audit(intake, as_of_date=day).summary
    row = results.evolution.set_index("month_end").loc[pd.Timestamp(day)]
    for name in ("receivable", "gross", "overdue"):
        wanted = then["receivable"]["total" if name == "receivable" else name]
        assert row[f"{name}_cents"] / 100 == pytest.approx(wanted)
    for bucket in then["ageing"]:
        assert row[f"{bucket['bucket']}_cents"] / 100 == pytest.approx(bucket["amount"])
    for name in INDICATORS:
        wanted = then["indicators"][name]["value"]
        assert row[name] == pytest.approx(np.nan if wanted is None else wanted, nan_ok=True), name


def test_the_split_adds_up_at_every_month_end(results: AuditResults) -> None:
    table = results.evolution
    parts = [name for name in INDICATORS if name.startswith("dso_") and name != "dso_count_back"]
    assert table[parts].sum(axis=1, skipna=False).to_numpy() == pytest.approx(table["dso"].to_numpy(), nan_ok=True)


def test_buckets_and_segments_add_up_to_the_ledger_at_every_month_end(intake: Intake, results: AuditResults) -> None:
    items = intake.movements
    for end, amounts in results.cube.groupby("month_end"):
        assert amounts["amount_cents"].sum() == items.loc[items["posting_date"] <= end, "amount_cents"].sum()
        by_customer = amounts.groupby(amounts["customer_id"].astype("str"))["amount_cents"].sum()
        posted = items[items["posting_date"] <= end]
        balance = posted.groupby(posted["customer_id"].astype("str"))["amount_cents"].sum()
        assert by_customer.reindex(balance.index, fill_value=0).to_list() == balance.to_list()
    for name in SEGMENTS:
        cells = results.cube.groupby(["month_end", name], observed=True)["amount_cents"].sum()
        totals = cells.groupby(level=0).sum().loc[results.evolution["month_end"]]
        assert totals.to_list() == results.evolution["receivable_cents"].to_list()


def test_the_cube_ends_with_the_open_items(results: AuditResults) -> None:
    last = results.cube[results.cube["month_end"] == pd.Timestamp(T)]
    ours = last.groupby(last["bucket"].astype("str"))["amount_cents"].sum()
    items = results.open_items
    theirs = items.groupby(items["bucket"].astype("str"))["residual_cents"].sum()
    assert ours.to_dict() == theirs.to_dict()


def test_an_item_has_its_own_business_unit_and_a_loose_credit_none(results: AuditResults) -> None:
    cells = results.cube.groupby([results.cube["bucket"] == "unallocated_credits", "business_unit"], observed=True)
    found = {key: set(frame["business_unit"].astype("str")) for key, frame in cells}
    assert {unit for (is_credit, unit) in found if not is_credit} == {"Nord", "Sud"}
    assert {unit for (is_credit, unit) in found if is_credit} == {""}


def test_a_customers_segment_holds_for_all_his_items_where_items_have_none(results: AuditResults) -> None:
    pairs = results.cube[["customer_id", "salesperson"]].astype("str").drop_duplicates()
    assert pairs["customer_id"].is_unique
    assert set(pairs["salesperson"]) == {"Ines", "Paul"}


def test_sales_by_segment_add_up_to_what_was_posted(intake: Intake, results: AuditResults) -> None:
    items = intake.movements
    sold = items[items["kind"].isin(["invoice", "credit_note"]) & (items["posting_date"] <= pd.Timestamp(T))]
    assert results.sales["amount_cents"].sum() == sold["amount_cents"].sum()
    october = sold[sold["posting_date"].between("2025-10-01", "2025-10-31")]["amount_cents"].sum()
    assert results.sales.loc[results.sales["month_end"] == "2025-10-31", "amount_cents"].sum() == october


def test_other_buckets_change_no_overdue_rate(intake: Intake, results: AuditResults) -> None:
    coarse = audit(intake, buckets=(45, 90))
    assert "46-90_cents" in coarse.evolution
    rates = ["overdue_rate", "overdue_rate_30", "overdue_rate_60"]
    pd.testing.assert_frame_equal(coarse.evolution[rates], results.evolution[rates])
    total = coarse.evolution[[f"{row['bucket']}_cents" for row in coarse.summary["ageing"]]].sum(axis=1)
    assert total.to_list() == results.evolution["receivable_cents"].to_list()


def test_ageing_by_document_date_leaves_the_overdue_alone(intake: Intake, results: AuditResults) -> None:
    other = audit(intake, ageing_basis="document_date")
    assert other.summary["receivable"] == results.summary["receivable"]
    assert other.evolution["overdue_cents"].to_list() == results.evolution["overdue_cents"].to_list()
    assert other.summary["ageing"] != results.summary["ageing"]
    assert other.evolution["1-30_cents"].iloc[-1] / 100 == pytest.approx(other.summary["ageing"][1]["amount"])


def test_undated_disputes_hold_at_the_as_of_date_only(intake: Intake) -> None:
    never = pd.Series(pd.NaT, index=intake.disputes.index, dtype="datetime64[s]")
    undated = intake.disputes.assign(opened_on=never, closed_on=never)
    results = audit(dataclasses.replace(intake, disputes=undated))
    assert (results.evolution["dso_disputed"].iloc[:-1] == 0).all()
    assert results.evolution["dso_disputed"].iloc[-1] > 0
    assert results.summary["evolution_note"].startswith("Litiges et procédures sans date")


def test_row_order_of_the_documents_changes_nothing(intake: Intake, results: AuditResults) -> None:
    order = np.random.default_rng(3).permutation(len(intake.movements))
    shuffled = dataclasses.replace(intake, movements=intake.movements.iloc[order].reset_index(drop=True))
    assert audit(shuffled).summary == results.summary
