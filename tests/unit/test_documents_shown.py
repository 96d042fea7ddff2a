"""The documents on screen: states, files yet to place, e-mails, and what is said where there is none."""

import datetime as dt

from auditlib.deliver.document_rows import scope_rows
from auditlib.first_call import first_call
from auditlib.formats import Formats
from auditlib.present import documents_shown
from auditlib.request_rules import RequestRules
from tests.unit.received import BALANCE, LEDGER, placed, states_on

RULES = RequestRules.model_validate({"requested_on": "2026-04-27", "kinds": {
    "procedures": {"not_applicable": "aucune <écrite>"}, "systems_map": {"due_on": "2026-06-30"},
    "insurance": {"name": "<b>Police</b>", "received_on": "2026-05-04"}}})
FILES = (LEDGER, ("CGV & co.pdf", "document"), ("scan.pdf", "document"), ("Litiges.xlsx", "dispute_list"))


def plain(markup: str) -> str:
    return markup.replace("\xa0", " ").replace("\u202f", " ")


def test_each_kind_is_shown_with_its_state_and_files() -> None:
    shown = plain(documents_shown.states(list(states_on("2026-05-06", RULES, *FILES).values()), Formats()))
    assert "en retard (demandé le 27/04/2026, attendu le 05/05/2026)" in shown
    assert "demandé le 27/04/2026, attendu le 30/06/2026" in shown
    assert "sans objet : aucune &lt;écrite&gt;" in shown
    assert "reçu en partie le 30/04/2026 ; il manque : balance âgée" in shown
    assert "&lt;b&gt;Police&lt;/b&gt;" in shown and "CGV &amp; co.pdf" in shown


def test_files_say_who_placed_them_and_which_are_to_be_placed() -> None:
    states = list(states_on("2026-05-06", RULES, *FILES).values())
    shown = plain(documents_shown.files(placed(RULES, *FILES), states, Formats()))
    assert "d’après son nom, à confirmer" in shown and "en complément" in shown
    assert "À classer : scan.pdf." in shown
    assert 'title="' + "0" * 64 + '"' in shown
    assert "Aucun document" in documents_shown.files(placed(RULES), states, Formats())


def test_the_report_names_the_files_of_each_kind() -> None:
    rows = {title: (state, came) for title, state, came in scope_rows(
        list(states_on("2026-05-06", RULES, LEDGER, BALANCE).values()), Formats())}
    assert rows["Grand livre et balance âgée"] == ("reçu le 30/04/2026 – Grand livre.xlsx, Balance.xlsx", True)
    assert rows["Procédures de crédit et de recouvrement"] == ("sans objet : aucune <écrite>", True)
    assert rows["Organigramme"] == ("en retard (demandé le 27/04/2026, attendu le 05/05/2026)", False)


def test_where_there_is_no_e_mail_a_sentence_says_why() -> None:
    assert "plus de demande à envoyer" in documents_shown.request(None, Formats())
    assert "Rien à relancer" in plain(documents_shown.reminder(None, Formats()))
    assert "une fois l’indispensable reçu" in documents_shown.proposal(None, Formats())


def test_the_deadline_names_what_it_waits_for_and_says_when_it_is_past() -> None:
    def said(day: str, *files: tuple[str, str]) -> str:
        states = list(states_on(day, RULES, *files).values())
        return plain(documents_shown.call(first_call(states, RULES.call, day=dt.date.fromisoformat(day)), Formats()))

    assert "court à réception de : Grand livre et balance âgée." in said("2026-05-04")
    assert "au plus tard le 6 mai 2026 : 3 jours ouvrés après" in said("2026-05-04", LEDGER, BALANCE)
    assert "Ce délai est écoulé" in said("2026-05-07", LEDGER, BALANCE)
