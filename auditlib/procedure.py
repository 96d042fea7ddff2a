"""The collection procedure of one client: the kinds of debtor he has, what is at stake, and how each is followed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from auditlib.action_plan import claimable
from auditlib.answers import answers_of
from auditlib.collection_pace import Pace, adapted_rules, paces
from auditlib.collection_rules import CollectionRules
from auditlib.debtor_kinds import REASONS, audited_kinds
from auditlib.formats import Formats
from auditlib.procedure_actions import UrgentAction, urgent_actions
from auditlib.procedure_changes import Answers, Change, changes, plainly_said, quoted_answer
from auditlib.scenario_calendar import ROLES, Kind, Role
from auditlib.scenario_rules import STOPS_OF
from auditlib.scenario_texts import ROLE_NAMES
from auditlib.scenarios import Scenario, StopRule, law_words, scenario_of
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["Duty", "Procedure", "Treatment", "client_rules", "collection_procedure"]

UNSURE = (REASONS["no_type"], REASONS["no_size"])
"""Grounds that rest on nothing the files tell: said with the figures."""
SPOKEN_OF = {"collector": "systems.who", "salesperson": "systems.sales"}
"""Questions of the interview by which a client says who does what."""
ON_TIME_SAID = N_("{count} clients sur {known} d’habitude connue payent à l’heure : pas de pré-relance.")
LATE_SAID = N_("{count} clients sur {known} d’habitude connue payent tard : étapes fermes avancées de {days} jours.")


@dataclass(frozen=True)
class Treatment:
    """How one kind of debtor is followed, with what this client has at stake there.

    Attributes
    ----------
    scenario : Scenario
    customers : int
        With a debit open.
    gross_cents, net_overdue_cents, claim_cents : int
        [cents, VAT included]
    oldest_days : int
        Of what is overdue. [days]
    sentence, pace : str
        This client's figures; how his debtors' habits changed the calendar, "" where they did not.
    grounds : tuple of (str, int)
        Why they are of this kind, and how many.
    """

    scenario: Scenario
    customers: int
    gross_cents: int
    net_overdue_cents: int
    claim_cents: int
    oldest_days: int
    sentence: str
    pace: str
    grounds: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Duty:
    """What one role does: who holds it, or that nobody is named yet, and its steps over all scenarios."""

    role: str
    holder: str
    steps: tuple[str, ...]
    customers: int


@dataclass(frozen=True)
class Procedure:
    """The procedure a client may adopt.

    Attributes
    ----------
    treatments : tuple of Treatment
        Only the kinds he has, largest net overdue first.
    actions : tuple of UrgentAction
        What to do now, the most urgent first.
    duties : tuple of Duty
    stops : tuple of StopRule
        Those that hold for every debtor dunned.
    changes : tuple of Change
        What he does today, where he said it, and what the procedure asks.
    sentence : str
    """

    treatments: tuple[Treatment, ...]
    actions: tuple[UrgentAction, ...]
    duties: tuple[Duty, ...]
    stops: tuple[StopRule, ...]
    changes: tuple[Change, ...]
    sentence: str


def client_rules(results: "AuditResults", rules: CollectionRules) -> CollectionRules:
    """Return the rules of collection with the calendars this client's debtors call for."""
    return adapted_rules(rules, _paces(results, audited_kinds(results)["kind"], rules))


def collection_procedure(results: "AuditResults", *, rules: CollectionRules | None = None,
                         answers: Answers | None = None, language: str = "fr") -> Procedure:
    """Return the procedure written for one client, from his debtors, their habits, his rules and his answers.

    Parameters
    ----------
    results : AuditResults
    rules : CollectionRules, optional
        Parameters ``collection``.
    answers : mapping, optional
        What he said in the interview, by question: ``{"answer": …, "by": …, "on": …}``; absent: as the results
        keep it. What was not asked is printed as still to be filled in.
    language : {"fr", "en"}
    """
    given = rules or CollectionRules()
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    found = audited_kinds(results)
    adapted = client_rules(results, given)
    day = pd.Timestamp(results.summary["as_of_date"])
    said = plainly_said(answers_of(results.interview)) if answers is None else answers
    law = law_words(results.legal_rates if len(results.legal_rates.columns) else None, day=day, formats=formats)
    measured = _measured(results, found)
    here = measured[measured["gross_cents"] > 0]
    order = here.groupby("kind")["net_overdue_cents"].sum().sort_values(ascending=False, kind="stable").index
    kinds = cast("list[Kind]", list(order))
    pace = _paces(results, found["kind"], given)
    treatments = tuple(
        _treatment(scenario_of(kind, rules=adapted, formats=formats, law=law), here[here["kind"] == kind],
                   _pace_sentence(kind, pace.get(kind), adapted, given, formats), formats) for kind in kinds)
    return Procedure(
        treatments, urgent_actions(results, {one.scenario.kind: one.scenario for one in treatments}, rules=adapted,
                                   formats=formats),
        _duties(treatments, given, said, formats), _common_stops(treatments),
        changes([one.scenario for one in treatments], answers=said, rules=given, formats=formats),
        _summary(treatments, formats))


def _measured(results: "AuditResults", found: pd.DataFrame) -> pd.DataFrame:
    """Return each customer's kind, ground and figures, with his usual days late where they are known."""
    amounts = results.customers[["customer_id", "gross_cents", "net_overdue_cents", "oldest_days_overdue"]]
    table = pd.concat([amounts, found, claimable(results)["claim_cents"]], axis=1)
    if not len(results.payers.columns):
        return table.assign(late=np.nan, paid_cents=0)
    habits = results.payers.set_index("customer_id")
    return table.assign(late=table["customer_id"].map(habits["days_beyond_terms"]).astype("float64"),
                        paid_cents=table["customer_id"].map(habits["paid_cents"]).fillna(0).astype("int64"))


def _paces(results: "AuditResults", kinds: pd.Series, rules: CollectionRules) -> dict[Kind, Pace]:
    if not len(results.payers.columns):
        return {}
    by_customer = kinds.set_axis(results.customers["customer_id"])
    return paces(by_customer, profiles=results.payers.set_index("customer_id")["profile"], rules=rules)


def _treatment(scenario: Scenario, here: pd.DataFrame, pace: str, formats: Formats) -> Treatment:
    _ = formats.gettext
    oldest = here["oldest_days_overdue"].max()
    net, claim = int(here["net_overdue_cents"].sum()), int(here["claim_cents"].sum())
    said = [_("Clients : {customers} ; échu net {amount}, dont {claim} à réclamer").format(
        customers=formats.count(len(here)), amount=formats.cents(net), claim=formats.cents(claim))]
    if pd.notna(oldest):
        said.append(_("plus ancien retard {days} jours").format(days=formats.count(oldest)))
    known = here[here["late"].notna() & (here["paid_cents"] > 0)]
    if len(known):
        usual = float(np.average(known["late"], weights=known["paid_cents"]))
        said.append(_("paiement en moyenne {days} jours après l’échéance").format(days=formats.count(round(usual)))
                    if round(usual) > 0 else _("paiement en moyenne à l’échéance"))
    grounds = here["reason"].value_counts(sort=True)
    said += [f"{_(reason)} ({formats.count(grounds[reason])})" for reason in UNSURE if reason in grounds]
    return Treatment(
        scenario, len(here), int(here["gross_cents"].sum()), net, claim, 0 if pd.isna(oldest) else int(oldest),
        formats.listed(said) + ".", pace,
        tuple((_(str(reason)), int(count)) for reason, count in grounds.items()))


def _pace_sentence(kind: Kind, pace: Pace | None, adapted: CollectionRules, given: CollectionRules,
                   formats: Formats) -> str:
    """Say what the debtors' habits changed in a calendar, where they changed something."""
    if pace is None or not pace.habit or adapted.scenarios.get(kind) == given.scenarios.get(kind):
        return ""
    before, after = given.scenarios.get(kind), adapted.scenarios[kind]
    if after.steps == (before.steps if before else {}):
        return ""
    said = (ON_TIME_SAID if pace.habit == "on_time" else LATE_SAID)
    return formats.gettext(said).format(
        count=formats.count(pace.on_time if pace.habit == "on_time" else pace.late),
        known=formats.count(pace.customers), days=formats.count(given.earlier_days))


def _duties(treatments: tuple[Treatment, ...], rules: CollectionRules, said: Answers,
            formats: Formats) -> tuple[Duty, ...]:
    """Return what each role has to do and who holds it: as the parameters name him, else as the client spoke of it."""
    duties = []
    for role in ROLES:
        steps = [step.name for one in treatments for step in one.scenario.steps if step.role == role]
        if steps:
            followed = [one for one in treatments if any(step.role == role for step in one.scenario.steps)]
            duties.append(Duty(formats.gettext(ROLE_NAMES[role]), _holder(role, rules, said, formats),
                               tuple(dict.fromkeys(steps)), sum(one.customers for one in followed)))
    return tuple(duties)


def _holder(role: Role, rules: CollectionRules, said: Answers, formats: Formats) -> str:
    quoted = quoted_answer(said.get(SPOKEN_OF.get(role, "")), formats)
    if rules.roles.get(role) or not quoted:
        return rules.roles.get(role) or formats.gettext("à nommer")
    return formats.gettext("à nommer ; dit en entretien : {said}").format(said=quoted)


def _common_stops(treatments: tuple[Treatment, ...]) -> tuple[StopRule, ...]:
    """Return each rule once, in the order of the scenario that has most."""
    longest = sorted(treatments, key=lambda one: -len(STOPS_OF[cast("Kind", one.scenario.kind)]))
    return tuple({stop.code: stop for one in longest for stop in one.scenario.stops}.values())


def _summary(treatments: tuple[Treatment, ...], formats: Formats) -> str:
    if not treatments:
        return formats.gettext("Aucun débiteur n’a d’encours : il n’y a rien à recouvrer.")
    return formats.gettext(
        "Types de débiteurs : {kinds} ; clients : {customers} ; échu net {amount}, dont {claim} à réclamer "
        "aujourd’hui.").format(
        kinds=formats.count(len(treatments)), customers=formats.count(sum(one.customers for one in treatments)),
        amount=formats.cents(sum(one.net_overdue_cents for one in treatments)),
        claim=formats.cents(sum(one.claim_cents for one in treatments)))
