"""The form for the practice's own legal rows, on the file this engagement reads."""

from typing import TYPE_CHECKING

from auditlib.legal_basis import PRACTICE_FILE
from auditlib.run.engagement import Engagement

if TYPE_CHECKING:
    from auditlib.present.legal_form import LegalForm

__all__ = ["add_legal_rows"]


def add_legal_rows(audit: Engagement) -> "LegalForm":
    """Return the form that adds a dated legal row, with the check-list at the audit's date under it.

    What is added counts from the next run on.
    """
    from auditlib.present.legal_form import legal_form  # widgets, where a notebook asks for them only

    path = audit.parameters.source.parent / (audit.parameters.legal.rates_file or PRACTICE_FILE)
    return legal_form(path, day=audit.as_of_date, language=audit.language)
