"""audit.xlsx, read back with openpyxl and added up cell by cell."""

import datetime as dt
import io
import re
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from auditlib.deliver.definitions import IDENTIFIERS, definition
from auditlib.deliver.workbook import workbook_bytes
from tests.unit.results_fixture import parameters, results

INDICATORS = [
    "ageing",
    "overdue_rate",
    "overdue_rate_30",
    "overdue_rate_60",
    "overdue_rate_90",
    "overdue_rate_net",
    "dso",
    "dso_excl_doubtful",
    "dso_external",
    "dso_restated",
    "dso_count_back",
    "dso_count_back_excl_doubtful",
    "dso_best_possible",
    "dso_late",
    "dso_disputed",
    "dso_doubtful",
    "dso_undated",
    "dso_unallocated",
    "recovery_rate_1m",
    "recovery_rate_3m",
    "recovery_rate_30d",
    "recovery_rate_90d",
    "recovery_rate_overdue_1m",
    "recovery_rate_overdue_3m",
    "weighted_days_to_pay",
    "weighted_days_beyond_terms",
    "median_days_beyond_terms_km",
    "weighted_contract_terms",
    "collection_effectiveness_index",
    "dilution_rate",
    "concentration_top1",
    "concentration_top5",
    "concentration_top10",
    "concentration_top20",
    "concentration_hhi",
    "concentration_gini",
    "financing_cost",
    "cash_per_dso_day",
    "cash_releasable",
    "late_interest",
    "recovery_indemnity",
    "provision_matrix",
    "compensating_sales",
    "terms_over_cap",
    "prescription_at_risk",
    "subsequent_receipts",
    "evolution",
]
"""Typed from INDICATORS.md 4."""


@pytest.fixture(scope="module")
def content() -> bytes:
    return workbook_bytes(results(), parameters=parameters())


@pytest.fixture(scope="module")
def workbook(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def table(workbook: Workbook, title: str) -> list[dict[str, Any]]:
    """Read a sheet's rows as a reader would: the header is the first row of the filter."""
    page = workbook[title]
    first = int(re.findall(r"\d+", page.auto_filter.ref)[0])
    header = [str(cell.value) for cell in page[first]]
    return [dict(zip(header, row, strict=True)) for row in page.iter_rows(min_row=first + 1, values_only=True)]


def test_every_identifier_has_a_definition() -> None:
    assert set(INDICATORS) <= set(IDENTIFIERS)
    assert all(definition(name).formula for name in INDICATORS)


def test_the_sheets_asked_for_are_there(workbook: Workbook) -> None:
    assert workbook.sheetnames == [
        "Sommaire",
        "Indicateurs",
        "Définitions",
        "Évolution",
        "Cohortes",
        "Pistes d’amélioration",
        "Auto-évaluation",
        "Entretien",
        "Plan d’action",
        "Plan par segment",
        "Commerciaux",
        "Balance âgée",
        "Postes ouverts",
        "Concentration",
        "Rapprochement",
        "Lecture des fichiers",
        "Lignes non chargées",
        "Constats",
        "Sources deux à deux",
        "Constats à commenter",
        "Paramètres",
    ]


def test_every_sheet_prints_client_date_and_status(workbook: Workbook) -> None:
    for page in workbook.worksheets:
        assert "31/12/2025" in page["A2"].value
        assert "PROJET" in page["A2"].value
        assert page.freeze_panes


def test_open_items_are_typed_and_add_up_to_the_receivable(workbook: Workbook) -> None:
    rows = table(workbook, "Postes ouverts")
    assert len(rows) == 240
    total = 0.0
    for row in rows:
        assert isinstance(row["Reste dû"], int | float)
        assert row["Échéance"] is None or isinstance(row["Échéance"], dt.datetime)
        assert isinstance(row["Code"], str)
        total += row["Reste dû"]
    assert round(total, 2) == results().summary["receivable"]["total"]
    assert rows[0]["Ligne source"] == 12


def test_aged_balance_rows_and_totals_are_formulas_that_tie(content: bytes, workbook: Workbook) -> None:
    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    formulas, values = table(workbook, "Balance âgée"), table(stored, "Balance âgée")
    assert formulas[0]["Encours"].startswith("=SUM(C6:")
    buckets = [name for name in values[0] if name not in ("Code", "Client", "Encours")]
    total = 0.0
    for row in values:
        assert round(sum(row[name] for name in buckets), 2) == round(row["Encours"], 2)
        total += row["Encours"]
    assert round(total, 2) == results().summary["receivable"]["total"]
    page = stored["Balance âgée"]
    assert page["K4"].value == results().summary["receivable"]["total"]
    assert workbook["Balance âgée"]["K4"].value.startswith("=SUM(K6:")


def test_a_name_like_a_formula_stays_text(workbook: Workbook) -> None:
    page = workbook["Balance âgée"]
    names = {cell.value: cell for (cell,) in page.iter_rows(min_row=6, min_col=2, max_col=2)}
    for name in ("=CMD|'/C calc'!A0", "+Belle & Fils <SARL>", "@Atelier du Lac", "-Ménard #1 SAS"):
        assert names[name].data_type == "s"
        assert names[name].quotePrefix


def test_rates_are_percentages_and_a_missing_one_says_why(workbook: Workbook) -> None:
    page = workbook["Indicateurs"]
    rows = {row[-1].value: row for row in page.iter_rows(min_row=5)}
    assert rows["dso"][1].value == pytest.approx(52.31)
    assert "%" in rows["recovery_rate_1m"][1].number_format
    assert rows["subsequent_receipts"][1].value == "non disponible"
    assert "aucun mouvement" in str(rows["subsequent_receipts"][9].value)


def test_rows_of_files_are_accounted_for(workbook: Workbook) -> None:
    for row in table(workbook, "Lecture des fichiers"):
        assert row["Lignes lues"] == row["Chargées"] + row["Écartées"] + row["Rejetées"]
    assert [row["Classe"] for row in table(workbook, "Lignes non chargées")] == ["rejetée", "titre", "en-tête"]


def test_the_same_results_give_the_same_bytes(content: bytes) -> None:
    assert content == workbook_bytes(results(), parameters=parameters())


def test_a_client_without_anything_open_still_gets_a_workbook() -> None:
    nothing = results(items=1)
    empty = {
        "open_items": nothing.open_items.iloc[:0],
        "customers": nothing.customers.iloc[:0],
        "evolution": nothing.evolution.iloc[:0],
        "cohorts": nothing.cohorts.iloc[:0],
        "differences": nothing.differences.iloc[:0],
        "rejected": nothing.rejected.iloc[:0],
    }
    vars(nothing).update(empty)
    assert openpyxl.load_workbook(io.BytesIO(workbook_bytes(nothing, parameters=parameters())))["Postes ouverts"]
