"""The provision matrix, beside what is assessed file by file (INDICATORS.md 4; DOMAIN.md A4)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.vat import net_of_vat

__all__ = ["INDIVIDUAL", "UNAGED", "exposure_by_class", "with_rates"]

INDIVIDUAL = ("doubtful", "insolvent", "disputed", "retention", "group")
"""Assessed one by one and outside the matrix, in the order the first that applies counts."""
DEDUCTIBLE = ("doubtful", "insolvent", "disputed")
"""Files a tax-deductible depreciation can rest on: the loss is probable and justified claim by claim."""
UNAGED = ("no_due_date", "age_unknown")
Cents = npt.NDArray[np.int64]


def exposure_by_class(
    open_items: pd.DataFrame, *, net_overdue: pd.DataFrame, vat_share: npt.NDArray[np.float64],
    matrix: tuple[str, ...], limits: tuple[int, ...] = (30, 60, 90),
) -> pd.DataFrame:
    """Split the gross receivable into the buckets of the matrix and the classes assessed one by one.

    What is overdue counts net of the customer's unallocated credits and deposits (INDICATORS.md 3, net overdue);
    these are held to cover the disputed part of an item first.

    Parameters
    ----------
    open_items : DataFrame
        `schemas.OPEN_ITEMS`.
    net_overdue : DataFrame
        `auditlib.overdue.net_overdue`, on the same index. [cents, VAT included]
    vat_share : ndarray of float64
        Share of VAT in each open item's amount; NaN where not known. [share 0–1]
    matrix : tuple of str
        Labels of the buckets, not due first.
    limits : tuple of int
        Upper limits of the overdue ones but the last. [days overdue]

    Returns
    -------
    DataFrame
        One row a class, in order: `matrix`, `UNAGED`, `INDIVIDUAL`. ``gross_cents`` (their sum is the gross
        receivable) less ``covered_cents`` is ``base_cents`` [cents, VAT included], less ``vat_cents`` is
        ``net_cents`` [cents, VAT excluded]; ``items``; ``is_individual``, ``is_deductible``, ``is_vat_known``.
    """
    debit = (open_items["residual_cents"] > 0).to_numpy()
    items = open_items[debit]
    residual = items["residual_cents"].to_numpy()
    uncovered = net_overdue["net_overdue_cents"].reindex(items.index).fillna(items["residual_cents"])
    left = uncovered.to_numpy(dtype=np.int64)
    disputed = np.minimum(items["disputed_cents"].to_numpy(), residual)
    sound_left = np.minimum(left, residual - disputed)
    whole = _individual_class(items)
    bucket = _bucket(items, matrix, limits)
    kept = np.where(whole == "", bucket, whole)
    is_whole, share = np.isin(whole, ["doubtful", "insolvent"]), vat_share[debit]
    in_dispute, late_in_dispute = np.where(is_whole, 0, disputed), np.where(is_whole, 0, left - sound_left)
    parts: pd.DataFrame = pd.concat([
        _part(kept, residual - in_dispute, left - late_in_dispute, share),
        _part(np.full(len(items), "disputed", dtype=object), in_dispute, late_in_dispute, share)])
    summed = parts[parts["gross_cents"] > 0].groupby("class").agg(
        gross_cents=("gross_cents", "sum"), base_cents=("base_cents", "sum"), net_cents=("net_cents", "sum"),
        items=("gross_cents", "size"), is_vat_known=("is_vat_known", "all"))
    classes = pd.Index([*matrix, *UNAGED, *INDIVIDUAL], name="class")
    known = summed.pop("is_vat_known").reindex(classes, fill_value=True)
    table = summed.reindex(classes, fill_value=0).assign(is_vat_known=known).reset_index()
    return table.assign(
        covered_cents=table["gross_cents"] - table["base_cents"], vat_cents=table["base_cents"] - table["net_cents"],
        is_individual=table["class"].isin(INDIVIDUAL), is_deductible=table["class"].isin(DEDUCTIBLE))


def _part(name: npt.NDArray[np.object_], gross: Cents, base: Cents, share: npt.NDArray[np.float64]) -> pd.DataFrame:
    known = ~np.isnan(share) | (base == 0)
    net = net_of_vat(np.where(known, base, 0), share=np.nan_to_num(share)) + np.where(known, 0, base)
    return pd.DataFrame(
        {"class": name, "gross_cents": gross, "base_cents": base, "net_cents": net, "is_vat_known": known})


def _individual_class(items: pd.DataFrame) -> npt.NDArray[np.object_]:
    in_416 = items["account"].astype("str").str.startswith("416").to_numpy()
    flags = [items[name].to_numpy() for name in ("is_doubtful", "is_retention", "is_group")]
    return np.select([in_416, *flags], ["doubtful", "insolvent", "retention", "group"], "").astype(object)


def _bucket(items: pd.DataFrame, matrix: tuple[str, ...], limits: tuple[int, ...]) -> npt.NDArray[np.object_]:
    """Name the bucket of each item by its days overdue, whatever buckets are shown elsewhere."""
    late = items["days_overdue"].to_numpy()
    place = np.searchsorted([0, *limits], np.nan_to_num(late), side="left")
    unaged = items["bucket"].astype("str").to_numpy(dtype=object)
    return np.where(np.isnan(late), unaged, np.array(matrix, dtype=object)[place])


def with_rates(
    exposure: pd.DataFrame, *, rates: pd.Series, individual_rates: dict[str, float],
) -> pd.DataFrame:
    """Add the expected loss to each class: its rate × what is exposed net of VAT.

    Parameters
    ----------
    exposure : DataFrame
        `exposure_by_class`.
    rates : Series of float64
        Expected loss by bucket of the matrix. [share 0–1]
    individual_rates : dict of str to float
        By class assessed one by one; a class without one is to be assessed. [share 0–1]

    Returns
    -------
    DataFrame
        With ``rate`` [share 0–1] and ``provision_cents`` [whole cents, VAT excluded], NaN where not assessed.
    """
    rate = exposure["class"].map(rates.to_dict() | individual_rates).astype("float64")
    provision = (rate * exposure["net_cents"]).where(exposure["net_cents"] != 0, 0.0).round()
    provision = provision.where(rate.notna() | (exposure["net_cents"] == 0))
    return exposure.assign(rate=rate, provision_cents=provision)
