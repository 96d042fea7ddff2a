"""The minutes of the interview, as a document the auditor and his client can edit."""

from pathlib import Path
from typing import TYPE_CHECKING

from auditlib.answers import answers_of
from auditlib.deliver import rows_interview as rows
from auditlib.deliver.paper import Paper
from auditlib.deliver.parts import Table
from auditlib.formats import Formats
from auditlib.improvement_tracks import best_tracks, improvement_tracks, overlap
from auditlib.interview import Question, Topic, asked_sentence, interview_guide, not_asked
from auditlib.self_assessment import assessed_sentence, self_assessment

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.parameters import Parameters

__all__ = ["FILE_NAME", "minutes_bytes", "write_minutes"]

FILE_NAME = "compte_rendu_entretien.docx"
TO_DO_LINES = 6


def write_minutes(results: "AuditResults", path: Path, *, parameters: "Parameters", language: str = "fr") -> Path:
    """Write the minutes; the same results give the same bytes.

    Parameters
    ----------
    results : AuditResults
        With the answers kept with them; without any, the minutes say what was not asked.
    path : Path
        The ``.docx`` file to write.
    parameters : Parameters
    language : {"fr", "en"}
    """
    path.write_bytes(minutes_bytes(results, parameters=parameters, language=language))
    return path


def minutes_bytes(results: "AuditResults", *, parameters: "Parameters", language: str = "fr") -> bytes:
    """Return the content of the minutes."""
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    guide = interview_guide(results, formats=formats)
    paper = Paper(formats)
    paper.title(formats.gettext("Compte rendu de l’entretien"), _identity(results, parameters, guide, formats))
    paper.paragraph(asked_sentence(guide, formats=formats))
    for topic in guide:
        _topic(paper, topic, formats)
    _assessment(paper, results, formats)
    _tracks(paper, results, formats)
    _unasked(paper, guide, formats)
    _to_do(paper, formats)
    return paper.content(day=parameters.as_of_date)


def _identity(
    results: "AuditResults", parameters: "Parameters", guide: tuple[Topic, ...], formats: Formats,
) -> list[str]:
    """Return who was heard, when, and on which figures."""
    _ = formats.gettext
    said = [one for topic in guide for question in topic.questions for one in question.answers]
    people = list(dict.fromkeys(one.by for one in said if one.by))
    days = sorted({one.on for one in said if one.on})
    lines = [_("{client} – situation au {date}").format(
        client=parameters.title, date=formats.date(results.summary["as_of_date"]))]
    if people:
        lines.append(_("Personnes entendues : {names}").format(names=", ".join(people)))
    if days:
        lines.append(_("Réponses notées le {date}").format(date=formats.date(days[0])) if len(days) == 1 else _(
            "Réponses notées du {first} au {last}").format(first=formats.date(days[0]), last=formats.date(days[-1])))
    if parameters.prepared_by:
        lines.append(_("Établi par {name}").format(name=parameters.prepared_by))
    return lines


def _topic(paper: Paper, topic: Topic, formats: Formats) -> None:
    paper.heading(topic.title)
    for fact in topic.facts:
        paper.bullet(fact)
    for lines in topic.tables:
        paper.table(rows.lines_table(lines, formats))
    for question in topic.questions:
        if question.answers:
            _answered(paper, question, formats)


def _answered(paper: Paper, question: Question, formats: Formats) -> None:
    paper.paragraph(question.text, bold=True)
    for said in question.answers:
        signed = ", ".join(part for part in (said.by, formats.short_date(said.on) if said.on else "") if part)
        paper.paragraph(said.answer, after=f" ({signed})" if signed else "", indent=True)


def _assessment(paper: Paper, results: "AuditResults", formats: Formats) -> None:
    answers = answers_of(results.interview)
    dimensions = self_assessment(answers, language=formats.language)
    paper.heading(formats.gettext("Auto-évaluation du recouvrement"))
    paper.paragraph(assessed_sentence(dimensions, formats))
    if any(one.score is not None for one in dimensions):
        paper.table(rows.dimensions_table(dimensions, formats))
        paper.table(rows.sub_scores_table(dimensions, formats))
    if any(value is not None for value in vars(answers.time).values()):
        paper.table(rows.time_table(results, answers, formats))


def _tracks(paper: Paper, results: "AuditResults", formats: Formats) -> None:
    found = improvement_tracks(results, formats=formats)
    best = best_tracks(found)
    if not best:
        return
    paper.heading(formats.gettext("Les pistes d’amélioration"))
    paper.table(rows.best_tracks_table(best, formats))
    if said := overlap(results, found, formats=formats):
        paper.paragraph(said)


def _unasked(paper: Paper, guide: tuple[Topic, ...], formats: Formats) -> None:
    if not not_asked(guide):
        return
    paper.heading(formats.gettext("Ce qui n’a pas été demandé"))
    for topic in guide:
        left = [one.text for one in topic.questions if not one.answers]
        if left:
            paper.paragraph(topic.title, bold=True)
        for text in left:
            paper.bullet(text)


def _to_do(paper: Paper, formats: Formats) -> None:
    _ = formats.gettext
    paper.heading(_("Suites : qui fait quoi, pour quand"))
    columns = (_("Action"), _("Responsable"), _("Date"))
    paper.table(Table("", columns, "lll", (("", "", ""),) * TO_DO_LINES, (6, 3, 2)))
