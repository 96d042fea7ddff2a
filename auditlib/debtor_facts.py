"""What the plan knows of each debtor beside his amounts: profile, last day to act, cash expected, promises and log."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditlib.claimable import as_of, item_parts
from auditlib.commitments import is_late
from auditlib.plan_steps import done_steps
from auditlib.reminders import demands

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["barred_customers", "debtor_facts"]

NEVER_LAPSES = ("not_due", "interrupted", "undatable")
MEMORY_MONTHS = 12
"""Promises broken earlier are forgotten."""


def debtor_facts(results: "AuditResults", plan: pd.DataFrame) -> pd.DataFrame:
    """Return what is known of the debtors of a plan.

    Parameters
    ----------
    results : AuditResults
    plan : DataFrame
        ``customer_id``, ``claim_cents``, ``oldest_days``.

    Returns
    -------
    DataFrame
        On the index of `plan`: ``profile`` ("" where not known), ``lapse_days`` (left to act on the first claim to
        lapse, NaN where not known [days]), ``expected_cents`` (missing without a forecast), ``waiting_cents``,
        ``waiting_on``, ``broken``, ``broken_on``, ``last_action_on``, ``next_on``, ``done`` (steps taken), ``what``,
        ``what_owner``, ``what_on`` (our commitment late the longest), ``is_bare`` (a balance without its
        invoices), ``is_barred`` (a mark not to contact him).
    """
    who = plan["customer_id"]
    day = pd.Timestamp(as_of(results))
    since = pd.Series(day - pd.to_timedelta(plan["oldest_days"], unit="D"), index=plan.index).set_axis(who)
    done = done_steps(results.actions, oldest=_oldest(results), since=since, as_of_date=day.date())
    known = pd.Index(results.open_items["customer_id"].astype("str").unique())
    parts = [_promises(results), _log(results), _commitments(results)]
    beside = pd.concat([part.reindex(who).reset_index(drop=True) for part in parts], axis=1).set_axis(plan.index)
    return beside.assign(
        profile=_text(who.map(_profiles(results))), lapse_days=who.map(_lapses(results)).astype("float64"),
        expected_cents=_expected(results, plan), done=who.map(lambda one: done.get(str(one), frozenset())),
        waiting_cents=beside["waiting_cents"].fillna(0).astype("int64"),
        broken=beside["broken"].fillna(0).astype("int64"), what=_text(beside["what"]),
        what_owner=_text(beside["what_owner"]),
        is_barred=who.isin(barred_customers(results.contacts)), is_bare=~who.isin(known) & (plan["claim_cents"] == 0))


def _oldest(results: "AuditResults") -> pd.DataFrame:
    """Return the documents of the oldest claims: those of one customer that are overdue as long as any of his."""
    parts = item_parts(results)
    free = parts[parts["free_cents"] > 0]
    first = free["days_overdue"] == free.groupby("customer_id")["days_overdue"].transform("max")
    references = results.open_items["document_ref"].loc[free.index]
    return pd.DataFrame({"customer_id": free["customer_id"], "document_ref": references})[first]


def _text(values: pd.Series) -> pd.Series:
    return values.astype("object").where(values.notna(), "").astype("str")


def barred_customers(contacts: pd.DataFrame) -> set[str]:
    """Return the customers not to be contacted at all: the mark stands on them, not on one of their people."""
    return set(contacts.loc[contacts["do_not_contact"] & (contacts["name"] == ""), "customer_id"])


def _profiles(results: "AuditResults") -> pd.Series:
    if not len(results.payers.columns):
        return pd.Series(dtype="str")
    return results.payers.set_index("customer_id")["profile"].astype("str")


def _lapses(results: "AuditResults") -> pd.Series:
    """Return, by customer, the days left before the first of his overdue claims lapses."""
    table = results.prescription
    if "lapse_date" not in table:
        return pd.Series(dtype="float64")
    running = table[~table["class"].isin(NEVER_LAPSES) & (table["net_overdue_cents"] > 0)]
    left = (running["lapse_date"] - pd.Timestamp(as_of(results))).dt.days
    return left.groupby(running["customer_id"].astype("str")).min().astype("float64")


def _expected(results: "AuditResults", plan: pd.DataFrame) -> pd.Series:
    """Return what should come in of each claim; never more than the claim."""
    table = results.customer_cash
    if not len(table.columns):
        return pd.Series(pd.NA, index=plan.index, dtype="Int64")
    expected = plan["customer_id"].map(table.set_index("customer_id")["expected_cents"]).fillna(0)
    return expected.clip(upper=plan["claim_cents"]).astype("int64").astype("Int64")


def _promises(results: "AuditResults") -> pd.DataFrame:
    """Return the promises to come, and those broken since the last demand, by customer."""
    columns = {"waiting_cents": "float64", "waiting_on": "datetime64[s]", "broken": "float64",
               "broken_on": "datetime64[s]"}
    table, day = results.promises, pd.Timestamp(as_of(results))
    if table.empty:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    outcome = table["outcome"].astype("str")
    waiting, broken = table[outcome == "pending"], table[
        (outcome == "broken") & (table["promised_on"] > day - pd.DateOffset(months=MEMORY_MONTHS))]
    asked = demands(results.actions, as_of_date=day.date()).groupby("customer_id")["done_on"].max()
    last = broken.groupby("customer_id")["promised_on"].max()
    answered = last.index[(asked.reindex(last.index) > last).to_numpy()]
    left = broken[~broken["customer_id"].isin(answered)]
    return pd.DataFrame({
        "waiting_cents": (waiting["amount_cents"] - waiting["paid_cents"]).groupby(waiting["customer_id"]).sum(),
        "waiting_on": waiting.groupby("customer_id")["promised_on"].max(),
        "broken": left.groupby("customer_id").size(), "broken_on": left.groupby("customer_id")["promised_on"].max()})


def _log(results: "AuditResults") -> pd.DataFrame:
    """Return the last action with each customer, and the day agreed then for the next call."""
    done = results.actions[results.actions["done_on"] <= pd.Timestamp(as_of(results))]
    last = done.sort_values("done_on", kind="stable").drop_duplicates("customer_id", keep="last")
    found: pd.DataFrame = last.set_index("customer_id")[["done_on", "next_on"]].rename(
        columns={"done_on": "last_action_on"})
    return found


def _commitments(results: "AuditResults") -> pd.DataFrame:
    late = results.commitments[is_late(results.commitments, as_of_date=as_of(results)).to_numpy(dtype=np.bool_)]
    first = late.sort_values("due_on", kind="stable").drop_duplicates("customer_id")
    found: pd.DataFrame = first.astype({"what": "str"}).set_index("customer_id")[["what", "owner", "due_on"]].rename(
        columns={"owner": "what_owner", "due_on": "what_on"})
    return found
