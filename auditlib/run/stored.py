"""What a run keeps on disk: the documents as read, and the results."""

import dataclasses
import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd

from auditlib import artifacts
from auditlib.audit_results import AuditResults
from auditlib.loaders.intake import Intake, SecondSource
from auditlib.run import places

__all__ = ["forget", "has_intake", "read_intake", "read_results", "write_intake", "write_results"]

INTAKE_FACTS = "data/documents/facts.json"
DOCUMENTS = "documents/"
"""Tables of the documents stand apart: some have the name of one of the results'."""


def write_results(run_dir: Path, results: AuditResults) -> None:
    """Write the results' tables to ``data/`` and, last, their summary to ``indicators.json``."""
    for name in _frames(AuditResults):
        artifacts.write(run_dir, name, getattr(results, name))
    text = json.dumps(results.summary, ensure_ascii=False, allow_nan=False, indent=1)
    (run_dir / places.SUMMARY).write_text(text + "\n", encoding="utf-8")


def read_results(run_dir: Path) -> AuditResults:
    """Read back what `write_results` wrote."""
    frames = {name: artifacts.read(run_dir, name) for name in _frames(AuditResults)}
    return AuditResults(summary=places.summary_of(run_dir), **frames)


def forget(run_dir: Path) -> None:
    """Remove what a run is about to read and compute again."""
    (run_dir / places.SUMMARY).unlink(missing_ok=True)
    shutil.rmtree(run_dir / "data", ignore_errors=True)


def has_intake(run_dir: Path) -> bool:
    """Tell whether a run holds its documents as read."""
    return (run_dir / INTAKE_FACTS).is_file()


def write_intake(run_dir: Path, intake: Intake) -> None:
    """Write what the documents hold: tables to ``data/documents/``, the rest beside them."""
    for name in _frames(Intake):
        artifacts.write(run_dir, DOCUMENTS + name, getattr(intake, name))
    for number, source in enumerate(intake.second_sources):
        artifacts.write(run_dir, f"{DOCUMENTS}second_source_{number}", source.balances)
    facts = {name: getattr(intake, name) for name in _facts(Intake) if name != "second_sources"}
    facts["second_sources"] = [{name: getattr(source, name) for name in _facts(SecondSource)}
                               for source in intake.second_sources]
    (run_dir / INTAKE_FACTS).write_text(
        json.dumps(facts, ensure_ascii=False, default=_iso, indent=1), encoding="utf-8")


def read_intake(run_dir: Path) -> Intake:
    """Read back what `write_intake` wrote."""
    facts: dict[str, Any] = json.loads((run_dir / INTAKE_FACTS).read_text(encoding="utf-8"))
    sources = [SecondSource(**_dated(source, "as_of_date"),
                            balances=artifacts.read(run_dir, f"{DOCUMENTS}second_source_{number}"))
               for number, source in enumerate(facts.pop("second_sources"))]
    frames: dict[str, Any] = {name: artifacts.read(run_dir, DOCUMENTS + name) for name in _frames(Intake)}
    return Intake(second_sources=tuple(sources), **_dated(_dated(facts, "history_start"), "items_as_of"), **frames)


def _frames(kind: type) -> list[str]:
    return [field.name for field in dataclasses.fields(kind) if field.type in (pd.DataFrame, "pd.DataFrame")]


def _facts(kind: type) -> list[str]:
    frames = _frames(kind)
    return [field.name for field in dataclasses.fields(kind) if field.name not in frames]


def _iso(value: dt.date) -> str:
    return value.isoformat()


def _dated(facts: dict[str, Any], name: str) -> dict[str, Any]:
    return facts | {name: dt.date.fromisoformat(facts[name]) if facts.get(name) else None}
