"""The bridge to the client's own figures as a notebook shows it; the same tables as on paper."""

from typing import TYPE_CHECKING

from auditlib.deliver.bridge_shown import bridge_sentences, bridge_tables
from auditlib.formats import Formats
from auditlib.present.markup import Html, join
from auditlib.present.tables_interview import as_html, paragraph

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["bridge"]


def bridge(results: "AuditResults", formats: Formats) -> Html:
    """Return each figure the client publishes, then the lines from it to ours; a sentence where he publishes none."""
    if not len(results.bridge):
        return paragraph(formats.gettext(
            "L’entreprise n’a communiqué ni DSO ni taux d’échu : il n’y a rien à rapprocher des nôtres."))
    said = (paragraph(sentence) for sentence in bridge_sentences(results, formats))
    return join([*said, *(as_html(part) for part in bridge_tables(results, formats))])
