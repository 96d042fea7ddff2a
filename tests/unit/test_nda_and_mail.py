"""The agreement and the invitation: filled from the parameters, with blanks for what is not known."""

import datetime as dt
from pathlib import Path

from docx import Document

from auditlib.deliver.mail import calendar_entry, call_invitation
from auditlib.deliver.nda import write_nda
from auditlib.parameters import NonDisclosure
from tests.unit.results_fixture import parameters


def text_of(path: Path) -> str:
    """Return a document's paragraphs."""
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_the_agreement_names_its_parties_and_terms(tmp_path: Path) -> None:
    text = text_of(write_nda(parameters(), tmp_path / "nda.docx"))
    assert "Acme #1 & Fils <SAS>" in text
    assert "gratuit et sans engagement" in text
    assert "article 28 du RGPD" in text
    assert "{{" not in text


def test_what_is_not_known_is_left_blank(tmp_path: Path) -> None:
    text = text_of(write_nda(parameters(nda=NonDisclosure(), prepared_by=""), tmp_path / "nda.docx"))
    assert "représentée par ……" in text


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
