"""The register of the documents: what each file is, where each kind stands, and when the client is called."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from auditlib.document_kinds import DOCUMENT_KINDS, kinds_named
from auditlib.document_placing import to_place
from auditlib.errors import BadInputError
from auditlib.first_call import FirstCall, first_call
from auditlib.parameters import load_parameters
from auditlib.request_rules import CallProposal, RequestRules
from tests.project import ROOT, write_client
from tests.unit.received import BALANCE, LEDGER, placed, states_on

BOTH = (LEDGER, BALANCE)


def rules(**fields: Any) -> RequestRules:
    return RequestRules(**fields)


def test_the_nine_kinds_are_those_of_the_audit_step() -> None:
    assert list(DOCUMENT_KINDS) == [
        "organisation_chart", "procedures", "contract_templates", "terms_and_conditions", "sample_invoices",
        "systems_map", "ledger_and_aged_balance", "financial_reporting", "auditors_reports"]
    assert [code for code, kind in DOCUMENT_KINDS.items() if kind.is_essential] == ["ledger_and_aged_balance"]


@pytest.mark.parametrize(("name", "kind"), [
    ("Organigramme 2025.pdf", "organisation_chart"), ("PROCÉDURE_relance.docx", "procedures"),
    ("contrat-cadre.docx", "contract_templates"), ("CGV.pdf", "terms_and_conditions"),
    ("Conditions générales de vente.pdf", "terms_and_conditions"), ("Facture FA2025-001.pdf", "sample_invoices"),
    ("Cartographie SI.png", "systems_map"), ("Reporting décembre.pdf", "financial_reporting"),
    ("Rapport CAC 2024.pdf", "auditors_reports"), ("Rapport du commissaire aux comptes.pdf", "auditors_reports"),
])
def test_a_name_proposes_a_kind(name: str, kind: str) -> None:
    assert kinds_named(name) == (kind,)


@pytest.mark.parametrize("name", ["cacao.pdf", "courrier du 3 mars.pdf", "sous-contractants.pdf", "facturation.pdf"])
def test_a_word_inside_another_proposes_nothing(name: str) -> None:
    assert kinds_named(name) == ()


def test_a_table_is_placed_by_what_it_holds_and_another_file_by_its_name() -> None:
    found = placed(rules(), LEDGER, ("Factures 2025.csv", "invoice_list"), ("Litiges.xlsx", "dispute_list"),
                   ("CGV.pdf", "document"), ("scan0001.pdf", "document"), ("Contrat et CGV.pdf", "document"))
    assert list(zip(found["document_kind"], found["placed_by"], strict=True)) == [
        ("ledger_and_aged_balance", "content"), ("ledger_and_aged_balance", "content"), ("", "content"),
        ("terms_and_conditions", "name"), ("", ""), ("", "")]
    assert to_place(found) == ("scan0001.pdf", "Contrat et CGV.pdf")


def test_the_auditor_s_word_decides() -> None:
    said = rules(kinds={"procedures": {"received": ["scan0001.pdf", "CGV.pdf"]},
                        "terms_and_conditions": {"received": ["CGV.pdf"]}}, set_aside=["facture fournisseur.pdf"])
    found = placed(said, ("scan0001.pdf", "document"), ("CGV.pdf", "document"), ("facture fournisseur.pdf", "document"))
    assert list(zip(found["name"], found["document_kind"], strict=True)) == [
        ("scan0001.pdf", "procedures"), ("CGV.pdf", "procedures"), ("CGV.pdf", "terms_and_conditions"),
        ("facture fournisseur.pdf", "")]
    assert set(found["placed_by"]) == {"auditor"}


def test_a_file_that_did_not_come_cannot_be_placed() -> None:
    said = r"acme\.yaml: requests\.kinds\.procedures\.received: proc\.pdf is none of the documents; .* procs\.pdf\?"
    with pytest.raises(BadInputError, match=said):
        placed(rules(kinds={"procedures": {"received": ["proc.pdf"]}}), ("procs.pdf", "document"))


def test_the_day_of_reception_is_the_file_s_until_the_auditor_says_another() -> None:
    assert states_on("2026-05-04", rules(), *BOTH)["ledger_and_aged_balance"].received_on == dt.date(2026, 4, 30)
    said = rules(kinds={"ledger_and_aged_balance": {"received_on": "2026-04-24"}})
    assert states_on("2026-05-04", said, *BOTH)["ledger_and_aged_balance"].received_on == dt.date(2026, 4, 24)
    assert set(placed(said, *BOTH)["received_on"].dt.date) == {dt.date(2026, 4, 24)}


@pytest.mark.parametrize(("requested", "after", "due"), [
    ("2026-04-27", 5, "2026-05-05"),  # Monday; 28, 29, 30 April, then 1 May off: 4 and 5 May
    ("2026-05-06", 2, "2026-05-11"),  # Wednesday; 7 May, 8 May off, Monday 11
    ("2026-05-12", 2, "2026-05-15"),  # Tuesday; 13 May, Ascension off, Friday 15
    ("2026-07-10", 3, "2026-07-16"),  # Friday; Monday 13, 14 July off, 15, 16
    ("2025-12-24", 1, "2025-12-26"),  # Saint Stephen's is a working day but in Alsace-Moselle
])
def test_a_document_is_late_from_the_day_after_it_was_due(requested: str, after: int, due: str) -> None:
    asked = rules(requested_on=requested, late_after=after)
    one = states_on(due, asked)["procedures"]
    assert (one.due_on, one.state, one.is_past_due) == (dt.date.fromisoformat(due), "requested", False)
    day_after = dt.date.fromisoformat(due) + dt.timedelta(days=1)
    assert states_on(day_after.isoformat(), asked)["procedures"].state == "late"


def test_each_kind_has_its_own_state() -> None:
    asked = rules(requested_on="2026-04-27", kinds={
        "procedures": {"not_applicable": "aucune"}, "systems_map": {"due_on": "2026-06-30"},
        "sample_invoices": {"received_on": "2026-05-02"},
        "insurance": {"name": "Police", "requested_on": "2026-05-07"}})
    found = states_on("2026-05-11", asked, LEDGER, ("Organigramme.pdf", "document"))
    assert {code: one.state for code, one in found.items()} == {
        "organisation_chart": "received", "procedures": "not_applicable", "contract_templates": "late",
        "terms_and_conditions": "late", "sample_invoices": "received", "systems_map": "requested",
        "ledger_and_aged_balance": "partial", "financial_reporting": "late", "auditors_reports": "late",
        "insurance": "requested"}
    assert found["organisation_chart"].proposed == ("Organigramme.pdf",)
    assert found["ledger_and_aged_balance"].missing == ("balance âgée",)
    assert found["ledger_and_aged_balance"].is_past_due
    assert {one.state for one in states_on("2026-05-11", rules()).values()} == {"to_request"}


@pytest.mark.parametrize(("section", "words"), [
    ("{kinds: {procedure: {due_on: 2026-01-05}}}", "procedure is none of the nine kinds; did you mean procedures"),
    ("{kinds: {procedures: {recieved: [a.pdf]}}}", "unknown key requests.kinds.procedures.recieved"),
    ("{kinds: {procedures: {not_applicable: non, received: [a.pdf]}}}", "exclude each other"),
    ("{kinds: {procedures: {requested_on: 2026-01-05, due_on: 2026-01-02}}}", "due_on 2026-01-02 is before"),
    ("{kinds: {ledger_and_aged_balance: {not_applicable: non}}}", "there is no audit"),
    ("{requested_on: demain}", "requests.requested_on"),
    ('{call: {times: ["09:30", "11:00", "16:00"]}}', "a call of 120 minutes from 11:00"),
    ('{call: {times: ["09:30", "13:30", "16:00"]}}', "a call of 120 minutes from 13:30"),
    ('{call: {times: ["09:30", "14:00", "17:30"]}}', "a call of 120 minutes from 17:30"),
    ('{call: {times: ["14:00", "09:30", "16:00"]}}', "rising hours"),
])
def test_a_wrong_section_is_refused_in_words(section: str, words: str, tmp_path: Path) -> None:
    path = write_client(tmp_path, "acme", "", extra=f"requests: {section}")
    with pytest.raises(BadInputError, match=r"acme\.yaml: .*requests") as refused:
        load_parameters(path)
    assert words in str(refused.value)


def test_the_template_s_section_is_usable_as_it_is(tmp_path: Path) -> None:
    lines = (ROOT / "parameters" / "template.yaml").read_text(encoding="utf-8").split("# requests:")[1].splitlines()
    section = "requests:" + "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)
    asked = load_parameters(write_client(tmp_path, "acme", "", extra=section)).requests
    assert asked.kinds["credit_insurance"].wanted == "PDF"
    assert asked.codes()[-1] == "credit_insurance"
    assert asked.call == CallProposal()


def called(on: str, day: str, *, call: CallProposal | None = None, **kinds: Any) -> FirstCall:
    """Return the call when both ledger and aged balance came on a day."""
    found = states_on(day, rules(kinds=kinds), *BOTH, on=on)
    return first_call(list(found.values()), call or CallProposal(), day=dt.date.fromisoformat(day))


@pytest.mark.parametrize(("received", "deadline"), [
    ("2026-04-30", "2026-05-06"),  # Thursday; 1 May off, 4, 5, 6
    ("2026-05-06", "2026-05-12"),  # Wednesday; 7, 8 May off, 11, 12
    ("2026-07-10", "2026-07-16"),  # Friday; 13, 14 July off, 15, 16
    ("2026-04-02", "2026-04-08"),  # Thursday; Good Friday is worked, Easter Monday is not: 3, 7, 8
])
def test_the_client_is_called_within_three_working_days_of_the_last_essential_document(
    received: str, deadline: str,
) -> None:
    assert called(received, received).deadline == dt.date.fromisoformat(deadline)


def test_the_deadline_waits_for_every_essential_document() -> None:
    awaited = called("2026-04-30", "2026-04-30", procedures={"essential": True})
    assert (awaited.deadline, awaited.slots, awaited.awaited) == (
        None, (), ("Procédures de crédit et de recouvrement",))
    later = called("2026-04-30", "2026-04-30", procedures={"essential": True, "received_on": "2026-05-06"})
    assert later.deadline == dt.date(2026, 5, 12)
    alone = first_call(list(states_on("2026-05-04", rules(), LEDGER).values()), CallProposal(), day=dt.date(2026, 5, 4))
    assert alone.deadline == dt.date(2026, 5, 6)


def moments(call: FirstCall) -> list[str]:
    return [f"{slot:%d/%m %H:%M}" for slot in call.slots]


def test_one_hour_a_day_is_proposed_on_the_working_days_before_the_deadline() -> None:
    assert moments(called("2026-04-30", "2026-04-30")) == ["04/05 09:30", "05/05 14:00", "06/05 16:00"]


def test_fewer_days_left_hold_more_hours_each() -> None:
    assert moments(called("2026-04-30", "2026-05-04")) == ["05/05 09:30", "05/05 14:00", "06/05 16:00"]
    assert moments(called("2026-04-30", "2026-05-05")) == ["06/05 09:30", "06/05 14:00", "06/05 16:00"]


def test_past_the_deadline_the_next_working_days_are_proposed_and_it_is_said() -> None:
    late = called("2026-04-30", "2026-05-07")
    assert late.is_past
    assert moments(late) == ["11/05 09:30", "12/05 14:00", "13/05 16:00"]
    assert not called("2026-04-30", "2026-05-05").is_past


def test_the_hours_are_those_of_the_settings() -> None:
    own = CallProposal(times=("08:30", "10:00", "15:00"), minutes=90)
    assert moments(called("2026-04-30", "2026-04-30", call=own)) == ["04/05 08:30", "05/05 10:00", "06/05 15:00"]
