"""Changes a parameters file with its comments and order kept: written whole, and only if it still reads."""

import io
from collections.abc import Callable
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from auditlib.errors import BadInputError
from auditlib.parameters import load_parameters

__all__ = ["change_parameters", "section_of"]


def change_parameters(path: Path, change: Callable[[CommentedMap], None]) -> Path:
    """Apply a change to the content of a parameters file and return its path.

    Parameters
    ----------
    path : Path
    change : callable
        Changes the content it is given.

    Raises
    ------
    BadInputError
        If the file would not read any more; it is left as it was.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    content = yaml.load(path.read_text(encoding="utf-8-sig"))
    change(content)
    text = io.StringIO()
    yaml.dump(content, text)
    beside = path.with_name(f".{path.name}")
    beside.write_text(text.getvalue(), encoding="utf-8")
    try:
        load_parameters(beside)
    except BadInputError:
        beside.unlink()
        raise
    beside.replace(path)
    return path


def section_of(content: CommentedMap, name: str) -> CommentedMap:
    """Return a section of a parameters file, added where it is absent or empty."""
    section = content.get(name)
    if not isinstance(section, CommentedMap):
        section = content[name] = CommentedMap()
    return section
