"""The non-disclosure agreement, drafted as a document its parties can edit."""

import io
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate

from auditlib.deliver.sealing import seal
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.parameters import Parameters

__all__ = ["write_nda"]

BLANK = "……………………"
TERMS = {"persons": "l’Auditeur lui-même", "years": "5", "retention": "trois mois"}
"""What the draft proposes; the parties change it in the document."""


def write_nda(parameters: "Parameters", path: Path, *, terms: Mapping[str, str] | None = None) -> Path:
    """Draft the mutual agreement from the engagement's parameters.

    The agreement is under French law and is drafted in French whatever the report's language; what is not
    known is left as dots to fill in. The audit it covers is free and without commitment.

    Parameters
    ----------
    parameters : Parameters
    path : Path
        The ``.docx`` file to write.
    terms : mapping of str to str, optional
        ``client_details``, ``auditor``, ``auditor_details``, ``persons``, ``years``, ``retention``.
    """
    formats = Formats(language="fr")
    signed_on = parameters.nda.signed_on
    known = {
        "client": parameters.title,
        "signatory": parameters.nda.signatory or BLANK,
        "client_details": BLANK,
        "auditor": parameters.prepared_by or BLANK,
        "auditor_details": BLANK,
        "prepared_by": parameters.prepared_by or BLANK,
        "as_of_date": formats.date(parameters.as_of_date),
        "signed_on": formats.date(signed_on) if signed_on else BLANK,
        **TERMS,
        **(terms or {}),
    }
    template = resources.files("auditlib.deliver") / "templates" / "accord_confidentialite.docx"
    document = DocxTemplate(io.BytesIO(template.read_bytes()))
    document.render(known, autoescape=True)
    content = io.BytesIO()
    document.save(content)
    path.write_bytes(seal(content.getvalue(), day=parameters.as_of_date))
    return path
