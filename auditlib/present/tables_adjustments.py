"""The auditor's adjustments as a notebook shows them; the same tables as on paper."""

from typing import TYPE_CHECKING

from auditlib.deliver.adjustments_shown import adjustments_sentence, adjustments_table, compared_table
from auditlib.formats import Formats
from auditlib.present.markup import Html, join
from auditlib.present.switch import redrawn
from auditlib.present.tables_interview import as_html, paragraph

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["adjustments"]


@redrawn
def adjustments(results: "AuditResults", formats: Formats) -> Html:
    """Return the figures before and after, and each correction; a sentence where there is none."""
    if not len(results.adjustments):
        return paragraph(formats.gettext(
            "Aucun ajustement : les chiffres sont ceux des documents. Les corrections s’écrivent dans le classeur des "
            "ajustements, que la commande « auditlib adjust » prépare."))
    return join([paragraph(adjustments_sentence(results, formats)), as_html(compared_table(results, formats)),
                 as_html(adjustments_table(results, formats))])
