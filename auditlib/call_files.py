"""The call files: per debtor of the action plan all a call needs and when it takes place, and who is not called."""

import datetime as dt
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from auditlib.action_plan import action_plan
from auditlib.call_account import Account, Offers, accounts, offers
from auditlib.call_choice import CALLS, callable_plan, not_called
from auditlib.call_contacts import ASK_FOR, Person, Reach, unreachable_customers, whom_to_reach
from auditlib.call_diary import Slot, promise_days, spread_calls
from auditlib.call_history import History, histories, known_promises
from auditlib.call_objections import Grounds, Objection, fitting_objections, likely_objections, objection
from auditlib.call_script import ScriptStep, account_words, offer_lines, offer_words, script
from auditlib.claimable import as_of
from auditlib.collection_rules import CollectionRules
from auditlib.debtor_kinds import audited_kinds
from auditlib.formats import Formats
from auditlib.payer_profiles import PROFILE_NAMES
from auditlib.plan_steps import role_name
from auditlib.procedure import client_rules
from auditlib.scenarios import scenario_of
from auditlib.texts import N_
from auditlib.working_days import is_working_day, working_day_after

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.scenario_calendar import Kind

__all__ = ["CallBook", "CallFile", "call_book"]

WRITTEN = ("reminder_1", "reminder_2", "reminder_3", "public_claim", "formal_notice")
PROOFS: tuple[str, ...] = (
    N_("commande ou contrat"), N_("bon de livraison ou procès-verbal signé"), N_("facture et preuve d’envoi"),
    N_("conditions de vente acceptées"), N_("e-mails échangés"), N_("relevé de compte à jour"))
KIND_PROOFS: dict[str, tuple[str, ...]] = {
    "public": (N_("numéro d’engagement et statut sur le portail"),),
    "large_account": (N_("statut sur le portail du client"),),
    "fragile": (N_("consultation du BODACC du jour"),),
    "consumer": (N_("date de la dernière échéance impayée (délai pour agir)"),),
    "export_eu": (N_("incoterm et loi du contrat"),),
    "export_non_eu": (N_("incoterm, loi du contrat, avis à l’assureur-crédit"),),
}
HABIT = N_("{profile}. {evidence}")
UNKNOWN_HABIT = N_("Pas assez de règlements connus pour dire comment il paie.")
NO_STEP = N_("une relance écrite")


@dataclass(frozen=True)
class CallFile:
    """All that one call needs.

    Attributes
    ----------
    customer_id, name, kind, salesperson, rule, owner, next_step : str
        ``rule`` says why he is urgent.
    urgency : int
        1 (immediate) to 3.
    slot : Slot
        When to call.
    reach : Reach
    ask_for, habit : str
        Whom to ask for, and how he pays.
    mean_delay : float or None
        Weighted, past the due date; negative before it. [days]
    account : Account
    offers : Offers
    goals : tuple of str
        The goal, then the fallbacks.
    history : History
    proofs : tuple of str
    steps : tuple of ScriptStep
    objections : tuple of Objection
        Those to expect, the best founded first.
    exercises : tuple of Objection
        All that a debtor of his kind may raise, to rehearse.
    """

    customer_id: str
    name: str
    kind: str
    salesperson: str
    rule: str
    owner: str
    next_step: str
    urgency: int
    slot: Slot
    reach: Reach
    ask_for: str
    habit: str
    mean_delay: float | None
    account: Account
    offers: Offers
    goals: tuple[str, ...]
    history: History
    proofs: tuple[str, ...]
    steps: tuple[ScriptStep, ...]
    objections: tuple[Objection, ...]
    exercises: tuple[Objection, ...]


@dataclass(frozen=True)
class CallBook:
    """The calls to make.

    Attributes
    ----------
    files : tuple of CallFile
        The most urgent first.
    more : int
        Debtors that may be called, and for whom no file is made here.
    not_called : DataFrame
        ``customer_id``, ``name``, ``net_overdue_cents`` and ``reason``, the largest first.
    reminders : DataFrame
        Promises to remind of (`auditlib.call_diary.promise_days`), with ``name``.
    """

    files: tuple[CallFile, ...]
    more: int
    not_called: pd.DataFrame
    reminders: pd.DataFrame


def call_book(results: "AuditResults", *, rules: CollectionRules, creditor: str, language: str = "fr",
              customers: Collection[str] = (), starts_on: dt.date | None = None) -> CallBook:
    """Prepare the calls.

    Parameters
    ----------
    results : AuditResults
    rules : CollectionRules
        Parameters ``collection``; ``calls`` says how many files, when, and what may be offered.
    creditor : str
        The client's name, as the collector introduces himself.
    language : {"fr", "en"}
    customers : collection of str
        These alone, instead of the most urgent ones; those that may not be called are in ``not_called``.
    starts_on : date, optional
        First day of calls; otherwise the first working day after the as-of date.
    """
    plan = action_plan(results, rules=rules, language=language)
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    apart = not_called(results, plan, formats)
    ready = callable_plan(results, plan)
    chosen = ready[ready["customer_id"].isin(list(customers))] if customers else ready.head(rules.calls.files)
    begins = _first_day(starts_on or as_of(results) + dt.timedelta(days=1))
    maker = _Maker(results, chosen, rules=rules, creditor=creditor, begins=begins, formats=formats)
    barred = unreachable_customers(results.contacts) | set(
        results.customers["customer_id"][audited_kinds(results)["kind"].isin(["group", "insolvent"])])
    promises = known_promises(results)
    reminders = promise_days(promises[~promises["customer_id"].isin(barred)], starts_on=begins)
    if customers:
        reminders = reminders[reminders["customer_id"].isin(list(customers))]
    names = results.customers.set_index("customer_id")["name"]
    return CallBook(tuple(maker.files()), len(ready) - len(chosen), apart,
                    reminders.assign(name=reminders["customer_id"].map(names).astype("object").fillna("")))


def _first_day(day: dt.date) -> dt.date:
    return day if is_working_day(day) else working_day_after(day, 1)


class _Maker:
    """Makes the files of the customers chosen; what they share is looked up once."""

    def __init__(self, results: "AuditResults", plan: pd.DataFrame, *, rules: CollectionRules, creditor: str,
                 begins: dt.date, formats: Formats) -> None:
        self._plan, self._rules, self._formats = plan, rules, formats
        self._shared = {"creditor": creditor, "as_of": formats.short_date(as_of(results)),
                        "dispute_days": formats.count(rules.dispute_days)}
        wished = [day.date() for day in plan["due_on"]]
        self._slots = spread_calls(wished, starts_on=begins, times=rules.calls.hours)
        self._accounts = accounts(results, plan)
        self._reach = whom_to_reach(results.contacts)
        self._history = histories(results, list(plan["customer_id"]), formats)
        self._scenarios = client_rules(results, rules)
        payers = results.payers
        self._payers = payers.set_index("customer_id") if len(payers.columns) else None

    def files(self) -> list[CallFile]:
        """Return one file a customer, in the order of the plan."""
        return [self._file(row, slot) for row, slot in zip(self._plan.to_dict("records"), self._slots, strict=True)]

    def _file(self, row: Mapping[Hashable, Any], slot: Slot) -> CallFile:
        customer, kind = str(row["customer_id"]), str(row["kind"])
        account, history, reach = self._accounts[customer], self._history[customer], self._reach.get(customer, Reach())
        made = offers(account, kind=kind, called_on=slot.day, rules=self._rules.calls,
                      most_instalments=self._rules.plan_instalments)
        words = self._words(row, account, made, history, reach.people[:1])
        grounds = Grounds(kind, str(row["profile"]), has_dispute=bool(history.disputes),
                          lacks_invoice=history.lacks_invoice, has_credits=account.credits_cents > 0,
                          has_broken=history.broken != "")
        _ = self._formats.gettext
        return CallFile(
            customer, words["name"], kind, str(row["salesperson"]), str(row["rule"]), self._caller(row),
            str(row["next_step"]), int(row["urgency"]), slot, reach, words["ask_for"],
            *self._habit(customer), account, made, offer_lines(made, words, self._formats), history,
            tuple(_(one) for one in (*PROOFS, *KIND_PROOFS.get(kind, ()))),
            script(kind, words=words, formats=self._formats),
            *(tuple(objection(code, words=words, formats=self._formats) for code in codes)
              for codes in (likely_objections(grounds), fitting_objections(kind))))

    def _words(self, row: Mapping[Hashable, Any], account: Account, made: Offers, history: History,
               first: tuple[Person, ...]) -> dict[str, str]:
        """Return the case in words, as script, goals and objections name it."""
        kind = str(row["kind"])
        person = next((one.name for one in first), "")
        return {**self._shared, **account_words(account, self._formats), **offer_words(made, self._formats),
                "name": str(row["name"] or row["customer_id"]), "person": person, "broken": history.broken,
                "ask_for": self._formats.gettext(ASK_FOR[kind]), "otherwise": self._otherwise(
                    kind, str(row["step"]), int(row["oldest_days"]))}

    def _caller(self, row: Mapping[Hashable, Any]) -> str:
        """Name who calls: whoever the scenario has for a call, else the collector."""
        owner = str(row["owner"])
        return owner if row["step"] in CALLS else self._formats.gettext(role_name("collector", self._rules))

    def _habit(self, customer: str) -> tuple[str, float | None]:
        """Say how he pays, by his profile and its evidence, and how late on average."""
        _ = self._formats.gettext
        if self._payers is None or customer not in self._payers.index:
            return _(UNKNOWN_HABIT), None
        payer = self._payers.loc[customer]
        said = _(HABIT).format(profile=_(PROFILE_NAMES[str(payer["profile"])]).capitalize(),
                               evidence=self._formats.stored(str(payer["evidence"])))
        delay = payer["days_beyond_terms"]
        return said.strip(), None if pd.isna(delay) else float(delay)

    def _otherwise(self, kind: str, step: str, days: int) -> str:
        """Name the written step that follows in the scenario where the call comes to nothing: its day has come."""
        steps = scenario_of(cast("Kind", kind), rules=self._scenarios, formats=self._formats).steps
        codes = [one.code for one in steps]
        later = [one for one in steps[codes.index(step) if step in codes else 0:] if one.code in WRITTEN]
        due = [one for one in later if one.from_day <= days]
        name = next((one.name for one in (*due[-1:], *later)), self._formats.gettext(NO_STEP))
        return name[:1].lower() + name[1:]
