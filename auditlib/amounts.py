"""Exact amounts: integer cents inside, euros only at the edges."""

from decimal import Decimal

import numpy as np
import numpy.typing as npt

__all__ = ["cents_from_floats", "euros", "format_amount", "ratio"]

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


def format_amount(cents: int, *, currency: str = "EUR", language: str = "fr") -> str:
    """Write an amount as its reader expects it, e.g. ``1 234,56 €``."""
    from babel.numbers import format_currency  # costs 50 ms, and only display needs it

    return format_currency(Decimal(cents) / CENTS, currency, locale=language)
