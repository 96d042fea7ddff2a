"""The indicators of the generated clients against `tests.oracle_measures` over the truth's own allocations."""

import datetime as dt
from collections import defaultdict
from fractions import Fraction

import pandas as pd
import pytest

from tests import oracle, oracle_measures
from tests.truths import Audited, truth_ledger

pytestmark = pytest.mark.xdist_group("truth")  # one worker generates the clients

NULL_ON_THE_DEMO = {
    "dso_restated": "n'ont pas été communiquées", "receivable_restated": "n'ont pas été communiquées",
    "vat_recoverable": "fait générateur", "provision_deductible": "dossier par dossier",
    "insolvency_check_age": "Aucun contrôle",
    **dict.fromkeys(("promise_kept_rate", "promise_kept_rate_amount"), "Aucune promesse"),
    **dict.fromkeys(("subsequent_receipts", "subsequent_receipts_30d", "subsequent_receipts_60d"),
                    "ne couvrent pas encore")}
"""Indicators whose input the demo client does not send: no list of ceded receivables or discounted bills."""


def test_what_needs_no_allocation_is_exact(audit: Audited) -> None:
    rows, day = audit.rows, audit.day
    receivable = sum(row.amount for row in rows)
    owed: dict[str, int] = defaultdict(int)
    customers = audit.case.truth.customers
    head = {one: group or one for one, group in zip(customers["customer_id"], customers["group_id"], strict=True)}
    for row in rows:
        owed[head[row.customer]] += row.amount
    is_given = audit.case.truth.movements["due_date"].notna().tolist()
    given = [row for row in rows if is_given[row.id]]
    exact = {f"concentration_{name}": value for name, value in oracle_measures.concentration(owed.values()).items()}
    exact |= {
        "dso": known(oracle_measures.dso(receivable, rows, day)),
        "dso_count_back": oracle_measures.count_back(receivable, rows, day)[0],
        "dilution_rate": known(oracle_measures.dilution(rows, day)),
        "weighted_contract_terms": known(oracle_measures.contract_terms(given, day))}
    for name, value in exact.items():
        assert audit.value(name) == pytest.approx(float(value), rel=1e-9), name


def test_where_codes_decide_the_stock_is_what_lettering_leaves_open(sme_audit: Audited) -> None:
    """Exact but for a rounding of 2 cents posted as a debit, which the truth leaves without a due date."""
    lettered, day = truth_ledger(sme_audit.case.truth, lettered_only=True), sme_audit.day
    for limit in (0, 30, 60, 90):
        name = "overdue_rate" + (f"_{limit}" if limit else "")
        rate = known(oracle_measures.overdue_rate(lettered, day, limit))
        assert sme_audit.value(name) == pytest.approx(float(rate), abs=1e-8), name
    effectiveness = known(oracle_measures.collection_effectiveness(lettered, sme_audit.rows, day))
    assert sme_audit.value("collection_effectiveness_index") == pytest.approx(float(effectiveness), abs=1e-8)
    parts = oracle_measures.split(lettered, day, open_disputes(sme_audit), insolvent(sme_audit))
    for name, amount in parts.items():
        days = known(oracle_measures.dso(amount, sme_audit.rows, day))
        assert sme_audit.value(f"dso_{name}") == pytest.approx(float(days), abs=1e-6), name


def test_where_codes_decide_flows_differ_by_the_order_inside_a_code_only(sme_audit: Audited) -> None:
    """186 of 12 258 claims share a code of several debits and several credits with another: 0.4 points, 0.004 days."""
    lettered = truth_ledger(sme_audit.case.truth, lettered_only=True)
    for name, value in flows(lettered, sme_audit.rows, sme_audit.day).items():
        assert sme_audit.value(name) == pytest.approx(float(value), abs=0.02 if "days" in name else 0.005), name


def test_rates_and_days_are_near_the_truth(audit: Audited) -> None:
    real, rows, day, expected = audit.real, audit.rows, audit.day, audit.expected
    for limit in (0, 30, 60, 90):
        name = "overdue_rate" + (f"_{limit}" if limit else "")
        rate = known(oracle_measures.overdue_rate(real, day, limit))
        assert audit.value(name) == pytest.approx(float(rate), abs=expected.rate), name
    for name, value in flows(real, rows, day).items():
        limit_of = expected.days if "days" in name else expected.overdue_recovery if "overdue" in name else 0.01
        assert audit.value(name) == pytest.approx(float(value), abs=limit_of), name


def test_the_evolution_is_near_the_truth(audit: Audited) -> None:
    table = audit.results.evolution
    for moment, rate in zip(table["month_end"].tolist(), table["overdue_rate"].tolist(), strict=True):
        real = known(oracle_measures.overdue_rate(audit.real, moment.date()))
        assert rate == pytest.approx(float(real), abs=audit.expected.rate), moment


def test_every_indicator_of_the_demo_has_a_value_but_those_whose_input_is_missing(sme_audit: Audited) -> None:
    entries = sme_audit.results.summary["indicators"]
    missing = {name: entry["reason"] for name, entry in entries.items() if entry["value"] is None}
    assert missing.keys() == NULL_ON_THE_DEMO.keys()
    assert all(fragment in missing[name] for name, fragment in NULL_ON_THE_DEMO.items())
    assert not sme_audit.results.evolution.isna().any(axis=None)


def flows(ledger: oracle.Ledger, rows: list[oracle.Row], day: dt.date) -> dict[str, Fraction]:
    """Work recovery rates and weighted days in plain loops."""
    found = {
        "weighted_days_to_pay": oracle_measures.weighted_days(ledger, rows, day, since_due=False),
        "weighted_days_beyond_terms": oracle_measures.weighted_days(ledger, rows, day, since_due=True)}
    for months in (1, 3):
        found[f"recovery_rate_{months}m"] = oracle_measures.recovery(ledger, day, months=months)
        found[f"recovery_rate_{30 * months}d"] = oracle_measures.recovery(ledger, day, days=30 * months)
        found[f"recovery_rate_overdue_{months}m"] = oracle_measures.overdue_recovery(ledger, day, months)
    return {name: known(value) for name, value in found.items()}


def known(value: Fraction | None) -> Fraction:
    assert value is not None
    return value


def open_disputes(audit: Audited) -> dict[int, int]:
    """Return the amount in dispute at the as-of date by movement."""
    day, found = pd.Timestamp(audit.day), defaultdict[int, int](int)
    names = ("movement_id", "amount_cents", "opened_on", "closed_on")
    columns = (audit.case.truth.disputes[name].tolist() for name in names)
    for movement, amount, opened, closed in zip(*columns, strict=True):
        if opened <= day and not closed <= day:
            found[movement] += amount
    return found


def insolvent(audit: Audited) -> set[str]:
    table = audit.case.truth.insolvencies
    return set(table.loc[table["judgment_date"] <= pd.Timestamp(audit.day), "customer_id"])
