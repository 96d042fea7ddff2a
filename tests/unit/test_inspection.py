"""The report of a sheet: what was understood, how surely, and each of its first rows under its class."""

import json
from pathlib import Path

import click
import pytest

from auditlib.loaders.inspection import SourceReport, inspect_files
from auditlib.loaders.preview import FIRST, MOST
from auditlib.run.inspection_text import described
from tests.project import ROOT

GROUPED = """Grand livre des tiers au 31/12/2025;;;;;
Date;Pièce;Libellé;Échéance;Débit;Crédit;Remarque libre
411A;Alpha SAS;;;;;
10/01/2025;F1;Facture;09/02/2025;1 200,00;;vu
15/02/2025;R1;Virement;;;200,00;
Total du tiers;;;;1 200,00;200,00;
411B;Bravo SARL;;;;;
20/05/2025;F3;Facture;19/06/2025;360,50;;
99/99/2025;F4;Facture;;10,00;;
Total du tiers;;;;370,50;;
Total général;;;;1 570,50;200,00;
"""
"""Rows 3 and 7 name customers; row 9 has no date that exists, so that Bravo's 370.50 is loaded as 360.50."""


@pytest.fixture
def report(tmp_path: Path) -> SourceReport:
    path = tmp_path / "Grand livre.csv"
    path.write_text(GROUPED, encoding="utf-8")
    found, = inspect_files([path])
    return found


def test_each_row_stands_under_its_class(report: SourceReport) -> None:
    assert [(line["row"], line["class"]) for line in report.preview] == [
        (1, "title"), (2, "header"), (3, "customer_header"), (4, "item"), (5, "item"), (6, "subtotal"),
        (7, "customer_header"), (8, "item"), (9, "rejected"), (10, "subtotal"), (11, "total")]
    assert report.preview[3]["cells"][:3] == ["10/01/2025", "F1", "Facture"]
    assert report.preview[8]["reason"]


def test_printed_totals_stand_beside_those_loaded(report: SourceReport) -> None:
    assert (report.controls["subtotals_compared"], report.controls["subtotals_agreeing"]) == (2, 1)
    told = [(total["row"], total["printed"], total["loaded"], total["delta"]) for total in report.controls["totals"]]
    assert told == [(11, 1370.5, 1360.5, -10.0), (10, 370.5, 360.5, -10.0)]


def test_columns_have_samples_and_those_without_a_role_are_told(report: SourceReport) -> None:
    columns = {column["header"]: column for column in report.columns}
    assert columns["Débit"]["samples"] == ["1 200,00", "360,50"] and columns["Débit"]["role"] == "debit_cents"
    assert [(column["header"], column["samples"]) for column in report.unmapped] == [("Remarque libre", ["vu"])]


def test_habits_are_told_with_their_evidence(report: SourceReport) -> None:
    assert (report.sign, report.decimal_mark, report.decimal_mark_evident) == ("debit_positive", ",", True)
    assert (report.date_order, report.date_order_evident, report.layout) == ("day_first", True, "grouped")
    assert report.header_rows == (2,) and report.headers[:2] == ("date", "piece")


def test_the_report_survives_json(report: SourceReport) -> None:
    text = json.dumps(report.to_dict(), allow_nan=False)
    assert SourceReport.from_dict(json.loads(text)) == report


def test_the_readme_names_every_key_of_the_json(report: SourceReport) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [key for key in report.to_dict() if f"`{key}`" not in readme] == []


def test_rows_shown_are_few_and_those_around_a_rejected_one_are_among_them(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    lines = ["Client;Date;Pièce;Montant"] + [f"Alpha;10/01/2025;F{row};12,00" for row in range(2, 2001)]
    for row in range(500, 1500, 2):
        lines[row - 1] = f"Alpha;10/01/2025;F{row};douze"
    path.write_text("\n".join(lines), encoding="utf-8")
    report, = inspect_files([path])
    shown = [line["row"] for line in report.preview]
    assert shown[:FIRST] == list(range(1, FIRST + 1)) and len(shown) == MOST
    assert {499, 500, 501} <= set(shown) and 2000 in shown


def test_a_file_nothing_is_understood_of_is_shown_with_its_problem(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("x;y\nhello;world\n", encoding="utf-8")
    report, = inspect_files([path])
    assert (report.kind, report.preview[1]["cells"]) == ("unknown", ["hello", "world"])
    assert "header" in report.problem and "problem" in described(report)


def test_the_text_has_the_first_rows_the_other_classes_and_what_is_beside_a_rejected_row(report: SourceReport) -> None:
    text = described(report, rows=2)
    assert "control   1 of 2 printed subtotals agree" in text and "difference -10.00" in text
    rows = [click.unstyle(line).split()[:2] for line in text.splitlines()[-9:]]
    assert rows == [["1", "title"], ["2", "header"], ["3", "customer_header"], ["6", "subtotal"],
                    ["7", "customer_header"], ["8", "item"], ["9", "rejected"], ["10", "subtotal"], ["11", "total"]]


def test_a_ledger_with_due_dates_alone_keeps_its_opening(tmp_path: Path) -> None:
    path = tmp_path / "Grand livre.csv"
    path.write_text("Compte;Libellé;Échéance;Débit;Crédit\n411A;Solde antérieur;;100,00;\n"
                    "411A;Facture;09/02/2025;1 200,00;\n411A;Virement;12/02/2025;;1 200,00\n", encoding="utf-8")
    report, = inspect_files([path])
    assert (report.classes, report.balance) == ({"loaded": 3, "header": 1}, 100.0)
