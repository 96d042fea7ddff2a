"""What a run was made from: parameters, input hashes, versions, timings."""

import datetime as dt
import hashlib
import importlib.metadata
import json
import os
import platform
from pathlib import Path
from typing import Any

import auditlib
from auditlib.adjustment_words import adjustments_path
from auditlib.answers import answers_path
from auditlib.legal_basis import practice_file
from auditlib.loaders.adjustments_file import adjustments_digest
from auditlib.parameters import Parameters
from auditlib.register import file_digest

__all__ = ["NAME", "input_hashes", "is_stale", "read_manifest", "write_manifest"]

NAME = "manifest.json"
LIBRARIES = ("pandas", "numpy", "pyarrow", "plotly", "papermill", "openpyxl", "typst")


def write_manifest(run_dir: Path, parameters: Parameters, *, as_of_date: dt.date, language: str,
                   inputs: dict[str, str], seconds: dict[str, float], steps: list[str]) -> None:
    """Write ``manifest.json`` into a run.

    Parameters
    ----------
    run_dir : Path
    parameters : Parameters
    as_of_date : date
    language : str
    inputs : dict of str to str
        SHA-256 of each document and of the parameters, by relative path; see `input_hashes`.
    seconds : dict of str to float
        How long each part took. [s]
    steps : list of str
        The notebooks this run executed.
    """
    content = {
        "auditlib": auditlib.__version__, "client": parameters.client, "as_of_date": as_of_date.isoformat(),
        "language": language, "finished_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "parameters": parameters.model_dump(mode="json", exclude={"source"}), "inputs": inputs, "steps": steps,
        "python": platform.python_version(),
        "versions": {name: importlib.metadata.version(name) for name in LIBRARIES},
        "seconds": {part: round(value, 3) for part, value in seconds.items()},
    }
    (run_dir / NAME).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_manifest(run_dir: Path) -> dict[str, Any]:
    """Read a run's manifest; empty where there is none."""
    path = run_dir / NAME
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def input_hashes(parameters: Parameters) -> dict[str, str]:
    """Return the SHA-256 of everything a run depends on: documents, legal rows, answers, adjustments, parameters.

    Of the adjustments what is filled in counts, not the lists written beside it.

    Raises
    ------
    BadInputError
        If a document is missing, or the adjustments cannot be read.
    """
    base = parameters.source.parent
    hashes = {os.path.relpath(path, base): file_digest(path) for path in parameters.document_paths()}
    if own := practice_file(parameters):
        hashes[os.path.relpath(own, base)] = file_digest(own)
    if (said := answers_path(parameters.source, parameters.client)).is_file():
        hashes[said.name] = file_digest(said)
    corrected = adjustments_path(parameters.source, parameters.client)
    if digest := adjustments_digest(corrected):
        hashes[corrected.name] = digest
    settings = parameters.model_dump_json(exclude={"source"})
    return hashes | {"parameters": hashlib.sha256(settings.encode()).hexdigest()}


def is_stale(run_dir: Path, parameters: Parameters) -> bool:
    """Tell whether a run is missing, or was made from other inputs or by another version."""
    manifest = read_manifest(run_dir)
    return manifest.get("auditlib") != auditlib.__version__ or manifest.get("inputs") != input_hashes(parameters)

