"""The radar of the self-assessment: the score of each dimension, those not assessed left blank."""

from typing import TYPE_CHECKING

from auditlib.answers import answers_of
from auditlib.formats import Formats
from auditlib.present.figures import Figure
from auditlib.self_assessment import assessed_sentence, self_assessment
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["NOTHING_SCORED", "TOP_SCORE", "radar"]

TOP_SCORE = 4
NOTHING_SCORED = N_("Aucune dimension n’a été évaluée : l’auto-évaluation reste à faire avec le client.")


def radar(results: "AuditResults", formats: Formats) -> Figure | None:
    """Arrange the scores of the 13 dimensions, 0 to 4; None where none was scored.

    A dimension that was not assessed has no value, and ``codes`` says whether it does not apply.
    """
    _, dimensions = formats.gettext, self_assessment(answers_of(results.interview), language=formats.language)
    if all(one.score is None for one in dimensions):
        return None
    return Figure(
        series={_("Note"): tuple(one.score for one in dimensions)}, labels=tuple(one.title for one in dimensions),
        unit="score", title=_("Auto-évaluation du recouvrement"), sentence=assessed_sentence(dimensions, formats),
        codes=tuple("" if one.score is not None else one.reading for one in dimensions))
