"""The first-analysis note of an engagement: composed from its results and its documents, and written with its run."""

from pathlib import Path

from auditlib.deliver.first_note import FILE_NAME, FirstNote, first_note, write_note
from auditlib.document_placing import to_place
from auditlib.run.document_requests import DocumentFollowUp

__all__ = ["note_of", "write_first_note"]


def note_of(documents: DocumentFollowUp) -> FirstNote:
    """Compose the note of an engagement."""
    audit = documents.audit
    return first_note(audit.results(), documents.states, documents.call, to_place=to_place(documents.placed),
                      parameters=audit.parameters, formats=audit.formats)


def write_first_note(documents: DocumentFollowUp, run_dir: Path) -> Path:
    """Write ``note_premiere_analyse.pdf`` into a run."""
    audit = documents.audit
    return write_note(note_of(documents), run_dir / FILE_NAME, formats=audit.formats, as_of_date=audit.as_of_date)
