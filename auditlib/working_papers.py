"""The working papers: each finding with its risk, cause, action, owner and date, and what the client answered."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.controls.wording import TESTS
from auditlib.finding_codes import FINDING_CODES
from auditlib.findings import audit_findings
from auditlib.paper_texts import DATA, paper_text
from auditlib.texts import N_, translator

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["DECISIONS", "STATUSES", "finding_title", "working_papers"]

DECISIONS = {"accepted": N_("accepté"), "contested": N_("contesté"), "corrected": N_("corrigé"),
             "no_action": N_("sans suite")}
"""What a client decides of a finding."""
STATUSES = {"open": N_("réponse attendue"), "answered": N_("répondu"), "lifted": N_("levé")}
"""Where a finding stands: ``lifted`` was answered, and the audit finds it no more."""
TITLES = {
    "broken_tie": N_("Rapprochement rompu"), "overdue_over_90_days": N_("Échu de plus de 90 jours"),
    "unknown_customer": N_("Lignes sans client"), "opening_differs": N_("À-nouveaux différents"),
    "sign_inverted": N_("Signes inversés"), "rows_rejected": N_("Lignes rejetées"),
    "currency_differs": N_("Devise différente"), "date_order_mixed": N_("Dates ambiguës"),
    "credits_signed_by_type": N_("Avoirs sans signe"), "credits_printed_positive": N_("Avoirs imprimés en plus"),
    "dates_may_be_swapped": N_("Jour et mois peut-être inversés"),
    "customer_codes_damaged": N_("Codes clients abîmés"), "several_entities": N_("Plusieurs sociétés"),
    "year_missing": N_("Exercice manquant"), "entries_unbalanced": N_("Écritures déséquilibrées"),
    "side_not_understood": N_("Sens non compris"), "broken_totals": N_("Totaux imprimés inexacts"),
    "overdue_concentration": N_("Concentration de l’échu"),
    "e_invoice_refused": N_("Facture électronique non lue"),
    "terms_payment_term_missing": N_("CGV sans délai de paiement"),
    "terms_penalty_missing": N_("CGV sans pénalités de retard"),
    "terms_indemnity_missing": N_("CGV sans indemnité de 40 €"), "terms_discount_missing": N_("CGV sans escompte"),
    "terms_retention_missing": N_("CGV sans réserve de propriété"),
    "terms_suspension_missing": N_("CGV sans suspension des livraisons"),
    "terms_jurisdiction_missing": N_("CGV sans attribution de juridiction"),
    "terms_not_accepted": N_("CGV non acceptées"), "terms_of_sale_over_cap": N_("Délai des CGV au-delà du plafond"),
    "terms_of_sale_unread": N_("Délai des CGV non compris"),
    "default_terms_differ": N_("Délai des CGV et des paramètres différents"),
    "default_terms_proposed": N_("Délai par défaut proposé par les CGV"),
    "contract_rate_below_floor": N_("Taux de pénalités sous le minimum légal"),
    "contract_rate_differs": N_("Taux de pénalités contradictoires"),
    "invoice_penalty_missing": N_("Factures sans taux de pénalités"),
    "invoice_indemnity_missing": N_("Factures sans indemnité de 40 €"),
    "invoice_mentions_missing": N_("Mentions de facture absentes"),
    "invoice_reform_mentions_missing": N_("Mentions de la réforme absentes"),
    "auditors_reservation": N_("Réserve des commissaires aux comptes"),
    "auditors_receivable_points": N_("Points des auditeurs externes"),
}
"""Names of findings that are no audit test: the serious ones, and those of the documents reviewed."""
LIFTED = N_("Constat du projet de rapport, que les documents actuels ne montrent plus.")


def working_papers(results: "AuditResults", *, language: str = "fr") -> pd.DataFrame:
    """Return one paper a finding code, in the order of the findings, with the client's answer where he gave one.

    Parameters
    ----------
    results : AuditResults
    language : {"fr", "en"}

    Returns
    -------
    DataFrame
        ``finding``, ``severity``, ``rows``, ``amount_cents`` [cents, VAT included], ``sentence`` (those of findings
        under one code joined), ``risk``, ``cause``, ``action``, ``owner`` (the client's choice, else the one
        proposed), ``due_date``, ``answer``, ``decision``, ``status`` (a key of `STATUSES`). Findings answered and
        found no more come last.
    """
    found = audit_findings(results, language=language)
    found = found.astype({"finding": "str", "severity": "str"}).groupby("finding", sort=False).agg(
        {"severity": "first", "rows": "sum", "amount_cents": "sum", "sentence": "\n".join}).reset_index()
    answers = results.answers.set_index("finding")
    replied = answers.index[(answers["answer"] != "") | (answers["decision"] != "")]
    lifted = [code for code in replied if code not in set(found["finding"])]
    say = translator(language).gettext
    gone = pd.DataFrame({"finding": lifted, "severity": "info", "rows": 0, "amount_cents": 0, "sentence": say(LIFTED)})
    papers = pd.concat([found, gone], ignore_index=True) if lifted else found
    written = [_paper(code, answers, is_lifted=code in lifted, language=language) for code in papers["finding"]]
    columns = ["risk", "cause", "action", "owner", "due_date", "answer", "decision", "status"]
    return pd.concat([papers, pd.DataFrame(written, columns=columns).astype({"due_date": "datetime64[s]"})], axis=1)


def finding_title(finding: str, *, language: str = "fr") -> str:
    """Name a finding in a few words; one without a name is shown by its code."""
    title = TESTS[finding].title if finding in TESTS else TITLES.get(finding, "")
    return translator(language).gettext(title) if title else finding.replace("_", " ")


def _paper(code: str, answers: pd.DataFrame, *, is_lifted: bool, language: str) -> dict[str, Any]:
    say = translator(language).gettext
    texts = paper_text(code) if code in FINDING_CODES else DATA
    given = answers.loc[code] if code in answers.index else None
    answered = given is not None and bool(given["answer"] or given["decision"])
    status = "lifted" if is_lifted else "answered" if answered else "open"
    return {
        "risk": say(texts.risk), "cause": say(texts.cause), "action": say(texts.action),
        "owner": say(texts.owner) if given is None or not given["owner"] else given["owner"],
        "due_date": pd.NaT if given is None else given["due_date"], "answer": "" if given is None else given["answer"],
        "decision": "" if given is None else given["decision"], "status": status}
