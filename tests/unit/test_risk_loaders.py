"""Documents of risk: accounts at a date, claims sold, official extracts of procedures."""

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditlib.insolvency_check import is_check_current, last_check
from auditlib.loaders.account_totals import account_totals
from auditlib.loaders.intake import Intake, load_documents
from auditlib.loaders.source import TitleBlock, read_sources
from auditlib.parameters import NonDisclosure, Parameters
from tests.unit.hand_made_sources import parameters, source, table

T = dt.date(2025, 12, 31)
LEDGER = """Code client;Nom client;Journal;Pièce;Libellé;Date;Échéance;Débit;Crédit
C1;Alpha SAS;VE;F1;Facture F1;01/11/2025;15/12/2025;1200,00;
C2;Beta SARL;VE;F2;Facture F2;05/11/2025;20/12/2025;600,00;
C3;Gamma;VE;F3;Facture F3;06/11/2025;20/12/2025;300,00;
"""
CUSTOMERS = """Code client;Nom client;SIREN;Conditions de paiement
C1;Alpha SAS;111 111 111;30 jours
C2;Beta SARL;22222222200015;30 jours
C3;Gamma;;30 jours
"""
BODACC = """Extrait du BODACC édité le 05/01/2026
SIREN;Dénomination;Nature du jugement;Date de jugement;Date de parution
111111111;ALPHA;Jugement d'ouverture de liquidation judiciaire;10/12/2025;20/12/2025
222 222 222;BETA;Jugement d'ouverture de redressement judiciaire;02/03/2024;10/03/2024
222222222;BETA;Jugement de clôture pour extinction du passif;01/06/2025;08/06/2025
333333333;Société GAMMA;Jugement d'ouverture de sauvegarde;01/10/2025;09/10/2025
999999999;OMEGA;Jugement d'ouverture de liquidation judiciaire;01/10/2025;09/10/2025
"""


def loaded(folder: Path, **files: str) -> Intake:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    given = Parameters(client="acme", as_of_date=T, documents=["."], source=folder / "acme.yaml",
                       nda=NonDisclosure(allow_unsigned=True))
    return load_documents(given, as_of_date=T)


def test_an_extract_of_the_register_matches_by_siren_and_only_proposes_by_name(tmp_path: Path) -> None:
    intake = loaded(tmp_path, ledger=LEDGER, clients=CUSTOMERS, bodacc=BODACC)
    kinds = dict(zip(intake.intake["file"], intake.intake["kind"], strict=True))
    assert kinds["bodacc.csv"] == "insolvency_list"
    found = intake.insolvencies
    assert found["customer_id"].tolist() == ["C1"]  # C2's procedure is over, C3 has the name only
    assert found["judgment_date"].tolist() == [pd.Timestamp("2025-12-10")]
    assert found["publication_date"].tolist() == [pd.Timestamp("2025-12-20")]
    said = intake.findings.set_index("finding")["sentence"]
    assert "Alpha SAS" in said["insolvent_customers"] and "Beta" not in said["insolvent_customers"]
    assert "Gamma" in said["insolvency_name_proposals"]
    assert "1 clients professionnels n'ont pas de SIREN" in said["insolvency_unchecked"]
    assert sorted(intake.customers["customer_id"]) == ["C1", "C2", "C3"]  # no company of the extract became a customer
    rows = intake.intake.set_index("file").loc["bodacc.csv"]
    assert rows["rows_read"] == rows["rows_loaded"] + rows["rows_skipped"] + rows["rows_rejected"]
    assert (rows["rows_loaded"], rows["role"]) == (3, "attributes")
    assert last_check(intake.intake, stated=None) == dt.date(2026, 1, 5)
    assert last_check(intake.intake, stated=dt.date(2026, 1, 9)) == dt.date(2026, 1, 9)


def test_an_open_data_extract_has_its_judgment_in_one_cell(tmp_path: Path) -> None:
    notice = ('"{""type"": ""initial"", ""famille"": ""Jugement d\'ouverture"", ""nature"": ""Jugement d\'ouverture de '
              'liquidation judiciaire"", ""date"": ""2025-11-20""}"')
    text = f"registre;commercant;dateparution;jugement\n\"111111111,111 111 111\";ALPHA;2025-12-01;{notice}\n"
    other = text.splitlines()[1].replace("1", "8") + "\n"
    intake = loaded(tmp_path, ledger=LEDGER, clients=CUSTOMERS, annonces=text + other)
    found = intake.insolvencies
    assert found["customer_id"].tolist() == ["C1"]
    assert found["judgment_date"].tolist() == [pd.Timestamp("2025-11-20")]
    assert "liquidation" in found["procedure"].iloc[0] and "{" not in found["procedure"].iloc[0]
    assert last_check(intake.intake, stated=None) == dt.date(2025, 12, 1)  # its last publication: no other date in it


@pytest.mark.parametrize(("checked", "current"), [(None, False), ("2025-12-16", True), ("2025-12-15", False),
                                                  ("2026-01-05", True)])
def test_no_letter_on_a_check_older_than_fifteen_days(checked: str | None, current: bool) -> None:
    day = None if checked is None else dt.date.fromisoformat(checked)
    assert is_check_current(day, on=T, max_days=15) is current


FACTOR = """Relevé du factor - factures cédées au 31/12/2025
Code client;Nom client;N° facture;Montant TTC;Date de cession;Échéance;Recours;Date de règlement
C1;Alpha SAS;F0;500,00;01/12/2025;31/01/2026;oui;
C2;Beta SARL;F8;250,00;01/12/2025;31/01/2026;non;
C9;Inconnu;F9;100,00;01/12/2025;31/12/2025;oui;03/01/2026
;Total;;850,00;;;;
"""
BILLS = """Code client;N° effet;Montant;Date d'escompte;Échéance;Mode de cession
C1;LCR1;700,00;10/12/2025;31/01/2026;Escompte
C2;LCR2;300,00;10/12/2025;31/01/2026;Autre
"""


def test_lists_of_claims_sold(tmp_path: Path) -> None:
    intake = loaded(tmp_path, ledger=LEDGER, clients=CUSTOMERS, cedees=FACTOR, effets=BILLS)
    kinds = dict(zip(intake.intake["file"], intake.intake["kind"], strict=True))
    assert (kinds["cedees.csv"], kinds["effets.csv"]) == ("ceded", "ceded")
    found = intake.ceded.astype({"way": "str"}).sort_values("document_ref")
    assert list(zip(found["document_ref"], found["customer_id"], found["amount_cents"], found["way"], strict=True)) == [
        ("F0", "C1", 50_000, "factored"), ("F9", "C9", 10_000, "factored"), ("LCR1", "C1", 70_000, "discounted")]
    assert found.set_index("document_ref").loc["F9", "settled_on"] == pd.Timestamp("2026-01-03")
    rows = intake.intake.set_index("file")
    assert rows.loc["effets.csv", "rows_rejected"] == 1
    assert (rows["rows_read"] == rows["rows_loaded"] + rows["rows_skipped"] + rows["rows_rejected"]).all()
    assert len(intake.movements) == 3


def test_a_mapping_settles_what_a_list_is(tmp_path: Path) -> None:
    plain = "Code client;N° facture;Montant;Échéance;Type\nC1;F5;80,00;31/01/2026;LCR\n"
    (tmp_path / "x.csv").write_text(plain, encoding="utf-8")
    (read,) = read_sources(tmp_path / "x.csv")
    assert read.kind != "ceded"
    (told,) = read_sources(tmp_path / "x.csv", mapping={"x.csv": {"kind": "ceded", "columns": {"ceded_way": "Type"}}})
    assert told.kind == "ceded" and len(told.table) == 1


LINES = ("entry", "journal", "account", "customer_id", "posting_date", "debit_cents", "credit_cents")


def books(*rows: tuple[Any, ...]) -> Any:
    made = source("fec", table(("customer_id",), ("C1",)))
    lines = pd.DataFrame(rows, columns=list(LINES)).assign(
        posting_date=lambda frame: pd.to_datetime(frame["posting_date"]))
    object.__setattr__(made, "entries", lines)
    return made


YEARS = (
    (1, "AN", "491000", "", "2024-01-01", 0, 1_000), (2, "OD", "491000", "", "2024-12-31", 0, 500),
    (2, "OD", "681740", "", "2024-12-31", 500, 0), (3, "AN", "491000", "", "2025-01-01", 0, 1_500),
    (4, "OD", "491000", "", "2025-12-31", 0, 700), (4, "OD", "681740", "", "2025-12-31", 700, 0),
    (5, "VE", "411000", "C1", "2025-06-01", 120, 0), (5, "VE", "445710", "", "2025-06-01", 0, 20),
    (5, "VE", "707000", "", "2025-06-01", 0, 100), (6, "OD", "491000", "", "2026-03-31", 0, 9_999),
)


def balances(*sources: Any, day: dt.date = T) -> dict[str, int]:
    found = account_totals(sources, parameters=parameters(), as_of_date=day)
    return dict(zip(found["account"], found["debit_cents"] - found["credit_cents"], strict=True))


def test_accounts_at_a_date_from_two_years_of_books() -> None:
    """Openings repeat what the year before left: only the last year counts; results are those of the year."""
    assert balances(books(*YEARS)) == {"445710": -20, "491000": -2_200, "681740": 700, "707000": -100}


def test_without_an_opening_balance_sheet_accounts_run_on_and_results_do_not() -> None:
    without = [row for row in YEARS if not (row[1] == "AN" and row[4] == "2025-01-01")]
    assert balances(books(*without))["491000"] == -(1_000 + 500 + 700)
    assert balances(books(*without))["681740"] == 700


def test_a_trial_balance_of_the_date_stands_where_no_books_do() -> None:
    made = source("trial_balance", table(("account",), ("491000",)), title=TitleBlock(as_of_date=T),
                  entries=[(-1, "491000", "", "", 0, 2_200), (-1, "411000", "", "", 90, 0)])
    old = source("trial_balance", table(("account",), ("491000",)), title=TitleBlock(as_of_date=dt.date(2024, 12, 31)),
                 entries=[(-1, "491000", "", "", 0, 1)])
    assert balances(old, made) == {"491000": -2_200}
    assert balances(old) == {}
    assert balances() == {}
