"""Findings of the documents the auditor reviewed: what they lack, and where they go against the law or one another."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pandas as pd

from auditlib.dates import day_number, day_numbers
from auditlib.formats import Formats
from auditlib.ledger_findings import Row, findings_table
from auditlib.legal_basis import caps_of, practice_file
from auditlib.legal_tables import half_year_rates, half_year_start, half_years, legal_table, values_on
from auditlib.legal_terms import cap_days
from auditlib.loaders.terms import due_dates, parse_terms, read_terms
from auditlib.parameters import Parameters
from auditlib.penalty_clause import PenaltyClause, clause_words
from auditlib.review_points import REVIEW_POINTS, TERMS
from auditlib.review_rules import Answered, answered
from auditlib.review_uses import agreed_value, penalty_clauses
from auditlib.texts import N_

__all__ = ["review_findings"]

SENTENCES = {
    "terms_payment_term_missing": ("warning", N_(
        "{where} : aucun délai de paiement ; à défaut la loi donne trente jours après la réception (C. com. "
        "L. 441-10 I). L’écrire, dans les plafonds légaux.")),
    "terms_penalty_missing": ("serious", N_(
        "{where} : le taux et les conditions des pénalités de retard manquent ou sont incomplets ; amende "
        "administrative jusqu’à 75 000 € (personne physique) ou 2 M€ (société), C. com. L. 441-16 b. Les pénalités "
        "restent dues au taux légal. Compléter la clause.")),
    "terms_indemnity_missing": ("serious", N_(
        "{where} : l’indemnité forfaitaire de 40 € n’est pas ou mal mentionnée ; amende administrative "
        "jusqu’à 75 000 € ou 2 M€ (C. com. L. 441-16 b). Elle reste due de plein droit (D. 441-5). Compléter la "
        "clause.")),
    "terms_discount_missing": ("info", N_(
        "{where} : rien de complet sur l’escompte ; écrire son taux, ou qu’il n’en est pas accordé.")),
    "terms_retention_missing": ("warning", N_(
        "{where} : pas de clause de réserve de propriété complète ; en cas de procédure collective la marchandise "
        "impayée ne pourra être revendiquée (C. com. L. 624-16). L’ajouter et la faire accepter avant la livraison.")),
    "terms_suspension_missing": ("info", N_(
        "{where} : rien de complet sur la suspension des livraisons en cas de retard ; l’ajouter évite d’avoir à "
        "invoquer l’exception d’inexécution (C. civ. 1219 et 1220).")),
    "terms_jurisdiction_missing": ("info", N_(
        "{where} : pas de tribunal désigné ; entre commerçants, une clause très apparente évite de plaider au siège du "
        "débiteur (CPC 48).")),
    "terms_not_accepted": ("warning", N_(
        "{where} : l’acceptation par les clients n’est pas ou pas toujours prouvée ; les clauses ne leur sont alors "
        "pas opposables (C. civ. 1119). Faire signer, ou renvoyer au texte dans le devis et le bon de commande.")),
    "invoice_penalty_missing": ("serious", N_(
        "Taux des pénalités de retard absent ou incomplet sur des factures ({count}) : {where}. Amende administrative "
        "jusqu’à 75 000 € ou 375 000 € (C. com. L. 441-9), de nature pénale avant 2019. Corriger le modèle.")),
    "invoice_indemnity_missing": ("serious", N_(
        "Indemnité forfaitaire de 40 € absente ou incomplète sur des factures ({count}) : {where}. Amende "
        "administrative jusqu’à 75 000 € ou 375 000 € (C. com. L. 441-9). Corriger le modèle de facture.")),
    "invoice_mentions_missing": ("warning", N_(
        "Mentions obligatoires absentes ou incomplètes sur des factures ({count}) : {where}. Amendes fiscale et "
        "administrative, et prétexte à ne pas payer. Corriger le modèle de facture.")),
    "invoice_reform_mentions_missing": ("info", N_(
        "Mentions de la réforme de la facture électronique absentes ou incomplètes ({count}) : {where}. Date "
        "d’application à vérifier selon la taille de l’entreprise (décret 2022-1299). Préparer le modèle.")),
    "auditors_reservation": ("serious", N_(
        "Les commissaires aux comptes font une réserve ou une observation sur les créances clients : {where}. "
        "Comparer leur motif aux constats de cet audit.")),
    "auditors_receivable_points": ("warning", N_(
        "Points relevés par les auditeurs externes sur les créances : {where}. Demander la suite donnée à chacun.")),
}
"""Severity and sentence of each finding that answers make (`auditlib.review_points.ReviewPoint.finding`)."""
BELOW_FLOOR = N_(
    "{where} : le taux stipulé ({clause}) est inférieur à trois fois l’intérêt légal, soit {floor} au semestre ouvert "
    "le {date} (C. com. L. 441-10 II) ; amende administrative possible (L. 441-16 c). Le minimum légal est appliqué "
    "aux calculs. Relever le taux.")
RATES_DIFFER = N_(
    "Les taux de pénalités se contredisent : {rates}. {used} Trancher, puis écrire le même taux partout.")
GIVEN = N_("Le calcul suit le paramètre legal.contract_rate.")
NOT_TAKEN = N_("Aucun n’est retenu : le calcul suit le taux légal supplétif.")
SETTING = N_("Paramètre legal.contract_rate")
PARAMETER = N_("{clause} (paramètre)")
OVER_CAP = N_(
    "{where} : le délai « {terms} » dépasse le plafond légal, jusqu’à {days} jours au-delà dans la lecture la plus "
    "favorable (C. com. L. 441-10 et L. 441-11). Le ramener sous le plafond.")
DIFFERENT_TERMS = N_(
    "{where} : le délai « {terms} » n’est pas celui des paramètres (method.default_terms : {given}), qui date les "
    "pièces sans échéance. Retenir l’un des deux.")
PROPOSED_TERMS = N_(
    "{where} : le délai « {terms} » peut dater les pièces sans échéance ; pour cela, l’écrire dans "
    "method.default_terms.")
UNREAD_TERMS = N_("{where} : le délai « {terms} » n’est pas compris ; l’écrire comme « 45 jours fin de mois ».")


def review_findings(parameters: Parameters, *, as_of_date: dt.date, language: str) -> pd.DataFrame:
    """Return what the reviews of documents come to.

    Parameters
    ----------
    parameters : Parameters
        With ``reviews``, ``legal`` and ``method``; without a review, ``legal.contract_rate`` alone is looked at.
    as_of_date : date
        The legal minimum is that of its half-year, else of the last before it that is known.
    language : {"fr", "en"}

    Returns
    -------
    DataFrame
        `schemas.FINDINGS`: ``rows`` counts the documents; no amount.
    """
    if not parameters.reviews and parameters.legal.contract_rate is None:
        return findings_table([])
    formats = Formats(language=language)
    table = legal_table(practice_file(parameters))
    return findings_table([
        *_answers(parameters, formats), *_rates(parameters, table, as_of_date, formats),
        *_terms(parameters, table, as_of_date, formats)])


def _answers(parameters: Parameters, formats: Formats) -> Iterator[Row]:
    """Yield a finding for each code, with the documents and points whose answers make it."""
    _ = formats.gettext
    found: dict[str, list[Answered]] = {}
    for one in answered(parameters.reviews):
        point = REVIEW_POINTS[one.kind][one.point]
        if one.said.answer in point.against:
            found.setdefault(point.finding, []).append(one)
    for code, answers in found.items():
        severity, sentence = SENTENCES[code]
        documents = list(dict.fromkeys(one.document for one in answers))
        where = formats.listed(_where(document, answers, formats) for document in documents)
        yield code, severity, len(documents), 0, _(sentence).format(where=where, count=len(documents))


def _where(document: str, answers: list[Answered], formats: Formats) -> str:
    """Name a document, with the points where a finding is about several, and what was remarked."""
    _, parts = formats.gettext, []
    for one in (one for one in answers if one.document == document):
        grid = REVIEW_POINTS[one.kind]
        is_one_of_many = sum(point.finding == grid[one.point].finding for point in grid.values()) > 1
        question = grid[one.point].question
        parts.append(" – ".join(filter(None, [_(question) if is_one_of_many else "", one.said.remark])))
    told = ", ".join(filter(None, parts))
    named = _quoted(document, formats)
    return f"{named} ({told})" if told else named


def _quoted(document: str, formats: Formats) -> str:
    return formats.gettext("« {document} »").format(document=document)


def _rates(parameters: Parameters, table: pd.DataFrame, as_of_date: dt.date, formats: Formats) -> Iterator[Row]:
    """Yield what is wrong with the late interest stipulated: below the legal minimum, or not the same everywhere."""
    _, clauses = formats.gettext, penalty_clauses(parameters)
    given = parameters.legal.contract_rate
    own = {} if given is None else {_(SETTING): PenaltyClause(rate=given)}
    for where, clause in ({_quoted(name, formats): one for name, one in clauses.items()} | own).items():
        low = _below_floor(clause, table, as_of_date)
        if low is not None:
            floor, start = low
            yield "contract_rate_below_floor", "serious", 1, 0, _(BELOW_FLOOR).format(
                where=where, clause=clause_words(clause, _), floor=_percent(floor),
                date=formats.short_date(start))
    stated = {*clauses.values(), *own.values()}
    if len(stated) > 1:
        rates = [f"{clause_words(clause, _)} ({_quoted(document, formats)})" for document, clause in clauses.items()]
        if given is not None:
            rates.append(_(PARAMETER).format(clause=clause_words(PenaltyClause(rate=given), _)))
        used = GIVEN if given is not None else NOT_TAKEN
        yield "contract_rate_differs", "warning", len(clauses), 0, _(RATES_DIFFER).format(
            rates=formats.listed(rates), used=_(used))


def _below_floor(clause: PenaltyClause, table: pd.DataFrame, day: dt.date) -> tuple[float, dt.date] | None:
    """Return the minimum in the last half-year known [percent] and its first day, where a clause is under it."""
    last = int(half_years(np.array([day_number(day)]))[0])
    span = np.arange(last - 1, last + 1)
    legal = half_year_rates(table, "legal_rate_professional", span)
    known = np.flatnonzero(~np.isnan(legal))
    if not len(known):
        return None
    at = int(known[-1])
    start = half_year_start(int(span[at]))
    multiple = values_on(table, "contract_floor_multiple", np.array([day_number(start)]))[0]
    bank = half_year_rates(table, "ecb_main_refinancing", span)[at]
    agreed = clause.agreed_percent(bank=bank, legal=legal[at])
    floor = legal[at] * multiple
    return (float(floor), start) if agreed < floor - 1e-9 else None


def _percent(rate: float) -> str:
    return clause_words(PenaltyClause(rate=rate / 100), str)


def _terms(parameters: Parameters, table: pd.DataFrame, as_of_date: dt.date, formats: Formats) -> Iterator[Row]:
    """Yield what is to say of the payment term of the terms of sale: its cap, and the default terms."""
    _, default = formats.gettext, parameters.method.default_terms
    for one in answered(parameters.reviews, TERMS):
        phrase = one.said.value.strip()
        if one.point != "payment_term" or one.said.answer not in ("yes", "partly") or not phrase:
            continue
        words = {"where": _quoted(one.document, formats), "terms": phrase}
        if read_terms(phrase) is None:
            yield "terms_of_sale_unread", "warning", 1, 0, _(UNREAD_TERMS).format(**words)
            continue
        if over := _days_over(phrase, parameters, table, as_of_date):
            yield "terms_of_sale_over_cap", "serious", 1, 0, _(OVER_CAP).format(**words, days=over)
        if default and parse_terms(default) != parse_terms(phrase):
            yield "default_terms_differ", "warning", 1, 0, _(DIFFERENT_TERMS).format(**words, given=default)
    phrase, document = agreed_value(parameters, "payment_term")
    if phrase and not default and read_terms(phrase) is not None:
        where = _quoted(document, formats)
        yield "default_terms_proposed", "info", 1, 0, _(PROPOSED_TERMS).format(where=where, terms=phrase)


def _days_over(phrase: str, parameters: Parameters, table: pd.DataFrame, as_of_date: dt.date) -> int:
    """Return by how much a term is over the cap of businesses, at most, on the invoices of the year before [days]."""
    days = pd.Series(pd.date_range(end=as_of_date, periods=365, freq="D").astype("datetime64[s]"))
    latest, is_known = cap_days(day_numbers(days).astype(np.int64), table=table,
                                parameters=caps_of(parameters.legal, "business"))
    over = day_numbers(due_dates(days, parse_terms(phrase))).astype(np.int64) - latest
    return int(np.where(is_known, over, 0).max(initial=0))
