"""What a client said he does today, beside what the procedure asks of him, subject by subject."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditlib.collection_rules import CollectionRules
from auditlib.formats import Formats
from auditlib.scenarios import Scenario, Step
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.answers import InterviewAnswers

__all__ = ["UNANSWERED", "Answers", "Change", "changes", "plainly_said", "quoted_answer"]

Answers = Mapping[str, Mapping[str, object]]
"""By question of the interview: ``answer``, and where known ``by`` and ``on``."""
Writer = Callable[[Sequence[Scenario], CollectionRules, Formats], str]
UNANSWERED = N_("Non renseigné, à préciser")


@dataclass(frozen=True)
class Change:
    """One subject: what is done today, as the client said it, and what the procedure asks.

    Attributes
    ----------
    question : str
        Key of the interview's question.
    subject, today, tomorrow : str
    is_answered : bool
    """

    question: str
    subject: str
    today: str
    tomorrow: str
    is_answered: bool


def changes(scenarios: Sequence[Scenario], *, answers: Answers, rules: CollectionRules,
            formats: Formats) -> tuple[Change, ...]:
    """Return the subjects that concern this client's debtors, what he said of each, and what the procedure asks.

    Parameters
    ----------
    scenarios : sequence of Scenario
        Of the kinds he has.
    answers : mapping
        See `Answers`; a blank or missing one is printed as such.
    rules : CollectionRules
    formats : Formats
    """
    found = []
    for question, (subject, asked) in SUBJECTS.items():
        tomorrow = asked(scenarios, rules, formats)
        if tomorrow:
            today = quoted_answer(answers.get(question), formats)
            found.append(Change(question, formats.gettext(subject), today or formats.gettext(UNANSWERED), tomorrow,
                                bool(today)))
    return tuple(found)


def plainly_said(answers: "InterviewAnswers") -> Answers:
    """Return the answers of the interview by question; what several people said to one is put together."""
    found: dict[str, dict[str, object]] = {}
    for question in answers.interview:
        several = answers.said(question)
        if len(several) == 1:
            found[question] = several[0].model_dump()
        elif several:
            found[question] = {"answer": " ; ".join(
                f"{one.answer} ({one.by})" if one.by else one.answer for one in several)}
    return found


def quoted_answer(answer: Mapping[str, object] | None, formats: Formats) -> str:
    """Quote an answer with who gave it and when; "" where there is none."""
    text = " ".join(str((answer or {}).get("answer") or "").split())
    if not answer or not text:
        return ""
    by, on = str(answer.get("by") or ""), answer.get("on")
    source = ", ".join(part for part in (by, formats.short_date(on) if on else "") if part)
    return f"« {text} »" + (f" ({source})" if source else "")


def _listed(scenarios: Sequence[Scenario], holds: Callable[[Step], bool], formats: Formats) -> str:
    """Write, for each kind of debtor, the day of the first step of a sort."""
    found = []
    for one in scenarios:
        step = next((step for step in one.steps if holds(step)), None)
        if step is not None:
            found.append(f"{one.title} {formats.gettext('J{day:+d}').format(day=step.from_day).replace('-', '−')}")
    return formats.listed(found)


def _who(_scenarios: Sequence[Scenario], rules: CollectionRules, formats: Formats) -> str:
    if not rules.roles:
        return formats.gettext("Un titulaire et un remplaçant nommés par étape, à porter dans la procédure.")
    return formats.gettext("Un titulaire et un remplaçant nommés par étape : {names}.").format(
        names=", ".join(dict.fromkeys(rules.roles.values())))


def _before_due(scenarios: Sequence[Scenario], _rules: CollectionRules, formats: Formats) -> str:
    listed = _listed(scenarios, lambda step: step.from_day < 0, formats)
    without = [one.title for one in scenarios
               if one.dunning != "none" and all(step.from_day >= 0 for step in one.steps)]
    said = [formats.gettext("Contact avant l’échéance : {kinds}.").format(kinds=listed)] if listed else []
    if without:
        said.append(formats.gettext("Aucun pour : {kinds}.").format(kinds=formats.listed(without)))
    return " ".join(said)


def _steps(scenarios: Sequence[Scenario], _rules: CollectionRules, formats: Formats) -> str:
    first = _listed(scenarios, lambda step: step.from_day >= 0 and step.means in {"email", "phone", "sms"}, formats)
    notice = _listed(scenarios, lambda step: step.code in {"formal_notice", "public_claim"}, formats)
    said = [formats.gettext("Premier contact : {kinds}.").format(kinds=first)] if first else []
    if notice:
        said.append(formats.gettext("Mise en demeure ou demande écrite : {kinds}.").format(kinds=notice))
    return " ".join(said)


def _log(_scenarios: Sequence[Scenario], rules: CollectionRules, formats: Formats) -> str:
    return formats.gettext(
        "Chaque relance, appel, promesse et litige noté le jour même dans le classeur de suivi ; litige répondu sous "
        "{days} jours ouvrés.").format(days=formats.count(rules.dispute_days))


def _sales(scenarios: Sequence[Scenario], _rules: CollectionRules, formats: Formats) -> str:
    listed = _listed(scenarios, lambda step: step.role == "salesperson", formats)
    return formats.gettext("Appel du commercial : {kinds}.").format(kinds=listed) if listed else ""


def _plans(scenarios: Sequence[Scenario], rules: CollectionRules, formats: Formats) -> str:
    if all(one.dunning == "none" for one in scenarios):
        return ""
    return formats.gettext(
        "{count} échéances au plus, premier versement immédiat, écrit signé, déchéance du terme.").format(
            count=formats.count(rules.plan_instalments))


def _notice(scenarios: Sequence[Scenario], rules: CollectionRules, formats: Formats) -> str:
    after = _listed(scenarios, lambda step: step.code == "hand_over", formats)
    if not after:
        return ""
    return formats.gettext("Mise en demeure à {days} jours, puis remise à un tiers : {kinds}.").format(
        days=formats.count(rules.notice_days), kinds=after)


def _for_kind(*kinds: str, said: str) -> Writer:
    """Return a writer of a sentence that is printed where the client has one of these kinds."""
    def written(scenarios: Sequence[Scenario], _rules: CollectionRules, formats: Formats) -> str:
        return formats.gettext(said) if any(one.kind in kinds for one in scenarios) else ""
    return written


BUSINESS = ("fragile", "large_account", "mid_small", "very_small")
SUBJECTS: dict[str, tuple[str, Writer]] = {
    "systems.who": (N_("Qui relance"), _who),
    "systems.before_due": (N_("Avant l’échéance"), _before_due),
    "systems.steps": (N_("Étapes et jours"), _steps),
    "systems.log": (N_("Journal des relances"), _log),
    "systems.sales": (N_("Rôle des commerciaux"), _sales),
    "systems.electronic": (N_("Chorus Pro"), _for_kind(
        "public", said=N_("Statut de chaque facture publique relevé avant l’échéance ; rejet corrigé le jour même."))),
    "levers.stop": (N_("Suspension des livraisons"), _for_kind(*BUSINESS, said=N_(
        "Annoncée dans l’avis avant mise en demeure, décidée par la direction, si le contrat le permet et après "
        "préavis."))),
    "levers.interest": (N_("Pénalités et indemnité"), _for_kind(*BUSINESS, said=N_(
        "Rappelées aux professionnels dès la deuxième relance, jamais aux particuliers ; y renoncer se décide, contre "
        "un paiement daté."))),
    "plans.policy": (N_("Plans de paiement"), _plans),
    "failures.cover": (N_("Assurance-crédit"), _for_kind("export_non_eu", "fragile", said=N_(
        "Date limite de déclaration portée à l’agenda dès l’échéance ; aucun délai accordé sans l’accord de "
        "l’assureur."))),
    "failures.declaration": (N_("Procédures collectives"), _for_kind("insolvent", said=N_(
        "BODACC vérifié avant chaque envoi ; créance déclarée et biens revendiqués dans les délais de la loi."))),
    "failures.litigation": (N_("Passage au contentieux"), _notice),
    "causes.constraints": (N_("Clients à ne pas appeler"), _for_kind(
        "fragile", "public", "consumer", "export_non_eu", "export_eu", *BUSINESS,
        said=N_("Liste écrite, avec le motif et qui l’a décidé ; revue chaque mois."))),
}
"""By question of the interview: the subject, and what the procedure asks there, "" where it does not concern him."""
