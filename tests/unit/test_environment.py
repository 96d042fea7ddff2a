"""What users install is one set, and the repository holds nobody's data."""

import re
import subprocess
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

from tests.project import ROOT

PARAMETERS = {"parameters/demo.yaml", "parameters/template.yaml"}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|Users|root|work|farm)/[A-Za-z.]")
TEXTS = {".py", ".md", ".yml", ".yaml", ".toml", ".lock", ".txt", ".ipynb", ".cfg", ".po", ".j2", ".typ", ".json", ""}


def _projects() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]  # type: ignore[no-any-return]


def _ranges(lines: list[str]) -> dict[str, str]:
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name): str(one.specifier) for one in requirements}


def test_conda_users_get_what_pyproject_asks_for() -> None:
    project = _projects()
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    wanted = _ranges(project["dependencies"] + extras)
    environment = YAML(typ="safe").load((ROOT / "environment.yml").read_text())["dependencies"]
    given = _ranges([line for line in environment if isinstance(line, str)])
    given |= _ranges([line for line in environment[-1]["pip"] if not line.startswith("-")])
    assert given.pop("python") == project["requires-python"]
    given.pop("pip")
    wanted["distributed"] = wanted["dask"]  # an extra of the one is a package of the other
    assert given == wanted


@pytest.mark.parametrize("name", ["requirements.lock", "tests/requirements.lock"])
def test_a_lock_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text and "--index-url" not in text
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert len(blocks) > 100 and all("--hash=sha256:" in block for block in blocks)


def test_the_demo_installs_no_test_tool_and_the_tests_the_same_versions() -> None:
    demo = _versions((ROOT / "requirements.lock").read_text())
    everything = _versions((ROOT / "tests/requirements.lock").read_text())
    assert not {"pytest", "ruff", "mypy", "playwright"} & {name for name, _ in demo}
    assert demo < everything


def test_every_dependency_is_locked_within_its_range() -> None:
    locked = dict(_versions((ROOT / "tests/requirements.lock").read_text()))
    for line in _projects()["dependencies"]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), line


def test_git_holds_no_client() -> None:
    tracked = _tracked()
    assert {name for name in tracked if name.startswith("parameters/")} == PARAMETERS
    kept = {name for name in tracked if name.startswith(("documents/", "outputs/"))}
    assert kept == {"documents/.gitkeep", "outputs/.gitkeep"}


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = {name: match[0] for name in _tracked() if (ROOT / name).suffix in TEXTS and (ROOT / name).is_file()
             and (match := MACHINE_PATHS.search((ROOT / name).read_text(encoding="utf-8", errors="ignore")))}
    assert found == {}


def _versions(lock: str) -> set[tuple[str, str]]:
    return set(re.findall(r"^([A-Za-z0-9_.-]+?)(?:\[[^]]*\])?==([^ ;]+)", lock, re.MULTILINE))


def _tracked() -> list[str]:
    git = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    listed = git.stdout.splitlines()
    if not listed:
        pytest.skip("not a git checkout")
    return listed
