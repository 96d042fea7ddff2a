"""The interview of an engagement: its answers saved as they are typed, its minutes, and the results read with them."""

import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from auditlib.answers import (
    Answer,
    Criterion,
    answers_path,
    answers_table,
    parsed_answers,
)
from auditlib.run.engagement import Engagement
from auditlib.run.private_file import replace_file
from auditlib.self_assessment import self_assessment

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.present.assessment_form import AssessmentForm
    from auditlib.present.interview_form import InterviewForm
    from auditlib.present.markup import Html
    from auditlib.present.minutes_button import MinutesButton

__all__ = ["hold_interview", "minutes", "plain_answers", "save_answer", "score_organisation", "with_answers"]

LONGEST_LINE = 4096
HEADER = "Réponses de l'entretien : écrites par le carnet 03_interview, à mesure qu'elles sont tapées."


def with_answers(audit: Engagement) -> "AuditResults":
    """Return the engagement's results with the answers as they are now; in a run, with those it was made from.

    Raises
    ------
    BadInputError
        If the file of answers cannot be read.
    """
    results = audit.results()
    return replace(results, interview=answers_table(audit.answers())) if audit.is_live else results


def plain_answers(audit: Engagement) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, Any]]]:
    """Return the answers as plain mappings, for what builds on them.

    Returns
    -------
    tuple of dict
        By question: ``answer`` (several people's on lines of their own), ``by`` and ``on`` (ISO date of the last, or
        empty); by dimension that was scored: ``score`` (mean, 0 to 4) and ``evidence``.
    """
    answers = audit.answers()
    said = {}
    for question in answers.interview:
        several = answers.said(question)
        if several:
            lines = [f"{one.by} : {one.answer}" if one.by and len(several) > 1 else one.answer for one in several]
            days = [one.on for one in several if one.on]
            said[question] = {"answer": "\n".join(lines), "by": ", ".join(one.by for one in several if one.by),
                              "on": max(days).isoformat() if days else ""}
    scored = {
        one.identifier: {"score": one.score, "evidence": " ; ".join(
            part for criterion in one.criteria
            for part in (criterion.given.evidence, criterion.given.document) if part)}
        for one in self_assessment(answers) if one.score is not None}
    return said, scored


def hold_interview(audit: Engagement) -> "InterviewForm | Html":
    """Return the guide to fill in; in a run under way, where nothing may be written, the guide to read."""
    from auditlib.present.interview_form import InterviewForm  # widgets, where a notebook asks for them only
    from auditlib.present.tables_interview import guide

    read = guide(with_answers(audit), audit.formats)
    if not audit.is_live:
        return read

    def save(question: str, answers: Sequence[Answer]) -> str:
        return _saved(audit, "interview", question, [_plain(one) for one in answers])

    return InterviewForm(with_answers(audit), audit.formats, save=save, printed=read)


def score_organisation(audit: Engagement) -> "AssessmentForm | Html":
    """Return the grid of the self-assessment to fill in; in a run under way, the grid to read."""
    from auditlib.present.assessment_form import AssessmentForm  # widgets, where a notebook asks for them only
    from auditlib.present.tables_interview import scores

    read = scores(with_answers(audit), audit.formats)
    if not audit.is_live:
        return read

    def save(section: str, key: str, value: Criterion | float | None) -> str:
        return _saved(audit, section, key, _plain(value) if isinstance(value, Criterion) else value)

    return AssessmentForm(with_answers(audit), audit.formats, save=save, printed=read,
                          current=lambda: with_answers(audit))


def minutes(audit: Engagement) -> "MinutesButton | Html":
    """Return the button that makes the minutes; in a run, the name of the file that holds them."""
    from auditlib.deliver.minutes import FILE_NAME, minutes_bytes
    from auditlib.present.minutes_button import MinutesButton, kept_in

    if not audit.is_live:
        return kept_in(FILE_NAME, audit.formats)
    build: Callable[[], bytes] = lambda: minutes_bytes(  # noqa: E731 -- handed to the button as it is
        with_answers(audit), parameters=audit.parameters, language=audit.language)
    return MinutesButton(build, FILE_NAME, audit.formats)


def _saved(audit: Engagement, section: str, key: str, value: Any) -> str:
    return save_answer(answers_path(audit.parameters.source, audit.parameters.client), section, key, value,
                       day=dt.date.today()).name  # noqa: DTZ011 -- the auditor's own calendar day


def save_answer(path: Path, section: str, key: str, value: Any, *, day: dt.date) -> Path:
    """Write one answer, score or figure into the file of answers; all others, and comments, stay as they are.

    Parameters
    ----------
    path : Path
        Made with the first answer.
    section : {"interview", "self_assessment", "time"}
    key : str
    value : list of dict, dict, float or None
        As the section holds it; what is empty is taken back.
    day : date
        When it was said, where the value does not tell.

    Returns
    -------
    Path
        The file, written whole or not at all.

    Raises
    ------
    BadInputError
        If the file there cannot be read, or the value is none that the file may hold; the file is left as it was.
    """
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, LONGEST_LINE
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    parsed_answers(text, name=path.name)  # a file that is malformed is the auditor's to mend, not ours to replace
    content = yaml.load(text) or CommentedMap()
    if not text.strip():
        content.yaml_set_start_comment(HEADER)
    part = content.get(section) or CommentedMap()
    content[section] = part
    if value in (None, [], {}):
        part.pop(key, None)
    else:
        part[key] = [_dated(one, day) for one in value] if isinstance(value, list) else (
            _dated(value, day) if isinstance(value, dict) else value)
    written = io.StringIO()
    yaml.dump(content, written)
    parsed_answers(written.getvalue(), name=path.name)
    replace_file(path, written.getvalue().encode())
    return path


def _dated(said: dict[str, Any], day: dt.date) -> dict[str, Any]:
    return said if said.get("on") else said | {"on": day}


def _plain(said: Answer | Criterion) -> dict[str, Any]:
    """Return what was said as the file holds it, without what is blank."""
    return {name: value for name, value in said.model_dump().items() if value not in ("", None)}
