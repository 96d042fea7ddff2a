"""Bad input: one sentence, exit status 2, little memory, no traceback."""

import datetime as dt
import io
import os
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from auditlib.errors import BadInputError
from auditlib.loaders import workbook
from auditlib.loaders.cache import Cache
from auditlib.loaders.intake import load_documents
from auditlib.loaders.kept_sources import read_or_keep
from auditlib.loaders.limits import MOST_LINE
from auditlib.loaders.plain_text import read_plain_text
from auditlib.loaders.source import read_sources
from auditlib.parameters import NonDisclosure, Parameters
from tests import odd_files

BOOK = odd_files.xlsx()
ENTITIES = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9))
    + "]>"
)
"""Ten letters that become ten thousand million."""


def with_sheet(body: str, **parts: str) -> bytes:
    return odd_files.replaced(BOOK, {odd_files.SHEET: odd_files.sheet_xml(body, **parts)})


def cell(place: str) -> str:
    return f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{place}"><v>1</v></c></row>'


def bomb() -> bytes:
    return with_sheet(" " * (64 << 20))


def lying() -> bytes:
    """Declare 4 000 bytes where 20 MB are."""
    xml = odd_files.sheet_xml(" " * (20 << 20))
    return odd_files.replaced(BOOK, {odd_files.SHEET: xml}).replace(
        struct.pack("<I", len(xml)), struct.pack("<I", 4000)
    )


def overlapping() -> bytes:
    """Let every member's entry point to the bytes of the first, as small bombs do."""
    content = bytearray(odd_files.replaced(BOOK, {f"xl/media/{n}.bin": b"x" * 4000 for n in range(50)}))
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 42 : place + 46] = b"\0\0\0\0"
        place = content.find(b"PK\x01\x02", place + 4)
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(BOOK)
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 4)
    return bytes(content)


def archive(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, member in members.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), member)
    return made.getvalue()


def rectangle() -> bytes:
    """Repeat a cell sixteen thousand times on a million rows."""
    book = odd_files.ods(attributes='table:number-columns-repeated="16000"')
    with zipfile.ZipFile(io.BytesIO(book)) as members:
        xml = members.read("content.xml")
    rows = xml.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">', 1)
    return odd_files.replaced(book, {"content.xml": rows})


WIDE = "".join(f'<c r="{openpyxl.utils.get_column_letter(n)}1"><v>1</v></c>' for n in range(1, 16_385))
CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (bomb, "fill the memory"),
    "declared smaller than it is": (lying, "fill the memory"),
    "overlapping members": (overlapping, "fill the memory|not a readable"),
    "a cell at the far corner": (lambda: with_sheet(cell("A1") + cell("ZZ999999")), "reach over 999999 rows and 702"),
    "a cell below the last row": (lambda: with_sheet(cell("A1") + cell("A4000000000")), "beyond row 1048576"),
    "16 384 columns": (lambda: with_sheet(f'<row r="1">{WIDE}</row>'), "16384 columns"),
    "16 384 columns of text": (lambda: b"\n".join([b";".join([b"1"] * 16_384)] * 3), "16384 columns"),
    "16 384 columns of a page": (lambda: b"<table>" + (b"<tr>" + b"<td>1" * 16_384) * 3, "16384 columns"),
    "entities in a sheet": (
        lambda: with_sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>', before=ENTITIES),
        "cannot be read|not a readable",
    ),
    "entities in shared strings": (
        lambda: odd_files.replaced(
            BOOK, {"xl/sharedStrings.xml": f"<?xml version='1.0'?>{ENTITIES}<sst><si><t>&j;</t></si></sst>".encode()}
        ),
        "not a readable|cannot be read|header|empty|amount",
    ),
    "entities in an XML workbook": (lambda: odd_files.spreadsheet_xml(before=ENTITIES), "declares XML entities"),
    "a repeated OpenDocument cell": (
        lambda: odd_files.ods(attributes='table:number-columns-repeated="2000000000"'),
        "repeated 2000000000 times",
    ),
    "a large OpenDocument rectangle": (rectangle, "not a readable"),
    "truncated xlsx": (lambda: BOOK[: len(BOOK) // 2], "not a readable"),
    "truncated xls": (lambda: odd_files.xls()[:2000], "not a readable"),
    "truncated xlsb": (lambda: odd_files.xlsb()[:900], "not a readable"),
    "truncated ods": (lambda: odd_files.ods()[:400], "not a readable"),
    "password of a compound file": (lambda: workbook.OLE + b"\0" * 600 + workbook.ENCRYPTED[0], "password"),
    "password of an archive": (encrypted, "password"),
    "password of an xls": (lambda: odd_files.xls(protected=True), "password"),
    "password of an ods": (
        lambda: odd_files.replaced(odd_files.ods(), {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        "password",
    ),
    "empty zip": (lambda: b"PK\x05\x06" + b"\0" * 18, "no workbook"),
    "zip of a zip": (lambda: archive(a_dot_zip=BOOK), "packs other files"),
    "docx": (lambda: archive(word__document_dot_xml=b"<w/>"), "a Word document"),
    "doc": (lambda: workbook.OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a Word document"),
    "pdf": (lambda: b"%PDF-1.7\n", "a PDF"),
    "rtf": (lambda: b"{\\rtf1 x}", "word processor"),
    "gzip": (lambda: b"\x1f\x8b\x08" + b"\0" * 40, "compressed"),
    "NUL bytes": (lambda: odd_files.delimited().replace(b"F0002", b"F\x00002"), "NUL"),
    "a text of zeros": (lambda: b"\0" * 100_000, "NUL"),
    "an endless last line": (
        lambda: b"Client;Date;Reste du\nA;05/01/2025;1\n" + b"x" * (MOST_LINE + 5),
        "longer than 16 MB",
    ),
    "an endless line": (lambda: b"Client;Date\n" + b"x" * (2 * MOST_LINE + 5), "longer than 16 MB"),
    "blank": (lambda: b" \r\n\r\n", "empty"),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_content_is_one_sentence_and_little_memory(tmp_path: Path, case: str) -> None:
    content, message = CASES[case]
    path = tmp_path / "export.xlsx"
    path.write_bytes(content())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadInputError, match=message) as caught:
        read_sources(path)
    assert str(caught.value).startswith("export.xlsx")
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 400
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 << 10  # [KB]


def test_a_quotation_never_closed_swallows_no_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    lines = ['"Client";"Facture";"Date facture";"Reste dû"', '"A";"F0";"05/01/2025";"1,00"']
    lines.append('"B";"12" écran;"05/01/2025";"1,00"')
    lines += [f'"C";"F{n}";"06/01/2025";"1,00"' for n in range(20)]
    path.write_bytes("\n".join([*lines, '"D;F99;07/01/2025;5,00', *lines[1:2] * 20]).encode())
    (source,) = read_sources(path)
    assert source.rows_read == 44
    assert len(source.table) + source.skipped["count"].sum() == 44
    assert source.table["open_amount_cents"].sum() == 4_200 + 500


def test_a_sheet_of_640_megabytes_is_no_bomb(tmp_path: Path) -> None:
    """A full sheet inflates to ten times what it is stored in: measured, never refused (a small one stands for it)."""
    body = "".join(odd_files.xml_row(n, [f"C{n % 97}", "Société", float(n)]) for n in range(1, 40_001))
    path = tmp_path / "x.xlsx"
    path.write_bytes(with_sheet(body))
    assert workbook.read_workbook(path)[0].cells.num_rows == 40_000


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(odd_files.delimited())

    def read_and_write(file: Path) -> object:
        grid = read_plain_text(file)
        file.write_bytes(odd_files.delimited()[:-20])
        return grid

    monkeypatch.setattr("auditlib.loaders.grids.read_plain_text", read_and_write)
    with pytest.raises(BadInputError, match="changed while it was read"):
        read_sources(path)


def test_what_was_replaced_since_its_hash_is_not_kept_under_it(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(odd_files.delimited())

    def replace(_: str) -> None:
        path.write_bytes(odd_files.delimited(odd_files.ITEMS[:5]))

    cache = Cache(tmp_path / "cache")
    with pytest.raises(BadInputError, match="changed while it was read"):
        read_or_keep(path, cache, mapping={}, perimeter=("411",), progress=replace)
    (source,) = read_or_keep(path, cache, mapping={}, perimeter=("411",))
    assert len(source.table) == 2


def test_a_pipe_among_the_documents_does_not_wait_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    day = dt.date(2025, 12, 31)
    parameters = Parameters(
        client="x", as_of_date=day, documents=[str(tmp_path / "pipe.csv")], nda=NonDisclosure(allow_unsigned=True)
    )
    with pytest.raises(BadInputError, match=r"pipe\.csv: no regular file"):
        load_documents(parameters, as_of_date=day)


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, message in (("pipe", "no regular file"), (".", "a folder"), ("none.csv", "no such file")):
        with pytest.raises(BadInputError, match=message):
            read_sources(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(odd_files.delimited())
    path.chmod(0)
    with pytest.raises(BadInputError, match="cannot be opened"):
        read_sources(path)


def test_the_command_prints_the_sentence_only_and_ends_with_2(tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    path.write_bytes(odd_files.xls()[:2000])
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-c", "import auditlib.cli; auditlib.cli.main()", "inspect", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "x.xls: not a readable workbook" in done.stderr
