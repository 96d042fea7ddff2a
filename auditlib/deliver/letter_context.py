"""What a letter's template is filled with: every word and figure already written out, dots where nothing is known."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.dates import add_months
from auditlib.deliver.letter_words import (
    APPROACHES,
    BASES,
    MANDATE,
    MEMO,
    PLAIN_BASIS,
    RECOVERY_COSTS,
    THIRD_PARTY,
)
from auditlib.formats import Formats
from auditlib.letter_refusals import INSOLVENCY_LETTERS
from auditlib.review_uses import jurisdiction, retention_clause

if TYPE_CHECKING:
    from auditlib.letter_cases import LetterCase, LetterCases
    from auditlib.letter_settings import Creditor, Practice
    from auditlib.parameters import Parameters

__all__ = ["BLANK", "CREDITS", "blanks", "instalments", "letter_context"]

BLANK = "……………………"
CREDITS = "règlements et avoirs non affectés"
NAMES = {
    "creditor_address": "adresse du créancier", "iban": "IBAN", "signatory": "signataire", "city": "lieu",
    "reach": "téléphone ou courriel du créancier", "identity": "identité légale du créancier"}
"""Names, for the register, of what a letter may leave as dots."""
PROCEEDING = {"judged_on": "date du jugement", "published_on": "date de publication"}
BY_HAND = {
    "payment_plan": ("garantie", "lieu et date de signature"),
    "declaration_of_claim": ("mandataire ou liquidateur", "sûretés", "instances en cours"),
    "retention_claim": ("administrateur ou liquidateur", "désignation des marchandises")}
"""What no parameter knows: written by hand in the letter."""


def letter_context(cases: "LetterCases", case: "LetterCase") -> dict[str, Any]:
    """Return the values of a letter's template, by name.

    Parameters
    ----------
    cases : LetterCases
    case : LetterCase
        One that is not refused.
    """
    parameters, formats = cases.parameters, cases.formats
    charges = case.charges
    interest = charges.interest_cents or 0
    return {
        **_parties(cases, case), **_days(cases, case),
        "kind": case.kind, "is_consumer": case.kind == "consumer", "is_public": charges.regime == "public",
        "has_charges": charges.is_due, "is_memo": charges.is_memo, "code": case.customer_id,
        "approach": APPROACHES.get(case.kind, ""), "items": _items(case, formats),
        "credits": formats.cents(case.credits_cents) if case.credits_cents else "", "credits_name": CREDITS,
        "principal": formats.cents(case.principal_cents),
        "interest_lines": _interest(charges.interest, formats),
        "interest": MEMO if charges.interest_cents is None else formats.cents(interest),
        "indemnity": formats.cents(charges.indemnity_cents), "indemnity_invoices": charges.invoices,
        "total": formats.cents(case.principal_cents + interest + charges.indemnity_cents),
        "basis": BASES.get(charges.regime, ""), "claim_basis": _claim_basis(parameters.creditor),
        "jurisdiction": jurisdiction(parameters) or "la juridiction compétente",
        "dispute_days": parameters.collection.dispute_days,
        "instalments": [
            {"number": number, "due": formats.short_date(day), "amount": formats.cents(cents)}
            for number, (day, cents) in enumerate(instalments(cases, case), start=1)],
        **_split(case, formats), "retention_clause": retention_clause(parameters),
    }


def blanks(context: dict[str, Any], *, template: str) -> list[str]:
    """Name what a letter leaves as dots, for the register."""
    names = {**NAMES, **(PROCEEDING if template in INSOLVENCY_LETTERS else {"debtor_address": "adresse du débiteur"})}
    return [*(name for key, name in names.items() if BLANK in str(context.get(key, ""))), *BY_HAND.get(template, ())]


def instalments(cases: "LetterCases", case: "LetterCase") -> list[tuple[dt.date, int]]:
    """Return the dates and amounts of a plan: monthly, equal to the cent, the last one makes up the sum [cents]."""
    count, first = cases.parameters.collection.plan_instalments, cases.rules.plan_first_days
    each = case.principal_cents // count
    start = cases.day + dt.timedelta(days=first)
    amounts = [each] * (count - 1) + [case.principal_cents - each * (count - 1)]
    return [(add_months(start, month), cents) for month, cents in enumerate(amounts)]


def _parties(cases: "LetterCases", case: "LetterCase") -> dict[str, Any]:
    """Say who writes, for whom, to whom, and how to pay."""
    parameters, by_practice = cases.parameters, cases.rules.sender == "practice"
    creditor, practice = parameters.creditor, parameters.practice
    sender: Creditor | Practice = practice if by_practice else creditor
    name = creditor.name or parameters.title
    address = creditor.address or BLANK
    reach = [one for one in (sender.phone, sender.email) if one]
    whom = cases.contacts.get(case.customer_id, {})
    return {
        "sender": (practice.name if by_practice else name), "sender_address": sender.address or BLANK,
        "reach": " – ".join(reach) or BLANK, "identity": _identity(creditor) if not by_practice else "",
        "creditor": name, "creditor_address": address, "city": creditor.city or BLANK,
        "iban": (practice.dedicated_account if by_practice else creditor.iban).replace(" ", "\u00a0") or BLANK,
        "bic": "" if by_practice else creditor.bic,
        "signatory": sender.signatory or BLANK, "signatory_title": sender.signatory_title,
        "creditor_line": ", ".join(
            part for part in (_identity(creditor), _one_line(address)) if part != BLANK) or BLANK,
        "debtor": case.name, "debtor_address": whom.get("address") or BLANK, "attention": whom.get("name", ""),
        "debtor_line": _debtor_line(cases, case, whom),
        "third_party": _third_party(parameters, cases.formats) if by_practice else "",
        "mentions": _mentions(parameters, cases.formats) if by_practice else []}


def _identity(creditor: "Creditor") -> str:
    """Return the line under a letterhead: legal form, capital, register, VAT number."""
    form = " ".join(part for part in (creditor.legal_form, f"au capital de {creditor.capital}" if creditor.capital
                                      else "") if part)
    rcs = f"RCS {creditor.rcs}".strip() if creditor.rcs else ""
    known = [form, f"{rcs} {creditor.siren}".strip() if creditor.siren else rcs,
             f"TVA {creditor.vat_number}" if creditor.vat_number else ""]
    return " – ".join(one for one in known if one) or BLANK


def _debtor_line(cases: "LetterCases", case: "LetterCase", whom: dict[str, str]) -> str:
    siren = str(cases.debtors.loc[case.customer_id, "siren"])
    known = [f"SIREN {siren}" if siren else "", _one_line(whom.get("address", ""))]
    return ", ".join(part for part in known if part) or BLANK


def _third_party(parameters: "Parameters", formats: Formats) -> str:
    practice, creditor = parameters.practice, parameters.creditor
    return THIRD_PARTY.format(
        practice=practice.name, address=_one_line(practice.address), creditor=creditor.name or parameters.title,
        creditor_address=_one_line(creditor.address) or BLANK, signed_on=_written(practice.mandate_signed_on, formats))


def _mentions(parameters: "Parameters", formats: Formats) -> list[str]:
    practice = parameters.practice
    declared_on = _written(practice.declared_to_prosecutor_on, formats)
    return [MANDATE.format(insurance=practice.insurance, declared_on=declared_on), RECOVERY_COSTS]


def _days(cases: "LetterCases", case: "LetterCase") -> dict[str, Any]:
    notice = cases.parameters.collection.notice_days
    days = {"date": cases.day, "as_of": cases.as_of, "deadline": cases.day + dt.timedelta(days=notice),
            "judged_on": case.judged_on, "published_on": case.published_on, "act_by": case.act_by}
    written = {name: _written(day, cases.formats) for name, day in days.items()}
    return written | {"deadline_days": notice, "procedure": case.procedure}


def _written(day: dt.date | None, formats: Formats) -> str:
    """Write a date in full, the first of a month as French wants it."""
    if day is None:
        return BLANK
    said = formats.date(day)
    return said.replace("1 ", "1er ", 1) if day.day == 1 else said


def _items(case: "LetterCase", formats: Formats) -> list[dict[str, str]]:
    return [{
        "ref": str(row["document_ref"]) or "–", "issued": formats.short_date(row["document_date"]),
        "due": formats.short_date(row["due_date"]), "days": formats.count(max(row["days_overdue"], 0)),
        "amount": formats.cents(row["amount_cents"]), "residual": formats.cents(row["residual_cents"]),
        "disputed": formats.cents(row["disputed_cents"]), "claim": formats.cents(row["claim_cents"]),
    } for row in case.items.to_dict("records")]


def _interest(lines: pd.DataFrame, formats: Formats) -> list[dict[str, str]]:
    return [{
        "half_year": str(row["half_year"]), "rate": formats.short_number(row["rate"] * 100, digits=2) + "\u00a0%",
        "from_date": formats.short_date(row["from_date"]), "to_date": formats.short_date(row["to_date"]),
        "amount": formats.cents(row["interest_cents"]),
    } for row in lines.to_dict("records")]


def _split(case: "LetterCase", formats: Formats) -> dict[str, str]:
    """Split what is declared into what was due at the judgment and what was to fall due."""
    if case.judged_on is None or "claim_cents" not in case.items:
        return {"fallen_due": BLANK, "to_fall_due": BLANK}
    late = case.items["due_date"] <= pd.Timestamp(case.judged_on)
    due = max(int(case.items.loc[late, "claim_cents"].sum()) + case.credits_cents, 0)
    return {"fallen_due": formats.cents(due), "to_fall_due": formats.cents(case.principal_cents - due)}


def _claim_basis(creditor: "Creditor") -> str:
    return f"{PLAIN_BASIS} Elle repose sur {creditor.terms}." if creditor.terms else PLAIN_BASIS


def _one_line(text: str) -> str:
    return ", ".join(part.strip() for part in text.splitlines() if part.strip())
