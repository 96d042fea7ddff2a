"""Legal parameters: dated, sourced, never extrapolated; what a practice adds is checked."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from auditlib.dates import day_number
from auditlib.errors import BadInputError
from auditlib.legal_tables import half_year_label, half_year_rates, half_years, legal_table, value_at
from auditlib.legal_upkeep import add_row, check_list

HEADER = "parameter,value,unit,valid_from,valid_to,source,checked_on,status\n"
# DOMAIN.md A6: main refinancing rate and legal rate of professional creditors, from the first half of 2019 on.
BANK = [0, 0, 0, 0, 0, 0, 0, 0, 2.50, 4.00, 4.50, 4.25, 3.15, 2.15, 2.15, np.nan]
LEGAL = [0.86, 0.87, 0.87, 0.84, 0.79, 0.76, 0.76, 0.77, 2.06, 4.22, 5.07, 4.92, 3.71, 2.76, 2.62, np.nan]
ROW = {"parameter": "ecb_main_refinancing", "value": "2,25", "unit": "percent", "valid_from": "01/07/2026",
       "source": "Invented for this test", "checked_on": "2026-07-03"}


def test_rates_are_those_of_the_reference_and_the_last_half_year_is_missing() -> None:
    span = np.arange(2019 * 2, 2026 * 2 + 2)
    assert half_year_rates(legal_table(), "ecb_main_refinancing", span) == pytest.approx(BANK, nan_ok=True)
    assert half_year_rates(legal_table(), "legal_rate_professional", span) == pytest.approx(LEGAL, nan_ok=True)
    assert value_at(legal_table(), "ecb_main_refinancing", dt.date(2018, 12, 31)) is None


def test_every_row_has_a_source_and_says_whether_it_was_read_there() -> None:
    table = legal_table()
    assert (table["source"].str.len() > 8).all()
    assert table.loc[table["status"] == "verified", ["checked_on", "value"]].notna().all(axis=None)
    assert table.loc[table["status"] == "missing", "value"].isna().all()
    recalled = table[(table["parameter"] == "ecb_main_refinancing") & (table["status"] == "to_check")]
    assert recalled["valid_from"].dt.date.tolist() == [dt.date(2025, 1, 1)]


def test_half_years_begin_on_the_first_of_january_and_of_july() -> None:
    days = [dt.date(2025, 6, 30), dt.date(2025, 7, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(1969, 7, 1)]
    numbers = half_years(np.array([day_number(day) for day in days], dtype=np.int64))
    assert [half_year_label(number) for number in numbers] == ["2025-H1", "2025-H2", "2025-H2", "2026-H1", "1969-H2"]


@pytest.mark.parametrize(("row", "expected"), [
    ("ecb_rate,2.15,percent,2026-07-01,,a long source,2026-07-02,verified", "parameter 'ecb_rate' is not known"),
    ("ecb_main_refinancing,2.15,points,2026-07-01,,a long source,2026-07-02,verified", "expected percent"),
    ("ecb_main_refinancing,215,percent,2026-07-01,,a long source,2026-07-02,verified", "from 0 to 30"),
    ("ecb_main_refinancing,abc,percent,2026-07-01,,a long source,2026-07-02,verified", "value 'abc'"),
    ("ecb_main_refinancing,2.155,percent,2026-07-01,,a long source,2026-07-02,verified", "two decimals"),
    ("ecb_main_refinancing,2.15,percent,2026-07-02,,a long source,2026-07-02,verified", "from 1 July to 31 December"),
    ("ecb_main_refinancing,2.15,percent,2026-07-01,2027-06-30,a long source,2026-07-02,verified", "one half-year"),
    ("ecb_main_refinancing,2.15,percent,2026-07-01,,,2026-07-02,verified", "needs its source"),
    ("ecb_main_refinancing,2.15,percent,2026-07-01,,a long source,,verified", "needs its source"),
    ("ecb_main_refinancing,2.15,percent,2026-13-01,,a long source,2026-07-02,verified", "valid_from '2026-13-01'"),
    ("ecb_main_refinancing,2.15,percent,,,a long source,2026-07-02,verified", "valid_from is empty"),
    ("recovery_indemnity,50,eur,2027-01-01,2026-01-01,a long source,2026-07-02,verified", "is before valid_from"),
    ("recovery_indemnity,50,eur,2027-01-01,,a long source,2026-07-02,sure", "status 'sure'"),
])
def test_a_row_that_makes_no_sense_is_refused_in_one_sentence(tmp_path: Path, row: str, expected: str) -> None:
    path = tmp_path / "legal_rates.csv"
    path.write_text(HEADER + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"^legal_rates\.csv, row 2|^legal_rates\.csv, row 3") as refusal:
        legal_table(path)
    assert expected in str(refusal.value)


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "legal_rates.csv"
    path.write_text("parameter,value\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="column unit is missing"):
        legal_table(path)


def test_a_row_is_added_then_corrected_and_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "legal_rates.csv"
    assert value_at(add_row(path, **ROW), "ecb_main_refinancing", dt.date(2026, 7, 1)) == 2.25
    table = add_row(path, **(ROW | {"value": "2.40"}))
    assert value_at(table, "ecb_main_refinancing", dt.date(2026, 12, 31)) == 2.40
    assert value_at(table, "ecb_main_refinancing", dt.date(2027, 1, 1)) is None  # asked for, not extrapolated
    assert len(table) == len(legal_table())  # it took the place of the missing row
    assert path.read_text(encoding="utf-8").count("\n") == 2


def test_nonsense_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "legal_rates.csv"
    add_row(path, **ROW)
    before = path.read_bytes()
    with pytest.raises(BadInputError, match="new row: value"):
        add_row(path, **(ROW | {"value": "-3"}))
    assert path.read_bytes() == before


def test_the_practice_overrides_a_row_and_a_later_law_takes_over(tmp_path: Path) -> None:
    path = tmp_path / "legal_rates.csv"
    path.write_text(HEADER + "recovery_indemnity,60,eur,2030-01-01,,an invented law,2030-01-01,verified\n"
                    "ecb_main_refinancing,3.05,percent,2025-01-01,,an invented reading,2026-01-01,verified\n",
                    encoding="utf-8")
    table = legal_table(path)
    assert value_at(table, "recovery_indemnity", dt.date(2029, 12, 31)) == 40
    assert value_at(table, "recovery_indemnity", dt.date(2030, 1, 1)) == 60
    assert value_at(table, "ecb_main_refinancing", dt.date(2025, 3, 1)) == 3.05


def test_the_check_list_names_what_is_missing_from_memory_or_old() -> None:
    listed = check_list(legal_table(), day=dt.date(2027, 12, 1))
    missing = listed[listed["problem"] == "missing"]
    bank = missing.loc[missing["parameter"] == "ecb_main_refinancing", "valid_from"].dt.date.tolist()
    assert bank == [dt.date(2026, 7, 1), dt.date(2027, 1, 1), dt.date(2027, 7, 1)]
    recalled = listed[listed["problem"] == "to_check"]
    assert ("ecb_main_refinancing", 3.15) in set(zip(recalled["parameter"], recalled["value"], strict=True))
    assert "recovery_indemnity" in set(listed.loc[listed["problem"] == "too_old", "parameter"])
    early = check_list(legal_table(), day=dt.date(2026, 12, 1))
    assert not (early["problem"] == "too_old").any()  # all were read in November 2026
