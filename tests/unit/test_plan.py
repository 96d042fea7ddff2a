"""The action plan, worked by hand: points of urgency, the next step after what was done, promises, commitments."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.action_plan import action_plan, claimable, no_forecast
from auditlib.collection_rules import CollectionRules
from auditlib.plan_segments import SEGMENTATIONS, plan_by_segment
from auditlib.sales_requests import sales_requests
from auditlib.urgency import urgency, urgency_points
from tests.unit.results_fixture import results

AS_OF = dt.date(2025, 12, 31)


def one_customer(*, net: int = 100_000, tables: dict[str, pd.DataFrame] | None = None, **item: Any) -> Any:
    """Return results of one French business with one invoice of 1 000.00 overdue by 40 days, changed as asked."""
    whole = results()
    values: dict[str, Any] = {
        "customer_id": "000001", "document_ref": "F1", "residual_cents": 100_000, "days_overdue": 40.0,
        "disputed_cents": 0, "is_doubtful": False, "is_retention": False, "is_group": False, "due_date_origin": "given",
        "is_terms_confirmed": False}
    items = whole.open_items.iloc[:1].assign(**(values | item))
    people = whole.customers[whole.customers["customer_id"] == "000001"].assign(
        net_overdue_cents=net, customer_type="B2B", zone="FR", size_class="PME", is_group=False, salesperson="Zoé")
    return SimpleNamespace(**(vars(whole) | {"open_items": items, "customers": people} | (tables or {})))


def log(*rows: tuple[str, str, str]) -> dict[str, pd.DataFrame]:
    """Return a log of actions: document, step and day of each."""
    frame = pd.DataFrame([{
        "customer_id": "000001", "document_ref": document, "step": step, "channel": "", "done_on": day, "contact": "",
        "owner": "", "comment": "", "next_on": pd.NaT, "source_file": "", "source_sheet": "", "source_row": 1}
        for document, step, day in rows])
    return {"actions": schemas.validate(frame.astype({"done_on": "datetime64[s]"}), schemas.ACTIONS)}


def promises(*rows: tuple[int, str, str]) -> dict[str, pd.DataFrame]:
    """Return promises of the customer: cents, day promised, outcome."""
    return {"promises": pd.DataFrame([{
        "customer_id": "000001", "movement_id": -1, "document_ref": "", "amount_cents": cents, "made_on": pd.NaT,
        "promised_on": pd.Timestamp(day), "paid_cents": 0, "outcome": outcome} for cents, day, outcome in rows])}


def commitment(document: str, *, due_on: str = "2025-12-20", kept_on: str | None = None) -> dict[str, pd.DataFrame]:
    frame = pd.DataFrame([{
        "customer_id": "000001", "document_ref": document, "what": "credit_note", "comment": "", "owner": "Luc",
        "due_on": pd.Timestamp(due_on), "kept_on": pd.Timestamp(kept_on) if kept_on else pd.NaT, "source_file": "",
        "source_sheet": "", "source_row": 1}])
    return {"commitments": schemas.validate(frame, schemas.COMMITMENTS)}


def debtors(*rows: tuple[int, int, str, float]) -> pd.DataFrame:
    """Return debtors: claim [cents], days, profile, days left before prescription."""
    frame = pd.DataFrame(rows, columns=["claim_cents", "oldest_days", "profile", "lapse_days"])
    return frame.assign(is_promise_broken=False)


def test_points_of_urgency_worked_by_hand() -> None:
    """Of 10 000.00 the first makes half, the second goes to 80 %, the others are beyond."""
    missing = float("nan")
    table = debtors((500_000, 61, "punctual", missing), (300_000, 60, "silent", 200.0),
                    (100_000, 15, "slipping", 180.0),
                    (60_000, 16, "", 90.0), (40_000, 3, "punctual", 181.0))
    points = urgency_points(table, rules=CollectionRules())
    assert points.to_numpy().tolist() == [
        [2, 2, 0, 0, 0], [1, 1, 2, 0, 0], [0, 0, 1, 1, 0], [0, 1, 0, 3, 0], [0, 0, 0, 0, 0]]
    assert urgency(points, rules=CollectionRules()).tolist() == [1, 1, 2, 1, 3]


def test_thresholds_and_weights_are_the_parameters() -> None:
    rules = CollectionRules.model_validate({
        "urgent_share": 0.0, "old_days": 10, "urgency": {"second_share": 0.0, "profiles": {"punctual": 4},
                                                         "immediate_points": 6, "soon_points": 6}})
    points = urgency_points(debtors((100, 11, "punctual", float("nan"))), rules=rules)
    assert points.to_numpy().tolist() == [[0, 2, 4, 0, 0]]
    assert urgency(points, rules=rules).tolist() == [1]


def test_the_rule_names_every_point() -> None:
    row = action_plan(one_customer()).iloc[0]
    assert row["rule"] == "parmi les plus gros montants (+2) ; plus ancien retard : 40 jours (+1)"
    assert row["urgency"] == 1


@pytest.mark.parametrize(("done", "step"), [
    ([], "formal_notice"),  # no log at all: what is past is taken to have been done
    ([("", "reminder_1", "2025-11-25")], "formal_notice"),
    ([("F1", "reminder_2", "2025-12-10"), ("", "formal_notice", "2025-12-27")], "hand_over"),
    ([("", "reminder_1", "2025-01-10")], "reminder_3"),  # of another time: nothing written was sent in this one
    ([("F9", "hand_over", "2025-12-20")], "reminder_3"),  # about another document than the oldest claim
    ([("", "reminder_1", "2026-01-02")], "reminder_3"),  # after the date: does not exist yet
])
def test_a_step_already_taken_is_not_repeated(done: list[tuple[str, str, str]], step: str) -> None:
    plan = action_plan(one_customer(tables=log(*done) if done else None))
    assert plan["step"].tolist() == [step]


def test_a_broken_promise_is_called_the_same_day_and_is_urgent() -> None:
    audit = one_customer(days_overdue=5.0, tables=promises((50_000, "2025-12-20", "broken")))
    row = action_plan(audit).iloc[0]
    assert (row["next_step"], row["due_on"].date(), row["template"]) == (
        "Appeler aujourd’hui : promesse du 20/12/2025 non tenue", AS_OF, "")
    assert row["urgency"] == 1
    assert "promesse non tenue (+3)" in row["rule"]


def test_two_broken_promises_go_to_the_next_stage() -> None:
    """At 16 days the scenario would send the second reminder; after two promises broken it is the call after it."""
    two = promises((50_000, "2025-12-20", "broken"), (50_000, "2025-12-24", "broken"))
    assert action_plan(one_customer(days_overdue=16.0))["step"].tolist() == ["reminder_2"]
    row = action_plan(one_customer(days_overdue=16.0, tables=two)).iloc[0]
    assert (row["step"], row["owner"]) == ("call_2", "Zoé")
    assert row["next_step"].startswith("Deux promesses non tenues : ")


def test_a_call_made_since_the_promise_was_broken_answers_it() -> None:
    tables = promises((50_000, "2025-12-20", "broken")) | log(("", "call_1", "2025-12-22"))
    row = action_plan(one_customer(days_overdue=16.0, tables=tables)).iloc[0]
    assert row["broken"] == 0
    assert row["step"] == "reminder_2"


def test_a_promise_to_come_that_covers_the_claim_is_waited_for() -> None:
    row = action_plan(one_customer(tables=promises((100_000, "2026-01-10", "pending")))).iloc[0]
    assert row["next_step"] == "Vérifier le règlement promis pour le 10/01/2026"
    assert row["due_on"].date() == dt.date(2026, 1, 14)
    assert row["urgency"] == 3
    short = action_plan(one_customer(tables=promises((99_999, "2026-01-10", "pending")))).iloc[0]
    assert short["step"] == "formal_notice"


@pytest.mark.parametrize(("document", "due_on", "kept_on", "suspended"), [
    ("F1", "2025-12-20", None, 100_000), ("f-1", "2025-12-20", None, 100_000), ("", "2025-12-20", None, 100_000),
    ("F2", "2025-12-20", None, 0), ("F1", "2025-12-31", None, 0), ("F1", "2025-12-20", "2025-12-31", 0),
    ("F1", "2025-12-20", "2026-01-02", 100_000)])
def test_a_late_commitment_of_ours_suspends_what_it_is_about(
    document: str, due_on: str, kept_on: str | None, suspended: int,
) -> None:
    audit = one_customer(tables=commitment(document, due_on=due_on, kept_on=kept_on))
    amounts = claimable(audit).iloc[0]
    assert amounts["suspended_cents"] == suspended
    assert amounts["claim_cents"] == 100_000 - suspended
    assert amounts["set_aside_cents"] == suspended
    row = action_plan(audit).iloc[0]
    if suspended:
        assert row["next_step"] == "Tenir d’abord notre engagement : émettre un avoir (prévu le 20/12/2025)"
        assert row["owner"] == "Luc"
        assert row["urgency"] == 1
        assert row["rule"] == "relance suspendue : notre engagement du 20/12/2025 n’est pas tenu"


def test_suspended_and_disputed_never_take_more_than_net_overdue() -> None:
    """1 000.00 overdue, 300.00 disputed, 600.00 received: 400.00 net, 100.00 of it free of dispute, and it waits."""
    amounts = claimable(one_customer(net=40_000, disputed_cents=30_000, tables=commitment("F1"))).iloc[0]
    assert (amounts["claim_cents"], amounts["suspended_cents"], amounts["set_aside_cents"]) == (0, 10_000, 40_000)


def test_expected_cash_is_missing_with_its_reason_or_never_more_than_the_claim() -> None:
    bare = one_customer()
    assert action_plan(bare)["expected_cents"].isna().all()
    assert no_forecast(bare)
    cash = pd.DataFrame({"customer_id": ["000001"], "expected_cents": [150_000], "base_cents": [200_000]})
    audit = one_customer(tables={"customer_cash": cash})
    assert action_plan(audit)["expected_cents"].tolist() == [100_000]
    assert no_forecast(audit) == ""


def test_under_the_threshold_only_a_statement_goes() -> None:
    plan = action_plan(one_customer(), rules=CollectionRules(minimum_claim=1_001))
    assert plan["template"].tolist() == ["statement"]


@pytest.mark.parametrize("by", SEGMENTATIONS)
def test_every_segmentation_adds_up_to_the_whole(by: str) -> None:
    audit = results()
    plan = action_plan(audit)
    table = plan_by_segment(audit, plan, by=by)
    people = audit.customers[audit.customers["net_overdue_cents"] > 0]
    assert table["net_overdue_cents"].sum() == people["net_overdue_cents"].sum()
    assert table["customers"].sum() == len(people)
    assert table["claim_cents"].sum() == plan["claim_cents"].sum()
    assert table["to_do"].sum() == len(plan)
    parts = table[["claim_cents", "suspended_cents", "unconfirmed_cents", "apart_cents"]]
    assert (parts >= 0).all(axis=None)
    assert (parts.sum(axis=1) == table["net_overdue_cents"]).all()


def asked(audit: Any) -> list[tuple[str, str, int]]:
    found = sales_requests(audit, action_plan(audit))
    return list(zip(found["salesperson"], found["request"], found["amount_cents"], strict=True))


def test_a_salesperson_is_asked_what_only_he_can_unblock() -> None:
    assert asked(one_customer(due_date_origin="default", days_overdue=40.0)) == [("Zoé", "confirm_terms", 100_000)]
    assert asked(one_customer(days_overdue=21.0)) == [("Zoé", "join_call", 100_000)]
    disputed = asked(one_customer(disputed_cents=30_000))
    assert disputed == [("Zoé", "unblock_dispute", 30_000)]
    assert asked(one_customer(is_doubtful=True, disputed_cents=30_000)) == []


def test_a_gesture_is_prepared_for_a_large_debtor_who_slides() -> None:
    payers = pd.DataFrame({"customer_id": ["000001"], "profile": ["slipping"], "days_beyond_terms": [9.0],
                           "paid_cents": [1]})
    assert ("Zoé", "gesture", 100_000) in asked(one_customer(tables={"payers": payers}))


def test_a_salesperson_sees_his_own_commitments_until_kept() -> None:
    mine = commitment("F1", due_on="2026-01-15")["commitments"].assign(owner="zoé")
    assert ("Zoé", "commitment", 100_000) in asked(one_customer(tables={"commitments": mine}))
    kept = mine.assign(kept_on=pd.Timestamp("2025-12-30"))
    assert not [one for one in asked(one_customer(tables={"commitments": kept})) if one[1] == "commitment"]


def test_a_lapsed_claim_is_not_threatened_with_a_court() -> None:
    lapsed = pd.DataFrame({"customer_id": ["000001"], "class": ["lapsed"], "net_overdue_cents": [100_000],
                           "lapse_date": [pd.Timestamp("2025-06-30")]})
    row = action_plan(one_customer(tables={"prescription": lapsed})).iloc[0]
    assert row["next_step"].startswith("Prescription dépassée")
    assert row["template"] == ""
    assert "prescription dépassée (+3)" in row["rule"]


@pytest.mark.parametrize(("name", "is_barred"), [("", True), ("Mme Roy", False)])
def test_a_customer_marked_not_to_be_contacted_is_neither_called_nor_written_to(name: str, is_barred: bool) -> None:
    contact = schemas.validate(pd.DataFrame([{
        "customer_id": "000001", "name": name, "role": "", "email": "", "phone": "", "address": "", "portal": "",
        "do_not_contact": True, "source_file": "", "source_sheet": "", "source_row": 1}]), schemas.CONTACTS)
    row = action_plan(one_customer(tables={"contacts": contact})).iloc[0]
    assert row["next_step"].startswith("Ne pas contacter") == is_barred
    assert (row["template"] == "") == is_barred


def test_a_request_without_a_day_of_its_own_is_due_in_five_working_days_and_a_claim_in_court_asks_nothing() -> None:
    """31/12/2025 is a Wednesday and 01/01/2026 a holiday: the fifth working day after it is Thursday 08/01/2026."""
    audit = one_customer(disputed_cents=30_000)
    found = sales_requests(audit, action_plan(audit))
    assert found["due_on"].dt.date.tolist() == [dt.date(2026, 1, 8)]
    held = pd.DataFrame({"movement_id": audit.open_items["movement_id"].tolist(), "customer_id": ["000001"],
                         "reason": ["Contentieux : Injonction de payer"]})
    in_court = one_customer(disputed_cents=30_000, tables={"disputes": held})
    assert sales_requests(in_court, action_plan(in_court)).empty
