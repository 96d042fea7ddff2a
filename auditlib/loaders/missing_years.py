"""A year that did not come between two that did: what was open before it may have been settled in it."""

import datetime as dt

import pandas as pd

__all__ = ["drop_before_missing_years"]

LONGEST_SILENCE = pd.Timedelta(days=365)
"""From the last item of a year to the first day of the next but one there are more days than that."""
OPENING_SPAN = pd.Timedelta(days=31)


def drop_before_missing_years(movements: pd.DataFrame, *, as_of_date: dt.date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Leave out what was posted before a missing year that the openings after it sum up.

    Parameters
    ----------
    movements : DataFrame
        With ``source`` and ``kind``.
    as_of_date : date
        Files that start after it change nothing.

    Returns
    -------
    kept : DataFrame
    left_out : DataFrame
        The movements left out.
    """
    start = _resumed_on(movements, as_of_date)
    if start is None:
        return movements, movements.iloc[:0]
    before = movements["posting_date"] < start
    return movements[~before].reset_index(drop=True), movements[before]


def _resumed_on(movements: pd.DataFrame, as_of_date: dt.date) -> pd.Timestamp | None:
    """Return the first day of the latest file that opens with balances no file before it leads to."""
    spans = movements.groupby("source")["posting_date"].agg(["min", "max"])
    opening = movements["kind"] == "opening"
    resumed = None
    for number, start in spans.loc[spans["min"] <= pd.Timestamp(as_of_date), "min"].items():
        earlier = spans[(spans["min"] < start)]
        opened = opening & (movements["source"] == number) & (movements["posting_date"] <= start + OPENING_SPAN)
        if earlier.empty or (earlier["max"] >= start - LONGEST_SILENCE).any() or not opened.any():
            continue
        before = movements["posting_date"] < start
        if movements.loc[opened, "amount_cents"].sum() == movements.loc[before, "amount_cents"].sum():
            continue  # nothing happened in between
        resumed = start if resumed is None else max(resumed, start)
    return resumed

