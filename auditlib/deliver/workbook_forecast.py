"""Sheets on what will come in, and when."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.deliver.rows_forecast import period_label
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.formats import Formats
from auditlib.present.figures_forecast import error_sentence, group_label

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SHEETS"]


def _forecast(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows = formats.gettext, results.cash_forecast
    if rows.empty:
        return None
    titles = {
        "expected_cents": _("Attendu"), "low_cents": _("Bas"), "high_cents": _("Haut"),
        "promised_cents": _("Dont promis"), "disputed_cents": _("Dont en litige"),
        "overdue_cents": _("Dont échu"), "not_due_cents": _("Dont non échu"),
        "undated_cents": _("Dont sans échéance"), "doubtful_cents": _("Dont douteux")}
    kinds = {"week": _("semaine"), "month": _("mois")}
    note = formats.stored(results.summary["indicators"]["forecast_13_weeks"]["note"])
    return Sheet(_("Prévision de règlements"), [
        Column(_("Découpage"), [kinds[str(kind)] for kind in rows["kind"]], "text", 10),
        Column(_("Période"), [period_label(row, formats) for row in rows.to_dict("records")], "text", 28),
        Column(_("Du"), column_values(rows["start"]), "date", 12),
        Column(_("Au"), column_values(rows["end"]), "date", 12),
        *(_amount(title, rows[name]) for name, title in titles.items()),
    ], notes=[error_sentence(results, formats), note])


def _back_test(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows = formats.gettext, results.back_test
    if rows.empty:
        return None
    kinds = {"week": _("semaine"), "month": _("mois"), "week_error": _("total des semaines"),
             "month_error": _("total des mois")}
    amounts = {"forecast_cents": _("Prévu trois mois plus tôt"), "naive_cents": _("Échéance + retard moyen"),
               "came_cents": _("Venu")}
    shares = {"forecast_bias": _("Écart sur le total, prévision"), "naive_bias": _("Écart sur le total, règle simple"),
              "forecast_wape": _("Écart par période, prévision"), "naive_wape": _("Écart par période, règle simple")}
    return Sheet(_("Contrôle de la prévision"), [
        Column(_("Découpage"), [kinds[str(kind)] for kind in rows["kind"]], "text", 20),
        Column(_("Du"), column_values(rows["start"]), "date", 12),
        Column(_("Au"), column_values(rows["end"]), "date", 12),
        *(_amount(title, rows[name]) for name, title in amounts.items()),
        *(Column(title, column_values(rows[name]), "share", 14) for name, title in shares.items()),
    ], notes=[error_sentence(results, formats)])


def _curves(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows = formats.gettext, results.curves
    if rows.empty:
        return None
    dimensions = {
        "all": _("Ensemble"), "pace": _("Rythme de paiement"), "payer_profile": _("Profil de payeur"),
        "customer_type": _("Type de client"), "zone": _("Zone"), "size_class": _("Taille"),
        "business_unit": _("Activité")}
    bases = {"own": _("la sienne"), "whole": _("celle de l’ensemble : trop peu de factures réglées")}
    groups = {str(group): group_label(str(group), formats) for group in rows["group"].unique()}
    shares = {"unpaid": _("Encore impayé (nombre)"), "lower": _("Borne basse à 95 %"), "upper": _("Borne haute à 95 %"),
              "unpaid_amount": _("Encore impayé (montant)")}
    return Sheet(_("Courbes de paiement"), [
        Column(_("Axe"), [dimensions[str(name)] for name in rows["dimension"]], "text", 20),
        Column(_("Groupe"), [groups[str(group)] for group in rows["group"]], "text", 30),
        Column(_("Courbe"), [bases[str(basis)] for basis in rows["basis"]], "text", 20),
        Column(_("Jours après l’échéance"), rows["days"].tolist(), "count", 12),
        Column(_("Factures suivies"), rows["at_risk"].tolist(), "count", 12),
        Column(_("Factures réglées ce jour-là"), rows["events"].tolist(), "count", 12),
        *(Column(title, column_values(rows[name]), "share", 14) for name, title in shares.items()),
    ])


def _amount(title: str, cents: pd.Series) -> Column:
    return Column(title, [None if pd.isna(value) else int(value) / 100 for value in cents], "figure", 16)


SHEETS: tuple[Callable[["AuditResults", Formats], Sheet | None], ...] = (_forecast, _back_test, _curves)
