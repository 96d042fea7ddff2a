"""The next step for each debtor: his scenario, what the log says was done, promises, and what we owe him first."""

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from auditlib.collection_rules import CollectionRules
from auditlib.follow_up_words import COMMITMENTS
from auditlib.formats import Formats
from auditlib.loaders.table_columns import fold_references
from auditlib.scenario_calendar import ROLES
from auditlib.scenario_texts import ROLE_NAMES
from auditlib.scenarios import KINDS, Scenario, Step, next_step, scenario_of
from auditlib.texts import N_

__all__ = ["STEP_COLUMNS", "PlannedStep", "Planner", "done_steps"]

CONFIRM = (N_("Faire confirmer les conditions de paiement avant toute relance"), N_("e-mail"), "salesperson")
DETAIL = (N_("Obtenir le détail des factures avant toute relance"), N_("e-mail"), "collector")
CALL_NOW = (N_("Appeler aujourd’hui : promesse du {date} non tenue"), N_("téléphone"), "collector")
ESCALATED = N_("Deux promesses non tenues : {step}")
WAIT = (N_("Vérifier le règlement promis pour le {date}"), N_("banque"), "collector")
KEEP = (N_("Tenir d’abord notre engagement : {what} (prévu le {date})"), N_("interne"), "collector")
BARRED = (N_("Ne pas contacter : décider de la suite sans relance ni appel"), N_("interne"), "management")
SMALL = (N_("Sous le seuil de relance : relevé de compte seulement"), N_("e-mail"), "collector")
FINISHED = (
    N_("Scénario épuisé : décider d’une action en justice ou d’un passage en perte"), N_("interne"), "management")
LAPSED = (N_("Prescription dépassée : chercher un acte qui l’a interrompue avant de mettre en demeure"), N_("interne"),
          "finance")
FIRM = ("formal_notice", "hand_over", "public_claim")
"""Steps that threaten with a court: not for a claim that can no longer be brought there."""
AGREED = N_("{step} (rendez-vous pris)")
CLEARING_DAYS = 4
"""After the promised day, the day the bank shows whether it was kept (DOMAIN.md B: D+1, and 3 bank days). [days]"""
BEFORE_DUE = 30
"""A step taken so many days before the oldest due date belongs to the same follow-up. [days]"""
Row = Mapping[Hashable, Any]
STEP_COLUMNS = ("step", "next_step", "channel", "owner", "template", "due_on")


@dataclass(frozen=True)
class PlannedStep:
    """What to do next: code, sentence, means, who, letter ("" for none) and day."""

    step: str
    next_step: str
    channel: str
    owner: str
    template: str
    due_on: dt.date


def done_steps(actions: pd.DataFrame, *, oldest: pd.DataFrame, since: pd.Series,
               as_of_date: dt.date) -> dict[str, frozenset[str]]:
    """Return the steps already taken with each customer in the follow-up of what he owes now.

    A step about one document counts where that is the customer's oldest claim: what was done about another one, or
    about one now in court, takes nothing from what is due on this.

    Parameters
    ----------
    actions : DataFrame, schema ACTIONS
    oldest : DataFrame
        ``customer_id`` and ``document_ref`` of the oldest claim of each customer.
    since : Series of datetime64
        By customer, the due date of his oldest claim.
    as_of_date : date
    """
    done = actions[(actions["done_on"] <= pd.Timestamp(as_of_date)) & (actions["step"].astype("str") != "")]
    reference = fold_references(done["document_ref"])
    named = pd.MultiIndex.from_arrays([done["customer_id"].astype("str"), reference])
    claims = pd.MultiIndex.from_arrays([oldest["customer_id"], fold_references(oldest["document_ref"])])
    done = done[(reference == "").to_numpy() | named.isin(claims)]
    if done.empty or since.empty:
        return {}
    begun = done["customer_id"].map(since) - pd.Timedelta(days=BEFORE_DUE)
    mine = done[(done["done_on"] >= begun).to_numpy()]
    return {str(customer): frozenset(rows.astype("str"))
            for customer, rows in mine["step"].groupby(mine["customer_id"].astype("str"))}


@dataclass(frozen=True)
class Planner:
    """Gives each debtor his next step.

    Attributes
    ----------
    rules : CollectionRules
    formats : Formats
    as_of_date : date
    law : mapping of str to str
        Figures of the law in words, for the scenarios.
    has_log : bool
        Whether a log of actions came: without one, reminders whose day has passed are taken to have been made.
    """

    rules: CollectionRules
    formats: Formats
    as_of_date: dt.date
    law: Mapping[str, str]
    has_log: bool
    _scenarios: dict[str, Scenario] = field(default_factory=dict)
    _found: dict[tuple[str, int, frozenset[str]], Step | None] = field(default_factory=dict)

    def plan(self, row: Row) -> PlannedStep:
        """Return the next step of one debtor: what bars a reminder first, then promises, then his scenario.

        Parameters
        ----------
        row : mapping
            ``kind``, ``claim_cents``, ``net_overdue_cents``, ``oldest_days``, ``is_bare``, ``is_barred`` (a mark not
            to contact him), ``salesperson``, ``done`` (steps taken), ``broken`` (promises broken and not answered),
            ``broken_on``, ``waiting_cents`` and ``waiting_on`` (promises to come), ``lapse_days``, ``next_on`` (day
            agreed for the next call), ``what``, ``what_owner`` and ``what_on`` (our late commitment).
        """
        if (first := self._before_all(row)) is not None:
            return first
        if row["broken"]:
            return self._after_broken(row)
        if row["waiting_cents"] >= row["claim_cents"]:
            day = row["waiting_on"].date()
            due = max(self.as_of_date, day + dt.timedelta(days=CLEARING_DAYS))
            return self._said(WAIT, row, date=self.formats.short_date(day), due_on=due)
        return self._of_scenario(row)

    def _before_all(self, row: Row) -> PlannedStep | None:
        """Return what comes before any reminder: details, terms, our own promise, a mark, too small a claim."""
        if row["is_bare"]:
            return self._said(DETAIL, row)
        if row["claim_cents"] == 0:
            return self._kept_first(row) if row["what"] else self._said(CONFIRM, row)
        if row["is_barred"]:
            return self._said(BARRED, row)
        if row["net_overdue_cents"] < self.rules.minimum_claim * 100:
            return self._said(SMALL, row, template="statement")
        return None

    def _said(self, words: tuple[str, str, str], row: Row, *, template: str = "",
              due_on: dt.date | None = None, step: str = "", **fields: str) -> PlannedStep:
        _ = self.formats.gettext
        sentence, channel, role = words
        return PlannedStep(step, _(sentence).format(**fields), _(channel), self._owner(role, row), template,
                           due_on or self.as_of_date)

    def _owner(self, role: str, row: Row) -> str:
        """Name who does it: a salesperson is the customer's own where the files name him."""
        if role == "salesperson" and row["salesperson"]:
            return str(row["salesperson"])
        return self.formats.gettext(role_name(role, self.rules))

    def _kept_first(self, row: Row) -> PlannedStep:
        _ = self.formats.gettext
        kept = self._said(KEEP, row, what=_(COMMITMENTS.get(row["what"], COMMITMENTS["other"])).lower(),
                          date=self.formats.short_date(row["what_on"]))
        return PlannedStep(**{**vars(kept), "owner": row["what_owner"] or kept.owner})

    def _after_broken(self, row: Row) -> PlannedStep:
        """One promise broken: a call the same day; two: the next stage, the softer one is over (DOMAIN.md B)."""
        if row["broken"] == 1:
            return self._said(CALL_NOW, row, step="call_1", date=self.formats.short_date(row["broken_on"]))
        following = self._next(row["kind"], row["oldest_days"], row["done"])
        if following is not None and following.code not in ("formal_notice", "hand_over"):
            following = self._next(row["kind"], row["oldest_days"], row["done"] | {following.code}) or following
        if following is None:
            return self._said(FINISHED, row)
        planned = self._step(following, row, due_on=self.as_of_date)
        said = self.formats.gettext(ESCALATED).format(step=planned.next_step)
        return PlannedStep(**{**vars(planned), "next_step": said})

    def _of_scenario(self, row: Row) -> PlannedStep:
        following = self._next(row["kind"], row["oldest_days"], row["done"])
        if following is None:
            return self._said(FINISHED, row)
        if following.code in FIRM and row["lapse_days"] < 0:
            return self._said(LAPSED, row)
        agreed = row["next_on"]
        if pd.notna(agreed) and agreed.date() >= self.as_of_date:
            planned = self._step(following, row, due_on=agreed.date())
            return PlannedStep(**{**vars(planned), "next_step": self.formats.gettext(AGREED).format(
                step=planned.next_step)})
        ahead = max(following.from_day - int(row["oldest_days"]), 0)
        return self._step(following, row, due_on=self.as_of_date + dt.timedelta(days=ahead))

    def _step(self, step: Step, row: Row, *, due_on: dt.date) -> PlannedStep:
        owner = self._owner(step.role, row) if step.role == "salesperson" else step.owner
        return PlannedStep(step.code, step.name, step.channel, owner, step.template, due_on)

    def _next(self, kind: str, days: int, done: frozenset[str]) -> Step | None:
        """Return the scenario's next step, looked for once for debtors alike."""
        key = (kind, int(days), done)
        if key not in self._found:
            known = done if self.has_log else done or None
            self._found[key] = next_step(self._scenario(kind), int(days), known)
        return self._found[key]

    def _scenario(self, kind: str) -> Scenario:
        if kind not in self._scenarios:
            code = next(one for one in KINDS if one == kind)
            self._scenarios[kind] = scenario_of(code, rules=self.rules, formats=self.formats, law=self.law)
        return self._scenarios[kind]


def role_name(role: str, rules: CollectionRules) -> str:
    """Return who holds a role, as printed; French where only the role is known."""
    known = next(one for one in ROLES if one == role)
    return rules.roles.get(known) or ROLE_NAMES[known]
