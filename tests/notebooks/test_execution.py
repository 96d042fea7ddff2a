"""The six notebooks run, show the figures worked out by hand, and behave under plain Papermill."""

import json
import re
from pathlib import Path

import papermill
import pytest

from auditlib.run.execute import run_client
from auditlib.run.steps import STEPS
from tests.project import ROOT, everything_in, make_project

RECEIVABLE, OVERDUE = "1 200,50 €", "960,50 €"  # F2 + F3 + F4; F2 and F3 are late (tests/project.py)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose client alpha has been run in French, and beta in English."""
    folder = make_project(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDITLIB_HOME", str(folder))
        run_client("alpha")
        run_client("beta", language="en")
    return folder


def shown(path: Path) -> str:
    """Return what a reader sees of an executed notebook: words and outputs, with plain spaces and no markup."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    parts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    for cell in cells:
        for output in cell.get("outputs", []):
            parts += ["".join(text) for text in output.get("data", {}).values() if isinstance(text, str | list)]
    text = re.sub(r"<style>.*?</style>", "", " ".join(parts), flags=re.DOTALL)
    return re.sub(r"\s", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.mark.parametrize("step", STEPS)
def test_every_notebook_ran_without_a_complaint(step: str, home: Path) -> None:
    cells = json.loads((home / "outputs/alpha/2025-06-30" / f"{step}.ipynb").read_text())["cells"]
    kinds = {output["output_type"] for cell in cells for output in cell.get("outputs", [])}
    assert kinds <= {"display_data", "execute_result"}, kinds  # no stream, no error


def test_the_analysis_shows_the_figures(home: Path) -> None:
    text = shown(home / "outputs/alpha/2025-06-30/04a_analysis.ipynb")
    assert RECEIVABLE in text and OVERDUE in text
    assert "240,00 €" in text and "360,50 €" in text and "600,00 €" in text  # not due, 1-30, 61-90


def test_the_presentation_shows_the_figures(home: Path) -> None:
    text = shown(home / "outputs/alpha/2025-06-30/05_presentation.ipynb")
    assert RECEIVABLE in text and OVERDUE in text


def test_the_documents_are_accounted_for(home: Path) -> None:
    assert "grand_livre.csv" in shown(home / "outputs/alpha/2025-06-30/02_documents.ipynb")


def test_an_english_reader_reads_english(home: Path) -> None:
    text = shown(home / "outputs/beta/2025-06-30/04a_analysis.ipynb")
    assert "The question." in text and "La question." not in text
    assert "€1,839.99" in text  # 600.00 + 999.99 + 240.00


@pytest.mark.parametrize("step", STEPS)
def test_plain_papermill_runs_them_and_writes_nothing(step: str, home: Path, tmp_path: Path,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITLIB_HOME", str(home))
    before = everything_in(home)
    papermill.execute_notebook(ROOT / "notebooks" / f"{step}.ipynb", tmp_path / "out.ipynb", {"client": "alpha"},
                               progress_bar=False)
    assert everything_in(home) == before


def test_without_a_run_the_analysis_computes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path)
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    papermill.execute_notebook(ROOT / "notebooks" / "04a_analysis.ipynb", tmp_path / "out.ipynb", {"client": "alpha"},
                               progress_bar=False)
    assert RECEIVABLE in shown(tmp_path / "out.ipynb")
    assert not (tmp_path / "outputs").exists()
