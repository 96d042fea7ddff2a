"""Why a letter must not be sent: what the law, the auditor's marks or the parameters forbid, in words."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.controls.debtors import NOT_COLLECTIVE
from auditlib.dates import add_months
from auditlib.insolvency_check import days_since_check, is_check_current, last_check
from auditlib.legal_tables import value_at
from auditlib.review_uses import retention_clause

if TYPE_CHECKING:
    from auditlib.letter_cases import LetterCase, LetterCases

__all__ = ["INSOLVENCY_LETTERS", "MANDATE_MENTIONS", "missing_mentions", "refusal_of", "term_of"]

INSOLVENCY_LETTERS = ("declaration_of_claim", "retention_claim")
CREDITOR_ALONE = (*INSOLVENCY_LETTERS, "payment_plan", "dispute_acknowledgement")
"""Acts that the creditor signs himself, or somebody with a special power: no third party writes them."""
UNCHECKED = ("consumer", "public")
"""Debtors the register of proceedings does not speak of."""
FREE_UNDER_MINIMUM = ("statement",)
FREE_WHILE_PROMISED = ("statement", "payment_plan")
MANDATE_MENTIONS = {
    "name": "nom", "address": "adresse", "mandate_signed_on": "date du mandat écrit",
    "insurance": "assurance de responsabilité", "dedicated_account": "compte dédié aux fonds des créanciers",
    "declared_to_prosecutor_on": "date de la déclaration au procureur"}
"""What a third-party collector must have (CPCE R. 124-1 to R. 124-4), by key of the section ``practice``."""
TERMS = {"declaration_of_claim": "insolvency_claim", "retention_claim": "retention_claim"}
"""Legal row of the term, from the publication of the judgment. [months]"""

GROUP = "société du groupe : pas de relance"
INSOLVENT = "procédure collective ou compte douteux : déclaration de créance ou revendication seulement"
NOT_INSOLVENT = "réservée à un débiteur en procédure collective"
NO_PROCEEDING = "compte douteux sans procédure connue : vérifier au BODACC avant de déclarer"
AMICABLE = "procédure amiable ({procedure}) : rien ne s’y déclare"
DECLARED = "créance déjà déclarée le {date}"
TERM_OVER = "délai expiré le {date} : consulter un avocat{relief}"
RELIEF = " (relevé de forclusion jusqu’au {date})"
NO_CLAUSE = "aucune clause de réserve de propriété aux paramètres (creditor.retention_clause)"
NOTHING_OWED = "rien n’est dû au jour du jugement"
DO_NOT_CONTACT = "client marqué « ne pas contacter » : accord de qui a posé la marque d’abord"
NO_DISPUTE = "aucune contestation ouverte"
BARE = "solde sans le détail des factures : l’obtenir d’abord"
UNCONFIRMED = "échéances déduites, non confirmées : faire confirmer les conditions d’abord"
SUSPENDED = "notre engagement du {date} n’est pas tenu : relance suspendue"
DISPUTED = "échu entièrement contesté, retenu en garantie ou couvert par des règlements non affectés"
NOTHING_LATE = "aucun échu net"
MINIMUM = "sous le seuil de relance ({amount}) : relevé de compte seulement"
PROMISED = "promesse en cours jusqu’au {date} : relance suspendue"
NEVER_CHECKED = "procédures collectives jamais vérifiées : faire la vérification au BODACC avant d’écrire"
STALE = "vérification des procédures collectives vieille de {days} jours ({most} au plus) : la refaire avant d’écrire"
NO_MANDATE = ("le cabinet ne peut pas écrire sans mandat ni mentions des articles R. 124-1 et suivants du CPCE ; "
              "il manque : {missing}")
SPECIAL_POWER = "le client la signe lui-même : le cabinet n’en a pas le pouvoir"
LEFT_OUT = "lettre écartée par les paramètres (letters.left_out)"


def missing_mentions(practice: object) -> list[str]:
    """Name what the practice lacks to write in its own name; nothing where it may."""
    return [name for key, name in MANDATE_MENTIONS.items() if not getattr(practice, key)]


def term_of(cases: "LetterCases", case: "LetterCase", row: str = "") -> dt.date | None:
    """Return the last day of the term a letter must keep; None where it has none, or its start is not known."""
    name = row or TERMS.get(case.template, "")
    months = value_at(cases.results.legal_rates, name, cases.day) if name and len(cases.results.legal_rates) else None
    if case.published_on is None or months is None:
        return None
    return add_months(case.published_on, int(months))


def refusal_of(cases: "LetterCases", case: "LetterCase", debtor: pd.Series) -> str:
    """Return the first reason why a letter must not go, in French; "" where it may.

    Parameters
    ----------
    cases : LetterCases
    case : LetterCase
        With its items and amounts.
    debtor : Series
        A row of `LetterCases.debtors`.
    """
    return next(_reasons(cases, case, debtor), "")


def _reasons(cases: "LetterCases", case: "LetterCase", debtor: pd.Series) -> Iterator[str]:
    """Give every reason, the gravest first."""
    if case.kind == "group":
        yield GROUP
    if case.template in INSOLVENCY_LETTERS:
        yield from _of_proceeding(cases, case)
    elif case.kind == "insolvent":
        yield INSOLVENT
    elif case.customer_id in cases.barred:
        yield DO_NOT_CONTACT
    elif case.template != "dispute_acknowledgement":
        yield from _of_nothing(cases, case, debtor)
        yield from _of_claim(cases, case, debtor)
        yield from _of_check(cases, case)
    elif case.items.empty:
        yield NO_DISPUTE
    yield from _of_sender(cases, case)


def _of_sender(cases: "LetterCases", case: "LetterCase") -> Iterator[str]:
    if case.template in cases.rules.left_out:
        yield LEFT_OUT
    if cases.rules.sender == "practice":
        if case.template in CREDITOR_ALONE:
            yield SPECIAL_POWER
        if missing := missing_mentions(cases.practice):
            yield NO_MANDATE.format(missing=", ".join(missing))


def _of_proceeding(cases: "LetterCases", case: "LetterCase") -> Iterator[str]:
    if case.kind != "insolvent":
        yield NOT_INSOLVENT
    if not case.procedure:
        yield NO_PROCEEDING
    if re.search(NOT_COLLECTIVE, case.procedure):
        yield AMICABLE.format(procedure=case.procedure)
    if case.template == "declaration_of_claim" and case.declared_on is not None:
        yield DECLARED.format(date=cases.formats.short_date(case.declared_on))
    if case.template == "retention_claim" and not retention_clause(cases.parameters):
        yield NO_CLAUSE
    if case.principal_cents <= 0:
        yield NOTHING_OWED
    yield from _of_term(cases, case)


def _of_term(cases: "LetterCases", case: "LetterCase") -> Iterator[str]:
    if case.act_by is not None and cases.day > case.act_by:
        short = cases.formats.short_date
        relief = term_of(cases, case, "insolvency_relief") if case.template == "declaration_of_claim" else None
        more = RELIEF.format(date=short(relief)) if relief is not None and cases.day <= relief else ""
        yield TERM_OVER.format(date=short(case.act_by), relief=more)


def _of_nothing(cases: "LetterCases", case: "LetterCase", debtor: pd.Series) -> Iterator[str]:
    """Say why nothing may be claimed."""
    if case.principal_cents > 0:
        return
    facts = cases.facts.loc[case.customer_id]
    if facts["is_bare"] and debtor["net_overdue_cents"] > 0:
        yield BARE
    if debtor["suspended_cents"] > 0:
        yield SUSPENDED.format(date=cases.formats.short_date(facts["what_on"]))
    if debtor["unconfirmed_cents"] > 0:
        yield UNCONFIRMED
    yield DISPUTED if debtor["net_overdue_cents"] > 0 else NOTHING_LATE


def _of_claim(cases: "LetterCases", case: "LetterCase", debtor: pd.Series) -> Iterator[str]:
    """Say why what may be claimed is not, or not by this letter."""
    facts = cases.facts.loc[case.customer_id]
    minimum = cases.parameters.collection.minimum_claim
    if case.template not in FREE_UNDER_MINIMUM and debtor["net_overdue_cents"] < minimum * 100:
        yield MINIMUM.format(amount=cases.formats.amount(minimum))
    waits = facts["waiting_cents"] >= case.principal_cents and not facts["broken"]
    if waits and case.template not in FREE_WHILE_PROMISED:
        yield PROMISED.format(date=cases.formats.short_date(facts["waiting_on"]))


def _of_check(cases: "LetterCases", case: "LetterCase") -> Iterator[str]:
    """Ask for the check of proceedings first where it is old or missing (INDICATORS.md, ``insolvency_check_age``)."""
    risk = cases.parameters.risk
    checked = last_check(cases.results.intake, stated=risk.insolvency_checked_on)
    if case.kind not in UNCHECKED and not is_check_current(
            checked, on=cases.day, max_days=risk.insolvency_check_days):
        age = days_since_check(checked, on=cases.day)
        yield NEVER_CHECKED if age is None else STALE.format(days=age, most=risk.insolvency_check_days)
