"""The self-assessment: means without what does not apply, sub-scores, evidence, and figures that contradict a score."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from auditlib.answers import Criterion, InterviewAnswers, TimeSpent, answers_table
from auditlib.collection_time import collection_time
from auditlib.formats import Formats
from auditlib.present.figures_assessment import radar
from auditlib.present.radar_places import places
from auditlib.score_checks import contradictions
from auditlib.self_assessment import action_scores, assessed_sentence, overall_score, self_assessment
from auditlib.self_assessment_criteria import ACTIONS, AUTONOMY, CRITERIA, DIMENSIONS
from tests.unit.results_fixture import results

FRENCH = Formats()


def scored(**scores: Any) -> InterviewAnswers:
    """Return answers that score criteria, ``disputes__codes=3`` standing for ``disputes.codes``."""
    return InterviewAnswers(self_assessment={
        name.replace("__", "."): Criterion(score=score) for name, score in scores.items()})


def test_every_dimension_has_criteria_of_a_known_action() -> None:
    assert len(DIMENSIONS) == 13
    assert {code.split(".")[0] for code in CRITERIA} == set(DIMENSIONS)
    assert {one.action for one in CRITERIA.values()} == set(ACTIONS)
    assert set(AUTONOMY) < set(CRITERIA)


def test_a_dimension_is_the_mean_of_what_applies() -> None:
    """3 and 0 of disputes, the third criterion without object: 1.5, read as "écrit"; nothing else is assessed."""
    found = self_assessment(scored(disputes__codes=3, disputes__owner=0, disputes__causes="n/a"))
    known = {one.identifier: one for one in found}
    assert known["disputes"].score == pytest.approx(1.5) and known["disputes"].reading == "écrit"
    assert known["dunning"].score is None and known["dunning"].reading == "non évalué"
    assert overall_score(found) == pytest.approx(1.5)
    assert overall_score(self_assessment()) is None


def test_a_dimension_without_object_is_not_unassessed() -> None:
    none = dict.fromkeys((name.replace(".", "__") for name in CRITERIA if name.startswith("litigation.")), "n/a")
    found = {one.identifier: one for one in self_assessment(scored(**none))}
    assert found["litigation"].score is None and found["litigation"].reading == "sans objet"


def test_each_action_counts_its_criteria_whatever_the_dimension() -> None:
    """Preventive: 4 (order) and 1 (dunning before the due date): 2.5. Curative: 2. Autonomy: written policy 0."""
    found = action_scores(self_assessment(scored(order__proof=4, dunning__before_due=1, disputes__codes=2)))
    known = {one.identifier: one for one in found}
    assert known["preventive"].score == pytest.approx(2.5) and known["preventive"].scored == 2
    assert known["curative"].score == pytest.approx(2.0)
    assert known["dissuasive"].score is None and known["autonomy"].score is None
    assert sum(known[name].criteria for name in ACTIONS) == len(CRITERIA)


def test_a_written_score_without_evidence_is_marked() -> None:
    answers = InterviewAnswers(self_assessment={
        "policy.written": Criterion(score=2), "policy.block": Criterion(score=1),
        "policy.bonus": Criterion(score=3, document="plan 2025")})
    policy = self_assessment(answers)[0]
    assert [one.is_unproven for one in policy.criteria] == [True, False, False]


def test_the_sentence_names_the_weakest_and_the_strongest() -> None:
    said = assessed_sentence(self_assessment(scored(disputes__codes=3, dunning__log=1)), FRENCH)
    assert "2,0 sur 4" in said and "Relance (1,0)" in said and "Litiges (3,0)" in said
    assert "reste à faire" in assessed_sentence(self_assessment(), FRENCH)


def test_a_good_score_that_a_figure_contradicts_is_found() -> None:
    whole = results()
    whole.summary["receivable"] |= {"gross": 100.0, "unallocated_credits": -12.0}
    prevention = pd.DataFrame({"measure": ["disputed_after_due", "cancelled_invoices", "over_limit"],
                               "share": [0.6, 0.001, float("nan")]})
    found = SimpleNamespace(**(vars(whole) | {"prevention": prevention}))
    good = scored(cash_application__daily=3, disputes__codes=4, invoicing__delay=4, exposure__stop=4)
    said = contradictions(found, dimensions=self_assessment(good), formats=FRENCH)  # type: ignore[arg-type]
    assert [(one.identifier, one.sentence.split(" ")[0]) for one in said] == [
        ("disputes", "60,0\xa0%"), ("cash_application", "12,0\xa0%")]
    low = self_assessment(scored(cash_application__daily=2, disputes__codes=2))
    assert contradictions(found, dimensions=low, formats=FRENCH) == ()  # type: ignore[arg-type]


def test_the_load_of_one_person() -> None:
    """Half a person, 10 hours a week at 30 an hour; 1 200 invoices of 60 000 in 12 months; the late items."""
    whole = results()
    whole.summary["indicators"]["dilution_rate"] = {
        "value": 0.01, "unit": "share", "basis_items": 1200, "basis_amount": 60_000.0, "window_months": 12,
        "reason": None}
    late = int(((whole.open_items["days_overdue"] > 0) & (whole.open_items["residual_cents"] > 0)).sum())
    answers = InterviewAnswers(time=TimeSpent(people=0.5, hours_a_week=10, hourly_cost=30))
    found = {one.code: one.value for one in collection_time(whole, answers=answers, formats=FRENCH)}
    assert found["invoices"] == pytest.approx(200) and found["billed"] == pytest.approx(10_000)
    assert found["late_items"] == 2 * late
    assert found["net_overdue"] == pytest.approx(2 * whole.customers["net_overdue_cents"].sum() / 100)
    assert found["minutes"] == pytest.approx(600 / late) and found["cost"] == 10 * 52 * 30


def test_time_that_was_not_said_has_its_reason() -> None:
    found = collection_time(results(), answers=InterviewAnswers(), formats=FRENCH)
    assert all(one.value is None and one.reason for one in found)


def test_the_radar_leaves_a_gap_where_nothing_was_assessed() -> None:
    whole = results()
    assert radar(whole, FRENCH) is None
    kept = SimpleNamespace(**(vars(whole) | {"interview": answers_table(scored(disputes__codes=3, dunning__log=1))}))
    figure = radar(kept, FRENCH)  # type: ignore[arg-type]
    assert figure is not None
    values = dict(zip(figure.labels, figure.series["Note"], strict=True))
    assert values["Litiges"] == 3 and values["Moyens"] is None
    assert dict(zip(figure.labels, figure.codes, strict=True))["Moyens"] == "non évalué"


def test_the_places_of_a_radar_go_clockwise_from_the_top() -> None:
    around = places(13)
    assert around[0].at(2) == pytest.approx((0, 2)) and around[1].x > 0 > around[12].x
    assert all(place.x ** 2 + place.y ** 2 == pytest.approx(1) for place in around)
