"""What a whole audit of the demo client costs, beside six default Papermill kernels on the same notebooks.

Run: ``python -m benchmarks.run_cost``
"""

import argparse
import logging
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import papermill

from auditlib.demo import generate
from auditlib.run.places import CHECKOUT
from auditlib.run.steps import STEPS
from benchmarks.tables import show

__all__ = ["main"]

CLIENT, DAY = "demo", "2025-12-31"
FIRST, AGAIN = "auditlib run demo, first time (cold cache)", "auditlib run demo, again (warm cache)"
SHOWN = "six Papermill kernels, showing that run's results"
ALONE = "six Papermill kernels, no run (warm cache, each computes)"
ROUNDS = 2


class Cost(NamedTuple):
    """What one way took in seconds: elapsed time, and processor time of it and of its kernels."""

    elapsed: float
    processor: float


@contextmanager
def _metered(costs: list[Cost]) -> Iterator[None]:
    """Add the cost of a block to a list; processor time does not grow when the machine is shared."""
    start, used = time.perf_counter(), _processor()
    yield
    costs.append(Cost(time.perf_counter() - start, _processor() - used))


def _processor() -> float:
    """Return the processor time, in seconds, of this process and of those it has waited for."""
    parts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in parts)


def main(rounds: int = ROUNDS) -> None:
    """Time the four ways in turn, `rounds` times, and print the medians and their ratios."""
    logging.getLogger("papermill").setLevel(logging.ERROR)
    seconds: dict[str, list[Cost]] = {FIRST: [], AGAIN: [], SHOWN: [], ALONE: []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="auditlib-bench-") as folder:
            home = _project(Path(folder))
            for name in (FIRST, AGAIN):
                with _metered(seconds[name]):
                    _run(home)
            with _metered(seconds[SHOWN]):
                _default_kernels(home, home / "outputs" / CLIENT / DAY)
            shutil.rmtree(home / "outputs")
            with _metered(seconds[ALONE]):
                _default_kernels(home, None)
    medians = {name: Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in seconds.items()}
    ours = medians[AGAIN]
    show(f"A whole audit of the demo client on {os.cpu_count()} cores, median of {rounds}",
         ["way", "elapsed, s", "ratio to ours, warm", "processor, s", "ratio"],
         [[name, f"{cost.elapsed:.1f}", f"{cost.elapsed / ours.elapsed:.2f}", f"{cost.processor:.1f}",
           f"{cost.processor / ours.processor:.2f}"] for name, cost in medians.items()])


def _project(home: Path) -> Path:
    """Make a project of its own with nothing cached: the demo client's documents and parameters."""
    generate(home / "documents" / CLIENT)
    (home / "parameters").mkdir()
    shutil.copy(CHECKOUT / "parameters" / f"{CLIENT}.yaml", home / "parameters")
    return home


def _run(home: Path) -> None:
    """Run the command as a user does: a new process, from documents to report, workbook and six notebooks."""
    command = [str(Path(sys.executable).with_name("auditlib")), "run", CLIENT]
    subprocess.run(command, env=_environment(home), cwd=home, check=True, capture_output=True)  # noqa: S603 our own


def _default_kernels(home: Path, run_dir: Path | None) -> None:
    """Run plain Papermill, a kernel for each notebook; with a run its results are there, else each computes."""
    target = Path(tempfile.mkdtemp(dir=home))
    os.environ.update(_environment(home))  # what kernels inherit
    values = {"client": CLIENT, "as_of_date": DAY, "run_dir": str(run_dir or ""), "language": "fr"}
    for step in STEPS:
        papermill.execute_notebook(
            CHECKOUT / "notebooks" / f"{step}.ipynb", target / f"{step}.ipynb", values, kernel_name="python3",
            cwd=target, progress_bar=False)


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "AUDITLIB_HOME": str(home)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each way is timed")
    main(parser.parse_args().rounds)
