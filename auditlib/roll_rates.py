"""Roll rates: how much of what is in one bucket of lateness is in the next a month later (DOMAIN.md A4)."""

import dataclasses
import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.ledger import Ledger
from auditlib.replay import month_end_balances

__all__ = ["LAST", "LOSS", "MATRIX", "MINIMUM_TRANSITIONS", "expected_loss_rates", "roll_rates"]

MATRIX = ("not_due", "1-30", "31-60", "61-90", ">90")
"""Buckets of the matrix: a month of lateness each, for the steps are months."""
LAST, LOSS = MATRIX[-1], "loss"
ENTERED = "91-120"
"""What entered the last bucket since the month before."""
REPLAYED = (30, 60, 90, 120)
MINIMUM_TRANSITIONS = 12
INSIDE, OUTSIDE = 0, 1


def roll_rates(
    ledger: Ledger, *, dates: list[dt.date], outside: npt.NDArray[np.bool_], loss_rate: float | None = None,
) -> pd.DataFrame:
    """Return the roll rate of each bucket into the next, and the loss on what reaches the last one.

    Each rate is weighted by volume: what stands in the later bucket at all month ends but the first, over what stood
    in the earlier one a month before. The last is what was written off over the same months, over what entered the
    last bucket in them. A rate above 1 (reversed credits, wrong dates) counts as 1.

    Parameters
    ----------
    ledger : Ledger
        Claims moved to 416 keep their due date, so that what was given up is followed to its loss.
    dates : list of date
        Consecutive month ends, rising; n of them make n − 1 transitions.
    outside : ndarray of bool, shape (n_items,)
        Items that no statistics should rest on: group companies, retention.
    loss_rate : float, optional
        Stated by the auditor, instead of the one observed. [share 0–1]

    Returns
    -------
    DataFrame
        ``from_bucket``, ``to_bucket`` (`LOSS` in the last row), ``rate`` [share 0–1, NaN where nothing stood in the
        earlier bucket], ``volume_cents`` (what could roll), ``arrived_cents`` (what did) [cents, VAT included],
        ``transitions``, ``is_capped``, ``is_given``.

    References
    ----------
    INDICATORS.md 4, ``provision_matrix``.
    """
    stock = _stock(ledger, dates, outside)
    steps = [*MATRIX[:-1], ENTERED]
    volume = [int(stock[bucket].iloc[:-1].sum()) for bucket in steps[:-1]]
    arrived = [int(stock[bucket].iloc[1:].sum()) for bucket in steps[1:]]
    volume.append(arrived[-1])
    arrived.append(_written_off(ledger, dates, outside))
    observed = np.array([late / before if before > 0 else np.nan for before, late in zip(volume, arrived, strict=True)])
    rate, is_given = np.clip(observed, 0.0, 1.0), np.zeros(len(steps), dtype=bool)
    if loss_rate is not None:
        rate[-1], is_given[-1] = loss_rate, True
    return pd.DataFrame({
        "from_bucket": list(MATRIX), "to_bucket": [*MATRIX[1:], LOSS], "rate": rate, "volume_cents": volume,
        "arrived_cents": arrived, "transitions": max(len(dates) - 1, 0), "is_capped": (observed > 1) & ~is_given,
        "is_given": is_given})


def _stock(ledger: Ledger, dates: list[dt.date], outside: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Return debit residuals by month end (rows) and bucket (columns) [cents]."""
    side = pd.Categorical.from_codes(np.where(outside, OUTSIDE, INSIDE), categories=pd.Index([INSIDE, OUTSIDE]))
    split = dataclasses.replace(ledger, items=ledger.items.assign(customer_id=side))
    swept = month_end_balances(split, dates=dates, buckets=REPLAYED)
    inside = swept[(swept["customer_id"] == INSIDE).to_numpy()]
    every = pd.MultiIndex.from_product([pd.DatetimeIndex(dates), [*MATRIX[:-1], ENTERED]])
    by_cell = inside["amount_cents"].groupby([inside["month_end"], inside["bucket"].astype("str")]).sum()
    return by_cell.reindex(every, fill_value=0).unstack()  # noqa: PD010 -- a series has no pivot_table


def _written_off(ledger: Ledger, dates: list[dt.date], outside: npt.NDArray[np.bool_]) -> int:
    items = ledger.items
    during = (items["posting_date"] > pd.Timestamp(dates[0])) & (items["posting_date"] <= pd.Timestamp(dates[-1]))
    lost = during.to_numpy() & (items["kind"] == "write_off").to_numpy() & ~outside
    return -int(items["amount_cents"].to_numpy()[lost].sum())


def expected_loss_rates(rolls: pd.DataFrame) -> pd.Series:
    """Return the expected loss of each bucket: the product of the roll rates from it on, and of the last loss rate.

    Parameters
    ----------
    rolls : DataFrame
        `roll_rates`.

    Returns
    -------
    Series of float64
        By bucket [share 0–1]. NaN where a rate on the way is not known, unless nothing gets that far.

    Examples
    --------
    >>> rates = pd.DataFrame({"from_bucket": ["1-30", "31-60", ">90"], "rate": [0.5, 0.4, 0.1]})
    >>> expected_loss_rates(rates).round(4).to_list()
    [0.02, 0.04, 0.1]
    """
    found: list[float] = []
    later = 1.0
    for rate in rolls["rate"].to_numpy()[::-1]:
        later = 0.0 if rate == 0 or later == 0 else rate * later
        found.append(later)
    return pd.Series(found[::-1], index=rolls["from_bucket"].to_list(), dtype="float64")
