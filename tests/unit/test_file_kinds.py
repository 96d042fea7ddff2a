"""Files are told by their content: the same items from every kind of workbook, real, rare or fake."""

import datetime as dt
import time
from pathlib import Path

import pytest

from auditlib.errors import BadInputError
from auditlib.loaders.source import Source, read_sources
from tests import odd_files


def saved(folder: Path, content: bytes, name: str = "export.xls") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read_one(path: Path) -> Source:
    sources = [source for source in read_sources(path) if source.kind != "unknown"]
    assert len(sources) == 1
    source = sources[0]
    assert len(source.table) + source.skipped["count"].sum() == source.rows_read
    return source


@pytest.mark.parametrize("kind", odd_files.KINDS)
def test_the_same_items_from_every_kind_of_file(tmp_path: Path, kind: str) -> None:
    source = read_one(saved(tmp_path, odd_files.KINDS[kind]()))
    table = source.table
    assert table["open_amount_cents"].tolist() == [120_050, 36_000, -6_025]
    assert table["customer_name"].tolist() == ["Société Dupré & Fils", "Martin <SARL>", "Société Dupré & Fils"]
    assert table["document_date"].dt.strftime("%Y%m%d").tolist() == ["20251005", "20251120", "20251201"]
    assert table["due_date"].dt.strftime("%Y%m%d").fillna("").tolist() == ["20251104", "20251220", ""]
    assert source.title.as_of_date == dt.date(2025, 12, 31)
    # a page has no row between its title and its table
    first = 3 if kind in ("html", "mime") else 4
    assert table["source_row"].tolist() == [first, first + 1, first + 2]


def test_a_page_in_windows_letters_that_does_not_say_so(tmp_path: Path) -> None:
    content = odd_files.html(encoding="cp1252").replace(b'<meta charset="cp1252">', b"")
    assert "Société" in read_one(saved(tmp_path, content)).table["customer_name"].iloc[0]


def test_cells_merged_in_a_page_keep_the_columns_after_them(tmp_path: Path) -> None:
    page = (
        "<table><tr><th colspan=2>Client<th>Facture<th>Date facture<th>Reste dû</tr>"
        "<tr><td>C1<td>Dupré<td>F1<td>05/10/2025<td>1 200,50</tr>"
        "<tr><td>C2<td>Martin<td>F2<td>06/10/2025<td>1,00</tr></table>"
    )
    table = read_one(saved(tmp_path, page.encode())).table
    assert table["document_ref"].tolist() == ["F1", "F2"]
    assert table["open_amount_cents"].tolist() == [120_050, 100]


def test_a_cell_over_several_rows_of_a_page_names_each_but_its_amount_counts_once(tmp_path: Path) -> None:
    page = (
        "<table><tr><th>Client<th>Total<th>Facture<th>Date facture<th>Reste dû</tr>"
        "<tr><td rowspan=2>Dupré<td rowspan=2>3,50<td>F1<td>05/10/2025<td>1,00</tr>"
        "<tr><td>F2<td>06/10/2025<td>2,50</tr>"
        "<tr><td>Martin<td>4,00<td>F3<td>07/10/2025<td>4,00</tr></table>"
    )
    table = read_one(saved(tmp_path, page.encode())).table
    assert table["customer_name"].tolist() == ["Dupré", "Dupré", "Martin"]
    assert table["open_amount_cents"].tolist() == [100, 250, 400]


def test_styled_blank_rows_cost_no_row_and_a_gap_loses_none(tmp_path: Path) -> None:
    rows = [odd_files.xml_row(number, cells) for number, cells in enumerate(odd_files.ITEMS[:5], start=1)]
    styled = [f'<row r="{n}" s="1"><c r="A{n}" s="1"/><c r="XFD{n}" s="1"/></row>' for n in range(6, 30_000)]
    late = odd_files.xml_row(20_000, odd_files.ITEMS[5])
    styled[20_000 - 6] = late
    last = '<row r="1048576" s="1"><c r="A1048576" s="1"/></row>'
    xml = odd_files.sheet_xml("".join([*rows, *styled, last]))
    source = read_one(saved(tmp_path, odd_files.replaced(odd_files.xlsx(), {odd_files.SHEET: xml}), "x.xlsx"))
    assert source.table["source_row"].tolist() == [4, 5, 20_000]
    assert source.rows_read == 20_000


@pytest.mark.parametrize("dimension", ["A1", "A1:B2", "C3:XFD1048576"])
def test_a_wrong_dimension_tag_hides_nothing(tmp_path: Path, dimension: str) -> None:
    body = "".join(odd_files.xml_row(number, cells) for number, cells in enumerate(odd_files.ITEMS, start=1))
    xml = odd_files.sheet_xml(body, dimension=dimension)
    table = read_one(saved(tmp_path, odd_files.replaced(odd_files.xlsx(), {odd_files.SHEET: xml}), "x.xlsx")).table
    assert table["open_amount_cents"].sum() == odd_files.TOTAL_CENTS


def test_forty_thousand_merged_ranges_are_fast(tmp_path: Path) -> None:
    body = "".join(odd_files.xml_row(number, cells) for number, cells in enumerate(odd_files.ITEMS, start=1))
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(10, 40_010))
    xml = odd_files.sheet_xml(body, after=f'<mergeCells count="40000">{merged}</mergeCells>')
    path = saved(tmp_path, odd_files.replaced(odd_files.xlsx(), {odd_files.SHEET: xml}), "x.xlsx")
    before = time.process_time()
    assert read_one(path).table["open_amount_cents"].sum() == odd_files.TOTAL_CENTS
    assert time.process_time() - before < 3  # some readers take minutes


def test_a_hidden_sheet_is_read_and_said(tmp_path: Path) -> None:
    sources = read_sources(saved(tmp_path, odd_files.xlsx(hidden="Ancien"), "x.xlsx"))
    assert {source.sheet: len(source.table) for source in sources} == {"Clients": 3, "Ancien": 1}
    said = {source.sheet: source.findings["finding"].tolist() for source in sources}
    assert said == {"Clients": [], "Ancien": ["hidden_sheet"]}


def test_a_sheet_that_is_a_chart_takes_nothing_from_the_others(tmp_path: Path) -> None:
    assert len(read_one(saved(tmp_path, odd_files.xlsx(charts=True), "x.xlsx")).table) == 3


def test_an_opendocument_formula_without_result_is_rejected(tmp_path: Path) -> None:
    rows = [*odd_files.ITEMS, ["C003", "Petit", "F0009", dt.date(2025, 12, 2), None, "="]]
    source = read_one(saved(tmp_path, odd_files.ods(rows), "x.ods"))
    lost = source.skipped[source.skipped["class"] == "rejected"]
    assert lost["source_row"].tolist() == [7]
    assert "formula" in lost["reason"].iloc[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (odd_files.spreadsheet_xml()[:-300], "not a readable XML workbook"),
        (odd_files.spreadsheet_xml().replace(b'ss:Index="4"', b'ss:Index="99999999"'), "out of place"),
        (odd_files.spreadsheet_xml().replace(b'ss:Index="4"', b'ss:Index="four"'), "no number"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>rien</p>", "without a table"),
        (b"<html><body><p>Bonjour</p></body></html>", "without a table"),
    ],
)
def test_broken_fakes_are_one_sentence(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(BadInputError, match=message) as caught:
        read_sources(saved(tmp_path, content))
    assert "\n" not in str(caught.value)
