"""The action plan: by customer, what to do next about the net overdue, and what is set aside and why."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditlib.collection_rules import CollectionRules
from auditlib.debtor_kinds import audited_kinds, doubtful_customers
from auditlib.formats import Formats
from auditlib.scenarios import Step, next_step, scenario_of
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
URGENCIES = (N_("immédiate"), N_("cette semaine"), N_("ce mois-ci"))
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


def action_plan(results: "AuditResults", *, rules: CollectionRules | None = None,
                language: str = "fr") -> pd.DataFrame:
    """Return one line per customer to act on, the most urgent first.

    Parameters
    ----------
    results : AuditResults
    rules : CollectionRules, optional
        Parameters ``collection``.
    language : {"fr", "en"}

    Returns
    -------
    DataFrame
        `PLAN_COLUMNS`; amounts in cents, VAT included; ``urgency`` 1 (immediate) to 3.
    """
    rules = rules or CollectionRules()
    amounts = claimable(results)
    known = results.customers[["customer_id", "name", "salesperson", "net_overdue_cents"]]
    plan = pd.concat([known, audited_kinds(results)["kind"], amounts], axis=1)
    plan = plan[(plan["claim_cents"] > 0) | (plan["unconfirmed_cents"] > 0)].sort_values(
        ["claim_cents", "customer_id"], ascending=[False, True]
    )
    if plan.empty:
        return pd.DataFrame(columns=list(PLAN_COLUMNS))
    heavy = _is_heavy(plan, share=rules.urgent_share)
    plan["urgency"] = _urgency(plan, heavy, rules)
    plan["rule"] = _rule(plan, heavy, language=language)
    plan[["next_step", "channel", "owner"]] = _steps(plan, rules, Formats(language=language))
    ranked = plan.sort_values(
        ["urgency", "claim_cents", "net_overdue_cents"], ascending=[True, False, False], kind="stable"
    )
    return ranked[list(PLAN_COLUMNS)].reset_index(drop=True)


def _is_heavy(plan: pd.DataFrame, *, share: float) -> pd.Series:
    """Tell which lines, largest first, make a share of the money: half of it, unless the parameters say otherwise."""
    before = plan["claim_cents"].cumsum() - plan["claim_cents"]
    return (before < share * plan["claim_cents"].sum()) & (plan["claim_cents"] > 0)


def _urgency(plan: pd.DataFrame, heavy: pd.Series, rules: CollectionRules) -> pd.Series:
    """1 where old or in the first half of the money, 2 where no longer recent, else 3."""
    days = plan["oldest_days"]
    first = heavy | ((days > rules.old_days) & (plan["claim_cents"] > 0))
    return pd.Series(np.select([first, days > rules.recent_days], [1, 2], 3), index=plan.index)


def _rule(plan: pd.DataFrame, heavy: pd.Series, *, language: str) -> pd.Series:
    _ = translator(language).gettext
    before, after = _("plus ancien retard : {days} jours").split("{days}")
    age = before + plan["oldest_days"].astype("str") + after
    ruled = age.where(~heavy, _("parmi les plus gros montants ; ") + age)
    ruled = ruled.where(plan["claim_cents"] > 0, _("échéances déduites, non confirmées"))
    return ruled.mask(_is_bare(plan), _("solde sans le détail des factures"))


def _steps(plan: pd.DataFrame, rules: CollectionRules, formats: Formats) -> list[tuple[str, str, str]]:
    """Give name, channel and owner of each line's step: what is not known first, then as the scenario has it."""
    _ = formats.gettext
    scenarios = {kind: scenario_of(kind, rules=rules, formats=formats) for kind in plan["kind"].unique()}
    found = []
    for kind, days, claim, is_bare in zip(
            plan["kind"], plan["oldest_days"], plan["claim_cents"], _is_bare(plan), strict=True):
        step = next_step(scenarios[kind], int(days), None)
        asked = DETAIL_STEP if is_bare else CONFIRM_STEP if claim == 0 or step is None else None
        name, channel, owner = asked or CONFIRM_STEP
        found.append(_words(step) if asked is None and step else (_(name), _(channel), _(owner)))
    return found


def _words(step: Step) -> tuple[str, str, str]:
    return step.name, step.channel, step.owner


def _is_bare(plan: pd.DataFrame) -> pd.Series:
    """Tell which lines rest on a balance without its invoices."""
    return (plan["claim_cents"] == 0) & (plan["oldest_days"] == 0)
