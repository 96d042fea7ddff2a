"""The agreement and the invitation: filled from the parameters, with blanks for what is not known."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pydantic import ValidationError

from auditlib.deliver.mail import calendar_entry, call_invitation
from auditlib.deliver.nda import parties, to_complete, write_nda
from auditlib.letter_settings import Creditor, Practice
from auditlib.non_disclosure import NonDisclosure, Party
from tests.project import ROOT
from tests.unit.results_fixture import parameters

TITLES = [
    "Objet et finalité", "Informations confidentielles", "Informations exclues",
    "Personnes autorisées et sous-traitants", "Sécurité", "Durée", "Restitution et destruction",
    "Protection des données personnelles", "Responsabilité", "Absence de licence", "Dispositions générales",
    "Droit applicable et juridiction",
]
CLIENT = Party(
    legal_form="SAS au capital de 50 000 €", address="3 quai Nord, Lille", registration="512 345 678 RCS Lille",
    represented_by="Paul Rivière, directeur financier", email="paul@acme.example")
AUDITOR = Party(
    name="Aubry Conseil", legal_form="SARL", address="1 rue Haute, Lyon", registration="400 000 001 RCS Lyon",
    represented_by="Claire Aubry, gérante", email="aubry@conseil.example")
COMPLETE = NonDisclosure(
    client=CLIENT, auditor=AUDITOR, persons=("Claire Aubry", "Luc Petit"), subcontractors=("Relecture SARL",),
    pseudonymised=True, years=4, retention_months=6, return_days=10, breach_hours=24, penalty=10000,
    liability_cap=50000, court="tribunal de commerce de Lille", place="Lille")
BLANK = "……………………"


def text_of(path: Path) -> str:
    """Return a document's paragraphs and cells, each space a plain one."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    texts = [*(paragraph.text for paragraph in document.paragraphs), *cells]
    return "\n".join(texts).replace("\xa0", " ").replace("\u202f", " ")


def articles(path: Path) -> dict[str, str]:
    """Return the text under each numbered heading."""
    found: dict[str, str] = {}
    for paragraph in Document(str(path)).paragraphs:
        if paragraph.style and paragraph.style.name == "Heading 1":
            found[paragraph.text] = ""
        elif found:
            found[list(found)[-1]] += paragraph.text.replace("\xa0", " ").replace("\u202f", " ") + "\n"
    return found


def test_the_agreement_names_its_parties_and_terms(tmp_path: Path) -> None:
    text = text_of(write_nda(parameters(), tmp_path / "nda.docx"))
    assert "Acme #1 & Fils <SAS>" in text
    assert "gratuit et sans engagement" in text
    assert "l’article 28 du règlement (UE) 2016/679" in text
    assert "{{" not in text and "{%" not in text


@pytest.mark.parametrize("nda", [NonDisclosure(), COMPLETE], ids=["nothing known", "complete"])
def test_every_article_is_there_and_says_something(tmp_path: Path, nda: NonDisclosure) -> None:
    found = articles(write_nda(parameters(nda=nda), tmp_path / "nda.docx"))
    assert list(found) == TITLES
    assert all(len(text) > 100 for text in found.values())


@pytest.mark.parametrize(("title", "words"), [
    ("Objet et finalité", "L’Audit est gratuit et sans engagement."),
    ("Informations exclues", "reçues licitement d’un tiers"),
    ("Personnes autorisées et sous-traitants", "aux informations du Client : Claire Aubry ; Luc Petit."),
    ("Personnes autorisées et sous-traitants", "suivants, à l’exclusion de tout autre : Relecture SARL."),
    ("Sécurité", "le disque est chiffré"), ("Sécurité", "Rien n’est déposé ni traité dans le nuage"),
    ("Sécurité", "Le Client remet des fichiers pseudonymisés"),
    ("Durée", "le temps de l’Audit et 4 ans après la remise du rapport"),
    ("Restitution et destruction", "s’exécute dans les 10 jours"),
    ("Restitution et destruction", "au plus tard 6 mois"),
    ("Restitution et destruction", "certificat de destruction"),
    ("Protection des données personnelles", "au plus tard 24 heures après en avoir pris connaissance"),
    ("Responsabilité", "indemnité forfaitaire de 10 000 €"), ("Responsabilité", "limitée à 50 000 €"),
    ("Absence de licence", "aucune cession ni licence"), ("Dispositions générales", "au Client, paul@acme.example ;"),
    ("Droit applicable et juridiction", "juridiction suivante : tribunal de commerce de Lille."),
])
def test_the_terms_are_those_of_the_parameters(tmp_path: Path, title: str, words: str) -> None:
    assert words in articles(write_nda(parameters(nda=COMPLETE), tmp_path / "nda.docx"))[title]


def test_complete_parties_sign_and_nothing_is_left_to_fill_in(tmp_path: Path) -> None:
    signature = {"signed_on": dt.date(2026, 1, 5), "signatory": "Ève Roy, présidente"}
    given = parameters(nda=COMPLETE.model_copy(update=signature))
    text = text_of(write_nda(given, tmp_path / "nda.docx"))
    assert BLANK not in text and to_complete(given) == ""
    assert "Fait à Lille, le 5 janvier 2026" in text
    assert "Nom : Ève Roy\nQualité : présidente" in text  # who signed, where another was to sign
    assert "400 000 001 RCS Lyon, représentée par Claire Aubry, agissant en qualité de gérante" in text


def test_optional_clauses_are_left_out(tmp_path: Path) -> None:
    found = articles(write_nda(parameters(nda=NonDisclosure()), tmp_path / "nda.docx"))
    assert "clause pénale" not in found["Responsabilité"] and "limitée" not in found["Responsabilité"]
    assert "ne recourt à aucun sous-traitant" in found["Personnes autorisées et sous-traitants"]
    assert "peut remettre des fichiers pseudonymisés" in found["Sécurité"]
    assert "tribunal compétent du siège du Client" in found["Droit applicable et juridiction"]


def test_what_is_not_known_is_left_blank_and_listed(tmp_path: Path) -> None:
    given = parameters(nda=NonDisclosure(client=CLIENT.model_copy(update={"address": "", "represented_by": "Paul"})),
                       prepared_by="")
    assert f"représentée par {BLANK}" in text_of(write_nda(given, tmp_path / "nda.docx"))
    assert to_complete(given) == (
        "À compléter avant signature : le Client (siège social, qualité du signataire) ; l’Auditeur (dénomination "
        "sociale, forme juridique et capital, siège social, immatriculation (RCS ou SIREN), nom du signataire, "
        "qualité du signataire, adresse électronique pour les notifications).")


@pytest.mark.parametrize("wrong", [{"yeers": 5}, {"client": {"capital": "x"}}, {"breach_hours": 73}, {"sha256": "abc"}])
def test_wrong_terms_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        NonDisclosure(**wrong)


def test_the_template_shows_every_key() -> None:
    shown = (ROOT / "parameters" / "template.yaml").read_text(encoding="utf-8").split("nda:")[1].split("method:")[0]
    assert [name for name in (*NonDisclosure.model_fields, *Party.model_fields) if f"{name}:" not in shown] == []


def test_what_the_section_leaves_out_comes_from_the_letterheads() -> None:
    client, auditor = parties(parameters(
        nda=NonDisclosure(client=Party(address="5 rue Neuve, Lille")),
        creditor=Creditor(name="Acme SAS", legal_form="SAS", capital="50 000 €", address="ignored", siren="512345678",
                          rcs="Lille", signatory="Paul Rivière", signatory_title="directeur financier"),
        practice=Practice(name="Aubry Conseil", address="1 rue Haute\n69001 Lyon", signatory="Claire Aubry")))
    assert (client.name, client.legal_form) == ("Acme SAS", "SAS au capital de 50 000 €")
    assert (client.address, client.registration) == ("5 rue Neuve, Lille", "512345678 RCS Lille")
    assert client.represented_by == "Paul Rivière, directeur financier"
    assert (auditor.name, auditor.address) == ("Aubry Conseil", "1 rue Haute, 69001 Lyon")
    assert auditor.represented_by == "Claire Aubry"


def test_the_same_parameters_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_nda(parameters(), tmp_path / "a.docx").read_bytes()
    assert first == write_nda(parameters(), tmp_path / "b.docx").read_bytes()


def test_the_call_is_at_its_hour_in_paris() -> None:
    """14:30 in Paris in February is 13:30 UTC."""
    entry = calendar_entry(parameters(), starts_at=dt.datetime(2026, 2, 3, 14, 30))  # noqa: DTZ001 -- local time
    assert "DTSTART:20260203T133000Z\r\n" in entry
    assert "DTEND:20260203T143000Z\r\n" in entry
    assert all(len(line.encode()) <= 75 for line in entry.split("\r\n"))


def test_without_a_date_the_invitation_leaves_blanks() -> None:
    body = call_invitation(parameters()).get_content()
    assert body.count("- le ……") == 3
    assert "sans" not in call_invitation(parameters())["Subject"]
