"""Scenarios of collection: who is of which kind, what the parameters change, and the step that comes next."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from auditlib.collection_pace import Pace, adapted_rules, paces
from auditlib.collection_rules import CollectionRules
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.legal_tables import legal_table
from auditlib.parameters import load_parameters
from auditlib.scenario_calendar import KINDS, Kind
from auditlib.scenarios import Scenario, debtor_kinds, law_words, next_step, scenario_of
from tests.project import make_project

FORMATS = Formats(language="fr", currency="EUR")
SOFT = {"pre_reminder", "reminder_1", "reminder_2", "reminder_3", "call_1", "call_2"}


def scenario(kind: Kind, **rules: object) -> Scenario:
    law = law_words(legal_table(), day=pd.Timestamp("2025-12-31"), formats=FORMATS)
    return scenario_of(kind, rules=CollectionRules(**rules), formats=FORMATS, law=law)


def code(kind: Kind, days: int, done: set[str] | None) -> str | None:
    step = next_step(scenario(kind), days, done)
    return None if step is None else step.code


@pytest.mark.parametrize(("days", "done", "expected"), [
    (-20, set(), "pre_reminder"),  # the first step, to come in 13 days
    (1, set(), "reminder_1"),  # too late to write before the due date
    (4, {"reminder_1"}, "call_1"),  # due tomorrow
    (16, {"reminder_1"}, "reminder_2"),  # the call was overtaken
    (40, {"reminder_1"}, "formal_notice"),
    (40, set(), "reminder_3"),  # no formal notice before something was written
    (40, {"call_1", "call_2"}, "reminder_3"),  # a call is nothing written
    (50, {"reminder_1", "formal_notice"}, "hand_over"),  # never back to softer reminders
    (90, {"formal_notice"}, "hand_over"),
    (90, {"reminder_2"}, "formal_notice"),  # a required step is made up for
    (90, {"formal_notice", "hand_over"}, None),
    (16, None, "reminder_2"),  # no log: those before are taken to have been made
    (90, None, "formal_notice"),  # but not this one
])
def test_the_next_step_with_a_firm(days: int, done: set[str] | None, expected: str | None) -> None:
    assert code("mid_small", days, done) == expected


@pytest.mark.parametrize(("kind", "days", "done", "expected"), [
    ("public", 40, None, "portal_check"),
    ("public", 40, {"reminder_1"}, "portal_check"),
    ("public", 40, {"portal_check"}, "public_claim"),
    ("public", 12, {"portal_check"}, "reminder_1"),
    ("export_non_eu", 20, None, "insurer_declaration"),
    ("export_non_eu", 20, {"insurer_declaration"}, "call_2"),
    ("fragile", 20, None, "credit_review"),
    ("fragile", 30, {"credit_review", "payment_plan"}, "reminder_3"),
    ("insolvent", 400, None, "declaration_of_claim"),
    ("insolvent", 400, {"declaration_of_claim"}, "retention_claim"),
    ("insolvent", 400, {"declaration_of_claim", "retention_claim"}, None),
    ("consumer", 100, {"reminder_1", "formal_notice"}, "conciliator"),
    ("group", 200, None, "reconcile_group"),
    ("very_small", 11, {"reminder_1", "call_1"}, "payment_plan"),
    ("large_account", 40, set(), "reminder_3"),
])
def test_the_next_step_with_the_others(kind: Kind, days: int, done: set[str] | None, expected: str | None) -> None:
    assert code(kind, days, done) == expected


def test_a_removed_reminder_still_leaves_one_before_the_notice() -> None:
    changed = scenario("mid_small", scenarios={"mid_small": {"steps": {"reminder_3": {"is_left_out": True}}}})
    step = next_step(changed, 40, {"call_2"})
    assert step is not None
    assert step.code == "reminder_2"


def test_the_insolvent_and_the_group_are_never_reminded() -> None:
    for kind in ("insolvent", "group"):
        one = scenario(kind)
        assert not SOFT & set(one.codes)
        assert "formal_notice" not in one.codes
        assert one.dunning == "none"


def test_a_consumer_hears_nothing_of_what_businesses_owe() -> None:
    one = scenario("consumer")
    said = " ".join([*(step.content for step in one.steps), *one.escalation, *one.cautions])
    assert "40 €" not in said
    assert not any(word in step.content for step in one.steps for word in ("indemnité", "pénalité"))
    assert "formal_notice" not in {step.template for step in one.steps}
    assert "formal_notice_consumer" in {step.template for step in one.steps}
    assert "40 €" in scenario("mid_small").steps[3].content


def test_a_public_body_is_looked_up_on_the_portal_before_anything_else() -> None:
    one = scenario("public")
    assert one.codes[0] == "portal_check"
    assert one.steps[0].is_required
    assert not {"formal_notice", "reminder_2", "reminder_3"} & set(one.codes)


def test_every_scenario_runs_forward_and_ends_its_dunning_somewhere() -> None:
    for kind in KINDS:
        one = scenario(kind)
        days = [step.from_day for step in one.steps]
        assert days == sorted(days)
        assert len(set(one.codes)) == len(one.codes)
        assert one.stops
        assert one.cautions
        assert "{" not in "".join([step.content for step in one.steps] + list(one.cautions) + list(one.escalation))


def test_the_law_figures_come_from_its_dated_rows() -> None:
    before = law_words(legal_table(), day=pd.Timestamp("2000-01-01"), formats=FORMATS)
    assert not before["indemnity"]
    now = law_words(legal_table(), day=pd.Timestamp("2025-12-31"), formats=FORMATS)
    assert (now["indemnity"], now["claim_time"], now["retention_time"]) == (" de 40 €", "2 mois", "3 mois")


# --- kinds of debtor


def debtors(**columns: Sequence[object]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    base = {"customer_id": [f"C{rank}" for rank in range(count)], "name": ["Alpha"] * count,
            "customer_type": ["B2B"] * count, "zone": ["FR"] * count, "size_class": ["PME"] * count,
            "is_group": [False] * count}
    return pd.DataFrame(base | columns)


@pytest.mark.parametrize(("size", "expected"), [
    ("Grand compte", "large_account"), ("GE", "large_account"), ("Key Account", "large_account"), ("ETI", "mid_small"),
    ("PME", "mid_small"), ("TPE", "very_small"), ("Micro-entreprise", "very_small"), ("artisan", "very_small"),
    ("", "mid_small")])
def test_a_french_firm_goes_by_its_size(size: str, expected: str) -> None:
    people = debtors(size_class=[size])
    assert debtor_kinds(people, insolvent=pd.Series([False]))["kind"].tolist() == [expected]


def test_the_first_kind_that_applies_wins_and_says_why() -> None:
    people = debtors(
        customer_type=["B2B", "B2B", "B2B", "public", "B2C", "B2B", "B2B", "", "B2B"],
        zone=["FR", "FR", "FR", "FR", "FR", "non_EU", "EU", "FR", "FR"],
        name=["A", "B", "C", "D", "E", "F", "G", "H", "DUPONT EN LIQUIDATION"],
        is_group=[True, False, False, False, False, False, False, False, False],
        size_class=["PME"] * 7 + ["", "PME"])
    insolvent = pd.Series([True, True, False, False, False, False, False, False, False])
    profiles = pd.Series("silent", index=people["customer_id"])
    profiles[["C5", "C6", "C7", "C8"]] = "slow"
    found = debtor_kinds(people, insolvent=insolvent, profiles=profiles)
    assert found["kind"].tolist() == [
        "group", "insolvent", "fragile", "public", "consumer", "export_non_eu", "export_eu", "mid_small", "fragile"]
    assert "silencieux" in found["reason"][2]
    assert "type inconnu" in found["reason"][7]
    assert "BODACC" in found["reason"][8]


# --- parameters and habits


def test_the_parameters_change_days_owners_and_steps() -> None:
    changed = scenario("mid_small", roles={"collector": "Mme Petit"}, scenarios={"mid_small": {
        "dunning": "statement", "steps": {
            "call_1": {"from_day": 12, "owner": "salesperson"}, "reminder_2": {"owner": "Cabinet Roux"},
            "call_2": {"is_left_out": True}}}})
    by_code = {step.code: step for step in changed.steps}
    assert changed.dunning == "statement"
    assert "call_2" not in by_code
    assert (by_code["call_1"].from_day, by_code["call_1"].owner) == (12, "commercial")
    assert (by_code["reminder_2"].owner, by_code["reminder_2"].role) == ("Cabinet Roux", "")
    assert by_code["reminder_1"].owner == "Mme Petit"


@pytest.mark.parametrize(("extra", "said"), [
    ("collection: {role: {collector: Zoé}}", "unknown key collection.role"),
    ("collection: {scenarios: {mid_small: {steps: {reminder_1: {from_dey: 4}}}}}", "from_dey"),
    ("collection: {scenarios: {mid_smal: {dunning: item}}}", "mid_smal"),
    ("collection: {scenarios: {public: {steps: {reminder_2: {from_day: 4}}}}}", "no step reminder_2"),
    ("collection: {notice_days: 3}", "notice_days"),
])
def test_a_wrong_key_of_the_section_is_an_error_that_names_it(tmp_path: Path, extra: str, said: str) -> None:
    home = make_project(tmp_path)
    with (home / "parameters" / "alpha.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{extra}\n")
    with pytest.raises(BadInputError, match=said):
        load_parameters("alpha", home=home)


def test_habits_move_the_calendar_and_the_parameters_have_the_last_word() -> None:
    kinds = pd.Series(["mid_small"] * 5 + ["consumer"] * 5 + ["very_small"] * 4, index=[f"C{n}" for n in range(14)])
    profiles = pd.Series(["slow"] * 3 + ["punctual", "new"] + ["punctual"] * 5 + ["slow"] * 4, index=kinds.index)
    rules = CollectionRules(habit_customers=4, scenarios={"mid_small": {"steps": {"call_2": {"from_day": 18}}}})
    found = paces(kinds, profiles=profiles, rules=rules)
    assert found["mid_small"] == Pace("late", 4, 1, 3)  # 3 of the 4 whose habit is known
    assert found["consumer"] == Pace("on_time", 5, 5, 0)
    adapted = adapted_rules(rules, found)
    days = {step.code: step.from_day for step in scenario_of("mid_small", rules=adapted, formats=FORMATS).steps}
    assert (days["formal_notice"], days["hand_over"], days["call_2"], days["reminder_1"]) == (30, 55, 18, 3)
    assert "pre_reminder" not in scenario_of("consumer", rules=adapted, formats=FORMATS).codes
    assert paces(kinds, profiles=profiles, rules=CollectionRules())["very_small"].habit == ""  # four are too few
    assert adapted_rules(adapted, found) == adapted
