"""Section ``reviews`` of the parameters file: what the auditor read in the terms of sale, invoices and reports."""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, model_validator
from rapidfuzz import process

from auditlib.penalty_clause import read_penalty_clause
from auditlib.review_points import REVIEW_POINTS, TERMS
from auditlib.settings import Section

__all__ = ["ANSWERS", "Answered", "DocumentReview", "ReviewedPoint", "Reviews", "answered"]

ANSWERS = ("yes", "no", "partly", "not_seen")


def _said(value: object) -> object:
    """Take a YAML yes or no that was read as a truth value for what was written."""
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


class ReviewedPoint(Section):
    """``reviews.<document>.points.<point>``: an answer, and who gave it when."""

    answer: Annotated[Literal["yes", "no", "partly", "not_seen"], BeforeValidator(_said)]
    value: Annotated[str, BeforeValidator(_as_text)] = Field(default="", description="what the document says")
    remark: str = Field(default="", description="such as the article, or what is missing")
    by: str = Field(default="", description="who read it")
    on: dt.date | None = Field(default=None, description="day it was read")


class DocumentReview(Section):
    """``reviews.<document>``: the grid of one document."""

    kind: Literal["terms_and_conditions", "sample_invoices", "auditors_reports"]
    points: dict[str, ReviewedPoint] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _points_are_of_the_grid(self) -> "DocumentReview":
        """Refuse a point that is none of the grid's, and a penalty rate of the terms of sale that is not understood."""
        known = REVIEW_POINTS[self.kind]
        for name, point in self.points.items():
            if name not in known:
                nearest = process.extractOne(name, list(known))
                raise ValueError(f"points: {name} is no point of the grid of {self.kind}; did you mean {nearest[0]}?")
            if self.kind == TERMS and name == "penalty_rate" and point.value and point.answer == "yes":
                try:
                    read_penalty_clause(point.value)
                except ValueError as problem:
                    raise ValueError(f"points.penalty_rate.value: {problem}") from problem
        return self

    @property
    def read_on(self) -> dt.date | None:
        """The last day a point of it was read."""
        return max((point.on for point in self.points.values() if point.on), default=None)


Reviews = dict[Annotated[str, Field(min_length=1, description="name of the file or document")], DocumentReview]
"""By document."""


class Answered(NamedTuple):
    """A point answered in a document."""

    document: str
    kind: str
    point: str
    said: ReviewedPoint


def answered(reviews: dict[str, Any], kind: str = "") -> Iterator[Answered]:
    """Yield every point answered, by document in the order of the file and by point in the order of the grid.

    Parameters
    ----------
    reviews : dict
        `Reviews`.
    kind : str
        Of the documents; empty: all.
    """
    for document, review in reviews.items():
        if kind in ("", review.kind):
            for point in REVIEW_POINTS[review.kind]:
                if point in review.points:
                    yield Answered(document, review.kind, point, review.points[point])
