"""What was read once, kept as parquet under the hash of its content: a second load reads no client file."""

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from auditlib.artifacts import read_table, write_table
from auditlib.errors import BadInputError
from auditlib.register import file_digest

__all__ = ["Cache", "loader_version"]

DESCRIPTION = "description.json"
CODE = ("loaders/*.py", "amounts.py", "artifacts.py", "dates.py", "register.py", "schemas.py")
"""The modules whose change makes what is kept stale."""


@lru_cache
def loader_version() -> str:
    """Return a hash of the loaders' own code: what it read before a change is read again after."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for module in sorted(path for pattern in CODE for path in package.glob(pattern)):
        digest.update(module.read_bytes())
    return digest.hexdigest()


class Cache:
    """Tables by content, in a folder only its owner can read.

    Parameters
    ----------
    folder : Path or None
        None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        if folder is not None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def digest(self, path: Path) -> str:
        """Return a file's SHA-256, without reading it where size, times and inode are those of last time."""
        if self.folder is None:
            return file_digest(path)
        state = path.stat()
        seen = [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]
        note = self.folder / f"{_short_hash(str(path.resolve()))}.digest.json"
        known = _read_json(note)
        if known.get("state") == seen:
            return str(known["sha256"])
        found = file_digest(path)
        _write_json(note, {"state": seen, "sha256": found})
        return found

    def load(self, key: object) -> tuple[dict[str, Any], dict[str, pd.DataFrame]] | None:
        """Return the description and tables kept under a key, None where there are none, or not all of them."""
        if self.folder is None:
            return None
        entry = self._entry(key)
        described = _read_json(entry / DESCRIPTION)
        try:
            return described["content"], {name: read_table(entry / f"{name}.parquet") for name in described["tables"]}
        except (BadInputError, OSError, KeyError):
            shutil.rmtree(entry, ignore_errors=True)
            return None

    def store(self, key: object, content: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> None:
        """Keep a description (plain values and dates) and tables under a key.

        They are written aside, then renamed: two runs at once both find them whole.
        """
        if self.folder is None:
            return
        entry = self._entry(key)
        aside = Path(tempfile.mkdtemp(dir=self.folder, prefix=".new-"))
        try:
            _write_json(aside / DESCRIPTION, {"content": dict(content), "tables": list(tables)})
            for name, table in tables.items():
                write_table(aside / f"{name}.parquet", table)
            aside.rename(entry)
        except OSError:
            if not entry.is_dir():  # another run may have stored it first; anything else is a real failure
                raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _entry(self, key: object) -> Path:
        text = json.dumps([loader_version(), key], sort_keys=True, default=str)
        return (self.folder or Path()) / f"{_short_hash(text)}.kept"


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write_json(path: Path, content: dict[str, Any]) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    with os.fdopen(handle, "w", encoding="utf-8") as text:
        json.dump(content, text, default=_as_plain)
    Path(temporary).replace(path)


def _as_plain(value: dt.date | np.generic) -> str | int | float:
    """Write dates as ISO text and numpy numbers as numbers."""
    if isinstance(value, dt.date):
        return value.isoformat()
    number: int | float = value.item()
    return number
