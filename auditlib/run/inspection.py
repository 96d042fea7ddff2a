"""What `inspect` looks at: files, or the documents of a client who has signed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auditlib.errors import BadInputError
from auditlib.layout_profiles import PROFILES, LayoutProfile, load_profiles
from auditlib.loaders.inspection import SourceReport, inspect_files
from auditlib.parameters import load_parameters
from auditlib.run import places

__all__ = ["inspected"]


def inspected(names: Sequence[str]) -> list[SourceReport]:
    """Report what the loader sees in files, in folders, or in a client's documents with that client's settings.

    Raises
    ------
    BadInputError
        If a name is neither a file, a folder nor a client, or the non-disclosure agreement is not signed of that
        client, or of one whose documents hold that file.
    """
    paths: list[Path] = []
    settings: dict[str, Any] = {"profiles": _shared_profiles()}
    for name in names:
        path = Path(name)
        if path.is_dir():
            paths += sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
            _refuse_unsigned(paths)
        elif path.is_file() and path.suffix not in (".yaml", ".yml"):
            paths.append(path)
            _refuse_unsigned(paths)
        elif path.suffix and not path.exists():
            raise BadInputError(f"{name}: no such file")
        else:
            parameters = load_parameters(name, home=places.home_of(name))
            parameters.require_signed()
            paths += parameters.document_paths()
            settings = {"mapping": parameters.mapping, "profiles": parameters.profiles,
                        "perimeter": parameters.method.perimeter}
    return inspect_files(paths, **settings)


def _shared_profiles() -> tuple[LayoutProfile, ...]:
    """Return the profiles of the project the command is called in; none outside one."""
    try:
        home = places.home_of()
    except BadInputError:
        return ()
    return load_profiles(home / "parameters" / PROFILES)


def _refuse_unsigned(paths: Sequence[Path]) -> None:
    """Refuse files that are the documents of a client of this project who has not signed."""
    try:
        known = sorted((places.home_of() / "parameters").glob("*.yaml"))
    except BadInputError:
        return
    wanted = {path.resolve() for path in paths}
    for file in known:
        try:
            parameters = load_parameters(file)
            documents = parameters.document_paths()
        except BadInputError:  # the template, answers to an interview, a client whose documents are elsewhere by now
            continue
        if file.stem != "template" and not wanted.isdisjoint(documents):
            parameters.require_signed()
