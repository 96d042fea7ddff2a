"""What the open receivable is expected to bring in, period by period, from payment curves; to the cent."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.survival import Curves

__all__ = ["CASH_FORECAST", "LATER", "NOT_EXPECTED", "NO_CURVE", "PARTS", "cash_table", "expected_cents",
           "period_shares", "with_band"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
PARTS = ("promised", "disputed", "overdue", "not_due", "undated", "doubtful")
"""What the base is made of, exclusively; the forecast of each is given beside the whole."""
LATER, NOT_EXPECTED = "later", "not_expected"
NO_CURVE = -1
CASH_FORECAST = {
    "kind": "category", "period": "str", "start": "datetime64[s]", "end": "datetime64[s]", "expected_cents": "int64",
    "low_cents": "Int64", "high_cents": "Int64", **{f"{part}_cents": "int64" for part in PARTS}}
"""Columns of the table and their types."""


def expected_cents(claims: pd.DataFrame, *, curves: Curves, bounds: Ints) -> Ints:
    """Spread what is owed over periods: what its curve expects in each, later than all, and not at all.

    A claim of age a (days since its due date, negative before it) that is still open has outlived a: it is expected
    within (s, e] days from now with probability (S(a + s) − S(a + e)) / S(a). A curve held level from some day on
    expects nothing more after it.

    Parameters
    ----------
    claims : DataFrame
        ``cents`` > 0 [cents, VAT included], ``part`` (code in `PARTS`), ``curve`` (`NO_CURVE`: not expected),
        ``age`` [days on the curve's clock], ``delay`` (days before which its clock stands still),
        ``promised_in`` (days; 0: no promise), ``rate`` (share of it that is expected at all [share 0–1]).
    curves : Curves
    bounds : ndarray of int64, shape (n_periods + 1,)
        Rising, from 0. [days from now]

    Returns
    -------
    ndarray of int64, shape (n_parts, n_periods + 2)
        The periods, later, not expected: each part sums exactly to what is owed of it. [cents, VAT included]
    """
    part, cents = claims["part"].to_numpy(), claims["cents"].to_numpy()
    totals = np.zeros(len(PARTS), dtype=np.int64)
    np.add.at(totals, part, cents)
    spread = np.stack([
        np.bincount(part, weights=cents * share, minlength=len(PARTS))
        for share in period_shares(claims, curves, bounds)
    ], axis=1)
    return np.stack([_to_the_cent(row, int(total)) for row, total in zip(spread, totals, strict=True)])


def period_shares(claims: pd.DataFrame, curves: Curves, bounds: Ints) -> list[Floats]:
    """Return the probability of each claim in each period, later, and not at all; they sum to one."""
    curve, age, delay, promised = (claims[name].to_numpy() for name in ("curve", "age", "delay", "promised_in"))
    group, rate = np.maximum(curve, 0), claims["rate"].to_numpy()
    now = np.where(curve >= 0, curves.after(age, group=group), 0.0)
    scale = np.divide(rate, now, out=np.zeros(len(now)), where=now > 0)
    scale[promised > 0] = 0.0

    def left(day: int) -> Floats:
        return curves.after(age + np.maximum(day - delay, 0), group=group)

    levels = [left(int(day)) for day in bounds]
    last = curves.survival[group, -1] if len(curves.days) else np.ones(len(group))
    shares = [scale * (before - after) for before, after in zip(levels, [*levels[1:], last], strict=True)]
    period = np.searchsorted(bounds, promised, side="left") - 1  # promised for (bounds[k], bounds[k + 1]]
    for number in range(len(shares)):
        shares[number][(promised > 0) & (np.minimum(period, len(shares) - 1) == number)] = 1.0
    return [*shares, 1.0 - np.sum(shares, axis=0)]


def _to_the_cent(amounts: Floats, total: int) -> Ints:
    """Round down, then give the missing cents to the largest remainders (the first of equals)."""
    floors = np.floor(np.maximum(amounts, 0.0)).astype(np.int64)
    missing = total - int(floors.sum())
    floors[np.argsort(floors - amounts, kind="stable")[:missing]] += 1
    return floors


def cash_table(spread: Ints, *, kind: str, days: Sequence[pd.Timestamp]) -> pd.DataFrame:
    """Return a forecast as a table: one row a period, then later and not expected; it sums to the base.

    Parameters
    ----------
    spread : ndarray of int64, shape (n_parts, n_periods + 2)
        `expected_cents`.
    kind : str
        "week" or "month".
    days : sequence of Timestamp, length n_periods + 1
        The day of the forecast, then the last day of each period.
    """
    count, day = len(days) - 1, pd.Timedelta(days=1)
    none = pd.NaT
    return pd.DataFrame({
        "kind": kind, "period": [*(str(number) for number in range(1, count + 1)), LATER, NOT_EXPECTED],
        "start": [*(start + day for start in days), none], "end": [*days[1:], none, none],
        "expected_cents": spread.sum(axis=0), "low_cents": pd.NA, "high_cents": pd.NA,
        **{f"{part}_cents": row for part, row in zip(PARTS, spread, strict=True)},
    }).astype(CASH_FORECAST)


def with_band(table: pd.DataFrame, *, error: float | None) -> pd.DataFrame:
    """Give each period the band of the back-test: expected less and plus the mean error of a week.

    Parameters
    ----------
    table : DataFrame
        `cash_table`.
    error : float or None
        Mean absolute error of a week over what came; months are given it too. [share 0–1]

    Returns
    -------
    DataFrame
        ``low_cents`` is never negative, ``high_cents`` never more than the base; missing without an error.
    """
    if error is None:
        return table
    expected, base = table["expected_cents"], int(table["expected_cents"].sum())
    margin = (expected * error).round().astype("int64")
    dated = ~table["period"].isin([LATER, NOT_EXPECTED])
    low, high = (expected - margin).clip(lower=0), (expected + margin).clip(upper=base)
    return table.assign(low_cents=low.astype("Int64").where(dated), high_cents=high.astype("Int64").where(dated))
