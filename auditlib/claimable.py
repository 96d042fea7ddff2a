"""What may be claimed today of each customer out of the net overdue, and what is set aside and why."""

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.commitments import suspended_items
from auditlib.debtor_kinds import doubtful_customers

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["as_of", "claimable", "item_parts"]

CONFIRMED = ("given", "label")


def as_of(results: "AuditResults") -> dt.date:
    """Return the date of the results."""
    return dt.date.fromisoformat(str(results.summary["as_of_date"]))


def item_parts(results: "AuditResults") -> pd.DataFrame:
    """Split every overdue debit into what is never claimed, what waits, and what is free.

    Barred: retention, group, doubtful, the disputed part. Suspended: what a late commitment of ours is about.
    Unconfirmed: a due date that the auditor has not confirmed (INDICATORS.md 1).

    Returns
    -------
    DataFrame
        On the index of ``results.open_items``, overdue debits only: ``customer_id``, ``barred_cents``,
        ``suspended_cents``, ``unconfirmed_cents``, ``free_cents`` [cents, VAT included] and ``days_overdue`` [days];
        the four add up to the residual.
    """
    items = results.open_items
    late = items[(items["days_overdue"] > 0) & (items["residual_cents"] > 0)]
    residual = late["residual_cents"]
    whole = late["is_retention"] | late["is_group"] | late["is_doubtful"]
    barred = residual.where(whole, late["disputed_cents"])
    held = suspended_items(late, commitments=results.commitments, as_of_date=as_of(results))
    suspended = (residual - barred).where(held, 0)
    confirmed = late["due_date_origin"].astype("str").isin(CONFIRMED) | late["is_terms_confirmed"]
    unconfirmed = (residual - barred - suspended).where(~confirmed, 0)
    return pd.DataFrame({
        "customer_id": late["customer_id"].astype("str"), "barred_cents": barred, "suspended_cents": suspended,
        "unconfirmed_cents": unconfirmed, "free_cents": residual - barred - suspended - unconfirmed,
        "days_overdue": late["days_overdue"]})


def claimable(results: "AuditResults") -> pd.DataFrame:
    """Return, by customer, what may be claimed today out of the net overdue.

    Nothing is claimed from an insolvent or a group company, nor on a disputed part, retention money, an item whose due
    date the auditor has not confirmed (INDICATORS.md 1), or one that waits for what we promised.

    Returns
    -------
    DataFrame
        Index of ``results.customers``; ``set_aside_cents``, of which ``unconfirmed_cents`` and ``suspended_cents``, and
        ``claim_cents`` [cents, VAT included]; ``oldest_days``, of what is not barred [days].
    """
    customers, items = results.customers, results.open_items
    parts = item_parts(results)
    days = parts["days_overdue"].where(parts["barred_cents"] < results.open_items["residual_cents"].loc[parts.index], 0)
    by_customer = (
        parts.assign(days=days).groupby("customer_id")
        .agg({"barred_cents": "sum", "suspended_cents": "sum", "unconfirmed_cents": "sum", "days": "max"})
        .reindex(customers["customer_id"], fill_value=0)
        .set_axis(customers.index)
    )
    net = customers["net_overdue_cents"]
    never = doubtful_customers(items, customers) | customers["is_group"]
    left = (net - by_customer["barred_cents"]).clip(lower=0).mask(never, 0)
    suspended = by_customer["suspended_cents"].clip(upper=left)
    claim = (left - suspended - by_customer["unconfirmed_cents"]).clip(lower=0)
    bare = ~customers["customer_id"].isin(items["customer_id"].astype("str").unique())  # no invoice is known
    claim = claim.mask(bare, 0)
    to_confirm = by_customer["unconfirmed_cents"].clip(upper=left - suspended).mask(bare, net).mask(never, 0)
    return pd.DataFrame(
        {
            "set_aside_cents": net - claim,
            "unconfirmed_cents": to_confirm,
            "suspended_cents": suspended.mask(bare, 0),
            "claim_cents": claim,
            "oldest_days": by_customer["days"],
        }
    ).astype("int64")
