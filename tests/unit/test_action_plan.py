"""The action plan claims what the law and the client's receipts leave, and nothing else."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from auditlib.action_plan import action_plan, claimable
from tests.unit.results_fixture import results


def one_customer(*, net: int = 100_000, **item: Any) -> Any:
    """Return results of one customer with one item of 1 000.00 overdue by 40 days, changed as asked."""
    whole = results()
    values: dict[str, Any] = {
        "customer_id": "000001",
        "residual_cents": 100_000,
        "days_overdue": 40.0,
        "disputed_cents": 0,
        "is_doubtful": False,
        "is_retention": False,
        "is_group": False,
        "due_date_origin": "given",
        "is_terms_confirmed": False,
    }
    items = whole.open_items.iloc[:1].assign(**(values | item))
    people = whole.customers[whole.customers["customer_id"] == "000001"].assign(
        net_overdue_cents=net, customer_type="B2B", zone="FR"
    )
    return SimpleNamespace(**(vars(whole) | {"open_items": items, "customers": people}))


def claim(audit: Any) -> int:
    """Return what is claimed from the only customer."""
    return int(claimable(audit)["claim_cents"].sum())


@pytest.mark.parametrize("flag", ["is_doubtful", "is_retention", "is_group"])
def test_nothing_is_claimed_from_insolvent_retention_or_group(flag: str) -> None:
    audit = one_customer(**{flag: True})
    assert claim(audit) == 0
    assert action_plan(audit).empty


def test_the_disputed_part_is_set_aside() -> None:
    assert claim(one_customer(disputed_cents=30_000)) == 70_000


def test_the_claim_never_exceeds_net_overdue() -> None:
    """1 000.00 overdue less 600.00 received and not allocated, of which 300.00 disputed: 100.00."""
    assert claim(one_customer(net=40_000, disputed_cents=30_000)) == 10_000


def test_an_unconfirmed_due_date_is_confirmed_before_anything_is_claimed() -> None:
    audit = one_customer(due_date_origin="default")
    assert claim(audit) == 0
    assert "confirmer" in action_plan(audit)["next_step"].iloc[0]
    assert claim(one_customer(due_date_origin="terms", is_terms_confirmed=True)) == 100_000


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (4, "Première relance"),
        (8, "Premier appel"),
        (15, "Deuxième relance"),
        (34, "Avis avant mise en demeure"),
        (35, "Mise en demeure"),
        (400, "Mise en demeure"),
    ],
)
def test_the_step_follows_the_scale_of_days(days: int, step: str) -> None:
    assert action_plan(one_customer(days_overdue=float(days)))["next_step"].tolist() == [step]


def test_the_most_urgent_come_first_and_the_plan_ties_to_its_claims() -> None:
    audit = results()
    plan = action_plan(audit)
    assert plan["urgency"].is_monotonic_increasing
    assert plan["claim_cents"].sum() == claimable(audit)["claim_cents"].sum()
    assert (plan["claim_cents"] + plan["set_aside_cents"] == plan["net_overdue_cents"]).all()


def test_an_empty_ledger_gives_an_empty_plan() -> None:
    whole = results()
    nothing = SimpleNamespace(
        **(vars(whole) | {"open_items": whole.open_items.iloc[:0], "customers": whole.customers.iloc[:0]})
    )
    assert isinstance(action_plan(nothing), pd.DataFrame)  # type: ignore[arg-type]
    assert action_plan(nothing).empty  # type: ignore[arg-type]


def test_a_balance_without_its_invoices_claims_nothing_yet() -> None:
    whole = results()
    aged = SimpleNamespace(**(vars(whole) | {"open_items": whole.open_items.iloc[:0]}))
    plan = action_plan(aged)  # type: ignore[arg-type]
    assert plan["claim_cents"].sum() == 0
    assert plan["unconfirmed_cents"].sum() == whole.customers["net_overdue_cents"].sum()
    assert plan["next_step"].unique().tolist() == ["Obtenir le détail des factures avant toute relance"]
