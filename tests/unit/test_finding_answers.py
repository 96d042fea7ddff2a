"""The client's answers: the sheet sent with the draft report, filled in, comes back with the documents."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from auditlib import schemas
from auditlib.deliver.sections_advice import findings
from auditlib.deliver.workbook import workbook_bytes
from auditlib.formats import Formats
from auditlib.indicators import compute
from auditlib.loaders.intake import load_documents
from auditlib.loaders.source import read_sources
from auditlib.parameters import Parameters
from auditlib.working_papers import working_papers
from tests.unit.results_fixture import parameters, results

LEDGER = """\
Code client;Nom client;Date;N° pièce;Libellé;Date échéance;Débit;Crédit;Lettrage
C1;Alpha;02/06/2025;F1;Facture F1;02/07/2025;1200,00;;
C1;Alpha;03/11/2025;;Virement;;;50,00;
"""


HEADER = ["Identifiant du constat", "Constat", "Responsable", "Date prévue", "Réponse du client", "Décision"]


def sheet(folder: Path, rows: list[list[Any]], *, title: str = "Constats", header: list[str] | None = None) -> Path:
    """Write answers as a client might type them."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = title
    page.append(["Nos réponses au projet de rapport"])
    page.append(header or HEADER)
    for row in rows:
        page.append(row)
    path = folder / "reponses.xlsx"
    book.save(path)
    return path


def test_a_sheet_of_answers_is_told_by_its_headers_and_read_row_by_row(tmp_path: Path) -> None:
    path = sheet(tmp_path, [
        ["missing_due_dates", "…", "Mme Roy", dt.date(2026, 2, 15), "Conditions demandées", "accepté"],
        ["unallocated_receipts", "…", None, None, "Lettré le 12/01", "sans suite"],
        ["no_such_finding", "…", None, None, "?", None], ["cut_off", "…", None, None, None, None], [None]])
    (source,) = read_sources(path)
    assert source.kind == "finding_answers"
    assert source.table[["finding", "answer", "owner", "decision", "source_row"]].to_numpy().tolist() == [
        ["missing_due_dates", "Conditions demandées", "Mme Roy", "accepted", 3],
        ["unallocated_receipts", "Lettré le 12/01", "", "no_action", 4]]
    assert source.table["due_date"].tolist()[0] == pd.Timestamp("2026-02-15")
    refused = source.skipped[source.skipped["class"] == "rejected"]
    assert refused["source_row"].tolist() == [5]
    assert "identifier" in refused["reason"].iloc[0]
    assert source.rows_read == len(source.table) + int(source.skipped["count"].sum())


@pytest.mark.parametrize("header", [
    ["Finding", "Sentence", "Owner", "Due date", "Client's answer", "Decision"],
    ["Identifiant", "Constat", "Responsable", "Échéance", "Réponse client", "Décision du client"]])
def test_other_wordings_of_the_headers_are_understood(tmp_path: Path, header: list[str]) -> None:
    path = sheet(tmp_path, [["cut_off", "x", "M. Roy", "15/02/2026", "Corrected", "corrected"]], header=header)
    (source,) = read_sources(path)
    row = source.table.iloc[0]
    assert (row["owner"], row["due_date"], row["decision"]) == ("M. Roy", pd.Timestamp("2026-02-15"), "corrected")


def test_the_mapping_may_name_the_columns(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["cut_off", "", "", "", "Vu", ""]], header=["Réf", "b", "c", "d", "Commentaire", "f"])
    mapping = {path.name: {"kind": "finding_answers", "columns": {"finding": "Réf", "answer": "Commentaire"}}}
    (source,) = read_sources(path, mapping=mapping)
    assert source.table[["finding", "answer"]].to_numpy().tolist() == [["cut_off", "Vu"]]


def audited(folder: Path) -> Any:
    base = Parameters(client="acme", as_of_date=dt.date(2025, 12, 31), documents=[str(folder)])
    intake = load_documents(base, as_of_date=base.as_of_date)
    return base, intake, compute(intake, parameters=base, as_of_date=base.as_of_date)


def test_answers_of_the_workbook_sent_back_are_carried_into_findings_report_and_sheet(tmp_path: Path) -> None:
    (tmp_path / "grand_livre.csv").write_text(LEDGER, encoding="utf-8")
    base, _, draft = audited(tmp_path)
    before = working_papers(draft)
    assert "dispute_without_code" in before["finding"].tolist()
    assert set(before["status"]) == {"open"}
    returned = tmp_path / "audit rempli.xlsx"
    returned.write_bytes(workbook_bytes(draft, parameters=base))
    book = openpyxl.load_workbook(returned)
    page = book["Constats à commenter"]
    for row in page.iter_rows(min_row=6):
        if row[0].value == "dispute_without_code":
            row[7].value, row[8].value = "M. Roy", dt.date(2026, 2, 1)
            row[9].value, row[10].value = "Affecté", "accepté"
    book.save(returned)
    base, intake, final = audited(tmp_path)
    assert intake.intake.set_index("sheet").loc["Constats à commenter", "role"] == "attributes"
    assert set(intake.intake.loc[intake.intake["sheet"] == "Postes ouverts", "role"]) == {"unused"}
    assert len(intake.movements) == 2  # our own sheets give no item
    for row in intake.intake.to_dict("records"):
        assert row["rows_read"] == row["rows_loaded"] + row["rows_skipped"] + row["rows_rejected"]
    paper = working_papers(final).set_index("finding").loc["dispute_without_code"]
    assert (paper["owner"], paper["answer"], paper["decision"], paper["status"]) == (
        "M. Roy", "Affecté", "accepted", "answered")
    assert paper["due_date"] == pd.Timestamp("2026-02-01")
    section = findings(final, Formats())
    assert section is not None
    assert any("Affecté" in row for row in section.tables[0].rows)
    again = openpyxl.load_workbook(tmp_path / "audit rempli.xlsx")["Constats à commenter"]
    assert again.protection.sheet


def answers(**row: Any) -> pd.DataFrame:
    values = {"finding": "cut_off", "answer": "Corrigé", "owner": "", "due_date": pd.NaT, "decision": "corrected",
              "source_file": "r.xlsx", "source_sheet": "", "source_row": 3} | row
    return schemas.validate(pd.DataFrame([values]).astype({"due_date": "datetime64[s]"}), schemas.ANSWERS)


def test_a_finding_answered_and_found_no_more_is_lifted() -> None:
    audit = results()
    vars(audit)["answers"] = answers()
    papers = working_papers(audit)
    assert papers["finding"].tolist()[-1] == "cut_off"
    assert papers["status"].tolist()[-1] == "lifted"
    assert papers["rows"].tolist()[-1] == 0
    owner_only = results()
    vars(owner_only)["answers"] = answers(answer="", decision="", owner="Mme Roy")
    assert "cut_off" not in working_papers(owner_only)["finding"].tolist()


def test_every_paper_says_risk_cause_action_and_owner() -> None:
    papers = working_papers(results())
    for name in ("risk", "cause", "action", "owner"):
        assert all(papers[name] != "")
    assert papers["finding"].is_unique


def test_the_sheet_to_comment_on_asks_only_for_what_the_client_knows() -> None:
    content = workbook_bytes(results(), parameters=parameters())
    page = openpyxl.load_workbook(io.BytesIO(content))["Constats à commenter"]
    header = [cell.value for cell in page[5]]
    open_cells = {name for name, cell in zip(header, page[6], strict=True) if not cell.protection.locked}
    assert open_cells == {"Responsable", "Date prévue", "Réponse du client", "Décision"}
    (listed,) = page.data_validations.dataValidation
    assert listed.formula1 == '"accepté,contesté,corrigé,sans suite"'
