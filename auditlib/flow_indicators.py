"""Indicators that need sales and payments: the DSO family, payment timing, collection and cost."""

import datetime as dt
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib import collection, costs, payment_timing, reasons, sales
from auditlib.dates import add_months
from auditlib.dso import SPLIT_CLASSES, count_back, days_sales_outstanding, split_cents, split_days
from auditlib.evidence import Evidence, is_due_date_estimated
from auditlib.matching.codes import COVERAGE_DAYS
from auditlib.overdue import dated_debits
from auditlib.restated import added_back
from auditlib.results import Indicator, Window
from auditlib.texts import N_

__all__ = ["FLOW_UNITS", "cost_indicators", "dso_indicators", "settled_in", "timing_indicators", "trade_indicators"]

FLOW_UNITS = {
    "dso": "days", "dso_excl_doubtful": "days", "dso_external": "days", "dso_restated": "days",
    "dso_count_back": "days", "dso_count_back_excl_doubtful": "days",
    **{f"dso_{name}": "days" for name in SPLIT_CLASSES},
    **{f"recovery_rate_{horizon}": "share" for horizon in ("1m", "3m", "30d", "90d", "overdue_1m", "overdue_3m")},
    "weighted_days_to_pay": "days", "weighted_days_beyond_terms": "days", "median_days_beyond_terms_km": "days",
    "weighted_contract_terms": "days", "collection_effectiveness_index": "share", "dilution_rate": "share",
    "financing_cost": "amount_per_year", "cash_per_dso_day": "amount", "cash_releasable": "amount",
    "lettering_coverage": "share",
}
"""Unit of each indicator that a list of open items or an aged balance cannot give, in the order reported."""
CEI_MONTHS = 3
GIVEN = ("given", "label")
OWN_BEST = N_("Cible : le meilleur quartile des taux d'échu de l'entreprise elle-même.")
TARGET_GIVEN = N_("Cible : le taux d'échu fixé par l'auditeur.")


def dso_indicators(evidence: Evidence) -> dict[str, Indicator]:
    """Return the DSO, its variants, its additive split and the count-back."""
    items = evidence.open_items
    receivable, parts = int(items["residual_cents"].sum()), split_cents(items)
    sound = receivable - int(items.loc[items["is_doubtful"], "residual_cents"].sum())
    external = int(items.loc[~items["is_group"], "residual_cents"].sum())
    sold = evidence.sold
    found = {"dso": _ratio(evidence, receivable, sold), "dso_excl_doubtful": _ratio(evidence, sound, sold),
             "dso_external": _ratio(evidence, external, sold[~evidence.is_of_group(sold)]),
             "dso_restated": _restated(evidence, receivable, sold),
             "dso_count_back": _count_back(evidence, receivable, items),
             "dso_count_back_excl_doubtful": _count_back(evidence, sound, items[~items["is_doubtful"]])}
    return found | _split(evidence, found["dso"], parts)


def _restated(evidence: Evidence, receivable: int, sold: pd.DataFrame) -> Indicator:
    """Return the DSO with claims sold with recourse added back."""
    if evidence.intake.ceded.empty:
        return Indicator(None, "days", reason=reasons.NO_CEDED)
    added = added_back(evidence.intake.ceded, open_items=evidence.open_items, as_of_date=evidence.as_of_date)
    return _ratio(evidence, receivable + int(added["added_cents"].sum()), sold)


def _ratio(evidence: Evidence, receivable: int, sales_items: pd.DataFrame) -> Indicator:
    window = evidence.window(evidence.as_of_date)
    if window is None:
        return Indicator(None, "days", reason=reasons.SHORT_HISTORY)
    counted = _posted(sales_items, window)
    sold = int(counted["amount_cents"].sum())
    value = days_sales_outstanding(receivable, sales_cents=sold, days=window.days)
    if value is None:
        return _within(window, Indicator(None, "days", reason=reasons.NO_SALES))
    return _within(window, Indicator(value, "days", basis_items=len(counted), basis_cents=sold,
                                     share_estimated=_share(counted["amount_cents"].abs(), counted["kind_inferred"])))


def _split(evidence: Evidence, whole: Indicator, parts: dict[str, int]) -> dict[str, Indicator]:
    if whole.value is None or whole.basis_cents is None or whole.window_start is None:
        return {f"dso_{name}": whole for name in SPLIT_CLASSES}
    days = (evidence.as_of_date - whole.window_start).days + 1
    values = split_days(parts, sales_cents=whole.basis_cents, days=days)
    found = {f"dso_{name}": replace(whole, value=value) for name, value in values.items()}
    unknown = None if evidence.intake.has_dispute_information else reasons.DISPUTES_UNKNOWN_NOTE
    for name, said in (("dso_best_possible", None), ("dso_late", unknown)):
        found[name] = replace(found[name], note=evidence.due_date_note(said),
                              share_estimated=evidence.share_due_dates_estimated)
    if unknown:
        found["dso_disputed"] = replace(found["dso_disputed"], value=None, reason=reasons.DISPUTES_UNKNOWN)
    return found


def _count_back(evidence: Evidence, receivable: int, items: pd.DataFrame) -> Indicator:
    months = sales.monthly_sales(evidence.daily_sales, as_of_date=evidence.as_of_date)
    if not len(months) and receivable > 0:
        return Indicator(None, "days", reason=reasons.NO_SALES)
    found = count_back(receivable, monthly_sales=months, as_of_date=evidence.as_of_date)
    sold = evidence.sold
    return Indicator(found.days, "days", basis_items=len(items), basis_cents=receivable,
                     share_estimated=_share(sold["amount_cents"].abs(), sold["kind_inferred"]),
                     note=reasons.HISTORY_USED_UP if found.is_lower_bound else None)


def timing_indicators(evidence: Evidence) -> dict[str, Indicator]:
    """Return how long customers took to pay, over settlements of the window, and the terms they were given."""
    note = evidence.due_date_note()
    window = evidence.window(evidence.as_of_date)
    late = Indicator(None, "days", reason=reasons.SHORT_HISTORY)
    found = dict.fromkeys(("weighted_days_to_pay", "weighted_days_beyond_terms"), late)
    found["median_days_beyond_terms_km"] = _median(evidence, note)
    found["weighted_contract_terms"] = late
    if window is None:
        return found
    paid = settled_in(evidence, window)
    found["weighted_days_to_pay"] = _weighted(paid, "document_date", window, None)
    found["weighted_days_beyond_terms"] = _weighted(paid[paid["due_date"].notna()], "due_date", window, note)
    found["weighted_contract_terms"] = _terms(evidence, window)
    return found


def settled_in(evidence: Evidence, window: Window) -> pd.DataFrame:
    """Return the settlements of the window, each beside the dates of the invoice it pays."""
    items = evidence.ledger.items
    listed = evidence.settlements
    listed = listed[listed["event_date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end))]
    claim = items[["kind", "document_date", "due_date", "is_age_unknown"]].take(listed["root_id"].to_numpy())
    claim = claim.reset_index(drop=True).assign(is_due_date_estimated=is_due_date_estimated(items)[listed["root_id"]])
    joined = pd.concat([listed.reset_index(drop=True), claim], axis=1)
    return joined[joined["kind"].isin(["invoice", "opening"]) & ~joined["is_age_unknown"]
                  & joined["document_date"].notna()]


def _weighted(paid: pd.DataFrame, start: str, window: Window, note: str | None) -> Indicator:
    amounts = paid["amount_cents"].to_numpy()
    value = payment_timing.weighted_days(amounts, start=paid[start], end=paid["settlement_date"])
    if value is None:
        return _within(window, Indicator(None, "days", reason=reasons.NOTHING_SETTLED))
    inferred = paid["is_inferred"] | (paid["is_due_date_estimated"] & (start == "due_date"))
    return _within(window, Indicator(value, "days", basis_items=len(paid), basis_cents=int(amounts.sum()), note=note,
                                     share_estimated=_share(paid["amount_cents"], inferred)))


def _terms(evidence: Evidence, window: Window) -> Indicator:
    sold = _posted(evidence.invoices, window)
    given = sold[sold["due_date_origin"].isin(GIVEN) & sold["due_date"].notna() & sold["document_date"].notna()]
    amounts = given["amount_cents"].to_numpy()
    value = payment_timing.weighted_days(amounts, start=given["document_date"], end=given["due_date"])
    if value is None:
        return _within(window, Indicator(None, "days", reason=reasons.NO_GIVEN_TERMS))
    return _within(window, Indicator(value, "days", basis_items=len(given), basis_cents=int(amounts.sum()),
                                     share_estimated=_share(given["amount_cents"], given["kind_inferred"])))


def _median(evidence: Evidence, note: str | None) -> Indicator:
    dated = evidence.invoices[evidence.invoices["due_date"].notna()]
    outcomes = payment_timing.settlement_outcomes(dated, claims=evidence.claims, as_of_date=evidence.as_of_date)
    value = payment_timing.median_days_beyond_terms_km(outcomes)
    if value is None:
        return Indicator(None, "days", reason=reasons.NO_MEDIAN if len(dated) else reasons.NO_DATED_INVOICE)
    estimated = pd.Series(is_due_date_estimated(dated), dated.index)
    return Indicator(float(value), "days", basis_items=len(dated), basis_cents=int(dated["amount_cents"].sum()),
                     share_estimated=_share(dated["amount_cents"], estimated), note=note)


def trade_indicators(evidence: Evidence) -> dict[str, Indicator]:
    """Return the collection effectiveness index, the dilution and the share of credit that carries a code."""
    return {"collection_effectiveness_index": _effectiveness(evidence), "dilution_rate": _dilution(evidence),
            "lettering_coverage": _coverage(evidence)}


def _effectiveness(evidence: Evidence) -> Indicator:
    day = evidence.as_of_date
    window = evidence.window(day, months=CEI_MONTHS)
    if window is None:
        return Indicator(None, "share", reason=reasons.SHORT_HISTORY)
    items = evidence.open_items
    not_due = items.loc[items["bucket"] == "not_due", "residual_cents"]
    opening = evidence.receivable_at(add_months(day, -CEI_MONTHS)) + _brought_forward(evidence, window)
    sold = sales.sales_between(evidence.daily_sales, window=window)
    value = collection.collection_effectiveness_index(
        opening, sales_cents=sold, closing_cents=int(items["residual_cents"].sum()),
        closing_not_due_cents=int(not_due.sum()),
        write_offs_cents=-collection.posted_between(evidence.ledger.items, kind="write_off", window=window))
    if value is None:
        return _within(window, Indicator(None, "share", reason=reasons.NOTHING_COLLECTIBLE))
    return _within(window, Indicator(value, "share", basis_items=len(items),
                                     basis_cents=opening + sold - int(not_due.sum()),
                                     share_estimated=evidence.share_due_dates_estimated,
                                     note=evidence.due_date_note()))


def _brought_forward(evidence: Evidence, window: Window) -> int:
    """Return the balances brought forward posted in a window: they stood before it, whatever their entry's date."""
    return collection.posted_between(evidence.ledger.items, kind="opening", window=window)


def _dilution(evidence: Evidence) -> Indicator:
    window = evidence.window(evidence.as_of_date)
    if window is None:
        return Indicator(None, "share", reason=reasons.SHORT_HISTORY)
    posted = _posted(evidence.sold, window)
    invoiced = posted[posted["kind"] == "invoice"]
    credited = -int(posted.loc[posted["kind"] == "credit_note", "amount_cents"].sum())
    value = collection.dilution_rate(credited, invoiced_cents=int(invoiced["amount_cents"].sum()))
    if value is None:
        return _within(window, Indicator(None, "share", reason=reasons.NOTHING_BILLED))
    return _within(window, Indicator(value, "share", basis_items=len(invoiced),
                                     basis_cents=int(invoiced["amount_cents"].sum()),
                                     share_estimated=_share(posted["amount_cents"].abs(), posted["kind_inferred"])))


def _coverage(evidence: Evidence) -> Indicator:
    items, value = evidence.ledger.items, evidence.ledger.matching.lettering_coverage
    note = reasons.CODES_DECIDE if evidence.ledger.matching.applied == "codes" else reasons.ALL_EVIDENCE
    if value is None:
        return Indicator(None, "share", reason=reasons.NO_OLD_CREDIT, note=note)
    credit = items.loc[(items["amount_cents"] < 0) & _is_old(items, evidence.as_of_date), "amount_cents"]
    return Indicator(value, "share", basis_items=len(credit), basis_cents=-int(credit.sum()), share_estimated=0.0,
                     note=note)


def _is_old(items: pd.DataFrame, day: dt.date) -> pd.Series:
    return items["posting_date"] < pd.Timestamp(day) - pd.Timedelta(days=COVERAGE_DAYS)


def cost_indicators(
    evidence: Evidence, *, past_net_overdue: dict[dt.date, int], past_rates: npt.NDArray[np.float64],
) -> dict[str, Indicator]:
    """Return what lateness costs and what collecting it would release.

    Parameters
    ----------
    evidence : Evidence
    past_net_overdue : dict of date to int
        Net overdue at replayed month ends. [cents, VAT included]
    past_rates : ndarray of float64
        Overdue rates of the evolution, NaN where not available. [share 0–1]
    """
    window = evidence.window(evidence.as_of_date)
    short = Indicator(None, "amount", reason=reasons.SHORT_HISTORY)
    if window is None:
        return {"financing_cost": replace(short, unit="amount_per_year"), "cash_per_dso_day": short,
                "cash_releasable": _releasable(evidence, past_rates)}
    return {"financing_cost": _financing(evidence, window, past_net_overdue),
            "cash_per_dso_day": _within(window, _per_day(evidence, window)),
            "cash_releasable": _releasable(evidence, past_rates)}


def _per_day(evidence: Evidence, window: Window) -> Indicator:
    counted = _posted(evidence.sold, window)
    sold = int(counted["amount_cents"].sum())
    if sold <= 0:
        return Indicator(None, "amount", reason=reasons.NO_SALES)
    return Indicator(costs.cash_per_dso_day(sold, days=window.days) / 100, "amount", basis_items=len(counted),
                     basis_cents=sold, share_estimated=_share(counted["amount_cents"].abs(), counted["kind_inferred"]))


def _financing(evidence: Evidence, window: Window, past: dict[dt.date, int]) -> Indicator:
    rate = evidence.parameters.economics.financing_rate
    if rate is None:
        return Indicator(None, "amount_per_year", reason=reasons.NO_FINANCING_RATE)
    late = np.array([cents for day, cents in past.items() if window.start <= day <= window.end], dtype=np.int64)
    if not len(late):
        return Indicator(None, "amount_per_year", reason=reasons.NO_MONTH_END)
    return _within(window, Indicator(
        costs.financing_cost(late, financing_rate=rate) / 100, "amount_per_year", basis_items=len(late),
        basis_cents=round(float(late.mean())), share_estimated=evidence.share_due_dates_estimated,
        note=evidence.due_date_note(reasons.DEPOSITS_AT_END_ONLY if len(evidence.intake.deposits) else None)))


def _releasable(evidence: Evidence, past_rates: npt.NDArray[np.float64]) -> Indicator:
    known, wanted = past_rates[~np.isnan(past_rates)], evidence.parameters.risk.target_overdue_rate
    if wanted is None and not len(known):
        return Indicator(None, "amount", reason=reasons.NO_EVOLUTION)
    items = evidence.open_items.loc[evidence.net_overdue.index]
    sound = ~(items["is_doubtful"] | items["is_retention"] | items["is_group"])
    undisputed = np.maximum(items["residual_cents"] - items["disputed_cents"], 0)
    # Credits are held to cover the disputed part first: what is net and undisputed is the smaller of both.
    late = np.minimum(evidence.net_overdue["net_overdue_cents"], undisputed)[sound]
    dated = dated_debits(evidence.open_items)
    value = costs.cash_releasable(int(late.sum()), dated_gross_cents=int(dated["residual_cents"].sum()),
                                  target_rate=float(np.quantile(known, 0.25)) if wanted is None else wanted)
    return Indicator(value / 100, "amount", basis_items=len(late), basis_cents=int(late.sum()),
                     share_estimated=evidence.share_due_dates_estimated,
                     window_months=len(known) if wanted is None else None,
                     note=evidence.due_date_note(OWN_BEST if wanted is None else TARGET_GIVEN))


def _posted(items: pd.DataFrame, window: Window) -> pd.DataFrame:
    return items[items["posting_date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end))]


def _share(amounts: pd.Series, is_estimated: pd.Series) -> float:
    total = int(amounts.sum())
    return float(amounts[is_estimated].sum() / total) if total else 0.0


def _within(window: Window, indicator: Indicator) -> Indicator:
    return replace(indicator, window_months=window.months, window_start=window.start, window_end=window.end)
