"""Codes of findings: the registry holds every one the package writes, and each test has its words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from auditlib.audit_programme import RUNS
from auditlib.controls.wording import DETAILS, OBJECTIVES, TESTS
from auditlib.finding_codes import FINDING_CODES, OTHER_CODES, TEST_CODES
from auditlib.paper_texts import TEXTS, paper_text

PACKAGE = Path(__file__).parents[2] / "auditlib"
MAKERS = {"finding", "add", "_counted"}


def written_codes() -> Iterator[str]:
    """Return the first texts of calls that make a finding, and of rows (code, severity, …)."""
    for module in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            parts: list[ast.expr] = []
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                parts = node.args if name in MAKERS else []
            elif isinstance(node, ast.Tuple):
                parts = node.elts
            texts = [part.value if isinstance(part, ast.Constant) else None for part in parts[:2]]
            if len(texts) == 2 and texts[1] in ("serious", "warning", "info") and isinstance(texts[0], str):
                yield texts[0]


def test_every_code_written_is_registered() -> None:
    found = {code for code in written_codes() if re.fullmatch(r"[a-z_0-9]+", code)}
    assert len(found) > 30
    assert found - FINDING_CODES - {"serious"} == set()


def test_a_code_stands_once() -> None:
    assert len(FINDING_CODES) == len(TEST_CODES) + len(OTHER_CODES)


def test_each_test_is_run_worded_and_has_its_paper() -> None:
    assert tuple(TESTS) == TEST_CODES == tuple(RUNS)
    assert set(TEST_CODES) <= set(TEXTS)
    assert {wording.objective for wording in TESTS.values()} <= set(OBJECTIVES)


def test_an_unknown_code_has_no_paper() -> None:
    with pytest.raises(KeyError):
        paper_text("no_such_finding")


def test_every_detail_written_is_worded() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "controls").glob("*.py"))
    for code in re.findall(r'detail="([a-z_0-9]+)"', source):
        assert code in DETAILS


def test_fields_of_the_sentences_are_plain_names() -> None:
    for wording in TESTS.values():
        for text in (wording.rule, wording.sentence):
            assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(text))
