"""The chapters of an audit beyond its main figures, each reading what those before it gave."""

import pandas as pd

from auditlib import (
    bridge_chapter,
    control_chapter,
    follow_up_chapter,
    forecast_chapter,
    legal_chapter,
    payer_chapter,
    prevention_chapter,
    risk_chapter,
    segment_chapter,
)
from auditlib.chapter import Chapter
from auditlib.evidence import Evidence
from auditlib.history import History

__all__ = ["FURTHER_UNITS", "further_chapters"]

FURTHER_UNITS = {
    **legal_chapter.UNITS, **risk_chapter.UNITS, **payer_chapter.UNITS, **segment_chapter.UNITS,
    **forecast_chapter.UNITS, **follow_up_chapter.UNITS, **control_chapter.UNITS}
"""Unit of each indicator of the chapters, in the order reported."""


def further_chapters(evidence: Evidence, *, history: History, customers: pd.DataFrame) -> Chapter:
    """Return all chapters as one; payers come first, for segments and forecast go by their profile.

    Parameters
    ----------
    evidence : Evidence
    history : History
    customers : DataFrame
        `auditlib.customer_table.customer_table`; with ``payer_profile`` where the payers' chapter gives one.
    """
    found = payer_chapter.payer_chapter(evidence, history=history, customers=customers)
    if len(found.tables.get("payers", ())):
        profile = found.tables["payers"].set_index("customer_id")["profile"].astype("str")
        customers = customers.assign(payer_profile=customers["customer_id"].map(profile).fillna("").astype("category"))
    for chapter in (legal_chapter.legal_chapter, risk_chapter.risk_chapter, segment_chapter.segment_chapter,
                    forecast_chapter.forecast_chapter, prevention_chapter.prevention_chapter,
                    follow_up_chapter.follow_up_chapter, bridge_chapter.bridge_chapter):
        found = _joined(found, chapter(evidence, history=history, customers=customers))
    tests = control_chapter.control_chapter(evidence, history=history, customers=customers, known=found.tables)
    return _joined(found, tests)


def _joined(first: Chapter, second: Chapter) -> Chapter:
    return Chapter(first.indicators | second.indicators, first.tables | second.tables)
