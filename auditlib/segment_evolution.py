"""The evolution of each segment: the audit's month ends replayed, as `auditlib.evolution` does for the whole."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, NOT_DUE, UNALLOCATED, is_overdue
from auditlib.conversion import part_of
from auditlib.dso import SPLIT_CLASSES, count_back, split_parts
from auditlib.evolution import with_dated_status
from auditlib.open_items import states
from auditlib.overdue import THRESHOLDS
from auditlib.recovery import pooled, sums_of_members
from auditlib.segment_balances import Balances
from auditlib.segment_facts import SegmentFacts
from auditlib.segment_stock import UNDATED_LIMIT
from auditlib.segment_table import by_segment, months_sold
from auditlib.segmentation import Division, totals

__all__ = ["evolution_of_segment", "segment_evolution"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
DEBIT_CLASSES = tuple(name for name in SPLIT_CLASSES if name != "unallocated")


def segment_evolution(facts: SegmentFacts, *dimensions: str, dates: Sequence[dt.date]) -> pd.DataFrame:
    """Return one row per segment and month end, each figure by replay.

    Parameters
    ----------
    facts : SegmentFacts
    dimensions : str
        One or two, as for `auditlib.segment_table.segment`; not ``age``, which the buckets of the evolution tell.
    dates : sequence of date
        Month ends, rising.

    Returns
    -------
    DataFrame
        ``dimension``, ``segment``, ``dimension_2``, ``segment_2``, then the columns of `auditlib.evolution.evolution`;
        NaN where not available. Amounts of all segments add up to the whole at each month end. [cents, VAT included;
        share 0–1; days]

    Notes
    -----
    Membership is that at the as-of date: a customer who changed salesperson has his past with him. The window of sales
    of each date is the audit's own.
    """
    days, division = list(dates), facts.division(*dimensions)
    balances, labels = facts.balances(days), division.labels()
    aged, shown = balances.table(division), facts.balances(days, shown=True)
    by_bucket = shown.table(division)
    late = aged[:, :, is_overdue(pd.Series(balances.buckets))].sum(axis=2)
    receivable = aged.sum(axis=2)
    columns: dict[str, npt.NDArray[np.generic]] = {
        "receivable_cents": receivable, "gross_cents": receivable - aged[:, :, balances.buckets.index(UNALLOCATED)],
        **{f"{label}_cents": by_bucket[:, :, number] for number, label in enumerate(shown.buckets)},
        "overdue_cents": late, **_rates(aged, balances.buckets), **_days(facts, division, days, balances, receivable),
        **_recovered(facts, division, days)}
    used = np.flatnonzero((aged != 0).any(axis=(1, 2)))
    rows = labels.iloc[np.repeat(used, len(days))].reset_index(drop=True)
    rows["month_end"] = np.tile(np.array(days, dtype="datetime64[s]"), len(used))
    figures = pd.DataFrame({name: table[used].ravel() for name, table in columns.items()})
    return pd.concat([rows, figures], axis=1)


def evolution_of_segment(
    facts: SegmentFacts, *, dimension: str, value: str, dates: Sequence[dt.date],
) -> pd.DataFrame:
    """Return the evolution of one segment, in the columns of `auditlib.evolution.evolution`.

    Raises
    ------
    KeyError
        If no item is in that segment.
    """
    every = segment_evolution(facts, dimension, dates=dates)
    own = every[every["segment"] == value]
    if own.empty:
        raise KeyError(f"{dimension}: no segment {value!r}")
    return own.drop(columns=["dimension", "segment", "dimension_2", "segment_2"]).reset_index(drop=True)


def _rates(aged: Ints, buckets: list[str]) -> dict[str, Floats]:
    labels = pd.Series(buckets)
    gross = aged[:, :, (labels != UNALLOCATED).to_numpy()].sum(axis=2)
    undated = aged[:, :, labels.isin([NO_DUE_DATE, AGE_UNKNOWN]).to_numpy()].sum(axis=2)
    fits = (gross > undated) & (undated <= UNDATED_LIMIT * gross)
    rates = {}
    for name, days in THRESHOLDS.items():
        above = [late and _first_day(label) > days for label, late in zip(labels, is_overdue(labels), strict=True)]
        late = aged[:, :, np.array(above)].sum(axis=2)
        rates[name] = np.divide(late, gross - undated, out=np.full(late.shape, np.nan), where=fits)
    return rates


def _first_day(label: str) -> int:
    return int(label[1:]) + 1 if label.startswith(">") else int(label.partition("-")[0])


def _days(
    facts: SegmentFacts, division: Division, days: list[dt.date], balances: Balances, receivable: Ints,
) -> dict[str, npt.NDArray[np.generic]]:
    """Return the DSO, its split and the count-back of each segment at each date [days]."""
    evidence, code = facts.evidence, facts.members_of(division)
    windows = [evidence.window(day) for day in days]
    sold = by_segment(facts.sales_in(windows), code=code, count=division.count)
    length = np.array([window.days if window else 0 for window in windows], dtype=np.int64)
    found: dict[str, npt.NDArray[np.generic]] = {"dso": _over(receivable * length, sold)}
    for name, part in _split(facts, division, days, balances).items():
        found[f"dso_{name}"] = _over(part * length, sold)
    if not evidence.intake.has_dispute_information:
        found["dso_disputed"] = np.full(sold.shape, np.nan)
    return found | _counted_back(facts, code, days, receivable)


def _over(amounts: Ints, sold: Ints) -> Floats:
    days: Floats = np.divide(amounts, sold, out=np.full(sold.shape, np.nan), where=sold > 0)
    return days


def _split(facts: SegmentFacts, division: Division, days: list[dt.date], balances: Balances) -> dict[str, Ints]:
    """Split the receivable of each segment at each date, most of it from the balances (`evolution.split_totals`)."""
    evidence, labels = facts.evidence, pd.Series(balances.buckets)
    special: set[str] = facts.once("special customers", lambda: with_dated_status(evidence))
    apart = balances.rows["customer_id"].cat.categories.astype("str").isin(special)
    usual = np.append(~apart, True)[balances.rows["customer_id"].cat.codes.to_numpy()]
    table = Balances(balances.rows[usual], balances.moment[usual], balances.amount[usual], days,
                     balances.buckets).table(division)
    parts = {
        "best_possible": table[:, :, balances.buckets.index(NOT_DUE)],
        "late": table[:, :, is_overdue(labels)].sum(axis=2), "disputed": np.zeros(table.shape[:2], dtype=np.int64),
        "doubtful": np.zeros(table.shape[:2], dtype=np.int64),
        "undated": table[:, :, labels.isin([NO_DUE_DATE, AGE_UNKNOWN]).to_numpy()].sum(axis=2),
        "unallocated": balances.table(division)[:, :, balances.buckets.index(UNALLOCATED)]}
    code = facts.members_of(division)
    replayed = facts.once(("special", tuple(days)), lambda: _special_parts(facts, special, days))
    for at, of_members in enumerate(replayed):
        of_segments = by_segment(of_members, code=code, count=division.count)
        for number, name in enumerate(DEBIT_CLASSES):
            parts[name][:, at] += of_segments[:, number]
    if days and days[-1] == evidence.as_of_date:
        now = by_segment(_latest_parts(facts), code=code, count=division.count)
        for number, name in enumerate(DEBIT_CLASSES):
            parts[name][:, -1] = now[:, number]
    return parts


def _special_parts(facts: SegmentFacts, special: set[str], days: list[dt.date]) -> list[Ints]:
    """Replay, at each date, the debits of customers whose status a replay must look up: classes by member [cents]."""
    if not special:
        return []
    evidence = facts.evidence
    ledger = part_of(evidence.ledger, evidence.ledger.items["customer_id"].isin(special).to_numpy())
    member = facts.keys.code[evidence.ledger.items["customer_id"].isin(special).to_numpy()]
    found = []
    for day in days:
        state = states(ledger, disputes=evidence.intake.disputes, insolvencies=evidence.intake.insolvencies,
                       as_of_date=day, columns=["item_id"])
        found.append(_classes(state, member[state["item_id"].to_numpy()], len(facts.keys.keys)))
    return found


def _latest_parts(facts: SegmentFacts) -> Ints:
    """Return the classes of the open items at the as-of date by member, undated statuses among them [cents]."""
    items = facts.evidence.open_items
    return _classes(items, facts.keys.code[items["item_id"].to_numpy()], len(facts.keys.keys))


def _classes(state: pd.DataFrame, member: Ints, count: int) -> Ints:
    parts = split_parts(state)
    return np.stack([totals(member, parts[name], count=count) for name in DEBIT_CLASSES], axis=1)


def _counted_back(
    facts: SegmentFacts, code: Ints, days: list[dt.date], receivable: Ints,
) -> dict[str, npt.NDArray[np.generic]]:
    counted, is_bound = np.full(receivable.shape, np.nan), np.zeros(receivable.shape, dtype=bool)
    months = facts.months
    monthly = by_segment(facts.monthly, code=code, count=len(receivable)) if len(months) else None
    known = [int((months <= pd.Period(day, freq="M")).sum()) for day in days]
    for number in range(len(receivable)):
        sold = pd.Series(dtype="int64") if monthly is None else months_sold(monthly[number], months)
        skipped = len(months) - len(sold)
        for at, day in enumerate(days):
            until = sold.iloc[:max(known[at] - skipped, 0)]
            if len(until) or receivable[number, at] <= 0:
                found = count_back(int(receivable[number, at]), monthly_sales=until, as_of_date=day)
                counted[number, at], is_bound[number, at] = found.days, found.is_lower_bound
    return {"dso_count_back": counted, "dso_count_back_is_lower_bound": is_bound}


def _recovered(facts: SegmentFacts, division: Division, days: list[dt.date]) -> dict[str, npt.NDArray[np.generic]]:
    code, found = facts.members_of(division), {}
    for months in (1, 3):
        members, member = facts.cohorts(months=months, dates=days)
        rates = np.full((division.count, len(days)), np.nan)
        for number, sums in enumerate(sums_of_members(members, code=code[member], count=division.count)):
            for at in range(len(days)):
                rate = pooled(sums, date=at).rate
                rates[number, at] = np.nan if rate is None else rate
        found[f"recovery_rate_{months}m"] = rates
    return found
