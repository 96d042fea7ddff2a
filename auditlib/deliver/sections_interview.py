"""Sections on the collection organisation: tracks, prevention, self-assessment, indicators to follow, interview."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditlib.answers import answers_of
from auditlib.deliver import rows_interview as rows
from auditlib.deliver import svg_radar
from auditlib.deliver.parts import Section, Table, chart
from auditlib.formats import Formats
from auditlib.improvement_tracks import Track, best_tracks, improvement_tracks, overlap
from auditlib.interview import asked_sentence, interview_guide, not_asked
from auditlib.present.figures_assessment import radar
from auditlib.prevention_advice import prevention_readings, prevention_verdict
from auditlib.score_checks import contradictions
from auditlib.self_assessment import assessed_sentence, scale_legend, self_assessment
from auditlib.suited_indicators import suited_indicators

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["SECTIONS"]


def tracks(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Par où commencer pour libérer de la trésorerie ?"; None where amounts do not add up."""
    _, found = formats.gettext, improvement_tracks(results, formats=formats)
    if not results.summary.get("currency"):
        return None
    best = best_tracks(found)
    others = tuple(track for track in found if track not in best)
    tables = (rows.best_tracks_table(best, formats),) if best else ()
    return Section(
        "tracks", _("Les pistes d’amélioration"), _("Par où commencer pour libérer de la trésorerie ?"),
        _first(best, formats), tables=(*tables, rows.other_tracks_table(others, formats)),
        meaning=overlap(results, found, formats=formats),
        action=_("Choisir une piste, un responsable et une date ; la mesurer à la prochaine situation par le même "
                 "calcul."))


def _first(best: tuple[Track, ...], formats: Formats) -> str:
    _ = formats.gettext
    if not best:
        return _("Aucune piste ne peut être chiffrée avec ces documents.")
    first = best[0]
    if first.days is None:
        return _("La première piste, « {title} », libérerait au plus {amount}.").format(
            title=first.title, amount=formats.cents(first.cents or 0))
    return _("La première piste, « {title} », libérerait au plus {amount}, soit {days} de DSO.").format(
        title=first.title, amount=formats.cents(first.cents or 0), days=formats.days(first.days))


def prevention(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Faut-il agir avant l’échéance ?"; None where nothing was measured."""
    _, readings = formats.gettext, prevention_readings(results, formats=formats)
    if not readings or all(one.share is None for one in readings):
        return None
    return Section(
        "prevention", _("L’action préventive"), _("Faut-il agir avant l’échéance ?"),
        prevention_verdict(readings, formats=formats), tables=(rows.prevention_table(readings, formats),),
        meaning=_("Une limite de crédit se compare au solde du soir de la facture : la date de la commande n’est pas "
                  "dans le grand livre. Un litige compte à sa première date connue."),
        action=_("Appeler avant l’échéance pour les plus gros montants, et noter chaque relance : c’est ce journal qui "
                 "dira si elle change le retard."))


def assessment(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Que vaut l’organisation du recouvrement ?"."""
    _, answers = formats.gettext, answers_of(results.interview)
    dimensions = self_assessment(answers, language=formats.language)
    figure, against = radar(results, formats), contradictions(results, dimensions=dimensions, formats=formats)
    tables: list[Table] = []
    if figure is not None:
        tables = [rows.dimensions_table(dimensions, formats), rows.sub_scores_table(dimensions, formats)]
    if against:
        tables.append(rows.contradictions_table(against, formats))
    if not answers.is_empty:
        tables.append(rows.time_table(results, answers, formats))
    return Section(
        "assessment", _("L’auto-évaluation du recouvrement"), _("Que vaut l’organisation du recouvrement ?"),
        assessed_sentence(dimensions, formats), charts=(chart(svg_radar.radar, figure, formats),) if figure else (),
        tables=tuple(tables),
        meaning=_("Notes données par le client : {scale}. Un critère sans objet ne compte pas ; « non évalué » n’est "
                  "pas une mauvaise note.").format(scale=scale_legend(language=formats.language)),
        action=_("Demander la preuve de chaque note à partir de « écrit », et reprendre celles que les chiffres "
                 "contredisent."))


def suited(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Quels indicateurs suivre ici ?"; None where none is known."""
    _, chosen = formats.gettext, suited_indicators(results, formats=formats)
    if not any(one.value is not None for one in chosen):
        return None
    return Section(
        "suited", _("Les indicateurs à suivre"), _("Quels indicateurs suivre ici ?"),
        _("Indicateurs retenus pour cette entreprise, chacun par le chiffre qui l’a fait retenir : {count}.").format(
            count=formats.count(len(chosen))),
        tables=(rows.suited_table(chosen, formats),),
        action=_("Les suivre chaque mois, avec la même définition, et garder les autres pour l’audit."))


def interview(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Qu’est-ce qui n’a pas été demandé ?"."""
    _, guide = formats.gettext, interview_guide(results, formats=formats)
    left, total = not_asked(guide), sum(len(topic.questions) for topic in guide)
    tables = [rows.asked_by_topic(guide, formats)]
    if 0 < len(left) < total:
        tables.append(rows.unasked_table(guide, formats))
    return Section(
        "interview", _("L’entretien"), _("Qu’est-ce qui n’a pas été demandé ?"), asked_sentence(guide, formats=formats),
        tables=tuple(tables),
        meaning=_("Sans réponse du client, les causes et les leviers restent des hypothèses tirées des chiffres."))


SECTIONS: tuple[Callable[["AuditResults", Formats], Section | None], ...] = (
    tracks, prevention, assessment, suited, interview)
