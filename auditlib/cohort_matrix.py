"""What was settled of each due month, one to six months later: the cohort matrix behind the recovery rates.

Definitions: INDICATORS.md 4 (``recovery_rate_1m``, ``_3m``), taken at each horizon; worked example: DOMAIN.md A3, C2.
"""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import from_day_number, month_end

__all__ = ["LONGEST", "cohort_matrix"]

LONGEST = 6
"""Horizons: that many months after the due month."""
Ints = npt.NDArray[np.int64]


def cohort_matrix(
    invoices: pd.DataFrame, *, claims: pd.DataFrame, as_of_date: dt.date, longest: int = LONGEST,
) -> pd.DataFrame:
    """Return the cumulative share settled of each due month at each horizon, in one pass over the events.

    Parameters
    ----------
    invoices : DataFrame
        Root invoices: ``item_id`` (rising), ``due_date``, ``amount_cents`` > 0. [cents, VAT included]
    claims : DataFrame
        Events, posted by `as_of_date`: ``root_id``, ``event_date``, ``amount_cents``, ``kind``.
    as_of_date : date
        A horizon that ends later is not mature.
    longest : int
        Horizons go from 1 to that many months.

    Returns
    -------
    DataFrame
        One row a due month up to the as-of month and horizon: ``due_month`` ("2025-01"), ``months_after``,
        ``available_on`` (last day of the horizon), ``is_mature``, ``base_cents`` (due, less credit notes allocated
        within the horizon) and ``settled_cents`` (within it) [cents, VAT included; 0 where not mature], ``rate``
        [share 0–1; NaN where not mature, or nothing was left to settle].
    """
    fallen = invoices[invoices["due_date"] <= pd.Timestamp(month_end(as_of_date))]
    due_month = _months(fallen["due_date"])
    present = np.unique(due_month)
    row = np.searchsorted(present, due_month)
    due = _sums(row, fallen["amount_cents"].to_numpy(), len(present))
    settled, credited = (
        _by_horizon(fallen["item_id"].to_numpy(), row, due_month, claims[claims["kind"] == kind],
                    shape=(len(present), longest)) for kind in ("settlement", "credit"))
    months = np.repeat(present, longest)
    after = np.tile(np.arange(1, longest + 1), len(present))
    ends = _last_days(months + after)
    mature = ends <= np.datetime64(as_of_date, "D").astype(np.int64)
    base = np.where(mature, (due[:, None] - credited).ravel(), 0)
    paid = np.where(mature, settled.ravel(), 0)
    return pd.DataFrame({
        "due_month": pd.Series([f"{month // 12:04d}-{month % 12 + 1:02d}" for month in months.tolist()], dtype="str"),
        "months_after": after,
        "available_on": pd.to_datetime([from_day_number(int(day)) for day in ends]).astype("datetime64[s]"),
        "is_mature": mature, "base_cents": base, "settled_cents": paid,
        "rate": np.divide(paid, base, out=np.full(len(base), np.nan), where=base > 0)})


def _by_horizon(ids: Ints, row: Ints, due_month: Ints, events: pd.DataFrame, *, shape: tuple[int, int]) -> Ints:
    """Sum events of each due month (rows) up to the end of each horizon (columns) [cents]."""
    if not len(ids) or not len(events):
        return np.zeros(shape, dtype=np.int64)
    root = events["root_id"].to_numpy()
    at = np.minimum(np.searchsorted(ids, root), len(ids) - 1)
    late = np.maximum(_months(events["event_date"]) - due_month[at], 1)  # what came before counts at one month
    counted = (ids[at] == root) & (late <= shape[1])
    cells = row[at[counted]] * shape[1] + late[counted] - 1
    sums = _sums(cells, events["amount_cents"].to_numpy()[counted], shape[0] * shape[1])
    return sums.reshape(shape).cumsum(axis=1)


def _sums(cells: Ints, cents: Ints, length: int) -> Ints:
    return np.bincount(cells, weights=cents, minlength=length).round().astype(np.int64)


def _months(days: pd.Series) -> Ints:
    """Return month numbers: year × 12 + month − 1."""
    return days.to_numpy().astype("datetime64[M]").astype(np.int64) + 1970 * 12


def _last_days(months: Ints) -> Ints:
    """Return the day number of the last day of each month number."""
    following: Ints = (months - 1970 * 12 + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return following - 1
