"""Every source beside every other that speaks of the same day: totals, and the customers that differ."""

import datetime as dt
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.reconciliation import Balances, customer_differences, names_customers, printed_balances

if TYPE_CHECKING:
    from auditlib.loaders.intake import SecondSource

__all__ = ["LEDGER", "TOTALS_ONLY", "compared_pairs", "no_pairs"]

LEDGER = "ledger"
"""Kind of the first side where it is the ledger, replayed at the other source's date."""
PAIR_TYPES = {"first": "str", "first_kind": "str", "second": "str", "second_kind": "str",
              "as_of_date": "datetime64[s]", "first_cents": "int64", "second_cents": "int64",
              "difference_cents": "int64", "customers": "int64", "ties": "bool"}
GAP_TYPES = {"first": "str", "second": "str", "as_of_date": "datetime64[s]", "customer_id": "str", "name": "str",
             "first_cents": "int64", "second_cents": "int64", "difference_cents": "int64"}
BY_CUSTOMER = {"ledger_cents": "first_cents", "second_source_cents": "second_cents"}
TOTALS_ONLY = -1
"""Stands for the number of customers that differ where one side names none."""


def no_pairs() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return both tables of `compared_pairs` without a row."""
    return _typed([], PAIR_TYPES), _typed([], GAP_TYPES)


def compared_pairs(
    sources: Sequence["SecondSource"], *, balances: Balances, names: pd.Series, as_of_date: dt.date,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare the ledger with each source at its date, then each two sources printed for one day.

    Parameters
    ----------
    sources : sequence of SecondSource
        Best first.
    balances : callable
        Ledger balance by customer at a date; None where there is none.
    names : Series of str
        By customer.
    as_of_date : date
        Date of a source that prints none.

    Returns
    -------
    pairs : DataFrame
        ``first`` and ``second`` (names; the ledger's is ""), their kinds, ``as_of_date``, ``first_cents``,
        ``second_cents``, ``difference_cents`` (first less second), ``customers`` that differ (-1 where one side names
        none), ``ties``. [cents, VAT included]
    gaps : DataFrame
        The customers that differ, of each pair, the largest difference first. [cents, VAT included]
    """
    pairs, gaps = [], [_typed([], GAP_TYPES)]
    for second in sources:
        day = second.as_of_date or as_of_date
        ledger = balances(day)
        if ledger is not None:
            pair, gap = _pair("", LEDGER, ledger, second, names=names, by_customer=True, day=day)
            pairs.append(pair)
            gaps.append(gap)
    for first, second in combinations(sources, 2):
        day = first.as_of_date or as_of_date
        if day == (second.as_of_date or as_of_date):
            pair, gap = _pair(first.name, first.kind, printed_balances(first), second, names=names,
                              by_customer=names_customers(first), day=day)
            pairs.append(pair)
            gaps.append(gap)
    return _typed(pairs, PAIR_TYPES), pd.concat(gaps, ignore_index=True)


def _pair(
    name: str, kind: str, first: pd.Series, second: "SecondSource", *, names: pd.Series, by_customer: bool,
    day: dt.date,
) -> tuple[tuple[object, ...], pd.DataFrame]:
    """Return a row of pairs, and its customers that differ."""
    total, other = int(first.sum()), int(printed_balances(second).sum())
    gap, apart = _typed([], GAP_TYPES), TOTALS_ONLY
    if by_customer and names_customers(second):
        found = customer_differences(second, ledger=first, names=names).rename(columns=BY_CUSTOMER)
        gap = found.assign(first=name, second=second.name, as_of_date=pd.Timestamp(day))[list(GAP_TYPES)]
        gap, apart = gap.astype(GAP_TYPES), len(gap)
    row = (name, kind, second.name, second.kind, pd.Timestamp(day), total, other, total - other, apart, total == other)
    return row, gap


def _typed(rows: list[tuple[object, ...]], types: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(types)).astype(types)
