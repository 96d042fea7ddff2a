"""Concentration against published examples (DOMAIN.md A10)."""

import pandas as pd
import pytest

from auditlib.concentration import abc_classes, exposures, gini, herfindahl, top_share


def test_herfindahl_of_the_published_example() -> None:
    assert herfindahl(pd.Series([30, 30, 20, 20])) == pytest.approx(2_600)  # S76, S77
    assert herfindahl(pd.Series([7])) == pytest.approx(10_000)


@pytest.mark.parametrize(("balances", "expected"), [([1, 1, 1, 1], 0.0), ([0, 0, 0, 1], 0.75)])
def test_gini_of_known_shapes(balances: list[int], expected: float) -> None:
    assert gini(pd.Series(balances)) == pytest.approx(expected)


def test_nothing_is_concentrated_where_there_is_no_balance() -> None:
    nothing = pd.Series([], dtype="int64")
    assert (herfindahl(nothing), gini(nothing), top_share(nothing, count=1)) == (None, None, None)


def test_a_group_counts_once_and_credit_balances_not_at_all() -> None:
    customers = pd.DataFrame({"customer_id": ["A", "B", "C", "D"], "group_id": ["G", "G", "", ""],
                              "receivable_cents": [50, 30, 20, -40]})
    balances = exposures(customers)
    assert balances.to_dict() == {"G": 80, "C": 20}
    assert top_share(balances, count=1) == pytest.approx(0.8)
    assert top_share(balances, count=5) == 1.0


def test_abc_classes_stop_at_80_and_95_per_cent() -> None:
    table = abc_classes(pd.Series([50, 30, 10, 5, 3, 2]))
    assert table["customers"].to_list() == [2, 2, 2]
    assert table["amount_cents"].to_list() == [80, 15, 5]
    assert table["share"].to_list() == pytest.approx([0.80, 0.15, 0.05])
