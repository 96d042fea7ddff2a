"""The notebooks stay thin: parameters, one setup cell, calls and words."""

import ast
import itertools
import json
import re
from typing import Any

import pytest
from babel.messages.pofile import read_po

from auditlib.run.steps import STEPS
from tests.project import ROOT

PARAMETER_CELL = ('client: str = "demo"', 'as_of_date: str = ""', 'run_dir: str = ""', 'language: str = ""')
LOGIC = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.Try, ast.If,
         ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.With)
METHODS_THAT_COMPUTE = {"groupby", "merge", "apply", "pivot_table", "agg"}
ALLOWED_IMPORTS = {"auditlib", "IPython"}


def _notebook(step: str) -> dict[str, Any]:
    return json.loads((ROOT / "notebooks" / f"{step}.ipynb").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _cells(step: str, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in _notebook(step)["cells"] if cell["cell_type"] == kind]


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def test_there_are_the_six() -> None:
    assert sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")) == sorted(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_the_parameter_cell_is_the_same_everywhere(step: str) -> None:
    tags = [cell["metadata"].get("tags", []) for cell in _cells(step, "code")]
    tagged = [number for number, given in enumerate(tags) if "parameters" in given]
    assert tagged == [0]
    lines = _source(_cells(step, "code")[0]).splitlines()
    assert [line.split("#")[0].strip() for line in lines] == list(PARAMETER_CELL)
    assert _source(_cells(step, "code")[0]) == _source(_cells(STEPS[0], "code")[0])


@pytest.mark.parametrize("step", STEPS)
def test_imports_and_the_engagement_are_in_the_second_cell(step: str) -> None:
    for number, cell in enumerate(_cells(step, "code")):
        imports = [node for node in ast.walk(ast.parse(_source(cell))) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert bool(imports) == (number == 1)
        roots = {(node.module or "").split(".")[0] if isinstance(node, ast.ImportFrom) else node.names[0].name
                 for node in imports}
        assert roots <= ALLOWED_IMPORTS
    assert "engagement.open_engagement(" in _source(_cells(step, "code")[1])


@pytest.mark.parametrize("step", STEPS)
def test_cells_hold_calls_and_no_logic(step: str) -> None:
    for cell in _cells(step, "code"):
        source = _source(cell)
        assert len(source.splitlines()) <= 15
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, LOGIC), source
            assert not (isinstance(node, ast.Attribute) and node.attr in METHODS_THAT_COMPUTE), source
            assert not (isinstance(node, ast.Name) and node.id == "print"), source
    assert len(_notebook(step)["cells"]) <= 40


@pytest.mark.parametrize("step", STEPS)
def test_every_output_follows_words(step: str) -> None:
    cells = _notebook(step)["cells"]
    assert cells[0]["cell_type"] == "markdown" and _source(cells[0]).startswith("# ")
    for before, cell in itertools.pairwise(cells):
        last = ast.parse(_source(cell)).body[-1] if cell["cell_type"] == "code" else None
        if isinstance(last, ast.Expr) and not _source(cell).startswith("audit.save"):
            assert before["cell_type"] == "markdown", _source(cell)


@pytest.mark.parametrize("step", STEPS)
def test_no_figure_stands_in_markdown(step: str) -> None:
    for cell in _cells(step, "markdown"):
        text = re.sub(r"^#+ \d+[ab]?\. ", "", _source(cell))  # the step's own number
        assert not re.search(r"\d", text), text


@pytest.mark.parametrize("step", STEPS)
def test_nothing_that_ran_is_kept(step: str) -> None:
    notebook = _notebook(step)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert set(notebook["metadata"]) <= {"kernelspec", "language_info", "voila"}
    for cell in _cells(step, "code"):
        assert cell["outputs"] == [] and cell["execution_count"] is None


def test_the_presentation_names_its_template() -> None:
    assert _notebook("05_presentation")["metadata"]["voila"] == {"template": "audit"}


def test_every_markdown_cell_has_its_english() -> None:
    with (ROOT / "auditlib" / "locale" / "en.po").open("rb") as file:
        english = {message.id: message.string for message in read_po(file) if not message.fuzzy}
    for step in STEPS:
        for cell in _cells(step, "markdown"):
            assert english.get(_source(cell)), _source(cell)[:80]
