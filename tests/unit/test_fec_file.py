"""A large FEC read in parts says what the usual reading says, and leaves to it whatever is not clean."""

from pathlib import Path

import pandas as pd
import pytest

from auditlib.loaders import fec_file, fec_scan, source
from auditlib.loaders.fec_file import fec_sample, read_clean_fec
from auditlib.loaders.sheet import Reading, read_grid
from auditlib.loaders.source import read_sources

PERIMETER = ("411", "413", "416")
HEADER = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise")
FRAMES = ("table", "skipped", "findings", "entries", "printed_totals")


def lines(count: int = 400) -> list[list[str]]:
    """Sales of three lines and receipts of two, a receipt posted two entries after it began."""
    written = []
    for number in range(count):
        day, due, customer = f"2025{number % 12 + 1:02d}{number % 28 + 1:02d}", f"{number:05d}", f"C{number % 7:03d}"
        last = [f"Facture n° {due} – été", "", "", "", "", day, "", ""]
        for account, auxiliary, debit, credit in (
            ("411000", customer, "120,00", "0,00"), ("707000", "", "0,00", "100,00"), ("445710", "", "0,00", "20,00")):
            name = "Société Générale" if auxiliary else ""
            row = ["VE", "Ventes", due, day, account, "Compte", auxiliary, name, f"F{due}", day, *last]
            row[11], row[12] = debit, credit
            written.append(row)
        for account, auxiliary, debit, credit in (("512000", "", "70,05", ""), ("411000", customer, "", "70,05")):
            row = ["BQ", "Banque", f"B{number // 2}", day, account, "Compte", auxiliary, "", "", day, *last]
            row[10:14] = ["Virement", debit, credit, "AA"]
            written.append(row)
    return written


def write(path: Path, rows: list[list[str]], *, mark: str = "\t", encoding: str = "cp1252", end: str = "\r\n") -> Path:
    text = end.join(mark.join(row) for row in [[*HEADER], *rows]) + end
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fec_file, "LEAST_BYTES", 0)
    monkeypatch.setattr(fec_file, "SAMPLE", 8 << 10)
    monkeypatch.setattr(fec_scan, "PART", 10_000)


def in_parts(path: Path) -> Reading | None:
    sample = fec_sample(path)
    assert sample is not None
    first = read_grid(sample.grid, {}, perimeter=PERIMETER)
    return read_clean_fec(path, sample, first, date_order="", perimeter=PERIMETER)


def usual(path: Path, monkeypatch: pytest.MonkeyPatch) -> source.Source:
    with monkeypatch.context() as patch:
        patch.setattr(source, "fec_sample", lambda _: None)
        return read_sources(path)[0]


def assert_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean, known = in_parts(path), usual(path, monkeypatch)
    assert clean is not None
    assert (clean.kind, clean.rows_read, clean.date_order) == (known.kind, known.rows_read, known.date_order)
    assert clean.columns == known.columns
    for name in FRAMES:
        found, wanted = (part.astype({column: "str" for column in part if str(part[column].dtype) == "category"})
                         for part in (getattr(clean, name), getattr(known, name)))
        pd.testing.assert_frame_equal(found.reset_index(drop=True), wanted.reset_index(drop=True))


@pytest.mark.parametrize(("mark", "encoding", "end"), [
    ("\t", "cp1252", "\r\n"), ("|", "utf-8", "\n"), ("\t", "utf-8-sig", "\r\n"), ("\t", "iso8859-15", "\n"),
])
def test_the_same_reading_in_parts(
    mark: str, encoding: str, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [[text.replace("–", "-") for text in row] for row in lines()] if encoding == "iso8859-15" else lines()
    path = write(tmp_path / "123456789FEC20251231.txt", rows, mark=mark, encoding=encoding, end=end)
    assert_same(path, monkeypatch)
    loaded = read_sources(path)[0]
    assert int(loaded.table["debit_cents"].sum()) == 400 * 12_000
    assert int(loaded.table["credit_cents"].sum()) == 400 * 7_005
    assert len(loaded.table) + int(loaded.skipped["count"].sum()) == loaded.rows_read == 2_001


def test_padding_and_a_last_line_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    padded = (0, 4, 7, 10)
    rows = [[text.ljust(12) if place in padded else text for place, text in enumerate(row)] for row in lines(60)]
    path = write(tmp_path / "fec.txt", rows)
    path.write_bytes(path.read_bytes().rstrip(b"\r\n") + b"\r\n\x1a")
    clean = in_parts(path)
    assert clean is not None
    assert set(clean.table["customer_name"].astype("str")) == {"Société Générale", "Compte"}
    assert clean.rows_read == 301


def test_an_entry_in_two_places_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = sorted(lines(50), key=lambda row: row[4])  # by account, as some programs export
    path = write(tmp_path / "fec.txt", rows)
    assert_same(path, monkeypatch)
    assert len(read_sources(path)[0].entries["entry"].unique()) == 100


@pytest.mark.parametrize(("place", "text"), [
    (11, "120,005"), (11, "abc"), (11, "1 120,00"), (3, "20251345"), (4, ""), (10, 'Facture\ten trop'), (10, "Ã©tÃ©"),
])
def test_what_is_not_clean_is_left_to_the_usual_reading(place: int, text: str, tmp_path: Path) -> None:
    rows = lines()
    rows[1_500][place] = text
    path = write(tmp_path / "fec.txt", rows, encoding="utf-8")
    assert in_parts(path) is None
    loaded = read_sources(path)[0]
    assert len(loaded.table) + int(loaded.skipped["count"].sum()) == loaded.rows_read == 2_001


@pytest.mark.parametrize("changes", [
    {11: "", 12: ""}, {11: "0,00", 12: "0,00"}, {11: "5,00", 12: "3,00"}, {11: "-120,00"}, {3: "15/03/2025"},
    {4: "9DUPONT"}, {6: ""}, {6: "", 7: ""}, {4: "411DUPONT", 6: ""}, {4: "419100"}, {4: "453000"}, {9: ""}, {2: ""},
    {13: "ab"}, {14: "20251301"}, {15: ""}, {16: "12,345", 17: "USD"}, {8: "00012.0"}, {6: "7.0"}, {0: ""},
], ids=str)
def test_a_line_of_its_own_kind_is_read_alike_or_left_alone(
    changes: dict[int, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = lines(80)
    for place, text in changes.items():
        rows[305][place] = text
    path = write(tmp_path / "fec.txt", rows)
    if in_parts(path) is not None:
        assert_same(path, monkeypatch)
