"""Interview, self-assessment and tracks as screen, report, workbook and minutes show them."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pandas as pd
import pytest

from auditlib.answers import (
    Answer,
    Criterion,
    InterviewAnswers,
    TimeSpent,
    answers_of,
    answers_table,
    load_answers,
)
from auditlib.deliver import sections_interview, svg_radar, workbook_interview
from auditlib.deliver.minutes import minutes_bytes
from auditlib.deliver.parts import Section
from auditlib.deliver.sheets import Sheet
from auditlib.demo.interview import write_answers
from auditlib.formats import Formats
from auditlib.interview import asked_sentence, interview_guide, known_answers, not_asked, running_order
from auditlib.interview_questions import QUESTIONS, TOPICS
from auditlib.present import tables_interview
from auditlib.present.charts_radar import radar as plot
from auditlib.present.figures_assessment import radar
from auditlib.suited_indicators import season, suited_indicators
from tests.unit.results_fixture import parameters, results

FRENCH = Formats()
ANSWERS = InterviewAnswers(
    interview={"systems.who": [Answer(answer="Mme A. <le jeudi>", by="M. B"), Answer(answer="Personne", by="Mme C")]},
    self_assessment={"disputes.codes": Criterion(score=3, document="litiges.xlsx"),
                     "reporting.target": Criterion(score=1)},
    time=TimeSpent(people=2, invoicing_delay_days=7))


def answered(answers: InterviewAnswers = ANSWERS, **changes: Any) -> Any:
    return SimpleNamespace(**(vars(results()) | {"interview": answers_table(answers)} | changes))


def sections(found: Any) -> dict[str, Section]:
    return {part.identifier: part for build in sections_interview.SECTIONS
            if (part := build(found, FRENCH)) is not None}


def columns(sheet: Sheet) -> dict[str, Any]:
    return {column.title: list(column.values) for column in sheet.columns}


def document(content: bytes) -> list[str]:
    """Return the paragraphs and cells of a document."""
    read = docx.Document(io.BytesIO(content))
    return [one.text for one in read.paragraphs] + [
        cell.text for part in read.tables for row in part.rows for cell in row.cells]


def test_the_interview_lasts_two_hours_over_seven_topics() -> None:
    assert sum(minutes for minutes, *_rest in running_order()) == 120
    assert list(TOPICS) == ["business", "context", "systems", "failures", "causes", "plans", "levers"]
    assert {key.split(".")[0] for key in QUESTIONS} == set(TOPICS)
    assert {topic for *_rest, topics in running_order() for topic in topics} == set(TOPICS.values())


def test_the_guide_goes_through_the_clients_own_lines() -> None:
    """The table of the largest overdue lists ten customers at most, the largest net overdue first."""
    found = results()
    causes = {topic.identifier: topic for topic in interview_guide(found, formats=FRENCH)}["causes"]
    top, oldest, loose, held = causes.tables
    late = found.customers[found.customers["net_overdue_cents"] > 0]
    first = late.sort_values("net_overdue_cents", ascending=False).iloc[0]
    assert top.rows[0][:2] == (first["name"], FRENCH.cents(first["net_overdue_cents"]))
    assert top.total == len(late) and len(top.rows) == min(10, len(late))
    days = [int(row[3]) for row in oldest.rows]
    assert days == sorted(days, reverse=True) and days[0] == 400
    assert loose.total == int((found.open_items["residual_cents"] < 0).sum())
    assert held.total == int((found.open_items["disputed_cents"] > 0).sum())


def test_amounts_of_several_currencies_are_not_listed_as_one() -> None:
    found = answered(summary=results().summary | {"currency": None})
    guide = {topic.identifier: topic for topic in interview_guide(found, formats=FRENCH)}
    assert guide["causes"].tables == () and guide["business"].facts == () and guide["systems"].facts
    assert "tracks" not in sections(found)


def test_without_answers_all_is_said_not_to_have_been_asked() -> None:
    guide = interview_guide(results(), formats=FRENCH)
    assert len(not_asked(guide)) == len(QUESTIONS)
    assert "n’a pas encore été mené" in asked_sentence(guide, formats=FRENCH)
    part = sections(results())
    assert "n’a pas encore été mené" in part["interview"].sentence
    assert part["assessment"].charts == () and "reste à faire" in part["assessment"].sentence
    said = document(minutes_bytes(results(), parameters=parameters()))
    assert QUESTIONS["systems.who"].replace(" ?", "\u202f?") in said


def test_with_answers_the_others_are_listed() -> None:
    guide = interview_guide(answered(), formats=FRENCH)
    assert f"1 sur {len(QUESTIONS)}" in asked_sentence(guide, formats=FRENCH)
    part = sections(answered())
    assert len(part["interview"].tables[1].rows) == len(QUESTIONS) - 1
    assert part["assessment"].charts[0].svg.startswith("<svg")


def test_the_minutes_hold_who_said_what_and_are_the_same_twice() -> None:
    content = minutes_bytes(answered(), parameters=parameters())
    assert content == minutes_bytes(answered(), parameters=parameters())
    said = document(content)
    assert any("M. B, Mme C" in line for line in said)
    assert "Mme A. <le jeudi> (M. B)" in said and "Personne (Mme C)" in said
    assert QUESTIONS["systems.who"].replace(" ?", "\u202f?") in said
    assert any(line.startswith("1. ") for line in said)  # the first track


def test_the_minutes_speak_english_where_asked() -> None:
    said = "\n".join(document(minutes_bytes(answered(), parameters=parameters(), language="en")))
    assert "Compte rendu" not in said


def test_the_radar_names_every_dimension_on_paper_and_screen() -> None:
    figure = radar(answered(), FRENCH)
    assert figure is not None
    drawn, plotted = svg_radar.radar(figure), plot(figure, FRENCH)
    assert drawn.count("non évalué") == 11 and ">3,0<" in drawn
    written = [note.text for note in plotted.layout.annotations]
    assert all(any(label in text for text in written) for label in figure.labels)
    assert sum("non évalué" in text for text in written) == 11
    assert not any(trace.fill for trace in plotted.data)  # the two scored are neighbours of no scored one


def test_the_sheets_hold_every_question_and_criterion() -> None:
    found = {sheet.title: sheet for build in workbook_interview.SHEETS
             if (sheet := build(answered(), FRENCH)) is not None}
    assert "Prévention" not in found  # the fixture has none
    interview = columns(found["Entretien"])
    assert len(interview["Question"]) == len(QUESTIONS) + 1  # one has two answers
    assert "Mme A. <le jeudi>" in interview["Réponse"]
    scores = columns(found["Auto-évaluation"])
    assert [score for score in scores["Note"] if score is not None] == [3, 1]
    tracks = columns(found["Pistes d’amélioration"])
    cents = [value for value in tracks["Libère au plus"] if value is not None]
    assert cents == sorted(cents, reverse=True)


def test_client_text_is_escaped_on_screen() -> None:
    shown = tables_interview.guide(answered(), FRENCH)
    assert "&lt;le jeudi&gt;" in shown and "<le jeudi>" not in shown


def test_every_table_of_the_notebook_has_its_words() -> None:
    for build in (tables_interview.scores, tables_interview.assessment, tables_interview.prevention,
                  tables_interview.tracks, tables_interview.suited, tables_interview.unasked):
        assert "<table" in build(answered(), FRENCH) or build is tables_interview.prevention
    assert "120" in tables_interview.order_of_the_call(FRENCH)


def test_the_indicators_follow_the_client() -> None:
    """Few credits, few customers: the plain rate; five customers with 44 % of the balances: their names."""
    found = results()
    found.summary["receivable"] |= {"gross": 100.0, "unallocated_credits": -1.0, "disputed": 3.0, "doubtful": 0.0}
    chosen = [one.identifier for one in suited_indicators(found, formats=FRENCH)]
    assert chosen == ["overdue_rate", "dso_count_back", "dso_disputed", "concentration_top5", "financing_cost"]
    found.summary["receivable"] |= {"disputed": 1.0, "customers": 300}
    found.summary["indicators"]["concentration_top5"]["value"] = 0.10
    changed = [one.identifier for one in suited_indicators(found, formats=FRENCH)]
    assert changed == ["overdue_rate", "dso_count_back", "recovery_rate_1m", "financing_cost"]


@pytest.mark.parametrize(("peak", "chosen"), [(100, "dso"), (400, "dso_count_back")])
def test_a_seasonal_business_reads_the_count_back(peak: int, chosen: str) -> None:
    """Eleven months of 100.00 and one of `peak`: 400 over the mean of 125 is 3.2 times."""
    months = pd.date_range("2025-01-31", periods=12, freq="ME").as_unit("s")
    sales = pd.DataFrame({"month_end": months, "amount_cents": [100_00] * 11 + [peak * 100]})
    found = answered(sales=sales)
    uneven = season(found)
    assert uneven is not None and uneven.ratio == pytest.approx(peak / ((1100 + peak) / 12))
    identifiers = {one.identifier for one in suited_indicators(found, formats=FRENCH)}
    assert identifiers & {"dso", "dso_count_back"} == {chosen}


def test_the_answers_of_the_demo_are_answers_to_our_questions(tmp_path: Path) -> None:
    path = write_answers(tmp_path)
    answers = known_answers(load_answers(path), name=path.name)
    assert not answers.is_empty and answers_of(answers_table(answers)) == answers
    path.write_text("time: {people: 9}\n", encoding="utf-8")
    assert write_answers(tmp_path).read_text(encoding="utf-8") == "time: {people: 9}\n"
