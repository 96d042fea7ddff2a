"""The FEC in the dress real programs give it: the 411 lines are all read, each with its counterparts."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from auditlib.loaders.source import Source, read_sources

HEADER = ["JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
          "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
          "ValidDate", "Montantdevise", "Idevise"]
LINES = [
    ["VE", "Ventes", "1", "20250115", "411000", "Clients", "C01", "Été&Fils", "FA1", "20250115", "Facture«1»",
     "1200,00", "0,00", "A", "20250301", "20250131"],
    ["VE", "Ventes", "1", "20250115", "707000", "Ventes", "-", "-", "FA1", "20250115", "Facture«1»", "0,00", "1000,00"],
    ["VE", "Ventes", "1", "20250115", "445710", "TVA", "-", "-", "FA1", "20250115", "Facture«1»", "0,00", "200,00"],
    ["BQ", "Banque", "2", "20250301", "512000", "Banque", "-", "-", "VIR", "20250301", "Virement", "1200,00", "0,00"],
    ["BQ", "Banque", "2", "20250301", "411000", "Clients", "C01", "Été&Fils", "VIR", "20250301", "Virement",
     "0,00", "1200,00", "A", "20250301"],
    ["AN", "Anouveaux", "3", "20250101", "416000", "Douteux", "C02", "Vieux", "AN", "20250101", "Anouveau",
     "99,99", "0,00"],
]


def records() -> list[list[str]]:
    """Return the lines with all their 18 fields; "-" stands for blank."""
    return [[("" if field == "-" else field) for field in [*line, *[""] * (18 - len(line))]] for line in LINES]


def write(
    path: Path,
    mark: str,
    *,
    encoding: str = "iso8859-15",
    header: list[str] | None = None,
    rows: list[list[str]] | None = None,
) -> Path:
    """Write a FEC."""
    lines = [mark.join(row) for row in [header or HEADER, *(rows or records())]]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def check(path: Path) -> Source:
    """Read a FEC and check what does not depend on its dress."""
    (source,) = read_sources(path)
    assert source.kind == "fec"
    assert source.table["customer_id"].tolist() == ["C01", "C01", "C02"]
    assert source.table["debit_cents"].tolist() == [120000, 0, 9999]
    assert source.table["credit_cents"].tolist() == [0, 120000, 0]
    assert source.table["source_row"].tolist() == [2, 6, 7]
    assert source.table["posting_date"].tolist() == [
        pd.Timestamp(2025, 1, 15),
        pd.Timestamp(2025, 3, 1),
        pd.Timestamp(2025, 1, 1),
    ]
    assert source.rows_read == 7 == len(source.table) + source.skipped["count"].sum()
    assert source.skipped.set_index("class")["count"].to_dict() == {"header": 1, "other_account": 3}
    first = source.entries[source.entries["entry"] == source.table["entry"].iloc[0]]
    assert first["account"].tolist() == ["411000", "707000", "445710"]
    assert source.entries["credit_cents"].tolist() == [0, 100000, 20000, 0, 120000, 0]
    return source


@pytest.mark.parametrize("mark", ["\t", "|", ";"])
@pytest.mark.parametrize("encoding", ["iso8859-15", "cp1252", "utf-8", "utf-8-sig"])
def test_separators_and_encodings(tmp_path: Path, mark: str, encoding: str) -> None:
    source = check(write(tmp_path / "x.txt", mark, encoding=encoding))
    assert source.table["customer_name"].iloc[0] == "Été&Fils"
    assert source.table["matching_code"].tolist() == ["A", "A", ""]


def test_comma_separated_with_points(tmp_path: Path) -> None:
    check(write(tmp_path / "x.csv", ",", rows=[[field.replace(",", ".") for field in row] for row in records()]))


def test_amount_and_sense(tmp_path: Path) -> None:
    header = [{"Debit": "Montant", "Credit": "Sens"}.get(name, name) for name in HEADER]
    for debit, credit in (("D", "C"), ("+1", "-1"), (" d ", "c")):
        rows = [
            [*row[:11], row[11] if row[11] != "0,00" else row[12], debit if row[11] != "0,00" else credit, *row[13:]]
            for row in records()
        ]
        check(write(tmp_path / "x.txt", "\t", header=header, rows=rows))


def test_header_case_padding_extra_columns_and_dates(tmp_path: Path) -> None:
    rows = [[f" {field}  " for field in row] + ["E1", ""] for row in records()]
    for row in rows:
        for place in (3, 9):
            row[place] = f"{row[place].strip()[6:]}/{row[place].strip()[4:6]}/{row[place].strip()[:4]}"
    check(
        write(tmp_path / "x.txt", "|", header=[name.upper() for name in HEADER] + ["CodeEtablissement", ""], rows=rows)
    )


def test_stray_quotation_mark_swallows_nothing(tmp_path: Path) -> None:
    rows = records()
    rows[1][10] = '"Facture 12" pouces'
    rows[3][10] = 'Vir "Dupont'
    check(write(tmp_path / "x.txt", "\t", rows=rows))


def test_fec_saved_as_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADER, *records()]:
        sheet.append(row)
    book.save(tmp_path / "fec.xlsx")
    check(tmp_path / "fec.xlsx")


def test_account_stands_for_a_missing_customer_code(tmp_path: Path) -> None:
    rows = records()
    for row in rows:
        row[4] = {"C01": "411DUPONT", "C02": "416VIEUX"}.get(row[6], row[4])
        row[6] = row[7] = ""
    (source,) = read_sources(write(tmp_path / "x.txt", "\t", rows=rows))
    assert source.table["customer_id"].tolist() == ["411DUPONT", "411DUPONT", "416VIEUX"]
    assert source.table["customer_name"].tolist() == ["Clients", "Clients", "Douteux"]


def test_unreadable_line_is_rejected_with_its_reason(tmp_path: Path) -> None:
    rows = records()
    rows[4][12] = "12OO,00"
    (source,) = read_sources(write(tmp_path / "x.txt", "\t", rows=rows))
    rejected = source.skipped[source.skipped["class"] == "rejected"]
    assert rejected["source_row"].tolist() == [6]
    assert source.rows_read == len(source.table) + source.skipped["count"].sum()
