"""The review's form drives the parameters file: comments stay, an electronic invoice comes filled in."""

import datetime as dt
from pathlib import Path

import pytest

from auditlib.formats import Formats
from auditlib.parameters import load_parameters
from auditlib.present.review_form import ReviewForm
from auditlib.run.review_decisions import save_review
from tests.project import write_client

EXTRA = """reviews:
  CGV.pdf:  # the 2024 version
    kind: terms_and_conditions
    points:
      jurisdiction: {answer: no}  # article 12 is about something else
prepared_by: Claire"""
KINDS = {"CGV.pdf": "terms_and_conditions", "FA.pdf": "sample_invoices"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_client(tmp_path, "acme", "", extra=EXTRA)


@pytest.fixture
def form(source: Path) -> ReviewForm:
    return ReviewForm(
        KINDS, load_parameters(source).reviews, Formats(), read={"FA.pdf": {"number": "F-1"}}, by="Claire",
        on=dt.date(2026, 1, 14),
        save=lambda name, kind, points: save_review(source, name, kind=kind, points=points).name)


def test_what_is_answered_is_written_and_read_back(form: ReviewForm, source: Path) -> None:
    assert form.fields["jurisdiction"]["answer"].value == "no"
    form.fields["penalty_rate"]["answer"].value = "yes"
    form.fields["penalty_rate"]["value"].value = "12 %"
    form.record()
    assert "acme.yaml" in form.message.value
    points = load_parameters(source).reviews["CGV.pdf"].points
    rate = points["penalty_rate"]
    assert (rate.answer, rate.value, rate.by, rate.on) == ("yes", "12 %", "Claire", dt.date(2026, 1, 14))
    assert (points["jurisdiction"].answer, points["jurisdiction"].by) == ("no", "")
    text = source.read_text(encoding="utf-8")
    assert "# the 2024 version" in text and "# article 12 is about something else" in text


def test_an_electronic_invoice_comes_filled_in(form: ReviewForm, source: Path) -> None:
    form.document.value = "FA.pdf"
    number = form.fields["number"]
    assert [number[name].value for name in ("answer", "value", "remark")] == ["yes", "F-1", "lu dans le fichier"]
    assert form.fields["recovery_indemnity"]["answer"].value == ""
    form.record()
    points = load_parameters(source).reviews["FA.pdf"].points
    assert set(points) == {"number"} and points["number"].remark == "lu dans le fichier"


def test_an_answer_taken_back_leaves_nothing(form: ReviewForm, source: Path) -> None:
    form.fields["jurisdiction"]["answer"].value = ""
    form.record()
    assert load_parameters(source).reviews == {}
    assert "reviews" not in source.read_text(encoding="utf-8")


def test_what_cannot_be_is_said_and_nothing_is_written(form: ReviewForm, source: Path) -> None:
    before = source.read_bytes()
    form.record()
    assert "Rien n’a été choisi" in form.message.value
    form.fields["payment_term"]["value"].value = "30 jours"
    form.record()
    assert "Choisir une réponse : Délai de paiement." in form.message.value
    form.fields["payment_term"]["value"].value = ""
    form.fields["penalty_rate"]["answer"].value, form.fields["penalty_rate"]["value"].value = "yes", "cher"
    form.record()
    assert "expected a late interest" in form.message.value
    assert source.read_bytes() == before


def test_without_documents_the_form_says_so() -> None:
    form = ReviewForm({}, {}, Formats(), save=lambda *_given: pytest.fail("saved"))
    assert "grille de relecture" in form.view.children[0].value
