"""The action plan: by customer, what to do next about the net overdue, and what is set aside and why."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditlib.procedure import STEPS, doubtful_customers, kind_of_debtor
from auditlib.texts import N_, translator

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["PLAN_COLUMNS", "URGENCIES", "action_plan", "claimable"]

PLAN_COLUMNS = (
    "customer_id",
    "name",
    "kind",
    "salesperson",
    "net_overdue_cents",
    "set_aside_cents",
    "unconfirmed_cents",
    "claim_cents",
    "oldest_days",
    "urgency",
    "rule",
    "next_step",
    "channel",
    "owner",
)
CONFIRMED = ("given", "label")
URGENT_SHARE = 0.5
"""Customers that together make up the first half of what can be claimed come first, whatever their age."""
OLD_DAYS, RECENT_DAYS = 60, 15
URGENCIES = (N_("immédiate"), N_("cette semaine"), N_("ce mois-ci"))
LAST_STAGE = (
    60,
    N_("Mise en demeure si elle n’est pas partie, sinon remise à un tiers"),
    N_("lettre recommandée"),
    N_("direction"),
)
"""No reminder log is read yet: what was sent before is the client's to say."""
STAGES = (*(step[:4] for step in STEPS if 0 <= step[0] < LAST_STAGE[0]), LAST_STAGE)

FIRST_STEPS: dict[str, tuple[str, str, str]] = {
    "public": (
        N_("Vérifier le statut Chorus Pro, puis réclamation écrite au comptable"),
        N_("portail Chorus Pro"),
        N_("chargé de recouvrement"),
    ),
    "B2C": (N_("Relance courtoise, sans frais, proposition d’échéancier"), N_("e-mail"), N_("chargé de recouvrement")),
    "non_EU": (
        N_("Vérifier le délai de déclaration à l’assureur-crédit, puis relancer"),
        N_("e-mail"),
        N_("responsable financier"),
    ),
}
"""Debtors whose next step does not follow the general scale."""
DETAIL_STEP = (N_("Obtenir le détail des factures avant toute relance"), N_("e-mail"), N_("chargé de recouvrement"))
CONFIRM_STEP = (N_("Faire confirmer les conditions de paiement avant toute relance"), N_("e-mail"), N_("commercial"))


def claimable(results: "AuditResults") -> pd.DataFrame:
    """Return, by customer, what may be claimed today out of the net overdue.

    Nothing is claimed from an insolvent or a group company, nor on a disputed part, retention money, or
    an item whose due date the auditor has not confirmed (INDICATORS.md 1).

    Returns
    -------
    DataFrame
        Index of ``results.customers``; ``set_aside_cents``, ``unconfirmed_cents`` and
        ``claim_cents`` [cents, VAT included]
        and ``oldest_days``, of what is not barred [days].
    """
    customers, items = results.customers, results.open_items
    late = items[(items["days_overdue"] > 0) & (items["residual_cents"] > 0)]
    confirmed = late["due_date_origin"].astype("str").isin(CONFIRMED) | late["is_terms_confirmed"]
    whole = late["is_retention"] | late["is_group"] | late["is_doubtful"]
    barred = late["residual_cents"].where(whole, late["disputed_cents"])
    unconfirmed = (late["residual_cents"] - barred).where(~confirmed, 0)
    free_days = late["days_overdue"].where(late["residual_cents"] > barred, 0)
    by_customer = (
        pd.DataFrame({"barred": barred, "unconfirmed": unconfirmed, "days": free_days})
        .groupby(late["customer_id"].astype("str"))
        .agg({"barred": "sum", "unconfirmed": "sum", "days": "max"})
        .reindex(customers["customer_id"], fill_value=0)
        .set_axis(customers.index)
    )
    net = customers["net_overdue_cents"]
    never = doubtful_customers(items, customers) | customers["is_group"]
    claim = (net - by_customer["barred"] - by_customer["unconfirmed"]).clip(lower=0).mask(never, 0)
    bare = ~customers["customer_id"].isin(items["customer_id"].astype("str"))  # an aged balance gives no invoice
    claim = claim.mask(bare, 0)
    to_confirm = by_customer["unconfirmed"].clip(upper=net).mask(bare, net).mask(never, 0)
    return pd.DataFrame(
        {
            "set_aside_cents": net - claim,
            "unconfirmed_cents": to_confirm,
            "claim_cents": claim,
            "oldest_days": by_customer["days"],
        }
    ).astype("int64")


def action_plan(results: "AuditResults", *, language: str = "fr") -> pd.DataFrame:
    """Return one line per customer to act on, the most urgent first.

    Parameters
    ----------
    results : AuditResults
    language : {"fr", "en"}

    Returns
    -------
    DataFrame
        `PLAN_COLUMNS`; amounts in cents, VAT included; ``urgency`` 1 (immediate) to 3.
    """
    _ = translator(language).gettext
    customers = results.customers
    amounts = claimable(results)
    kinds = kind_of_debtor(customers, insolvent=doubtful_customers(results.open_items, customers))
    known = customers[["customer_id", "name", "salesperson", "net_overdue_cents"]]
    plan = pd.concat([known, kinds.rename("kind"), amounts], axis=1)
    plan = plan[(plan["claim_cents"] > 0) | (plan["unconfirmed_cents"] > 0)].sort_values(
        ["claim_cents", "customer_id"], ascending=[False, True]
    )
    if plan.empty:
        return pd.DataFrame(columns=list(PLAN_COLUMNS))
    heavy = _is_heavy(plan)
    plan["urgency"] = _urgency(plan, heavy)
    plan["rule"] = _rule(plan, heavy, language=language)
    for position, column in enumerate(("next_step", "channel", "owner")):
        plan[column] = _step_part(plan, position, language=language)
    ranked = plan.sort_values(
        ["urgency", "claim_cents", "net_overdue_cents"], ascending=[True, False, False], kind="stable"
    )
    return ranked[list(PLAN_COLUMNS)].reset_index(drop=True)


def _is_heavy(plan: pd.DataFrame) -> pd.Series:
    """Tell which lines, largest first, make the first half of the money."""
    before = plan["claim_cents"].cumsum() - plan["claim_cents"]
    return (before < URGENT_SHARE * plan["claim_cents"].sum()) & (plan["claim_cents"] > 0)


def _urgency(plan: pd.DataFrame, heavy: pd.Series) -> pd.Series:
    """1 where older than 60 days or in the first half of the money, 2 from 15 days overdue, else 3."""
    days = plan["oldest_days"]
    first = heavy | ((days > OLD_DAYS) & (plan["claim_cents"] > 0))
    return pd.Series(np.select([first, days > RECENT_DAYS], [1, 2], 3), index=plan.index)


def _rule(plan: pd.DataFrame, heavy: pd.Series, *, language: str) -> pd.Series:
    _ = translator(language).gettext
    before, after = _("plus ancien retard : {days} jours").split("{days}")
    age = before + plan["oldest_days"].astype("str") + after
    ruled = age.where(~heavy, _("parmi les plus gros montants ; ") + age)
    ruled = ruled.where(plan["claim_cents"] > 0, _("échéances déduites, non confirmées"))
    return ruled.mask(_is_bare(plan), _("solde sans le détail des factures"))


def _step_part(plan: pd.DataFrame, position: int, *, language: str) -> pd.Series:
    """Give name, channel or owner of the step: confirm first, then by kind of debtor, then by age."""
    _ = translator(language).gettext
    days = plan["oldest_days"].to_numpy()
    stage = np.searchsorted([step[0] for step in STAGES], days, side="right") - 1
    by_age = pd.Series([_(step[1:][position]) for step in STAGES]).take(np.maximum(stage, 0))
    part = by_age.set_axis(plan.index)
    for kind, step in FIRST_STEPS.items():
        part = part.mask(plan["kind"] == kind, _(step[position]))
    part = part.mask(plan["claim_cents"] == 0, _(CONFIRM_STEP[position]))
    return part.mask(_is_bare(plan), _(DETAIL_STEP[position])).astype("str")


def _is_bare(plan: pd.DataFrame) -> pd.Series:
    """Tell which lines rest on a balance without its invoices."""
    return (plan["claim_cents"] == 0) & (plan["oldest_days"] == 0)
