"""Recovery rates: cohorts of invoices by due month, and what became of an overdue stock.

Definitions: INDICATORS.md 4; worked examples: DOMAIN.md A3. Credit notes lower the denominator, they are not
cash; a cohort counts only once its horizon is over.

A *root* is a claim as first invoiced; its *events* are what `auditlib.replay.claims` lists: settlements, credit
notes (``credit``) and what is neither (``other``), negative where a returned payment undoes them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.claim_events import ClaimEvents, claim_events
from auditlib.dates import day_number, day_numbers, from_day_number, month_end, month_numbers
from auditlib.ordering import sums_at

__all__ = [
    "CohortMembers", "CohortSums", "Cohorts", "Horizon", "Recovery", "cohorts_table", "overdue_recovery", "pooled",
    "sums_of_members",
]

POOLED_COHORTS = 12
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Horizon:
    """How long a cohort has: whole months after its due month, or days after each due date."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True)
class CohortMembers:
    """Invoices that are mature at some date: due month, first date they count at, and their amounts [cents].

    Attributes
    ----------
    item_id, month, first : ndarray of int64, shape (n_invoices,)
        ``month`` is a number (year × 12 + month − 1), ``first`` a position among the dates.
    due, credited, settled : ndarray of int64, shape (n_invoices,)
        Amount, and credit notes and settlements allocated within the horizon. [cents, VAT included]
    n_dates : int
    """

    item_id: Ints
    month: Ints
    first: Ints
    due: Ints
    credited: Ints
    settled: Ints
    n_dates: int


@dataclass(frozen=True)
class CohortSums:
    """Sums over the invoices of each due month that are mature and known at each date.

    Attributes
    ----------
    first_month : int
        Number (year × 12 + month − 1) of the first row's due month.
    items, due, credited, settled : ndarray of int64, shape (n_due_months, n_dates)
        Invoices, their amount, and the credit notes and settlements allocated within the horizon. [cents]
    """

    first_month: int
    items: Ints
    due: Ints
    credited: Ints
    settled: Ints


@dataclass(frozen=True)
class Recovery:
    """A recovery rate with what it rests on; `rate` is None where nothing is mature [share 0–1, cents]."""

    rate: float | None
    cohorts: int = 0
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    items: int = 0
    base_cents: int = 0


class Cohorts:
    """Cohorts of invoices by due month; what is settled within a horizon is summed once, however often it is asked.

    Parameters
    ----------
    invoices : DataFrame
        Root invoices: ``item_id`` (rising), ``posting_date``, ``due_date``, ``amount_cents`` > 0.
    claims : DataFrame
        ``root_id``, ``event_date``, ``amount_cents``, ``kind``.
    """

    def __init__(self, invoices: pd.DataFrame, claims: pd.DataFrame) -> None:
        self.invoices = invoices
        self.claims = claims
        self._within: dict[Horizon, tuple[Ints, Ints, Ints]] = {}
        self._sums: dict[tuple[Horizon, tuple[dt.date, ...]], CohortSums] = {}

    @cached_property
    def dated(self) -> pd.DataFrame:
        """The invoices that have a due date."""
        dated = self.invoices[["item_id", "posting_date", "due_date", "amount_cents"]]
        return dated[dated["due_date"].notna()] if dated["due_date"].isna().any() else dated

    @cached_property
    def _events(self) -> ClaimEvents:
        return claim_events(self.dated["item_id"].to_numpy(), self.claims)

    @cached_property
    def _months(self) -> Ints:
        """Due month of each dated invoice: year × 12 + month − 1."""
        return month_numbers(day_numbers(self.dated["due_date"]))

    def sums(self, horizon: Horizon, *, dates: Sequence[dt.date]) -> CohortSums:
        """Sum every cohort at every date in one sweep: its cost hardly depends on the number of dates.

        Parameters
        ----------
        horizon : Horizon
        dates : sequence of date
            Rising as-of dates. A cohort is mature where the date is not before the end of its horizon.
        """
        key = horizon, tuple(dates)
        if key not in self._sums:
            self._sums[key] = sums_of_members(self.members(horizon, dates=dates))[0]
        return self._sums[key]

    def members(self, horizon: Horizon, *, dates: Sequence[dt.date]) -> CohortMembers:
        """Return what each invoice brings to its cohort, those mature at the last date only."""
        mature, settled, credited = self._settled_within(horizon)
        first = _first_dates(mature, dates)
        kept = np.flatnonzero(first < len(dates))
        return CohortMembers(
            item_id=self.dated["item_id"].to_numpy()[kept], month=self._months[kept], first=first[kept],
            due=self.dated["amount_cents"].to_numpy()[kept], credited=credited[kept], settled=settled[kept],
            n_dates=len(dates))

    def _settled_within(self, horizon: Horizon) -> tuple[Ints, Ints, Ints]:
        """Return the day each invoice's cohort is mature from, and what was settled and credited within the horizon."""
        if horizon not in self._within:
            last = _last_days(self._months + horizon.months) + horizon.days
            due = day_numbers(self.dated["due_date"]).astype(np.int64)
            limit = last if horizon.months else due + horizon.days
            mature = np.maximum(last, day_numbers(self.dated["posting_date"]))
            self._within[horizon] = (mature, *self._events.by(limit))
        return self._within[horizon]


def _first_dates(days: Ints, dates: Sequence[dt.date]) -> Ints:
    """Return the place of the first date on or after each day, looked up; the number of dates where there is none."""
    if not len(dates):
        return np.zeros(len(days), dtype=np.int64)
    known = np.array([day_number(day) for day in dates], dtype=np.int64)
    low, high = int(known[0]), int(known[-1]) + 1
    place = np.searchsorted(known, np.arange(low, high + 1))
    first: Ints = place[np.clip(days, low, high) - low]
    return first


def sums_of_members(members: CohortMembers, *, code: Ints | None = None, count: int = 1) -> list[CohortSums]:
    """Sum the members of each cohort at every date, apart for each of `count` segments where a code is given.

    Parameters
    ----------
    members : CohortMembers
    code : ndarray of int64, optional
        Segment of each member.
    count : int
        Number of segments.
    """
    if not len(members.month):
        nothing = np.zeros((0, members.n_dates), dtype=np.int64)
        return [CohortSums(0, nothing, nothing, nothing, nothing)] * count
    start = int(members.month.min())
    shape = (count, int(members.month.max()) - start + 1, members.n_dates)
    segment = np.zeros(len(members.month), dtype=np.int64) if code is None else code
    cells = (segment * shape[1] + members.month - start) * shape[2] + members.first

    def table(amounts: Ints) -> Ints:
        sums = sums_at(cells, amounts, count=shape[0] * shape[1] * shape[2])
        return sums.reshape(shape).cumsum(axis=2)

    tables = [table(np.ones(len(cells), dtype=np.int64)), table(members.due), table(members.credited),
              table(members.settled)]
    return [CohortSums(start, *(each[number] for each in tables)) for number in range(count)]


def pooled(sums: CohortSums, *, date: int = -1) -> Recovery:
    """Pool the latest twelve mature cohorts, as many as exist, at one of the dates.

    Parameters
    ----------
    sums : CohortSums
    date : int
        Position of the as-of date.
    """
    exists = np.flatnonzero(sums.items[:, date] > 0)[-POOLED_COHORTS:]
    base = int((sums.due - sums.credited)[exists, date].sum())
    if base <= 0:
        return Recovery(None)
    months = sums.first_month + exists
    return Recovery(
        rate=float(sums.settled[exists, date].sum() / base), cohorts=len(exists),
        first_day=dt.date(int(months[0]) // 12, int(months[0]) % 12 + 1, 1),
        last_day=from_day_number(int(_last_days(months[-1:])[0])),
        items=int(sums.items[exists, date].sum()), base_cents=base)


def cohorts_table(cohorts: Cohorts, *, as_of_date: dt.date) -> pd.DataFrame:
    """Return one row per due month up to the as-of month.

    Returns
    -------
    DataFrame
        ``due_month`` ("2025-01"), ``due_cents``, ``credited_cents`` (credit notes allocated by `as_of_date`)
        [cents, VAT included], ``recovered_1m``, ``recovered_3m`` [share 0–1; NaN where immature or nothing was left].
    """
    fallen = cohorts.dated[cohorts.dated["due_date"] <= pd.Timestamp(month_end(as_of_date))]
    _, credited = claim_events(fallen["item_id"].to_numpy(), cohorts.claims).by(
        np.full(len(fallen), day_number(as_of_date), dtype=np.int64))
    month = month_numbers(day_numbers(fallen["due_date"]))
    start = int(month.min()) if len(month) else 0
    found = np.unique(month)
    count = int(month.max()) - start + 1 if len(month) else 0
    table = pd.DataFrame({
        name: sums_at(month - start, cents, count=count)[found - start]
        for name, cents in (("due_cents", fallen["amount_cents"].to_numpy()), ("credited_cents", credited))},
        index=pd.Index([_month_name(number) for number in found], name="due_month", dtype="str"))
    for name, months in (("recovered_1m", 1), ("recovered_3m", 3)):
        sums = cohorts.sums(Horizon(months=months), dates=[as_of_date])
        table[name] = _rates(sums).reindex(table.index)
    return table.reset_index()


def _rates(sums: CohortSums) -> pd.Series:
    base = (sums.due - sums.credited)[:, -1]
    rates = np.divide(sums.settled[:, -1], base, out=np.full(len(base), np.nan), where=base > 0)
    months = sums.first_month + np.arange(len(base))
    return pd.Series(rates, index=[_month_name(int(month)) for month in months], dtype="float64")


def _month_name(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def overdue_recovery(
    overdue: pd.DataFrame, *, claims: pd.DataFrame, opening_date: dt.date, as_of_date: dt.date,
) -> Recovery:
    """Return what was settled since `opening_date` of what was overdue then, less credit notes since.

    Parameters
    ----------
    overdue : DataFrame
        Overdue at `opening_date`: ``root_id`` of the claim and ``residual_cents`` > 0. [cents, VAT included]
    claims : DataFrame
        Events of the claims; those after `opening_date` and not after `as_of_date` count.
    opening_date, as_of_date : date
    """
    residual = overdue["residual_cents"].groupby(overdue["root_id"]).sum()
    ids = residual.index.to_numpy(dtype=np.int64)
    since = claims[claims["event_date"] > pd.Timestamp(opening_date)]
    settled, credited = claim_events(ids, since).by(np.full(len(ids), day_number(as_of_date), dtype=np.int64))
    # A payment returned after the opening, but made before it, was never part of this overdue.
    settled, credited = np.clip(settled, 0, residual), np.clip(credited, 0, residual)
    base = int(residual.sum() - credited.sum())
    if base <= 0:
        return Recovery(None)
    return Recovery(float(settled.sum() / base), items=len(ids), base_cents=base,
                    first_day=opening_date + dt.timedelta(days=1), last_day=as_of_date)


def _last_days(months: Ints) -> Ints:
    """Return the day number of the last day of each month number (year × 12 + month − 1)."""
    if not len(months):
        return np.empty(0, dtype=np.int64)
    first = int(months.min())
    following = np.arange(first, int(months.max()) + 1) - 1970 * 12 + 1
    days: Ints = (following.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) - 1)[months - first]
    return days
