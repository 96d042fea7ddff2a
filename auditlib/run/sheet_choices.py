"""Corrections of a sheet's reading, written into the parameters file, and as profiles for every client's files."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from auditlib.errors import BadInputError
from auditlib.layout_profiles import PROFILES, LayoutProfile
from auditlib.loaders.intake import sheet_perimeter
from auditlib.loaders.known_layouts import CARRIED
from auditlib.loaders.trial import Trial
from auditlib.parameters import Parameters, load_parameters
from auditlib.run import places
from auditlib.run.parameters_entry import change_entry

__all__ = ["export_profile", "save_choices", "trial_of", "write_profile"]

WRITTEN = (*CARRIED, "role", "header_row", "headers", "found_as")
"""Keys of ``mapping`` that a correction sets or takes away; dates and terms stay as they are."""


def trial_of(parameters: Parameters, file: str) -> Trial:
    """Return a document of an engagement, to be read with other choices.

    Raises
    ------
    BadInputError
        If the non-disclosure agreement is not signed, or no document has that name.
    """
    parameters.require_signed()
    paths = {path.name: path for path in parameters.document_paths()}
    if file not in paths:
        raise BadInputError(f"{file}: no such file among the documents of {parameters.client}")
    return Trial(paths[file], mapping=parameters.mapping, profiles=parameters.profiles,
                 perimeter=sheet_perimeter(parameters))


def save_choices(path: Path, name: str, choices: Mapping[str, Any]) -> Path:
    """Write the correction of a sheet under ``mapping`` of a parameters file, the rest of it kept as it is.

    Parameters
    ----------
    path : Path
        The parameters file.
    name : str
        ``file name`` or ``file name/sheet``.
    choices : mapping
        All that is corrected: what is not there is taken away, and a sheet without any correction has no entry.

    Raises
    ------
    BadInputError
        If the file would no longer load; it is left as it was.
    """
    def change(entry: CommentedMap) -> None:
        for key in WRITTEN:
            if key in choices:
                entry[key] = _in_one_line(choices[key])
            else:
                entry.pop(key, None)

    return change_entry(path, "mapping", name, change)


def export_profile(client: str | Path, file: str, *, name: str) -> Path:
    """Write what a client's parameters say of a file as a profile for every client's files with that header.

    Parameters
    ----------
    client : str or Path
        Name of ``parameters/<client>.yaml``, or the path of a parameters file.
    file : str
        ``file name`` or ``file name/sheet``, as ``mapping`` is keyed.
    name : str
        Of the profile, such as ``sage-grand-livre``.

    Raises
    ------
    BadInputError
        If ``mapping`` says nothing of that file, the document is not there, or the name is taken.
    """
    parameters = load_parameters(client, home=places.home_of(client))
    choices = parameters.mapping.get(file)
    if not choices:
        known = ", ".join(parameters.mapping) or "none"
        raise BadInputError(
            f"{parameters.source.name}: mapping says nothing of {file} (corrected there: {known}); "
            "correct its reading first, then export it")
    if not choices.get("headers"):  # written by hand: the document tells its header
        choices = trial_of(parameters, file.split("/", maxsplit=1)[0]).keyed(file, choices)
    return write_profile(parameters.source.parent / PROFILES, name, choices)


def write_profile(folder: Path, name: str, choices: Mapping[str, Any]) -> Path:
    """Write a correction as ``<name>.yaml`` of a folder of profiles; it holds headers, roles, order and sign only.

    Raises
    ------
    BadInputError
        If the name is not one, is taken, or the correction says nothing that other files could take.
    """
    path = folder / f"{name}.yaml"
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        raise BadInputError(f"profile {name!r}: a name is of letters, digits, - and _, such as sage-grand-livre")
    if path.exists():
        raise BadInputError(f"profile {name}: {PROFILES}/{path.name} exists; choose another name or remove it")
    fields = set(LayoutProfile.model_fields)
    said = {key: value for key, value in choices.items() if key in fields}
    if not choices.get("headers") or not (set(said) - {"headers", "found_as"} or "header_row" in choices):
        raise BadInputError(f"profile {name}: nothing of this correction is about the layout")
    placed = {"places_header": True} if "header_row" in choices else {}
    content = {"name": name, **said, **placed}
    LayoutProfile(**content)
    folder.mkdir(exist_ok=True)
    yaml = YAML()
    yaml.width = 4096
    with path.open("w", encoding="utf-8") as text:
        yaml.dump(CommentedMap({key: _in_one_line(value) for key, value in content.items()}), text)
    return path


def _in_one_line(value: Any) -> Any:
    """Write lists and mappings on one line, as the template does."""
    if isinstance(value, Mapping):
        made: CommentedMap | CommentedSeq = CommentedMap(value)
    elif isinstance(value, list | tuple):
        made = CommentedSeq(value)
    else:
        return value
    made.fa.set_flow_style()
    return made
