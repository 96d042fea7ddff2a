"""What the auditor says of the documents, written into the parameters file with its comments and order kept."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml.comments import CommentedMap

from auditlib.document_kinds import DOCUMENT_KINDS, without_accents
from auditlib.run.document_requests import DocumentFollowUp
from auditlib.run.parameters_file import change_parameters

if TYPE_CHECKING:
    import ipywidgets

__all__ = ["decide_documents", "save_documents"]


def decide_documents(documents: DocumentFollowUp) -> "ipywidgets.VBox":
    """Return the form of the documents; what is saved counts from the next run on."""
    from auditlib.present.documents_form import DocumentsForm  # widgets, where a notebook asks for them only

    parameters = documents.audit.parameters

    def save(kinds: Mapping[str, Mapping[str, Any]], files: Mapping[str, str], added: tuple[str, str],
             requested_on: dt.date | None) -> str:
        return save_documents(parameters.source, kinds=kinds, files=files, added=added, requested_on=requested_on).name

    return DocumentsForm(documents.states, documents.placed, documents.formats, save=save,
                         requested_on=parameters.requests.requested_on).view


def save_documents(path: Path, *, kinds: Mapping[str, Mapping[str, Any]], files: Mapping[str, str] | None = None,
                   added: tuple[str, str] = ("", ""), requested_on: dt.date | None = None) -> Path:
    """Write what the auditor says under ``requests`` of a parameters file; all else stays.

    Parameters
    ----------
    path : Path
        The parameters file.
    kinds : mapping
        By kind, fields of `auditlib.request_rules.DocumentRequest`; an empty value takes one back.
    files : mapping of str to str, optional
        The kind of each file; one that is none of the kinds known there, such as
        `auditlib.present.documents_form.OUTSIDE`, sets the file aside.
    added : tuple of str
        Name and format wanted of a kind to add; no name: none.
    requested_on : date, optional
        The day all were asked for; None: as it was.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    BadInputError
        If a value cannot be used; the file is left as it was.
    """
    def change(content: CommentedMap) -> None:
        section = _section(content, "requests")
        if requested_on:
            section["requested_on"] = requested_on
        asked = _section(section, "kinds")
        for kind, fields in kinds.items():
            _section(asked, kind).update(fields)
        _place(section, asked, files or {})
        if added[0]:
            asked[_code(added[0], asked)] = CommentedMap({"name": added[0], "wanted": added[1]})
        for kind in list(asked):
            _without_empty(asked, kind)
        _without_empty(content, "requests")

    return change_parameters(path, change)


def _section(content: CommentedMap, name: str) -> CommentedMap:
    """Return a section, made where there is none."""
    content[name] = content.get(name) or CommentedMap()
    section: CommentedMap = content[name]
    return section


def _place(section: CommentedMap, asked: CommentedMap, files: Mapping[str, str]) -> None:
    """Move files to the kinds chosen for them."""
    known = {*DOCUMENT_KINDS, *asked}
    for kind in sorted(known):
        now = [name for name, chosen in files.items() if chosen == kind]
        if now or kind in asked:
            entry = _section(asked, kind)
            entry["received"] = [name for name in entry.get("received") or [] if name not in files] + now
    outside = [name for name, chosen in files.items() if chosen not in known]
    section["set_aside"] = [name for name in section.get("set_aside") or [] if name not in files] + outside


def _code(name: str, asked: Mapping[str, Any]) -> str:
    """Return a key for a kind to add, unlike those there are."""
    code = "_".join(re.findall("[a-z0-9]+", without_accents(name))) or "document"
    while code in asked or code in DOCUMENT_KINDS:
        code += "_2"
    return code


def _without_empty(content: CommentedMap, name: str) -> None:
    """Drop the empty fields of a section, and the section where nothing is left."""
    for key in [key for key, value in content[name].items() if value in ("", None, []) or value == {}]:
        del content[name][key]
    if not content[name]:
        del content[name]
