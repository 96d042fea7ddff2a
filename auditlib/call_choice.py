"""Who is called out of the action plan, and who is not and why: insolvent, group, do-not-contact, nothing to claim."""

from collections.abc import Collection, Hashable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.call_contacts import unreachable_customers
from auditlib.claimable import claimable
from auditlib.debtor_kinds import audited_kinds
from auditlib.formats import Formats
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["CALLS", "callable_plan", "not_called"]

AFTER_NOTICE = ("hand_over", "conciliator")
"""Next steps of those a formal notice was sent to: nobody goes back to softer means (DOMAIN.md B)."""
CALLS = ("call_1", "call_2")
MOST_BROKEN = 2
"""Promises not kept from which the next stage takes the place of a call (DOMAIN.md B)."""
REASONS: dict[str, str] = {
    "group": N_("Société du groupe : rapprochement et compensation, pas de relance"),
    "insolvent": N_("Procédure collective ou douteux : poursuites suspendues, aucune relance"),
    "barred": N_("Ne pas contacter, d’après le fichier des contacts"),
    "notice": N_("Mise en demeure envoyée : on ne revient pas à l’appel"),
    "nothing": N_("Rien à réclamer : litige, retenue de garantie ou échéance à confirmer"),
    "covered": N_("Rien à réclamer : les règlements et avoirs non affectés couvrent ce qui ne l’est pas par un litige"),
}


def callable_plan(results: "AuditResults", plan: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the plan to call: something is claimed, and nothing forbids or replaces a call."""
    step = plan["step"].astype("str")
    ready: pd.DataFrame = plan[
        (plan["claim_cents"] > 0) & (step != "") & ~step.isin(AFTER_NOTICE)
        & ~((plan["broken"] >= MOST_BROKEN) & ~step.isin(CALLS))
        & ~plan["customer_id"].isin(unreachable_customers(results.contacts))]
    return ready.reset_index(drop=True)


def not_called(results: "AuditResults", plan: pd.DataFrame, formats: Formats) -> pd.DataFrame:
    """List the customers with something overdue who are not called, and why."""
    people = results.customers[["customer_id", "name", "overdue_cents", "net_overdue_cents"]].assign(
        kind=audited_kinds(results)["kind"], claim=claimable(results)["claim_cents"])
    ready = set(callable_plan(results, plan)["customer_id"])
    apart = people[(people["overdue_cents"] > 0) & ~people["customer_id"].isin(ready)]
    planned = {row["customer_id"]: row for row in plan[["customer_id", "step", "next_step"]].to_dict("records")}
    barred = unreachable_customers(results.contacts)
    reasons = [_reason(one, planned, barred, formats) for one in apart.to_dict("records")]
    listed = apart.assign(reason=pd.Series(reasons, index=apart.index, dtype="str"))
    ranked = listed.sort_values(["net_overdue_cents", "customer_id"], ascending=[False, True], kind="stable")
    return ranked[["customer_id", "name", "net_overdue_cents", "reason"]].reset_index(drop=True)


def _reason(row: Mapping[Hashable, Any], planned: Mapping[str, Mapping[Hashable, Any]], barred: Collection[str],
            formats: Formats) -> str:
    """Say why a customer is not called, the gravest first."""
    customer = str(row["customer_id"])
    why = _grounds(row, planned[customer]["step"] if customer in planned else None, is_barred=customer in barred)
    if not why:
        return str(planned[customer]["next_step"])
    said = REASONS[why]
    return formats.gettext(said)


def _grounds(row: Mapping[Hashable, Any], step: object, *, is_barred: bool) -> str:
    """Return the key of the gravest reason, "" where only the plan's next step is another than a call."""
    if row["kind"] in ("group", "insolvent"):
        return str(row["kind"])
    if is_barred:
        return "barred"
    if step is None:
        return "nothing" if row["net_overdue_cents"] else "covered"
    return "notice" if step in AFTER_NOTICE else ""
