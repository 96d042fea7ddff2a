"""The form of the documents drives the parameters file: comments and order stay, and a later reading says the same."""

import datetime as dt
from pathlib import Path

import pytest

from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.parameters import load_parameters
from auditlib.present.documents_form import OUTSIDE, DocumentsForm
from auditlib.run.document_decisions import save_documents
from tests.project import write_client
from tests.unit.received import LEDGER, placed, states_on

FILES = (LEDGER, ("scan.pdf", "document"), ("CGV.pdf", "document"), ("mot.pdf", "document"))
EXTRA = """requests:
  requested_on: 2026-01-05  # by telephone
  kinds:
    systems_map: {due_on: 2026-02-01}  # promised
prepared_by: Claire"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_client(tmp_path, "acme", "", extra=EXTRA)


@pytest.fixture
def form(source: Path) -> DocumentsForm:
    """The form as notebook 02 makes it."""
    rules = load_parameters(source).requests
    states = tuple(states_on("2026-01-20", rules, *FILES).values())
    return DocumentsForm(
        states, placed(rules, *FILES), Formats(), requested_on=rules.requested_on,
        save=lambda kinds, files, added, requested_on: save_documents(
            source, kinds=kinds, files=files, added=added, requested_on=requested_on).name)


def test_the_form_asks_about_files_that_their_content_does_not_tell(form: DocumentsForm) -> None:
    assert {name: choice.value for name, choice in form.files.items()} == {
        "scan.pdf": "", "CGV.pdf": "terms_and_conditions", "mot.pdf": ""}


def test_what_is_chosen_is_written_and_read_back(form: DocumentsForm, source: Path) -> None:
    form.kinds["procedures"]["not_applicable"].value = "aucune procédure écrite"
    form.kinds["auditors_reports"]["essential"].value = True
    form.kinds["auditors_reports"]["requested_on"].value = dt.date(2026, 1, 12)
    form.kinds["ledger_and_aged_balance"]["received_on"].value = dt.date(2026, 1, 9)
    form.files["scan.pdf"].value, form.files["mot.pdf"].value = "organisation_chart", OUTSIDE
    form.added.value, form.wanted.value = "Police d’assurance-crédit", "PDF"
    form.record()
    assert "acme.yaml" in form.message.value and "late" not in form.message.value
    rules = load_parameters(source).requests
    assert rules.of("procedures").not_applicable == "aucune procédure écrite"
    assert (rules.of("auditors_reports").essential, rules.of("auditors_reports").requested_on) == (
        True, dt.date(2026, 1, 12))
    assert rules.of("organisation_chart").received == ("scan.pdf",)
    assert rules.of("terms_and_conditions").received == ("CGV.pdf",)
    assert rules.set_aside == ("mot.pdf",)
    assert (rules.of("police_d_assurance_credit").name, rules.of("police_d_assurance_credit").wanted) == (
        "Police d’assurance-crédit", "PDF")
    assert rules.of("systems_map").due_on == dt.date(2026, 2, 1)
    assert "sample_invoices" not in rules.kinds
    states = states_on("2026-01-20", rules, *FILES)
    assert states["ledger_and_aged_balance"].received_on == dt.date(2026, 1, 9)
    assert states["organisation_chart"].state == "received" and not states["organisation_chart"].proposed


def test_one_day_of_request_stands_for_all_kinds(form: DocumentsForm, source: Path) -> None:
    assert form.asked_on.value == dt.date(2026, 1, 5)
    form.asked_on.value = dt.date(2026, 1, 7)
    form.record()
    states = states_on("2026-01-20", load_parameters(source).requests, *FILES)
    assert {one.requested_on for one in states.values()} == {dt.date(2026, 1, 7)}


def test_comments_and_order_stay(form: DocumentsForm, source: Path) -> None:
    before = source.read_text(encoding="utf-8").splitlines()
    form.kinds["procedures"]["not_applicable"].value = "aucune"
    form.record()
    after = source.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line in before] == before
    assert "  requested_on: 2026-01-05  # by telephone" in after


def test_an_emptied_field_is_taken_back(source: Path) -> None:
    save_documents(source, kinds={"procedures": {"not_applicable": "aucune"}}, files={"mot.pdf": OUTSIDE})
    save_documents(source, kinds={"procedures": {"not_applicable": ""}, "systems_map": {"due_on": None}},
                   files={"mot.pdf": "contract_templates"})
    rules = load_parameters(source).requests
    assert set(rules.kinds) == {"contract_templates"}
    assert (rules.of("contract_templates").received, rules.set_aside) == (("mot.pdf",), ())


def test_what_cannot_be_is_said_and_nothing_is_written(form: DocumentsForm, source: Path) -> None:
    before = source.read_bytes()
    form.kinds["terms_and_conditions"]["not_applicable"].value = "aucune"
    form.record()
    assert "exclude each other" in form.message.value
    with pytest.raises(BadInputError, match="there is no audit"):
        save_documents(source, kinds={"ledger_and_aged_balance": {"not_applicable": "non"}})
    assert source.read_bytes() == before


def test_nothing_chosen_writes_nothing(source: Path) -> None:
    rules = load_parameters(source).requests
    states = tuple(states_on("2026-01-20", rules, LEDGER).values())
    form = DocumentsForm(states, placed(rules, LEDGER), Formats(), save=lambda *_given: pytest.fail("saved"))
    form.record()
    assert "Rien n’a été choisi" in form.message.value
