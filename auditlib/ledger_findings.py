"""Findings of matching: what an auditor must know of how the figures were made."""

from collections.abc import Iterable

import pandas as pd

from auditlib import matching, reasons
from auditlib.amounts import format_amount
from auditlib.conversion import ROUNDING_LABEL
from auditlib.currency_states import given_rates
from auditlib.evidence import Evidence
from auditlib.formats import Formats
from auditlib.schemas import FINDINGS, empty, validate
from auditlib.statuses import undated_statuses
from auditlib.texts import translator

__all__ = ["Row", "Writer", "broken_groups", "findings_table", "ledger_findings"]

Row = tuple[str, str, int, int, str]
"""finding, severity, rows, amount in cents, sentence."""


class Writer:
    """Writes the findings' sentences in one language and currency."""

    def __init__(self, *, language: str, currency: str) -> None:
        self.say = translator(language).gettext
        self.language, self._currency = language, currency or "EUR"

    def amount(self, cents: int) -> str:
        """Write an amount as its reader expects it."""
        return format_amount(cents, currency=self._currency, language=self.language)

    def day(self, day: object) -> str:
        """Write a date as its reader expects it."""
        return Formats(language=self.language).short_date(pd.Timestamp(str(day)))

    def rate(self, rate: float) -> str:
        """Write the rate of a currency, with all its decimals."""
        return Formats(language=self.language).short_number(rate, digits=8)


def findings_table(rows: Iterable[Row]) -> pd.DataFrame:
    """Return findings as `schemas.FINDINGS`."""
    listed = list(rows)
    return validate(pd.DataFrame(listed, columns=list(FINDINGS.columns)), FINDINGS) if listed else empty(FINDINGS)


def ledger_findings(evidence: Evidence, writer: Writer) -> pd.DataFrame:
    """Return what matching found beyond the audit tests: missing codes, proposals, inferences; and undated statuses."""
    rules = (_no_codes, _proposals, _replacements, _by_fifo) if evidence.has_flows else ()
    rows = [rule(evidence, writer) for rule in (*rules, _undated_statuses, _converted, _revaluations)]
    return findings_table(row for row in rows if row is not None)


def _no_codes(evidence: Evidence, writer: Writer) -> Row | None:
    if evidence.ledger.matching.asked != "codes" or (evidence.ledger.items["matching_code"] != "").any():
        return None
    return "no_lettering", "warning", 0, 0, writer.say(reasons.NO_CODES)


def broken_groups(evidence: Evidence) -> pd.DataFrame:
    """Return the code groups that do not sum to zero in the documents' own amounts, by the files' last word.

    Returns
    -------
    DataFrame
        As `auditlib.matching.broken_lettering`; what is apart in the main currency. [cents]
    """
    year_end = evidence.parameters.method.fiscal_year_end
    if evidence.documents is None:
        after = evidence.intake.movements["posting_date"] > pd.Timestamp(evidence.as_of_date)
        if not after.any():
            return evidence.ledger.matching.broken  # the last word is already known
        return matching.broken_lettering(evidence.intake.movements, fiscal_year_end=year_end)
    rates, currency, found = given_rates(evidence.parameters), evidence.documents["currency"], []
    for code in sorted(currency.unique().astype("str")):
        groups = matching.broken_lettering(evidence.documents[currency == code], fiscal_year_end=year_end)
        factors = rates.factors(pd.Series([code] * len(groups), dtype=currency.dtype))
        found.append(groups.assign(amount_cents=rates.converted(groups["amount_cents"].to_numpy(), factors)))
    return pd.concat(found, ignore_index=True)


def _proposals(evidence: Evidence, writer: Writer) -> Row | None:
    proposals = evidence.ledger.matching.proposals
    if not len(proposals):
        return None
    amount = int(proposals["amount_cents"].sum())
    sentence = writer.say(
        "Rapprochements proposés sur des pièces non lettrées (référence ou montant) : {rows}, pour {amount} ; "
        "non appliqués, le lettrage du client fait foi.").format(rows=len(proposals), amount=writer.amount(amount))
    return "matching_proposals", "info", len(proposals), amount, sentence


def _replacements(evidence: Evidence, writer: Writer) -> Row | None:
    report = evidence.ledger.matching
    if not report.replaced_count:
        return None
    sentence = writer.say(
        "Affectations d'abord déduites de l'ancienneté puis remplacées par une référence ou un montant exact : "
        "{rows}, pour {amount}.").format(rows=report.replaced_count, amount=writer.amount(report.replaced_cents))
    return "matching_replacements", "info", report.replaced_count, report.replaced_cents, sentence


def _by_fifo(evidence: Evidence, writer: Writer) -> Row | None:
    made = evidence.ledger.allocations
    inferred = made[made["method"] == "fifo"]
    if not len(inferred):
        return None
    amount = int(inferred["amount_cents"].sum())
    share = round(100 * amount / int(made["amount_cents"].sum()))
    sentence = writer.say(
        "Règlements affectés aux factures les plus anciennes, faute d'indication : {rows}, pour {amount} "
        "({share} % des affectations).").format(rows=len(inferred), amount=writer.amount(amount), share=share)
    return "matching_by_fifo", "info", len(inferred), amount, sentence


def _converted(evidence: Evidence, writer: Writer) -> Row | None:
    if evidence.documents is None:
        return None
    parameters, main = evidence.parameters, evidence.intake.currency
    given = " ; ".join(f"1 {code} = {writer.rate(rate)} {main}" for code, rate in sorted(parameters.rates.items()))
    origin = ", ".join(filter(None, (parameters.rates_source, parameters.rates_date)))
    items = evidence.ledger.items
    made_up = items.loc[items["label"] == ROUNDING_LABEL, "amount_cents"]
    sentence = writer.say(
        "Montants convertis en {currency} aux cours fournis ({rates}) ; source des cours : {origin}. Arrondis de "
        "conversion d'un centime : {count}.").format(
            currency=main, rates=given, origin=origin or writer.say("non précisée"), count=len(made_up))
    return "currencies_converted", "info" if origin else "warning", len(made_up), int(made_up.sum()), sentence


def _revaluations(evidence: Evidence, writer: Writer) -> Row | None:
    items = evidence.ledger.items
    entries = items.loc[items["kind"] == "fx_difference", "amount_cents"]
    if not len(entries):
        return None
    sentence = writer.say(
        "Écarts de change passés sur des comptes clients : {rows}, pour un net de {amount} ; ils ne comptent ni comme "
        "ventes ni comme règlements.").format(rows=len(entries), amount=writer.amount(int(entries.sum())))
    return "currency_revaluation", "info", len(entries), int(entries.sum()), sentence


def _undated_statuses(evidence: Evidence, writer: Writer) -> Row | None:
    disputes, insolvencies = evidence.intake.disputes, evidence.intake.insolvencies
    count = undated_statuses(disputes, insolvencies)
    if not count:
        return None
    amount = int(disputes.loc[disputes["opened_on"].isna(), "amount_cents"].sum())
    return "undated_statuses", "info", count, amount, writer.say(reasons.UNDATED_STATUS)
