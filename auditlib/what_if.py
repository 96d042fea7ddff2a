"""What the failure of a customer, or of several, would cost (DOMAIN.md A4 and A5). Amounts in cents."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditlib.texts import N_

__all__ = [
    "NO_ANNUAL_SALES", "NO_MARGIN", "NO_VAT_RULE", "VAT_ON_JUDGMENT", "VAT_ON_PAYMENT", "VAT_UNKNOWN", "Failure",
    "failure", "gap_by_month", "per_customer", "vat_deadline",
]

VAT_UNKNOWN = N_("La TVA d'une partie de la créance n'est pas connue (economics.vat_rate).")
NO_MARGIN = N_("Le taux de marge n'est pas renseigné (economics.margin_rate).")
NO_ANNUAL_SALES = N_("Les ventes de l'année ne sont pas connues.")
NO_VAT_RULE = N_("Le fait générateur de la TVA du client n'est pas renseigné (risk.vat_due_on).")
VAT_ON_PAYMENT = N_("TVA due à l'encaissement : elle n'a pas été payée, il n'y a rien à récupérer.")
VAT_ON_JUDGMENT = N_(
    "Récupérable à la date du jugement de liquidation, ou quand la créance est définitivement irrécouvrable (CGI, art. "
    "272, 1), par une facture rectificative.")
VAT_RUNNING = N_("Récupérable depuis le jugement de liquidation ; à réclamer avant la date limite.")
VAT_TOO_LATE = N_("Le délai de réclamation de la TVA est passé.")


@dataclass(frozen=True)
class Failure:
    """What would be lost if the customers chosen failed; None where `reasons` says why.

    Attributes
    ----------
    customers : int
    exposure_cents : int
        Their positive balances: the cash that would not come. [cents, VAT included]
    loss_cents : int or None
        The loss. [cents, VAT excluded]
    vat_cents, vat_recoverable_cents : int or None
        VAT in the claims, and the part that can be claimed back. [cents]
    vat_note : str
        When it can be: a French sentence.
    vat_deadline : date or None
        Last day to claim it, where a liquidation has been ordered.
    compensating_cents : int or None
        Sales whose margin makes up for the loss, at the client's own rate. [cents, VAT excluded]
    compensating : DataFrame
        ``margin_rate`` [share 0–1] and ``amount_cents`` [cents, VAT excluded] at the usual rates.
    share_of_margin : float or None
        Loss over a year's margin; above 1, more than a year of margin. [share]
    share_of_receivable : float or None
        Exposure over all positive balances. [share 0–1]
    reasons : dict of str to str
        By field that is None, a French sentence.
    """

    customers: int
    exposure_cents: int
    loss_cents: int | None
    vat_cents: int | None
    vat_recoverable_cents: int | None
    vat_note: str
    vat_deadline: dt.date | None
    compensating_cents: int | None
    compensating: pd.DataFrame
    share_of_margin: float | None
    share_of_receivable: float | None
    reasons: dict[str, str]


def failure(
    exposures: pd.DataFrame, *, customers: Sequence[str], margin_rate: float | None, vat_due_on: str | None,
    as_of_date: dt.date, vat_claim_years: int, margin_rates: Sequence[float],
) -> Failure:
    """Say what the failure of customers would cost.

    Parameters
    ----------
    exposures : DataFrame
        One row a customer: ``customer_id``, ``exposure_cents`` (positive balance), ``net_cents``, ``vat_cents``,
        ``is_vat_known``, ``annual_sales_net_cents`` and ``liquidation_on`` (missing where not known or none).
        [cents]
    customers : sequence of str
        Those who fail: one customer, or a group's.
    margin_rate : float or None
        [share 0–1]
    vat_due_on : {"invoice", "payment", None}
        When the client owes VAT on his sales.
    as_of_date : date
    vat_claim_years : int
        VAT is claimed by 31 December of the n-th year after the event.
    margin_rates : sequence of float
        Of the table of compensating sales: `auditlib.costs.MARGIN_RATES`. [share 0–1]

    References
    ----------
    DOMAIN.md A4 (VAT, CGI 272-1), A5 (compensating sales).
    """
    chosen = exposures[exposures["customer_id"].isin(customers)]
    reasons: dict[str, str] = {}
    exposure = int(chosen["exposure_cents"].sum())
    known = bool(chosen["is_vat_known"].all())
    loss, vat = (int(chosen[name].sum()) if known else None for name in ("net_cents", "vat_cents"))
    if not known:
        reasons |= dict.fromkeys(("loss_cents", "vat_cents", "compensating_cents", "share_of_margin"), VAT_UNKNOWN)
    recoverable, note, deadline = _vat(chosen, vat, vat_due_on, as_of_date, vat_claim_years)
    if recoverable is None:
        reasons["vat_recoverable_cents"] = note
    annual = exposures["annual_sales_net_cents"]
    margin = None if margin_rate is None or annual.isna().any() else float(annual.sum()) * margin_rate
    if margin_rate is None:
        reasons |= {"compensating_cents": NO_MARGIN, "share_of_margin": NO_MARGIN}
    elif margin is None or margin <= 0:
        reasons["share_of_margin"] = NO_ANNUAL_SALES
    total = int(exposures["exposure_cents"].sum())
    return Failure(
        customers=len(chosen), exposure_cents=exposure, loss_cents=loss, vat_cents=vat,
        vat_recoverable_cents=recoverable, vat_note=note, vat_deadline=deadline,
        compensating_cents=None if loss is None or margin_rate is None else round(loss / margin_rate),
        compensating=_compensating(loss, margin_rates), reasons=reasons,
        share_of_receivable=exposure / total if total else None,
        share_of_margin=None if loss is None or margin is None or margin <= 0 else loss / margin)


def per_customer(
    exposures: pd.DataFrame, *, margin_rate: float | None, vat_due_on: str | None, as_of_date: dt.date,
) -> pd.DataFrame:
    """Add to each customer what his failure alone would cost, as `failure` says it.

    Parameters
    ----------
    exposures : DataFrame
        As in `failure`, with ``vat_deadline`` (missing without a liquidation).
    margin_rate, vat_due_on, as_of_date
        As in `failure`.

    Returns
    -------
    DataFrame
        With ``loss_cents`` and ``compensating_cents`` [cents, VAT excluded], ``vat_recoverable_cents`` [cents],
        ``share_of_margin`` and ``share_of_receivable`` [share]; NaN where not known.
    """
    known, annual = exposures["is_vat_known"], exposures["annual_sales_net_cents"]
    margin = np.nan if margin_rate is None or annual.isna().any() else float(annual.sum()) * margin_rate
    loss = exposures["net_cents"].where(known).astype("float64")
    late = exposures["vat_deadline"] < pd.Timestamp(as_of_date)
    vat = exposures["vat_cents"].where(known).astype("float64").mask(late & known, 0.0)
    total = int(exposures["exposure_cents"].sum())
    return exposures.assign(
        loss_cents=loss, compensating_cents=(loss / (margin_rate or np.nan)).round(),
        vat_recoverable_cents=vat * {"invoice": 1.0, "payment": 0.0}.get(vat_due_on or "", np.nan),
        share_of_margin=loss / (margin if margin > 0 else np.nan),
        share_of_receivable=exposures["exposure_cents"] / (total or np.nan))


def _vat(
    chosen: pd.DataFrame, vat: int | None, due_on: str | None, day: dt.date, years: int,
) -> tuple[int | None, str, dt.date | None]:
    """Return the VAT that can be claimed back, when, and by which day."""
    if vat is None:
        return None, VAT_UNKNOWN, None
    if due_on is None:
        return None, NO_VAT_RULE, None
    if due_on == "payment":
        return 0, VAT_ON_PAYMENT, None
    deadlines = [vat_deadline(event.date(), years=years) for event in chosen["liquidation_on"].dropna()]
    if not deadlines:
        return vat, VAT_ON_JUDGMENT, None
    limits = chosen["liquidation_on"].map(
        lambda event: None if pd.isna(event) else vat_deadline(event.date(), years=years))
    lost = int(chosen.loc[[limit is not None and limit < day for limit in limits], "vat_cents"].sum())
    return vat - lost, VAT_TOO_LATE if lost == vat else VAT_RUNNING, min(deadlines)


def vat_deadline(event: dt.date, *, years: int) -> dt.date:
    """Return the last day to claim VAT back after an event (DOMAIN.md A4).

    Examples
    --------
    >>> vat_deadline(dt.date(2024, 3, 5), years=2)
    datetime.date(2026, 12, 31)
    """
    return dt.date(event.year + years, 12, 31)


def _compensating(loss: int | None, margin_rates: Sequence[float]) -> pd.DataFrame:
    rates = list(margin_rates) if loss is not None else []
    return pd.DataFrame({
        "margin_rate": pd.Series(rates, dtype="float64"),
        "amount_cents": pd.Series([round((loss or 0) / rate) for rate in rates], dtype="int64")})


def gap_by_month(open_items: pd.DataFrame, *, customers: Sequence[str], as_of_date: dt.date) -> pd.DataFrame:
    """Return when the cash of customers was to come: what they owe by the month it falls due.

    Parameters
    ----------
    open_items : DataFrame
        `schemas.OPEN_ITEMS`.
    customers : sequence of str
    as_of_date : date

    Returns
    -------
    DataFrame
        ``month`` ("2026-01"; "" what is overdue, undated or of unknown age, credits deducted) and ``amount_cents``;
        their sum is the balance of the customers. [cents, VAT included]
    """
    rows = open_items[open_items["customer_id"].isin(customers)]
    later = (rows["bucket"] == "not_due") & (rows["due_date"] >= pd.Timestamp(as_of_date))
    month = rows["due_date"].dt.strftime("%Y-%m").where(later.to_numpy(), "").fillna("").astype("str")
    return rows["residual_cents"].groupby(month.rename("month")).sum().rename("amount_cents").reset_index()
