"""What lateness costs (INDICATORS.md 4; DOMAIN.md A5). Amounts in cents."""

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["MARGIN_RATES", "cash_per_dso_day", "cash_releasable", "compensating_sales", "compensating_sales_table",
           "financing_cost"]

MARGIN_RATES = (0.05, 0.10, 0.15, 0.20, 0.25)


def financing_cost(net_overdue_cents: npt.NDArray[np.int64], *, financing_rate: float) -> float:
    """Return a year's cost of carrying the average net overdue of the window's month ends [cents a year].

    Parameters
    ----------
    net_overdue_cents : ndarray of int64
        Net overdue at each month end of the window, one at least. [cents, VAT included]
    financing_rate : float
        The client's short-term rate. [share 0–1 a year]
    """
    return float(net_overdue_cents.mean()) * financing_rate


def cash_per_dso_day(sales_cents: int, *, days: int) -> float:
    """Return the cash one day of DSO ties up: sales of the window over its days [cents, VAT included]."""
    return sales_cents / days


def cash_releasable(net_overdue_cents: int, *, dated_gross_cents: int, target_rate: float) -> float:
    """Return the net overdue above what the target overdue rate leaves, nil where it is met [cents, VAT included].

    Parameters
    ----------
    net_overdue_cents : int
        Net overdue that is neither disputed, doubtful, retention nor group. [cents, VAT included]
    dated_gross_cents : int
        Denominator of the overdue rate: gross receivable that has an age. [cents, VAT included]
    target_rate : float
        Overdue rate aimed at. [share 0–1]
    """
    return max(0.0, net_overdue_cents - target_rate * dated_gross_cents)


def compensating_sales(unpaid_cents: float, *, margin_rate: float) -> float:
    """Return the sales whose margin makes up for an amount never paid.

    Parameters
    ----------
    unpaid_cents : float
        Unpaid, net of VAT since VAT is recoverable. [cents, VAT excluded]
    margin_rate : float
        [share 0–1]

    Examples
    --------
    >>> compensating_sales(1_000, margin_rate=0.05)
    20000.0
    """
    return unpaid_cents / margin_rate


def compensating_sales_table(unpaid_cents: float, *, margin_rate: float | None) -> pd.DataFrame:
    """Return the compensating sales at usual margin rates and at the client's own.

    Returns
    -------
    DataFrame
        ``margin_rate`` [share 0–1], ``amount_cents`` [cents, VAT excluded], ``is_own``; rising rates.
    """
    rates = sorted({*MARGIN_RATES, *([margin_rate] if margin_rate else [])})
    amounts = [round(compensating_sales(unpaid_cents, margin_rate=rate)) for rate in rates]
    return pd.DataFrame({"margin_rate": rates, "amount_cents": amounts, "is_own": [r == margin_rate for r in rates]})
