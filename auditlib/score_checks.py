"""Scores that the figures contradict: a good mark where the ledger shows otherwise."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditlib.formats import Formats
from auditlib.prevention_advice import THRESHOLDS
from auditlib.self_assessment import Dimension
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["Contradiction", "contradictions"]

GOOD = 3.0
"""From "mesuré" on the client says that it works."""
CREDITS, OVERDUE, OLD = 0.05, 0.25, 0.10
"""Shares from which unallocated credits, net overdue and overdue of more than 90 days contradict a good mark."""


@dataclass(frozen=True)
class Contradiction:
    """A dimension, its score, and the figure that says otherwise."""

    identifier: str
    title: str
    score: float
    sentence: str


SENTENCES: dict[str, str] = {
    "disputes": N_("{share} des montants en litige n’ont été contestés qu’après l’échéance."),
    "invoicing": N_("{share} des montants facturés ont été annulés en entier par un avoir."),
    "exposure": N_("{share} des montants facturés l’ont été au-dessus de la limite de crédit."),
    "contract": N_("{share} des montants facturés à des entreprises dépassent le délai légal."),
    "cash_application": N_("{share} de l’encours brut sont des crédits non affectés."),
    "dunning": N_("{share} des soldes débiteurs sont de l’échu net."),
    "litigation": N_("{share} de l’encours daté sont échus depuis plus de 90 jours."),
}
"""By dimension: what the figure says."""


def contradictions(
    results: "AuditResults", *, dimensions: tuple[Dimension, ...], formats: Formats,
) -> tuple[Contradiction, ...]:
    """Return the dimensions marked "mesuré" or better whose figures are bad.

    Parameters
    ----------
    results : AuditResults
    dimensions : tuple of Dimension
        `auditlib.self_assessment.self_assessment`.
    formats : Formats
    """
    figures = _figures(results)
    return tuple(
        Contradiction(one.identifier, one.title, one.score,
                      formats.gettext(SENTENCES[one.identifier]).format(share=formats.share(share)))
        for one in dimensions if one.score is not None and one.score >= GOOD
        for share, limit in [figures.get(one.identifier, (None, 0.0))] if share is not None and share >= limit)


def _figures(results: "AuditResults") -> dict[str, tuple[float | None, float]]:
    """Return, by dimension, the share that tells of it and the limit from which it contradicts a good mark."""
    stock, entries = results.summary["receivable"], results.summary["indicators"]
    gross = stock.get("gross") or 0
    loose = -(stock.get("unallocated_credits") or 0) / gross if gross > 0 else None
    known = {} if results.prevention.empty else {
        row["measure"]: None if row["share"] != row["share"] else row["share"]
        for row in results.prevention.to_dict("records")}
    return {
        "disputes": (known.get("disputed_after_due"), THRESHOLDS["disputed_after_due"]),
        "invoicing": (known.get("cancelled_invoices"), THRESHOLDS["cancelled_invoices"]),
        "exposure": (known.get("over_limit"), THRESHOLDS["over_limit"]),
        "contract": (entries.get("terms_over_cap", {}).get("value") or None, 0.0),
        "cash_application": (loose, CREDITS),
        "dunning": (entries.get("overdue_rate_net", {}).get("value"), OVERDUE),
        "litigation": (entries.get("overdue_rate_90", {}).get("value"), OLD),
    }
