"""The signed non-disclosure agreement: recorded in the parameters file with its fingerprint, and checked against it."""

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml.comments import CommentedMap

from auditlib.errors import BadInputError
from auditlib.parameters import Parameters, load_parameters
from auditlib.register import file_digest
from auditlib.run.engagement import Engagement
from auditlib.run.parameters_file import change_parameters
from auditlib.texts import translator

if TYPE_CHECKING:
    import ipywidgets

__all__ = ["keep_signed_file", "record_signature", "sign_agreement", "signed_file_problem"]

KEYS = ("signed_on", "signatory", "signed_file", "sha256")


def sign_agreement(audit: Engagement) -> "ipywidgets.VBox":
    """Return the form that records the signature: date, signatory, and the signed file, uploaded or by its path."""
    from auditlib.present.signature_form import signature_form  # widgets, where a notebook asks for them only

    source = audit.parameters.source

    def save(signed_on: dt.date, signatory: str, file: Path | tuple[str, bytes]) -> str:
        kept = file if isinstance(file, Path) else keep_signed_file(source, signed_on, *file)
        record_signature(source, signed_on=signed_on, signatory=signatory, file=kept)
        return load_parameters(source).nda.sha256

    return signature_form(audit.parameters.nda, save=save, language=audit.language)


def keep_signed_file(source: Path, signed_on: dt.date, name: str, content: bytes) -> Path:
    """Write an uploaded agreement beside the parameters file, which git ignores and a purge leaves: it is the proof.

    Raises
    ------
    BadInputError
        If it is empty, or another agreement signed on that day is there already.
    """
    if not content:
        raise BadInputError(f"{name}: the file is empty; give the signed agreement (PDF or docx)")
    target = source.with_name(f"{source.stem}.agreement-{signed_on}{Path(name).suffix.lower()}")
    if target.exists() and target.read_bytes() != content:
        raise BadInputError(f"{target.name} is there already with another content; give the signed file by its path")
    target.write_bytes(content)
    target.chmod(0o600)
    return target


def record_signature(source: Path, *, signed_on: dt.date, signatory: str, file: Path) -> Path:
    """Write ``nda: {signed_on, signatory, signed_file, sha256}`` into a parameters file, comments and order kept.

    Parameters
    ----------
    source : Path
        The parameters file.
    signed_on : date
    signatory : str
        Who signed for the client, and in what capacity.
    file : Path
        The signed agreement; its path is kept relative to the parameters file where it is in the same project.

    Returns
    -------
    Path
        The parameters file.

    Raises
    ------
    BadInputError
        If the signatory is empty, or the file is missing or empty; nothing is written.
    """
    if not signatory.strip():
        raise BadInputError(f"{source.name}: nda.signatory: say who signed the agreement, such as Claire Martin, DAF")
    file = file.expanduser()
    file = file if file.is_absolute() else source.parent / file
    if not file.is_file() or not file.stat().st_size:
        raise BadInputError(f"{file}: no such file, or an empty one; give the signed agreement (PDF or docx)")
    values = dict(zip(KEYS, (signed_on, signatory.strip(), _portable(file, source), file_digest(file)), strict=True))
    return change_parameters(source, lambda content: _put(content, values))


def signed_file_problem(parameters: Parameters, *, language: str = "fr") -> str:
    """Return one sentence where the signed file is no longer the one recorded; empty where it is, or none was.

    It is said and does not close the gate; see `auditlib.non_disclosure.NonDisclosure`.
    """
    nda, _ = parameters.nda, translator(language).gettext
    if not nda.signed_file:
        return ""
    file = parameters.source.parent / nda.signed_file
    if not file.is_file():
        said = _("L’accord signé {file} n’est plus à sa place : remettez-le ou enregistrez de nouveau la signature.")
    elif not nda.sha256:
        said = _("L’empreinte de l’accord signé {file} n’a pas été enregistrée : enregistrez de nouveau la signature.")
    elif file_digest(file) != nda.sha256:
        said = _("L’accord signé {file} a changé depuis son enregistrement : son empreinte SHA-256 n’est plus celle "
                 "inscrite aux paramètres ; retrouvez le fichier signé ou enregistrez de nouveau la signature.")
    else:
        return ""
    return said.format(file=file.name)


def _portable(file: Path, source: Path) -> str:
    file, project = file.resolve(), source.resolve().parent.parent
    if not file.is_relative_to(project):
        return str(file)
    return Path(os.path.relpath(file, source.resolve().parent)).as_posix()


def _put(content: CommentedMap, values: dict[str, object]) -> None:
    """Set keys of ``nda``; new ones come first, before the comments that end the section."""
    if not isinstance(content.get("nda"), CommentedMap):
        content["nda"] = CommentedMap()
    section = content["nda"]
    for name, value in reversed(values.items()):
        if name in section:
            section[name] = value
        else:
            section.insert(0, name, value)
