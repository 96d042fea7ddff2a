"""Every indicator of a whole audit against plain loops, on invented ledgers."""

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import oracle, oracle_measures
from tests.oracle import Ledger, Row
from tests.properties import frames
from tests.properties.strategies import AS_OF, carried_ledgers, ledgers
from tests.properties.test_laws import MONTH_ENDS

EXAMPLES = 25  # a whole audit takes a third of a second
RATES = {"overdue_rate": 0, "overdue_rate_30": 30, "overdue_rate_60": 60, "overdue_rate_90": 90}
PARTS = ("best_possible", "late", "doubtful", "undated", "unallocated")
HORIZONS: dict[str, dict[str, int]] = {
    "recovery_rate_1m": {"months": 1},
    "recovery_rate_3m": {"months": 3},
    "recovery_rate_30d": {"days": 30},
    "recovery_rate_90d": {"days": 90},
}


def number(value: Fraction | None) -> Any:
    return None if value is None else pytest.approx(float(value), rel=1e-9, abs=1e-12)


@settings(max_examples=EXAMPLES)
@given(st.one_of(ledgers(), carried_ledgers()), st.sampled_from(["auto", "all"]))
def test_a_whole_audit_agrees_with_the_oracle(rows: list[Row], method: str) -> None:
    summary = frames.results(rows, AS_OF, method).summary
    rows = [row for row in rows if row.posted <= AS_OF]
    ledger = oracle.build(rows, AS_OF, method)
    values = {name: entry["value"] for name, entry in summary["indicators"].items()}
    expected = stock(ledger) | flows(ledger, rows) | recoveries(ledger)
    assert {name: values[name] for name in expected} == expected
    assert summary["receivable"] | receivable(ledger) == summary["receivable"]
    assert [point_of(entry) for entry in summary["evolution"]] == [evolution(ledger, rows, day) for day in MONTH_ENDS]


def receivable(ledger: Ledger) -> dict[str, Any]:
    left = [amount for amount in oracle.open_amounts(ledger, AS_OF).values() if amount]
    return {
        "total": sum(left) / 100,
        "gross": sum(a for a in left if a > 0) / 100,
        "open_items": len(left),
        "net_overdue": sum(oracle_measures.net_overdue(ledger, AS_OF).values()) / 100,
        "unallocated_credits": sum(a for a in left if a < 0) / 100,
    }


def stock(ledger: Ledger) -> dict[str, Any]:
    found = {name: number(oracle_measures.overdue_rate(ledger, AS_OF, late)) for name, late in RATES.items()}
    by_customer: dict[str, int] = defaultdict(int)
    for n, left in oracle.open_amounts(ledger, AS_OF).items():
        by_customer[ledger.items[n].row.customer] += left
    shares = oracle_measures.concentration(by_customer.values())
    return found | {f"concentration_{name}": number(share) for name, share in shares.items()}


def flows(ledger: Ledger, rows: list[Row]) -> dict[str, Any]:
    total = sum(row.amount for row in rows)
    parts = oracle_measures.split(ledger, AS_OF)
    found = {"dso": number(oracle_measures.dso(total, rows, AS_OF))}
    found |= {f"dso_{name}": number(oracle_measures.dso(parts[name], rows, AS_OF)) for name in PARTS}
    return found | {
        "dso_excl_doubtful": number(oracle_measures.dso(total - parts["doubtful"], rows, AS_OF)),
        "dso_count_back": number(oracle_measures.count_back(total, rows, AS_OF)[0]),
        "dilution_rate": number(oracle_measures.dilution(rows, AS_OF)),
        "collection_effectiveness_index": number(oracle_measures.collection_effectiveness(ledger, rows, AS_OF)),
        "weighted_days_to_pay": number(oracle_measures.weighted_days(ledger, rows, AS_OF, since_due=False)),
        "weighted_days_beyond_terms": number(oracle_measures.weighted_days(ledger, rows, AS_OF, since_due=True)),
        "weighted_contract_terms": number(oracle_measures.contract_terms(rows, AS_OF)),
    }


def recoveries(ledger: Ledger) -> dict[str, Any]:
    found = {name: number(oracle_measures.recovery(ledger, AS_OF, **horizon)) for name, horizon in HORIZONS.items()}
    return found | {
        f"recovery_rate_overdue_{n}m": number(oracle_measures.overdue_recovery(ledger, AS_OF, n)) for n in (1, 3)
    }


def point_of(entry: dict[str, Any]) -> dict[str, Any]:
    names = (
        "receivable",
        "ageing",
        "overdue_rate",
        "overdue_rate_90",
        "dso",
        "dso_late",
        "dso_count_back",
        "recovery_rate_1m",
        "recovery_rate_3m",
    )
    return {"month_end": entry["month_end"]} | {name: entry[name] for name in names}


def evolution(ledger: Ledger, rows: list[Row], day: dt.date) -> dict[str, Any]:
    buckets = dict.fromkeys(
        ("not_due", "1-30", "31-60", "61-90", ">90", "no_due_date", "age_unknown", "unallocated_credits"), 0
    )
    for (_, bucket), amount in oracle.balances(ledger, day).items():
        buckets[bucket] += amount
    total = sum(buckets.values())
    return {
        "month_end": day.isoformat(),
        "receivable": total / 100,
        "ageing": {name: a / 100 for name, a in buckets.items()},
        "overdue_rate": number(oracle_measures.overdue_rate(ledger, day)),
        "overdue_rate_90": number(oracle_measures.overdue_rate(ledger, day, 90)),
        "dso": number(oracle_measures.dso(total, rows, day)),
        "dso_late": number(oracle_measures.dso(oracle_measures.split(ledger, day)["late"], rows, day)),
        "dso_count_back": number(oracle_measures.count_back(total, rows, day)[0]),
        "recovery_rate_1m": number(oracle_measures.recovery(ledger, day, months=1)),
        "recovery_rate_3m": number(oracle_measures.recovery(ledger, day, months=3)),
    }
