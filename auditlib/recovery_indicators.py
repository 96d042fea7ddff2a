"""Recovery rates of the audit: due cohorts by month and by invoice, and the overdue of one and three months ago."""

import pandas as pd

from auditlib import reasons
from auditlib.dates import add_months
from auditlib.evidence import Evidence, is_due_date_estimated
from auditlib.overdue import dated_debits
from auditlib.recovery import Horizon, Recovery, overdue_recovery, pooled
from auditlib.results import Indicator

__all__ = ["recovery_indicators"]

HORIZONS = {
    "recovery_rate_1m": Horizon(months=1), "recovery_rate_3m": Horizon(months=3),
    "recovery_rate_30d": Horizon(days=30), "recovery_rate_90d": Horizon(days=90),
}
OPENINGS = {"recovery_rate_overdue_1m": 1, "recovery_rate_overdue_3m": 3}


def recovery_indicators(evidence: Evidence) -> dict[str, Indicator]:
    """Return the recovery rates; of the pooled ones, the window is the cohorts pooled and how many they are."""
    note = evidence.due_date_note()
    estimated = _share_inferred(evidence)
    found = {name: _cohorts(evidence, horizon) for name, horizon in HORIZONS.items()}
    found |= {name: _overdue(evidence, months) for name, months in OPENINGS.items()}
    return {name: _reported(rate, name, note, estimated) for name, rate in found.items()}


def _cohorts(evidence: Evidence, horizon: Horizon) -> Recovery:
    return pooled(evidence.cohorts.sums(horizon, dates=[evidence.as_of_date]))


def _overdue(evidence: Evidence, months: int) -> Recovery:
    opening = add_months(evidence.as_of_date, -months)
    then = dated_debits(evidence.state(opening))
    then = then[then["days_overdue"] > 0]
    overdue = pd.DataFrame({"root_id": evidence.roots[then["item_id"].to_numpy()],
                            "residual_cents": then["residual_cents"].to_numpy()})
    return overdue_recovery(overdue, claims=evidence.claims, opening_date=opening, as_of_date=evidence.as_of_date)


def _share_inferred(evidence: Evidence) -> float:
    """Return the share of settled amounts that rest on fifo, an inferred kind or an assumed due date [share 0–1]."""
    listed = evidence.settlements
    assumed = is_due_date_estimated(evidence.ledger.items)[listed["root_id"].to_numpy()]
    total = int(listed["amount_cents"].sum())
    return float(listed.loc[listed["is_inferred"] | assumed, "amount_cents"].sum() / total) if total else 0.0


def _reported(rate: Recovery, name: str, note: str | None, estimated: float) -> Indicator:
    if rate.rate is None:
        reason = reasons.NOTHING_OVERDUE_THEN if name in OPENINGS else reasons.NO_COHORT
        return Indicator(None, "share", reason=reason)
    return Indicator(
        rate.rate, "share", window_months=rate.cohorts or OPENINGS[name], window_start=rate.first_day,
        window_end=rate.last_day, basis_items=rate.items, basis_cents=rate.base_cents,
        share_estimated=estimated, note=note)
