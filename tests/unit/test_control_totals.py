"""Totals that documents print beside the rows loaded: which rows each covers, and which rows are suspected."""

import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import openpyxl
import pandas as pd
import pytest

from auditlib.deliver.workbook import workbook_bytes
from auditlib.formats import Formats
from auditlib.loaders.source import Source, read_sources
from auditlib.loaders.suspects import amounts_in
from auditlib.loaders.totals_check import TotalsCheck, check_totals
from auditlib.present import tables_sources
from tests.unit import results_fixture

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

GROUPED = """Société Acme;;;;;;
Grand livre des tiers;;;;;;
Période du 01/01/2025 au 30/06/2025;;;;;;
Total général : 1 350,50;;;;;;
Date;Journal;Pièce;Libellé;Débit;Crédit;Lettrage
411A;Alpha;;;;;
10/01/2025;VE;F1;Facture F1;1200,00;;A
15/02/2025;BQ;R1;Virement;;1200,00;A
05/03/2025;VE;F2;Facture F2;600,00;;
A reporter;;;;1800,00;1200,00;
Grand livre des tiers;;;;;;
Date;Journal;Pièce;Libellé;Débit;Crédit;Lettrage
Report;;;;1800,00;1200,00;
411A;Alpha (suite);;;;;
06/03/2025;VE;F5;Facture F5;100,00;;
Total compte 411A;;;;1900,00;1200,00;
411B;Bravo;;;;;
20/05/2025;VE;F3;Facture F3;360,50;;
10/06/2025;VE;F4;Facture F4;240,00;;
Total compte 411B;;;;600,50;;
411C;Charlie;;;;;
01/02/2025;VE;F9;Facture F9;50,00;;
Total compte 411C;;;;50,00;;
Total général;;;;2550,50;1200,00;
Nombre de lignes : 7;;;;;;
"""
"""Alpha 700.00 over two pages, Bravo 600.50, Charlie 50.00: 1 350.50."""
PAGES = """Date;Compte;Nom;Journal;Pièce;Libellé;Débit;Crédit
10/01/2025;411A;Alpha;VE;F1;Facture F1;1200,00;
15/02/2025;411A;Alpha;BQ;R1;Virement;;1200,00
Total page 1;;;;;;1200,00;1200,00
05/03/2025;411A;Alpha;VE;F2;Facture F2;600,00;
20/05/2025;411B;Bravo;VE;F3;Facture F3;360,50;
Total page 2;;;;;;960,50;
Total général;;;;;;2160,50;1200,00
Nombre d'écritures : 4;;;;;;;
"""
AGED = """Balance âgée au 30/06/2025;;;;
Compte;Nom;Total;Non échu;1-30 jours
411A;Alpha;700,00;700,00;
411B;Bravo;600,50;240,00;360,50
Total;;1300,50;940,00;360,50
%;;100,00;72,28;27,72
2 clients;;;;
"""
Read = Callable[[str], Source]

F5 = "06/03/2025;VE;F5;Facture F5;100,00;;\n"
F3 = "20/05/2025;411B;Bravo;VE;F3;Facture F3;360,50;\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(text: str) -> Source:
        (tmp_path / "etat.csv").write_text(text, encoding="utf-8")
        (source,) = read_sources(tmp_path / "etat.csv")
        return source

    return reading


def gaps(check: TotalsCheck) -> list[tuple[int, int]]:
    broken = check.control_totals[~check.control_totals["agrees"]]
    return list(zip(broken["source_row"].tolist(), broken["difference_cents"].tolist(), strict=True))


def suspected(check: TotalsCheck, total_row: int) -> list[tuple[int, str]]:
    own = check.suspects[check.suspects["total_row"] == total_row]
    return list(zip(own["source_row"].tolist(), own["suspicion"].astype("str").tolist(), strict=True))


def sentences(check: TotalsCheck) -> str:
    return " ".join(part["sentence"].iloc[0] for part in check.findings)


@pytest.mark.parametrize(("text", "compared"), [(GROUPED, 6), (PAGES, 3), (AGED, 1)])
def test_a_document_whose_totals_hold_says_nothing(read: Read, text: str, compared: int) -> None:
    check = check_totals(read(text))
    assert len(check.control_totals) == compared
    assert check.control_totals["agrees"].all()
    assert check.findings == []
    assert check.suspects.empty


def test_each_sum_is_compared_with_the_rows_it_covers(read: Read) -> None:
    found = check_totals(read(PAGES)).control_totals
    assert found["scope"].astype("str").tolist() == ["block", "block", "whole"]
    assert found[["printed_cents", "loaded_cents"]].to_numpy().tolist() == [[0, 0], [96050, 96050], [96050, 96050]]


@pytest.mark.parametrize(("reference", "own", "gap"), [
    ("F1", 9, -120000), ("R1", 9, 120000), ("F2", 9, -60000), ("F5", 15, -10000), ("F3", 19, -36050),
    ("F4", 19, -24000), ("F9", 23, -5000)])
def test_any_line_that_is_missing_is_noticed_where_it_stood(
    read: Read, reference: str, own: int, gap: int,
) -> None:
    """`own`: the row of the next sum, a page carried forward, a customer's total, or the grand total."""
    kept = [line for line in GROUPED.splitlines(keepends=True) if f";{reference};" not in line]
    check = check_totals(read("".join(kept)))
    assert gaps(check)[-1] == (23, gap)
    assert (own, gap) in gaps(check)
    assert "7 lignes, 6 sont lues" in sentences(check)


def test_a_rejected_row_that_holds_the_difference_is_the_suspect(read: Read) -> None:
    check = check_totals(read(GROUPED.replace("06/03/2025;VE;F5", "33/13/2025;VE;F5")))
    assert gaps(check) == [(16, -10000), (24, -10000)]
    assert suspected(check, 16) == [(15, "rejected")]
    assert suspected(check, 24) == [(15, "rejected"), (16, "subtotal")]
    assert "Facture F5" in check.suspects["text"].iloc[0]
    assert "15 (rejetée)" in sentences(check)


def test_a_row_of_half_the_difference_has_its_sign_suspected(read: Read) -> None:
    check = check_totals(read(PAGES.replace(F3, F3.replace(";360,50;", ";;360,50"))))
    assert gaps(check) == [(7, -72100), (8, -72100)]
    assert suspected(check, 7) == [(6, "sign")]


def test_a_row_printed_twice_is_suspected_by_its_amount(read: Read) -> None:
    check = check_totals(read(PAGES.replace(F3, F3 * 2)))
    assert gaps(check) == [(8, 36050), (9, 36050)]
    assert suspected(check, 8) == [(6, "same_amount"), (7, "same_amount")]


def test_a_customer_without_a_row_is_a_missing_block(read: Read) -> None:
    lines = [line for line in GROUPED.splitlines(keepends=True) if ";F3;" in line or ";F4;" in line]
    check = check_totals(read(GROUPED.replace("".join(lines), "")))
    assert gaps(check)[-1] == (22, -60050)
    assert suspected(check, 22) == [(18, "missing_block")]


def test_the_total_of_the_title_is_compared(read: Read) -> None:
    check = check_totals(read(GROUPED.replace("Total général : 1 350,50", "Solde total : 1 351,50 €")))
    (found,) = check.findings
    assert (found["finding"].iloc[0], found["amount_cents"].iloc[0]) == ("broken_totals", -100)


def test_a_count_of_customers_is_compared(read: Read) -> None:
    check = check_totals(read(AGED.replace("2 clients", "Nombre de clients : 3")))
    assert "3 clients, 2 sont lus (-1)" in sentences(check)


def test_a_missing_row_of_an_aged_balance_is_missed_by_its_total(read: Read) -> None:
    assert gaps(check_totals(read(AGED.replace("411B;Bravo;600,50;240,00;360,50\n", "")))) == [(4, -60050)]


def test_sums_that_nothing_explains_are_not_compared(read: Read) -> None:
    twice = PAGES.replace("Total page 1;;;;;;1200,00;1200,00", "Total page 1;;;;;;17,00;5,00").replace(
        "Total page 2;;;;;;960,50;", "Total page 2;;;;;;23,00;9,00")
    assert gaps(check_totals(read(twice))) == []


def test_gaps_and_suspects_are_shown_with_their_rows(read: Read) -> None:
    check = check_totals(read(GROUPED.replace("06/03/2025;VE;F5", "33/13/2025;VE;F5")))
    results = results_fixture.results()
    results = cast("AuditResults", SimpleNamespace(**{
        **vars(results), "control_totals": check.control_totals, "suspects": check.suspects}))
    assert "-100,00" in tables_sources.printed_totals(results, Formats())
    listed = tables_sources.suspects(results, Formats())
    assert listed.index("etat.csv") < listed.index("Facture F5") < listed.index("rejetée")
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(results, parameters=results_fixture.parameters())))
    rows = [row for row in book["Totaux imprimés"].iter_rows(values_only=True) if row[0] == "etat.csv"]
    assert [(row[2], row[7]) for row in rows[:2]] == [(16, -100), (24, -100)]
    assert len(rows) == 2 + len(check.suspects)


def test_amounts_are_read_in_the_cells_of_a_row() -> None:
    assert amounts_in("33/13/2025 | VE | F5 | Facture F5 | 1 100,00 | -20,5") == {110000, 2050}


def test_lines_of_other_accounts_count_in_the_totals_of_a_trial_balance(read: Read) -> None:
    trial = ("Compte;Intitulé;Débit;Crédit\n411000;Clients;3000,50;1200,00\n707000;Ventes;;3000,50\n"
             "512000;Banque;1200,00;\nTotal général;;4200,50;4200,50\n")
    check = check_totals(read(trial))
    assert check.control_totals["agrees"].tolist() == [True]
    assert isinstance(check.suspects, pd.DataFrame)
