"""Tables of law: figures, interest by half-year and debtor, terms over the cap, prescription, legal parameters."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.deliver import rows_law
from auditlib.deliver.definitions import definition
from auditlib.formats import Formats
from auditlib.present.markup import Cell, Column, Html, absent, table
from auditlib.present.switch import redrawn

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["check_list", "debtors", "half_years", "legal_parameters", "measures", "over_cap", "prescription"]

MEASURES = (
    "late_interest", "late_interest_abroad", "late_interest_unconfirmed", "recovery_indemnity",
    "recovery_indemnity_abroad", "recovery_indemnity_unconfirmed", "terms_over_cap", "terms_over_cap_amount",
    "terms_over_cap_public", "prescription_at_risk", "prescription_at_risk_6m", "prescription_at_risk_3m",
    "prescription_lapsed")
ROWS_SHOWN = 15


@redrawn
def measures(results: "AuditResults", formats: Formats) -> Html:
    """Return the figures of law, an absent one with its reason."""
    _, entries = formats.gettext, results.summary["indicators"]
    rows = []
    for name in (one for one in MEASURES if one in entries):
        entry, meaning = entries[name], definition(name, language=formats.language)
        shown = (absent(_("n. d."), formats.stored(entry["reason"])) if entry["value"] is None
                 else Cell(formats.measure(entry["value"], entry["unit"])))
        rows.append((meaning.label, shown, Cell(meaning.sentence, detail=formats.stored(entry["note"]))))
    return table((Column(_("Mesure")), Column(_("Valeur"), "number"), Column(_("Lecture"), "wide")), rows)


@redrawn
def half_years(results: "AuditResults", formats: Formats) -> Html:
    """Return the interest run in each half-year by regime, and the whole."""
    rows = rows_law.half_year_rows(results, formats) if len(results.late_interest) else []
    return table(_columns(rows_law.half_year_titles(formats), numbers=(1, 2, 3, 4)), rows[:-1],
                 total=rows[-1] if rows else (), empty=formats.gettext("Aucun montant n’a couru en retard."))


@redrawn
def debtors(results: "AuditResults", formats: Formats) -> Html:
    """Return the customers who would owe most interest and indemnities."""
    rows = rows_law.debtor_rows(results, formats, count=ROWS_SHOWN) if len(results.late_interest) else []
    return table(_columns(rows_law.debtor_titles(formats), numbers=(2, 3, 4, 5)), rows, empty=_why_empty(
        results, formats, "late_interest", formats.gettext("Aucun montant n’a couru en retard.")))


@redrawn
def over_cap(results: "AuditResults", formats: Formats) -> Html:
    """Return the customers whose terms are over the legal cap."""
    rows = rows_law.over_cap_rows(results, formats, count=ROWS_SHOWN) if len(results.over_cap) else []
    return table(_columns(rows_law.over_cap_titles(formats), numbers=(2, 3, 4, 5)), rows, empty=_why_empty(
        results, formats, "terms_over_cap", formats.gettext("Aucun délai convenu ne dépasse le plafond légal.")))


@redrawn
def prescription(results: "AuditResults", formats: Formats) -> Html:
    """Return the claims lapsed or about to."""
    rows = rows_law.prescription_rows(results, formats, count=ROWS_SHOWN) if len(results.prescription) else []
    return table(_columns(rows_law.prescription_titles(formats), numbers=(5,)), rows, empty=_why_empty(
        results, formats, "prescription_at_risk",
        formats.gettext("Aucun échu net ne se prescrit dans les douze mois.")))


@redrawn
def legal_parameters(results: "AuditResults", formats: Formats) -> Html:
    """Return the legal parameters this audit used, with their sources."""
    used = results.legal_rates[results.legal_rates["is_used"]] if len(results.legal_rates) else results.legal_rates
    return table(_columns(rows_law.legal_titles(formats), numbers=(1,)), rows_law.legal_rows(used, formats),
                 empty=formats.gettext("Aucun paramètre légal n’a été utilisé."))


def check_list(listed: pd.DataFrame, formats: Formats) -> Html:
    """Return the yearly check-list of the legal parameters.

    Parameters
    ----------
    listed : DataFrame
        `auditlib.legal_upkeep.check_list`.
    formats : Formats
    """
    return table(_columns(rows_law.check_titles(formats), numbers=(2,)), rows_law.check_rows(listed, formats),
                 empty=formats.gettext("Tous les paramètres légaux sont à jour."))


def _why_empty(results: "AuditResults", formats: Formats, name: str, otherwise: str) -> str:
    """Return why an indicator is not available; where it is, what an empty table means."""
    return formats.stored(results.summary["indicators"].get(name, {}).get("reason")) or otherwise


def _columns(titles: list[str], *, numbers: tuple[int, ...]) -> list[Column]:
    return [Column(title, "number" if place in numbers else "wide" if place == 0 else "text")
            for place, title in enumerate(titles)]

