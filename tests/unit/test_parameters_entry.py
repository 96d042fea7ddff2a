"""One entry of a section changes; every other line of the parameters file stays as it was."""

from pathlib import Path

import pytest
from ruamel.yaml.comments import CommentedMap

from auditlib.errors import BadInputError
from auditlib.run.parameters_entry import change_entry
from tests.project import ROOT

HEAD = "client: a\nas_of_date: 2025-01-01\ndocuments: .\n"
BLOCK = """mapping:  # why
  # first
  a.csv:
    sign: debit_negative  # told
    as_of_date: 2025-01-01  # its date
  # about b
  b.csv: {kind: fec}   # flow

# after
language: fr  # x
"""
CASES = {
    "changed": (BLOCK, "a.csv", "debit_positive", BLOCK.replace("debit_negative", "debit_positive")),
    "taken away": (BLOCK, "b.csv", "", BLOCK.replace("  b.csv: {kind: fec}   # flow\n", "")),
    "one key taken away": (BLOCK, "a.csv", "", BLOCK.replace("    sign: debit_negative  # told\n", "")),
    "added": (BLOCK, "c d.csv/S 1", "debit_positive",
              BLOCK.replace("# flow\n", "# flow\n  c d.csv/S 1:\n    sign: debit_positive\n")),
    "on one line": ("mapping: {a.csv: {sign: debit_negative}, b.csv: {kind: fec}}  # both\n# after\n", "b.csv", "",
                    "mapping:  # both\n  a.csv: {sign: debit_negative}\n# after\n"),
    "the first": ("mapping: {}   # none yet\n# after\n", "a.csv", "debit_positive",
                  "mapping:   # none yet\n  a.csv:\n    sign: debit_positive\n# after\n"),
    "the last": ("mapping:  # why\n  a.csv:\n    sign: debit_positive\n\n# after\nlanguage: fr\n", "a.csv", "",
                 "mapping: {}  # why\n\n# after\nlanguage: fr\n"),
    "no section": ("language: fr\n", "a.csv", "debit_positive",
                   "language: fr\nmapping:\n  a.csv:\n    sign: debit_positive\n"),
}


def with_sign(path: Path, name: str, sign: str) -> None:
    """Write a sign, or take away both sign and kind."""
    def change(entry: CommentedMap) -> None:
        entry.pop("kind", None)
        entry.pop("sign", None)
        if sign:
            entry["sign"] = sign

    def keep_place(entry: CommentedMap) -> None:
        if sign and "sign" in entry:
            entry["sign"] = sign
        else:
            change(entry)

    change_entry(path, "mapping", name, keep_place)


@pytest.mark.parametrize(("before", "name", "sign", "after"), CASES.values(), ids=CASES)
def test_only_the_entry_changes(before: str, name: str, sign: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + before, encoding="utf-8")
    with_sign(path, name, sign)
    assert path.read_text(encoding="utf-8") == HEAD + after


def test_an_entry_of_the_template_comes_and_goes_without_a_trace(tmp_path: Path) -> None:
    path, template = tmp_path / "a.yaml", (ROOT / "parameters" / "template.yaml").read_text(encoding="utf-8")
    path.write_text(template, encoding="utf-8")
    with_sign(path, "Grand livre.xlsx/Feuil1", "debit_positive")
    assert "\nmapping:\n  Grand livre.xlsx/Feuil1:\n    sign: debit_positive\n\n#" in path.read_text(encoding="utf-8")
    with_sign(path, "Grand livre.xlsx/Feuil1", "")
    assert path.read_text(encoding="utf-8") == template


def test_a_file_that_would_no_longer_load_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"a\.yaml: unknown key maping"):
        change_entry(path, "maping", "a.csv", lambda entry: entry.update(sign="debit_positive"))
    assert path.read_text(encoding="utf-8") == HEAD
    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]
