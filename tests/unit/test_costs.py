"""Costs of lateness against the published table (DOMAIN.md A5) and by hand."""

import numpy as np
import pytest

from auditlib.costs import (
    cash_per_dso_day,
    cash_releasable,
    compensating_sales_table,
    financing_cost,
)

# S34, recomputed: loss → sales needed at 5, 10, 15, 20 and 25 % margin.
PUBLISHED = {
    1_000: [20_000, 10_000, 6_667, 5_000, 4_000],
    5_000: [100_000, 50_000, 33_333, 25_000, 20_000],
    10_000: [200_000, 100_000, 66_667, 50_000, 40_000],
    20_000: [400_000, 200_000, 133_333, 100_000, 80_000],
    50_000: [1_000_000, 500_000, 333_333, 250_000, 200_000],
}


@pytest.mark.parametrize("loss", PUBLISHED)
def test_compensating_sales_of_the_published_table(loss: int) -> None:
    table = compensating_sales_table(loss, margin_rate=None)
    assert table["amount_cents"].to_list() == PUBLISHED[loss]
    assert not table["is_own"].any()


def test_the_own_margin_rate_is_in_the_table_once() -> None:
    table = compensating_sales_table(800, margin_rate=0.08)
    assert table["margin_rate"].to_list() == [0.05, 0.08, 0.10, 0.15, 0.20, 0.25]
    assert table.loc[table["is_own"], "amount_cents"].to_list() == [10_000]
    assert len(compensating_sales_table(800, margin_rate=0.10)) == 5


def test_financing_cost_of_the_average() -> None:
    assert financing_cost(np.array([100_000, 300_000]), financing_rate=0.055) == pytest.approx(11_000)


def test_cash_per_day_of_dso() -> None:
    assert cash_per_dso_day(36_500, days=365) == 100.0


def test_cash_releasable_never_below_nil() -> None:
    assert cash_releasable(500, dated_gross_cents=1_000, target_rate=0.2) == 300
    assert cash_releasable(100, dated_gross_cents=1_000, target_rate=0.2) == 0
