"""The VAT inside what customers owe: of the entry itself, else by zone, else at the rate given."""

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["net_of_vat", "vat_share"]

NO_VAT_ZONES = ("EU", "non_EU")
Shares = npt.NDArray[np.float64]


def vat_share(
    items: pd.DataFrame, *, movements: pd.DataFrame, roots: npt.NDArray[np.int64], zones: pd.Series,
    vat_rate: float | None,
) -> Shares:
    """Return the share of VAT in each item's amount.

    What carries a claim on (a transfer to 413 or 416, a returned payment) has the VAT of its invoice.

    Parameters
    ----------
    items : DataFrame
        `schemas.ITEMS`: ``movement_id`` and ``customer_id`` (categorical).
    movements : DataFrame
        ``movement_id`` and ``amount_cents``, with ``vat_cents`` and ``is_vat_known`` where the documents say them.
    roots : ndarray of int64
        The item each item goes back to.
    zones : Series of str
        FR, EU, non_EU or "" by customer.
    vat_rate : float or None
        Of sales in France whose entry is not known. [share 0–1 of the amount net of VAT]

    Returns
    -------
    ndarray of float64, shape (n_items,)
        Share 0–1 of the amount with VAT; nil outside France; NaN where nothing says it.

    References
    ----------
    INDICATORS.md 4, ``provision_matrix``.
    """
    zone = zones.reindex(items["customer_id"].cat.categories).fillna("").to_numpy(dtype=object)
    charged = np.nan if vat_rate is None else vat_rate / (1 + vat_rate)
    by_zone = np.where(np.isin(zone, NO_VAT_ZONES), 0.0, charged)
    share = by_zone[items["customer_id"].cat.codes.to_numpy()]
    if "is_vat_known" not in movements:
        return share
    said = _of_entries(movements)[items["movement_id"].to_numpy()[roots]]
    return np.where(np.isnan(said), share, said)


def _of_entries(movements: pd.DataFrame) -> Shares:
    """Return the share of VAT by ``movement_id``, NaN where the entry does not say it."""
    amount = movements["amount_cents"].to_numpy()
    known = movements["is_vat_known"].to_numpy() & (amount != 0)
    share = np.full(int(movements["movement_id"].max()) + 1 if len(movements) else 0, np.nan)
    number = movements["movement_id"].to_numpy()[known]
    share[number] = movements["vat_cents"].to_numpy()[known] / amount[known]
    return share


def net_of_vat(amount_cents: npt.NDArray[np.int64], *, share: Shares) -> npt.NDArray[np.int64]:
    """Return amounts net of their VAT, to the cent; the VAT is the rest.

    Parameters
    ----------
    amount_cents : ndarray of int64
        [cents, VAT included]
    share : ndarray of float64
        From `vat_share`, none of them NaN where the amount is other than nil.

    Raises
    ------
    ValueError
        If the VAT in an amount is not known.
    """
    if np.isnan(share[amount_cents != 0]).any():
        raise ValueError("the VAT of some amounts is not known")
    vat = np.rint(amount_cents * np.nan_to_num(share)).astype(np.int64)
    net: npt.NDArray[np.int64] = amount_cents - vat
    return net
