"""Payment terms beyond what the law allows, in its most generous reading (DOMAIN.md A7, INDICATORS.md 4).

A business has 60 days from the invoice, or 45 days end of month in either reading (45 days then the month's end, or
the month's end then 45 days): a term is over the cap only beyond the latest of them. Some sectors have caps of their
own; where those count from the delivery, the invoice's date stands for it.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_numbers, from_day_numbers
from auditlib.legal_tables import values_on

__all__ = ["PUBLIC_CAPS", "cap_days", "over_cap"]

PUBLIC_CAPS = ("cap_public_state", "cap_public_health", "cap_public_undertaking")
NO_CAP = np.int64(np.iinfo(np.int64).min)
DECADES = (10, 20)
Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


def cap_days(document: Ints, *, table: pd.DataFrame, parameters: tuple[str, ...]) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return the latest due day the law allows for invoices of each day.

    Parameters
    ----------
    document : ndarray of int64
        Day numbers of the invoices.
    table : DataFrame
        `auditlib.legal_tables.legal_table`.
    parameters : tuple of str
        Caps that apply, such as ``cap_general``; the latest day of all of them counts.

    Returns
    -------
    days : ndarray of int64
        Day numbers, meaningless where no cap is known.
    is_known : ndarray of bool
    """
    latest = np.full(len(document), NO_CAP)
    for parameter in parameters:
        for unit in table.loc[table["parameter"] == parameter, "unit"].unique():
            value = values_on(table, parameter, document, unit=unit)
            if unit == "days_added":  # on top of the general cap
                base, _ = cap_days(document, table=table, parameters=("cap_general",))
                reading = base + np.nan_to_num(value).astype(np.int64)
            else:
                reading = _reading(document, value, str(unit))
            latest = np.where(np.isnan(value), latest, np.maximum(latest, reading))
    return latest, latest != NO_CAP


def _reading(document: Ints, value: Numbers, unit: str) -> Ints:
    days = np.nan_to_num(value).astype(np.int64)
    if unit == "days_end_of_month":
        return np.maximum(_month_end(document + days), _month_end(document) + days)
    if unit == "days_end_of_decade":
        return _decade_end(document) + days
    if unit.startswith("days_net_"):
        month = document.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
        season = month <= 9 if unit.endswith("january_september") else month >= 10
        return np.where(season, document + days, NO_CAP)
    return document + days


def _month_end(days: Ints) -> Ints:
    following = days.astype("datetime64[D]").astype("datetime64[M]") + 1
    return following.astype("datetime64[D]").astype(np.int64) - 1


def _decade_end(days: Ints) -> Ints:
    first = days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    of_month, end = days - first + 1, _month_end(days)
    return np.select([of_month <= day for day in DECADES], [first + day - 1 for day in DECADES], end)


def over_cap(invoices: pd.DataFrame, *, table: pd.DataFrame, parameters: tuple[str, ...]) -> pd.DataFrame:
    """Return the invoices whose term the law's most generous reading does not allow.

    Parameters
    ----------
    invoices : DataFrame
        ``document_date`` and ``due_date`` (none missing).
    table, parameters
        As in `cap_days`.

    Returns
    -------
    DataFrame
        On the index of ``invoices``, those over the cap only: ``term_days`` (document date to due date), ``cap_date``
        and ``days_over`` [days].
    """
    document, due = (day_numbers(invoices[name]).astype(np.int64) for name in ("document_date", "due_date"))
    latest, is_known = cap_days(document, table=table, parameters=parameters)
    over = is_known & (due > latest)
    return pd.DataFrame({
        "term_days": (due - document)[over], "cap_date": from_day_numbers(latest[over].astype(np.int32)),
        "days_over": (due - latest)[over]}, index=invoices.index[over])
