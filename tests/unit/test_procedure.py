"""The collection procedure is the client's own: kinds, days, owners and amounts follow his debtors and his answers."""

import io
import re
import zipfile
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from defusedxml import ElementTree
from docx import Document

from auditlib.collection_rules import CollectionRules
from auditlib.deliver.content import report_content
from auditlib.deliver.procedure_docx import procedure_docx
from auditlib.deliver.procedure_parts import flow_chart, kind_flow_chart
from auditlib.flowchart import general_flow, kind_flow
from auditlib.formats import Formats
from auditlib.present import procedure_shown
from auditlib.procedure import Procedure, collection_procedure
from auditlib.scenarios import next_step
from tests.unit.results_fixture import parameters, results

FORMATS = Formats(language="fr", currency="EUR")
BOX = re.compile(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)" rx="[\d.]+" fill="#f\w+"')
PUNCTUAL, FRAGILE = "punctual", "silent"


def client(*debtors: tuple[str, str, str], profile: str, late: float) -> Any:
    """Return the fixture's client with debtors of these types, zones and sizes in turn, all of one profile."""
    whole = results()
    people = whole.customers.copy()
    for place, column in enumerate(("customer_type", "zone", "size_class")):
        people[column] = [debtors[rank % len(debtors)][place] for rank in range(len(people))]
    payers = pd.DataFrame({"customer_id": people["customer_id"], "profile": profile, "days_beyond_terms": late,
                           "paid_cents": 100_000})
    return SimpleNamespace(**(vars(whole) | {"customers": people, "payers": payers}))


def steady() -> Any:
    return client(("public", "FR", ""), ("B2B", "FR", "Grand compte"), profile=PUNCTUAL, late=0.0)


def shaky() -> Any:
    return client(("B2C", "FR", ""), ("B2B", "FR", "TPE"), profile=FRAGILE, late=40.0)


def actions_of(procedure: Procedure) -> set[tuple[str, str, int, str]]:
    """Return kind, step, day and owner of every step."""
    return {(one.scenario.kind, step.code, step.from_day, step.owner)
            for one in procedure.treatments for step in one.scenario.steps}


def test_opposite_clients_get_different_procedures() -> None:
    first, second = collection_procedure(steady()), collection_procedure(shaky())
    assert {one.scenario.kind for one in first.treatments} >= {"public", "large_account"}
    assert {one.scenario.kind for one in second.treatments} >= {"consumer", "fragile"}
    shared = {"insolvent", "group"}  # the fixture's doubtful accounts, alike in both
    mine = {one for one in actions_of(first) if one[0] not in shared}
    theirs = {one for one in actions_of(second) if one[0] not in shared}
    assert mine
    assert theirs
    assert not mine & theirs
    assert {step for _kind, step, _day, _owner in mine} != {step for _kind, step, _day, _owner in theirs}
    assert ("large_account", "pre_reminder") not in {one[:2] for one in mine}  # they pay on time
    assert ("fragile", "formal_notice", 25, "direction") in theirs
    assert {one.action for one in first.actions} != {one.action for one in second.actions}
    assert "Statut sur le portail" in {one.action for one in first.actions}


def test_the_kinds_cover_every_debtor_once_and_their_amounts_add_up() -> None:
    audit = results()
    procedure = collection_procedure(audit)
    owing = audit.customers[audit.customers["gross_cents"] > 0]
    assert sum(one.customers for one in procedure.treatments) == len(owing)
    assert sum(one.net_overdue_cents for one in procedure.treatments) == owing["net_overdue_cents"].sum()
    assert sum(one.gross_cents for one in procedure.treatments) == owing["gross_cents"].sum()
    assert all(sum(count for _reason, count in one.grounds) == one.customers for one in procedure.treatments)


def test_the_actions_now_are_steps_their_scenario_has_and_the_most_urgent_come_first() -> None:
    procedure = collection_procedure(shaky())
    assert [one.urgency for one in procedure.actions] == sorted(one.urgency for one in procedure.actions)
    consumer = next(one for one in procedure.treatments if one.scenario.kind == "consumer")
    letters = {one.template for one in procedure.actions if one.debtors == consumer.scenario.title}
    assert letters <= {step.template for step in consumer.scenario.steps} | {""}


def test_answers_stand_beside_what_is_asked_and_silence_is_said() -> None:
    said = {"systems.who": {"answer": "La comptable", "by": "M. Roy", "on": "2026-01-10"},
            "plans.policy": {"answer": " "}}
    found = {one.question: one for one in collection_procedure(results(), answers=said).changes}
    assert found["systems.who"].today == "« La comptable » (M. Roy, 10/01/2026)"
    assert not found["plans.policy"].is_answered
    assert found["plans.policy"].today == "Non renseigné, à préciser"
    assert "systems.electronic" not in {one.question for one in collection_procedure(shaky()).changes}  # no public body


def test_named_people_hold_the_roles() -> None:
    rules = CollectionRules(roles={"collector": "Mme Petit"})
    procedure = collection_procedure(results(), rules=rules)
    collector = next(one for one in procedure.duties if one.role == "chargé de recouvrement")
    assert collector.holder == "Mme Petit"
    assert {one.holder for one in procedure.duties if one is not collector} == {"à nommer"}
    said = {"systems.who": {"answer": "La comptable"}}
    spoken = {one.role: one.holder for one in collection_procedure(results(), answers=said).duties}
    assert spoken["chargé de recouvrement"] == "à nommer ; dit en entretien : « La comptable »"
    assert any(owner == "Mme Petit" for *_rest, owner in actions_of(procedure))


def test_a_client_nobody_owes_has_no_procedure_and_says_so() -> None:
    audit = results()
    people = audit.customers.assign(gross_cents=0, net_overdue_cents=0, unallocated_cents=0)
    nobody: Any = SimpleNamespace(**(vars(audit) | {"customers": people, "open_items": audit.open_items.iloc[:0]}))
    procedure = collection_procedure(nobody)
    assert procedure.treatments == ()
    assert "rien à recouvrer" in procedure.sentence


# --- flowcharts


def test_a_flowchart_shows_every_step_in_its_place() -> None:
    procedure = collection_procedure(results())
    for treatment in procedure.treatments:
        flow = kind_flow(treatment, FORMATS)
        assert [step.code for step in flow.steps] == list(treatment.scenario.codes)
        drawn = ElementTree.fromstring(kind_flow_chart(treatment, FORMATS).svg)
        words = " ".join(" ".join(part.itertext()) for part in drawn.iter())
        assert all(step.day in words for step in flow.steps)


def test_a_long_name_with_signs_of_markup_stays_in_its_box() -> None:
    rules = CollectionRules(roles={"collector": "Mme Petit & <Fils>, comptabilité clients, poste 4512"})
    procedure = collection_procedure(results(), rules=rules)
    for treatment in procedure.treatments:
        drawn = ElementTree.fromstring(kind_flow_chart(treatment, FORMATS).svg)
        owners = [part.text for part in drawn.iter() if part.text and part.text.startswith("Mme Petit & <Fils>")]
        assert all(len(owner) < 40 and owner.endswith("…") for owner in owners)


def test_the_checks_of_a_flow_fit_the_debtor() -> None:
    flows = {one.scenario.kind: [check.code for check in kind_flow(one, FORMATS).checks]
             for audit in (steady(), shaky()) for one in collection_procedure(audit).treatments}
    assert flows["public"][0] == "portal"
    assert "hardship" in flows["consumer"]
    assert "insolvent" not in flows["public"]
    assert {"paid", "disputed", "promise"} <= set(flows["large_account"])


def test_boxes_of_a_flowchart_do_not_overlap_and_stay_on_the_page() -> None:
    procedure = collection_procedure(results())
    for chart in [flow_chart(procedure, FORMATS), *(kind_flow_chart(one, FORMATS) for one in procedure.treatments)]:
        height = float(re.search(r'viewBox="0 0 720 (\d+)"', chart.svg)[1])  # type: ignore[index]
        boxes = [tuple(map(float, found)) for found in BOX.findall(chart.svg)]
        assert boxes
        assert all(x >= 0 and y >= 0 and x + w <= 720 and y + h <= height for x, y, w, h in boxes)
        apart = [(x1 + w1 <= x2 or x2 + w2 <= x1 or y1 + h1 <= y2 or y2 + h2 <= y1)
                 for rank, (x1, y1, w1, h1) in enumerate(boxes) for x2, y2, w2, h2 in boxes[rank + 1:]]
        assert all(apart)


def test_the_general_flow_names_what_is_at_stake() -> None:
    procedure = collection_procedure(steady())
    flow = general_flow(procedure, FORMATS)
    assert "Grands comptes" in flow.step_detail
    assert "J+60" in flow.notice_detail  # the large accounts' notice
    assert "J+30" in flow.notice_detail  # the public bodies' claim


# --- what is handed over


def written(audit: Any) -> bytes:
    return procedure_docx(collection_procedure(audit), results=audit, parameters=parameters(), formats=FORMATS)


def test_the_document_holds_a_chart_and_a_table_for_each_debtor_and_is_the_same_each_time() -> None:
    audit = shaky()
    content = written(audit)
    assert content == written(audit)
    document = Document(io.BytesIO(content))
    kinds = len(collection_procedure(audit).treatments)
    assert len(document.inline_shapes) == kinds + 1
    titles = [part.text for part in document.paragraphs if part.style is not None and part.style.name == "Heading 1"]
    assert "Particuliers" in titles
    assert "Secteur public" not in titles
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        pictures = [parts.read(name) for name in parts.namelist() if name.startswith("word/media/")]
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


def test_the_report_and_the_screen_show_the_same_procedure() -> None:
    audit = results()
    procedure = collection_procedure(audit)
    sections = {one.identifier: one for one in report_content(audit, parameters=parameters()).sections}
    assert len(sections["scenarios"].charts) == len(procedure.treatments)
    shown = procedure_shown.scenarios(procedure, FORMATS)
    assert shown.count("<details") == len(procedure.treatments)
    assert all(chart.svg in shown for chart in sections["scenarios"].charts)


@pytest.mark.parametrize("days", [1, 40, 400])
def test_no_scenario_of_a_client_ever_reminds_an_insolvent_debtor(days: int) -> None:
    procedure = collection_procedure(results())
    for one in procedure.treatments:
        if one.scenario.kind == "insolvent":
            step = next_step(one.scenario, days, None)
            assert step is not None
            assert step.code == "declaration_of_claim"
            break
    else:
        pytest.fail("the fixture has doubtful debtors")
