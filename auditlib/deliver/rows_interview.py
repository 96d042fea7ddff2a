"""Rows of the tables on interview, scores and tracks as texts: the same for the report and for the notebook."""

from typing import TYPE_CHECKING

from auditlib.answers import InterviewAnswers
from auditlib.collection_time import collection_time
from auditlib.deliver.definitions import definition
from auditlib.deliver.parts import Table, table
from auditlib.formats import Formats
from auditlib.improvement_tracks import Track
from auditlib.interview import Topic, running_order
from auditlib.interview_facts import FactTable
from auditlib.prevention_advice import Reading
from auditlib.score_checks import Contradiction
from auditlib.self_assessment import Dimension, action_scores
from auditlib.suited_indicators import Suited

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = [
    "asked_by_topic", "best_tracks_table", "contradictions_table", "criteria_table", "dimensions_table", "lines_table",
    "order_table", "other_tracks_table", "prevention_table", "score_text", "sub_scores_table", "suited_table",
    "time_table", "unasked_table",
]


def order_table(formats: Formats) -> Table:
    """Return the subjects of the call with their minutes and their total."""
    _, order = formats.gettext, running_order(language=formats.language)
    rows = [(subject, ", ".join(topics), formats.count(minutes)) for minutes, subject, topics in order]
    rows.append((_("Durée totale"), "", formats.count(sum(minutes for minutes, *_rest in order))))
    return table([_("Sujet"), _("Thèmes du guide"), _("Minutes")], "llr", rows, widths=(3, 3, 0), has_total=True)


def lines_table(lines: FactTable, formats: Formats) -> Table:
    """Return lines to go through with the client, saying how many there are in all."""
    title = lines.title if lines.total <= len(lines.rows) else formats.gettext("{title} ({shown} sur {total})").format(
        title=lines.title, shown=formats.count(len(lines.rows)), total=formats.count(lines.total))
    return table(lines.columns, lines.align, lines.rows, title=title)


def asked_by_topic(guide: tuple[Topic, ...], formats: Formats) -> Table:
    """Return how many questions of each topic were answered."""
    _ = formats.gettext
    rows = [(topic.title, formats.count(sum(bool(one.answers) for one in topic.questions)),
             formats.count(len(topic.questions))) for topic in guide]
    return table([_("Thème"), _("Avec réponse"), _("Questions")], "lrr", rows)


def unasked_table(guide: tuple[Topic, ...], formats: Formats) -> Table:
    """Return the questions that have no answer."""
    _ = formats.gettext
    rows = [(topic.title, one.text) for topic in guide for one in topic.questions if not one.answers]
    return table([_("Thème"), _("Question")], "ll", rows, widths=(2, 6), title=_("Ce qui n’a pas été demandé"))


def score_text(score: float | None, formats: Formats) -> str:
    """Write a score out of four, a dash where there is none."""
    return "–" if score is None else formats.short_number(score, digits=1)


def dimensions_table(dimensions: tuple[Dimension, ...], formats: Formats) -> Table:
    """Return the 13 dimensions: score, reading, and how many criteria were scored and lack evidence."""
    _ = formats.gettext
    rows = [(one.title, score_text(one.score, formats), one.reading,
             f"{sum(part.score is not None for part in one.criteria)} / {len(one.criteria)}",
             _evidence(one)) for one in dimensions]
    titles = [_("Dimension"), _("Note"), _("Lecture"), _("Critères notés"), _("Preuves citées")]
    return table(titles, "lrlrl", rows, widths=(3, 0, 2, 0, 4))


def _evidence(dimension: Dimension) -> str:
    said = [", ".join(part for part in (one.given.evidence, one.given.document) if part)
            for one in dimension.criteria if one.score is not None]
    return " ; ".join(part for part in said if part) or "–"


def criteria_table(dimensions: tuple[Dimension, ...], formats: Formats) -> Table:
    """Return every criterion with the action it is part of, its score and its evidence, or what would show it."""
    _ = formats.gettext
    rows = []
    for dimension in dimensions:
        for one in dimension.criteria:
            given = ", ".join(part for part in (one.given.evidence, one.given.document) if part)
            score = _("sans objet") if one.given.score == "n/a" else score_text(one.score, formats)
            rows.append((dimension.title, one.statement, _action(one.action, formats), score,
                         given or _("à demander : {evidence}").format(evidence=one.expected)))
    titles = [_("Dimension"), _("Critère"), _("Action"), _("Note"), _("Preuve")]
    return table(titles, "lllrl", rows, widths=(2, 5, 2, 0, 3), is_dense=True)


def _action(action: str, formats: Formats) -> str:
    _ = formats.gettext
    return {"preventive": _("préventive"), "curative": _("curative"), "dissuasive": _("dissuasive")}[action]


def sub_scores_table(dimensions: tuple[Dimension, ...], formats: Formats) -> Table:
    """Return the scores of preventive, curative and dissuasive action, and of autonomy."""
    _ = formats.gettext
    rows = [(one.title, score_text(one.score, formats), f"{one.scored} / {one.criteria}")
            for one in action_scores(dimensions, language=formats.language)]
    return table([_("Action"), _("Note"), _("Critères notés")], "lrr", rows, title=_("Par nature d’action"))


def contradictions_table(found: tuple[Contradiction, ...], formats: Formats) -> Table:
    """Return the good scores that the figures contradict."""
    _ = formats.gettext
    rows = [(one.title, score_text(one.score, formats), one.sentence) for one in found]
    return table([_("Dimension"), _("Note"), _("Ce que disent les chiffres")], "lrl", rows, widths=(2, 0, 5),
                 title=_("Notes que les chiffres contredisent"))


def time_table(results: "AuditResults", answers: InterviewAnswers, formats: Formats) -> Table:
    """Return the time spent on collection and what falls to one person, or why it is not known."""
    _ = formats.gettext
    rows = [(one.label, one.written(formats), formats.stored(one.reason))
            for one in collection_time(results, answers=answers, formats=formats)]
    return table([_("Temps passé"), _("Valeur"), _("Motif")], "lrl", rows, widths=(3, 0, 3),
                 title=_("Le temps passé au recouvrement"))


def prevention_table(readings: tuple[Reading, ...], formats: Formats) -> Table:
    """Return each measure of prevention with its figures and its verdict."""
    _ = formats.gettext
    rows = [(one.label, "–" if one.share is None else formats.share(one.share),
             "–" if one.share is None else _("{cases} sur {total}").format(
                 cases=formats.count(one.cases), total=formats.count(one.of_cases)),
             "–" if one.share is None else formats.cents(one.cents), one.sentence, one.verdict or "–")
            for one in readings]
    titles = [_("Mesure"), _("Part"), _("Pièces"), _("Montant"), _("Lecture"), _("Prévention")]
    return table(titles, "lrrrll", rows, widths=(3, 0, 0, 0, 5, 2))


def best_tracks_table(tracks: tuple[Track, ...], formats: Formats) -> Table:
    """Return the best tracks: euros and days they free at most, cost of financing, computation and action."""
    _ = formats.gettext
    rows = [(str(rank), track.title, *_freed(track, formats), track.computation, track.action)
            for rank, track in enumerate(tracks, start=1)]
    titles = [_("Rang"), _("Piste"), _("Libère au plus"), _("Jours de DSO"), _("Coût par an"), _("Calcul"), _("Action")]
    return table(titles, "rlrrrll", rows, widths=(0, 3, 0, 0, 0, 5, 4))


def other_tracks_table(tracks: tuple[Track, ...], formats: Formats) -> Table:
    """Return the tracks not among the best, with their computation or why there is none."""
    _ = formats.gettext
    rows = [(track.title, *_freed(track, formats), track.computation or track.reason) for track in tracks]
    titles = [_("Piste"), _("Libère au plus"), _("Jours de DSO"), _("Coût par an"), _("Calcul, ou motif")]
    return table(titles, "lrrrl", rows, widths=(3, 0, 0, 0, 6), title=_("Les autres pistes étudiées"))


def _freed(track: Track, formats: Formats) -> tuple[str, str, str]:
    return ("–" if track.cents is None else formats.cents(track.cents),
            "–" if track.days is None else formats.short_number(track.days, digits=1),
            "–" if track.cost_cents is None else formats.cents(track.cost_cents))


def suited_table(chosen: tuple[Suited, ...], formats: Formats) -> Table:
    """Return the indicators chosen for this client with their value and why they suit."""
    _ = formats.gettext
    rows = [(definition(one.identifier, language=formats.language).label, formats.measure(one.value, one.unit), one.why)
            for one in chosen]
    return table([_("Indicateur"), _("Valeur"), _("Pourquoi lui")], "lrl", rows, widths=(3, 0, 6))
