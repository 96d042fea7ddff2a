"""A past forecast against what came in, beside the plain one: due date and average delay."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["BACK_TEST", "Errors", "back_test_table", "by_period", "errors", "naive_cents"]

Ints = npt.NDArray[np.int64]
BACK_TEST = {"kind": "category", "start": "datetime64[s]", "end": "datetime64[s]", "forecast_cents": "int64",
             "naive_cents": "int64", "came_cents": "int64", "forecast_bias": "float64", "naive_bias": "float64",
             "forecast_wape": "float64", "naive_wape": "float64"}
"""Columns of the table and their types."""


@dataclass(frozen=True)
class Errors:
    """How far a forecast was from what came in.

    Attributes
    ----------
    bias : float or None
        (Σ forecast − Σ came) / Σ came; None where nothing came. [share, signed]
    wape : float or None
        Σ |forecast − came| / Σ came, period by period. [share]
    """

    bias: float | None
    wape: float | None


def errors(forecast: Ints, *, came: Ints) -> Errors:
    """Measure a forecast by period against what came in [cents]."""
    total = int(came.sum())
    if total <= 0:
        return Errors(None, None)
    return Errors((int(forecast.sum()) - total) / total, int(np.abs(forecast - came).sum()) / total)


def naive_cents(cents: Ints, *, age: Ints, delay: npt.NDArray[np.float64], bounds: Ints) -> Ints:
    """Forecast each claim whole on its due date and the average delay; on the next day where that has passed.

    Parameters
    ----------
    cents : ndarray of int64
        What is owed. [cents, VAT included]
    age : ndarray of int64
        Days since the due date. [days]
    delay : ndarray of float64
        Average days beyond terms of its customer, else of all. [days]
    bounds : ndarray of int64
        Rising, from 0. [days from now]

    Returns
    -------
    ndarray of int64, shape (n_periods,)
        [cents, VAT included]
    """
    due_in = np.maximum(np.rint(delay - age).astype(np.int64), 1)
    return by_period(due_in, cents, bounds)


def by_period(day: Ints, cents: Ints, bounds: Ints) -> Ints:
    """Sum amounts by period (bounds[k], bounds[k + 1]]; those outside are left out.

    Parameters
    ----------
    day : ndarray of int64
        [days from the forecast]
    cents : ndarray of int64
        [cents]
    bounds : ndarray of int64
        Rising. [days from the forecast]
    """
    period = np.searchsorted(bounds, day, side="left") - 1
    inside = (period >= 0) & (period < len(bounds) - 1)
    found = np.zeros(len(bounds) - 1, dtype=np.int64)
    np.add.at(found, period[inside], cents[inside])
    return found


def back_test_table(parts: dict[str, tuple[list[pd.Timestamp], Ints, Ints, Ints]]) -> pd.DataFrame:
    """Return forecast, plain forecast and what came by period, and their errors on the last row of each kind.

    Parameters
    ----------
    parts : dict
        By kind ("week", "month"): the days bounding the periods, then the three amounts by period [cents].

    Returns
    -------
    DataFrame
        One row a period; then, for each kind, the row "<kind>_error" that holds bias and WAPE. [share]
    """
    day, rows = pd.Timedelta(days=1), []
    for kind, (days, forecast, naive, came) in parts.items():
        rows.append(pd.DataFrame({
            "kind": kind, "start": [start + day for start in days[:-1]], "end": days[1:], "forecast_cents": forecast,
            "naive_cents": naive, "came_cents": came}))
        ours, plain = errors(forecast, came=came), errors(naive, came=came)
        rows.append(pd.DataFrame({
            "kind": [f"{kind}_error"], "start": [days[0] + day], "end": [days[-1]], "forecast_cents": forecast.sum(),
            "naive_cents": naive.sum(), "came_cents": came.sum(), "forecast_bias": ours.bias, "naive_bias": plain.bias,
            "forecast_wape": ours.wape, "naive_wape": plain.wape}))
    table = pd.concat([frame.reindex(columns=list(BACK_TEST)) for frame in rows], ignore_index=True)
    return table.astype(BACK_TEST)
