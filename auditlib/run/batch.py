"""Runs many clients' audits: a client is one task, on local processes or on an existing Dask cluster."""

import multiprocessing
import os
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from auditlib.errors import AuditError, BadInputError, BrokenTieError
from auditlib.run import manifest, places
from auditlib.run.engagement import open_engagement

__all__ = ["Outcome", "all_clients", "exit_status", "run_batch"]

DONE, KEPT, BAD_INPUT, NOT_TIED, CRASHED = "done", "up to date", "bad input", "not tied", "crashed"
EXIT_STATUS = {CRASHED: 1, BAD_INPUT: 2, NOT_TIED: 3}


@dataclass(frozen=True)
class Outcome:
    """What became of one client's audit.

    Attributes
    ----------
    client : str
    status : {"done", "up to date", "bad input", "not tied", "crashed"}
    sentence : str
        Why, where it is not done.
    seconds : float
        How long it took. [s]
    """

    client: str
    status: str
    sentence: str = ""
    seconds: float = 0.0


def run_batch(clients: Sequence[str] = (), *, workers: int = 0, scheduler: str = "", resume: bool = False,
              outputs: Path | None = None, progress: Callable[[Outcome], None] | None = None) -> list[Outcome]:
    """Run several clients' audits; one that fails never stops the others.

    Parameters
    ----------
    clients : sequence of str
        Names or parameters files; empty: every file of ``parameters/`` but the template.
    workers : int
        Local processes; 0: one per core.
    scheduler : str
        Address of an existing Dask scheduler that sees the same files; empty: local processes.
    resume : bool
        Run only what is missing, or was made from other inputs.
    outputs : Path, optional
    progress : callable, optional
        Told each outcome as it comes.

    Returns
    -------
    list of Outcome
        In the order asked.

    Raises
    ------
    BadInputError
        If there is no client to run.
    """
    names = list(dict.fromkeys(clients)) or all_clients()
    attempt = partial(_attempt, outputs=outputs, resume=resume, home=os.environ.get("AUDITLIB_HOME", ""))
    found: dict[str, Outcome] = {}
    for outcome in (_on_cluster(attempt, names, scheduler) if scheduler else _on_processes(attempt, names, workers)):
        found[outcome.client] = outcome
        if progress:
            progress(outcome)
    return [found[name] for name in names]


def all_clients() -> list[str]:
    """Return the names of the project's engagements.

    Raises
    ------
    BadInputError
        If there is none.
    """
    names = sorted(path.stem for path in (places.home_of() / "parameters").glob("*.yaml")
                   if path.stem != "template" and not path.stem.endswith(".answers"))
    if not names:
        raise BadInputError("parameters/ holds no engagement; start one with: auditlib new CLIENT")
    return names


def exit_status(outcomes: Sequence[Outcome]) -> int:
    """Return what the command returns: the first that applies of 1 (crashed), 2 (bad input), 3 (not tied), 0."""
    return min((EXIT_STATUS[outcome.status] for outcome in outcomes if outcome.status in EXIT_STATUS), default=0)


def _attempt(client: str, *, outputs: Path | None, resume: bool, home: str) -> Outcome:
    """Run one client in this process and say what became of it."""
    from auditlib.run.execute import run_client  # papermill is imported where a client runs, not where they are counted

    if home:
        os.environ["AUDITLIB_HOME"] = home
    start = time.perf_counter()
    try:
        if resume and _is_up_to_date(client, outputs):
            return Outcome(client, KEPT)
        run_client(client, outputs=outputs)
    except BadInputError as problem:
        return Outcome(client, BAD_INPUT, str(problem), time.perf_counter() - start)
    except BrokenTieError as problem:
        return Outcome(client, NOT_TIED, str(problem), time.perf_counter() - start)
    except AuditError as problem:
        return Outcome(client, CRASHED, str(problem), time.perf_counter() - start)
    return Outcome(client, DONE, seconds=time.perf_counter() - start)


def _is_up_to_date(client: str, outputs: Path | None) -> bool:
    audit = open_engagement(client)
    audit.parameters.require_signed()
    run_dir = (outputs or audit.home / "outputs") / audit.parameters.client / audit.as_of_date.isoformat()
    return places.is_finished(run_dir) and not manifest.is_stale(run_dir, audit.parameters)


def _on_processes(attempt: Callable[[str], Outcome], names: list[str], workers: int) -> Iterator[Outcome]:
    """Give each thread a process of its own: one that dies takes no other client with it."""
    count = min(workers or os.cpu_count() or 1, len(names))
    idle: queue.SimpleQueue[Executor] = queue.SimpleQueue()
    for _ in range(count):
        idle.put(_new_process())

    def run(name: str) -> Outcome:
        process = idle.get()
        outcome = _outcome(process.submit(attempt, name), name)
        if outcome.status == CRASHED:
            process.shutdown(wait=False)
            process = _new_process()
        idle.put(process)
        return outcome

    with ThreadPoolExecutor(count) as threads:
        yield from (future.result() for future in as_completed([threads.submit(run, name) for name in names]))
    while not idle.empty():
        idle.get().shutdown()


def _new_process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def _on_cluster(attempt: Callable[[str], Outcome], names: list[str], scheduler: str) -> Iterator[Outcome]:
    try:
        import distributed
    except ImportError as problem:
        raise BadInputError("--scheduler needs Dask: pip install 'auditlib[cluster]'") from problem
    try:
        cluster = distributed.Client(scheduler, timeout="10s")  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as problem:
        raise BadInputError(f"--scheduler {scheduler}: no Dask scheduler answers there") from problem
    with cluster:
        tasks = {cluster.submit(attempt, name, pure=False, retries=0): name for name in names}
        for task in distributed.as_completed(list(tasks)):  # type: ignore[no-untyped-call]
            yield _outcome(task, tasks[task])


def _outcome(task: Future[Outcome], name: str) -> Outcome:
    try:
        return task.result()
    except BrokenProcessPool:
        return Outcome(name, CRASHED, f"{name}: its process died (out of memory?)")
    except Exception as problem:  # noqa: BLE001 whatever one client met, the others go on
        return Outcome(name, CRASHED, f"{name}: {type(problem).__name__}: {problem}")
