"""Due-date figures under three assumed terms, where too many due dates are assumed (INDICATORS.md 1)."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from auditlib import summary
from auditlib.ageing import bucket_table
from auditlib.evidence import Evidence, is_due_date_estimated
from auditlib.flow_indicators import dso_indicators, timing_indicators
from auditlib.loaders.terms import due_dates, parse_terms
from auditlib.recovery_indicators import recovery_indicators
from auditlib.stock_indicators import overdue_indicators

if TYPE_CHECKING:
    from auditlib.results import Indicator

__all__ = ["ASSUMED_TERMS", "under_assumed_terms"]

ASSUMED_TERMS = ("30 jours", "45 jours fin de mois", "60 jours")
SHOWN = ("overdue_rate", "recovery_rate", "dso_best_possible", "dso_late", "weighted_days_beyond", "median_days_beyond")


def under_assumed_terms(evidence: Evidence) -> list[dict[str, Any]]:
    """Give the ageing and the due-date indicators as if unconfirmed due dates followed other terms.

    Returns
    -------
    list of dict
        ``terms``, ``ageing`` and ``indicators`` as in ``indicators.json``, one entry for each of
        `ASSUMED_TERMS`; empty where no more than 20 % of the gross receivable is assumed.
    """
    return [_entry(_redated(evidence, terms), terms) for terms in ASSUMED_TERMS] if evidence.is_estimated else []


def _redated(evidence: Evidence, terms: str) -> Evidence:
    items = evidence.ledger.items
    counted_from = items["document_date"].fillna(items["posting_date"])
    assumed = due_dates(counted_from, parse_terms(terms))
    redated = items["due_date"].mask(np.asarray(is_due_date_estimated(items)), assumed)
    ledger = replace(evidence.ledger, items=items.assign(due_date=redated.astype("datetime64[s]")))
    return replace(evidence, ledger=ledger)


def _entry(evidence: Evidence, terms: str) -> dict[str, Any]:
    found: dict[str, Indicator] = dict(overdue_indicators(evidence))
    if evidence.has_flows:
        found |= dso_indicators(evidence) | recovery_indicators(evidence) | timing_indicators(evidence)
    table = bucket_table(evidence.shown_items, buckets=evidence.parameters.method.buckets)
    return {
        "terms": terms, "ageing": summary.ageing_rows(table),
        "indicators": {name: summary.indicator_entry(each) for name, each in found.items() if name.startswith(SHOWN)}}
