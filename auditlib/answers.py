"""What was said in the interview: answers, scores of the self-assessment and time spent, read from their file."""

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import BeforeValidator, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from auditlib.errors import BadInputError
from auditlib.schemas import INTERVIEW, empty, validate
from auditlib.settings import Section

__all__ = [
    "NOT_APPLICABLE", "Answer", "Criterion", "InterviewAnswers", "TimeSpent", "answers_of", "answers_path",
    "answers_table", "load_answers", "parsed_answers",
]

NOT_APPLICABLE = "n/a"
Score = Literal[0, 1, 2, 3, 4, "n/a"]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, dict) else value


class Answer(Section):
    """One answer to a question: what was said, by whom and when; several people may answer the same question."""

    answer: str = ""
    by: str = ""
    on: dt.date | None = None


class Criterion(Section):
    """A score given to a criterion of the self-assessment, with its evidence; ``n/a``: does not concern the client."""

    score: Score | None = None
    evidence: str = ""
    document: str = ""
    by: str = ""
    on: dt.date | None = None


class TimeSpent(Section):
    """Figures that only the client knows: people, hours and delays."""

    people: float | None = Field(default=None, gt=0, description="who collect, in full-time equivalents [persons]")
    hours_a_week: float | None = Field(default=None, ge=0, description="spent on collection, all together [h a week]")
    hourly_cost: float | None = Field(default=None, ge=0, description="charges included [currency an hour]")
    invoicing_delay_days: float | None = Field(
        default=None, ge=0, description="from delivery to the invoice, on average [days]")


class InterviewAnswers(Section):
    """The content of ``parameters/<client>.answers.yaml``.

    ``interview`` is keyed by question (`auditlib.interview_questions`), ``self_assessment`` by criterion
    (`auditlib.self_assessment_criteria`).
    """

    interview: dict[str, Annotated[list[Answer], BeforeValidator(_as_list)]] = Field(default_factory=dict)
    self_assessment: dict[str, Criterion] = Field(default_factory=dict)
    time: TimeSpent = TimeSpent()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered, scored or counted."""
        said = any(one.answer.strip() for several in self.interview.values() for one in several)
        scored = any(one.score is not None for one in self.self_assessment.values())
        return not (said or scored or any(value is not None for value in vars(self.time).values()))

    def said(self, question: str) -> tuple[Answer, ...]:
        """Return the answers to a question that are not blank."""
        return tuple(one for one in self.interview.get(question, ()) if one.answer.strip())


def answers_path(parameters_file: Path, client: str) -> Path:
    """Return where a client's answers are kept: beside his parameters file, and out of git like it."""
    return parameters_file.with_name(f"{client}.answers.yaml")


def load_answers(path: Path) -> InterviewAnswers:
    """Read the answers of an interview; a missing or blank file holds none.

    Raises
    ------
    BadInputError
        If the file is not YAML, holds an unknown key or a value of another kind.
    """
    return parsed_answers(path.read_text(encoding="utf-8-sig"), name=path.name) if path.is_file() else (
        InterviewAnswers())


def parsed_answers(text: str, *, name: str) -> InterviewAnswers:
    """Read answers from the text of a file of that name.

    Raises
    ------
    BadInputError
        As `load_answers`.
    """
    try:
        content = YAML(typ="safe").load(text)
    except (YAMLError, ValueError) as problem:
        reason = re.sub(r"\s+", " ", str(problem))
        raise BadInputError(f"{name}: not a readable YAML file ({reason}); correct it, or move it away to start "
                            "again") from problem
    if content is None:
        return InterviewAnswers()
    if not isinstance(content, dict):
        raise BadInputError(f"{name}: expected the keys interview, self_assessment and time")
    try:
        return InterviewAnswers(**{str(key): value or {} for key, value in content.items()})
    except ValidationError as problem:
        error = problem.errors()[0]
        where = ".".join(str(part) for part in error["loc"])
        hint = f"; expected {', '.join(InterviewAnswers.model_fields)}" if len(error["loc"]) == 1 else ""
        raise BadInputError(f"{name}: {where}: {error['msg']} (found: {error['input']!r}){hint}") from problem


def answers_table(answers: InterviewAnswers) -> pd.DataFrame:
    """Return answers as a table (`schemas.INTERVIEW`), as a run keeps them."""
    rows: list[dict[str, Any]] = [
        {"part": "answer", "key": key, "text": one.answer, "by": one.by, "said_on": one.on}
        for key in answers.interview for one in answers.said(key)]
    rows += [
        {"part": "criterion", "key": key, "text": one.evidence, "document": one.document, "by": one.by,
         "said_on": one.on, "number": None if one.score == NOT_APPLICABLE else one.score,
         "is_applicable": one.score != NOT_APPLICABLE} for key, one in answers.self_assessment.items()]
    rows += [{"part": "figure", "key": key, "number": value} for key, value in vars(answers.time).items()
             if value is not None]
    if not rows:
        return empty(INTERVIEW)
    frame = pd.DataFrame(rows, columns=list(INTERVIEW.columns))
    frame["said_on"] = pd.to_datetime(frame["said_on"])
    frame["is_applicable"] = frame["is_applicable"].fillna(True).astype(bool)
    return validate(frame, INTERVIEW)


def answers_of(table: pd.DataFrame) -> InterviewAnswers:
    """Return what `answers_table` wrote; a table without columns holds no answer."""
    interview: dict[str, list[Answer]] = {}
    criteria: dict[str, Criterion] = {}
    figures: dict[str, float] = {}
    for row in table.to_dict("records"):
        said = {"by": row["by"], "on": None if pd.isna(row["said_on"]) else row["said_on"].date()}
        if row["part"] == "answer":
            interview.setdefault(row["key"], []).append(Answer(answer=row["text"], **said))
        elif row["part"] == "criterion":
            criteria[row["key"]] = Criterion(
                score=_score(row), evidence=row["text"], document=row["document"], **said)
        else:
            figures[row["key"]] = float(row["number"])
    return InterviewAnswers(interview=interview, self_assessment=criteria, time=TimeSpent(**figures))


def _score(row: dict[Any, Any]) -> Any:
    if not row["is_applicable"]:
        return NOT_APPLICABLE
    return None if pd.isna(row["number"]) else int(row["number"])
