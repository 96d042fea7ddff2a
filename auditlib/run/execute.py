"""Runs one client's audit: its documents, the six notebooks in one kernel, and what is handed over."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from auditlib.errors import BrokenTieError
from auditlib.run import places
from auditlib.run.clock import Clock, Progress
from auditlib.run.engagement import Engagement, open_engagement
from auditlib.run.kernel import WarmKernel
from auditlib.run.steps import CONFIDENTIALITY, chosen_steps
from auditlib.run.verdict import broken_law
from auditlib.run.workspace import point_to, workspace

__all__ = ["LOG", "Progress", "RunReport", "run_client"]

LOG = "run.log"
"""What kernels and libraries say on their standard error during a run."""
FIRST_LINES = ("import auditlib.run.stored", "import auditlib.present.widgets")


@dataclass(frozen=True)
class RunReport:
    """Where a run's results are, and how long each part took [s]."""

    run_dir: Path
    seconds: dict[str, float]


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
        audit.parameters.document_paths()
    target = (outputs or audit.home / "outputs").resolve() / audit.parameters.client / audit.as_of_date.isoformat()
    with (workspace(target, keep_last=bool(steps)) as run_dir, _quiet(run_dir / LOG),
          WarmKernel(log_path=run_dir / LOG, environment=_environment(audit), first_lines=FIRST_LINES) as kernel):
        from auditlib.run import stages  # pandas, papermill: imported here while the kernel imports them there

        clock = Clock(progress, [stages.DOCUMENTS, stages.RESULTS, stages.DELIVERABLES, stages.LETTERS, *chosen])
        stages.run_stages(replace(audit, run_dir=run_dir), run_dir, client=_portable(client), chosen=chosen,
                          kernel=kernel, clock=clock)
        point_to(target, inside=run_dir)
    if sentence := broken_law(places.summary_of(target)):
        raise BrokenTieError(sentence)
    return RunReport(target, clock.seconds)


def _portable(client: str | Path) -> str:
    """Name a parameters file so that a notebook finds it from its own folder."""
    return str(Path(client).resolve()) if Path(client).suffix else str(client)


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
