"""Lists of promises to pay: found by their headers in both languages, every row loaded or refused with its reason."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from auditlib.loaders.intake import Intake, load_documents
from auditlib.loaders.source import read_sources
from auditlib.parameters import Parameters

LEDGER = """Code client;Nom client;Journal;Date;N° pièce;Échéance;Débit;Crédit;Lettrage
C1;Alpha;VE;01/03/2025;F-001;31/03/2025;1200,00;;
C1;Alpha;VE;02/03/2025;F-002;31/03/2025;300,00;;
C2;Bêta;VE;05/03/2025;F-003;30/04/2025;450,50;;
C2;Bêta;BQ;02/05/2025;R1;;;100,00;
"""
FRENCH = """Code client;Nom client;N° facture;Date promesse;Date de règlement promise;Montant promis
C1;Alpha;F-001;10/04/2025;20/04/2025;1 200,00
C2;;;11/04/2025;25/04/2025;200,00
;Alpha;F-002;;30/04/2025;
C2;Bêta;F-999;11/04/2025;25/04/2025;50,00
C9;Inconnu;;11/04/2025;25/04/2025;50,00
C1;Alpha;;11/04/2025;25/04/2025;
C1;Alpha;F-001;11/04/2025;;10,00
C1;Alpha;F-001;11/05/2025;25/04/2025;10,00
"""
ENGLISH = """Customer no,Customer name,Invoice number,Promise made on,Promised date,Promised amount
C1,Alpha,F-001,2025-04-10,2025-04-20,1200.00
"""


def load(folder: Path, name: str, text: str, **given: object) -> Intake:
    (folder / "grand_livre.csv").write_text(LEDGER, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    parameters = Parameters.model_validate({
        "client": "acme", "as_of_date": dt.date(2025, 12, 31), "documents": [str(folder)], **given})
    return load_documents(parameters, as_of_date=parameters.as_of_date)


def test_a_french_list_is_found_and_every_row_accounted_for(tmp_path: Path) -> None:
    intake = load(tmp_path, "promesses.csv", FRENCH)
    found = intake.promises.assign(made_on=intake.promises["made_on"].dt.strftime("%m-%d"),
                                   promised_on=intake.promises["promised_on"].dt.strftime("%m-%d"))
    assert found.astype(object).where(found.notna(), None).to_numpy().tolist() == [
        ["C1", 0, 1_200_00, "04-10", "04-20"], ["C2", -1, 200_00, "04-11", "04-25"],
        ["C1", 1, 300_00, None, "04-30"]]  # the amount and the customer of an item named by its reference
    rows = intake.intake.loc[intake.intake["kind"] == "promises"].astype({"role": "str"})
    assert rows[["role", "rows_read", "rows_loaded", "rows_skipped", "rows_rejected"]].to_numpy().tolist() == [
        ["attributes", 9, 3, 1, 5]]
    refused = intake.rejected[intake.rejected["class"] == "rejected"].sort_values("source_row")
    assert refused["source_row"].tolist() == [5, 6, 7, 8, 9]
    assert [reason.split(";")[0].split(",")[0] for reason in refused["reason"]] == [
        "no item of this reference and customer is loaded", "no customer of the items has this code or name",
        "no amount above nil is promised", "the day the payment is promised for is missing or cannot be read",
        "the payment is promised for a day before that of the promise"]


def test_an_english_list_is_found(tmp_path: Path) -> None:
    promises = load(tmp_path, "promises.csv", ENGLISH).promises
    assert promises[["customer_id", "movement_id", "amount_cents"]].to_numpy().tolist() == [["C1", 0, 1_200_00]]


def test_the_auditor_may_say_that_a_file_holds_promises(tmp_path: Path) -> None:
    text = "Client;Payé vers le;Somme annoncée\nC2;25/04/2025;200,00\n"
    mapping = {"suivi.csv": {"kind": "promises", "header_row": 1, "columns": {
        "customer_id": "Client", "promised_on": "Payé vers le", "amount": "Somme annoncée"}}}
    promises = load(tmp_path, "suivi.csv", text, mapping=mapping).promises
    assert promises[["customer_id", "amount_cents"]].to_numpy().tolist() == [["C2", 200_00]]
    assert promises["made_on"].isna().all()


@pytest.mark.parametrize(("header", "row"), [
    ("Reste dû;Échéance;Date promise", "10,00;31/03/2025;20/04/2025"),
    ("Débit;Crédit;Date promise", "10,00;0,00;20/04/2025")])
def test_items_with_a_column_of_promises_stay_items(tmp_path: Path, header: str, row: str) -> None:
    path = tmp_path / "postes.csv"
    path.write_text(f"Code client;N° facture;Date facture;{header}\nC1;F1;01/03/2025;{row}\n", encoding="utf-8")
    assert read_sources(path)[0].kind != "promises"


def test_without_a_list_there_are_no_promises(tmp_path: Path) -> None:
    (tmp_path / "grand_livre.csv").write_text(LEDGER, encoding="utf-8")
    parameters = Parameters(client="acme", as_of_date=dt.date(2025, 12, 31), documents=[str(tmp_path)])
    promises = load_documents(parameters, as_of_date=parameters.as_of_date).promises
    assert isinstance(promises, pd.DataFrame)
    assert promises.empty
