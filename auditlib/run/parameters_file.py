"""Changes a parameters file with its comments and order kept: written beside, read again, then put in its place."""

import io
from collections.abc import Callable
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from auditlib.errors import BadInputError
from auditlib.parameters import load_parameters

__all__ = ["UNFOLDED", "change_parameters", "replace_parameters"]

UNFOLDED = 4096
"""Columns: a long line stays one."""


def change_parameters(path: Path, change: Callable[[CommentedMap], None]) -> Path:
    """Change the content of a parameters file and return its path.

    Parameters
    ----------
    path : Path
    change : callable
        Takes the whole content and changes it in place.

    Raises
    ------
    BadInputError
        If the file would no longer load; it is left as it was.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = UNFOLDED
    content = yaml.load(path.read_text(encoding="utf-8-sig"))
    change(content)
    text = io.StringIO()
    yaml.dump(content, text)
    replace_parameters(path, text.getvalue())
    return path


def replace_parameters(path: Path, text: str) -> None:
    """Write beside the file, see that it still reads, then take its place.

    Raises
    ------
    BadInputError
        If it does not; the file is left as it was.
    """
    beside = path.with_name(f".{path.name}")
    beside.write_text(text, encoding="utf-8")
    try:
        load_parameters(beside)
    except BadInputError as problem:
        beside.unlink()
        raise BadInputError(str(problem).removeprefix(".")) from problem
    beside.replace(path)
