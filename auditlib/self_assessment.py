"""The self-assessment of the client's collection organisation: 13 dimensions, scored 0 to 4 in the interview."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditlib.answers import NOT_APPLICABLE, Criterion, InterviewAnswers
from auditlib.formats import Formats
from auditlib.self_assessment_criteria import ACTIONS, AUTONOMY, CRITERIA, DIMENSIONS, SCALE
from auditlib.texts import N_, translator

__all__ = ["Assessed", "Dimension", "SubScore", "action_scores", "assessed_sentence", "overall_score", "scale_legend",
           "self_assessment"]

PROVEN = 2
"""From this score on ("écrit") a document must show it."""
NOT_ASSESSED, NOT_CONCERNED = N_("non évalué"), N_("sans objet")


@dataclass(frozen=True)
class Assessed:
    """One criterion as it was scored.

    Attributes
    ----------
    identifier, action, statement, expected : str
        ``action`` is a key of `ACTIONS`; ``expected`` is the evidence that would show it.
    given : Criterion
    is_unproven : bool
        Scored "écrit" or higher without naming any evidence.
    """

    identifier: str
    action: str
    statement: str
    expected: str
    given: Criterion

    @property
    def score(self) -> int | None:
        """The score, None where it was not given or does not apply."""
        return None if self.given.score in (None, NOT_APPLICABLE) else int(self.given.score)

    @property
    def is_unproven(self) -> bool:
        """Whether a score of "écrit" or higher names no evidence."""
        return (self.score or 0) >= PROVEN and not (self.given.evidence.strip() or self.given.document.strip())


@dataclass(frozen=True)
class Dimension:
    """One dimension and its score.

    Attributes
    ----------
    identifier, title : str
    criteria : tuple of Assessed
    score : float or None
        Mean of the criteria scored, 0 to 4; None is "not assessed" or "does not apply", never 0.
    reading : str
        What the score stands for, in words.
    """

    identifier: str
    title: str
    criteria: tuple[Assessed, ...]
    score: float | None
    reading: str


@dataclass(frozen=True)
class SubScore:
    """Mean of the criteria of one kind of action, or of autonomy, with how many were scored out of how many."""

    identifier: str
    title: str
    score: float | None
    scored: int
    criteria: int


def self_assessment(answers: InterviewAnswers | None = None, *, language: str = "fr") -> tuple[Dimension, ...]:
    """Return the 13 dimensions with the scores given so far.

    Parameters
    ----------
    answers : InterviewAnswers, optional
        What was scored; a criterion that is absent is "non évalué".
    language : {"fr", "en"}

    References
    ----------
    DOMAIN.md D: score of a dimension = mean, "not applicable" excluded.
    """
    _, given = translator(language).gettext, (answers or InterviewAnswers()).self_assessment
    found = []
    for name, title in DIMENSIONS.items():
        criteria = tuple(
            Assessed(code, text.action, _(text.statement), _(text.evidence), given.get(code, Criterion()))
            for code, text in CRITERIA.items() if code.split(".")[0] == name)
        score = _mean(criteria)
        found.append(Dimension(name, _(title), criteria, score, _(_reading(criteria, score))))
    return tuple(found)


def overall_score(dimensions: tuple[Dimension, ...]) -> float | None:
    """Return the mean of the dimensions assessed, None when none is: 0 to 4."""
    given = [dimension.score for dimension in dimensions if dimension.score is not None]
    return sum(given) / len(given) if given else None


def action_scores(dimensions: tuple[Dimension, ...], *, language: str = "fr") -> tuple[SubScore, ...]:
    """Return the sub-scores of preventive, curative and dissuasive action, then of autonomy."""
    _ = translator(language).gettext
    every = [one for dimension in dimensions for one in dimension.criteria]
    groups = {name: (title, [one for one in every if one.action == name]) for name, title in ACTIONS.items()}
    groups["autonomy"] = (N_("Autonomie"), [one for one in every if one.identifier in AUTONOMY])
    return tuple(
        SubScore(name, _(title), _mean(some), sum(one.score is not None for one in some), len(some))
        for name, (title, some) in groups.items())


def assessed_sentence(dimensions: tuple[Dimension, ...], formats: Formats) -> str:
    """Say the overall score, its strongest and weakest dimensions, and how much was scored at all."""
    _, mean = formats.gettext, overall_score(dimensions)
    if mean is None:
        return _("Aucune dimension n’a été évaluée : l’auto-évaluation reste à faire avec le client.")
    known = sorted((one for one in dimensions if one.score is not None), key=lambda one: one.score or 0.0)
    sentence = _("Note moyenne : {mean} sur 4, sur {count} dimensions évaluées parmi {total}.").format(
        mean=formats.short_number(mean, digits=1), count=len(known), total=len(dimensions))
    if known[0].score == known[-1].score:
        return sentence
    return sentence + " " + _("La plus faible : {weak} ({low}) ; la plus forte : {strong} ({high}).").format(
        weak=known[0].title, low=formats.short_number(known[0].score or 0.0, digits=1), strong=known[-1].title,
        high=formats.short_number(known[-1].score or 0.0, digits=1))


def scale_legend(*, language: str = "fr") -> str:
    """Return what the scores stand for, on one line."""
    _ = translator(language).gettext
    return " · ".join(f"{score} = {_(words)}" for score, words in enumerate(SCALE))


def _mean(criteria: Iterable[Assessed]) -> float | None:
    known = [one.score for one in criteria if one.score is not None]
    return sum(known) / len(known) if known else None


def _reading(criteria: tuple[Assessed, ...], score: float | None) -> str:
    if score is not None:
        return SCALE[int(score + 0.5)]
    return NOT_CONCERNED if all(one.given.score == NOT_APPLICABLE for one in criteria) else NOT_ASSESSED
