"""What the audit tests read beyond the items: due dates of another extract, validation dates, negative entries."""

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd

from auditlib.indicators import compute
from auditlib.loaders.intake import Intake, load_documents
from auditlib.parameters import Parameters

DAY = dt.date(2025, 12, 31)
OPEN = """\
Postes ouverts au {day}
Code client;Nom client;N° facture;Date facture;Date échéance;Montant;Reste dû
C1;Alpha;F1001;02/06/2025;{due};1200,00;1200,00
C2;Beta;F1002;03/06/2025;31/07/2025;600,00;600,00
"""
HEADER = ("JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|"
          "PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise")


def loaded(folder: Path) -> tuple[Intake, Any]:
    parameters = Parameters(client="acme", as_of_date=DAY, documents=[str(folder)])
    intake = load_documents(parameters, as_of_date=DAY)
    results = compute(intake, parameters=parameters, as_of_date=DAY)
    return intake, results.test_rows


def test_two_lists_of_open_items_show_a_due_date_that_moved(tmp_path: Path) -> None:
    (tmp_path / "ouverts_novembre.csv").write_text(OPEN.format(day="30/11/2025", due="02/07/2025"), encoding="utf-8")
    (tmp_path / "ouverts_decembre.csv").write_text(OPEN.format(day="31/12/2025", due="31/10/2025"), encoding="utf-8")
    intake, rows = loaded(tmp_path)
    assert sorted(intake.extracts["document_ref"]) == ["F1001", "F1002"]
    moved = rows[rows["test"] == "re_aged_invoices"]
    assert moved[["document_ref", "amount_cents", "detail", "days"]].astype({"detail": "str"}).to_numpy().tolist() == [
        ["F1001", 1200_00, "due_later", 121.0]]  # 02/07 to 31/10
    assert moved["source_file"].tolist() == ["ouverts_decembre.csv"]


def fec(*lines: str) -> str:
    return "\r\n".join((HEADER, *lines)) + "\r\n"


def test_an_fec_tells_the_validation_and_the_side_of_each_entry(tmp_path: Path) -> None:
    sold = "VE|Ventes|1|20250602|{account}|x|{aux}||F1|20250602|Facture F1|{debit}|{credit}|||20250930||"
    undone = "OD|Divers|2|20250603|{account}|x|{aux}||F1|20250603|Extourne F1|{debit}|{credit}|||20250604||"
    (tmp_path / "999999999FEC20251231.txt").write_text(fec(
        sold.format(account="411000", aux="C1", debit="120,00", credit="0,00"),
        sold.format(account="707000", aux="", debit="0,00", credit="120,00"),
        undone.format(account="411000", aux="C1", debit="-20,00", credit="0,00"),
        undone.format(account="707000", aux="", debit="0,00", credit="-20,00")), encoding="latin-1")
    intake, rows = loaded(tmp_path)
    assert intake.movements["valid_date"].tolist() == [pd.Timestamp("2025-09-30"), pd.Timestamp("2025-06-04")]
    assert intake.movements["is_negative_entry"].tolist() == [False, True]
    late = rows[rows["test"] == "late_validation"]
    assert (late["source_row"].tolist(), late["days"].tolist()) == ([2], [120.0])  # 02/06 to 30/09
    assert rows.loc[rows["test"] == "wrong_signs", "source_row"].tolist() == [4]


def test_a_ledger_without_such_columns_carries_none(tmp_path: Path) -> None:
    (tmp_path / "ouverts.csv").write_text(OPEN.format(day="31/12/2025", due="31/10/2025"), encoding="utf-8")
    intake, _ = loaded(tmp_path)
    assert not {"valid_date", "is_negative_entry"} & set(intake.movements.columns)
    assert intake.extracts.empty
