"""Sections of the action plan: whom to call and why, by segment, and what we and our salespeople owe first."""

from typing import TYPE_CHECKING

from auditlib.action_plan import action_plan
from auditlib.collection_rules import CollectionRules
from auditlib.deliver.parts import Section
from auditlib.deliver.plan_parts import commitments_table, debtors_table, expected_note, sales_table, segments_table
from auditlib.formats import Formats
from auditlib.plan_segments import told_apart
from auditlib.sales_requests import sales_requests

if TYPE_CHECKING:
    import pandas as pd

    from auditlib.audit_results import AuditResults

__all__ = ["plan_sections"]

PLAN_SHOWN = 15


def plan_sections(results: "AuditResults", formats: Formats, *, rules: CollectionRules) -> tuple[Section, ...]:
    """Compose the sections of the plan and of what we and our salespeople owe first; none without a plan."""
    plan = action_plan(results, rules=rules, language=formats.language)
    if plan.empty:
        return ()
    return tuple(section for section in (_plan(results, plan, formats), _coordination(results, plan, formats, rules))
                 if section is not None)


def _plan(results: "AuditResults", plan: "pd.DataFrame", formats: Formats) -> Section:
    _ = formats.gettext
    suspended = int(plan["suspended_cents"].sum())
    sentence = _("{claim} sont à réclamer, {waiting} attendent une échéance confirmée ; clients à traiter : "
                 "{customers}, dont les {shown} premiers ci-dessous.").format(
        claim=formats.cents(int(plan["claim_cents"].sum())),
        waiting=formats.cents(int(plan["unconfirmed_cents"].sum())), customers=formats.count(len(plan)),
        shown=min(PLAN_SHOWN, len(plan)))
    if suspended:
        sentence += " " + _("Suspendus par nos propres engagements en retard : {amount}.").format(
            amount=formats.cents(suspended))
    return Section(
        "action_plan", _("Le plan d’action"), _("Qui appeler, pour quoi, et par quoi commencer ?"), sentence,
        tables=(debtors_table(plan, formats, shown=PLAN_SHOWN),
                *(segments_table(results, plan, formats, by=by) for by in told_apart(results))),
        meaning="\n".join((
            _("Le montant à réclamer est l’échu net, sans les parts contestées, les retenues de garantie, le groupe, "
              "les débiteurs en procédure, les échéances que personne n’a confirmées, ni ce qui attend un engagement "
              "en retard de notre part."),
            _("L’urgence additionne des points : montant, âge, profil, prescription, promesse non tenue."),
            expected_note(results, formats))),
        action=_log_said(results, formats))


def _log_said(results: "AuditResults", formats: Formats) -> str:
    _ = formats.gettext
    if len(results.actions):
        return _("Le journal des actions est pris en compte : aucune étape faite n’est proposée de nouveau. Un appel "
                 "sans engagement (date, montant, moyen) est un échec.")
    return _("L’étape proposée suppose les précédentes faites : sans journal de relance, reprendre à la première qui "
             "manque. Un appel sans engagement (date, montant, moyen) est un échec. Remplir le classeur de suivi : il "
             "revient dans le prochain audit.")


def _coordination(results: "AuditResults", plan: "pd.DataFrame", formats: Formats,
                  rules: CollectionRules) -> Section | None:
    _ = formats.gettext
    requests = sales_requests(results, plan, rules=rules, language=formats.language)
    ours = commitments_table(results, formats)
    if requests.empty and ours is None:
        return None
    asked = requests.loc[requests["salesperson"] != "", "salesperson"].nunique()
    sentences = [_("Demandes aux commerciaux : {count}, pour {people} d’entre eux.").format(
        count=formats.count(len(requests)), people=formats.count(asked))] if len(requests) else []
    if ours is None:
        sentences.append(_("Aucun engagement pris envers les clients n’a été communiqué : le classeur de suivi a une "
                           "feuille pour eux."))
    tables = [sales_table(requests, formats)] if len(requests) else []
    return Section(
        "coordination", _("La coordination avec le commerce"), _("Que devons-nous faire avant que le client paie ?"),
        " ".join(sentences), tables=(*([ours] if ours else []), *tables),
        meaning=_("Un client qui attend un duplicata, un avoir ou une réponse ne paie pas, et le commercial est "
                  "souvent celui qui peut débloquer. Un engagement en retard suspend la relance de la pièce."),
        action=_("Remettre à chaque commercial sa liste, avec une date par demande, et la revoir chaque semaine."))
