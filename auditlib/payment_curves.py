"""Payment curves by group: the share of invoices still unpaid after so many days beyond terms."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.survival import Curves, product_limit

__all__ = ["CURVES", "WHOLE", "payment_curves"]

Ints = npt.NDArray[np.int64]
WHOLE = "all"
CURVES = {"dimension": "category", "group": "category", "basis": "category", "days": "int64", "at_risk": "int64",
          "events": "int64", "unpaid": "float64", "lower": "float64", "upper": "float64", "unpaid_amount": "float64"}
"""Columns of the table and their types."""


def payment_curves(
    outcomes: pd.DataFrame, *, groups: Mapping[str, pd.Categorical], minimum_events: int, minimum_at_risk: int,
) -> pd.DataFrame:
    """Return the payment curve of the whole, then of each group of each dimension.

    Parameters
    ----------
    outcomes : DataFrame
        One row an invoice: ``days_beyond_terms`` [days], ``is_settled``, ``amount_cents`` [cents, VAT included].
    groups : mapping of str to Categorical
        By dimension, the group of each invoice; an empty text is none.
    minimum_events : int
        A group with fewer settled invoices is given the curve of the whole, ``basis`` "whole".
    minimum_at_risk : int
        A curve stops where fewer invoices are left.

    Returns
    -------
    DataFrame
        ``dimension``, ``group``, ``basis`` ("own" or "whole"), ``days`` (beyond terms, those on which something was
        settled), ``at_risk`` and ``events`` [invoices], ``unpaid`` with its 95 % bounds ``lower`` and ``upper`` (each
        invoice counts alike, Greenwood; NaN once nothing is left), ``unpaid_amount`` (each counts for its amount).
        [share 0–1]

    References
    ----------
    DOMAIN.md A2: open items censored. INDICATORS.md 4: `median_days_beyond_terms_km`, of which this is the curve.
    """
    one = pd.Categorical.from_codes(np.zeros(len(outcomes), dtype=np.int64), categories=[WHOLE])
    whole = _dimension(WHOLE, one, outcomes, minimum_at_risk)
    found = [whole.assign(basis="own")]
    for name, group in groups.items():
        own = _dimension(name, group, outcomes, minimum_at_risk)
        settled = outcomes["is_settled"].groupby(group, observed=True).sum()
        for code, events in settled[settled.index != ""].items():
            enough = events >= minimum_events
            rows = own[own["group"] == code].assign(basis="own") if enough else whole.assign(basis="whole")
            found.append(rows.assign(dimension=name, group=str(code)))
    return pd.concat(found, ignore_index=True)[list(CURVES)].astype(CURVES)


def _dimension(name: str, group: pd.Categorical, outcomes: pd.DataFrame, minimum_at_risk: int) -> pd.DataFrame:
    """Return the rows of every group of one dimension, one a day with a settlement."""
    days, settled = outcomes["days_beyond_terms"].to_numpy(), outcomes["is_settled"].to_numpy()
    code, labels = group.codes.astype(np.int64), group.categories.astype("str")
    known = code >= 0

    def curves(weights: Ints | None) -> Curves:
        return product_limit(days[known], is_observed=settled[known], group=code[known], groups=len(labels),
                             weights=None if weights is None else weights[known])

    by_count, by_amount = curves(None), curves(outcomes["amount_cents"].to_numpy())
    lower, upper = by_count.interval()
    at, day = np.nonzero((by_count.events > 0) & (by_count.at_risk >= minimum_at_risk))
    return pd.DataFrame({
        "dimension": name, "group": labels.to_numpy()[at], "days": by_count.days[day],
        "at_risk": by_count.at_risk[at, day], "events": by_count.events[at, day],
        "unpaid": by_count.survival[at, day], "lower": lower[at, day], "upper": upper[at, day],
        "unpaid_amount": by_amount.survival[at, day]})
