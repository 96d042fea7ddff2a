"""ARCHITECTURE.md names every module of the package, and only those."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "auditlib"


def described() -> set[tuple[str, str]]:
    """Return (module, what the page says of it) of every line of the tree."""
    tree = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```text\n")[1].split("\n```")[0]
    lines = (re.fullmatch(r"(?:\d  | {5})(\w+)/? +(.+)", line) for line in tree.split("\n"))
    return {(line[1], line[2]) for line in lines if line}


def first_line(module: Path) -> str:
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return text.split("\n", maxsplit=1)[0].rstrip(".")


def test_the_tree_is_the_package() -> None:
    modules = {module for module in PACKAGE.rglob("*.py") if module != PACKAGE / "__init__.py"}
    named = {module: module.parent.name if module.stem == "__init__" else module.stem for module in modules}
    assert described() == {(name, first_line(module)) for module, name in named.items()}
