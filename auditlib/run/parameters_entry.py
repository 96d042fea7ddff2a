"""Changes one entry of a section of a parameters file: every other line of it, and its comments, stay as they are."""

import io
import re
import textwrap
from collections.abc import Callable
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from auditlib.run.parameters_file import UNFOLDED, replace_parameters

__all__ = ["change_entry"]

INDENT = 2


def change_entry(path: Path, section: str, name: str, change: Callable[[CommentedMap], None]) -> Path:
    """Change one entry of a section and return the file's path; an entry left empty is removed.

    Lines are replaced, not the whole written anew: what follows the entry belongs to others, and a round trip
    through YAML gives it to the last key above it, to be lost with that key.

    Parameters
    ----------
    path : Path
    section, name : str
        Keys of the file and of its section, such as ``mapping`` and a file's name.
    change : callable
        Takes the entry, empty where there is none, and changes it in place.

    Raises
    ------
    BadInputError
        If the file would no longer load; it is left as it was.
    """
    text = path.read_text(encoding="utf-8-sig")
    content, lines = _yaml().load(text), text.splitlines()
    if section not in content:
        lines.append(f"{section}: {{}}")
        content = _yaml().load("\n".join(lines))
    entries = content[section]
    is_block = bool(entries) and not entries.fa.flow_style()
    place = _changed if is_block else _rewritten
    place(lines, content, section, name, change)
    replace_parameters(path, "\n".join(lines) + "\n")
    return path


def _changed(
    lines: list[str], content: CommentedMap, section: str, name: str, change: Callable[[CommentedMap], None],
) -> None:
    """Put a changed entry in the place of its lines, a new one after the last."""
    entries = content[section]
    first = content.lc.key(section)[0]
    if name in entries:
        start, indent = entries.lc.key(name)
        end = _end(lines, start, indent)
        entry = _yaml().load(textwrap.dedent("\n".join(lines[start:end])))[name] or CommentedMap()
    else:
        start = end = _end(lines, first, 0)
        indent, entry = entries.lc.key(next(iter(entries)))[1], CommentedMap()
    change(entry)
    lines[start:end] = _dumped({name: entry}, indent) if entry else []
    if not entry and list(entries) == [name]:
        lines[first] = re.sub(r":", ": {}", lines[first], count=1)


def _rewritten(
    lines: list[str], content: CommentedMap, section: str, name: str, change: Callable[[CommentedMap], None],
) -> None:
    """Write a section on one line, or an empty one, with an entry to a line."""
    first = content.lc.key(section)[0]
    entries = dict(content[section] or {})
    entry = entries.get(name) or CommentedMap()
    change(entry)
    kept = {key: value for key, value in {**entries, name: entry}.items() if value}
    comment = re.search(r"\s+#.*$", lines[first])
    head = f"{section}:{'' if kept else ' {}'}{comment[0] if comment else ''}"
    lines[first:_end(lines, first, 0)] = [head, *(_dumped(kept, INDENT) if kept else [])]


def _end(lines: list[str], start: int, indent: int) -> int:
    """Return the line after the last one of a block; comments that stand no deeper belong to what follows."""
    last = start
    for place in range(start + 1, len(lines)):
        depth = len(lines[place]) - len(lines[place].lstrip())
        if not lines[place].strip():
            continue
        if depth > indent:
            last = place
        elif not lines[place].lstrip().startswith("#"):
            break
    return last + 1


def _dumped(content: dict[str, object], indent: int) -> list[str]:
    text = io.StringIO()
    _yaml().dump(CommentedMap(content), text)
    return textwrap.indent(text.getvalue(), " " * indent).splitlines()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = UNFOLDED
    return yaml
