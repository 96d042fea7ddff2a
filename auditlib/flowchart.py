"""The flowcharts of the procedure as structures, screen and paper alike: the general flow, and that of each debtor."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditlib.formats import Formats
from auditlib.procedure import Procedure, Treatment
from auditlib.procedure_actions import ALLOCATE, ANSWER
from auditlib.scenarios import Step
from auditlib.texts import N_

__all__ = ["Check", "FlowStep", "GeneralFlow", "KindFlow", "day_mark", "general_flow", "kind_flow"]

TONES = {
    "reminder_3": "firm", "payment_plan": "firm", "credit_review": "firm", "conciliator": "firm",
    "insurer_declaration": "firm", "formal_notice": "legal", "public_claim": "legal", "declaration_of_claim": "legal",
    "retention_claim": "legal", "hand_over": "last", "portal_check": "inside", "reconcile_group": "inside",
    "set_off": "inside",
}
"""Colour of a step; before the due date it is "before", and the others are "soft"."""


@dataclass(frozen=True)
class Check:
    """A question asked before each step, and what follows where the answer is yes.

    Attributes
    ----------
    code, question, outcome, detail : str
    is_end : bool
        Whether dunning ends there, or waits and comes back to the calendar.
    """

    code: str
    question: str
    outcome: str
    detail: str = ""
    is_end: bool = False


@dataclass(frozen=True)
class FlowStep:
    """One step of a flow: its day as written, its name, by which means, by whom, its tone."""

    code: str
    day: str
    name: str
    channel: str
    owner: str
    tone: str
    is_before_due: bool


@dataclass(frozen=True)
class GeneralFlow:
    """From the invoice to the third party: checks in their order, then the step of the day, then what ends it."""

    title: str
    start: str
    checks: tuple[Check, ...]
    step: str
    step_detail: str
    last_question: str
    notice: str
    notice_detail: str
    paid_question: str
    paid: str
    hand_over: str
    hand_over_detail: str
    again: str
    yes: str
    no: str


@dataclass(frozen=True)
class KindFlow:
    """The flow of one kind of debtor: checks before each step, and the steps along the days."""

    kind: str
    title: str
    before: str
    clock: str
    due: str
    checks: tuple[Check, ...]
    steps: tuple[FlowStep, ...]
    yes: str
    no: str


CHECKS: dict[str, tuple[str, str, bool]] = {
    "insolvent": (N_("Procédure collective ?"), N_("Cesser, déclarer la créance"), True),
    "paid": (N_("Payée ?"), N_("Affecter, lettrer : fin"), True),
    "disputed": (N_("Contestée ?"), N_("Répondre, réclamer le reste"), False),
    "ours": (N_("Retard de notre fait ?"), N_("Tenir l’engagement d’abord"), False),
    "promise": (N_("Promesse ou plan ?"), N_("Attendre le jour promis"), False),
    "portal": (N_("Rejetée ou suspendue ?"), N_("Corriger, déposer à nouveau"), False),
    "blocked": (N_("Bloquée sur le portail ?"), N_("Lever le blocage"), False),
    "insurer": (N_("Délai de l’assureur proche ?"), N_("Déclarer l’impayé"), False),
    "hardship": (N_("Difficulté déclarée ?"), N_("Proposer un étalement"), False),
    "named": (N_("Publié au BODACC ?"), N_("Cesser, déclarer la créance"), True),
    "after": (N_("Livrée après le jugement ?"), N_("Payable à l’échéance, au mandataire"), False),
    "declared": (N_("Créance déjà déclarée ?"), N_("Suivre l’admission au passif"), True),
    "agreed": (N_("Comptes réciproques d’accord ?"), N_("Compenser, solder : fin"), True),
}
"""By code: the question, what a yes leads to, and whether dunning ends there."""
BUSINESS = ("insolvent", "paid", "disputed", "ours", "promise")
CHECKS_OF: dict[str, tuple[str, ...]] = {
    "group": ("paid", "agreed"), "insolvent": ("after", "paid", "declared"),
    "fragile": ("named", "paid", "disputed", "ours", "promise"),
    "public": ("portal", "paid", "disputed", "ours", "promise"),
    "consumer": ("paid", "disputed", "ours", "hardship", "promise"),
    "export_non_eu": ("insurer", "paid", "disputed", "ours", "promise"),
    "large_account": ("blocked", "paid", "disputed", "ours", "promise"),
}
"""By kind of debtor; a business otherwise."""


def day_mark(day: int, formats: Formats) -> str:
    """Write a day counted from the due date, as J+15, J−7 or J."""
    if day == 0:
        return formats.gettext("J")
    return formats.gettext("J{day:+d}").format(day=day).replace("-", "−")


def kind_flow(treatment: Treatment, formats: Formats) -> KindFlow:
    """Return the flow of one kind of debtor as this client follows it."""
    _, scenario = formats.gettext, treatment.scenario
    codes = CHECKS_OF.get(scenario.kind, BUSINESS)
    before = _("Avant chaque étape") if scenario.dunning != "none" else _("À vérifier d’abord")
    return KindFlow(
        scenario.kind, scenario.title, before, scenario.clock_sentence, _("échéance"),
        tuple(_check(code, formats) for code in codes),
        tuple(FlowStep(step.code, day_mark(step.from_day, formats), step.name, step.channel, step.owner, _tone(step),
                       scenario.clock == "due_date" and step.from_day < 0) for step in scenario.steps),
        _("oui"), _("non"))


def general_flow(procedure: Procedure, formats: Formats) -> GeneralFlow:
    """Return the flow that holds for every debtor of this client, with what is at stake at each check."""
    _ = formats.gettext
    kinds = {one.scenario.kind: one for one in procedure.treatments}
    dunned = [one for one in procedure.treatments if one.scenario.dunning != "none"]
    group = [Check("group", _("Société du groupe ?"), _("Rapprocher et compenser, hors relance"),
                   _stake(kinds["group"], formats), is_end=True)] if "group" in kinds else []
    found = {one.action: one for one in procedure.actions}
    waiting, argued = found.get(_(ALLOCATE)), found.get(_(ANSWER))
    return GeneralFlow(
        _("Logigramme général"), _("Facture émise"),
        (*group,
         Check("insolvent", _("Procédure collective ?"), _("Cesser toute relance, déclarer la créance"),
               _stake(kinds.get("insolvent"), formats), is_end=True),
         Check("waiting", _("Règlement ou avoir en attente ?"), _("L’affecter avant de réclamer"),
               "" if waiting is None else _at_stake(waiting.customers, waiting.amount_cents, formats)),
         Check("paid", _("Payée ?"), _("Lettrer : fin"), is_end=True),
         Check("disputed", _("Contestée ?"), _("Répondre, réclamer le reste"),
               "" if argued is None else _at_stake(argued.customers, argued.amount_cents, formats)),
         Check("ours", _("Retard de notre fait ?"), _("Tenir l’engagement d’abord"),
               _("Duplicata, avoir, livraison, réponse")),
         Check("promise", _("Promesse ou plan en cours ?"),
               _("Attendre le jour promis"), _("Rompue : appel le jour même"))),
        _("Étape du jour, selon le type de débiteur"),
        formats.listed(f"{one.scenario.title} {formats.count(one.customers)}" for one in dunned),
        _("Dernier avis sans réponse ?"), _("Mise en demeure ou demande écrite"), _owners(dunned, LEGAL, formats),
        _("Payée dans le délai ?"), _("Lettrer : fin"), _("Remise à un tiers"), _owners(dunned, LAST, formats),
        _("avant chaque étape"), _("oui"), _("non"))


LEGAL, LAST = ("formal_notice", "public_claim"), ("hand_over",)


def _check(code: str, formats: Formats) -> Check:
    question, outcome, is_end = CHECKS[code]
    return Check(code, formats.gettext(question), formats.gettext(outcome), is_end=is_end)


def _tone(step: Step) -> str:
    tone = TONES.get(step.code, "soft")
    return "before" if step.from_day < 0 and tone == "soft" else tone


def _stake(treatment: Treatment | None, formats: Formats) -> str:
    return "" if treatment is None else _at_stake(treatment.customers, treatment.gross_cents, formats)


def _at_stake(customers: int, cents: int, formats: Formats) -> str:
    return formats.gettext("Clients : {customers} ; {amount}").format(
        customers=formats.count(customers), amount=formats.cents(cents))


def _owners(dunned: Sequence[Treatment], codes: Sequence[str], formats: Formats) -> str:
    """Say from which day and by whom, over all the scenarios that have the step."""
    steps = [step for one in dunned for step in one.scenario.steps if step.code in codes]
    if not steps:
        return ""
    days = sorted({step.from_day for step in steps})
    span = day_mark(days[0], formats) if len(days) == 1 else formats.gettext("{first} à {last}").format(
        first=day_mark(days[0], formats), last=day_mark(days[-1], formats))
    return f"{span} · {', '.join(dict.fromkeys(step.owner for step in steps))}"
