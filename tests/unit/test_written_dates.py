"""Dates as programs, people and old Macintosh write them; null dates are none, impossible ones are said."""

import datetime as dt
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from auditlib.loaders.date_values import date_share, decide_order, parse_dates
from auditlib.loaders.source import Source, read_sources

HEADER = "Code client;Nom;N° facture;Date facture;Échéance;Montant TTC;Solde\n"


@pytest.mark.parametrize("text", [
    "31/12/2024", "31/12/24", "31.12.24", "31-12-2024", "31 12 2024", "20241231", "31122024", "311224", "45657",
    "45657.0", "45657.75", "2024-12-31", "2024/12/31", "2024-12-31 00:00:00", "2024-12-31T08:15:00Z",
    "31/12/2024 08:15:30", "31/12/2024 14h30", "12/31/2024 3:15 PM", "31-déc-24", "31-dec.-24", "31 déc. 2024",
    "31 décembre 2024", "31\u00a0décembre\u00a02024", "31 DECEMBRE 2024", "mardi 31 décembre 2024", "le 31/12/2024",
    "Dec 31, 2024", "Tue, 31 Dec 2024", "31-Dec-2024", "31. Dezember 2024", "31. Dez. 2024"])
def test_one_day_written_in_many_ways(text: str) -> None:
    assert str(parse_dates(pa.array([text]), "day_first").days[0])[:10] == "2024-12-31"
    assert date_share(pa.array([text]), with_serials=True) == 1


@pytest.mark.parametrize(("text", "day"), [
    ("1er janvier 2025", "2025-01-01"), ("3 März 2025", "2025-03-03"), ("1 fév 25", "2025-02-01"),
    ("14-Juil.-24", "2024-07-14"), ("15 août 2024", "2024-08-15"), ("1012025", "2025-01-01"),
    ("9112024", "2024-11-09")])
def test_days_of_other_months(text: str, day: str) -> None:
    assert str(parse_dates(pa.array([text]), "day_first").days[0])[:10] == day


def test_american_dates_are_told_by_a_day_above_twelve() -> None:
    column = pa.array(["03/04/2025", "12/31/2025", "1/2/25"])
    order = decide_order({"document_date": column})
    assert order.name == "month_first"
    assert [str(day)[:10] for day in parse_dates(column, order.name).days] == ["2025-03-04", "2025-12-31", "2025-01-02"]


@pytest.mark.parametrize("text", [
    "", "00/00/0000", "0000-00-00", "00000000", "0", "1900-01-01", "01/01/1900", "19000101", "1900-01-00", "1753-01-01",
    "17530101", "01/01/1753 00:00:00", "30/12/1899", "01/01/1904", "9999-12-31", "99991231", "31.12.9999", "0001-01-01",
    "1970-01-01", "01/01/00", "  -  "])
def test_null_dates_are_no_date_and_no_mistake(text: str) -> None:
    read = parse_dates(pa.array([text]), "day_first")
    assert (read.is_missing.tolist(), read.is_bad.tolist()) == ([True], [False])


@pytest.mark.parametrize("text", [
    "31/02/2025", "15/13/2024", "32/01/2025", "2025-02-30", "20250230", "29/02/2025", "12/2024", "déc-24", "bientôt"])
def test_impossible_dates_are_mistakes_and_not_blanks(text: str) -> None:
    read = parse_dates(pa.array([text]), "day_first")
    assert (read.is_missing.tolist(), read.is_bad.tolist()) == ([False], [True])


def read_list(tmp_path: Path, *rows: str) -> Source:
    path = tmp_path / "open.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    (source,) = read_sources(path)
    return source


def remark(source: Source, name: str) -> tuple[str, int]:
    """Return severity and rows of the one finding of that name."""
    (found,) = source.findings[source.findings["finding"] == name].to_dict("records")
    return str(found["severity"]), int(found["rows"])


def test_an_impossible_due_date_leaves_its_row_in_place(tmp_path: Path) -> None:
    source = read_list(tmp_path, "C1;Alpha;F1;15/01/2025;31/02/2025;100,00;100,00",
                       "C1;Alpha;F2;16/01/2025;01/01/1900;50,00;50,00", "C2;Beta;F3;17/01/2025;17/02/2025;70,00;70,00")
    assert source.table["open_amount_cents"].tolist() == [10000, 5000, 7000]
    assert source.table["due_date"].isna().tolist() == [True, True, False]
    assert remark(source, "dates_unreadable") == ("warning", 1)


def test_two_forms_in_one_column_are_both_read_and_said(tmp_path: Path) -> None:
    source = read_list(tmp_path, "C1;Alpha;F1;2025-01-15;28/02/2025;100,00;100,00",
                       "C1;Alpha;F2;16/01/2025;28/02/2025;50,00;50,00", "C2;Beta;F3;17/01/2025;28/02/2025;70,00;70,00")
    assert source.table["document_date"].dt.day.tolist() == [15, 16, 17]
    assert remark(source, "date_forms_mixed") == ("info", 2)


def test_days_a_spreadsheet_may_have_turned_into_months_are_said(tmp_path: Path) -> None:
    """Opened month first, 03/04 became 4 March and 31/03 stayed a text: the days typed never go beyond 12."""
    source = read_list(tmp_path, "C1;Alpha;F1;2025-03-04 00:00:00;30/06/2025;100,00;100,00",
                       "C1;Alpha;F2;31/03/2025;30/06/2025;50,00;50,00",
                       "C2;Beta;F3;2025-11-02 00:00:00;30/06/2025;70,00;70,00",
                       "C2;Beta;F4;25/02/2025;30/06/2025;70,00;70,00")
    assert remark(source, "dates_may_be_swapped") == ("serious", 2)


def test_day_first_and_month_first_in_one_file_are_said(tmp_path: Path) -> None:
    source = read_list(tmp_path, "C1;Alpha;F1;25/01/2025;28/02/2025;100,00;100,00",
                       "C1;Alpha;F2;01/26/2025;28/02/2025;50,00;50,00")
    assert source.table["document_date"].dt.strftime("%m-%d").tolist() == ["01-25", "01-26"]
    assert remark(source, "date_order_mixed")[0] == "serious"


@pytest.mark.parametrize("typed", [True, False])
def test_a_workbook_that_counts_from_1904(tmp_path: Path, typed: bool) -> None:
    """1 March 2025 is 45717 from 1900 and 44255 from 1904; cells without a date format hold the bare number."""
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["Code client", "Nom", "N° facture", "Date facture", "Échéance", "Solde"])
    for place in range(4):
        day: object = dt.date(2025, 3, 1) if typed else 44255
        sheet.append([f"C{place}", f"Client {place}", f"FA{place}", day, day, 100.5])
    book.save(tmp_path / "old.xlsx")
    (source,) = read_sources(tmp_path / "old.xlsx")
    assert source.table["document_date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-03-01"] * 4
