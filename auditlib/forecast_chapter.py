"""Chapter of payment curves and cash forecast, with its back-test."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd

from auditlib import reasons, sales
from auditlib.chapter import Chapter
from auditlib.dates import NO_DAY, add_months
from auditlib.evidence import Evidence
from auditlib.forecast import LATER, NOT_EXPECTED, PARTS, cash_table, with_band
from auditlib.history import History
from auditlib.known_then import Known, known_then
from auditlib.past_forecast import BACK_MONTHS, WEEKS, by_customer, past_forecast, period_days, spread_over
from auditlib.payment_curves import payment_curves
from auditlib.payment_habits import pace_names
from auditlib.payment_model import PaymentModel, claims_to_come, fit, outcomes
from auditlib.results import Indicator
from auditlib.texts import N_

__all__ = ["PLAN_DAYS", "UNITS", "forecast_chapter"]

UNITS: dict[str, str] = {
    "forecast_13_weeks": "amount", "forecast_6_months": "amount", "forecast_error": "share",
    "forecast_error_naive": "share", "forecast_weekly_error": "share", "forecast_weekly_error_naive": "share"}
"""Unit of each indicator of this chapter, in the order reported."""
MONTHS = 6
PLAN_DAYS = 30
"""Within so many days the action plan looks for cash. [days]"""
FEWEST_MONTHS, FEWEST_SETTLED = 6, 30
DIMENSIONS = ("customer_type", "zone", "size_class", "business_unit", "payer_profile")
"""Attributes of the customers whose groups have a curve, where they say something."""
MEASURES = {"forecast_error": ("month_error", "forecast_bias"), "forecast_error_naive": ("month_error", "naive_bias"),
            "forecast_weekly_error": ("week_error", "forecast_wape"),
            "forecast_weekly_error_naive": ("week_error", "naive_wape")}
"""Row and column of the back-test each error is read from."""

SHORT = N_("Moins de six mois d'historique, ou moins de trente factures réglées : pas de prévision défendable.")
NOTHING_OWED = N_("Aucune créance à prévoir : rien n'est dû, ou les crédits non affectés couvrent tout.")
SHORT_THEN = N_("Trois mois plus tôt, l'historique était trop court pour établir la même prévision.")
NOTHING_THEN = N_("Trois mois plus tôt, aucune créance n'était à prévoir.")
NOTHING_CAME = N_("Aucun règlement n'est venu sur les créances alors prévues.")
EXISTING_ONLY = N_("Encours existant seulement : les ventes à venir ne sont pas comptées.")
UNTESTED = N_("Prévision non contrôlée a posteriori : l'historique est trop court.")
UNKNOWN_DISPUTES = N_("Litiges : durée de résolution inconnue, les montants contestés ne sont pas attendus.")
UNKNOWN_PROMISES = N_("Promesses : trop peu sont échues pour mesurer leur tenue, elles sont comptées en entier.")
BETTER = N_("La prévision fait mieux que « échéance + retard moyen ».")
WORSE = N_("La prévision fait moins bien que « échéance + retard moyen », sur le total comme par semaine.")
WORSE_IN_ALL = N_("La prévision fait moins bien que « échéance + retard moyen » sur le total, mieux par semaine.")
WORSE_BY_WEEK = N_("La prévision fait moins bien que « échéance + retard moyen » par semaine, mieux sur le total.")


def forecast_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame) -> Chapter:
    """Return payment curves, the cash forecast of 13 weeks and 6 months, and its back-test.

    Parameters
    ----------
    evidence : Evidence
    history : History
    customers : DataFrame
        `auditlib.customer_table.customer_table`; with ``payer_profile`` where it is known.

    Returns
    -------
    Chapter
        Tables ``curves`` (`auditlib.payment_curves`), ``cash_forecast`` (`auditlib.forecast`) and ``back_test``
        (`auditlib.back_test`); ``customer_cash`` (``customer_id``, ``expected_cents``, ``base_cents``), what of a
        customer's overdue and promised claims is expected within `PLAN_DAYS`. Settlements of claims that exist, VAT
        included; sales to come are not forecast.
    """
    if not evidence.has_flows:
        return _nothing(reasons.OPEN_ITEMS_ONLY)
    rules = evidence.parameters.forecast
    known = known_then(evidence, evidence.as_of_date)
    model = fit(known, rules=rules, grace_days=evidence.parameters.payers.promise_grace_days)
    tables = {"curves": _curves(known, model, evidence, customers)} if model.settled else {}
    if _is_short(evidence, evidence.as_of_date, model):
        return replace(_nothing(SHORT), tables=tables)
    claims = claims_to_come(known, model, rules=rules)
    tested = _back_test(evidence)
    errors = _errors(tested)
    if isinstance(tested, pd.DataFrame):
        tables["back_test"] = tested
    if not len(claims):
        return Chapter(_nothing(NOTHING_OWED).indicators | errors, tables)
    tables["customer_cash"] = _by_customer(claims, model, evidence)
    tables["cash_forecast"] = _cash(
        claims, model, evidence.as_of_date, error=errors["forecast_weekly_error"].value)
    note = _note(claims, model, errors, evidence)
    return Chapter(_amounts(tables["cash_forecast"], evidence, claims, note) | errors, tables)


def _nothing(reason: str) -> Chapter:
    return Chapter({name: Indicator(None, unit, reason=reason) for name, unit in UNITS.items()})


def _is_short(evidence: Evidence, day: dt.date, model: PaymentModel) -> bool:
    return _started_late(evidence, day) or model.settled < FEWEST_SETTLED


def _started_late(evidence: Evidence, day: dt.date) -> bool:
    first = sales.first_day(evidence.daily_sales)
    return first is None or first > add_months(day, -FEWEST_MONTHS) + dt.timedelta(days=1)


def _curves(known: Known, model: PaymentModel, evidence: Evidence, customers: pd.DataFrame) -> pd.DataFrame:
    rules = evidence.parameters.forecast
    found = outcomes(known, months=rules.history_months)
    found = found[found["days_beyond_terms"] != NO_DAY].reset_index(drop=True)
    owner, names = found["customer"].to_numpy(), known.invoices["customer_id"].cat.categories
    paces = pd.Index(pace_names(rules.pace_limits), dtype="str")
    groups = {"pace": pd.Categorical.from_codes(model.pace_of_customer[owner], categories=paces)}
    of_customer = customers.set_index("customer_id")
    for name in DIMENSIONS:
        if name in of_customer:
            attribute = pd.Categorical(of_customer[name].astype("str").reindex(names).fillna(""))
            if len(attribute.categories) > 1:
                groups[name] = pd.Categorical.from_codes(attribute.codes[owner], categories=attribute.categories)
    return payment_curves(found, groups=groups, minimum_events=rules.minimum_events,
                          minimum_at_risk=rules.minimum_at_risk)


def _back_test(evidence: Evidence) -> pd.DataFrame | str:
    """Return the table of the back-test, or why there is none."""
    if _started_late(evidence, add_months(evidence.as_of_date, -BACK_MONTHS)):
        return SHORT_THEN
    found = past_forecast(evidence)
    if found is None:
        return NOTHING_THEN
    table, model = found
    return table if model.settled >= FEWEST_SETTLED else SHORT_THEN


def _errors(tested: pd.DataFrame | str) -> dict[str, Indicator]:
    if isinstance(tested, str):
        return {name: Indicator(None, UNITS[name], reason=tested) for name in MEASURES}
    rows = {str(row["kind"]): row for row in tested.to_dict("records")}
    values = {name: float(rows[row][column]) for name, (row, column) in MEASURES.items()}
    whole = rows["month_error"]
    came = int(whole["came_cents"])
    if any(np.isnan(value) for value in values.values()):
        return {name: Indicator(None, UNITS[name], reason=NOTHING_CAME) for name in MEASURES}
    note = _verdict({name: abs(value) for name, value in values.items()})
    start, end = whole["start"].date(), whole["end"].date()
    return {name: Indicator(abs(value), UNITS[name], window_months=BACK_MONTHS, window_start=start, window_end=end,
                            basis_cents=came, note=note) for name, value in values.items()}


def _verdict(values: dict[str, float]) -> str:
    """Say whether the forecast beats due date and average delay."""
    in_all = values["forecast_error"] > values["forecast_error_naive"]
    by_week = values["forecast_weekly_error"] > values["forecast_weekly_error_naive"]
    if in_all:
        return WORSE if by_week else WORSE_IN_ALL
    return WORSE_BY_WEEK if by_week else BETTER


def _by_customer(claims: pd.DataFrame, model: PaymentModel, evidence: Evidence) -> pd.DataFrame:
    day = evidence.as_of_date
    found = by_customer(claims, model, days=[pd.Timestamp(day), pd.Timestamp(day) + pd.Timedelta(days=PLAN_DAYS)])
    names = evidence.ledger.items["customer_id"].cat.categories.astype("str")
    named = found.assign(customer_id=names[found["customer"].to_numpy()])
    return named[["customer_id", "expected_cents", "base_cents"]]


def _cash(claims: pd.DataFrame, model: PaymentModel, day: dt.date, *, error: float | None) -> pd.DataFrame:
    found = []
    for kind, days in (("week", period_days(day, weeks=WEEKS)), ("month", period_days(day, months=MONTHS))):
        table = cash_table(spread_over(claims, model, days=days), kind=kind, days=days)
        found.append(with_band(table, error=error))
    return pd.concat(found, ignore_index=True).astype({"kind": "category"})


def _note(claims: pd.DataFrame, model: PaymentModel, errors: dict[str, Indicator], evidence: Evidence) -> str | None:
    """Return what must be said beside the forecast: its limits, and how its back-test went."""
    parts = set(claims["part"])
    has_disputes, has_promises = (PARTS.index(name) in parts for name in ("disputed", "promised"))
    tested = errors["forecast_error"]
    said = (EXISTING_ONLY, tested.note or UNTESTED,
            UNKNOWN_DISPUTES if has_disputes and model.dispute_days is None else None,
            UNKNOWN_PROMISES if has_promises and model.kept_share is None else None)
    return evidence.due_date_note(*said)


def _amounts(
    cash: pd.DataFrame, evidence: Evidence, claims: pd.DataFrame, note: str | None,
) -> dict[str, Indicator]:
    dated = cash[~cash["period"].isin([LATER, NOT_EXPECTED])]
    found = {}
    for name, kind in (("forecast_13_weeks", "week"), ("forecast_6_months", "month")):
        own = dated[dated["kind"] == kind]
        found[name] = Indicator(
            int(own["expected_cents"].sum()) / 100, "amount", window_start=own["start"].min().date(),
            window_end=own["end"].max().date(), basis_items=int(claims["claim"].nunique()),
            basis_cents=int(claims["cents"].sum()), share_estimated=evidence.share_due_dates_estimated, note=note)
    return found
