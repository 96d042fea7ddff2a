"""The generated client against conservation laws and plain loops: what it claims to be true must be."""

import datetime as dt
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from stdnum.eu import vat
from stdnum.fr import siren, tva

from auditlib.demo import HARSH_HABITS, Truth, generate_movements
from auditlib.demo.days import business_calendar, due_days, run_days
from auditlib.demo.identifiers import foreign_vat_numbers, luhn_digit
from auditlib.demo.lettering import groups_of

AS_OF = dt.date(2025, 12, 31)


@pytest.fixture(scope="module")
def sme() -> Truth:
    return generate_movements()


@pytest.fixture(scope="module")
def harsh() -> Truth:
    return generate_movements(seed=7, habits=HARSH_HABITS)


@pytest.fixture(params=["sme", "harsh"])
def truth(request: pytest.FixtureRequest) -> Truth:
    generated: Truth = request.getfixturevalue(request.param)
    return generated


def test_same_seed_gives_the_same_frames_and_another_seed_does_not(sme: Truth) -> None:
    again = generate_movements()
    pd.testing.assert_frame_equal(sme.movements, again.movements)
    pd.testing.assert_frame_equal(sme.allocations, again.allocations)
    assert not generate_movements(seed=1).movements.equals(sme.movements)


def test_allocations_never_exceed_amounts_nor_precede_postings(truth: Truth) -> None:
    """Plain loop: what is taken from each item stays within it, between a debit and a credit of one account."""
    rows = truth.movements[["amount_cents", "posting_date", "customer_id", "account"]].astype({"customer_id": "str"})
    items = list(rows.itertuples(index=False, name=None))
    taken: dict[int, int] = defaultdict(int)
    for debit, credit, amount, day in truth.allocations.itertuples(index=False, name=None):
        taken[debit] += amount
        taken[credit] += amount
        assert amount > 0 > items[credit][0]
        assert items[debit][0] > 0
        assert day == max(items[debit][1], items[credit][1])
        assert items[debit][2:] == items[credit][2:]
    assert all(amount <= abs(items[item][0]) for item, amount in taken.items())


def test_residuals_add_up_to_the_receivable_at_every_month_end(truth: Truth) -> None:
    for day in pd.date_range("2022-11-30", AS_OF, freq="ME"):
        assert int(truth.residuals(day.date()).sum()) == truth.receivable(day.date())


def test_lettered_groups_sum_to_zero_and_follow_the_truth(truth: Truth) -> None:
    lettered = truth.movements[truth.movements["matching_code"] != ""]
    keys = ["customer_id", "account", "matching_code", "matching_date"]
    groups = lettered.groupby(keys, observed=True)
    assert (groups["amount_cents"].sum() == 0).all()
    assert (groups["posting_date"].max() <= groups["matching_date"].max()).all()
    assert not lettered.index.difference(truth.residuals()[lambda left: left == 0].index).size
    code = truth.movements[["matching_code", "matching_date"]].apply(tuple, axis=1)
    linked = truth.allocations
    assert (code[linked["debit_id"]].to_numpy() == code[linked["credit_id"]].to_numpy()).all()


def test_lettering_is_good_at_one_client_and_poor_at_the_other(sme: Truth, harsh: Truth) -> None:
    def coverage(truth: Truth) -> float:
        old = truth.movements[(truth.movements["amount_cents"] < 0) & (truth.movements["posting_date"] < "2025-11-01")]
        return float(old.loc[old["matching_code"] != "", "amount_cents"].sum() / old["amount_cents"].sum())

    assert coverage(sme) > 0.9
    assert coverage(harsh) < 0.8
    receipts = sme.movements[sme.movements["kind"] == "receipt"]
    assert 0.85 < (receipts["matching_code"] != "").mean() < 0.99


def test_a_reclassification_only_moves_a_claim(truth: Truth) -> None:
    moved = truth.movements[truth.movements["kind"] == "reclassification"]
    assert (moved.groupby("entry_id")["amount_cents"].sum() == 0).all()
    assert set(moved.loc[moved["amount_cents"] > 0, "account"]) == {"413000", "416000"}
    carried = moved[(moved["origin_id"] >= 0) & (moved["amount_cents"] > 0)]
    origin = truth.movements.loc[carried["origin_id"]]
    assert (carried["customer_id"].astype("str").to_numpy() == origin["customer_id"].astype("str").to_numpy()).all()
    assert (carried["amount_cents"].to_numpy() <= origin["amount_cents"].to_numpy()).all()


def test_the_ledger_spans_38_months_and_holds_12000_invoices(sme: Truth) -> None:
    months = sme.movements["posting_date"].dt.to_period("M")
    assert (months.min(), months.max(), months.nunique()) == (pd.Period("2022-11"), pd.Period("2025-12"), 38)
    invoices = sme.movements[(sme.movements["kind"] == "invoice") & (sme.movements["account"] == "411000")]
    assert len(invoices) == 12_000
    assert invoices["document_ref"].is_unique


def test_the_sme_looks_like_one(sme: Truth) -> None:
    """Figures worked from the frames alone, by INDICATORS.md 3 and 4; bounds are those of a plausible French SME."""
    ledger = sme.movements
    sold = ledger[ledger["kind"].isin(["invoice", "credit_note"]) & (ledger["posting_date"] > "2024-12-31")]
    sales = int(sold["amount_cents"].sum())
    assert 16e8 < sales < 20e8
    assert 55 <= sme.receivable() / sales * 365 <= 65
    left = sme.residuals()
    open_debits = ledger.assign(left=left)[left > 0]
    late = (pd.Timestamp(AS_OF) - open_debits["true_due_date"]).dt.days
    gross = open_debits["left"].sum()
    assert 0.25 <= open_debits.loc[late > 0, "left"].sum() / gross <= 0.35
    assert 0.02 <= open_debits.loc[late > 90, "left"].sum() / gross <= 0.15
    by_kind = sold.groupby("kind", observed=True)["amount_cents"].sum()
    assert 0.015 <= -by_kind["credit_note"] / by_kind["invoice"] <= 0.035
    august, june = (sold.loc[sold["posting_date"].dt.month == month, "amount_cents"].sum() for month in (8, 6))
    assert august < 0.6 * june


def test_every_accident_an_auditor_looks_for_happens(truth: Truth) -> None:
    ledger = truth.movements
    kinds = {
        "invoice",
        "credit_note",
        "receipt",
        "unpaid_return",
        "set_off",
        "deposit_applied",
        "discount",
        "write_off",
        "refund",
        "reclassification",
        "rounding",
        "opening",
    }
    assert set(ledger["kind"].astype("str")) == kinds
    assert set(ledger["account"].astype("str")) == {"411000", "411700", "413000", "416000"}
    lump = ledger[(ledger["kind"] == "opening") & (ledger["document_ref"] == "")]
    assert 3 <= len(lump) <= 80
    assert lump["due_date"].isna().all()
    assert (truth.residuals()[ledger["kind"] == "receipt"] < 0).any()  # paid twice
    assert truth.disputes["closed_on"].isna().any()
    assert truth.disputes["closed_on"].notna().any()
    assert len(truth.insolvencies) >= 5
    part = truth.allocations.groupby("debit_id").size()
    bulk = truth.allocations.groupby("credit_id").size()
    assert (part > 1).mean() > 0.02
    assert (bulk > 1).mean() > 0.02
    assert truth.customers["is_group"].sum() == 1


def test_customers_are_of_every_type_and_zone_with_valid_numbers(sme: Truth) -> None:
    table = sme.customers
    assert table["name"].is_unique
    assert table["customer_id"].is_unique
    assert len(table) == 400
    assert set(table["customer_type"]) == {"B2B", "B2C", "public"}
    assert {"FR", "BE", "DE", "CH"} <= set(table["country"])
    assert table["business_unit"].nunique() == 3
    assert table["salesperson"].nunique() == 8
    numbers = table.loc[table["siren"] != "", "siren"]
    assert numbers.is_unique
    assert all(map(siren.is_valid, numbers))
    assert all(tva.is_valid(number) for number in table["vat_number"] if number.startswith("FR"))
    assert all(vat.is_valid(number) for number in table["vat_number"] if number)


def test_truth_survives_saving(tmp_path: Path) -> None:
    small = generate_movements(customers=40, invoices=300, months=14)
    small.save(tmp_path / "truth")
    again = Truth.load(tmp_path / "truth")
    assert again.receivable() == small.receivable()
    assert again.start == dt.date(2024, 11, 1)
    pd.testing.assert_frame_equal(again.allocations, small.allocations)
    pd.testing.assert_frame_equal(again.movements, small.movements, check_categorical=False, check_dtype=False)


def test_terms_and_payment_days_by_hand() -> None:
    """10 March 2026 + 45 days = 24 April, month end 30 April; + 60 days = 9 May (DOMAIN.md A7)."""
    day = np.array([(dt.date(2026, 3, 10) - dt.date(1970, 1, 1)).days] * 2)
    due = due_days(day, np.array([45, 60]), np.array([True, False])).astype("datetime64[D]").astype(str)
    assert due.tolist() == ["2026-04-30", "2026-05-09"]
    # Tuesday 10 March 2026: the next Monday is the 16th; the 10th is itself a payment day; any day stays
    run = run_days(np.repeat(day, 2)[:3], np.array([1, 10, 0])).astype("datetime64[D]").astype(str)
    assert run.tolist() == ["2026-03-16", "2026-03-10", "2026-03-10"]


def test_holidays_by_hand() -> None:
    """Easter fell on 20 April 2025: Monday 21 April, Thursday 29 May and Monday 9 June were not worked."""
    calendar = business_calendar(2025, 2025)
    worked = np.is_busday(["2025-04-21", "2025-05-29", "2025-06-09", "2025-04-22", "2025-07-14"], busdaycal=calendar)
    assert worked.tolist() == [False, False, False, True, False]


def test_published_check_digits() -> None:
    """732829320 is the SIREN of INSEE's example; the others are checked by python-stdnum."""
    assert luhn_digit(np.array([73282932]), 8).tolist() == [0]
    for country in ("BE", "DE", "ES", "IT", "LU"):
        assert all(map(vat.is_valid, foreign_vat_numbers(country, np.arange(200))))


def test_groups_are_connected_components() -> None:
    """0–1, 1–2 and 4–3 are linked: 0, 1, 2 together, 3, 4 together, 5 alone."""
    links = pd.DataFrame({"debit": [0, 2, 4], "credit": [1, 1, 3]})
    assert groups_of(6, links).tolist() == [0, 0, 0, 3, 3, 5]
