"""The indicators of each segment of a receivable, by one or two dimensions (INDICATORS.md 3 and 4)."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib import reasons, segment_reasons
from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, UNALLOCATED, is_overdue
from auditlib.dates import add_months
from auditlib.dso import SPLIT_CLASSES, count_back
from auditlib.recovery import pooled, sums_of_members
from auditlib.results import Window
from auditlib.segment_facts import SegmentFacts
from auditlib.segment_stock import UNDATED_LIMIT, Measures, State, state_at, stock_measures
from auditlib.segmentation import Division

__all__ = ["FLOW_MEASURES", "TREND_MEASURES", "by_segment", "months_sold", "segment"]

DSO_PARTS = tuple(f"dso_{name}" for name in SPLIT_CLASSES)
RECOVERY = {"recovery_rate_1m": 1, "recovery_rate_3m": 3}
FLOW_MEASURES = ("dso", *DSO_PARTS, "dso_count_back", *RECOVERY, "weighted_days_to_pay", "weighted_days_beyond_terms",
                 "dilution_rate")
TREND_MONTHS = (3, 12)
TREND_MEASURES = tuple(f"{name}_change_{months}m{unit}" for months in TREND_MONTHS
                       for name, unit in (("receivable", "_cents"), ("overdue_rate", "")))
Ints = npt.NDArray[np.int64]
Held = npt.NDArray[np.bool_] | bool


def segment(facts: SegmentFacts, *dimensions: str, amounts_only: bool = False) -> pd.DataFrame:
    """Return one row a segment, with its indicators, its share of the whole and its trend.

    Parameters
    ----------
    facts : SegmentFacts
    dimensions : str
        One or two of `auditlib.segment_facts.DIMENSIONS`, or columns of the customers.
    amounts_only : bool
        Leave the columns of sales, payments and trend out: for tables of two dimensions.

    Returns
    -------
    DataFrame
        ``dimension``, ``segment`` ("" is not allocated), ``dimension_2``, ``segment_2``; amounts, which add up to
        the whole exactly: ``receivable_cents``, ``gross_cents``, one ``<bucket>_cents`` each, ``overdue_cents``,
        ``net_overdue_cents``, ``disputed_cents``, ``doubtful_cents``, ``sales_cents`` (window; nil by age)
        [cents, VAT included]; ``customers`` (one may be in several segments of its items), ``open_items``; then
        figures, each beside ``<figure>_reason``, "" where there is one: ``share``, the overdue rates,
        ``concentration_top1``, recovery rates, ``dilution_rate`` [share 0–1], ``dso``, its split, ``dso_count_back``
        (and ``dso_count_back_is_lower_bound``), days to pay and beyond terms [days], and changes since three and
        twelve months earlier of the same members (`TREND_MEASURES`; the receivable's in whole cents). Segments
        without an open item or a sale are left out.

    Notes
    -----
    Sales are those of the audit's own window, also where a segment began to sell later: the DSO of the whole is the
    average of the segments', weighted by sales. A figure over nothing is not available, never 0.
    """
    division = facts.division(*dimensions)
    state, measures = state_at(facts, division), Measures(division.count)
    stock_measures(facts, state, measures)
    sold = np.zeros(division.count, dtype=np.int64)
    if not amounts_only:
        sold = _flows(facts, division, state, measures)
        measures.amount("sales_cents", sold)
        _trend(facts, division, state, measures)
    used = (state.sums["open_items"].to_numpy() > 0) | (sold != 0)
    table: pd.DataFrame = measures.table(division.labels())[used].reset_index(drop=True)
    return table


def _by_age(division: Division) -> bool:
    return "age" in [one.name for one in division.dimensions]


def by_segment(members: npt.NDArray[np.int64], *, code: Ints, count: int) -> Ints:
    """Sum a table of members (rows) by segment, columns kept [cents]."""
    summed = np.zeros((count, *members.shape[1:]), dtype=np.int64)
    np.add.at(summed, code, members)
    return summed


def _flows(facts: SegmentFacts, division: Division, state: State, measures: Measures) -> Ints:
    """Add what needs sales and payments; return the sales of the window by segment [cents]."""
    evidence = facts.evidence
    if _by_age(division) or not evidence.has_flows:
        reason = segment_reasons.AGE_HAS_NO_FLOWS if _by_age(division) else reasons.OPEN_ITEMS_ONLY
        measures.refuse(FLOW_MEASURES, reason)
        measures.amount("dso_count_back_is_lower_bound", np.zeros(division.count, dtype=bool))
        return np.zeros(division.count, dtype=np.int64)
    code, window = facts.members_of(division), evidence.window(evidence.as_of_date)
    _count_back(facts, code, state, measures)
    _recovery(facts, code, measures)
    if window is None:
        windowed = [name for name in FLOW_MEASURES if name not in (*RECOVERY, "dso_count_back")]
        measures.refuse(windowed, reasons.SHORT_HISTORY)
        return np.zeros(division.count, dtype=np.int64)
    net, invoiced, credited = (
        by_segment(facts.sales_in([window], kinds=kinds), code=code, count=division.count)[:, 0]
        for kinds in ("net", "invoice", "credit_note"))
    _dso(facts, window, net, state, measures)
    _timing(facts, window, code, measures)
    measures.ratio("dilution_rate", -credited, invoiced, refused=[(invoiced <= 0, reasons.NOTHING_BILLED)])
    return net


def _dso(facts: SegmentFacts, window: Window, sold: Ints, state: State, measures: Measures) -> None:
    none_sold: tuple[Held, str] = (sold <= 0, reasons.NO_SALES)
    unknown: tuple[Held, str] = (not facts.evidence.intake.has_dispute_information, reasons.DISPUTES_UNKNOWN)
    days = float(window.days)
    measures.ratio("dso", state.sums["receivable_cents"].to_numpy() * days, sold, refused=[none_sold])
    for name in SPLIT_CLASSES:
        refused = [none_sold, unknown] if name == "disputed" else [none_sold]
        measures.ratio(f"dso_{name}", state.parts[name] * days, sold, refused=refused)


def months_sold(monthly: Ints, months: pd.PeriodIndex) -> pd.Series:
    """Return a segment's monthly sales from its own first month of sales on [cents]."""
    first = int(np.flatnonzero(monthly)[0]) if monthly.any() else len(monthly)
    return pd.Series(monthly[first:], index=months[first:])


def _count_back(facts: SegmentFacts, code: Ints, state: State, measures: Measures) -> None:
    monthly = by_segment(facts.monthly, code=code, count=measures.count) if len(facts.months) else None
    receivable, day = state.sums["receivable_cents"].to_numpy(), facts.evidence.as_of_date
    days, is_bound = np.full(measures.count, np.nan), np.zeros(measures.count, dtype=bool)
    for number in range(measures.count):
        sold = pd.Series(dtype="int64") if monthly is None else months_sold(monthly[number], facts.months)
        if len(sold) or receivable[number] <= 0:
            found = count_back(int(receivable[number]), monthly_sales=sold, as_of_date=day)
            days[number], is_bound[number] = found.days, found.is_lower_bound
    measures.figure("dso_count_back", days, refused=[(np.isnan(days), reasons.NO_SALES)])
    measures.amount("dso_count_back_is_lower_bound", is_bound)


def _recovery(facts: SegmentFacts, code: Ints, measures: Measures) -> None:
    for name, months in RECOVERY.items():
        members, member = facts.cohorts(months=months, dates=(facts.evidence.as_of_date,))
        rates = [pooled(sums).rate for sums in sums_of_members(members, code=code[member], count=measures.count)]
        values = np.array([np.nan if rate is None else rate for rate in rates])
        measures.figure(name, values, refused=[(np.isnan(values), reasons.NO_COHORT)])


def _timing(facts: SegmentFacts, window: Window, code: Ints, measures: Measures) -> None:
    paid = by_segment(facts.settled(window).to_numpy(), code=code, count=measures.count)
    for name, cents, days in (("weighted_days_to_pay", 0, 1), ("weighted_days_beyond_terms", 2, 3)):
        measures.ratio(name, paid[:, days], paid[:, cents], refused=[(paid[:, cents] <= 0, reasons.NOTHING_SETTLED)])


def _trend(facts: SegmentFacts, division: Division, state: State, measures: Measures) -> None:
    """Add the change of receivable and overdue rate since earlier dates, replayed."""
    day, evidence = facts.evidence.as_of_date, facts.evidence
    first = evidence.ledger.items["posting_date"].min().date()
    reason = "" if evidence.has_flows else reasons.OPEN_ITEMS_ONLY
    for months in TREND_MONTHS:
        names = [f"receivable_change_{months}m_cents", f"overdue_rate_change_{months}m"]
        then = add_months(day, -months)
        if reason or then < first:
            measures.refuse(names, reason or segment_reasons.TOO_RECENT)
            continue
        receivable, rate = _then(facts, division, then)
        measures.figure(names[0], (state.sums["receivable_cents"].to_numpy() - receivable).astype(np.float64),
                        refused=[])
        now = np.asarray(measures.columns["overdue_rate"], dtype=np.float64)
        missing = np.isnan(now) | np.isnan(rate)
        measures.figure(names[1], now - rate, refused=[
            (_by_age(division), segment_reasons.AGE_IS_ITS_RATE), (missing, segment_reasons.NOTHING_THEN)])


def _then(facts: SegmentFacts, division: Division, day: dt.date) -> tuple[Ints, npt.NDArray[np.float64]]:
    """Return receivable [cents] and overdue rate [share 0–1] of each segment at a past date."""
    balances = facts.balances([day], shown=_by_age(division))
    table = balances.table(division)[:, 0, :]
    labels = pd.Series(balances.buckets)
    undated = table[:, labels.isin([NO_DUE_DATE, AGE_UNKNOWN]).to_numpy()].sum(axis=1)
    late = table[:, is_overdue(labels)].sum(axis=1)
    gross = table[:, (labels != UNALLOCATED).to_numpy()].sum(axis=1)
    fits = (gross > undated) & (undated <= UNDATED_LIMIT * gross)
    rate = np.divide(late, gross - undated, out=np.full(len(gross), np.nan), where=fits)
    return table.sum(axis=1), rate
