"""A chapter of an audit: the indicators and tables that one subject adds to the main figures."""

from dataclasses import dataclass, field

import pandas as pd

from auditlib.results import Indicator

__all__ = ["Chapter"]


@dataclass(frozen=True)
class Chapter:
    """What one subject adds to an audit.

    Attributes
    ----------
    indicators : dict of str to Indicator
    tables : dict of str to DataFrame
        By field of `auditlib.audit_results.AuditResults`; amounts in cents.
    """

    indicators: dict[str, Indicator] = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
