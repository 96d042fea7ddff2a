"""Chapter of segments: the indicators of each part of the receivable."""

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from auditlib import segment_reasons
from auditlib.chapter import Chapter
from auditlib.evidence import Evidence
from auditlib.history import History
from auditlib.segment_evolution import segment_evolution
from auditlib.segment_facts import DIMENSIONS, SegmentFacts
from auditlib.segment_table import segment

__all__ = ["UNITS", "cross_table", "dimensions_of", "segment_chapter"]

UNITS: dict[str, str] = {}
"""Unit of each indicator of this chapter, in the order reported: segments have those of the whole."""
LEAST_VALUES = 2


def segment_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame) -> Chapter:
    """Return the segments by every dimension the documents give, crossed two by two, and their evolution.

    Parameters
    ----------
    evidence : Evidence
    history : History
    customers : DataFrame
        `auditlib.customer_table.customer_table`; with ``payer_profile`` where the payers' chapter gives one.

    Returns
    -------
    Chapter
        Tables ``segments`` (`auditlib.segment_table.segment`, one dimension then two) and ``segment_evolution``
        (`auditlib.segment_evolution.segment_evolution`; no column where nothing can be replayed).
    """
    facts = SegmentFacts(evidence, history, customers)
    names = dimensions_of(facts)
    crossed = combinations([name for name in names if name in DIMENSIONS], 2)
    tables = [segment(facts, name) for name in names] + [cross_table(facts, *pair) for pair in crossed]
    found = {"segments": _stacked(tables)}
    months = [month.date() for month in history.evolution["month_end"]]
    replayed = [name for name in names if name != "age"]
    if months and replayed:
        found["segment_evolution"] = _stacked([segment_evolution(facts, name, dates=months) for name in replayed])
    return Chapter(tables=found)


def cross_table(facts: SegmentFacts, first: str, second: str) -> pd.DataFrame:
    """Return amounts and overdue rates by two dimensions, a row a cell; they tie to the whole to the cent."""
    return segment(facts, first, second, amounts_only=True)


def dimensions_of(facts: SegmentFacts) -> list[str]:
    """Return the dimensions the documents give a value of: the usual ones, then the free attributes that divide."""
    customers = facts.customers
    usual = [name for name in DIMENSIONS if name in ("age", "size_band") or _is_known(facts, name)]
    most = facts.evidence.parameters.segments.most_segments
    free = [name for name in map(str, customers.columns) if name.startswith("attribute:")
            and LEAST_VALUES <= customers[name].astype("str").replace("", None).nunique() <= most]
    return [*usual, *free]


def _is_known(facts: SegmentFacts, name: str) -> bool:
    if name not in facts.customers and name not in facts.keys.keys:
        return False
    return len(facts.dimension(name).segments) > 1


def _stacked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Stack tables; what crossed ones leave out is not available there, with the reason. Repeated texts as codes."""
    stacked = pd.concat(tables, ignore_index=True)
    left_out = [name for name in map(str, stacked.columns) if name.endswith("_reason")]
    stacked[left_out] = stacked[left_out].fillna(segment_reasons.AMOUNTS_ONLY)
    for name, kind in (("sales_cents", "int64"), ("dso_count_back_is_lower_bound", "bool")):
        if name in stacked:
            stacked[name] = stacked[name].fillna(0).astype(kind)  # type: ignore[call-overload]
    coded = [name for name in map(str, stacked.columns) if name.startswith(("dimension", "segment"))] + left_out
    return stacked.astype(dict.fromkeys(coded, "str")).astype(dict.fromkeys(coded, "category"))
