"""How urgent a debtor is: points of amount, age, payer profile, prescription and promises, each said in words."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from auditlib.collection_rules import CollectionRules
from auditlib.formats import Formats

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["POINTS", "reasons", "urgency", "urgency_points"]

POINTS = ("amount_points", "age_points", "profile_points", "prescription_points", "promise_points")
"""Points a debtor may have; their sum decides."""


def urgency_points(plan: pd.DataFrame, *, rules: CollectionRules) -> pd.DataFrame:
    """Return the points of each debtor.

    Parameters
    ----------
    plan : DataFrame
        ``claim_cents`` [cents], ``oldest_days`` [days], ``profile``, ``lapse_days`` (left before the first claim
        lapses, NaN where not known [days]), ``is_promise_broken`` (and nothing was asked since).
    rules : CollectionRules

    Returns
    -------
    DataFrame
        `POINTS`, on the index of `plan`. Two for the largest debtors that make ``urgent_share`` of the claims, one up
        to ``second_share``; two over ``old_days``, one over ``recent_days``; the profile's own; three within
        ``prescription_days`` of the last day to act, one within ``prescription_watch_days``; three for a broken
        promise.
    """
    weights, claim = rules.urgency, plan["claim_cents"]
    ranked = claim.sort_values(ascending=False, kind="stable")
    before = (ranked.cumsum() - ranked).reindex(plan.index)
    total = claim.sum()
    days, left = plan["oldest_days"], plan["lapse_days"]
    owed = claim > 0
    return pd.DataFrame({
        "amount_points": np.select([owed & (before < rules.urgent_share * total),
                                    owed & (before < weights.second_share * total)], [2, 1], 0),
        "age_points": np.select([days > rules.old_days, days > rules.recent_days], [2, 1], 0),
        "profile_points": plan["profile"].map(weights.profiles).fillna(0).astype("int64"),
        "prescription_points": np.select([left <= weights.prescription_days, left <= weights.prescription_watch_days],
                                         [3, 1], 0),
        "promise_points": np.where(plan["is_promise_broken"], 3, 0)}, index=plan.index).astype("int64")


def urgency(points: pd.DataFrame, *, rules: CollectionRules) -> pd.Series:
    """Return 1 (at once), 2 (this week) or 3 (this month), by the sum of the points."""
    total, weights = points[list(POINTS)].sum(axis=1), rules.urgency
    rank = np.select([total >= weights.immediate_points, total >= weights.soon_points], [1, 2], 3)
    return pd.Series(rank, index=points.index, dtype="int64")


def reasons(plan: pd.DataFrame, points: pd.DataFrame, *, profiles: dict[str, str], formats: Formats) -> pd.Series:
    """Say in words what gave each debtor his points, and how many each gave.

    Parameters
    ----------
    plan : DataFrame
        As `urgency_points` takes it.
    points : DataFrame
        `urgency_points`.
    profiles : dict of str to str
        Name of each profile, as printed.
    formats : Formats
    """
    _ = formats.gettext
    age = _("plus ancien retard : {days} jours")
    said: dict[str, Callable[[dict[Hashable, Any]], str]] = {
        "amount_points": lambda row: _("parmi les plus gros montants") if row["amount_points"] == 2 else _(
            "montant important"),
        "age_points": lambda row: age.format(days=formats.count(row["oldest_days"])),
        "profile_points": lambda row: _("profil : {profile}").format(profile=profiles.get(row["profile"], "")),
        "prescription_points": lambda row: _("prescription dépassée") if row["lapse_days"] < 0 else _(
            "prescription dans {days} jours").format(days=formats.count(row["lapse_days"])),
        "promise_points": lambda _row: _("promesse non tenue"),
    }
    texts = []
    for row in plan.assign(**{name: points[name] for name in POINTS}).to_dict("records"):
        parts = [f"{tell(row)} (+{row[name]})" for name, tell in said.items() if row[name]]
        texts.append(" ; ".join(parts) or age.format(days=formats.count(row["oldest_days"])))
    return pd.Series(texts, index=plan.index, dtype="str")
