"""Turns results into findings: what the auditor must know, with the client's own figures in the sentence."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from auditlib import schemas
from auditlib.controls.sentences import conclusion
from auditlib.formats import Formats
from auditlib.reconciliation import deciding
from auditlib.told import told

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["audit_findings", "derived_findings", "in_language", "tested_findings"]

UNALLOCATED_LIMIT = 0.05
"""Above this share of gross receivable, net overdue leads (INDICATORS.md 4)."""
COVERAGE_LIMIT = 0.80
TOP_FIVE_LIMIT, TOP_ONE_LIMIT = 0.40, 0.15
"""Concentration thresholds of DOMAIN.md E."""
UNDATED_LIMIT = 0.10
OLD_DAYS = 90
SEVERITIES = ("serious", "warning", "info")
COVERED = {
    "twins_kept": {"duplicate_invoices"}, "unallocated_credits": {"unallocated_receipts", "old_credit_notes"},
    "insolvent_customers": {"insolvent_debtors"}, "negative_amounts": {"wrong_signs"},
}
"""Findings that audit tests say again, with their rows."""

Row = tuple[str, str, int, int, str]
"""finding, severity, rows, amount in cents, sentence"""


def audit_findings(results: "AuditResults", *, language: str = "fr") -> pd.DataFrame:
    """Return every finding of the audit, the most serious and largest first.

    The audit tests with exceptions come first, for they hold their rows; then what loading, matching and
    reconciliation found; then what the figures show. One that says again what an earlier one says is left out.

    Parameters
    ----------
    results : AuditResults
        With its tests, and what loading and matching found.
    language : {"fr", "en"}
        Of the tests, the findings derived here, and those of loading; the others keep theirs.

    Returns
    -------
    DataFrame
        `schemas.FINDINGS`; amounts in cents, VAT included.
    """
    tested = tested_findings(results.tests, _formats(results, language))
    parts = [tested, in_language(results.findings, language), derived_findings(results, language=language)]
    said: set[str] = set()
    kept = []
    for part in parts:
        plain = part.astype({"finding": "str", "severity": "str"})
        repeated = plain["finding"].isin(said | {code for code, by in COVERED.items() if said & by})
        kept.append(plain[~repeated])
        said |= set(plain["finding"])
    both = pd.concat(kept)
    order = both["severity"].map({name: rank for rank, name in enumerate(SEVERITIES)}).fillna(len(SEVERITIES))
    both = both[list(schemas.FINDINGS.columns)]
    ranked = both.assign(order=order, size=both["amount_cents"].abs()).sort_values(
        ["order", "size", "finding"], ascending=[True, False, True], kind="stable"
    )
    return schemas.validate(ranked.drop(columns=["order", "size"]), schemas.FINDINGS)


def in_language(found: pd.DataFrame, language: str) -> pd.DataFrame:
    """Tell again, in another language than French, the findings that keep their figures beside their sentence."""
    if language == "fr" or "msgid" not in found:
        return found
    sentences = [told(msgid, figures, language=language) if msgid else sentence for msgid, figures, sentence in zip(
        found["msgid"].fillna(""), found["figures"].fillna(""), found["sentence"], strict=True)]
    return found.assign(sentence=pd.Series(sentences, index=found.index, dtype="str"))


def tested_findings(tests: pd.DataFrame, formats: Formats) -> pd.DataFrame:
    """Return the audit tests with exceptions as findings (`schemas.FINDINGS`)."""
    if not len(tests):
        return schemas.empty(schemas.FINDINGS)
    found = tests[tests["status"] == "exception"]
    sentences = [conclusion(row, formats) for row in found.to_dict("records")]
    return schemas.validate(
        found.assign(finding=found["test"].astype("str"), severity=found["severity"].astype("str"),
                     sentence=pd.Series(sentences, index=found.index, dtype="str"))[list(schemas.FINDINGS.columns)],
        schemas.FINDINGS)


def _formats(results: "AuditResults", language: str) -> Formats:
    return Formats(language=language, currency=str(results.summary.get("currency") or ""))


def derived_findings(results: "AuditResults", *, language: str = "fr") -> pd.DataFrame:
    """Return the findings that the results themselves show.

    Parameters
    ----------
    results : AuditResults
    language : {"fr", "en"}
        Of the sentences.

    Returns
    -------
    DataFrame
        `schemas.FINDINGS`; amounts in cents, VAT included.
    """
    formats = _formats(results, language)
    rows = [row for rule in RULES if (row := rule(results, formats)) is not None]
    if not rows:
        return schemas.empty(schemas.FINDINGS)
    return schemas.validate(pd.DataFrame(rows, columns=list(schemas.FINDINGS.columns)), schemas.FINDINGS)


def _broken_tie(results: "AuditResults", formats: Formats) -> Row | None:
    """Tell of the source that makes the verdict; the others are told pair by pair (`auditlib.tie_findings`)."""
    verdict = deciding(results.tie_out, as_of_date=dt.date.fromisoformat(results.summary["as_of_date"]))
    if verdict["ties"].astype("bool").all():
        return None
    broken = verdict.iloc[0]
    customers = len(results.differences)
    if len(results.pairs):
        pairs = results.pairs[results.pairs["second"] == broken["source"]].head(1)
        customers = int(pairs["customers"].clip(lower=0).sum())
    sentence = formats.gettext(
        "Le grand livre ne se rapproche pas de « {source} » : écart de {difference} (clients concernés : "
        "{customers}) ; "
        "l’expliquer avant toute conclusion."
    ).format(
        source=broken["source"], difference=formats.cents(broken["difference_cents"]), customers=customers
    )
    return "broken_tie", "serious", customers, int(broken["difference_cents"]), sentence


def _old_overdue(results: "AuditResults", formats: Formats) -> Row | None:
    items = results.open_items
    old = items[(items["days_overdue"] > OLD_DAYS) & (items["residual_cents"] > 0)]
    if old.empty:
        return None
    amount, gross = int(old["residual_cents"].sum()), _gross(results)
    sentence = formats.gettext(
        "{amount} sont échus depuis plus de 90 jours ({share} de l’encours brut ; pièces : {rows}, clients : "
        "{customers}) ; "
        "dossiers à traiter un par un, dépréciation à examiner."
    ).format(
        amount=formats.cents(amount),
        share=formats.share(amount / gross),
        rows=formats.count(len(old)),
        customers=formats.count(old["customer_id"].nunique()),
    )
    return "overdue_over_90_days", "serious" if amount > 0.1 * gross else "warning", len(old), amount, sentence


def _unallocated(results: "AuditResults", formats: Formats) -> Row | None:
    items = results.open_items
    credits_ = items[items["residual_cents"] < 0]
    amount, gross = int(credits_["residual_cents"].sum()), _gross(results)
    if gross <= 0 or -amount <= UNALLOCATED_LIMIT * gross:
        return None
    sentence = formats.gettext(
        "{amount} de règlements et d’avoirs ne sont rattachés à aucune facture ({share} de l’encours brut) : "
        "l’échu brut surestime le retard, l’échu net prime et le lettrage est à reprendre avant de relancer."
    ).format(amount=formats.cents(-amount), share=formats.share(-amount / gross))
    return "unallocated_credits", "warning", len(credits_), amount, sentence


def _concentration(results: "AuditResults", formats: Formats) -> Row | None:
    late = results.customers["net_overdue_cents"].sort_values(ascending=False)
    total = int(late.sum())
    if total <= 0:
        return None
    top = late.head(5)
    one, five = int(top.iloc[0]) / total, int(top.sum()) / total
    if one <= TOP_ONE_LIMIT and five <= TOP_FIVE_LIMIT:
        return None
    sentence = formats.gettext(
        "Les {count} premiers clients portent {five} de l’échu net ({amount}), dont « {name} » à lui seul {one} : "
        "le plan d’action commence par eux."
    ).format(
        count=len(top),
        five=formats.share(five),
        one=formats.share(one),
        amount=formats.cents(int(top.sum())),
        name=results.customers.loc[top.index[0], "name"],
    )
    return "overdue_concentration", "warning", len(top), int(top.sum()), sentence


def _credit_customers(results: "AuditResults", formats: Formats) -> Row | None:
    balance = results.customers["receivable_cents"]
    credit = balance[balance < 0]
    if credit.empty:
        return None
    sentence = formats.gettext(
        "Clients au solde créditeur : {count}, pour {amount}. Acomptes, trop-perçus ou factures non émises, "
        "à reclasser au passif (4191, 4197) à l’arrêté des comptes."
    ).format(count=formats.count(len(credit)), amount=formats.cents(-int(credit.sum())))
    return "credit_balance_customers", "warning", len(credit), int(credit.sum()), sentence


def _undated(results: "AuditResults", formats: Formats) -> Row | None:
    items = results.open_items
    undated = items[(items["due_date_origin"].astype("str") == "none") & (items["residual_cents"] > 0)]
    if undated.empty:
        return None
    amount, gross = int(undated["residual_cents"].sum()), _gross(results)
    sentence = formats.gettext(
        "Pièces débitrices sans échéance : {rows}, pour {amount} ({share} de l’encours brut). "
        "Les conditions de paiement de ces clients sont à obtenir."
    ).format(rows=formats.count(len(undated)), amount=formats.cents(amount), share=formats.share(amount / gross))
    return "missing_due_dates", "warning" if amount > UNDATED_LIMIT * gross else "info", len(undated), amount, sentence


def _coverage(results: "AuditResults", formats: Formats) -> Row | None:
    entry = results.summary["indicators"].get("lettering_coverage", {})
    value = entry.get("value")
    if value is None or value >= COVERAGE_LIMIT:
        return None
    sentence = formats.gettext(
        "{share} seulement des règlements anciens sont lettrés : l’état des créances repose en partie sur un "
        "rapprochement automatique (référence, montant, ancienneté), et non sur la comptabilité du client."
    ).format(share=formats.share(value))
    return "low_lettering_coverage", "warning", int(entry.get("basis_items") or 0), 0, sentence


def _gross(results: "AuditResults") -> int:
    return int(results.open_items["residual_cents"].clip(lower=0).sum())


RULES: tuple[Callable[["AuditResults", Formats], Row | None], ...] = (
    _broken_tie,
    _old_overdue,
    _unallocated,
    _concentration,
    _credit_customers,
    _undated,
    _coverage,
)
"""Each rule reads the results and gives one finding, or none."""
