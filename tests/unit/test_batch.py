"""A batch goes on whatever becomes of one client."""

import os
from pathlib import Path

import pytest
from distributed import LocalCluster

from auditlib.run import batch
from auditlib.run.batch import Outcome, exit_status


def attempt(name: str) -> Outcome:
    """Stand for a client's run: one kills its process, one raises, the others end well."""
    if name == "killed":
        os._exit(1)
    if name == "raises":
        raise MemoryError("too large")
    return Outcome(name, batch.DONE)


def test_a_process_that_dies_takes_no_other_client_with_it() -> None:
    names = ["a", "killed", "b", "raises", "c"]
    found = {outcome.client: outcome.status for outcome in batch._on_processes(attempt, names, 2)}
    assert found == {"a": "done", "killed": "crashed", "b": "done", "raises": "crashed", "c": "done"}


@pytest.mark.filterwarnings("ignore")
def test_an_existing_dask_cluster_runs_the_same_tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
        outcomes = list(batch._on_cluster(attempt, ["a", "raises", "b"], cluster.scheduler_address))
    found = {outcome.client: outcome.status for outcome in outcomes}
    assert found == {"a": "done", "raises": "crashed", "b": "done"}


@pytest.mark.parametrize(("statuses", "expected"), [
    (["done", "up to date"], 0), (["done", "not tied"], 3), (["not tied", "bad input"], 2),
    (["bad input", "crashed"], 1)])
def test_the_exit_status_is_that_of_the_worst(statuses: list[str], expected: int) -> None:
    assert exit_status([Outcome("a", status) for status in statuses]) == expected
