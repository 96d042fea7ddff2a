"""The two-hour interview: its running order, and seven topics prefilled with the client's own figures and answers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process

from auditlib.answers import Answer, InterviewAnswers, answers_of
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.interview_facts import FACTS, TABLES, FactTable
from auditlib.interview_questions import QUESTIONS, RUNNING_ORDER, TOPICS
from auditlib.self_assessment_criteria import CRITERIA
from auditlib.texts import translator

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["Question", "Topic", "asked_sentence", "interview_guide", "known_answers", "not_asked", "running_order"]

WITHOUT_AMOUNTS = ("context", "systems")
"""Topics whose facts are shares, days and names."""


@dataclass(frozen=True)
class Question:
    """One question, and what was answered: several people may have, none may."""

    identifier: str
    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Topic:
    """One topic of the interview.

    Attributes
    ----------
    identifier, title : str
    facts : tuple of str
        What the client's own figures already say.
    tables : tuple of FactTable
        What to go through line by line; those without a line are left out.
    questions : tuple of Question
    """

    identifier: str
    title: str
    facts: tuple[str, ...]
    tables: tuple[FactTable, ...]
    questions: tuple[Question, ...]


def running_order(*, language: str = "fr") -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """Return the minutes, the subjects, and the topics of the guide each draws on."""
    _ = translator(language).gettext
    return tuple((minutes, _(subject), tuple(_(TOPICS[name]) for name in names))
                 for minutes, subject, names in RUNNING_ORDER)


def interview_guide(
    results: "AuditResults", *, formats: Formats, answers: InterviewAnswers | None = None,
) -> tuple[Topic, ...]:
    """Return the seven topics with the figures of this client and what he answered.

    Parameters
    ----------
    results : AuditResults
    formats : Formats
    answers : InterviewAnswers, optional
        Those kept with the results when absent.

    Notes
    -----
    Amounts in several currencies do not add up: only what is no amount is prefilled then.
    """
    known = [name for name in TOPICS if results.summary.get("currency") or name in WITHOUT_AMOUNTS]
    said = answers_of(results.interview) if answers is None else answers
    return tuple(
        Topic(name, formats.gettext(title), tuple(FACTS[name](results, formats)) if name in known else (),
              tuple(table for build in TABLES.get(name, ()) if name in known
                    if (table := build(results, formats)).rows),
              tuple(Question(key, formats.gettext(text), said.said(key)) for key, text in QUESTIONS.items()
                    if key.split(".")[0] == name))
        for name, title in TOPICS.items())


def known_answers(answers: InterviewAnswers, *, name: str) -> InterviewAnswers:
    """Return the answers, once each is to a question or criterion of ours: none is left out in silence.

    Parameters
    ----------
    answers : InterviewAnswers
    name : str
        Of their file.

    Raises
    ------
    BadInputError
        If a question or a criterion is unknown; names the nearest one.
    """
    for section, given, ours in (("interview", answers.interview, QUESTIONS),
                                 ("self_assessment", answers.self_assessment, CRITERIA)):
        for key in given:
            if key not in ours:
                nearest = process.extractOne(key, list(ours))
                raise BadInputError(f"{name}: {section}: unknown key {key}; did you mean {nearest[0]}?")
    return answers


def not_asked(guide: tuple[Topic, ...]) -> tuple[Question, ...]:
    """Return the questions without an answer, in the order of the guide."""
    return tuple(question for topic in guide for question in topic.questions if not question.answers)


def asked_sentence(guide: tuple[Topic, ...], *, formats: Formats) -> str:
    """Say how many questions were answered, or that the interview was not held."""
    total, left = sum(len(topic.questions) for topic in guide), len(not_asked(guide))
    if left == total:
        return formats.gettext(
            "L’entretien n’a pas encore été mené : aucune des {total} questions n’a de réponse."
        ).format(total=formats.count(total))
    if not left:
        return formats.gettext("Les {total} questions de l’entretien ont une réponse.").format(
            total=formats.count(total))
    return formats.gettext(
        "Questions de l’entretien qui ont une réponse : {answered} sur {total} ; les autres n’ont pas été posées."
    ).format(answered=formats.count(total - left), total=formats.count(total))
