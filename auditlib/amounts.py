"""Exact amounts: integer cents inside, euros only at the edges."""

from decimal import Decimal

import numpy as np
import numpy.typing as npt

__all__ = ["cents_from_floats", "euros", "format_amount", "ratio", "within_limits"]

CENTS = Decimal(100)


def cents_from_floats(amounts: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Round binary floats to cents, half up on the shortest decimal they stand for.

    A spreadsheet stores 1.005 as 1.00499…; what its user typed, and sees, is 1.005.
    The float is therefore first brought to six decimals of a cent.

    Parameters
    ----------
    amounts : ndarray of float64
        Finite amounts. [currency]

    Returns
    -------
    ndarray of int64
        Amounts. [cents]
    """
    scaled = np.round(np.abs(amounts) * 100.0, 6)
    return (np.sign(amounts) * np.floor(scaled + 0.5)).astype(np.int64)


def euros(cents: int) -> float:
    """Return an amount in currency units, for tables, charts, Excel and JSON."""
    return cents / 100


def ratio(numerator: float, denominator: float) -> float | None:
    """Return a share, or None where the denominator is not positive."""
    return numerator / denominator if denominator > 0 else None


def within_limits(
    cents: npt.NDArray[np.int64], *, owner: npt.NDArray[np.int64], limit: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """Return how much of each amount its owner's limit covers, the first amounts first.

    Parameters
    ----------
    cents : ndarray of int64
        In the order they are covered. [cents, nil or positive]
    owner : ndarray of int64
        Rising, from 0.
    limit : ndarray of int64
        By owner. [cents, nil or positive]

    Examples
    --------
    >>> within_limits(np.array([50, 50, 70]), owner=np.array([0, 0, 1]), limit=np.array([60, 90])).tolist()
    [50, 10, 70]
    """
    before = np.cumsum(cents) - cents
    before -= before[np.searchsorted(owner, owner, side="left")]
    return np.clip(limit[owner] - before, 0, cents)


def format_amount(cents: int, *, currency: str = "EUR", language: str = "fr") -> str:
    """Write an amount as its reader expects it, e.g. ``1 234,56 €``."""
    from babel.numbers import format_currency  # costs 50 ms, and only display needs it

    return format_currency(Decimal(cents) / CENTS, currency, locale=language)
