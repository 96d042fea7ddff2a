"""Sheets on the collection organisation: interview, self-assessment, prevention and tracks."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditlib.answers import NOT_APPLICABLE, answers_of
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.formats import Formats
from auditlib.improvement_tracks import improvement_tracks, overlap
from auditlib.interview import asked_sentence, interview_guide
from auditlib.prevention_advice import LABELS, prevention_readings
from auditlib.self_assessment import scale_legend, self_assessment
from auditlib.self_assessment_criteria import ACTIONS

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SHEETS"]


def _tracks(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, found = formats.gettext, improvement_tracks(results, formats=formats)
    if not results.summary.get("currency"):
        return None
    return Sheet(_("Pistes d’amélioration"), [
        Column(_("Piste"), [one.title for one in found], "text", 34),
        Column(_("Libère au plus"), [None if one.cents is None else one.cents / 100 for one in found], "figure", 16),
        Column(_("Jours de DSO"), [one.days for one in found], "days", 12),
        Column(_("Coût par an"), [None if one.cost_cents is None else one.cost_cents / 100 for one in found], "figure",
               14),
        Column(_("Calcul, ou motif"), [one.computation or one.reason for one in found], "wrapped", 60),
        Column(_("Action"), [one.action for one in found], "wrapped", 44),
    ], notes=[note for note in (overlap(results, found, formats=formats),) if note])


def _prevention(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, found = formats.gettext, prevention_readings(results, formats=formats)
    if not found:
        return None
    return Sheet(_("Prévention"), [
        Column(_("Mesure"), [one.label for one in found], "text", 40),
        Column(_("Part"), [one.share for one in found], "share", 10),
        Column(_("Pièces"), [None if one.share is None else one.cases for one in found], "count", 10),
        Column(_("Pièces en tout"), [None if one.share is None else one.of_cases for one in found], "count", 12),
        Column(_("Montant"), [None if one.share is None else one.cents / 100 for one in found], "figure", 16),
        Column(_("Montant en tout"), [None if one.share is None else one.of_cents / 100 for one in found], "figure",
               16),
        Column(_("Lecture"), [one.sentence for one in found], "wrapped", 60),
        Column(_("Prévention"), [one.verdict for one in found], "text", 18),
    ])


def _prevention_rows(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows = formats.gettext, results.prevention_rows
    if rows.empty:
        return None
    names = results.customers.set_index("customer_id")["name"]
    customer = rows["customer_id"].astype("str")
    return Sheet(_("Prévention – pièces"), [
        Column(_("Mesure"), [_(LABELS[name]) for name in rows["test"].astype("str")], "text", 36),
        Column(_("Code"), customer.tolist(), "text", 14),
        Column(_("Client"), customer.map(names).fillna("").tolist(), "text", 34),
        Column(_("Pièce"), column_values(rows["document_ref"]), "text", 18),
        Column(_("Date"), column_values(rows["document_date"]), "date", 12),
        Column(_("Échéance"), column_values(rows["due_date"]), "date", 12),
        Column(_("Montant"), [cents / 100 for cents in rows["amount_cents"]], "amount", 16, total="subtotal"),
        Column(_("Fichier"), column_values(rows["source_file"]), "text", 28),
        Column(_("Feuille"), column_values(rows["source_sheet"]), "text", 18),
        Column(_("Ligne"), rows["source_row"].tolist(), "count", 9),
    ], notes=[_("Une pièce peut figurer sous plusieurs mesures : filtrer sur la mesure avant de lire le total.")],
        freeze=3)


def _assessment(results: "AuditResults", formats: Formats) -> Sheet | None:
    _ = formats.gettext
    dimensions = self_assessment(answers_of(results.interview), language=formats.language)
    lines = [(dimension, one) for dimension in dimensions for one in dimension.criteria]
    return Sheet(_("Auto-évaluation"), [
        Column(_("Dimension"), [dimension.title for dimension, _one in lines], "text", 26),
        Column(_("Note de la dimension"), [dimension.score for dimension, _one in lines], "days", 12),
        Column(_("Critère"), [one.statement for _dimension, one in lines], "wrapped", 60),
        Column(_("Action"), [_(ACTIONS[one.action]) for _dimension, one in lines], "text", 20),
        Column(_("Note"), [one.score for _dimension, one in lines], "count", 8),
        Column(_("État"), [
            _("sans objet") if one.given.score == NOT_APPLICABLE else _("non évalué") if one.score is None else ""
            for _dimension, one in lines], "text", 14),
        Column(_("Preuve"), [one.given.evidence for _dimension, one in lines], "wrapped", 34),
        Column(_("Document"), [one.given.document for _dimension, one in lines], "text", 24),
        Column(_("Noté par"), [one.given.by for _dimension, one in lines], "text", 18),
    ], notes=[scale_legend(language=formats.language)], freeze=1)


def _interview(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, guide = formats.gettext, interview_guide(results, formats=formats)
    lines = [(topic, question, said) for topic in guide for question in topic.questions
             for said in (question.answers or (None,))]
    return Sheet(_("Entretien"), [
        Column(_("Thème"), [topic.title for topic, _question, _said in lines], "text", 30),
        Column(_("Question"), [question.text for _topic, question, _said in lines], "wrapped", 60),
        Column(_("Réponse"), [said.answer if said else "" for _topic, _question, said in lines], "wrapped", 60),
        Column(_("Répondu par"), [said.by if said else "" for _topic, _question, said in lines], "text", 20),
        Column(_("Le"), [said.on if said else None for _topic, _question, said in lines], "date", 12),
    ], notes=[asked_sentence(guide, formats=formats)])


SHEETS: tuple[Callable[["AuditResults", Formats], Sheet | None], ...] = (
    _tracks, _prevention, _prevention_rows, _assessment, _interview)
