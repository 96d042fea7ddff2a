"""The action plan by segment: what is owed late, what may be claimed, what waits and why; totals tie to the whole."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.claimable import claimable
from auditlib.debtor_kinds import audited_kinds

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["SEGMENTATIONS", "plan_by_segment", "told_apart"]

SEGMENTATIONS = ("kind", "salesperson", "business_unit")
AMOUNTS = ("net_overdue_cents", "claim_cents", "suspended_cents", "unconfirmed_cents", "apart_cents")


def told_apart(results: "AuditResults") -> tuple[str, ...]:
    """Return the segmentations worth printing: kinds always, the others where the files name more than one."""
    return tuple(by for by in SEGMENTATIONS if by == "kind" or len(results.customers[by].astype("str").unique()) > 1)


def plan_by_segment(results: "AuditResults", plan: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """Add up the plan by kind of debtor, salesperson or business unit of the customer.

    Parameters
    ----------
    results : AuditResults
    plan : DataFrame
        `auditlib.action_plan.action_plan`.
    by : {"kind", "salesperson", "business_unit"}

    Returns
    -------
    DataFrame
        One row a segment with something net overdue, the largest first: ``segment`` ("" for none), ``customers``,
        ``net_overdue_cents``, and its parts ``claim_cents``, ``suspended_cents`` (by a late commitment of ours),
        ``unconfirmed_cents`` and ``apart_cents`` (disputed, retention, group, insolvent); ``expected_cents`` (missing
        without a forecast), ``immediate`` and ``to_do`` (customers to act on at once, in all). [cents, VAT included]
    """
    customers = results.customers
    parts = claimable(results)[["claim_cents", "suspended_cents", "unconfirmed_cents"]]
    whole = pd.concat([customers[["customer_id", "net_overdue_cents"]], parts], axis=1)
    whole["apart_cents"] = whole["net_overdue_cents"] - whole[list(parts.columns)].sum(axis=1)
    named = audited_kinds(results)["kind"] if by == "kind" else customers[by]
    whole["segment"] = named.astype("object").fillna("").astype("str")
    late = whole[whole["net_overdue_cents"] > 0]
    sums = late.groupby("segment")[list(AMOUNTS)].sum()
    sums.insert(0, "customers", late.groupby("segment").size())
    of_plan = plan.assign(segment=plan["customer_id"].map(whole.set_index("customer_id")["segment"]))
    groups = of_plan.groupby("segment")
    counted = pd.DataFrame({"immediate": (of_plan["urgency"] == 1).groupby(of_plan["segment"]).sum(),
                            "to_do": groups.size()}).reindex(sums.index).fillna(0).astype("int64")
    expected = groups["expected_cents"].sum(min_count=1).reindex(sums.index).astype("Int64")
    if len(plan) and plan["expected_cents"].notna().all():
        expected = expected.fillna(0)
    table = pd.concat([sums, expected.rename("expected_cents"), counted], axis=1)
    return table.sort_values("net_overdue_cents", ascending=False, kind="stable").rename_axis("segment").reset_index()
