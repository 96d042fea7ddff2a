"""What is loaded from the generated files and how it is matched, held against what really happened.

The truth is the generator's own: who paid what, and when. The indicators follow in `test_truth_indicators`.
"""

import datetime as dt
import itertools
from collections import defaultdict

import pandas as pd
import pytest

from auditlib.cube import balances_by_segment, segment_keys
from auditlib.evidence import Evidence
from tests.truths import Audited, Case, exact_receipts, truth_pairs

pytestmark = pytest.mark.xdist_group("truth")  # one worker generates the clients

EU = ("BE", "DE", "ES", "IT", "LU")
"""Countries of the generated customers in the Union, but France."""
SEGMENTS = ("customer_type", "zone", "business_unit", "salesperson")


def month_ends(case: Case) -> list[dt.date]:
    ends = pd.date_range(case.truth.start, case.truth.as_of_date, freq="ME")
    assert len(ends) == 38
    return [end.date() for end in ends]


# --- loading

def test_every_movement_is_loaded_once_with_its_amount_and_kind(audit: Audited) -> None:
    both = audit.case.both
    assert both["_merge"].eq("both").all()
    assert len(both) == len(audit.case.truth.movements) == len(audit.case.intake.movements)
    other = both[both["kind_truth"] != both["kind_loaded"]]
    differences = other.groupby(["kind_truth", "kind_loaded"]).size().to_dict()
    assert not differences, differences


def test_dates_and_codes_are_those_of_the_truth(audit: Audited) -> None:
    both = audit.case.both
    for name in ("document_date", "matching_date"):
        pd.testing.assert_series_equal(both[f"{name}_truth"], both[f"{name}_loaded"], check_names=False)
    assert both["matching_code_truth"].eq(both["matching_code_loaded"]).all()


def test_due_dates_are_given_or_follow_the_customer_s_terms(audit: Audited) -> None:
    """An invoice printed without one gets that of the customer's terms; a credit or a lump opening has none."""
    both = audit.case.both
    given = both["due_date_truth"].notna()
    assert both.loc[given, "due_date_loaded"].eq(both.loc[given, "due_date_truth"]).all()
    assert both.loc[given, "due_date_origin_loaded"].eq("given").all()
    invoices = both[~given & (both["kind_truth"] == "invoice")]
    assert len(invoices) > 40
    assert invoices["due_date_loaded"].eq(invoices["true_due_date"]).all()
    assert invoices["due_date_origin_loaded"].eq("terms").all()
    lump = (both["kind_truth"] == "opening") & (both["document_ref"] == "")
    assert lump.any()
    assert both.loc[~given & (lump | (both["amount_cents"] < 0)), "due_date_loaded"].isna().all()


def test_the_second_sources_tie(audit: Audited) -> None:
    tied = audit.results.tie_out
    assert sorted(tied["kind"]) == ["aged_balance", "general_ledger", "trial_balance"]
    assert tied["ties"].all()
    assert tied["total_cents"].eq(audit.case.truth.receivable()).all()


def test_disputes_and_insolvencies_are_those_of_the_truth(audit: Audited) -> None:
    loaded, truth = audit.case.intake, audit.case.truth
    disputes = loaded.disputes.assign(movement_id=loaded.disputes["movement_id"].map(audit.case.number))
    columns = ["movement_id", "amount_cents", "opened_on", "closed_on"]
    assert sorted_rows(disputes, columns) == sorted_rows(truth.disputes, columns)
    columns = ["customer_id", "judgment_date"]
    assert sorted_rows(loaded.insolvencies, columns) == sorted_rows(truth.insolvencies, columns)


def sorted_rows(table: pd.DataFrame, columns: list[str]) -> list[tuple[str, ...]]:
    return sorted(table[columns].astype("str").itertuples(index=False, name=None))


# --- conservation

def test_every_customer_and_segment_is_conserved_at_every_month_end(audit: Audited) -> None:
    """Σ buckets = what the truth has posted, to the cent: 38 month ends, each customer and each segment value."""
    case, days = audit.case, month_ends(audit.case)
    evidence = Evidence(case.intake, case.parameters, audit.day, audit.ledger)
    swept = balances_by_segment(
        evidence, keys=segment_keys(evidence), dates=days, buckets=case.parameters.method.buckets, basis="due_date")
    for segment in ("customer_id", *SEGMENTS):
        assert by_value(swept, segment) == posted_by_value(case, segment, days), segment
    for day in days:
        balance = swept.loc[swept["month_end"] == pd.Timestamp(day), "amount_cents"].sum()
        assert int(balance) == case.truth.receivable(day)


def test_the_cube_and_the_evolution_say_the_same(audit: Audited) -> None:
    case, cube, evolution = audit.case, audit.results.cube, audit.results.evolution
    days = sorted(day.date() for day in cube["month_end"].unique())
    assert days == month_ends(case)[-24:]
    for segment in ("customer_id", *SEGMENTS):
        assert by_value(cube, segment) == posted_by_value(case, segment, days), segment
    assert evolution["receivable_cents"].tolist() == [case.truth.receivable(day) for day in days]


def by_value(balances: pd.DataFrame, segment: str) -> dict[tuple[dt.date, str], int]:
    sums: dict[tuple[dt.date, str], int] = defaultdict(int)
    columns = (balances[name].tolist() for name in ("month_end", segment, "amount_cents"))
    for day, value, amount in zip(*columns, strict=True):
        sums[day.date(), value] += amount
    return {key: amount for key, amount in sums.items() if amount}


def posted_by_value(case: Case, segment: str, days: list[dt.date]) -> dict[tuple[dt.date, str], int]:
    """Sum what was posted by each day, in plain loops over the truth's movements and customer file."""
    customers = case.truth.customers
    if segment == "zone":
        values = ["FR" if code == "FR" else "EU" if code in EU else "non_EU" for code in customers["country"]]
    else:
        values = customers[segment].tolist()
    value = dict(zip(customers["customer_id"], values, strict=True))
    posted: dict[tuple[dt.date, str], int] = defaultdict(int)
    columns = (case.truth.movements[name].tolist() for name in ("posting_date", "customer_id", "amount_cents"))
    for moment, customer, amount in zip(*columns, strict=True):
        first = next(n for n, day in enumerate(days) if moment.date() <= day) if moment.date() > days[0] else 0
        posted[days[first], value[customer]] += amount
    for name in set(value.values()):
        for before, day in itertools.pairwise(days):
            posted[day, name] += posted[before, name]
    return {key: amount for key, amount in posted.items() if amount}


# --- matching

def test_receipts_are_allocated_as_in_truth(audit: Audited) -> None:
    assert audit.ledger.matching.applied == audit.expected.applied
    exact, receipts = exact_receipts(audit.case.truth, audit.case.pairs(audit.ledger))
    assert len(exact) / len(receipts) >= audit.expected.exact_count
    assert sum(receipts[n] for n in exact) / sum(receipts.values()) >= audit.expected.exact_amount


@pytest.mark.parametrize("name", ["sme_audit", "harsh_audit"])
def test_codes_tell_the_truth_where_a_group_has_one_debit_or_one_credit(
    name: str, request: pytest.FixtureRequest,
) -> None:
    """Nothing is left to order there: pairs and amounts are the truth's, without exception."""
    audit: Audited = request.getfixturevalue(name)
    truth = audit.case.truth
    found = audit.case.pairs(audit.ledger, methods=["codes"])
    plain = one_sided_groups(audit.case)
    real = {pair: amount for pair, amount in truth_pairs(truth).items() if pair[0] in plain}
    assert {pair: amount for pair, amount in found.items() if pair[0] in plain} == real
    assert len(real) > 5_000


def one_sided_groups(case: Case) -> set[int]:
    """Return the lettered movements whose code has one debit or one credit."""
    sides: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    names = ("customer_id", "account", "matching_code", "matching_date")
    columns = (case.truth.movements[name].astype("str").tolist() for name in names)
    amounts = case.truth.movements["amount_cents"].tolist()
    for number, key in enumerate(zip(*columns, strict=True)):
        if key[2]:
            sides[key][amounts[number] < 0].append(number)
    plain = [group for group in sides.values() if min(len(side) for side in group) == 1]
    return {number for group in plain for side in group for number in side}
