"""The cache gives back what was read, and reads again what changed."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditlib.loaders import kept_sources
from auditlib.loaders.cache import Cache
from auditlib.loaders.kept_sources import read_or_keep
from auditlib.loaders.source import Source, TitleBlock
from tests.unit.hand_made_sources import bucket, source, table

PERIMETER = ("411",)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.csv"
    path.write_text("content")
    return path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Replace the readers by one that returns a hand-made source, and count its calls."""
    calls: list[Path] = []

    def read(path: Path, **_: Any) -> list[Source]:
        calls.append(path)
        rows = table(
            ("customer_id", "posting_date", "due_date", "amount_cents"),
            ("001", "2025-01-01", None, 5),
            ("é", "2025-01-02", "2025-02-01", -7),
        )
        title = TitleBlock(lines=("Balance", "âgée"), as_of_date=dt.date(2025, 12, 31), currency="EUR")
        return [
            source(
                "aged_balance", rows, file=path.name, title=title, buckets=(bucket(1, "1-30", 1, 30),), sheet="Feuil1"
            )
        ]

    monkeypatch.setattr(kept_sources, "read_sources", read)
    return calls


def test_a_second_read_takes_what_the_first_kept(tmp_path: Path, document: Path, reads: list[Path]) -> None:
    kept = Cache(tmp_path / ".cache")
    first, = read_or_keep(document, kept, mapping={}, perimeter=PERIMETER)
    again, = read_or_keep(document, Cache(tmp_path / ".cache"), mapping={}, perimeter=PERIMETER)
    assert len(reads) == 1
    pd.testing.assert_frame_equal(again.table, first.table)
    assert (again.title, again.buckets, again.sheet, again.rows_read) == (
        first.title,
        first.buckets,
        first.sheet,
        first.rows_read,
    )
    assert (tmp_path / ".cache").stat().st_mode & 0o777 == 0o700


def test_content_mapping_and_perimeter_each_make_a_new_entry(tmp_path: Path, document: Path, reads: list[Path]) -> None:
    kept = Cache(tmp_path / ".cache")
    read_or_keep(document, kept, mapping={}, perimeter=PERIMETER)
    read_or_keep(document, kept, mapping={"ledger.csv": {"kind": "open_items"}}, perimeter=PERIMETER)
    read_or_keep(
        document, kept, mapping={"other.csv": {"kind": "open_items"}}, perimeter=PERIMETER
    )  # says nothing of this file
    read_or_keep(document, kept, mapping={}, perimeter=("411", "413"))
    document.write_text("changed")
    read_or_keep(document, kept, mapping={}, perimeter=PERIMETER)
    assert len(reads) == 4


def test_a_digest_is_taken_again_when_the_file_changes_and_keeps_its_time(tmp_path: Path, document: Path) -> None:
    kept = Cache(tmp_path / ".cache")
    before, state = kept.digest(document), document.stat()
    document.write_text("CONTENT")
    os.utime(document, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert kept.digest(document) != before


def test_an_entry_that_lacks_a_table_is_read_again(tmp_path: Path, document: Path, reads: list[Path]) -> None:
    kept = Cache(tmp_path / ".cache")
    read_or_keep(document, kept, mapping={}, perimeter=PERIMETER)
    next((tmp_path / ".cache").rglob("0-table.parquet")).unlink()
    read_or_keep(document, kept, mapping={}, perimeter=PERIMETER)
    assert len(reads) == 2


def test_without_a_folder_nothing_is_kept(document: Path, reads: list[Path]) -> None:
    for _ in range(2):
        read_or_keep(document, Cache(None), mapping={}, perimeter=PERIMETER)
    assert len(reads) == 2
