"""The follow-up workbook: made from the results, filled in, sorted and added to, it comes back into the next run."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from auditlib.audit_results import AuditResults
from auditlib.deliver.follow_up_workbook import write_follow_up
from auditlib.indicators import compute
from auditlib.loaders.intake import Intake, load_documents
from auditlib.parameters import Parameters

AS_OF = dt.date(2025, 6, 30)
LEDGER = """Compte;Nom;Journal;Date;Pièce;Libellé;Échéance;Débit;Crédit;Lettrage
411A;Alpha;VE;10/01/2025;F1;Facture F1;09/02/2025;1200,00;;A
411A;Alpha;BQ;15/02/2025;R1;Virement Alpha;;;1200,00;A
411A;Alpha;VE;05/03/2025;F2;Facture F2;04/04/2025;600,00;;
411A;Alpha;VE;05/03/2025;;Facture sans numéro;04/04/2025;90,00;;
411B;Bravo;VE;20/05/2025;F3;Facture F3;19/06/2025;360,50;;
411B;Bravo;VE;10/06/2025;F4;Facture F4;10/07/2025;240,00;;
"""
"""At 30/06/2025: Alpha owes 600.00 and 90.00, 87 days overdue; Bravo owes 360.50, 11 days overdue, 240.00 not due."""


def run(documents: Path) -> tuple[Intake, AuditResults, Parameters]:
    parameters = Parameters.model_validate({"client": "acme", "as_of_date": AS_OF, "documents": [str(documents)]})
    intake = load_documents(parameters, as_of_date=AS_OF)
    return intake, compute(intake, parameters=parameters, as_of_date=AS_OF), parameters


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Return the workbook of a first run, among the documents of the next."""
    (tmp_path / "grand_livre.csv").write_text(LEDGER, encoding="utf-8")
    _intake, results, parameters = run(tmp_path)
    (path,) = write_follow_up(results, tmp_path, parameters=parameters)
    return path


def header_of(page: Worksheet) -> tuple[int, dict[str, int]]:
    row = next(row for row in range(1, 12) if "Client" in [cell.value for cell in page[row]])
    return row, {str(cell.value): number for number, cell in enumerate(page[row], start=1)}


def type_in(page: Worksheet, where: dict[str, Any], values: dict[str, Any]) -> None:
    """Type values into the row whose cells are as asked."""
    header, columns = header_of(page)
    row = next(row for row in range(header + 1, page.max_row + 1)
               if all(page.cell(row, columns[name]).value == value for name, value in where.items()))
    for name, value in values.items():
        page.cell(row, columns[name], value)


def sort_backwards(page: Worksheet) -> None:
    header, _columns = header_of(page)
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=header + 1)]
    for number, values in enumerate(reversed(rows), start=header + 1):
        for column, value in enumerate(values, start=1):
            page.cell(number, column).value = value  # None empties a cell


def test_what_a_collector_fills_in_comes_back_into_the_figures(sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    day = dt.datetime
    type_in(book["Clients"], {"Code client": "411B"}, {
        "Action faite": "Premier appel", "Canal utilisé": "téléphone", "Action faite le": day(2025, 6, 27),
        "Commentaire de l’action": "Paiera", "Montant promis": 200, "Promesse faite le": day(2025, 6, 27),
        "Promis pour le": day(2025, 7, 15)})
    type_in(book["Pièces"], {"Pièce": "F2"}, {
        "Montant promis": 600, "Promesse faite le": day(2025, 5, 1), "Promis pour le": day(2025, 5, 20)})
    type_in(book["Pièces"], {"Clé montant": "9000"}, {
        "Motif du litige": "Prix", "Litige ouvert le": day(2025, 5, 2), "Montant contesté": 40})
    for title in ("Clients", "Pièces"):
        sort_backwards(book[title])
    type_in(book["Nos engagements"], {"Code client": None}, {
        "Code client": "411B", "Pièce": "F3", "Engagement": "Envoyer un duplicata", "Responsable": "Léa",
        "À faire pour le": day(2025, 6, 20)})
    type_in(book["Contacts"], {"Code client": None}, {
        "Code client": "411A", "Nom du contact": "Mme Roy", "E-mail": "roy@alpha.example"})
    book.save(sent)

    intake, results, parameters = run(sent.parent)
    promises = results.promises.astype({"outcome": "str"}).sort_values("amount_cents")
    assert promises[["customer_id", "document_ref", "amount_cents", "outcome"]].to_numpy().tolist() == [
        ["411B", "", 200_00, "pending"], ["411A", "F2", 600_00, "broken"]]
    assert results.summary["indicators"]["promise_kept_rate"]["value"] == 0.0
    assert results.disputes[["customer_id", "amount_cents", "reason"]].to_numpy().tolist() == [["411A", 40_00, "Prix"]]
    assert results.summary["receivable"]["disputed"] == 40.0
    assert results.actions.astype({"step": "str"})[["customer_id", "step", "comment"]].to_numpy().tolist() == [
        ["411B", "call_1", "Paiera"]]
    assert results.contacts[["customer_id", "name"]].to_numpy().tolist() == [["411A", "Mme Roy"]]
    test = results.tests.set_index(results.tests["test"].astype("str")).loc["overdue_commitments"]
    assert (test["status"], test["amount_cents"]) == ("exception", 360_50)
    ours = intake.intake[intake.intake["file"] == sent.name]
    assert (ours["rows_read"] == ours["rows_loaded"] + ours["rows_skipped"] + ours["rows_rejected"]).all()
    assert int(ours["rows_rejected"].sum()) == 0
    # A second workbook holds what the first one brought, so that nothing is lost when it replaces it.
    sent.unlink()
    (again,) = write_follow_up(results, sent.parent, parameters=parameters)
    _intake, later, _parameters = run(again.parent)
    for name in ("promises", "disputes", "commitments", "contacts", "actions"):
        before, after = getattr(results, name), getattr(later, name)
        kept = [column for column in before.columns if not column.startswith("source_")]
        order = [column for column in kept if before[column].dtype.kind not in "M"]
        first, second = (frame[kept].sort_values(order).reset_index(drop=True) for frame in (before, after))
        pd.testing.assert_frame_equal(first, second, check_categorical=False)


def test_what_cannot_be_understood_is_rejected_with_its_reason(sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    type_in(book["Clients"], {"Code client": "411B"}, {"Action faite": "Danse", "Action faite le": "hier"})
    day = dt.datetime
    type_in(book["Pièces"], {"Pièce": "F2"}, {"Litige ouvert le": day(2025, 5, 2), "Litige clos le": day(2025, 4, 2)})
    type_in(book["Promesses"], {"Code client": None}, {
        "Code client": "411Z", "Montant promis": 10, "Promis pour le": day(2025, 7, 2)})
    book.save(sent)
    intake, results, _parameters = run(sent.parent)
    refused = intake.rejected[intake.rejected["class"] == "rejected"]
    said = dict(zip(refused["source_sheet"].astype("str"), refused["reason"], strict=True))
    assert said["Clients"].startswith("Action faite: 'Danse' is not one of the choices of the list; choose one of Pré")
    assert said["Pièces"] == "Litige clos le: the dispute is closed before it is opened"
    assert said["Promesses"] == "no customer of the items has this code or name"
    assert results.promises.empty
    assert results.actions.empty
    told = results.findings.set_index(results.findings["finding"].astype("str")).loc["follow_up_rejected"]
    assert told["rows"] == 2  # that of the promises is told with the other lists of promises


def test_an_untouched_workbook_changes_nothing_and_the_same_results_give_the_same_bytes(sent: Path) -> None:
    first = sent.read_bytes()
    _intake, results, parameters = run(sent.parent)
    assert results.promises.empty
    assert results.summary["receivable"]["disputed"] is None or results.summary["receivable"]["disputed"] == 0
    (again,) = write_follow_up(results, sent.parent, parameters=parameters)
    assert again.read_bytes() == first


def test_lists_colours_filters_and_panes_are_there(sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    page = book["Clients"]
    header, columns = header_of(page)
    lists = [check for check in page.data_validations.dataValidation if check.type == "list"]
    assert len(lists) == 2
    assert all(str(check.formula1).startswith("'Listes'!") for check in lists)
    assert page.freeze_panes == f"D{header + 1}"
    assert page.auto_filter.ref is not None
    assert len(list(page.conditional_formatting)) >= 3
    letter = openpyxl.utils.get_column_letter(columns["Clé client"])
    assert page.column_dimensions[letter].hidden
    assert book["Listes"].sheet_state == "hidden"
    assert not page.protection.sheet
