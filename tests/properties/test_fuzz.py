"""Whatever a client's file holds, it is read with every row accounted for, or refused in one sentence.

A few examples in CI; ``make soak`` multiplies them by ten (`AUDITLIB_SOAK`).
"""

import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.errors import AuditError
from auditlib.loaders.intake import load_documents
from auditlib.loaders.source import Source, read_sources
from auditlib.parameters import NonDisclosure, Parameters
from tests import odd_files

TIMES = int(os.environ.get("AUDITLIB_SOAK", "1"))
FIXTURES = {
    **{kind: write() for kind, write in odd_files.KINDS.items()},
    "fec": odd_files.fec(),
    "grouped": odd_files.grouped(),
    "aligned": odd_files.aligned(),
    "quadra": odd_files.quadra(),
}
QUICK = [kind for kind in FIXTURES if kind not in ("xls", "xlsb", "ods")]
"""Read in this process; the others cost a process each."""
HEADERS = [
    "Code client",
    "Client",
    "Date",
    "Échéance",
    "Débit",
    "Crédit",
    "Solde",
    "N° pièce",
    "Lettrage",
    "Compte",
    "Journal",
    "Montant",
    "Reste dû",
    "0-30 jours",
    "31-60",
    "Sens",
    "Total",
    "",
    "Devise",
    "EcritureNum",
    "CompteNum",
    "ÉcritureDate",
]
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "",
            "C001",
            "411DUPRE",
            "411000",
            "Total",
            "Total général",
            "Report",
            "À nouveau",
            "31/12/2025",
            "20251231",
            "2025-02-30",
            "31-déc-24",
            "45992",
            "1 234,56",
            "(1.234,56)",
            "12,5-",
            "1e308",
            "-0",
            "D",
            "AA",
            "EUR",
            "F0001",
            "Page 1/2",
            "Dupré SA",
            "nan",
            "#REF!",
            '"',
            "'",
            ";",
            "99999999999999999999",
            "1,2,3",
            "0,005",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
)
WILD = st.lists(
    st.one_of(st.lists(CELLS, max_size=9), st.lists(st.sampled_from(HEADERS), min_size=3, max_size=9)), max_size=14
)
AMOUNTS = st.sampled_from(["", "0,00", "12,50", "-3,00", "1 200,00", "1200,00 C", "99,999"])
DAYS = st.sampled_from(["", "05/01/2025", "31/12/2025", "20250331", "01/13/2025", "30/02/2025"])
CODES = st.sampled_from(["", "C001", "C002", "411DUPRE", "411000", "707000", "F0001", "F0002"])
LIKELY = {
    **dict.fromkeys(("Date", "Échéance", "ÉcritureDate"), DAYS),
    **dict.fromkeys(("Débit", "Crédit", "Solde", "Montant", "Reste dû", "0-30 jours", "31-60", "Total"), AMOUNTS),
    "Sens": st.sampled_from(["D", "C"]),
    "Devise": st.sampled_from(["EUR", "USD", ""]),
    "Lettrage": st.sampled_from(["", "AA", "AB"]),
    "Client": st.sampled_from(["Dupré SA", "Martin", "", "Total Martin"]),
}


@st.composite
def likely_grids(draw: st.DrawFn) -> list[list[str]]:
    """Draw a table whose cells mostly are what their headers say, with a few rows that are anything."""
    who = draw(st.sampled_from(["Code client", "Client", "Compte", "CompteNum"]))
    kind = draw(
        st.sampled_from(
            [
                ["Date", "Débit", "Crédit"],
                ["Date", "Montant", "Sens"],
                ["Échéance", "Reste dû"],
                ["0-30 jours", "31-60", "Total"],
                ["Débit", "Crédit"],
                [],
            ]
        )
    )
    others = draw(st.lists(st.sampled_from(HEADERS), max_size=4))
    header = draw(st.permutations(list(dict.fromkeys([who, *kind, *others]))))
    row = st.tuples(*(LIKELY.get(name, CODES) for name in header)).map(list)
    rows = draw(st.lists(st.one_of(row, row, row, row, st.lists(CELLS, max_size=9)), min_size=1, max_size=14))
    return [*draw(st.lists(st.lists(CELLS, max_size=3), max_size=2)), header, *rows]


GRIDS = st.one_of(likely_grids(), likely_grids(), WILD)


@st.composite
def mutations(draw: st.DrawFn, content: bytes) -> bytes:
    """Flip, cut, double or insert some bytes, one to four times."""
    for _ in range(draw(st.integers(1, 4))):
        if not content:
            break
        place = draw(st.integers(0, len(content) - 1))
        length = draw(st.sampled_from([1, 1, 2, 7, 60, 400]))
        kind = draw(st.sampled_from(["flip", "cut", "double", "insert", "end"]))
        before, here, after = content[:place], content[place : place + length], content[place + length :]
        changed = {
            "flip": before + bytes(byte ^ draw(st.integers(1, 255)) for byte in here[:4]) + here[4:] + after,
            "cut": before + after,
            "double": before + here + here + after,
            "insert": before + draw(st.binary(min_size=1, max_size=6)) + here + after,
            "end": before,
        }
        content = changed[kind]
    return content


@st.composite
def inner_mutations(draw: st.DrawFn, book: bytes) -> bytes:
    """Change a member of an archive and pack it again, so that the change gets past its checksum."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        name = draw(st.sampled_from([n for n in archive.namelist() if not n.startswith("docProps")]))
        member = archive.read(name)
    return odd_files.replaced(book, {name: draw(mutations(member))}, method=zipfile.ZIP_STORED)


def check(path: Path, content: bytes) -> None:
    """Read a file: every row is accounted for once, or one sentence says why it is not read."""
    path.write_bytes(content)
    try:
        sources = read_sources(path)
    except AuditError as problem:
        check_sentence(problem)
        return
    for source in sources:
        check_rows(source)


def check_sentence(problem: AuditError) -> None:
    """A refusal is one sentence, and the command's status that of bad input."""
    assert "\n" not in str(problem).strip() and len(str(problem)) < 600
    assert problem.exit_status == 2


def check_rows(source: Source) -> None:
    """Every row of a source is loaded or skipped, once."""
    single = source.skipped[source.skipped["count"] == 1]
    assert len(source.table) + int(source.skipped["count"].sum()) == source.rows_read
    rows = [*source.table["source_row"], *single["source_row"]]
    assert len(set(rows)) == len(rows)
    assert set(rows) <= set(range(1, source.rows_read + 1))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "export.dat"


@settings(max_examples=45 * TIMES)
@given(
    grid=GRIDS,
    separator=st.sampled_from([";", "\t", ",", "|"]),
    encoding=st.sampled_from(["utf-8", "cp1252", "utf-16"]),
)
def test_any_delimited_grid(place: Path, grid: list[list[str]], separator: str, encoding: str) -> None:
    text = "\r\n".join(separator.join(row) for row in grid)
    check(place, text.encode(encoding, "replace"))


@settings(max_examples=20 * TIMES)
@given(grids=st.lists(GRIDS, min_size=1, max_size=2))
def test_any_files_of_a_client(place: Path, grids: list[list[list[str]]]) -> None:
    folder = place.parent / "client"
    folder.mkdir(exist_ok=True)
    for number, grid in enumerate(grids):
        (folder / f"{number}.csv").write_text("\n".join(";".join(row) for row in grid), "utf-8", "replace")
    day = dt.date(2025, 12, 31)
    parameters = Parameters(
        client="fuzz",
        as_of_date=day,
        documents=[str(folder / f"{number}.csv") for number in range(len(grids))],
        nda=NonDisclosure(allow_unsigned=True),
    )
    try:
        rows = load_documents(parameters, as_of_date=day).intake
    except AuditError as problem:
        check_sentence(problem)
        return
    assert (rows["rows_read"] == rows["rows_loaded"] + rows["rows_skipped"] + rows["rows_rejected"]).all()


@settings(max_examples=25 * TIMES)
@given(grid=GRIDS, kind=st.sampled_from(["any", "html", "spreadsheet_xml"]))
def test_any_grid_in_a_workbook(place: Path, grid: list[list[str]], kind: str) -> None:
    printable = [["".join(letter for letter in cell if letter.isprintable()) for cell in row] for row in grid]
    numbered = [
        [float(cell) if cell in ("45992", "1e308", "-0") else cell or None for cell in row] for row in printable
    ]
    write = odd_files.KINDS.get(kind, workbook)
    check(place, write(numbered))


def workbook(rows: odd_files.Rows) -> bytes:
    body = "".join(odd_files.xml_row(number, row) for number, row in enumerate(rows, start=1))
    return odd_files.replaced(odd_files.xlsx(), {odd_files.SHEET: odd_files.sheet_xml(body)})


@settings(max_examples=45 * TIMES)
@given(data=st.data(), kind=st.sampled_from(QUICK))
def test_any_damage_to_a_file(place: Path, data: st.DataObject, kind: str) -> None:
    check(place, data.draw(mutations(FIXTURES[kind])))


@settings(max_examples=25 * TIMES)
@given(data=st.data())
def test_any_damage_inside_a_workbook(place: Path, data: st.DataObject) -> None:
    check(place, data.draw(inner_mutations(FIXTURES["xlsx"])))


@settings(max_examples=4 * TIMES)
@given(data=st.data(), kind=st.sampled_from(["xls", "xlsb", "ods"]), inside=st.booleans())
def test_any_damage_to_a_rare_workbook(place: Path, data: st.DataObject, kind: str, inside: bool) -> None:
    is_archive = inside and kind != "xls"
    check(place, data.draw((inner_mutations if is_archive else mutations)(FIXTURES[kind])))


@settings(max_examples=15 * TIMES)
@given(
    days=st.lists(st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)), min_size=3, max_size=12),
    amounts=st.lists(st.integers(-(10**9), 10**9), min_size=12, max_size=12),
    codes=st.lists(st.sampled_from(["C1", "C2", "411A", "411B"]), min_size=12, max_size=12),
)
def test_any_lines_without_a_header(place: Path, days: list[dt.date], amounts: list[int], codes: list[str]) -> None:
    lines = [
        f"{code};{day:%d/%m/%Y};{cents / 100:.2f}".replace(".", ",")
        for code, day, cents in zip(codes, days, amounts, strict=False)
    ]
    check(place, "\n".join(lines).encode())


@settings(max_examples=25 * TIMES)
@given(
    cents=st.lists(st.one_of(st.integers(1, 99_999), st.integers(1, 10**11)), min_size=4, max_size=30),
    words=st.lists(st.text("abé n°1", max_size=14), min_size=30, max_size=30),
    gap=st.integers(1, 3),
    has_header=st.booleans(),
)
def test_no_amount_of_an_aligned_text_is_invented(
    place: Path, cents: list[int], words: list[str], gap: int, has_header: bool
) -> None:
    rows = [
        [f"411C{number % 3}", f"{number % 28 + 1:02d}/01/2025", words[number], odd_files.french(amount / 100)]
        for number, amount in enumerate(cents)
    ]
    widths = [8, 10, 16, 14]
    table = [["Compte", "Date", "Libellé", "Reste dû"], *rows] if has_header else rows
    lines = [
        (" " * gap).join(
            cell.rjust(width) if n == 3 else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in table
    ]
    place.write_bytes("\n".join(lines).encode("cp1252"))
    try:
        (source,) = read_sources(place)
    except AuditError as problem:
        check_sentence(problem)
        return
    check_rows(source)
    amount = next(name for name in ("open_amount_cents", "amount_cents") if name in source.table)
    found = dict(zip(source.table["source_row"], source.table[amount], strict=True))
    assert all(cents[row - 1 - has_header] == value for row, value in found.items())
