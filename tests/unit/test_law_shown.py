"""The law in the report, the workbook, the notebook, and the form that keeps its parameters up."""

import datetime as dt
from pathlib import Path

import pytest

from auditlib.deliver import sections_law, workbook_law
from auditlib.deliver.definitions import IDENTIFIERS
from auditlib.deliver.labels_law import LABELS, UNITS, legal_value
from auditlib.formats import Formats
from auditlib.indicators import AuditResults
from auditlib.legal_chapter import UNITS as INDICATORS
from auditlib.legal_tables import legal_table, parameter_units, value_at
from auditlib.legal_upkeep import check_list
from auditlib.present import tables_law
from auditlib.present.legal_form import legal_form
from tests.unit.law import audit_law, invoice, receipt, value

FORMATS = Formats(language="fr", currency="EUR")
ROWS = (
    invoice("2025-05-01", "2025-05-31", 12_000, "F1"), receipt("2025-09-30", 12_000, "F1"),
    invoice("2025-03-10", "2025-09-30", 1_000, "F2", customer_id="B"),
    invoice("2020-11-01", "2020-12-01", 300, "F3", customer_id="C"),
)


@pytest.fixture(scope="module")
def results() -> AuditResults:
    return audit_law(*ROWS, zones={"B": "EU"})


@pytest.fixture(scope="module")
def lacking() -> AuditResults:
    return audit_law(*ROWS, as_of="2026-07-31")


def test_every_indicator_and_parameter_has_words() -> None:
    assert set(INDICATORS) <= set(IDENTIFIERS)
    assert set(parameter_units()) <= set(LABELS)
    assert {unit for units in parameter_units().values() for unit in units} <= set(UNITS)
    assert legal_value(3.15, "percent", FORMATS) == "3,15 %"


def test_sections_say_what_the_indicators_say(results: AuditResults) -> None:
    sections = {part.identifier: part for build in sections_law.SECTIONS if (part := build(results, FORMATS))}
    assert list(sections) == ["late_interest", "over_cap", "prescription", "legal_rates"]
    assert FORMATS.amount(value(results, "late_interest")) in sections["late_interest"].sentence
    assert "droit théorique" in sections["late_interest"].sentence
    assert "particuliers n’en doivent rien" in sections["late_interest"].meaning
    by_half = sections["late_interest"].tables[0].rows
    assert by_half[-1][1] == FORMATS.amount(value(results, "late_interest"))
    assert by_half[-1][3] == FORMATS.amount(value(results, "late_interest_abroad"))
    assert "300,00" in sections["prescription"].sentence  # F3 lapsed on 01/11/2025
    sources = [row[3] for row in sections["legal_rates"].tables[0].rows]
    assert any("banque-france.fr" in source for source in sources)
    assert any(row[4] == "à vérifier" for row in sections["legal_rates"].tables[0].rows)


def test_the_sheet_of_interest_ties_to_the_indicators(results: AuditResults) -> None:
    sheet = workbook_law.SHEETS[0](results, FORMATS)
    assert sheet is not None
    columns = {column.title: list(column.values) for column in sheet.columns}
    whole = value(results, "late_interest") + value(results, "late_interest_abroad")
    assert sum(columns["Pénalités"]) == pytest.approx(whole)
    halves = [title for title in columns if "semestre" in title]
    assert halves == ["1er semestre 2025", "2e semestre 2025"]
    assert sum(cell for title in halves for cell in columns[title] if cell is not None) == pytest.approx(whole)
    assert sum(columns["Indemnité"]) == 80
    assert columns["Pièce"][0] == "F1"


def test_a_long_sheet_keeps_its_total(results: AuditResults, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_law, "LINES_SHOWN", 1)
    sheet = workbook_law.SHEETS[0](results, FORMATS)
    assert sheet is not None
    columns = {column.title: list(column.values) for column in sheet.columns}
    assert columns["Code"] == ["A", "1 autres, moindres"]
    assert sum(columns["Pénalités"]) == pytest.approx(
        value(results, "late_interest") + value(results, "late_interest_abroad"))


def test_a_missing_rate_is_shown_as_such_everywhere(lacking: AuditResults) -> None:
    section = sections_law.SECTIONS[0](lacking, FORMATS)
    assert section is not None and "2e semestre 2026" in section.sentence
    assert section.tables[0].rows[-1][1] == "n. d."  # F2 still runs in the second half of 2026
    sheet = workbook_law.SHEETS[0](lacking, FORMATS)
    assert sheet is not None
    columns = {column.title: list(column.values) for column in sheet.columns}
    at = columns["Pièce"].index("F2")
    assert columns["2e semestre 2026"][at] is None and columns["Pénalités"][at] is None
    assert columns["1er semestre 2026"][at] > 0


def test_tables_of_the_notebook(results: AuditResults, lacking: AuditResults) -> None:
    for name in ("measures", "half_years", "debtors", "over_cap", "prescription", "legal_parameters"):
        show = getattr(tables_law, name)
        assert "<table" in show(results, FORMATS), name
        assert "audit" in show(lacking, FORMATS), name
    assert "497,19" in tables_law.half_years(results, FORMATS)
    listed = tables_law.check_list(check_list(legal_table(), day=dt.date(2026, 12, 1)), FORMATS)
    assert "manquant" in listed and "01/07/2026" in listed


def test_the_form_adds_a_row_and_refuses_nonsense(tmp_path: Path) -> None:
    path = tmp_path / "legal_rates.csv"
    form = legal_form(path, day=dt.date(2026, 12, 1))
    assert form.listed.value.count("manquant") == 3
    form.parameter.value = ("ecb_main_refinancing", "percent")
    form.value.value, form.valid_from.value, form.checked_on.value = "225", "01/07/2026", "03/07/2026"
    form.source.value = "Invented for this test"
    form.add()
    assert "from 0 to 30" in form.message.value and not path.exists()
    form.value.value = "2,25"
    form.add()
    assert value_at(legal_table(path), "ecb_main_refinancing", dt.date(2026, 7, 1)) == 2.25
    assert form.listed.value.count("manquant") == 2
    assert "legal_rates.csv" in form.message.value
