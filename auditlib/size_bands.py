"""Bands of a customer's balance: round limits near the quantiles of the balances, or those the parameters set."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["CREDIT_BAND", "NIL_BAND", "band_names", "bands_of", "default_limits"]

QUANTILES = (0.25, 0.5, 0.75, 0.95)
ROUND = (1.0, 2.0, 5.0, 10.0)
CREDIT_BAND, NIL_BAND = "<0", "0"


def default_limits(balances_cents: npt.NDArray[np.int64]) -> tuple[int, ...]:
    """Return round upper limits (1, 2 or 5 times a power of ten) near quantiles of the positive balances [euros].

    Parameters
    ----------
    balances_cents : ndarray of int64
        Balance of each customer. [cents, VAT included]

    Returns
    -------
    tuple of int
        Rising, without repetition; empty where no customer owes anything. [euros]

    Examples
    --------
    >>> default_limits(np.array([80_000, 150_000, 600_000, 1_300_000, 9_000_000]))
    (2000, 5000, 10000, 100000)
    """
    owed = balances_cents[balances_cents > 0] / 100
    if not len(owed):
        return ()
    return tuple(sorted({max(_rounded(float(np.quantile(owed, share))), 1) for share in QUANTILES}))


def _rounded(euros: float) -> int:
    power = 10.0 ** math.floor(math.log10(max(euros, 1.0)))
    return int(min(ROUND, key=lambda factor: abs(math.log(max(euros, 1.0) / (factor * power)))) * power)


def band_names(limits: Sequence[int]) -> tuple[str, ...]:
    """Return the names of the bands in rising order: credit balances, nil, then up to each limit, then above.

    Examples
    --------
    >>> band_names((1000, 5000))
    ('<0', '0', '0-1000', '1000-5000', '>5000')
    """
    lows = (0, *limits)
    dated = [f"{low}-{high}" for low, high in zip(lows, limits, strict=False)]
    return (CREDIT_BAND, NIL_BAND, *dated, f">{lows[-1]}")


def bands_of(balances_cents: npt.NDArray[np.int64], *, limits: Sequence[int]) -> npt.NDArray[np.int64]:
    """Return the position, among `band_names`, of each balance's band; a balance on a limit is in the lower band.

    Parameters
    ----------
    balances_cents : ndarray of int64
        [cents, VAT included]
    limits : sequence of int
        Upper limits, rising. [euros]
    """
    above = 2 + np.searchsorted(np.array(limits, dtype=np.int64) * 100, balances_cents, side="left")
    return np.where(balances_cents < 0, 0, np.where(balances_cents == 0, 1, above)).astype(np.int64)
