"""Findings: each rule fires on its own fact, with the amount summed by hand."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.findings import audit_findings, derived_findings
from tests.unit.results_fixture import results


def without(name: str, **frames: Any) -> Any:
    """Return the fixture's results with some frames replaced."""
    return SimpleNamespace(**(vars(results()) | frames | {"marker": name}))


def test_findings_follow_the_contract_and_put_the_serious_first() -> None:
    found = audit_findings(results())
    assert list(found.columns) == list(schemas.FINDINGS.columns)
    order = found["severity"].astype("str").map({"serious": 0, "warning": 1, "info": 2})
    assert order.is_monotonic_increasing


def test_over_90_days_is_the_plain_sum_of_those_items() -> None:
    audit = results()
    total = 0
    items = audit.open_items[["days_overdue", "residual_cents"]]
    for days, cents in items.to_numpy(dtype=float).tolist():
        if days > 90 and cents > 0:
            total += int(cents)
    row = derived_findings(audit).set_index("finding").loc["overdue_over_90_days"]
    assert row["amount_cents"] == total


def test_a_broken_tie_is_serious_and_says_its_difference() -> None:
    row = derived_findings(results(ties=False)).set_index("finding").loc["broken_tie"]
    assert row["severity"] == "serious"
    assert "123,45" in row["sentence"]


@pytest.mark.parametrize("ties", [True, None])
def test_no_tie_finding_where_it_ties_or_there_is_one_source(ties: bool | None) -> None:
    assert "broken_tie" not in derived_findings(results(ties=ties))["finding"].tolist()


def test_unallocated_credits_are_silent_at_five_per_cent() -> None:
    items = results().open_items.iloc[:2].assign(residual_cents=[10_000, -500])
    people = results().customers.iloc[:1].assign(receivable_cents=9_500, net_overdue_cents=0)
    found = derived_findings(without("5 %", open_items=items, customers=people))["finding"].tolist()
    assert "unallocated_credits" not in found
    items = items.assign(residual_cents=[10_000, -501])
    found = derived_findings(without("5.01 %", open_items=items, customers=people))["finding"].tolist()
    assert "unallocated_credits" in found


def test_a_finding_of_the_loader_is_not_repeated() -> None:
    known = pd.DataFrame(
        {
            "finding": ["credit_balance_customers"],
            "severity": ["warning"],
            "rows": [1],
            "amount_cents": [1],
            "sentence": ["déjà dit"],
        }
    )
    found = audit_findings(without("known", findings=schemas.validate(known, schemas.FINDINGS)))
    assert found.loc[found["finding"] == "credit_balance_customers", "sentence"].tolist() == ["déjà dit"]


def test_nothing_open_gives_no_finding() -> None:
    items = schemas.empty(schemas.OPEN_ITEMS)
    people = results().customers.iloc[:0]
    assert derived_findings(
        without("empty", open_items=items, customers=people, tie_out=results(ties=None).tie_out)
    ).empty
