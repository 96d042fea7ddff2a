"""How the habits of a client's debtors change the calendars: no reminder before the due date, or firm steps earlier."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from auditlib.collection_rules import CollectionRules, ScenarioOverride, StepOverride
from auditlib.scenario_calendar import CALENDARS, KINDS, Kind, Planned, StepCode

__all__ = ["Pace", "adapted_rules", "paces"]

ON_TIME = ("punctual", "direct_debit")
LATE = ("slow", "negligent", "slipping", "irregular", "part_paying", "silent")
UNKNOWN = ("new", "undetermined")
FIRM: tuple[StepCode, ...] = ("reminder_2", "call_2", "reminder_3", "formal_notice", "hand_over")
UNHURRIED: tuple[Kind, ...] = ("group", "insolvent", "fragile", "public", "consumer")
"""Kinds whose calendar is not drawn in: it already is, or the law and their own procedures set it."""


@dataclass(frozen=True)
class Pace:
    """How the debtors of one kind pay, among those whose habit is known.

    Attributes
    ----------
    habit : {"on_time", "late", ""}
        What most of them do; "" where neither does for most, or too few are known.
    customers, on_time, late : int
    """

    habit: str
    customers: int
    on_time: int
    late: int


def paces(kinds: pd.Series, *, profiles: pd.Series, rules: CollectionRules) -> dict[Kind, Pace]:
    """Return how the debtors of each kind pay.

    Parameters
    ----------
    kinds, profiles : Series of str
        Kind and payer profile (`auditlib.payer_profiles.PROFILES`) by customer, on the same index.
    rules : CollectionRules
        ``habit_share`` and ``habit_customers``.
    """
    known = profiles.astype("str")[~profiles.astype("str").isin([*UNKNOWN, ""])]
    found: dict[Kind, Pace] = {}
    for kind in KINDS:
        habits = known[kinds.reindex(known.index) == kind]
        on_time, late = int(habits.isin(ON_TIME).sum()), int(habits.isin(LATE).sum())
        enough = rules.habit_share * len(habits)
        habit = "on_time" if on_time >= enough else "late" if late >= enough else ""
        found[kind] = Pace(habit if len(habits) >= rules.habit_customers else "", len(habits), on_time, late)
    return found


def adapted_rules(rules: CollectionRules, paces_: Mapping[Kind, Pace]) -> CollectionRules:
    """Return the rules with the calendars that the habits call for; what the parameters say of a step stands.

    Where most pay on time nobody is written to before the due date; where most pay late, the firm steps come
    ``earlier_days`` earlier.
    """
    changed = {kind: _adapted(kind, rules, pace) for kind, pace in paces_.items() if pace.habit}
    return rules.model_copy(update={"scenarios": {**rules.scenarios, **changed}})


def _adapted(kind: Kind, rules: CollectionRules, pace: Pace) -> ScenarioOverride:
    said = rules.scenarios.get(kind, ScenarioOverride())
    steps = {step.code: change for step in CALENDARS[kind].steps if (change := _change(kind, step, rules, pace))}
    return said.model_copy(update={"steps": {**steps, **said.steps}})


def _change(kind: Kind, step: Planned, rules: CollectionRules, pace: Pace) -> StepOverride | None:
    if pace.habit == "on_time" and step.code == "pre_reminder":
        return StepOverride(is_left_out=True)
    if pace.habit == "late" and step.code in FIRM and kind not in UNHURRIED and rules.earlier_days:
        return StepOverride(from_day=step.from_day - rules.earlier_days)
    return None
