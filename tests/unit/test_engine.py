"""Clients A, B, A in one warm kernel leave the bytes that fresh kernels leave."""

import json
import re
from pathlib import Path
from typing import Any

import papermill
import pytest
from nbclient.exceptions import CellTimeoutError

from auditlib.errors import AuditError
from auditlib.run.kernel import WarmKernel
from auditlib.run.notebooks import execute_notebook
from tests.project import ROOT, everything_in, make_project

NOTEBOOKS = ("02_documents", "04a_analysis")
CLIENTS = ("alpha", "beta", "alpha")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with clients alpha and beta, found by AUDITLIB_HOME."""
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    return make_project(tmp_path)


def test_one_warm_kernel_leaves_what_fresh_ones_leave(project: Path) -> None:
    with WarmKernel() as shared:
        warm = [_run(project / f"warm{number}", client, shared) for number, client in enumerate(CLIENTS)]
    fresh = []
    for number, client in enumerate(CLIENTS[:2]):
        with WarmKernel() as own:
            fresh.append(_run(project / f"fresh{number}", client, own))
    assert warm == [fresh[0], fresh[1], fresh[0]]
    assert fresh[0] != fresh[1]


def test_a_kernel_starts_each_notebook_without_names_or_counts(tmp_path: Path) -> None:
    cells = {"first": "import os\nleft_over = os.getpid()\nleft_over", "second": "'left_over' in globals()"}
    for name, source in cells.items():
        (tmp_path / f"{name}.ipynb").write_text(_notebook(source))
    with WarmKernel() as kernel:
        first, second = [
            papermill.execute_notebook(tmp_path / f"{name}.ipynb", None, engine_name="auditlib", warm_kernel=kernel,
                                       progress_bar=False).cells[0] for name in cells]
    assert second["outputs"][0]["data"]["text/plain"] == "False"
    assert first["execution_count"] == second["execution_count"] == 1


def test_plain_papermill_can_use_the_engine(tmp_path: Path) -> None:
    (tmp_path / "one.ipynb").write_text(_notebook("1 + 1"))
    done = papermill.execute_notebook(tmp_path / "one.ipynb", None, engine_name="auditlib", progress_bar=False)
    assert done.cells[0]["outputs"][0]["data"]["text/plain"] == "2"


@pytest.mark.parametrize(("lost", "is_done"), [(1, True), (2, True), (3, False)])
def test_a_notebook_whose_output_is_lost_runs_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: int, is_done: bool,
) -> None:
    (tmp_path / "one.ipynb").write_text(_notebook("1 + 1"))
    real, calls = papermill.execute_notebook, []

    def lossy(*given: Any, **named: Any) -> Any:
        calls.append(given)
        if len(calls) <= lost:
            raise CellTimeoutError("no output")
        return real(*given, **named)

    monkeypatch.setattr(papermill, "execute_notebook", lossy)
    with WarmKernel() as kernel:
        if is_done:
            execute_notebook(tmp_path / "one.ipynb", tmp_path / "out.ipynb", values={}, language="fr", kernel=kernel)
            done = json.loads((tmp_path / "out.ipynb").read_text())
            assert done["cells"][0]["outputs"][0]["data"]["text/plain"] in ("2", ["2"])
        else:
            with pytest.raises(AuditError, match="the output of a cell did not arrive"):
                execute_notebook(tmp_path / "one.ipynb", tmp_path / "two.ipynb", values={}, language="fr",
                                 kernel=kernel)
    assert len(calls) == min(lost + 1, 3)


def _run(folder: Path, client: str, kernel: WarmKernel) -> dict[str, bytes]:
    folder.mkdir()
    values = {"client": client, "as_of_date": "", "run_dir": str(folder), "language": ""}
    for name in NOTEBOOKS:
        execute_notebook(ROOT / "notebooks" / f"{name}.ipynb", folder / f"{name}.ipynb", values=values, language="fr",
                         kernel=kernel)
    files = everything_in(folder)
    return {name: _without_times(content, folder) if name.endswith(".ipynb") else content
            for name, content in files.items()}


def _without_times(content: bytes, folder: Path) -> bytes:
    """Leave out what differs between any two executions: times, random identifiers, the folder."""
    notebook: dict[str, Any] = json.loads(content.replace(str(folder).encode(), b"FOLDER"))
    for part in (notebook, *notebook["cells"]):
        part["metadata"].pop("papermill", None)
        part.pop("id", None)
    return re.sub(r"[0-9a-f]{32}", "WIDGET", json.dumps(notebook)).encode()


def _notebook(source: str) -> str:
    cell: dict[str, Any] = {"cell_type": "code", "id": "a", "metadata": {}, "source": source, "outputs": [],
                            "execution_count": None}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
