"""Collection effectiveness against published examples (DOMAIN.md A3), dilution by hand."""

import datetime as dt

import pandas as pd
import pytest

from auditlib.collection import collection_effectiveness_index, dilution_rate, posted_between
from auditlib.results import Window


@pytest.mark.parametrize(("opening", "sales", "closing", "not_due", "expected"), [
    (100_000, 1_000_000, 120_000, 100_000, 0.98),  # S18
    (6_200, 10_890, 6_340, 3_590, 0.7963),  # S8
])
def test_published_indices(opening: int, sales: int, closing: int, not_due: int, expected: float) -> None:
    assert collection_effectiveness_index(
        opening, sales_cents=sales, closing_cents=closing, closing_not_due_cents=not_due, write_offs_cents=0,
    ) == pytest.approx(expected, abs=5e-5)


def test_a_write_off_is_not_collected() -> None:
    # (100 + 50 − 60 − 10) / (100 + 50 − 40)
    assert collection_effectiveness_index(
        100, sales_cents=50, closing_cents=60, closing_not_due_cents=40, write_offs_cents=10) == pytest.approx(80 / 110)


def test_nothing_to_collect_has_no_index() -> None:
    assert collection_effectiveness_index(
        0, sales_cents=10, closing_cents=10, closing_not_due_cents=10, write_offs_cents=0) is None


def test_dilution() -> None:
    assert dilution_rate(12, invoiced_cents=240) == pytest.approx(0.05)
    assert dilution_rate(0, invoiced_cents=0) is None


def test_posted_between_counts_both_ends() -> None:
    items = pd.DataFrame({"kind": ["write_off", "write_off", "invoice", "write_off"], "amount_cents": [-1, -2, 4, -8],
                          "posting_date": pd.to_datetime(["2025-10-01", "2025-12-31", "2025-11-01", "2026-01-01"])})
    window = Window(dt.date(2025, 10, 1), dt.date(2025, 12, 31), 3)
    assert posted_between(items, kind="write_off", window=window) == -3
