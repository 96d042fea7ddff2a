"""What is recorded of the signature of the non-disclosure agreement: who, when, and which file."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml.comments import CommentedMap

from auditlib.errors import BadInputError
from auditlib.register import file_digest
from auditlib.run.engagement import Engagement
from auditlib.run.parameters_file import change_parameters, section_of

if TYPE_CHECKING:
    from auditlib.parameters import Parameters
    from auditlib.present.signature_form import SignatureForm

__all__ = ["CHANGED", "MISSING", "SAME", "record_signature", "sign", "signed_file_state"]

SAME, CHANGED, MISSING = "same", "changed", "missing"
"""The signed file beside its recorded fingerprint."""


def sign(audit: Engagement) -> "SignatureForm":
    """Return the form that records the signature in the parameters file; it counts from the next command on."""
    from auditlib.present.signature_form import signature_form  # widgets, where a notebook asks for them only

    def save(signed_on: dt.date, signatory: str, signed_file: str) -> str:
        return record_signature(
            audit.parameters.source, signed_on=signed_on, signatory=signatory, signed_file=signed_file).name

    return signature_form(save=save, language=audit.language)


def record_signature(path: Path, *, signed_on: dt.date, signatory: str, signed_file: str) -> Path:
    """Write who signed, when, and the signed file with its SHA-256 under ``nda`` of a parameters file.

    Parameters
    ----------
    path : Path
        The parameters file; its comments and order are kept.
    signed_on : date
    signatory : str
        Name and title.
    signed_file : str
        The signed agreement, absolute or by a path from the parameters file; it is read, never copied.

    Raises
    ------
    BadInputError
        If nobody is named, or the signed file is not there; the parameters file is left as it was.
    """
    if not signatory.strip():
        raise BadInputError(f"{path.name}: nda.signatory: expected who signed, name and title")
    document = path.parent / signed_file
    if not signed_file.strip() or not document.is_file():
        raise BadInputError(f"{path.name}: nda.signed_file: {signed_file or 'nothing'} is not a file; give the signed "
                            "agreement, by a path from the parameters file")
    digest = file_digest(document)

    def write(content: CommentedMap) -> None:
        section = section_of(content, "nda")
        section.pop("allow_unsigned", None)
        section.update({"signed_on": signed_on, "signatory": signatory.strip(), "signed_file": signed_file.strip(),
                        "sha256": digest})

    return change_parameters(path, write)


def signed_file_state(parameters: "Parameters") -> str | None:
    """Tell whether the signed file still is the one recorded: same, changed or missing; None where none is recorded."""
    if not parameters.nda.signed_file:
        return None
    document = parameters.source.parent / parameters.nda.signed_file
    if not document.is_file():
        return MISSING
    return SAME if file_digest(document) == parameters.nda.sha256 else CHANGED
