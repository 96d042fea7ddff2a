"""Chapter of payment curves and cash forecast, with its back-test."""

import pandas as pd

from auditlib.chapter import Chapter
from auditlib.evidence import Evidence
from auditlib.history import History

__all__ = ["UNITS", "forecast_chapter"]

UNITS: dict[str, str] = {}
"""Unit of each indicator of this chapter, in the order reported."""


def forecast_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame) -> Chapter:
    """Return the chapter.

    Parameters
    ----------
    evidence : Evidence
    history : History
    customers : DataFrame
        `auditlib.customer_table.customer_table`.
    """
    return Chapter()
