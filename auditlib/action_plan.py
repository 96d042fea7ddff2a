"""The action plan: by customer, what to do next about the net overdue, and what is set aside and why."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.claimable import as_of, claimable
from auditlib.collection_pace import adapted_rules, paces
from auditlib.collection_rules import CollectionRules
from auditlib.debtor_facts import debtor_facts
from auditlib.debtor_kinds import audited_kinds
from auditlib.formats import Formats
from auditlib.payer_profiles import PROFILE_NAMES
from auditlib.plan_steps import STEP_COLUMNS, Planner
from auditlib.scenarios import law_words
from auditlib.texts import N_
from auditlib.urgency import POINTS, reasons, urgency, urgency_points

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["PLAN_COLUMNS", "URGENCIES", "action_plan", "claimable", "no_forecast"]

PLAN_COLUMNS = (
    "customer_id", "name", "kind", "salesperson", "business_unit", "profile", "net_overdue_cents", "set_aside_cents",
    "suspended_cents", "unconfirmed_cents", "claim_cents", "oldest_days", "lapse_days", *POINTS, "urgency", "rule",
    *STEP_COLUMNS, "expected_cents", "waiting_cents", "waiting_on", "broken", "last_action_on")
URGENCIES = (N_("immédiate"), N_("cette semaine"), N_("ce mois-ci"))
BARE = N_("solde sans le détail des factures")
UNCONFIRMED = N_("échéances déduites, non confirmées")
SUSPENDED = N_("relance suspendue : notre engagement du {date} n’est pas tenu")
NOT_FORECAST = N_("Encaissement attendu non disponible : la prévision n’a pas été établie.")


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
        `PLAN_COLUMNS`; amounts in cents, VAT included. ``urgency`` 1 (immediate) to 3, by the sum of the points;
        ``rule`` says what gave them. ``next_step``, ``channel``, ``owner``, ``template`` (letter, "" for none) and
        ``due_on``; ``step`` is its code, "" for what no scenario holds. ``expected_cents`` is what should come in
        within 30 days, never more than the claim; missing where it is not forecast (`no_forecast`). ``waiting_cents``
        and ``waiting_on``: promises to come; ``broken``: promises not kept and not answered since.
    """
    plan = _debtors(results)
    if plan.empty:
        return pd.DataFrame(columns=list(PLAN_COLUMNS))
    given = rules or CollectionRules()
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    plan = plan.assign(is_promise_broken=(plan["broken"] > 0) & (plan["claim_cents"] > 0))
    points = urgency_points(plan, rules=given)
    plan = pd.concat([plan, points], axis=1)
    plan["urgency"] = _ranks(plan, points, given)
    plan["rule"] = _rules_said(plan, points, formats)
    planned = _next_steps(results, plan, given, formats)
    plan = pd.concat([plan, planned], axis=1)
    ranked = plan.sort_values(["urgency", "claim_cents", "net_overdue_cents", "customer_id"],
                              ascending=[True, False, False, True], kind="stable")
    return ranked[list(PLAN_COLUMNS)].reset_index(drop=True)


def no_forecast(results: "AuditResults", *, language: str = "fr") -> str:
    """Say why no cash is expected beside the plan; "" where it is."""
    if len(results.customer_cash.columns):
        return ""
    entry = results.summary.get("indicators", {}).get("forecast_13_weeks") or {}
    formats = Formats(language=language)
    return formats.stored(entry.get("reason")) or formats.gettext(NOT_FORECAST)


def _debtors(results: "AuditResults") -> pd.DataFrame:
    """Return the customers of whom something is claimed, waits for a confirmation, or waits for us."""
    customers, amounts = results.customers, claimable(results)
    known = customers[["customer_id", "name", "salesperson", "business_unit", "net_overdue_cents"]].astype(
        {"salesperson": "str", "business_unit": "str"})
    whole = pd.concat([known, audited_kinds(results)["kind"], amounts], axis=1)
    concerned = whole[(whole[["claim_cents", "unconfirmed_cents", "suspended_cents"]] > 0).any(axis=1)]
    plan = concerned.sort_values(["claim_cents", "customer_id"], ascending=[False, True]).reset_index(drop=True)
    return pd.concat([plan, debtor_facts(results, plan)], axis=1)


def _ranks(plan: pd.DataFrame, points: pd.DataFrame, rules: CollectionRules) -> pd.Series:
    """Return the urgency: a promise to come that covers the claim is waited for, a commitment of ours is kept at once.

    A due date to confirm is never immediate: nothing can be claimed yet.
    """
    claimed = plan["claim_cents"] > 0
    waits = (plan["waiting_cents"] >= plan["claim_cents"]) & claimed & (plan["broken"] == 0)
    rank = urgency(points, rules=rules).mask(waits & (points["prescription_points"] < 3), 3)
    return rank.mask(~claimed, rank.clip(lower=2)).mask(~claimed & (plan["what"] != ""), 1)


def _rules_said(plan: pd.DataFrame, points: pd.DataFrame, formats: Formats) -> pd.Series:
    """Say which rule fired: what bars a reminder where something does, else what gave the points."""
    _ = formats.gettext
    said = reasons(plan, points, profiles={code: _(name) for code, name in PROFILE_NAMES.items()}, formats=formats)
    claimed = plan["claim_cents"] > 0
    waiting = plan["what_on"].map(lambda day: "" if pd.isna(day) else _(SUSPENDED).format(
        date=formats.short_date(day))).astype("str")
    said = said.where(claimed, waiting.where(waiting != "", _(UNCONFIRMED)))
    return said.mask(plan["is_bare"], _(BARE))


def _next_steps(results: "AuditResults", plan: pd.DataFrame, rules: CollectionRules, formats: Formats) -> pd.DataFrame:
    profiles = results.payers.set_index("customer_id")["profile"] if len(results.payers.columns) else None
    kinds = audited_kinds(results)["kind"].set_axis(results.customers["customer_id"])
    adapted = rules if profiles is None else adapted_rules(rules, paces(kinds, profiles=profiles, rules=rules))
    law = law_words(results.legal_rates if len(results.legal_rates.columns) else None,
                    day=pd.Timestamp(results.summary["as_of_date"]), formats=formats)
    planner = Planner(adapted, formats, as_of(results), law, has_log=len(results.actions) > 0)
    planned = [vars(planner.plan(row)) for row in plan.to_dict("records")]
    return pd.DataFrame(planned, index=plan.index)[list(STEP_COLUMNS)].astype({"due_on": "datetime64[s]"})
