"""What kind of debtor each customer is for collection, the first that applies, and on what ground."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditlib.controls.debtors import FAILING
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["REASONS", "audited_kinds", "debtor_kinds", "doubtful_customers", "kind_of_debtor"]

LARGE = r"(?i)grand|\bge\b|\blarge\b|key.account|corporate|strat[ée]gique|\bgc\b"
VERY_SMALL = r"(?i)\btpe\b|micro|tr[èe]s.petit|artisan|auto.?entrepreneur|ind[ée]pendant|very.small|sole.trader"
SILENT = "silent"
"""The payer profile of those who no longer pay, or break their promises (`auditlib.payer_profiles`)."""

REASONS = {
    "group": N_("société du groupe, d’après le fichier clients ou l’auditeur"),
    "insolvent": N_("procédure collective communiquée ou compte de douteux (416)"),
    "named": N_("nom évoquant une procédure, à vérifier au BODACC"),
    "silent": N_("profil silencieux ou fragile : plus de paiement, ou promesses rompues"),
    "public": N_("organisme public"),
    "consumer": N_("particulier"),
    "export_non_eu": N_("client hors Union européenne"),
    "export_eu": N_("client de l’Union européenne"),
    "large_account": N_("classe de taille du fichier : grand compte"),
    "very_small": N_("classe de taille : très petite entreprise"),
    "mid_small": N_("classe de taille : entreprise moyenne ou petite"),
    "no_size": N_("taille inconnue : suivi comme une PME"),
    "no_type": N_("type inconnu : suivi comme une entreprise, sans pénalité ni indemnité"),
}
"""Ground of each kind, French; the catalogue translates it."""


def audited_kinds(results: "AuditResults") -> pd.DataFrame:
    """Return the kind of each customer of an audit, and its ground; index of ``results.customers``."""
    profiles = results.payers.set_index("customer_id")["profile"] if len(results.payers.columns) else None
    insolvent = doubtful_customers(results.open_items, results.customers)
    return debtor_kinds(results.customers, insolvent=insolvent, profiles=profiles)


def doubtful_customers(open_items: pd.DataFrame, customers: pd.DataFrame) -> pd.Series:
    """Tell which customers have a doubtful item or an insolvency proceeding; same index as `customers`."""
    doubtful = open_items.loc[open_items["is_doubtful"], "customer_id"].astype("str")
    return customers["customer_id"].isin(doubtful.unique())


def kind_of_debtor(customers: pd.DataFrame, *, insolvent: pd.Series, profiles: pd.Series | None = None) -> pd.Series:
    """Return the kind of each debtor, one of `auditlib.scenario_calendar.KINDS`; see `debtor_kinds`."""
    return debtor_kinds(customers, insolvent=insolvent, profiles=profiles)["kind"]


def debtor_kinds(customers: pd.DataFrame, *, insolvent: pd.Series, profiles: pd.Series | None = None) -> pd.DataFrame:
    """Return the kind of each debtor and why: the first that holds, in the order below.

    Group, insolvent, fragile, public, consumer, outside the EU, elsewhere in the EU, then by size: large account, very
    small, else mid-size and small. Fragile are businesses that the payer profile calls silent, or whose name
    tells of a procedure no file lists: a consumer or a public body keeps the treatment its own law asks for.

    Parameters
    ----------
    customers : DataFrame
        `schemas.CUSTOMERS`.
    insolvent : Series of bool
        Same index: doubtful accounts and insolvency proceedings.
    profiles : Series of str, optional
        Payer profile by customer_id; without it nobody is fragile by his habits.

    Returns
    -------
    DataFrame
        Index of `customers`; ``kind`` and ``reason`` (French, to translate).
    """
    zone, type_ = customers["zone"].astype("str"), customers["customer_type"].astype("str")
    size = customers["size_class"].astype("str")
    business = ~type_.isin(["public", "B2C"])
    profile = pd.Series("", index=customers.index) if profiles is None else customers["customer_id"].map(
        profiles.astype("str")).fillna("")
    rules = {
        ("group", "group"): customers["is_group"],
        ("insolvent", "insolvent"): insolvent,
        ("fragile", "named"): business & customers["name"].str.contains(FAILING),
        ("fragile", "silent"): business & (profile == SILENT),
        ("public", "public"): type_ == "public",
        ("consumer", "consumer"): type_ == "B2C",
        ("export_non_eu", "export_non_eu"): zone == "non_EU",
        ("export_eu", "export_eu"): zone == "EU",
        ("large_account", "large_account"): size.str.contains(LARGE),
        ("very_small", "very_small"): size.str.contains(VERY_SMALL),
        ("mid_small", "no_type"): type_ == "",
        ("mid_small", "no_size"): size == "",
        ("mid_small", "mid_small"): pd.Series(True, index=customers.index),
    }
    first = np.argmax(np.column_stack([held.to_numpy(dtype=bool) for held in rules.values()]), axis=1)
    kinds, grounds = zip(*rules, strict=True)
    return pd.DataFrame({
        "kind": np.array(kinds, dtype=object)[first],
        "reason": np.array([REASONS[ground] for ground in grounds], dtype=object)[first],
    }, index=customers.index).astype("str")
