"""The mapping step of notebook 02: what was recognised is shown, tried with other choices, and saved."""

import re
from pathlib import Path

import pytest

from auditlib.formats import Formats
from auditlib.loaders.column_rules import ROLES
from auditlib.parameters import load_parameters
from auditlib.present.sheet_form import SheetForm
from auditlib.present.sheet_words import CLASSES, ROLE_NAMES
from auditlib.present.sheets_shown import recognised
from auditlib.run.engagement import open_engagement
from auditlib.run.sheet_mapping import mapping_step, sheet_reports
from tests.project import write_client

LIST = """Liste au 30/06/2025;;;
Client;Pièce;Date;Solde;Montant TTC
Alpha;F1;10/01/2025;-1200,00;100,00
Bravo;F2;05/03/2025;600,00;50,00
Charlie;F3;06/03/2025;abc;40,00
Total général;;;-600,00;190,00
"""
FRENCH = Formats()


@pytest.fixture
def alpha(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the parameters file of a client whose list has two amounts, one of them broken."""
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    return write_client(tmp_path, "alpha", LIST, extra="# the year's choices\nmethod: {buckets: [30, 60]}  # ours")


@pytest.fixture
def form(alpha: Path) -> SheetForm:
    made = mapping_step(open_engagement(alpha))
    assert isinstance(made, SheetForm)
    return made


def click(form: SheetForm, words: str) -> None:
    """Press the button with these words."""
    buttons = [one for row in form.view.children for one in getattr(row, "children", ()) if hasattr(one, "click")]
    next(one for one in buttons if one.description == words).click()


def said(form: SheetForm) -> str:
    return re.sub(r"<[^>]+>", "", form.message.value).replace("\u202f", " ").replace("\xa0", " ")


def test_what_was_recognised_is_shown_with_its_certainty_and_each_row_with_its_class(alpha: Path) -> None:
    page = recognised(sheet_reports(open_engagement(alpha)), FRENCH)
    rows = re.findall(r'<tr class="audit-row-(\w+)"[^>]*><td>(\d+)</td><td>([^<]+)</td>', page)
    assert rows == [("title", "1", "titre"), ("header", "2", "en-tête"), ("item", "3", "ligne reconnue"),
                    ("item", "4", "ligne reconnue"), ("rejected", "5", "rejetée"), ("total", "6", "total")]
    assert "postes ouverts" in page and "nom connu" in page and "reste dû" in page
    assert "<details class=\"audit-scenario\" open>" in page  # a row is rejected: somebody must look


def test_choices_are_tried_then_saved_and_the_next_run_follows(form: SheetForm, alpha: Path) -> None:
    before = alpha.read_text(encoding="utf-8")
    form.columns.roles[4].value, form.columns.roles[5].value = "", "open_amount_cents"
    click(form, "Voir l’effet")
    assert "rien n’est encore enregistré" in said(form)
    assert "190,00" in form.effect.value and "-600,00" in form.effect.value
    assert alpha.read_text(encoding="utf-8") == before
    click(form, "Enregistrer")
    assert "alpha.yaml" in said(form) and "3 lignes reconnues, solde 190,00 €" in said(form)
    assert alpha.read_text(encoding="utf-8").startswith(before)
    saved = load_parameters(alpha).mapping["grand_livre.csv"]
    assert saved["columns"] == {"open_amount": "Montant TTC"} and saved["ignored_columns"] == ["Solde"]
    report, = sheet_reports(open_engagement(alpha))
    assert (report.balance, report.classes["loaded"]) == (190.0, 3)


def test_a_saved_correction_is_taken_back(form: SheetForm, alpha: Path) -> None:
    form.sign.value = "debit_negative"
    click(form, "Enregistrer")
    again = mapping_step(open_engagement(alpha))
    assert isinstance(again, SheetForm) and again.sign.value == "debit_negative"
    click(again, "Lecture automatique")
    click(again, "Enregistrer")
    assert "retirée" in said(again)
    assert load_parameters(alpha).mapping == {}


def test_nothing_chosen_is_nothing_written(form: SheetForm, alpha: Path) -> None:
    before = alpha.read_text(encoding="utf-8")
    click(form, "Enregistrer")
    assert said(form) == "Rien n’a été choisi." and alpha.read_text(encoding="utf-8") == before


def test_another_header_row_offers_its_own_columns(form: SheetForm) -> None:
    form.header_row.value = 3
    click(form, "Voir l’effet")
    assert [one.description for one in form.columns.roles.values()][:2] == ["Alpha", "F1"]
    assert form.choices()["header_row"] == 3


def test_a_sheet_left_unused_says_so(form: SheetForm) -> None:
    form.role.value = "unused"
    click(form, "Enregistrer")
    assert "ne sera pas utilisée" in said(form) and "l’an prochain" not in said(form)


def test_a_wrong_choice_is_one_french_sentence(form: SheetForm, alpha: Path) -> None:
    before = alpha.read_text(encoding="utf-8")
    form.columns.roles[5].value = "open_amount_cents"
    click(form, "Enregistrer")
    assert said(form) == ("Le rôle « reste dû » est donné à deux colonnes, Solde et Montant TTC : choisissez l’une "
                          "d’elles.")
    form.columns.reset()
    form.header_row.value = 99
    click(form, "Enregistrer")
    assert said(form) == "La ligne d’en-tête doit être comprise entre 1 et 6."
    form.header_row.value = 1
    click(form, "Voir l’effet")
    assert said(form).startswith("Avec ces choix la feuille n’est pas reconnue")
    assert alpha.read_text(encoding="utf-8") == before


def test_a_profile_is_exported_once_and_under_a_usable_name(form: SheetForm, alpha: Path) -> None:
    form.columns.roles[4].value, form.columns.roles[5].value = "", "open_amount_cents"
    form.product.value = "liste cegid"
    click(form, "Exporter le profil")
    assert "sans espace" in said(form) and not (alpha.parent / "profiles").exists()
    form.product.value = "liste-cegid"
    click(form, "Exporter le profil")
    assert "liste-cegid.yaml" in said(form)
    beta = write_client(alpha.parents[1], "beta", LIST)
    page = recognised(sheet_reports(open_engagement(beta)), FRENCH)
    assert "Profil appliqué" in page and "liste-cegid" in page


def test_files_nothing_is_understood_of_can_still_be_corrected(alpha: Path) -> None:
    body = "Alpha;10/01/2025;100,00\nBravo;05/03/2025;50,00\n"
    (alpha.parents[1] / "documents" / "alpha" / "grand_livre.csv").write_text(f"X;Y;Z\n{body}", encoding="utf-8")
    form = mapping_step(open_engagement(alpha))
    assert isinstance(form, SheetForm)
    form.header_row.value = 1
    click(form, "Voir l’effet")
    for place, role in enumerate(("customer_name", "document_date", "open_amount_cents"), start=1):
        form.columns.roles[place].value = role
    click(form, "Enregistrer")
    report, = sheet_reports(open_engagement(alpha))
    assert (report.balance, report.kind) == (150.0, "open_items")


def test_every_role_and_class_has_its_french_words() -> None:
    assert set(ROLE_NAMES) == set(ROLES)
    page = recognised([], FRENCH)
    assert "Aucun fichier" in page
    assert len(set(CLASSES)) == len(CLASSES)
