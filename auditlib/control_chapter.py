"""Chapter of audit tests: every red flag, with its rows."""

from collections.abc import Mapping

import pandas as pd

from auditlib.chapter import Chapter
from auditlib.evidence import Evidence
from auditlib.history import History

__all__ = ["UNITS", "control_chapter"]

UNITS: dict[str, str] = {}
"""Unit of each indicator of this chapter, in the order reported."""


def control_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame,
                    known: Mapping[str, pd.DataFrame]) -> Chapter:
    """Return the chapter.

    Parameters
    ----------
    evidence : Evidence
    history : History
    customers : DataFrame
        `auditlib.customer_table.customer_table`.
    known : mapping of str to DataFrame
        Tables of the chapters before this one.
    """
    return Chapter()
