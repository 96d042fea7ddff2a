"""What replaying the ledger at its month ends gives: evolution, cohorts, cube, sales, and past net overdue."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from auditlib import cube, evolution, reasons
from auditlib.ageing import bucket_labels
from auditlib.audit_results import no_cohorts, no_cube, no_evolution, no_sales
from auditlib.dates import day_number, day_numbers, month_ends
from auditlib.evidence import Evidence
from auditlib.open_items import residuals
from auditlib.recovery import cohorts_table

__all__ = ["History", "balances_at", "no_history", "replay_history"]

STANDARD_LIMITS = (30, 60, 90)
"""Bucket limits the overdue rates need, whatever buckets are shown."""
WINDOW_MONTHS = 12


@dataclass(frozen=True)
class History:
    """What a replay of the ledger gives; empty where there is none, for the `reason` in words."""

    evolution: pd.DataFrame
    cohorts: pd.DataFrame
    cube: pd.DataFrame
    sales: pd.DataFrame
    past_net_overdue: dict[dt.date, int]
    reason: str | None = None


def no_history(reason: str, *, buckets: tuple[int, ...], state: pd.DataFrame | None = None) -> History:
    """Return a history without a month, with the reason; `state` is the cube at the one date known."""
    return History(evolution=no_evolution(bucket_labels(buckets)), cohorts=no_cohorts(), sales=no_sales(),
                   cube=no_cube() if state is None else state, past_net_overdue={}, reason=reason)


def replay_history(evidence: Evidence) -> History:
    """Replay the ledger at its month ends; a list of open items has its own date only."""
    method, day = evidence.parameters.method, evidence.as_of_date
    months = evolution.replayed_dates(evidence, count=method.evolution_months) if evidence.has_flows else []
    window = [end for end in month_ends(day, WINDOW_MONTHS) if evidence.has_flows]
    dates = sorted({*months, *window, day})
    finer = tuple(sorted({*method.buckets, *STANDARD_LIMITS}))
    keys = cube.segment_keys(evidence)
    swept = cube.balances_by_segment(evidence, keys=keys, dates=dates, buckets=finer, basis="due_date")
    shown = cube.coarser(swept, finer=finer, buckets=method.buckets)
    if method.ageing_basis != "due_date" and evidence.intake.has_document_dates:
        shown = cube.balances_by_segment(
            evidence, keys=keys, dates=dates, buckets=method.buckets, basis=method.ageing_basis)
    kept = shown[shown["month_end"].isin(pd.DatetimeIndex([*months, day]))].reset_index(drop=True)
    if not evidence.has_flows:
        return no_history(reasons.OPEN_ITEMS_ONLY, buckets=method.buckets, state=kept)
    net = dict(zip(dates, evolution.net_overdue_totals(swept, dates=dates).tolist(), strict=True))
    net[day] = int(evidence.net_overdue["net_overdue_cents"].sum())
    return History(
        evolution=evolution.evolution(evidence, dates=months, by_due_date=swept, shown=shown),
        cohorts=cohorts_table(evidence.cohorts, as_of_date=day), cube=kept,
        sales=cube.sales_by_segment(evidence, keys=keys),
        past_net_overdue={end: cents for end, cents in net.items() if end in window})


def balances_at(evidence: Evidence, day: dt.date) -> pd.Series | None:
    """Return the balance by customer at a date; a list of open items has one state, of the day it is printed for."""
    items = evidence.ledger.items
    if not evidence.has_flows and day not in (evidence.intake.items_as_of, evidence.as_of_date):
        return None
    if evidence.has_flows and not (day_numbers(items["posting_date"]).min() <= day_number(day)
                                   <= day_number(evidence.as_of_date)):
        return None
    left = residuals(evidence.ledger, as_of_date=day if evidence.has_flows else None)
    return pd.Series(left).groupby(items["customer_id"].astype("str").to_numpy()).sum()
