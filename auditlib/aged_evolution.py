"""The evolution that several dated aged balances give without a ledger: balances and ageing at each printed date."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditlib.aged_balance_state import aged_buckets
from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, NOT_DUE, UNALLOCATED
from auditlib.audit_results import no_evolution
from auditlib.overdue import THRESHOLDS
from auditlib.reconciliation import printed_balances

if TYPE_CHECKING:
    from auditlib.loaders.intake import SecondSource

__all__ = ["aged_evolution", "dated_balances"]

APART = (NO_DUE_DATE, AGE_UNKNOWN, UNALLOCATED)
FEWEST = 2
UNDATED_LIMIT = 0.10


def dated_balances(sources: Sequence["SecondSource"], *, as_of_date: dt.date) -> dict[dt.date, "SecondSource"]:
    """Return one aged balance a printed date up to the as-of date, rising; none where fewer than two can be compared.

    A balance whose buckets are no ranges of days (calendar months) has no place in an evolution.
    """
    dated: dict[dt.date, SecondSource] = {}
    for source in sources:
        day = source.as_of_date or as_of_date
        if source.kind == "aged_balance" and day <= as_of_date and _is_in_days(aged_buckets(source)):
            dated.setdefault(day, source)
    return dict(sorted(dated.items())) if len(dated) >= FEWEST else {}


def _is_in_days(buckets: pd.DataFrame) -> bool:
    named = buckets["bucket"].isin([NOT_DUE, *APART])
    return not bool((~named & buckets["from_days"].isna() & (buckets["amount_cents"] != 0)).any())


def aged_evolution(balances: dict[dt.date, "SecondSource"]) -> pd.DataFrame:
    """Return one row a printed date, in the buckets that all the balances can be told in.

    Parameters
    ----------
    balances : dict of date to SecondSource
        From `dated_balances`.

    Returns
    -------
    DataFrame
        In the columns of `auditlib.evolution.evolution`, NaN where a balance does not say: DSO, recovery, a rate
        whose limit falls inside a bucket. [cents, VAT included; share 0–1]
    """
    tables = {day: aged_buckets(source) for day, source in balances.items()}
    lows = _common_lows(list(tables.values()))
    rows = [{"month_end": pd.Timestamp(day), **_row(table, lows, total=int(printed_balances(balances[day]).sum()))}
            for day, table in tables.items()]
    nothing = no_evolution([NOT_DUE, *_labels(lows), *APART])
    found = pd.DataFrame(rows).assign(dso_count_back_is_lower_bound=False)
    return found.reindex(columns=nothing.columns).astype(nothing.dtypes)


def _common_lows(tables: list[pd.DataFrame]) -> list[int]:
    """Return the first days overdue at which every balance starts a bucket."""
    starts = [{int(low) for low in table.loc[table["from_days"] >= 1, "from_days"]} for table in tables]
    return sorted({1} | set.intersection(*starts))


def _labels(lows: list[int]) -> list[str]:
    return [f"{low}-{after - 1}" for low, after in pairwise(lows)] + [f">{lows[-1] - 1}"]


def _row(table: pd.DataFrame, lows: list[int], *, total: int) -> dict[str, float]:
    amount, start = table["amount_cents"], table["from_days"]
    late = amount[start >= 1]
    place = np.searchsorted(lows, start[start >= 1].to_numpy(), side="right") - 1
    by_bucket = np.bincount(place, weights=late.to_numpy(), minlength=len(lows)) if len(late) else np.zeros(len(lows))
    apart = {name: int(amount[table["bucket"] == name].sum()) for name in APART}
    gross, undated = total - apart[UNALLOCATED], apart[NO_DUE_DATE] + apart[AGE_UNKNOWN]
    return {
        "receivable_cents": total, "gross_cents": gross, "overdue_cents": int(late.sum()),
        f"{NOT_DUE}_cents": int(amount[~(start >= 1) & ~table["bucket"].isin(APART)].sum()),
        **{f"{label}_cents": cents for label, cents in zip(_labels(lows), by_bucket, strict=True)},
        **{f"{name}_cents": cents for name, cents in apart.items()},
        **{name: _rate(table, days, gross=gross, undated=undated) for name, days in THRESHOLDS.items()}}


def _rate(table: pd.DataFrame, days: int, *, gross: int, undated: int) -> float:
    """Return what is overdue by more than a number of days over what is dated; NaN where the balance does not say."""
    late = table[table["from_days"] >= 1]
    straddles = (late["from_days"] <= days) & ~(late["to_days"] <= days) & (late["amount_cents"] != 0)
    if straddles.any() or gross <= undated or undated > UNDATED_LIMIT * gross:
        return np.nan
    return int(late.loc[late["from_days"] > days, "amount_cents"].sum()) / (gross - undated)
