"""Follow-up documents: contacts, reminder logs, our commitments, and the workbook's rows, each loaded or refused."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from auditlib.follow_up_words import STEPS
from auditlib.loaders.intake import Intake, load_documents
from auditlib.loaders.source import read_sources
from auditlib.parameters import Parameters
from auditlib.scenario_calendar import STEP_CODES

LEDGER = """Code client;Nom client;Journal;Date;N° pièce;Échéance;Débit;Crédit;Lettrage
C1;Alpha;VE;01/03/2025;F-001;31/03/2025;1200,00;;
C1;Alpha;VE;02/03/2025;F-002;31/03/2025;300,00;;
C2;Bêta;VE;05/03/2025;F-003;30/04/2025;450,50;;
C2;Bêta;BQ;02/05/2025;R1;;;100,00;
"""
KEYS = ["Clé client", "Clé pièce", "Clé fichier", "Clé feuille", "Clé ligne", "Clé montant"]
ITEMS = ["Code client", "Client", "Pièce", "Montant promis", "Promesse faite le", "Promis pour le", "Motif du litige",
         "Litige ouvert le", "Montant contesté", "Litige suivi par", "Litige clos le", "Contentieux",
         "Contentieux engagé le", *KEYS]


def load(folder: Path, **given: object) -> Intake:
    (folder / "grand_livre.csv").write_text(LEDGER, encoding="utf-8")
    parameters = Parameters.model_validate({
        "client": "acme", "as_of_date": dt.date(2025, 12, 31), "documents": [str(folder)], **given})
    cache = folder.with_name(f"{folder.name}-cache")
    return load_documents(parameters, as_of_date=parameters.as_of_date, cache_dir=cache)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def accounting(intake: Intake, kind: str) -> list[int]:
    rows = intake.intake[intake.intake["kind"] == kind]
    return [int(rows[name].sum()) for name in ("rows_read", "rows_loaded", "rows_skipped", "rows_rejected")]


def reasons(intake: Intake) -> dict[int, str]:
    refused = intake.rejected[intake.rejected["class"] == "rejected"]
    return dict(zip(refused["source_row"].tolist(), refused["reason"].tolist(), strict=True))


def book(folder: Path, sheets: dict[str, list[list[Any]]], name: str = "suivi.xlsx") -> Path:
    """Write sheets, each under a title row as our workbook has."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        page = workbook.create_sheet(title)
        page.append([title])
        for row in rows:
            page.append(row)
    path = folder / name
    workbook.save(path)
    return path


def test_a_clients_contacts_are_loaded_with_their_mark(tmp_path: Path) -> None:
    write(tmp_path, "contacts.csv", """Client;Nom;Fonction;E-mail;Téléphone;Adresse;Portail;Ne pas contacter
C1;Mme Roy;Comptabilité;roy@alpha.example;01 02 03 04 05;1 rue Haute;;
Bêta;M. Sy;Acheteur;;06 00 00 00 00;;Chorus Pro;oui
C9;Personne;;x@y.example;;;;
C2;M. Trop;;;;;;peut-être
;Anonyme;;a@b.example;;;;
""")
    intake = load(tmp_path)
    assert intake.contacts[["customer_id", "name", "role", "email", "phone", "portal", "do_not_contact"]].to_numpy(
    ).tolist() == [["C1", "Mme Roy", "Comptabilité", "roy@alpha.example", "01 02 03 04 05", "", False],
                   ["C2", "M. Sy", "Acheteur", "", "06 00 00 00 00", "Chorus Pro", True]]
    assert accounting(intake, "contacts") == [6, 2, 1, 3]
    why = reasons(intake)
    assert sorted(why) == [4, 5, 6]
    assert "no customer of the items" in why[4]
    assert "'peut-être' is not one of the choices" in why[5]
    assert "no customer is named" in why[6]
    again = load(tmp_path)  # from the cache
    pd.testing.assert_frame_equal(intake.contacts, again.contacts)


@pytest.mark.parametrize(("header", "row"), [
    ("Code client;Raison sociale;Téléphone;SIREN;Conditions de paiement", "C1;Alpha;0102030405;;30 jours"),
    ("Code client;Nom;Téléphone", "C1;Alpha;0102030405"),
    ("Code client;N° facture;Échéance;Reste dû;Niveau de relance;Date de relance",
     "C1;F1;31/03/2025;10,00;2;01/05/2025")])
def test_other_lists_with_a_telephone_or_a_reminder_stay_what_they_are(tmp_path: Path, header: str, row: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert read_sources(path)[0].kind not in {"contacts", "actions", "commitments"}


def test_a_clients_log_of_reminders_is_loaded(tmp_path: Path) -> None:
    write(tmp_path, "relances.csv", """Code client;N° facture;Date de relance;Niveau de relance;Canal;Par;Commentaire
C1;F-001;15/04/2025;1;e-mail;Lea;Envoyée
C2;;20/05/2025;Premier appel;téléphone;Lea;Rappeler
C2;;;2;e-mail;Lea;Sans date
C1;;32/04/2025;2;e-mail;Lea;
C1;;01/05/2025;99;e-mail;Lea;
""")
    intake = load(tmp_path)
    actions = intake.actions.astype({"step": "str", "channel": "str"})
    assert actions[["customer_id", "document_ref", "step", "channel", "owner", "comment"]].to_numpy().tolist() == [
        ["C1", "F-001", "reminder_1", "email", "Lea", "Envoyée"], ["C2", "", "call_1", "phone", "Lea", "Rappeler"]]
    assert actions["done_on"].dt.strftime("%Y-%m-%d").tolist() == ["2025-04-15", "2025-05-20"]
    assert accounting(intake, "actions") == [6, 2, 1, 3]
    assert {row: why.split(";")[0] for row, why in reasons(intake).items()} == {
        4: "Action faite le: no date is given", 5: "Action faite le: '32/04/2025' is not a date",
        6: "Action faite: '99' is not one of the choices of the list"}


def test_our_commitments_are_loaded(tmp_path: Path) -> None:
    book(tmp_path, {"Nos engagements": [
        ["Code client", "Client", "Pièce", "Engagement", "Responsable", "À faire pour le", "Tenu le"],
        ["C1", "Alpha", "F-001", "Envoyer un duplicata", "Lea", dt.date(2025, 5, 2), None],
        ["C2", "Bêta", "", "Émettre un avoir", "Luc", dt.date(2025, 5, 2), dt.date(2025, 5, 1)],
        ["C2", "Bêta", "F-999", "Livrer ou compléter", "Luc", dt.date(2025, 5, 2), None],
        ["C2", "Bêta", "", "Danser", "Luc", dt.date(2025, 5, 2), None],
        ["C1", "Alpha", "", "Répondre au litige", "Luc", None, None]]})
    intake = load(tmp_path)
    found = intake.commitments.astype({"what": "str"})
    assert found[["customer_id", "document_ref", "what", "owner"]].to_numpy().tolist() == [
        ["C1", "F-001", "duplicate", "Lea"], ["C2", "", "credit_note", "Luc"]]
    assert found["kept_on"].isna().tolist() == [True, False]
    assert accounting(intake, "commitments") == [7, 2, 2, 3]
    assert "no item of this reference" in reasons(intake)[5]


def test_rows_of_the_workbook_become_promises_disputes_and_litigations(tmp_path: Path) -> None:
    day = dt.date
    key = ["grand_livre.csv", ""]
    book(tmp_path, {"Postes": [
        ITEMS,
        ["C1", "Alpha", "F-001", 500, day(2025, 5, 1), day(2025, 5, 20), *[None] * 7, "C1", "F-001", *key, 2, 120000],
        ["C1", "Alpha", "F-002", *[None] * 3, "Prix", day(2025, 4, 2), 80.5, "Luc", *[None] * 3,
         "C1", "F-002", *key, 3, 30000],
        ["C2", "Bêta", "F-003", *[None] * 8, "Injonction de payer", day(2025, 9, 1), "C2", "F-003", *key, 4, 45050],
        ["C1", "Alpha", "F-001", 500, day(2025, 5, 9), day(2025, 5, 2), *[None] * 7, "C1", "F-001", *key, 2, 120000],
        ["C1", "Alpha", "F-001", "beaucoup", day(2025, 5, 9), "demain", *[None] * 13],
        ["C1", "Alpha", "F-001", *[None] * 10, "C1", "F-001", *key, 2, 120000]]})
    intake = load(tmp_path)
    assert intake.promises[["customer_id", "movement_id", "amount_cents"]].to_numpy().tolist() == [["C1", 0, 500_00]]
    assert intake.disputes[["movement_id", "amount_cents", "reason", "owner"]].to_numpy().tolist() == [
        [1, 80_50, "Prix", "Luc"], [2, 450_50, "Contentieux : Injonction de payer", ""]]
    assert intake.actions.astype({"step": "str"})[["customer_id", "step"]].to_numpy().tolist() == [["C2", "hand_over"]]
    assert accounting(intake, "follow_up") == [8, 3, 3, 2]
    assert {row: why.split(";")[0] for row, why in reasons(intake).items()} == {
        6: "the payment is promised for a day before that of the promise",
        7: "Montant promis: 'beaucoup' is not an amount"}


def test_a_dispute_of_the_workbook_replaces_that_of_a_list_and_a_promise_counts_once(tmp_path: Path) -> None:
    write(tmp_path, "litiges.csv", "Code client;N° facture;Motif litige;Date litige;Montant\n"
          "C1;F-001;Qualité;01/04/2025;200,00\nC2;F-003;Prix;02/04/2025;50,00\n")
    write(tmp_path, "promesses.csv", "Code client;N° facture;Date promesse;Date de règlement promise;Montant promis\n"
          "C1;F-001;01/05/2025;20/05/2025;500,00\n")
    book(tmp_path, {"Postes": [
        ITEMS,
        ["C1", "Alpha", "F-001", 500, dt.date(2025, 5, 1), dt.date(2025, 5, 20), "Qualité", dt.date(2025, 4, 1), 200,
         "Luc", dt.date(2025, 6, 1), None, None, "C1", "F-001", "grand_livre.csv", "", 2, 120000]]})
    intake = load(tmp_path)
    assert len(intake.promises) == 1
    closed = intake.disputes.set_index("movement_id")["closed_on"]
    assert closed[closed.notna()].to_dict() == {0: pd.Timestamp(2025, 6, 1)}
    assert set(closed.index) == {0, 2}


def test_the_log_names_every_step_of_the_scenarios() -> None:
    assert tuple(STEPS) == STEP_CODES
