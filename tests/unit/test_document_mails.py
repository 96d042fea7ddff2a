"""The e-mails and calendar files of the documents: what each lists, to whom, the same bytes for the same state."""

import datetime as dt
import email
from email import policy
from email.message import EmailMessage
from typing import Any

import pytest

from auditlib.deliver.call_proposal import call_proposal, contact_calendar, slots_calendar
from auditlib.deliver.document_mails import document_reminder, document_request
from auditlib.document_states import DocumentState
from auditlib.first_call import FirstCall, first_call
from auditlib.formats import Formats
from auditlib.non_disclosure import NonDisclosure
from auditlib.parameters import Parameters
from tests.unit.received import BALANCE, LEDGER, states_on
from tests.unit.results_fixture import parameters

ASKED = {"requested_on": "2026-04-27", "to": ["compta@acme.example"], "kinds": {
    "procedures": {"not_applicable": "aucune"}, "systems_map": {"due_on": "2026-06-30"},
    "insurance": {"name": "Police d'assurance", "wanted": "PDF signé"}}}
CGV = ("CGV.pdf", "document")


def asked(day: str, *files: tuple[str, str], **changes: Any) -> tuple[list[DocumentState], Parameters]:
    """Return the states on a day, and the parameters they come from."""
    own = parameters(requests=ASKED | changes)
    return list(states_on(day, own.requests, *files).values()), own


def body(message: EmailMessage | None) -> str:
    assert message is not None
    part = message.get_body()
    assert part is not None
    return str(part.get_content()).replace("\xa0", " ").replace("\u202f", " ")


def items(message: EmailMessage | None) -> list[str]:
    """Return the documents a message lists, without their format."""
    return [line.removeprefix("- ").split(" : ")[0].split(",")[0] for line in body(message).splitlines()
            if line.startswith("- ")]


def test_the_request_lists_what_is_missing_with_its_format_the_essential_first() -> None:
    message = document_request(*asked("2026-05-04", CGV), Formats())
    assert items(message) == [
        "Grand livre et balance âgée", "Organigramme", "Modèles de contrats", "Exemples de factures",
        "Cartographie des systèmes d’information", "Tableaux de bord financiers",
        "Rapports des commissaires aux comptes", "Police d’assurance"]
    text = body(message)
    useful = text.index("Utiles pour comprendre vos comptes :")
    assert text.index("Indispensables :") < text.index("- Grand livre") < useful
    assert "- Organigramme : PDF ou image, avec les noms et les fonctions\n" in text
    assert "- Police d’assurance : PDF signé\n" in text
    assert "arrêté au 31 décembre 2025" in text and text.endswith("Claire Aubry\n")


def test_drafts_are_unsent_without_attachment_to_the_client_s_correspondents() -> None:
    for write in (document_request, document_reminder):
        message = write(*asked("2026-05-12"), Formats())
        assert message is not None
        read = email.message_from_bytes(bytes(message), policy=policy.default)
        assert (read["X-Unsent"], read["To"]) == ("1", "compta@acme.example")
        assert "Acme #1 & Fils <SAS>" in read["Subject"]
        assert list(read.iter_attachments()) == []
        assert bytes(message) == bytes(write(*asked("2026-05-12"), Formats()) or b"")


def test_the_reminder_lists_only_what_was_asked_for_and_is_late_or_missing() -> None:
    states, own = asked("2026-05-06", LEDGER, CGV)
    text = body(document_reminder(states, own, Formats()))
    late, waiting = text.split("En retard :")[1].split("Encore attendus :")
    assert "CGV" not in text and "Conditions générales" not in text and "Procédures" not in text
    assert late.strip().startswith(
        "- Grand livre et balance âgée (il manque : balance âgée), demande du 27/04/2026, à recevoir pour le "
        "05/05/2026 : ")
    assert "Organigramme" in late and "Cartographie" not in late
    assert "- Cartographie des systèmes d’information, demande du 27/04/2026, à recevoir pour le 30/06/2026" in waiting


def test_nothing_asked_for_is_nothing_to_remind_of() -> None:
    assert document_reminder(*asked("2026-05-06", requested_on=None), Formats()) is None
    kinds = {kind: {"not_applicable": "non"} for kind in (
        "organisation_chart", "procedures", "contract_templates", "terms_and_conditions", "sample_invoices",
        "systems_map", "financial_reporting", "auditors_reports")}
    states, own = asked("2026-05-06", LEDGER, BALANCE, kinds=kinds)
    assert document_request(states, own, Formats()) is None
    assert document_reminder(states, own, Formats()) is None


@pytest.mark.parametrize(("nda", "sentence"), [
    (NonDisclosure(), "n’est lu avant la signature de l’accord de confidentialité"),
    (NonDisclosure(signed_on=dt.date(2026, 1, 5), signatory="P. R."),
     "couvert par l’accord de confidentialité signé le 5 janvier 2026"),
])
def test_the_request_says_how_what_is_sent_is_protected(nda: NonDisclosure, sentence: str) -> None:
    states, own = asked("2026-05-04")
    assert sentence in body(document_request(states, own.model_copy(update={"nda": nda}), Formats()))


def proposed(day: str = "2026-05-04", **changes: Any) -> tuple[FirstCall, Parameters]:
    states, own = asked(day, LEDGER, BALANCE, **changes)
    return first_call(states, own.requests.call, day=dt.date.fromisoformat(day)), own


def entries(calendar: str) -> list[dict[str, str]]:
    """Return the events of a calendar file, its long lines put together again."""
    lines = calendar.replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    found: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and ":" in line:
            name, _colon, value = line.partition(":")
            found[-1][name] = value
    return found


def test_the_call_is_proposed_at_three_hours_with_its_calendar() -> None:
    """Both came on Thursday 30 April; 5 May at 09:30 in Paris is 07:30 UTC."""
    call, own = proposed()
    message = call_proposal(call, own, Formats())
    assert items(message) == [
        "le mardi 5 mai 2026 à 9 h 30", "le mardi 5 mai 2026 à 14 h", "le mercredi 6 mai 2026 à 16 h"]
    assert "pendant 2 h" in body(message)
    assert message is not None and message["X-Unsent"] == "1"
    (attached,) = message.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", "entretien.ics")
    events = entries(slots_calendar(call, own, Formats()))
    assert [(one["UID"], one["DTSTART"], one["DTEND"], one["STATUS"]) for one in events] == [
        ("entretien-acme-1@auditlib", "20260505T073000Z", "20260505T093000Z", "TENTATIVE"),
        ("entretien-acme-2@auditlib", "20260505T120000Z", "20260505T140000Z", "TENTATIVE"),
        ("entretien-acme-3@auditlib", "20260506T140000Z", "20260506T160000Z", "TENTATIVE")]


def test_the_last_day_to_call_is_a_whole_day_that_moves_with_it() -> None:
    call, own = proposed()
    (entry,) = entries(contact_calendar(call, own, Formats()))
    assert (entry["UID"], entry["DTSTART;VALUE=DATE"], entry["DTEND;VALUE=DATE"]) == (
        "prise-de-contact-acme@auditlib", "20260506", "20260507")
    assert contact_calendar(call, own, Formats()) == contact_calendar(*proposed(), Formats())
    later, own = proposed(kinds={"ledger_and_aged_balance": {"received_on": "2026-05-06"}})
    (moved,) = entries(contact_calendar(later, own, Formats()))
    assert (moved["UID"], moved["DTSTART;VALUE=DATE"]) == (entry["UID"], "20260512")


def test_no_call_is_proposed_while_an_essential_document_is_awaited() -> None:
    states, own = asked("2026-05-04")
    call = first_call(states, own.requests.call, day=dt.date(2026, 5, 4))
    assert call_proposal(call, own, Formats()) is None
    assert contact_calendar(call, own, Formats()) == ""
