"""Several files of one client: each entry once, each overlap said by pair of files, twins kept."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from auditlib.loaders.intake import Intake, load_documents
from auditlib.parameters import NonDisclosure, Parameters

T = dt.date(2025, 6, 30)
HEADER = ("Compte", "Nom", "Journal", "Date", "Pièce", "Libellé", "Échéance", "Débit", "Crédit", "Lettrage")
SALE = ("411A", "Alpha", "VE", "10/01/2025", "F1", "Facture F1", "09/02/2025", "1200,00", "", "A")
PAYMENT = ("411A", "Alpha", "BQ", "15/02/2025", "R1", "Virement Alpha", "", "", "1200,00", "A")
TWIN = ("411A", "Alpha", "VE", "05/03/2025", "F2", "Facture F2", "04/04/2025", "600,00", "", "")
OTHER = ("411B", "Bravo", "VE", "20/05/2025", "F3", "Facture F3", "19/06/2025", "360,50", "", "")
LAST = ("411B", "Bravo", "VE", "10/06/2025", "F4", "Facture F4", "10/07/2025", "240,00", "", "")
WHOLE = (SALE, PAYMENT, TWIN, TWIN, OTHER, LAST)
"""Owed at the end: 2 × 600.00 + 360.50 + 240.00 = 1 800.50."""
FEC_HEADER = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise")

Row = tuple[str, ...]
Load = Callable[..., Intake]


def csv(*rows: Row, without: tuple[str, ...] = ()) -> str:
    kept = [place for place, name in enumerate(HEADER) if name not in without]
    return "".join(";".join(row[place] for place in kept) + "\n" for row in (HEADER, *rows))


def fec(*rows: Row) -> str:
    lines = [FEC_HEADER]
    for number, row in enumerate(rows, start=1):
        day = "".join(reversed(row[3].split("/")))
        head = (row[2], row[2], str(number), day)
        debit, credit = row[7] or "0,00", row[8] or "0,00"
        tail = (row[4], day, row[5])
        lines.append((*head, "411000", "Clients", row[0].removeprefix("411"), row[1], *tail, debit, credit, row[9], "",
                      day, "", ""))
        other = ("707000", "Ventes") if row[2] == "VE" else ("512000", "Banque")
        lines.append((*head, *other, "", "", *tail, credit, debit, "", "", day, "", ""))
    return "".join("\t".join(line) + "\n" for line in lines)


def frame(*rows: Row) -> pd.DataFrame:
    """Return rows with typed dates and amounts, as an export to Excel has them."""
    typed = pd.DataFrame(list(rows), columns=list(HEADER))
    for name in ("Date", "Échéance"):
        typed[name] = pd.to_datetime(typed[name], format="%d/%m/%Y", errors="coerce")
    for name in ("Débit", "Crédit"):
        typed[name] = pd.to_numeric(typed[name].str.replace(",", "."))
    return typed


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load documents written to a folder: texts by file name, or frames by sheet of a workbook."""
    def loaded(files: dict[str, str | dict[str, pd.DataFrame]], *, day: dt.date = T) -> Intake:
        for name, content in files.items():
            if isinstance(content, str):
                (tmp_path / name).write_text(content, encoding="utf-8")
                continue
            with pd.ExcelWriter(tmp_path / name) as book:
                for sheet, rows in content.items():
                    rows.to_excel(book, sheet_name=sheet, index=False)
        parameters = Parameters(client="acme", as_of_date=day, documents=[str(tmp_path)],
                                nda=NonDisclosure(allow_unsigned=True), source=tmp_path / "acme.yaml")
        return load_documents(parameters, as_of_date=day)

    return loaded


def said(intake: Intake, name: str) -> list[tuple[int, int, str]]:
    found = intake.findings[intake.findings["finding"].astype("str") == name]
    return list(found[["rows", "amount_cents", "sentence"]].itertuples(index=False, name=None))


def check_rows(intake: Intake) -> None:
    rows = intake.intake
    assert (rows["rows_read"] == rows["rows_loaded"] + rows["rows_skipped"] + rows["rows_rejected"]).all()
    assert int(intake.rejected["count"].sum()) == int((rows["rows_skipped"] + rows["rows_rejected"]).sum())


def test_overlapping_months_are_loaded_once_and_said_by_pair(load: Load) -> None:
    intake = load({"janvier-mai.csv": csv(*WHOLE[:5]), "mars-juin.csv": csv(*WHOLE[2:])})
    assert intake.movements["amount_cents"].sum() == 180050
    assert len(intake.movements) == 6  # both twins
    ((rows, amount, sentence),) = said(intake, "rows_in_two_files")
    assert (rows, amount) == (3, 60000 + 60000 + 36050)
    assert "mars-juin.csv" in sentence and "janvier-mai.csv" in sentence
    check_rows(intake)


def test_three_files_are_said_pair_by_pair(load: Load) -> None:
    intake = load({"a.csv": csv(*WHOLE[:3]), "b.csv": csv(*WHOLE[1:5]), "c.csv": csv(*WHOLE[4:])})
    assert sorted(rows for rows, _, _ in said(intake, "rows_in_two_files")) == [1, 2]
    assert intake.movements["amount_cents"].sum() == 180050


def test_the_same_file_twice_is_read_once_and_said(load: Load) -> None:
    intake = load({"copie de gl.csv": csv(*WHOLE), "gl.csv": csv(*WHOLE)})
    assert intake.movements["amount_cents"].sum() == 180050
    ((rows, amount, sentence),) = said(intake, "same_file_twice")
    assert (rows, amount) == (6, 180050)
    assert sentence.startswith("copie de gl.csv : même fichier que « gl.csv »")
    assert said(intake, "rows_in_two_files") == said(intake, "source_not_used") == []
    check_rows(intake)


def test_an_aged_balance_sent_twice_is_one_second_source(load: Load) -> None:
    aged = ("Balance âgée au 30/06/2025\n\nCompte;Nom;Total;Non échu;1-30 jours;31-60 jours\n"
            "411B;Bravo;600,50;240,00;360,50;0\n")
    intake = load({"gl.csv": csv(*WHOLE), "agee.csv": aged, "agee (1).csv": aged})
    assert len(intake.second_sources) == 1
    assert len(said(intake, "same_file_twice")) == 1


def test_an_fec_of_the_same_entries_is_a_second_source(load: Load) -> None:
    intake = load({"gl.csv": csv(*WHOLE), "123456789FEC20250630.txt": fec(*WHOLE)})
    assert set(intake.movements["source_file"].astype("str")) == {"gl.csv"}
    (second,) = intake.second_sources
    assert second.balances["amount_cents"].sum() == intake.movements["amount_cents"].sum() == 180050


def test_an_fec_of_the_year_before_gives_its_items_too(load: Load) -> None:
    before = ("411A", "Alpha", "VE", "20/11/2024", "F0", "Facture F0", "", "400,00", "", "")
    paid = ("411B", "Bravo", "VE", "02/05/2024", "F8", "Facture F8", "", "90,00", "", "A")
    payment = ("411B", "Bravo", "BQ", "02/06/2024", "R8", "Virement", "", "", "90,00", "A")
    opening = ("411A", "Alpha", "AN", "01/01/2025", "F0", "A nouveau F0", "", "400,00", "", "")
    intake = load({"gl 2025.csv": csv(opening, *WHOLE), "123456789FEC20241231.txt": fec(before, paid, payment)})
    assert intake.movements["amount_cents"].sum() == 180050 + 40000
    assert intake.history_start == dt.date(2024, 5, 2)
    assert set(intake.customers["customer_id"]) == {"411A", "411B"}
    assert [rows for rows, _, _ in said(intake, "openings_already_loaded")] == [1]
    assert said(intake, "opening_differs") == []
    check_rows(intake)


def test_an_older_extract_without_codes_adds_nothing(load: Load) -> None:
    intake = load({"a_ancien.csv": csv(*WHOLE[:5], without=("Lettrage",)), "gl.csv": csv(*WHOLE)})
    assert intake.movements["amount_cents"].sum() == 180050
    assert sorted(intake.movements["matching_code"].astype("str")) == ["", "", "", "", "A", "A"]


def test_an_entry_matched_anew_between_two_extracts_is_one_entry(load: Load) -> None:
    before = [(*row[:-1], row[-1].lower()) for row in WHOLE[:5]]  # a partial code, in small letters
    intake = load({"a_mai.csv": csv(*before), "b_juin.csv": csv(*WHOLE)})
    assert intake.movements["amount_cents"].sum() == 180050
    assert sorted(intake.movements["matching_code"].astype("str")) == ["", "", "", "", "A", "A"]


def test_twins_of_which_the_other_file_has_one_both_stay(load: Load) -> None:
    matched = (*TWIN[:-1], "B")
    intake = load({"a.csv": csv(SALE, PAYMENT, TWIN, TWIN), "b.csv": csv(SALE, PAYMENT, matched, OTHER)})
    twins = intake.movements[intake.movements["document_ref"] == "F2"]
    assert sorted(twins["matching_code"].astype("str")) == ["", "B"]


def test_a_workbook_and_a_text_file_of_the_same_ledger(load: Load) -> None:
    intake = load({"gl.csv": csv(*WHOLE), "gl.xlsx": {"Feuil1": frame(*WHOLE)}})
    assert intake.movements["amount_cents"].sum() == 180050
    check_rows(intake)


def test_codes_that_lost_their_zeros_in_one_file_are_one_customer(load: Load) -> None:
    numbered = [("00012" if row[0] == "411A" else "00345", *row[1:]) for row in WHOLE]
    bare = frame(*numbered)
    bare["Compte"] = bare["Compte"].astype("int64")
    intake = load({"gl.csv": csv(*numbered), "gl.xlsx": {"Feuil1": bare}})
    assert intake.movements["amount_cents"].sum() == 180050
    assert set(intake.customers["customer_id"]) == {"00012", "00345"}


def test_labels_cut_to_a_width_in_one_file_do_not_make_two_entries(load: Load) -> None:
    long = [(*row[:5], f"{row[5]} chantier de la rue du Moulin", *row[6:]) for row in WHOLE]
    cut = [(*row[:5], row[5][:25], *row[6:]) for row in long]
    intake = load({"gl.csv": csv(*long), "ancien.csv": csv(*cut)})
    assert intake.movements["amount_cents"].sum() == 180050


def test_payments_that_look_alike_on_different_days_of_two_files_both_stay(load: Load) -> None:
    later = ("411A", "Alpha", "BQ", "16/02/2025", "R1", "Virement Alpha", "", "", "1200,00", "A")
    intake = load({"a.csv": csv(SALE, PAYMENT), "b.csv": csv(later, OTHER)})
    assert len(intake.movements) == 4
    assert said(intake, "rows_in_two_files") == []


def test_sheets_by_month_are_one_ledger(load: Load) -> None:
    by_month = {f"mois {month}": frame(*(row for row in WHOLE if row[3][3:5] == month)) for month in ("01", "02", "03")}
    intake = load({"gl.xlsx": by_month})
    assert intake.movements["amount_cents"].tolist() == [120000, -120000, 60000, 60000]
    assert set(intake.intake["role"].astype("str")) == {"items"}


AGED = "Balance âgée au {day}\n\nCompte;Nom;Total;Non échu;1-30 jours;31-60 jours;61-90 jours;> 90 jours\n"
ALPHA = "411A;Alpha;1200,00;0;0;0;1200,00;0\n"
BRAVO = "411B;Bravo;600,50;240,00;360,50;0;0;0\n"


def test_an_aged_balance_in_parts_is_one_second_source(load: Load) -> None:
    head = AGED.format(day="30/06/2025")
    intake = load({"gl.csv": csv(*WHOLE), "agee nord.csv": head + ALPHA, "agee sud.csv": head + BRAVO})
    (second,) = intake.second_sources
    assert second.name == "agee nord.csv, agee sud.csv"
    totals = second.balances[second.balances["bucket"].astype("str") == "total"]
    assert dict(zip(totals["customer_id"], totals["amount_cents"], strict=True)) == {"411A": 120000, "411B": 60050}


def test_two_printings_of_one_balance_are_not_added_up(load: Load) -> None:
    head = AGED.format(day="30/06/2025")
    intake = load({"a.csv": head + ALPHA + BRAVO, "b.csv": head + BRAVO})
    assert [second.balances["amount_cents"].sum() // 2 for second in intake.second_sources] == [180050, 60050]


def test_aged_balances_come_nearest_to_the_as_of_date_first(load: Load) -> None:
    intake = load({f"{name}.csv": AGED.format(day=day) + ALPHA for name, day in (
        ("a", "31/03/2025"), ("b", "31/07/2025"), ("c", "31/05/2025"))})
    assert [second.name for second in intake.second_sources] == ["c.csv", "a.csv", "b.csv"]


def test_everything_together_ties(load: Load) -> None:
    intake = load({
        "gl.csv": csv(*WHOLE), "123456789FEC20250630.txt": fec(*WHOLE),
        "agee juin.csv": AGED.format(day="30/06/2025") + ALPHA + BRAVO,
        "agee mars.csv": AGED.format(day="31/03/2025") + "411A;Alpha;1200,00;1200,00;0;0;0;0\n",
        "balance.csv": "Balance générale du 01/01/2025 au 30/06/2025\n\nCompte;Intitulé;Débit;Crédit;Solde débiteur;"
        "Solde créditeur\n411000;Clients;3000,50;1200,00;1800,50;\n707000;Ventes;;3000,50;;3000,50\n",
        "clients.csv": "Code client;Raison sociale;SIREN;Conditions de paiement\nA;Alpha;552100554;30 jours\n"
        "B;Bravo;;45 jours fin de mois\n",
        "contacts.csv": "Code client;Nom;E-mail;Téléphone;Fonction\n"
        "A;Mme Durand;durand@alpha.example;0102030405;Comptabilité\n",
        "litiges.csv": "Code client;Pièce;Motif;Date d'ouverture;Montant\nB;F3;qualité;25/05/2025;360,50\n"})
    kinds = {second.kind: second.balances["amount_cents"][second.balances["bucket"].astype("str") == "total"].sum()
             for second in intake.second_sources if second.as_of_date == T}
    assert kinds == {"aged_balance": 180050, "trial_balance": 180050, "general_ledger": 180050}
    assert set(intake.customers["customer_id"]) == {"411A", "411B"}
    assert intake.disputes["amount_cents"].tolist() == [36050]
    assert intake.contacts["email"].tolist() == ["durand@alpha.example"]
    check_rows(intake)
