"""The signature of the agreement: recorded with the file's fingerprint, comments kept; and what the draft says."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from docx import Document

from auditlib.deliver.nda import blanks, write_nda
from auditlib.errors import BadInputError
from auditlib.letter_settings import Creditor, Practice
from auditlib.parameters import NonDisclosure, load_parameters
from auditlib.present.signature_form import signature_form
from auditlib.run.agreement import signature_record
from auditlib.run.engagement import open_engagement
from auditlib.run.signature import CHANGED, MISSING, SAME, record_signature, signed_file_state
from tests.project import LEDGER, write_client
from tests.unit.results_fixture import parameters

DAY = dt.date(2026, 1, 5)
ARTICLES = ("Objet", "Informations confidentielles", "Exclusions", "Usage et personnes autorisées", "Sécurité", "Durée",
            "Restitution et destruction", "Données personnelles (article 28 du RGPD)", "Responsabilité",
            "Droit applicable")


@pytest.fixture
def unsigned(tmp_path: Path) -> Path:
    """Parameters of a client who has not signed, with a comment, and his signed agreement beside."""
    path = write_client(tmp_path, "gamma", LEDGER.format(bravo="1,00"), nda="{}  # waits for the signature")
    (tmp_path / "documents" / "accord.pdf").write_bytes(b"signed")
    return path


def test_what_is_recorded_opens_the_gate_and_names_the_file(unsigned: Path) -> None:
    with pytest.raises(BadInputError, match="not signed"):
        load_parameters(unsigned).require_signed()
    record_signature(unsigned, signed_on=DAY, signatory=" Claire Martin, DAF ", signed_file="../documents/accord.pdf")
    agreement = load_parameters(unsigned).nda
    load_parameters(unsigned).require_signed()
    assert (agreement.signed_on, agreement.signatory) == (DAY, "Claire Martin, DAF")
    assert agreement.sha256 == hashlib.sha256(b"signed").hexdigest()
    assert unsigned.read_text(encoding="utf-8").index("client: gamma") == 0


def test_a_comment_is_kept(unsigned: Path) -> None:
    unsigned.write_text("# asked by e-mail\n" + unsigned.read_text(encoding="utf-8"), encoding="utf-8")
    record_signature(unsigned, signed_on=DAY, signatory="C. Martin", signed_file="../documents/accord.pdf")
    assert unsigned.read_text(encoding="utf-8").startswith("# asked by e-mail")


@pytest.mark.parametrize(("signatory", "signed_file", "said"), [
    ("", "../documents/accord.pdf", "who signed"), ("C. Martin", "../documents/none.pdf", "is not a file"),
    ("C. Martin", "", "is not a file")])
def test_nothing_is_recorded_without_a_name_and_a_file(
    unsigned: Path, signatory: str, signed_file: str, said: str,
) -> None:
    before = unsigned.read_bytes()
    with pytest.raises(BadInputError, match=said):
        record_signature(unsigned, signed_on=DAY, signatory=signatory, signed_file=signed_file)
    assert unsigned.read_bytes() == before


def test_a_signed_file_that_changed_is_said(unsigned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITLIB_HOME", str(unsigned.parent.parent))
    assert signed_file_state(load_parameters(unsigned)) is None
    record_signature(unsigned, signed_on=DAY, signatory="C. Martin", signed_file="../documents/accord.pdf")
    assert signed_file_state(load_parameters(unsigned)) == SAME
    assert "conforme" in signature_record(open_engagement("gamma"))["Fichier signé"]
    signed = unsigned.parent / "../documents/accord.pdf"
    signed.write_bytes(b"another text")
    assert signed_file_state(load_parameters(unsigned)) == CHANGED
    assert "ne correspond plus" in signature_record(open_engagement("gamma"))["Fichier signé"]
    signed.unlink()
    assert signed_file_state(load_parameters(unsigned)) == MISSING


def test_the_form_records_or_says_what_is_wrong() -> None:
    written: list[tuple[dt.date, str, str]] = []

    def save(day: dt.date, signatory: str, signed_file: str) -> str:
        if not signatory:
            raise BadInputError("gamma.yaml: nda.signatory: expected who signed")
        written.append((day, signatory, signed_file))
        return "gamma.yaml"

    form = signature_form(save=save)
    form.record()
    assert "date de signature" in form.message.value
    form.signed_on.value = DAY
    form.record()
    assert "expected who signed" in form.message.value
    form.signatory.value, form.signed_file.value = "C. Martin", "accord.pdf"
    form.record()
    assert written == [(DAY, "C. Martin", "accord.pdf")]
    assert "gamma.yaml" in form.message.value


def test_the_draft_has_its_articles_and_the_terms_of_the_parameters(tmp_path: Path) -> None:
    agreed = parameters(
        nda=NonDisclosure(signed_on=DAY, signatory="Claire Martin", persons="Paul Petit", years=3, retention="six mois",
                          breach_hours=24, court="le tribunal de commerce de Nantes", city="Nantes"),
        creditor=Creditor(legal_form="SAS", capital="50 000 €", address="1 rue du Port\n44000 Nantes",
                          siren="732829320", rcs="Nantes"),
        practice=Practice(name="Cabinet Recouvrance", address="2 quai de la Fosse, 44000 Nantes",
                          signatory="Paul Petit", signatory_title="associé"))
    paragraphs = Document(str(write_nda(agreed, tmp_path / "nda.docx"))).paragraphs
    titles = [part.text.partition(" – ")[2] for part in paragraphs if getattr(part.style, "name", "") == "Heading 1"]
    assert titles == list(ARTICLES)
    text = "\n".join(part.text for part in paragraphs)
    for said in ("SAS, au capital de 50 000 €, dont le siège est 1 rue du Port, 44000 Nantes", "732829320 RCS Nantes",
                 "Cabinet Recouvrance, situé 2 quai de la Fosse", "obligation : Paul Petit", "et 3 ans", "six mois",
                 "24 heures", "le tribunal de commerce de Nantes", "à Nantes, le 5 janvier 2026"):
        assert said in text, said
    assert "……" not in text
    assert blanks(agreed) == ()


def test_what_is_left_to_fill_in_is_listed() -> None:
    left = blanks(parameters(nda=NonDisclosure(), prepared_by=""))
    assert len(left) == 7
    assert any("date de signature" in sentence for sentence in left)
