"""Chapter of risk: provisions, subsequent receipts, claims sold, insolvency, and what a failure would cost."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditlib import costs, provisions, reasons, risk_exposures
from auditlib.chapter import Chapter
from auditlib.dates import month_ends
from auditlib.evidence import Evidence
from auditlib.history import History
from auditlib.insolvency_check import days_since_check, is_check_current, last_check
from auditlib.ledger import build_ledger
from auditlib.open_items import account_starts
from auditlib.overdue import undated_share
from auditlib.restated import added_back
from auditlib.results import Indicator
from auditlib.roll_rates import LOSS, MATRIX, MINIMUM_TRANSITIONS, expected_loss_rates, roll_rates
from auditlib.subsequent_receipts import HORIZONS, Subsequent, subsequent_receipts
from auditlib.texts import N_
from auditlib.what_if import failure

__all__ = ["UNITS", "risk_chapter"]

UNITS: dict[str, str] = {
    "provision_matrix": "amount", "provision_booked": "amount", "provision_deductible": "amount",
    "vat_recoverable": "amount",
    "receivable_restated": "amount", "subsequent_receipts": "share", "subsequent_receipts_30d": "share",
    "subsequent_receipts_60d": "share", "insolvency_check_age": "days",
}
"""Unit of each indicator of this chapter, in the order reported."""
UNDATED_LIMIT = 0.10
FEW_TRANSITIONS = N_(
    "L'historique donne moins de douze passages d'un mois à l'autre : les taux de passage ne sont pas fiables.")
NO_WRITE_OFFS = N_(
    "Aucune perte constatée sur la période : le taux de perte de la dernière tranche est à indiquer "
    "(risk.last_bucket_loss_rate).")
NO_ROLL = N_("Une tranche de retard n'a pas d'historique : son taux de passage n'est pas connu.")
TO_ASSESS = N_("À apprécier dossier par dossier : les taux ne sont pas donnés dans les paramètres.")
NO_FILE = N_("Aucun dossier douteux, en procédure ou en litige n'est connu.")
DEDUCTIBLE_NOTE = N_(
    "Dossiers individuels seulement, hors taxes : une dépréciation statistique n'est pas déductible (CGI, art. 39, "
    "1-5°).")
NO_BOOKS = N_("Ni FEC ni balance générale à cette date : le compte 491 n'est pas connu.")
NO_PROCEDURES = N_("Aucune information sur les procédures collectives des clients.")
NO_LATER_MOVEMENT = N_(
    "Les pièces reçues ne couvrent pas encore les jours qui suivent la date d'arrêté jusqu'à cet horizon.")
NOTHING_OWED = N_("L'encours est nul ou créditeur à la date d'arrêté.")
NO_CHECK = N_("Aucun contrôle des procédures collectives (BODACC) : aucune lettre ne doit partir avant.")
CHECK_STALE = N_("Contrôle des procédures collectives trop ancien : aucune lettre ne doit partir avant de le refaire.")
CHECK_CURRENT = N_("Contrôle des procédures collectives en cours de validité à la date d'arrêté.")
CAPPED = N_("Un taux de passage dépasse 100 % (crédits extournés ou échéances erronées) : il est plafonné.")
GIVEN_LOSS = N_("Taux de perte de la dernière tranche fixé par l'auditeur.")
MATRIX_NOTE = N_("Créances nettes des crédits non affectés et hors taxes ; dossiers appréciés un par un à part.")
BOOKED_NOTE = N_("Solde créditeur des comptes 491.")
RESTATED_NOTE = N_("Encours majoré des créances affacturées avec recours et des effets escomptés non échus.")
AT_HORIZON = N_("Règlements seuls : ni avoirs ni passages en perte.")


def risk_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame) -> Chapter:
    """Return the chapter.

    Parameters
    ----------
    evidence : Evidence
    history : History
    customers : DataFrame
        `auditlib.customer_table.customer_table`.

    Notes
    -----
    Tables: ``roll_rates`` (`auditlib.roll_rates.roll_rates`), ``provisions`` (`auditlib.provisions.with_rates`),
    ``subsequent`` (`auditlib.subsequent_receipts`), ``exposures`` (`auditlib.risk_exposures.exposures`).
    """
    matrix = _provisions(evidence)
    after = _after(evidence)
    exposures = risk_exposures.exposures(evidence, customers=customers)
    receipts = {f"subsequent_receipts_{days}d": _settled_by(evidence, after, days) for days in HORIZONS}
    indicators = {
        "provision_matrix": matrix.indicator, "provision_booked": _booked(evidence),
        "provision_deductible": _deductible(matrix.table),
        "vat_recoverable": _vat_recoverable(evidence, exposures), "receivable_restated": _restated(evidence),
        "subsequent_receipts": receipts["subsequent_receipts_60d"], **receipts,
        "insolvency_check_age": _check_age(evidence)}
    return Chapter(indicators, {
        "roll_rates": matrix.rolls, "provisions": matrix.table, "exposures": exposures,
        "subsequent": pd.DataFrame() if after is None else after.unsettled})


@dataclass(frozen=True)
class _Matrix:
    """The provision matrix and what it rests on."""

    indicator: Indicator
    rolls: pd.DataFrame
    table: pd.DataFrame


def _provisions(evidence: Evidence) -> _Matrix:
    risk, items = evidence.parameters.risk, evidence.open_items
    exposure = provisions.exposure_by_class(
        items, net_overdue=evidence.net_overdue, vat_share=evidence.vat_share[items["item_id"].to_numpy()],
        matrix=MATRIX)
    rolls = _rolls(evidence)
    rates = expected_loss_rates(rolls) if len(rolls) else pd.Series(np.nan, index=list(MATRIX))
    individual = {str(name): rate for name, rate in risk.individual_rates.items()}
    table = provisions.with_rates(exposure, rates=rates, individual_rates=individual)
    inside = table[table["class"].isin(MATRIX)]
    if reason := _missing(evidence, rolls, inside):
        blank = table["class"].isin(MATRIX)
        table = table.assign(rate=table["rate"].mask(blank), provision_cents=table["provision_cents"].mask(blank))
        return _Matrix(Indicator(None, "amount", reason=reason), rolls, table)
    notes = [MATRIX_NOTE, CAPPED if rolls["is_capped"].any() else None, GIVEN_LOSS if rolls["is_given"].any() else None]
    return _Matrix(Indicator(
        float(inside["provision_cents"].sum()) / 100, "amount", window_months=int(rolls["transitions"].iloc[0]),
        basis_items=int(inside["items"].sum()), basis_cents=int(inside["base_cents"].sum()),
        share_estimated=evidence.share_due_dates_estimated, note=evidence.due_date_note(*notes)), rolls, table)


def _rolls(evidence: Evidence) -> pd.DataFrame:
    """Return the roll rates, empty where the history is too short."""
    risk, items = evidence.parameters.risk, evidence.ledger.items
    first = items["posting_date"].min().date()
    dates = [day for day in month_ends(evidence.as_of_date, risk.roll_rate_months + 1) if day >= first]
    if not evidence.has_flows or len(dates) <= MINIMUM_TRANSITIONS:
        return pd.DataFrame()
    outside = account_starts(items["account"], "4117") | evidence.is_of_group(items)
    return roll_rates(evidence.ledger, dates=dates, outside=outside, loss_rate=risk.last_bucket_loss_rate)


def _missing(evidence: Evidence, rolls: pd.DataFrame, inside: pd.DataFrame) -> str | None:
    """Say why there is no matrix, None where there is."""
    if not evidence.has_flows:
        return reasons.OPEN_ITEMS_ONLY
    if (undated_share(evidence.open_items) or 0) > UNDATED_LIMIT:
        return reasons.TOO_MUCH_UNDATED
    if rolls.empty:
        return FEW_TRANSITIONS
    last = rolls[rolls["to_bucket"] == LOSS].iloc[0]
    if not last["is_given"] and not last["arrived_cents"] > 0:
        return NO_WRITE_OFFS
    if not inside["is_vat_known"].all():
        return reasons.NO_VAT_RATE
    return NO_ROLL if inside["provision_cents"].isna().any() else None


def _deductible(table: pd.DataFrame) -> Indicator:
    """Return the depreciation of the files assessed one by one, the only part the tax law can take."""
    files = table[table["is_deductible"] & (table["base_cents"] > 0)]
    if files.empty or files["provision_cents"].isna().any():
        return Indicator(None, "amount", reason=NO_FILE if files.empty else TO_ASSESS)
    return Indicator(float(files["provision_cents"].sum()) / 100, "amount", basis_items=int(files["items"].sum()),
                     basis_cents=int(files["base_cents"].sum()), note=DEDUCTIBLE_NOTE)


def _booked(evidence: Evidence) -> Indicator:
    accounts, beside = evidence.intake.accounts, evidence.intake.outside
    lines = accounts[accounts["account"].str.startswith("491")]
    shown = beside[beside["account"].astype("str").str.startswith("491")]
    if accounts.empty and shown.empty:
        return Indicator(None, "amount", reason=NO_BOOKS)
    cents = int((lines["credit_cents"] - lines["debit_cents"]).sum()) if len(accounts) else -int(
        shown["amount_cents"].sum())
    return Indicator(cents / 100, "amount", basis_items=len(lines) or len(shown), basis_cents=cents,
                     share_estimated=0.0, note=BOOKED_NOTE)


def _vat_recoverable(evidence: Evidence, exposures: pd.DataFrame) -> Indicator:
    if evidence.intake.insolvencies.empty and _checked_on(evidence) is None:
        return Indicator(None, "amount", reason=NO_PROCEDURES)
    risk = evidence.parameters.risk
    closed = exposures[exposures["liquidation_on"].notna()]
    found = failure(
        exposures, customers=closed["customer_id"].tolist(), margin_rate=None, vat_due_on=risk.vat_due_on,
        as_of_date=evidence.as_of_date, vat_claim_years=risk.vat_claim_years, margin_rates=costs.MARGIN_RATES)
    if found.vat_recoverable_cents is None:
        return Indicator(None, "amount", reason=found.reasons["vat_recoverable_cents"])
    return Indicator(found.vat_recoverable_cents / 100, "amount", basis_items=len(closed),
                     basis_cents=found.exposure_cents, note=found.vat_note if len(closed) else None)


def _restated(evidence: Evidence) -> Indicator:
    if evidence.intake.ceded.empty:
        return Indicator(None, "amount", reason=reasons.NO_CEDED)
    added = added_back(evidence.intake.ceded, open_items=evidence.open_items, as_of_date=evidence.as_of_date)
    back = int(added["added_cents"].sum())
    total = int(evidence.open_items["residual_cents"].sum()) + back
    return Indicator(total / 100, "amount", basis_items=len(added), basis_cents=back, note=RESTATED_NOTE)


def _after(evidence: Evidence) -> Subsequent | None:
    """Follow the receivable to the last horizon that the documents reach, None where they reach none."""
    if not evidence.has_flows:
        return None
    last = evidence.intake.movements["posting_date"].max().date()
    if last < evidence.as_of_date + dt.timedelta(days=HORIZONS[0]):
        return None
    end = min(last, evidence.as_of_date + dt.timedelta(days=HORIZONS[-1]))
    ledger = build_ledger(evidence.intake.movements, as_of_date=end, method=evidence.parameters.method,
                          accepted=evidence.intake.accepted)
    return subsequent_receipts(ledger, as_of_date=evidence.as_of_date, known_until=end)


def _settled_by(evidence: Evidence, after: Subsequent | None, days: int) -> Indicator:
    if not evidence.has_flows:
        return Indicator(None, "share", reason=reasons.OPEN_ITEMS_ONLY)
    if after is None or days not in after.settled_cents:
        return Indicator(None, "share", reason=NO_LATER_MOVEMENT)
    if after.receivable_cents <= 0:
        return Indicator(None, "share", reason=NOTHING_OWED)
    return Indicator(after.settled_cents[days] / after.receivable_cents, "share", note=AT_HORIZON,
                     window_start=evidence.as_of_date + dt.timedelta(days=1),
                     window_end=evidence.as_of_date + dt.timedelta(days=days), basis_cents=after.receivable_cents)


def _checked_on(evidence: Evidence) -> dt.date | None:
    return last_check(evidence.intake.intake, stated=evidence.parameters.risk.insolvency_checked_on)


def _check_age(evidence: Evidence) -> Indicator:
    checked, day = _checked_on(evidence), evidence.as_of_date
    age = days_since_check(checked, on=day)
    if age is None:
        return Indicator(None, "days", reason=NO_CHECK)
    current = is_check_current(checked, on=day, max_days=evidence.parameters.risk.insolvency_check_days)
    return Indicator(float(age), "days", window_start=checked, window_end=max(day, checked or day),
                     note=CHECK_CURRENT if current else CHECK_STALE)
