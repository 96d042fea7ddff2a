"""The workbook of adjustments: made, filled in, read back, renewed, and its place in a run, its key and its purge."""

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from auditlib.adjustment_picks import adjustment_picks
from auditlib.adjustment_words import CHANGES, COLUMNS, KIND_NAMES, TYPE_NAMES, codes_by_word, plain_word
from auditlib.adjustments import adjust
from auditlib.deliver.adjustments_shown import adjustments_section, adjustments_sheet
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.ledger import build_ledger
from auditlib.loaders.adjustments_file import adjustments_digest, read_adjustments
from auditlib.parameters import Method, load_parameters
from auditlib.present.tables_adjustments import adjustments as shown
from auditlib.run.adjustments import write_adjustments
from auditlib.run.engagement import open_engagement
from auditlib.run.manifest import input_hashes
from auditlib.run.purge import data_of
from auditlib.texts import LANGUAGES, translator
from tests.project import write_client
from tests.unit.adjustment_cases import audited, case, corrections, targeting
from tests.unit.intakes import T

LEDGER = """Compte;Nom;Journal;Date;Pièce;Libellé;Échéance;Débit;Crédit;Lettrage
411A;Alpha;VE;10/01/2025;FA2025-001;Facture FA2025-001;09/02/2025;1200,00;;
411A;Alpha;BQ;15/02/2025;R1;Virement FA2025-001;;;1200,00;
411A;Alpha;VE;05/03/2025;FA2025-002;Facture FA2025-002;04/04/2025;600,00;;
411B;Bravo;VE;10/01/2025;FB2025-001;Facture FB2025-001;09/02/2025;9000,00;;A
411B;Bravo;BQ;15/02/2025;R2;Virement;;;9000,00;A
"""
"""Lettered for the most part, so that codes decide; the first receipt quotes an invoice that it does not letter."""
DECIDED: tuple[Any, ...] = ("Vu avec le client", "C. Aubry", dt.date(2025, 7, 2))
"""Reason, author and day of a correction."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_client(tmp_path, "alpha", LEDGER)
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    return tmp_path


def fill(path: Path, *rows: list[Any], sheet: str = "Ajustements") -> None:
    """Write rows into the sheet to fill in, under its header, as a spreadsheet would."""
    workbook = load_workbook(path)
    page = workbook[sheet]
    header = next(row for row in range(1, 20) if page.cell(row, 1).value in ("Correction", "Adjustment"))
    free = next(row for row in range(header + 1, 400) if page.cell(row, 1).value is None)
    for number, row in enumerate(rows, start=free):
        for column, value in enumerate(row, start=1):
            page.cell(number, column, value)
    workbook.save(path)


def picked(path: Path, *, number: int = 0) -> list[Any]:
    """Return the nine cells of a row of the list of matches and items, from the correction to the new value."""
    rows = list(load_workbook(path)["Pièces et rapprochements"].iter_rows(values_only=True))
    header = next(place for place, row in enumerate(rows) if row[0] == "Correction")
    return list(rows[header + 1 + number][:9])


def test_a_match_copied_from_the_list_counts_in_the_next_run(home: Path) -> None:
    report = write_adjustments("alpha")
    assert (report.is_new, report.proposals, report.items) == (True, 1, 3)
    before = open_engagement("alpha").results().summary
    fill(report.path, [*picked(report.path), *DECIDED])
    after = open_engagement("alpha").results().summary
    assert (before["receivable"]["gross"], before["receivable"]["total"]) == (1800, 600)
    assert (after["receivable"]["gross"], after["receivable"]["total"]) == (600, 600)
    assert after["adjustments"]["changes"] == {"accept_match": {"count": 1, "amount": -1200.0}}


def test_what_is_written_stays_when_the_list_is_renewed(home: Path) -> None:
    path = write_adjustments("alpha").path
    fill(path, [*picked(path), *DECIDED])
    written = read_adjustments(path)
    report = write_adjustments("alpha")
    assert (report.is_new, report.proposals, report.items) == (False, 0, 1), "what is accepted is proposed no more"
    pd.testing.assert_frame_equal(read_adjustments(path), written)
    kept = load_workbook(path)
    assert kept.sheetnames[:2] == ["Ajustements", "Pièces et rapprochements"]
    assert kept["Ajustements"].data_validations.dataValidation, "the list to choose from is still there"


def test_only_what_is_filled_in_makes_a_run_stale(home: Path) -> None:
    parameters = load_parameters("alpha", home=home)
    without = input_hashes(parameters)
    path = write_adjustments("alpha").path
    assert input_hashes(parameters) == without
    fill(path, [*picked(path), *DECIDED])
    changed = input_hashes(parameters)
    assert set(changed) - set(without) == {"alpha.adjustments.xlsx"}
    write_adjustments("alpha")
    assert input_hashes(parameters) == changed


def test_the_workbook_is_purged_with_its_client(home: Path) -> None:
    path = write_adjustments("alpha").path
    assert path in data_of("alpha")
    assert path.stat().st_mode & 0o077 == 0


def test_a_sheet_in_english_is_read_by_a_french_run(home: Path) -> None:
    path = write_adjustments("alpha", language="en").path
    sheet, picks = load_workbook(path).sheetnames[:2]
    rows = list(load_workbook(path)[picks].iter_rows(values_only=True))
    copied = next(list(row[:9]) for row in rows if row[1] == "grand_livre.csv")
    workbook = load_workbook(path)
    for column, value in enumerate([*copied, *DECIDED], start=1):
        workbook[sheet].cell(5, column, value)
    workbook.save(path)
    assert read_adjustments(path)["change"].tolist() == ["accept_match"]


@pytest.mark.parametrize(("change", "missing", "said"), [
    ("Corriger l'échéance", "Nouvelle valeur", "nouvelle valeur"), ("effacer", "", "correction inconnue"),
    ("Exclure de l’encours", "Motif", "motif"), ("Exclure de l’encours", "Auteur", "auteur"),
    ("Exclure de l’encours", "Date", "date"), ("Exclure de l’encours", "Montant", "pièce non désignée"),
    ("Changer la nature de la pièce", "", "nouvelle valeur"), ("Corriger le type de client", "Code client", "code"),
])
def test_a_row_that_lacks_something_is_rejected_with_what_it_lacks(
    tmp_path: Path, change: str, missing: str, said: str,
) -> None:
    cells = {"Correction": change, "Fichier": "gl.csv", "Feuille": "", "Ligne": 4, "Code client": "411A",
             "Pièce": "F2", "Échéance": "", "Montant": "600,00", "Nouvelle valeur": "31/12/2025", "Motif": "Vu",
             "Auteur": "CA", "Date": "02/07/2025"}
    workbook = Workbook()
    workbook.worksheets[0].append(list(cells))
    workbook.worksheets[0].append([None if name == missing else value for name, value in cells.items()])
    workbook.save(tmp_path / "a.xlsx")
    row = read_adjustments(tmp_path / "a.xlsx").iloc[0]
    assert row["status"] == "rejected" and said in row["why"] and row["sheet_row"] == 2


def test_dates_numbers_and_codes_are_read_as_typed(tmp_path: Path) -> None:
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.append(["Correction", "Fichier", "Feuille", "Ligne", "Code client", "Pièce", "Échéance", "Montant",
                 "Nouvelle valeur", "Motif", "Auteur", "Date"])
    page.append(["Corriger l’échéance", "gl.xlsx", "GL", 12, 411001, 2025001, dt.date(2025, 4, 4), -1234.5,
                 dt.date(2026, 1, 31), "Avenant", "CA", "02/07/2025"])
    page.append(["changer la nature de la pièce", "gl.xlsx", "GL", "13", "00411", "F 2", None, "1 234,50", "Avoir", "x",
                 "CA", dt.date(2025, 7, 3)])
    workbook.save(tmp_path / "a.xlsx")
    first, second = read_adjustments(tmp_path / "a.xlsx").to_dict("records")
    assert (first["customer_id"], first["document_ref"], first["amount_cents"]) == ("411001", "2025001", -1_234_50)
    assert (first["new_value"], first["decided_on"]) == ("2026-01-31", pd.Timestamp("2025-07-02"))
    assert (second["customer_id"], second["amount_cents"], second["new_value"]) == ("00411", 1_234_50, "credit_note")
    assert [first["status"], second["status"]] == ["read", "read"]


def test_a_workbook_without_the_sheet_or_without_a_column_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = Workbook()
    workbook.worksheets[0].append(["Correction", "Motif", "Auteur"])
    workbook.save(path)
    with pytest.raises(BadInputError, match=r"a\.xlsx, sheet Sheet, row 1: column Fichier"):
        read_adjustments(path)
    path.write_bytes(b"not a workbook")
    with pytest.raises(BadInputError, match="not a readable workbook"):
        adjustments_digest(path)


def test_items_to_pick_are_those_of_the_documents_whatever_was_corrected() -> None:
    intake = case()
    rows = corrections(targeting(intake, "F1", "exclude"), targeting(intake, "F2", "customer", "B"))
    corrected = adjust(intake, rows)
    ledger = build_ledger(corrected.intake.movements, as_of_date=T, method=Method(matching="codes"))
    picks = adjustment_picks(corrected, movements=intake.movements, ledger=ledger).set_index("document_ref")
    assert picks["source_row"].to_dict() == {"R1": 3, "F2": 4, "F3": 5, "R2": 6}
    assert picks.loc["F2", "customer_id"] == "A", "as the file has it: what a correction is held against"


def test_report_workbook_and_notebook_show_the_same_corrections() -> None:
    intake = case()
    found = audited(intake, targeting(intake, "F2", "exclude"), targeting(intake, "F1", "kind", "receipt"))
    formats = Formats()
    section, sheet = adjustments_section(found, formats), adjustments_sheet(found, formats)
    assert section is not None and sheet is not None
    compared, listed = section.tables
    overdue = next(row for row in compared.rows if row[0] == "Échu")
    assert [text.replace("\u202f", " ").replace("\xa0", " ") for text in overdue[1:]] == [
        "1 800,00 €", "1 200,00 €", "-600,00 €"]
    assert [row[-1].split(" : ")[0] for row in listed.rows] == ["appliqué", "rejeté"]
    assert [row[-1] for row in listed.rows] == list(sheet.columns[-1].values)
    assert "Solde des comptes" in section.sentence and "Vu avec le client" in shown(found, formats)
    plain = audited(intake)
    assert adjustments_section(plain, formats) is None and adjustments_sheet(plain, formats) is None
    assert "Aucun ajustement" in shown(plain, formats)


@pytest.mark.parametrize("words", [COLUMNS, CHANGES, KIND_NAMES, TYPE_NAMES])
def test_each_word_leads_back_to_its_code_in_both_languages(words: dict[str, str]) -> None:
    for language in LANGUAGES:
        spoken = [translator(language).gettext(word) for word in words.values()]
        assert [codes_by_word(words)[plain_word(word)] for word in spoken] == list(words)
