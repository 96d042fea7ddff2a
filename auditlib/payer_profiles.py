"""Payer profiles: simple rules over measured habits, the first that holds, and a class for what no rule names."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.settings import PayerRules

__all__ = ["PROFILES", "PROFILE_NAMES", "payer_profiles", "profile_summary"]

PROFILES = (
    "punctual", "short_late", "direct_debit", "slow", "negligent", "slipping", "irregular", "part_paying", "disputing",
    "silent", "undetermined", "new",
)
"""Every profile, from the surest payer to those of whom little is known."""
PROFILE_NAMES = {
    "punctual": N_("ponctuel"),
    "short_late": N_("retard court régulier"),
    "direct_debit": N_("prélevé"),
    "slow": N_("lent structurel"),
    "negligent": N_("négligent, paie quand on le relance"),
    "slipping": N_("dérapage"),
    "irregular": N_("irrégulier"),
    "part_paying": N_("paiements partiels"),
    "disputing": N_("contestataire"),
    "silent": N_("silencieux ou fragile"),
    "undetermined": N_("indéterminé"),
    "new": N_("nouveau"),
}
"""Their names, French; the catalogue translates them."""


def payer_profiles(measures: pd.DataFrame, *, rules: "PayerRules") -> pd.Series:
    """Give each customer his profile: the first rule that holds, in the order below.

    ``silent`` (something net overdue and no payment for `silent_days` while it was, or `broken_promises` broken),
    ``direct_debit`` (too few invoices paid of his own accord, enough by direct debit), ``new`` (too few paid),
    ``disputing`` (disputed share above its threshold), ``part_paying``, ``undetermined`` (too few of the invoices paid
    have a due date), ``slipping``, ``negligent`` (late on average, and enough of his late invoices were paid within
    days of a reminder or a call), ``punctual`` (mean and ninth decile within their limits), ``short_late`` (above
    punctual, to `short_late_days`, small spread), ``slow`` (above that, regular), else ``irregular``.

    Parameters
    ----------
    measures : DataFrame
        The columns of `auditlib.payers.payment_habits` with ``net_overdue_cents``, ``silent_days``,
        ``promises_broken``, ``disputed_share``, ``late_invoices`` and ``chased_share``; NaN where not known:
        a rule on it does not hold.
    rules : PayerRules

    Returns
    -------
    Series of category
        One of `PROFILES` each, on the index of `measures`.

    References
    ----------
    DOMAIN.md A10. A negligent payer (one who pays when chased) shows by the dates of reminders: without a log of them
    nobody is called that.
    """
    late, spread = measures["days_beyond_terms"], measures["days_late_spread"]
    few = measures["paid_invoices"] < rules.minimum_invoices
    above = late > rules.punctual_days
    rows = {
        "silent": ((measures["net_overdue_cents"] > 0) & (measures["silent_days"] >= rules.silent_days))
        | (measures["promises_broken"] >= rules.broken_promises),
        "direct_debit": few & (measures["direct_debit_invoices"] >= rules.minimum_invoices),
        "new": few,
        "disputing": measures["disputed_share"] > rules.disputed_share,
        "part_paying": measures["part_paid_share"] > rules.part_paid_share,
        "undetermined": measures["dated_invoices"] < rules.minimum_invoices,
        "slipping": measures["trend_days"] > rules.slipping_days,
        "negligent": above & (measures["late_invoices"] >= rules.minimum_invoices)
        & (measures["chased_share"] >= rules.chased_share),
        "punctual": ~above & (measures["days_late_p90"] <= rules.punctual_p90_days),
        "short_late": above & (late <= rules.short_late_days) & (spread <= rules.short_late_spread_days),
        "slow": (late > rules.short_late_days) & (spread <= rules.slow_spread_days),
    }
    found = np.select([held.to_numpy(dtype=bool) for held in rows.values()], list(rows), "irregular")
    return pd.Series(pd.Categorical(found, categories=list(PROFILES)), index=measures.index, name="profile")


def profile_summary(payers: pd.DataFrame) -> pd.DataFrame:
    """Add up the customers of each profile.

    Parameters
    ----------
    payers : DataFrame
        ``profile``, ``receivable_cents`` and ``net_overdue_cents``. [cents, VAT included]

    Returns
    -------
    DataFrame
        ``profile`` in the order of `PROFILES`, those met only, ``customers``, ``receivable_cents``,
        ``net_overdue_cents``; each sums to the whole.
    """
    profile = payers["profile"].astype("str")
    sums = pd.DataFrame({
        "customers": profile.groupby(profile).size(),
        "receivable_cents": payers["receivable_cents"].groupby(profile).sum(),
        "net_overdue_cents": payers["net_overdue_cents"].groupby(profile).sum()})
    met = [name for name in PROFILES if name in sums.index]
    return sums.loc[met].astype("int64").rename_axis("profile").reset_index()
