"""The scenario of each kind of debtor: its steps as this client takes them, and the next one for a given debtor."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from auditlib.collection_rules import CollectionRules, StepOverride
from auditlib.debtor_kinds import debtor_kinds, kind_of_debtor
from auditlib.follow_up_words import STEPS
from auditlib.formats import Formats
from auditlib.scenario_calendar import CALENDARS, KINDS, ROLES, STEP_CODES, Kind, Planned, Role
from auditlib.scenario_rules import CAUTIONS, ESCALATIONS, STOPS, STOPS_OF
from auditlib.scenario_texts import (
    CHANNEL_NAMES,
    CLOCK_NAMES,
    CONTENTS,
    DUNNING_NAMES,
    KIND_CONTENTS,
    METHODS,
    ROLE_NAMES,
    TITLES,
)

__all__ = ["KINDS", "STEP_CODES", "Scenario", "Step", "StopRule", "debtor_kinds", "kind_of_debtor", "kind_title",
           "law_words", "next_step", "scenario_of"]

SOFT = ("pre_reminder", "reminder_1", "call_1", "reminder_2", "call_2", "reminder_3")
"""Reminders and calls: without a log, those whose day has passed are taken to have been made; nothing else is."""
WRITTEN = ("reminder_1", "reminder_2", "reminder_3")
"""One of them comes before a formal notice."""


@dataclass(frozen=True)
class Step:
    """One step of amicable collection.

    Attributes
    ----------
    code : str
        One of `STEP_CODES`.
    from_day : int
        First day it is due on, from what the scenario counts from; negative before it. [days]
    name, channel, owner, content : str
        What is done, by which means, by whom, and what it holds, as printed.
    template : str
        Code of the letter, "" for none.
    role, means : str
        Codes of owner and channel; ``role`` is "" where the owner is a person the parameters name.
    is_required : bool
        Whether no later step may take its place.
    """

    code: str
    from_day: int
    name: str
    channel: str
    owner: str
    template: str
    content: str
    role: str = ""
    means: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class StopRule:
    """What suspends or ends dunning: its code, and the sentence."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Scenario:
    """How one kind of debtor is followed.

    Attributes
    ----------
    kind, title, method : str
    dunning, clock : str
        Codes of `auditlib.scenario_calendar`: what a reminder is about, what days count from.
    dunning_sentence, clock_sentence : str
    steps : tuple of Step
        Earliest first.
    escalation, cautions : tuple of str
    stops : tuple of StopRule
    """

    kind: str
    title: str
    method: str
    dunning: str
    dunning_sentence: str
    clock: str
    clock_sentence: str
    steps: tuple[Step, ...]
    escalation: tuple[str, ...]
    stops: tuple[StopRule, ...]
    cautions: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the steps, earliest first."""
        return tuple(step.code for step in self.steps)


def kind_title(kind: str, *, language: str = "fr") -> str:
    """Name a kind of debtor."""
    return Formats(language=language).gettext(TITLES[kind])  # type: ignore[index]  # any text of KINDS


def scenario_of(kind: Kind, *, rules: CollectionRules, formats: Formats,
                law: Mapping[str, str] | None = None) -> Scenario:
    """Return the scenario of a kind of debtor, as the parameters change it.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    rules : CollectionRules
        Parameters ``collection``.
    formats : Formats
        Language and currency.
    law : mapping of str to str, optional
        Figures of the law in words (`law_words`); without them the sentences name no figure.
    """
    calendar, override = CALENDARS[kind], rules.scenarios.get(kind)
    changes = override.steps if override else {}
    kept = [(step, changes.get(step.code) or StepOverride()) for step in calendar.steps]
    words = {**law_words(None, day=None, formats=formats), **(law or {}), **_rule_words(rules, formats)}
    contents = {step.code: KIND_CONTENTS.get((kind, step.code), CONTENTS[step.code]) for step, _change in kept}
    steps = [_step(step, change, content=formats.gettext(contents[step.code]).format(**words), roles=rules.roles,
                   formats=formats) for step, change in kept if not change.is_left_out]
    dunning = (override.dunning if override else None) or calendar.dunning
    _ = formats.gettext
    return Scenario(
        kind, _(TITLES[kind]), _(METHODS[kind]), dunning, _(DUNNING_NAMES[dunning]), calendar.clock,
        _(CLOCK_NAMES[calendar.clock]), tuple(sorted(steps, key=lambda step: step.from_day)),
        tuple(_(one).format(**words) for one in ESCALATIONS[kind]),
        tuple(StopRule(code, _(STOPS[code]).format(**words)) for code in STOPS_OF[kind]
              if code != "below_threshold" or rules.minimum_claim),
        tuple(_(one).format(**words) for one in CAUTIONS[kind]))


def next_step(scenario: Scenario, days_overdue: int, done_steps: Collection[str] | None) -> Step | None:
    """Return the step to take next, or None where the scenario has nothing more.

    The step may lie ahead: it is then due on its ``from_day``. Steps that time has overtaken are not made up for, but
    for the required ones; nothing goes back to softer reminders, and a formal notice comes after a written reminder.

    Parameters
    ----------
    scenario : Scenario
    days_overdue : int
        Of the oldest claim, counted as the scenario counts; negative before. [days]
    done_steps : collection of str or None
        Codes of the steps already taken; None where there is no log: reminders and calls whose day has
        passed are then taken to have been made.
    """
    steps = [step for step in scenario.steps if step.is_required or step.from_day >= 0 or days_overdue <= 0]
    due = [step for step in steps if step.from_day <= days_overdue]
    done = {step.code for step in due if step.code in SOFT} if done_steps is None else set(done_steps)
    if done_steps is None and due and due[-1].code in SOFT:
        done -= {due[-1].code}
    furthest = max((place for place, step in enumerate(steps) if step.code in done), default=-1)
    if steps and furthest == len(steps) - 1:
        return None
    required = [step for step in due if step.is_required and step.code not in done]
    later = steps[furthest + 1:]
    overtaking = [step for step in later if step in due]
    chosen = (required or overtaking[-1:] or later)[:1]
    return _after_a_reminder(chosen[0], steps, done) if chosen else None


def _after_a_reminder(step: Step, steps: list[Step], done: set[str]) -> Step:
    """Put the last written reminder of the scenario before a formal notice where none was sent."""
    written = [one for one in steps if one.code in WRITTEN and one.from_day <= step.from_day]
    if step.code != "formal_notice" or not written or any(one.code in done for one in written):
        return step
    return written[-1]


def law_words(rates: pd.DataFrame | None, *, day: pd.Timestamp | None, formats: Formats) -> dict[str, str]:
    """Return the figures of the law that the sentences quote, in words; general words where none is in force.

    Parameters
    ----------
    rates : DataFrame or None
        `auditlib.legal_tables.legal_table`.
    day : Timestamp or None
        The rows in force on it are read.
    formats : Formats
    """
    _ = formats.gettext
    sources = {
        "indemnity": ("recovery_indemnity", "", _(" de {value} €")),
        "claim_time": ("insolvency_claim", _("la loi"), _("{value} mois")),
        "retention_time": ("retention_claim", _("la loi"), _("{value} mois")),
        "relief": ("insolvency_relief", "", _(" sous {value} mois")),
        "small_claims": ("small_claims", "", _(" ({value} € au plus)")),
        "public_years": ("prescription_public", "", _(" de {value} ans")),
        "consumer_years": ("prescription_consumer", "", _(" de {value} ans")),
        "business_years": ("prescription_business", "", _(" de {value} ans")),
    }
    values = {} if rates is None or day is None else _in_force(rates, day)
    return {word: said.format(value=formats.count(round(values[name]))) if name in values else unknown
            for word, (name, unknown, said) in sources.items()}


def _in_force(rates: pd.DataFrame, day: pd.Timestamp) -> dict[str, float]:
    held = rates[(rates["valid_from"] <= day) & (rates["valid_to"].isna() | (rates["valid_to"] >= day))]
    held = held.dropna(subset=["value"])
    return dict(zip(held["parameter"].astype("str"), held["value"].astype("float64"), strict=True))


def _rule_words(rules: CollectionRules, formats: Formats) -> dict[str, str]:
    return {
        "notice": formats.count(rules.notice_days), "instalments": formats.count(rules.plan_instalments),
        "dispute_days": formats.count(rules.dispute_days),
        "minimum": formats.amount(rules.minimum_claim),
        "insurer": "" if rules.insurer_days is None else formats.gettext(" ({days} jours après l’échéance)").format(
            days=formats.count(rules.insurer_days)),
    }


def _step(planned: Planned, change: StepOverride, *, content: str, roles: Mapping[Role, str],
          formats: Formats) -> Step:
    """Write a step out: its owner the person who holds the role, or the one the parameters name."""
    _ = formats.gettext
    owner, channel = change.owner or planned.role, change.channel or planned.channel
    role = next((one for one in ROLES if one == owner), None)
    return Step(
        planned.code, planned.from_day if change.from_day is None else change.from_day, _(STEPS[planned.code]),
        _(CHANNEL_NAMES[channel]), owner if role is None else roles.get(role) or _(ROLE_NAMES[role]),
        planned.template if change.template is None else change.template, content, role=role or "", means=channel,
        is_required=planned.is_required)
