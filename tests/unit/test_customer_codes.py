"""A customer's code in the state a spreadsheet leaves it: joined and said, and two customers never made one."""

from pathlib import Path

import pandas as pd
import pytest

from auditlib.loaders.debtors import align_ids
from tests.unit.test_fec_books import balances, found, invoice, load


@pytest.mark.parametrize(("one", "other", "kept"), [
    ("00042", "42", "00042"), ("4.2E1", "42", "42"), ("4.2E+1", "00042", "00042"),
    ("411DUPONT", "DUPONT", "DUPONT"), ("411DUPONT", "411DUPONT", "411DUPONT"), ("cli-7", "CLI7", "CLI7"),
    ("41100042", "42", "42"), ("42", "42", "42")])
def test_one_customer_under_two_codes_of_two_years(tmp_path: Path, one: str, other: str, kept: str) -> None:
    first = [[field.replace(f"Nom {one}", "Dupont SARL") for field in row]
             for row in invoice("20240303", one, "F1", 60)]
    second = [[field.replace(f"Nom {other}", "DUPONT") for field in row]
              for row in invoice("20250303", other, "F2", 30)]
    intake = load(tmp_path, {"123456789FEC20241231.txt": first, "123456789FEC20251231.txt": second})
    assert balances(intake) == {kept: 9000}
    assert len(found(intake, "customer_codes_joined")) == (one != other)


def test_two_names_are_two_customers_and_said(tmp_path: Path) -> None:
    first = [[field.replace("Nom 00042", "Boulangerie Martin") for field in row]
             for row in invoice("20240303", "00042", "F1", 60)]
    second = [[field.replace("Nom 42", "Garage Lefèvre") for field in row]
              for row in invoice("20250303", "42", "F2", 30)]
    intake = load(tmp_path, {"123456789FEC20241231.txt": first, "123456789FEC20251231.txt": second})
    assert balances(intake) == {"00042": 6000, "42": 3000}
    assert found(intake, "customer_codes_alike") == [("warning", 1, 0)]
    assert not found(intake, "customer_codes_joined")


def test_two_codes_of_one_file_are_two_customers(tmp_path: Path) -> None:
    first = [*invoice("20240303", "042", "F1", 60), *invoice("20240304", "42", "F2", 10)]
    intake = load(tmp_path, {"123456789FEC20241231.txt": first,
                             "123456789FEC20251231.txt": invoice("20250303", "00042", "F3", 30)})
    assert balances(intake) == {"042": 6000, "42": 1000, "00042": 3000}
    assert len(found(intake, "customer_codes_alike")) == 1


def test_codes_a_spreadsheet_has_cut_are_said(tmp_path: Path) -> None:
    intake = load(tmp_path, {"123456789FEC20251231.txt": invoice("20250303", "1.23457E+11", "F3", 30)})
    assert found(intake, "customer_codes_damaged") == [("serious", 1, 3000)]


def test_another_file_s_codes_never_make_one_customer_of_two() -> None:
    known = pd.DataFrame({"customer_id": ["00042", "00043", "7"], "name": ["Alpha", "Beta", "Gamma"]})
    written = pd.Series(["42.0", "043", "43", "4.3E1", "007"])
    names = pd.Series(["ALPHA", "", "", "", "Société Zêta"])
    assert align_ids(written, names, known).tolist() == ["00042", "043", "43", "4.3E1", "007"]
    assert align_ids(written[:2], names[:2], known).tolist() == ["00042", "00043"]


def test_an_aged_balance_with_cut_codes_ties_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "balance.csv").write_text(
        "Balance âgée au 31/12/2025\nCode;Client;Total;Non échu;1-30\n42;Alpha;60,00;60,00;\n", encoding="utf-8")
    lines = [[field.replace("Nom 00042", "Alpha") for field in row] for row in invoice("20250303", "00042", "F1", 60)]
    intake = load(tmp_path, {"123456789FEC20251231.txt": lines})
    (second,) = intake.second_sources
    assert set(second.balances["customer_id"].astype(str)) == {"00042"}
    assert len(found(intake, "customer_codes_joined")) == 1
