"""What a client has to do now, by urgency: how many debtors, how much, who, by which means and with which letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.action_plan import URGENCIES, action_plan
from auditlib.collection_rules import CollectionRules
from auditlib.debtor_kinds import audited_kinds
from auditlib.formats import Formats
from auditlib.scenario_texts import CHANNEL_NAMES, ROLE_NAMES
from auditlib.scenarios import Scenario
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.scenario_calendar import Channel, Role

__all__ = ["UrgentAction", "urgent_actions"]

FIRST_SHOWN = 2
IMMEDIATE, THIS_WEEK, THIS_MONTH = 1, 2, 3
ALLOCATE = N_("Affecter les règlements et avoirs en attente avant toute relance")
ANSWER = N_("Répondre aux litiges par écrit et réclamer la part non contestée")


@dataclass(frozen=True)
class UrgentAction:
    """One thing to do now.

    Attributes
    ----------
    urgency : int
        1 (immediate) to 3.
    when, action, debtors : str
        The urgency in words, what is done, for which kind of debtor.
    customers : int
    amount_cents : int
        At stake. [cents, VAT included]
    owner, channel, template : str
        ``template`` is the code of the letter, "" for none.
    first : tuple of str
        The customers with most at stake.
    """

    urgency: int
    when: str
    action: str
    debtors: str
    customers: int
    amount_cents: int
    owner: str
    channel: str
    template: str
    first: tuple[str, ...]


def urgent_actions(results: "AuditResults", scenarios: Mapping[str, Scenario], *, rules: CollectionRules,
                   formats: Formats) -> tuple[UrgentAction, ...]:
    """Return what to do now, the most urgent and the largest first.

    Parameters
    ----------
    results : AuditResults
    scenarios : mapping of str to Scenario
        Of the kinds this client has.
    rules : CollectionRules
    formats : Formats
    """
    found = [*_from_plan(results, scenarios, rules, formats), *_beside(results, rules, formats),
             *_apart(results, scenarios, formats)]
    return tuple(sorted(found, key=lambda one: (one.urgency, -one.amount_cents, one.action)))


def _from_plan(results: "AuditResults", scenarios: Mapping[str, Scenario], rules: CollectionRules,
               formats: Formats) -> list[UrgentAction]:
    """Add up the lines of the action plan that ask for the same step at the same urgency."""
    plan = action_plan(results, rules=rules, language=formats.language)
    found = []
    for _key, rows in plan.groupby(["urgency", "kind", "next_step", "channel", "owner"], sort=False):
        line = rows.iloc[0]
        urgency, action = int(line["urgency"]), str(line["next_step"])
        amounts = rows["claim_cents"].where(rows["claim_cents"] > 0, rows["unconfirmed_cents"])
        scenario = scenarios[line["kind"]]
        found.append(UrgentAction(
            urgency, formats.gettext(URGENCIES[urgency - 1]), action, scenario.title, len(rows), int(amounts.sum()),
            line["owner"], line["channel"], line["template"], _largest(rows, amounts)))
    return found


def _beside(results: "AuditResults", rules: CollectionRules, formats: Formats) -> list[UrgentAction]:
    """Return what comes before reminders whoever owes: receipts to allocate, disputes to answer."""
    people, items = results.customers, results.open_items
    every = formats.gettext("Tous débiteurs")
    disputed = items["disputed_cents"].where(~(items["is_doubtful"] | items["is_group"]), 0)
    by_customer = disputed.groupby(items["customer_id"].astype("str")).sum()
    argued = people["customer_id"].map(by_customer).fillna(0).astype("int64")
    wanted: tuple[tuple[int, str, pd.Series, Role, Channel], ...] = (
        (IMMEDIATE, ALLOCATE, -people["unallocated_cents"], "finance", "internal"),
        (THIS_WEEK, ANSWER, argued, "salesperson", "letter"))
    found = []
    for urgency, action, amounts, role, channel in wanted:
        rows = people[(amounts > 0).to_numpy()]
        if len(rows):
            found.append(UrgentAction(
                urgency, formats.gettext(URGENCIES[urgency - 1]), formats.gettext(action), every, len(rows),
                int(amounts.clip(lower=0).sum()), rules.roles.get(role) or formats.gettext(ROLE_NAMES[role]),
                formats.gettext(CHANNEL_NAMES[channel]), "dispute_acknowledgement" if action == ANSWER else "",
                _largest(rows, amounts)))
    return found


def _apart(results: "AuditResults", scenarios: Mapping[str, Scenario], formats: Formats) -> list[UrgentAction]:
    """Return the first step for those who are never dunned: insolvent debtors at once, group companies at closing."""
    kinds = audited_kinds(results)["kind"]
    found = []
    for kind, urgency in (("insolvent", IMMEDIATE), ("group", THIS_MONTH)):
        rows = results.customers[((kinds == kind) & (results.customers["gross_cents"] > 0)).to_numpy()]
        if len(rows) and scenarios[kind].steps:
            step = scenarios[kind].steps[0]
            found.append(UrgentAction(
                urgency, formats.gettext(URGENCIES[urgency - 1]), step.name, scenarios[kind].title, len(rows),
                int(rows["gross_cents"].sum()), step.owner, step.channel, step.template,
                _largest(rows, rows["gross_cents"])))
    return found


def _largest(rows: pd.DataFrame, amounts: pd.Series) -> tuple[str, ...]:
    """Name the customers with most at stake, by code where they have no name."""
    order = amounts.loc[rows.index].sort_values(ascending=False, kind="stable").index[:FIRST_SHOWN]
    names = rows["name"].astype("str").where(rows["name"].astype("str") != "", rows["customer_id"].astype("str"))
    return tuple(names.loc[order])
