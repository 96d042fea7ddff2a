"""Work in parts: nobody is cut in two, and the ledger is the same however many parts it was matched in."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib import parallel
from auditlib.ledger import Ledger, build_ledger
from auditlib.parameters import Method
from benchmarks.ledgers import synthetic_movements


@given(st.lists(st.integers(0, 400_000), max_size=12))
def test_parts_follow_one_another_and_hold_every_group(rows: list[int]) -> None:
    limits = parallel.group_limits(np.array(rows, dtype=np.int64))
    assert limits[0][0] == 0 and limits[-1][1] == len(rows)
    assert [first for first, _ in limits[1:]] == [last for _, last in limits[:-1]]


def test_each_gives_results_in_the_order_of_the_parts() -> None:
    assert parallel.each(lambda number: number * 2, list(range(20))) == list(range(0, 40, 2))


@pytest.mark.parametrize("method", ["codes", "all"])
def test_a_ledger_matched_in_parts_is_the_ledger_matched_at_once(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    movements = synthetic_movements(4_000, customers=60, seed=5)
    typed = movements["posting_date"].where(np.arange(len(movements)) % 3 > 0)
    movements = movements.assign(matching_date=typed.to_numpy().astype("datetime64[s]"))
    whole = _ledger(movements, method)
    monkeypatch.setattr(parallel, "LEAST_ROWS", 100)
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert len(parallel.group_limits(np.full(60, 60))) == 4
    parted = _ledger(movements, method)
    pd.testing.assert_frame_equal(parted.items, whole.items)
    pd.testing.assert_frame_equal(parted.allocations, whole.allocations)
    pd.testing.assert_frame_equal(parted.matching.broken, whole.matching.broken)


def _ledger(movements: pd.DataFrame, method: str) -> Ledger:
    return build_ledger(movements, as_of_date=dt.date(2025, 9, 30),
                        method=Method.model_validate({"matching": method}))
