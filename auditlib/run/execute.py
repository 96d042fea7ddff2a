"""Runs one client's audit: its documents, the six notebooks in one kernel, and what is handed over."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditlib.errors import BadInputError, BrokenTieError
from auditlib.run import manifest, places, stored
from auditlib.run.engagement import Engagement, open_engagement
from auditlib.run.kernel import WarmKernel
from auditlib.run.notebooks import execute_notebook, point_to
from auditlib.run.steps import ANALYSIS, CONFIDENTIALITY, chosen_steps
from auditlib.run.verdict import broken_law
from auditlib.run.workspace import workspace

__all__ = ["LOG", "Progress", "RunReport", "run_client"]

LOG = "run.log"
"""What kernels and libraries say on their standard error during a run."""
DOCUMENTS, RESULTS, DELIVERABLES = "documents", "indicators", "report, workbook, letters"
FIRST_LINES = ("import auditlib.run.engagement", "import plotly.graph_objects", "import ipywidgets")

Progress = Callable[[str, int, int], None]
"""Told which part starts, how many are done, and how many there are."""


class Clock:
    """Times the parts of a run, and tells which one starts."""

    def __init__(self, progress: Progress | None, parts: list[str]) -> None:
        self.progress = progress
        self.total = len(parts)
        self.seconds: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time a block."""
        start = time.perf_counter()
        if self.progress:
            self.progress(name, len(self.seconds), self.total)
        yield
        self.seconds[name] = time.perf_counter() - start


@dataclass(frozen=True)
class RunReport:
    """Where a run's results are, and how long each part took [s]."""

    run_dir: Path
    seconds: dict[str, float] = field(default_factory=dict)


def run_client(client: str | Path, *, as_of_date: str = "", steps: str = "", outputs: Path | None = None,
               language: str = "", progress: Progress | None = None) -> RunReport:
    """Run a client's audit and put its results in ``<outputs>/<client>/<as_of_date>``.

    Parameters
    ----------
    client : str or Path
        Name of ``parameters/<client>.yaml``, or the path of a parameters file.
    as_of_date, language : str
        Empty: as the parameters file says.
    steps : str
        Such as ``02-05``; empty: all. The others are kept from the last finished run.
    outputs : Path, optional
        The project's ``outputs/`` when absent.
    progress : callable, optional

    Raises
    ------
    BadInputError
        If the input cannot be used; nothing was written.
    BrokenTieError
        If the run finished, and its results are written, but its total does not tie or a conservation law fails.
    """
    audit = open_engagement(client, as_of_date=as_of_date, language=language)
    chosen = chosen_steps(steps)
    if chosen != [CONFIDENTIALITY]:
        audit.parameters.require_signed()
    target = (outputs or audit.home / "outputs").resolve() / audit.parameters.client / audit.as_of_date.isoformat()
    clock = Clock(progress, [DOCUMENTS, RESULTS, DELIVERABLES, *chosen])
    with workspace(target, keep_last=bool(steps)) as run_dir, _quiet(run_dir / LOG):
        _run(replace(audit, run_dir=run_dir), str(client), chosen, clock)
        point_to(target, inside=run_dir)
    summary = stored.read_summary(target)
    if summary and (sentence := broken_law(summary)):
        raise BrokenTieError(sentence)
    return RunReport(target, clock.seconds)


def _run(audit: Engagement, client: str, chosen: list[str], clock: Clock) -> None:
    run_dir = _folder(audit)
    sources = places.notebooks_of(audit.home)
    values = {"client": _portable(client), "as_of_date": audit.as_of_date.isoformat(), "run_dir": str(run_dir),
              "language": audit.language}
    with (WarmKernel(log_path=run_dir / LOG, environment=_environment(audit), first_lines=FIRST_LINES) as kernel,
          ThreadPoolExecutor(1) as beside):
        inputs = _prepare(audit, chosen, clock)
        deliverables = beside.submit(_deliver, audit, clock)
        for step in chosen:
            with clock.part(step):
                execute_notebook(sources / f"{step}.ipynb", run_dir / f"{step}.ipynb", values=values,
                                 language=audit.language, kernel=kernel)
        deliverables.result()
    manifest.write_manifest(run_dir, audit.parameters, as_of_date=audit.as_of_date, language=audit.language,
                            inputs=inputs, seconds=clock.seconds, steps=chosen)


def _prepare(audit: Engagement, chosen: list[str], clock: Clock) -> dict[str, str]:
    """Read the documents and compute before any notebook runs: bad input is known at once.

    Returns
    -------
    dict of str to str
        The hashes of what the run was made from.
    """
    run_dir = _folder(audit)
    if chosen == [CONFIDENTIALITY]:
        return dict(manifest.read_manifest(run_dir).get("inputs", {}))
    inputs = manifest.input_hashes(audit.parameters)
    if ANALYSIS in chosen:
        stored.forget(run_dir)
    elif places.is_finished(run_dir) and manifest.read_manifest(run_dir).get("inputs") != inputs:
        raise BadInputError(f"{audit.parameters.client}: the documents or the parameters changed since the last run; "
                            "let --steps include 04a")
    with clock.part(DOCUMENTS):
        stored.write_intake(run_dir, audit.documents())
    with clock.part(RESULTS):
        audit.save(audit.results())
    return inputs


def _deliver(audit: Engagement, clock: Clock) -> None:
    run_dir = _folder(audit)
    if places.is_finished(run_dir):
        from auditlib.run.deliverables import write_deliverables  # a second of imports, beside the first notebook

        with clock.part(DELIVERABLES):
            write_deliverables(audit)


def _folder(audit: Engagement) -> Path:
    if audit.run_dir is None:
        raise ValueError("a run has a folder")
    return audit.run_dir


def _portable(client: str) -> str:
    """Name a parameters file so that a notebook finds it from its own folder."""
    return str(Path(client).resolve()) if Path(client).suffix else client


def _environment(audit: Engagement) -> dict[str, str]:
    return {**os.environ, "AUDITLIB_HOME": str(audit.home)}


@contextmanager
def _quiet(path: Path) -> Iterator[None]:
    """Send what libraries log or warn about to a file of the run: standard error is for the one sentence."""
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    logging.getLogger().addHandler(handler)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        logging.getLogger().removeHandler(handler)
        handler.close()
