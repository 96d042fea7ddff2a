"""Orders and sums of long columns, against NumPy's own and Python's."""

from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from auditlib.ordering import order_in_runs, row_order, sorted_rows, sums_at, text_order

WIDE = st.integers(-(2**63), 2**63 - 1)
TEXTS = st.text(alphabet="Aaé0/1", max_size=40) | st.sampled_from(["FA2025-0001", "FA2025-0001-BIS", "", "€"])


@given(st.lists(st.tuples(st.integers(-3, 3), WIDE, st.integers(0, 2)), max_size=40))
def test_rows_come_in_the_order_of_tuples_and_ties_stay(rows: list[tuple[int, int, int]]) -> None:
    columns = [np.array([row[at] for row in rows], dtype=np.int64) for at in range(3)]
    order, same = sorted_rows(*columns)
    expected = sorted(range(len(rows)), key=lambda row: rows[row])  # Python's sort is stable
    assert order.tolist() == expected
    assert same[1:].tolist() == [rows[first] == rows[second] for first, second in pairwise(expected)]
    assert not same[:1].any()


def test_a_short_column_is_packed_with_others() -> None:
    assert row_order(np.array([1, 0, 1], dtype=np.int8), np.array([7, 9, 5], dtype=np.int32)).tolist() == [1, 2, 0]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 2), WIDE), max_size=40))
def test_rows_are_ordered_within_runs(rows: list[tuple[int, int, int]]) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    run, first, second = (np.array([row[at] for row in rows], dtype=np.int64) for at in range(3))
    order, same = order_in_runs(run, first, second)
    expected = sorted(range(len(rows)), key=lambda row: rows[row])
    assert order.tolist() == expected
    assert same.tolist() == [at > 0 and rows[row] == rows[expected[at - 1]] for at, row in enumerate(expected)]


@given(st.lists(st.tuples(st.integers(0, 2), TEXTS), max_size=30))
def test_texts_come_in_the_order_of_their_bytes_within_runs(rows: list[tuple[int, str]]) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    groups, texts = np.array([row[0] for row in rows], dtype=np.int64), pd.Series([row[1] for row in rows], dtype="str")
    order, same = text_order(groups, texts)
    keys = [(group, text.encode()) for group, text in rows]
    expected = sorted(range(len(rows)), key=lambda row: keys[row])
    assert order.tolist() == expected
    assert same[1:].tolist() == [keys[first] == keys[second] for first, second in pairwise(expected)]


def test_sums_are_exact_where_floats_are_not() -> None:
    assert sums_at(np.array([1, 1, 0]), np.array([2**53, 1, 5]), count=3).tolist() == [5, 2**53 + 1, 0]
