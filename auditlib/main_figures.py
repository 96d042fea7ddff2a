"""The main figures of an audit: every indicator of stock and flow, or the reason there is none."""

import numpy as np
import pandas as pd

from auditlib import reasons
from auditlib.evidence import Evidence
from auditlib.flow_indicators import (
    FLOW_UNITS,
    cost_indicators,
    dso_indicators,
    timing_indicators,
    trade_indicators,
)
from auditlib.history import History
from auditlib.overdue import THRESHOLDS
from auditlib.recovery_indicators import recovery_indicators
from auditlib.results import Indicator
from auditlib.stock_indicators import TOPS, stock_indicators

__all__ = ["STOCK_UNITS", "main_indicators", "unavailable"]

STOCK_UNITS = {
    **dict.fromkeys(THRESHOLDS, "share"), "overdue_rate_net": "share",
    **{f"concentration_top{count}": "share" for count in TOPS},
    "concentration_hhi": "index", "concentration_gini": "coefficient", "compensating_sales": "amount"}
TARGET_MONTHS = 24
"""The target overdue rate is the best quartile of so many month ends (INDICATORS.md 4, ``cash_releasable``)."""


def main_indicators(evidence: Evidence, balances: pd.Series, history: History) -> dict[str, Indicator]:
    """Return the indicators of stock and, where sales and payments are known, those of flow.

    Parameters
    ----------
    evidence : Evidence
    balances : Series of int64
        Positive balances by group head, from `auditlib.concentration.exposures`. [cents, VAT included]
    history : History
    """
    stock = stock_indicators(evidence, balances=balances)
    if not evidence.has_flows:
        return stock | unavailable(FLOW_UNITS, reasons.OPEN_ITEMS_ONLY)
    rates = history.evolution["overdue_rate"].to_numpy(dtype=np.float64)[-TARGET_MONTHS:]
    return (stock | dso_indicators(evidence) | recovery_indicators(evidence) | timing_indicators(evidence)
            | trade_indicators(evidence)
            | cost_indicators(evidence, past_net_overdue=history.past_net_overdue, past_rates=rates))


def unavailable(units: dict[str, str], reason: str) -> dict[str, Indicator]:
    """Return no figure for each name, with the reason."""
    return {name: Indicator(None, unit, reason=reason) for name, unit in units.items()}
