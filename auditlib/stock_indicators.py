"""Indicators of the state at the as-of date: overdue, concentration, and what the unpaid would take to make up."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from auditlib import concentration, costs, overdue, reasons
from auditlib.amounts import ratio
from auditlib.evidence import Evidence
from auditlib.results import Indicator
from auditlib.texts import N_

__all__ = ["stock_indicators", "unpaid_net_of_vat"]

UNDATED_LIMIT, CREDITS_LIMIT = 0.10, 0.05
TOPS = (1, 5, 10, 20)
VAT_BY_ITEM = N_(
    "Retard net hors taxes : TVA de l'écriture quand elle est connue, sinon aucune hors de France et taux indiqué "
    "ailleurs.")


def stock_indicators(evidence: Evidence, *, balances: pd.Series) -> dict[str, Indicator]:
    """Return the indicators that need nothing but open items.

    Parameters
    ----------
    evidence : Evidence
    balances : Series of int64
        Positive balances by group head, from `auditlib.concentration.exposures`. [cents, VAT included]
    """
    return overdue_indicators(evidence) | concentration_indicators(balances) | {
        "compensating_sales": _compensating_sales(evidence)}


def overdue_indicators(evidence: Evidence) -> dict[str, Indicator]:
    """Return the gross overdue rates and the net one."""
    rates = {name: _rate(evidence, days) for name, days in overdue.THRESHOLDS.items()}
    return rates | {"overdue_rate_net": _net_rate(evidence)}


def _rate(evidence: Evidence, days: int) -> Indicator:
    items = evidence.open_items
    if (overdue.undated_share(items) or 0) > UNDATED_LIMIT:
        return Indicator(None, "share", reason=reasons.TOO_MUCH_UNDATED)
    value = overdue.overdue_rate(items, more_than_days=days)
    if value is None:
        return Indicator(None, "share", reason=reasons.NOTHING_OPEN)
    dated = overdue.dated_debits(items)
    return Indicator(value, "share", basis_items=len(dated), basis_cents=int(dated["residual_cents"].sum()),
                     share_estimated=evidence.share_due_dates_estimated, note=evidence.due_date_note())


def _net_rate(evidence: Evidence) -> Indicator:
    items = evidence.open_items
    balances = items["residual_cents"].groupby(items["customer_id"].astype("str")).sum()
    positive = balances[balances > 0]
    value = ratio(int(evidence.net_overdue["net_overdue_cents"].sum()), int(positive.sum()))
    if value is None:
        return Indicator(None, "share", reason=reasons.NO_BALANCE)
    unallocated = -int(items["residual_cents"].clip(upper=0).sum())
    leads = unallocated > CREDITS_LIMIT * evidence.gross_cents
    return Indicator(value, "share", basis_items=len(positive), basis_cents=int(positive.sum()),
                     share_estimated=evidence.share_due_dates_estimated,
                     note=evidence.due_date_note(reasons.CREDITS_LEAD if leads else None))


def concentration_indicators(balances: pd.Series) -> dict[str, Indicator]:
    """Return the shares of the largest debtors, the Herfindahl index and the Gini coefficient."""
    found = {f"concentration_top{count}": _measured(balances, "share", _top(count)) for count in TOPS}
    return found | {"concentration_hhi": _measured(balances, "index", concentration.herfindahl),
                    "concentration_gini": _measured(balances, "coefficient", concentration.gini)}


def _top(count: int) -> Callable[[pd.Series], float | None]:
    return lambda balances: concentration.top_share(balances, count=count)


def _measured(balances: pd.Series, unit: str, measure: Callable[[pd.Series], float | None]) -> Indicator:
    value = measure(balances)
    if value is None:
        return Indicator(None, unit, reason=reasons.NO_BALANCE)
    return Indicator(value, unit, basis_items=len(balances), basis_cents=int(balances.sum()), share_estimated=0.0)


def unpaid_net_of_vat(evidence: Evidence) -> float | None:
    """Return the net overdue net of VAT, not rounded, None where the VAT of a part is not known [cents]."""
    late = evidence.net_overdue["net_overdue_cents"].to_numpy()
    share = evidence.vat_share[evidence.net_overdue["item_id"].to_numpy()]
    if np.isnan(share[late > 0]).any():
        return None
    return float((late * (1 - share))[late > 0].sum())


def _compensating_sales(evidence: Evidence) -> Indicator:
    unpaid, margin_rate = unpaid_net_of_vat(evidence), evidence.parameters.economics.margin_rate
    if margin_rate is None or unpaid is None:
        reason = reasons.NO_VAT_RATE if unpaid is None else reasons.NO_MARGIN_RATE
        return Indicator(None, "amount", reason=reason)
    late = evidence.net_overdue["net_overdue_cents"]
    return Indicator(costs.compensating_sales(unpaid, margin_rate=margin_rate) / 100, "amount",
                     basis_items=int((late > 0).sum()), basis_cents=int(late.sum()),
                     share_estimated=evidence.share_due_dates_estimated,
                     note=evidence.due_date_note(VAT_BY_ITEM))
