"""Sheets on what to do: the action plan, its segments, our commitments, what salespeople are asked."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.action_plan import URGENCIES, action_plan, no_forecast
from auditlib.claimable import as_of
from auditlib.collection_rules import CollectionRules
from auditlib.commitments import outcomes
from auditlib.deliver.plan_parts import COMMITMENT_STATES, SEGMENT_TITLES, segment_name
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.follow_up_words import COMMITMENTS
from auditlib.formats import Formats
from auditlib.plan_segments import SEGMENTATIONS, plan_by_segment
from auditlib.sales_requests import REQUESTS, sales_requests
from auditlib.scenarios import kind_title

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["plan_sheets"]


def plan_sheets(results: "AuditResults", formats: Formats, *, rules: CollectionRules) -> list[Sheet]:
    """Return the sheets of the plan; those of commitments and salespeople only where there is something in them."""
    plan = action_plan(results, rules=rules, language=formats.language)
    requests = sales_requests(results, plan, rules=rules, language=formats.language)
    sheets = [_plan(results, plan, formats), _segments(results, plan, formats)]
    if len(results.commitments):
        sheets.append(_commitments(results, formats))
    return [*sheets, _requests(requests, formats)] if len(requests) else sheets


def _plan(results: "AuditResults", plan: pd.DataFrame, formats: Formats) -> Sheet:
    _ = formats.gettext
    urgency = plan["urgency"].map({rank: _(name) for rank, name in enumerate(URGENCIES, start=1)})

    def plain(title: str, name: str, kind: str = "text", width: float = 16, total: str = "") -> Column:
        return Column(title, column_values(plan[name]), kind, width, total)

    return Sheet(
        _("Plan d’action"),
        [
            plain(_("Code"), "customer_id", width=13),
            plain(_("Client"), "name", width=38),
            Column(_("Type de débiteur"), [kind_title(code, language=formats.language) for code in plan["kind"]],
                   "text", 20),
            Column(_("Urgence"), urgency.tolist(), "text", 15),
            plain(_("Échu net"), "net_overdue_cents", "amount", 16, "subtotal"),
            plain(_("Mis à part (litige, retenue, à confirmer)"), "set_aside_cents", "amount", 19, "subtotal"),
            plain(_("Dont suspendu (notre engagement)"), "suspended_cents", "amount", 16, "subtotal"),
            plain(_("À réclamer"), "claim_cents", "amount", 16, "subtotal"),
            plain(_("Règle"), "rule", "wrapped", 36),
            plain(_("Prochaine étape"), "next_step", "wrapped", 44),
            plain(_("À faire le"), "due_on", "date", 12),
            plain(_("Canal"), "channel", width=18),
            plain(_("Responsable"), "owner", width=30),
            plain(_("Commercial"), "salesperson", width=18),
            Column(_("Attendu à 30 jours"), column_values(plan["expected_cents"].astype("Int64")), "amount", 16,
                   "subtotal"),
            Column(_("Promis à venir"), [cents / 100 if cents else None for cents in plan["waiting_cents"]], "amount",
                   15, "subtotal"),
            Column(_("Promesses non tenues"), [int(count) or None for count in plan["broken"]], "count", 11),
            Column(_("Dernière action"), column_values(plan["last_action_on"].astype("datetime64[s]")), "date", 12),
        ],
        freeze=2,
        notes=[note for note in (
            _("Sans les débiteurs en procédure, les sociétés du groupe ni les montants contestés ; base : échu net."),
            no_forecast(results, language=formats.language)) if note],
    )


def _segments(results: "AuditResults", plan: pd.DataFrame, formats: Formats) -> Sheet:
    """Add up the plan three times over: each part sums to the whole."""
    _ = formats.gettext
    parts = [plan_by_segment(results, plan, by=by).assign(by=by) for by in SEGMENTATIONS]
    table = pd.concat([part for part in parts if len(part)], ignore_index=True) if any(map(len, parts)) else parts[0]
    names = [segment_name(str(code), by=str(by), formats=formats)
             for code, by in zip(table["segment"], table["by"], strict=True)]

    def amount(title: str, name: str) -> Column:
        return Column(title, column_values(table[name]), "amount", 17)

    return Sheet(
        _("Plan par segment"),
        [
            Column(_("Découpage"), [_(SEGMENT_TITLES[str(by)]) for by in table["by"]], "text", 26),
            Column(_("Segment"), names, "text", 34),
            Column(_("Clients"), column_values(table["customers"]), "count", 10),
            amount(_("Échu net"), "net_overdue_cents"),
            amount(_("À réclamer"), "claim_cents"),
            amount(_("Suspendu"), "suspended_cents"),
            amount(_("À confirmer"), "unconfirmed_cents"),
            amount(_("À part (litige, retenue, groupe, procédure)"), "apart_cents"),
            Column(_("Attendu à 30 jours"), column_values(table["expected_cents"].astype("Int64")), "amount", 17),
            Column(_("À traiter"), column_values(table["to_do"]), "count", 10),
            Column(_("Dont immédiats"), column_values(table["immediate"]), "count", 10),
        ],
        freeze=2,
        notes=[_("Chaque découpage s’additionne à l’échu net total ; filtrer sur un seul à la fois.")],
    )


def _commitments(results: "AuditResults", formats: Formats) -> Sheet:
    _, held = formats.gettext, results.commitments
    names = results.customers.set_index("customer_id")["name"]
    state = outcomes(held, as_of_date=as_of(results))
    return Sheet(
        _("Nos engagements"),
        [
            Column(_("Code"), column_values(held["customer_id"]), "text", 13),
            Column(_("Client"), held["customer_id"].map(names).fillna("").tolist(), "text", 36),
            Column(_("Pièce"), column_values(held["document_ref"]), "text", 16),
            Column(_("Engagement"), [_(COMMITMENTS.get(str(code), COMMITMENTS["other"])) for code in held["what"]],
                   "text", 26),
            Column(_("Précision"), column_values(held["comment"]), "wrapped", 34),
            Column(_("Responsable"), column_values(held["owner"]), "text", 20),
            Column(_("Pour le"), column_values(held["due_on"]), "date", 12),
            Column(_("Tenu le"), column_values(held["kept_on"]), "date", 12),
            Column(_("Où en est-on ?"), [_(COMMITMENT_STATES[code]) for code in state], "text", 16),
            Column(_("Fichier source"), column_values(held["source_file"].astype("str")), "text", 26),
            Column(_("Ligne source"), column_values(held["source_row"]), "count", 9),
        ],
        freeze=2,
        notes=[_("En retard, un engagement suspend la relance de sa pièce ; sans pièce, celle de tout le compte.")],
    )


def _requests(requests: pd.DataFrame, formats: Formats) -> Sheet:
    _ = formats.gettext
    return Sheet(
        _("Commerciaux"),
        [
            Column(_("Commercial"), [name or _("Sans commercial désigné") for name in requests["salesperson"]], "text",
                   22),
            Column(_("Code"), column_values(requests["customer_id"]), "text", 13),
            Column(_("Client"), column_values(requests["name"]), "text", 36),
            Column(_("Demande"), [_(REQUESTS[code]) for code in requests["request"]], "text", 24),
            Column(_("Détail"), column_values(requests["sentence"]), "wrapped", 60),
            Column(_("Enjeu"), column_values(requests["amount_cents"]), "amount", 16),
            Column(_("Pour le"), column_values(requests["due_on"].astype("datetime64[s]")), "date", 12),
            Column(_("Fait le"), [None] * len(requests), "answer_date", 12),
            Column(_("Réponse"), [None] * len(requests), "answer", 34),
        ],
        freeze=1, is_open=True,
        notes=[_("Une liste par commercial : filtrer sur son nom. Un même montant peut appeler plusieurs demandes.")],
    )
