"""Answers of the interview: typed, saved, read back, part of a run's inputs, and never written by a run."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from auditlib.answers import Answer, Criterion, answers_of, answers_path, answers_table, load_answers, parsed_answers
from auditlib.errors import BadInputError
from auditlib.parameters import load_parameters
from auditlib.present.assessment_form import AssessmentForm
from auditlib.present.interview_form import InterviewForm
from auditlib.present.markup import Html
from auditlib.present.minutes_button import MinutesButton
from auditlib.run import interview_answers
from auditlib.run.batch import all_clients
from auditlib.run.engagement import Engagement, open_engagement
from auditlib.run.execute import run_client
from auditlib.run.interview_answers import (
    hold_interview,
    minutes,
    plain_answers,
    save_answer,
    score_organisation,
    with_answers,
)
from auditlib.run.manifest import input_hashes, is_stale
from auditlib.run.purge import data_of
from tests.project import everything_in, make_project

DAY = dt.date(2026, 1, 12)
TYPED = """# Notes de l'appel
interview:
  systems.who:  # à revoir
    - {answer: "Mme A. le jeudi", by: "M. B", on: 2026-01-05}
self_assessment:
  dunning.log: {score: 1, evidence: "un cahier"}
  litigation.partners: {score: n/a}
time: {people: 0.5}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with clients alpha and beta, found by AUDITLIB_HOME."""
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    return make_project(tmp_path)


@pytest.fixture
def audit(project: Path) -> Engagement:
    """The engagement of alpha, as a notebook opens it outside a run."""
    return open_engagement("alpha")


def answers_file(project: Path) -> Path:
    return project / "parameters" / "alpha.answers.yaml"


def test_no_file_is_no_answer(tmp_path: Path) -> None:
    assert load_answers(tmp_path / "acme.answers.yaml").is_empty
    assert parsed_answers("# rien encore\n", name="x").is_empty
    assert answers_path(tmp_path / "acme.yaml", "acme") == tmp_path / "acme.answers.yaml"


def test_what_a_run_keeps_is_what_was_read() -> None:
    answers = parsed_answers(TYPED, name="x")
    assert answers_of(answers_table(answers)) == answers
    assert answers.said("systems.who") == (Answer(answer="Mme A. le jeudi", by="M. B", on=dt.date(2026, 1, 5)),)
    assert answers.self_assessment["litigation.partners"].score == "n/a"


def test_saving_keeps_all_else_comments_and_order(tmp_path: Path) -> None:
    path = tmp_path / "acme.answers.yaml"
    path.write_text(TYPED, encoding="utf-8")
    said = [{"answer": "Nulle part", "by": ""}, {"answer": "Un cahier"}]
    save_answer(path, "interview", "systems.log", said, day=DAY)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Notes de l'appel") and "# à revoir" in text
    found = load_answers(path)
    assert [one.answer for one in found.said("systems.log")] == ["Nulle part", "Un cahier"]
    assert {one.on for one in found.said("systems.log")} == {DAY}
    assert found.said("systems.who")[0].on == dt.date(2026, 1, 5) and found.time.people == 0.5
    save_answer(path, "interview", "systems.log", [], day=DAY)
    assert load_answers(path).said("systems.log") == ()
    assert [item.name for item in tmp_path.iterdir()] == [path.name]  # nothing half-written is left


@pytest.mark.parametrize(("text", "said"), [
    ("interview: [", "not a readable YAML file"),
    ("- a", "expected the keys interview"),
    ("interviews: {}", "interviews"),
    ("self_assessment: {dunning.log: {score: 7}}", "dunning.log.score"),
    ("time: {people: 0}", "time.people"),
])
def test_a_malformed_file_is_one_clear_sentence_and_stays(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "acme.answers.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=said) as caught:
        load_answers(path)
    assert str(caught.value).startswith("acme.answers.yaml: ") and "\n" not in str(caught.value)
    with pytest.raises(BadInputError):
        save_answer(path, "time", "people", 1.0, day=DAY)
    assert path.read_text(encoding="utf-8") == text


def test_a_question_nobody_asks_is_not_passed_over(audit: Engagement, project: Path) -> None:
    answers_file(project).write_text("interview: {systems.whoo: {answer: x}}\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"alpha\.answers\.yaml: interview: unknown key .*whoo.*systems\.who"):
        audit.answers()


def test_answers_typed_in_the_form_come_back(audit: Engagement, project: Path) -> None:
    form = hold_interview(audit)
    assert isinstance(form, InterviewForm)
    asked = form.questions["systems.who"]
    asked.rows[0].text.value, asked.rows[0].by.value = "Mme A. « le jeudi »", "M. B"
    asked.add().text.value = "Et moi le lundi : #1"
    assert "alpha.answers.yaml" in form.told.view.value
    again = hold_interview(open_engagement("alpha"))
    assert isinstance(again, InterviewForm)
    assert [(row.text.value, row.by.value) for row in again.questions["systems.who"].rows] == [
        ("Mme A. « le jeudi »", "M. B"), ("Et moi le lundi : #1", "")]
    assert again.questions["systems.log"].rows[0].text.value == ""
    said, _ = plain_answers(audit)
    assert said["systems.who"]["answer"] == "M. B : Mme A. « le jeudi »\nEt moi le lundi : #1"
    asked.rows[0].text.value = asked.rows[1].text.value = ""
    assert audit.answers().is_empty


def test_a_later_change_keeps_the_day_of_the_others(audit: Engagement, project: Path) -> None:
    answers_file(project).write_text(TYPED, encoding="utf-8")
    form = hold_interview(audit)
    assert isinstance(form, InterviewForm)
    form.questions["systems.who"].add().text.value = "Personne d'autre"
    first, second = audit.answers().said("systems.who")
    assert first.on == dt.date(2026, 1, 5) and second.on == dt.date.today()  # noqa: DTZ011 -- as the form says


def test_the_form_says_what_is_wrong_and_writes_nothing(audit: Engagement, project: Path) -> None:
    form = hold_interview(audit)
    assert isinstance(form, InterviewForm)
    answers_file(project).write_text("interview: [", encoding="utf-8")
    form.questions["systems.who"].rows[0].text.value = "Mme A."
    assert "Non enregistré" in form.told.view.value and "YAML" in form.told.view.value
    assert answers_file(project).read_text(encoding="utf-8") == "interview: ["


def test_scores_typed_in_the_form_come_back(audit: Engagement) -> None:
    form = score_organisation(audit)
    assert isinstance(form, AssessmentForm)
    form.rows["dunning.log"].score.value = 3
    form.rows["dunning.log"].document.value = "journal.xlsx"
    form.rows["dunning.promises"].score.value = "n/a"
    form.times["people"].value = "1,5"
    found = audit.answers()
    assert found.self_assessment["dunning.log"].score == 3 and found.time.people == 1.5
    assert plain_answers(audit)[1] == {"dunning": {"score": 3.0, "evidence": "journal.xlsx"}}
    form.times["people"].value = "beaucoup"
    assert "Non enregistré" in form.told.view.value and audit.answers().time.people == 1.5
    form.rows["dunning.log"].score.value, form.rows["dunning.log"].document.value = None, ""
    assert "dunning.log" not in audit.answers().self_assessment


def test_a_run_under_way_shows_the_guide_and_writes_nothing(audit: Engagement, project: Path, tmp_path: Path) -> None:
    under_way = replace(audit, run_dir=tmp_path / "run")
    (tmp_path / "run").mkdir()
    before = everything_in(project)
    for shown in (hold_interview(under_way), score_organisation(under_way), minutes(under_way)):
        assert isinstance(shown, Html)
    assert everything_in(project) == before


def test_the_minutes_are_offered_and_not_written(audit: Engagement, project: Path) -> None:
    button = minutes(audit)
    assert isinstance(button, MinutesButton)
    before = everything_in(project)
    button.button.click()
    assert 'download="compte_rendu_entretien.docx"' in button.link.value
    assert everything_in(project) == before


def test_answers_are_inputs_of_a_run(project: Path) -> None:
    run_dir = run_client("alpha", steps="03,04a").run_dir
    assert (run_dir / "compte_rendu_entretien.docx").is_file()
    parameters = load_parameters("alpha", home=project)
    assert not is_stale(run_dir, parameters) and "alpha.answers.yaml" not in input_hashes(parameters)
    answers_file(project).write_text(TYPED, encoding="utf-8")
    assert is_stale(run_dir, parameters)
    run_dir = run_client("alpha", steps="03,04a").run_dir
    assert not is_stale(run_dir, parameters)
    kept = open_engagement("alpha", run_dir=str(run_dir)).results()
    assert answers_of(kept.interview) == parsed_answers(TYPED, name="x")
    assert "Mme A. le jeudi" in (run_dir / "03_interview.ipynb").read_text(encoding="utf-8")


def test_answers_typed_after_a_run_are_shown_at_once(project: Path) -> None:
    audit = open_engagement("alpha")
    assert answers_of(with_answers(audit).interview).is_empty
    save_answer(answers_file(project), "self_assessment", "dunning.log", {"score": 2}, day=DAY)
    assert answers_of(with_answers(audit).interview).self_assessment["dunning.log"] == Criterion(score=2, on=DAY)


def test_a_file_of_answers_is_no_client_and_is_purged(project: Path) -> None:
    answers_file(project).write_text(TYPED, encoding="utf-8")
    assert all_clients() == ["alpha", "beta"]
    with pytest.raises(BadInputError, match=r"there: alpha, beta\)"):
        load_parameters("gamma", home=project)
    assert answers_file(project) in data_of("alpha")


def test_only_the_owner_reads_the_answers(audit: Engagement, project: Path) -> None:
    save_answer(answers_file(project), "time", "people", 1.0, day=DAY)
    assert answers_file(project).stat().st_mode & 0o077 == 0
    assert interview_answers.HEADER in answers_file(project).read_text(encoding="utf-8")
