"""Where an engagement's files are: the project, its notebooks, its outputs, its cache."""

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import auditlib
from auditlib.errors import BadInputError
from auditlib.parameters import project_home

__all__ = ["QUESTIONS", "SUMMARY", "cache_of", "finished_runs", "home_of", "is_finished", "notebooks_of",
           "private_folder", "short_temporary_folder", "summary_of"]

SUMMARY = "indicators.json"
QUESTIONS = "questions.txt"
"""Noted during presentations; a new run of the same date keeps them."""
LONGEST_FOR_SOCKETS = 20
AS_OF = re.compile(r"\d{4}-\d{2}-\d{2}")
CHECKOUT = Path(auditlib.__file__).resolve().parent.parent


def home_of(client: str | Path = "") -> Path:
    """Return the project an engagement belongs to.

    `parameters.project_home` decides; for a parameters file given by its path from elsewhere, the project
    around that file does, else the checkout this package is installed from.

    Raises
    ------
    BadInputError
        If none of them is a project.
    """
    starts = [None, Path(client).resolve().parent, CHECKOUT] if Path(client).suffix else [None]
    problem: BadInputError | None = None
    for start in starts:
        try:
            return project_home(start)
        except BadInputError as error:
            problem = problem or error
    raise problem or BadInputError("no project found")


def notebooks_of(home: Path) -> Path:
    """Return the folder of the six source notebooks: the project's, else the checkout's.

    Raises
    ------
    BadInputError
        If neither exists.
    """
    for folder in (home / "notebooks", CHECKOUT / "notebooks"):
        if any(folder.glob("*.ipynb")):
            return folder
    raise BadInputError(
        f"no notebooks/ folder in {home.name}/; start from a checkout of the project or set AUDITLIB_HOME")


def cache_of(home: Path, client: str) -> Path:
    """Return the private folder that keeps what was read from a client's documents (mode 0700)."""
    return private_folder(private_folder(home / ".cache") / client)


def short_temporary_folder() -> str | None:
    """Return where sockets fit: their whole path has a hundred characters at most (None: the usual place)."""
    return None if len(tempfile.gettempdir()) <= LONGEST_FOR_SOCKETS else "/tmp"  # noqa: S108


def private_folder(path: Path) -> Path:
    """Make a folder only its owner can look into."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def finished_runs(outputs: Path, client: str) -> list[Path]:
    """Return a client's finished runs, oldest as-of date first."""
    return [run for run in sorted((outputs / client).glob("*")) if AS_OF.fullmatch(run.name) and is_finished(run)]


def is_finished(run_dir: Path) -> bool:
    """Tell whether a folder holds a run's results."""
    return (run_dir / SUMMARY).is_file()


def summary_of(run_dir: Path) -> dict[str, Any]:
    """Read a run's ``indicators.json``; empty where there is none."""
    return dict(json.loads((run_dir / SUMMARY).read_text(encoding="utf-8"))) if is_finished(run_dir) else {}
