"""The state an aged balance gives when it is all there is: receivable and ageing in its own buckets."""

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, NOT_DUE, UNALLOCATED
from auditlib.amounts import euros
from auditlib.cube import SEGMENTS
from auditlib.reconciliation import printed_balances

if TYPE_CHECKING:
    from auditlib.loaders.intake import SecondSource

__all__ = ["aged_buckets", "aged_cube", "aged_customers", "aged_receivable"]

APART = (NO_DUE_DATE, AGE_UNKNOWN, UNALLOCATED)


def aged_buckets(source: "SecondSource") -> pd.DataFrame:
    """Return the balance's own buckets in rising order, then those set apart, even nil.

    Returns
    -------
    DataFrame
        ``bucket``, ``from_days``, ``to_days``, ``amount_cents``, ``share`` of the printed total, ``items`` (unknown).
        [cents, VAT included; share 0–1]
    """
    rows = _buckets(source)
    table = rows.groupby("bucket", sort=False).agg(
        from_days=("from_days", "first"), to_days=("to_days", "first"), amount_cents=("amount_cents", "sum"))
    table = table.reset_index()
    absent = [name for name in (NOT_DUE, *APART) if name not in set(table["bucket"])]
    nil = pd.DataFrame({"bucket": absent, "from_days": np.nan, "to_days": np.nan, "amount_cents": 0})
    table = pd.concat([table, nil], ignore_index=True)
    place = table["bucket"].map({NOT_DUE: -1.0, **{name: 1e9 + rank for rank, name in enumerate(APART)}})
    table = table.iloc[place.fillna(table["from_days"]).argsort(kind="stable")].reset_index(drop=True)
    table.loc[table["bucket"] == NOT_DUE, ["from_days", "to_days"]] = [np.nan, 0.0]
    total = int(printed_balances(source).sum())
    share = table["amount_cents"] / total if total else np.nan
    return table.assign(share=share, items=np.nan)


def _buckets(source: "SecondSource") -> pd.DataFrame:
    rows = source.balances.assign(bucket=source.balances["bucket"].astype("str"),
                                  customer_id=source.balances["customer_id"].astype("str"))
    return rows[rows["bucket"] != "total"]


def aged_customers(source: "SecondSource", *, customers: pd.DataFrame, deposits: pd.DataFrame) -> pd.DataFrame:
    """Return every customer with what the balance says of him, in the columns of `auditlib.customer_table`.

    Gross is his balance less his advances; net overdue, floored at nil, is his overdue less his advances and deposits.
    """
    rows, known = _buckets(source), customers["customer_id"]
    overdue = rows.loc[rows["from_days"] >= 1].groupby("customer_id")["amount_cents"].sum()
    advances = rows.loc[rows["bucket"] == UNALLOCATED].groupby("customer_id")["amount_cents"].sum()
    received = deposits["amount_cents"].groupby(deposits["customer_id"].astype("str")).sum()
    sums = pd.DataFrame({"receivable_cents": printed_balances(source), "overdue_cents": overdue,
                         "unallocated_cents": advances, "received": received})
    sums = sums.reindex(known).fillna(0).astype("int64").reset_index(drop=True)
    balance, late = sums["receivable_cents"], sums["overdue_cents"]
    net = (late + sums["unallocated_cents"] - sums["received"]).clip(lower=0)
    measured = pd.DataFrame({
        "receivable_cents": balance, "gross_cents": balance - sums["unallocated_cents"], "overdue_cents": late,
        "net_overdue_cents": np.minimum(net, late.clip(lower=0)), "unallocated_cents": sums["unallocated_cents"],
        "disputed_cents": 0, "oldest_days_overdue": np.nan, "sales_window_cents": 0,
        "share": balance.clip(lower=0) / max(int(balance.clip(lower=0).sum()), 1)})
    return pd.concat([customers.reset_index(drop=True), measured], axis=1)


def aged_receivable(customers: pd.DataFrame, buckets: pd.DataFrame) -> dict[str, object]:
    """Return ``receivable`` of ``indicators.json``; what an aged balance does not say is null."""
    amount = buckets.set_index("bucket")["amount_cents"]
    return {
        "total": euros(int(customers["receivable_cents"].sum())), "gross": euros(int(customers["gross_cents"].sum())),
        "not_due": euros(int(amount[NOT_DUE])), "overdue": euros(int(customers["overdue_cents"].sum())),
        "net_overdue": euros(int(customers["net_overdue_cents"].sum())), "disputed": None, "doubtful": None,
        "no_due_date": euros(int(amount[NO_DUE_DATE])), "age_unknown": euros(int(amount[AGE_UNKNOWN])),
        "unallocated_credits": euros(int(amount[UNALLOCATED])),
        "customers": int((customers["receivable_cents"] != 0).sum()), "open_items": None, "reason": None}


def aged_cube(source: "SecondSource", *, customers: pd.DataFrame, as_of_date: dt.date) -> pd.DataFrame:
    """Return the balance as a cube of one date (`auditlib.cube`) [cents, VAT included]."""
    rows = _buckets(source)
    summed = rows.groupby(["customer_id", "bucket"], sort=False)["amount_cents"].sum().reset_index()
    summed = summed[summed["amount_cents"] != 0]
    segments = customers.set_index("customer_id")[list(SEGMENTS)].astype("str")
    segments = segments.reindex(summed["customer_id"]).fillna("")
    described = {name: segments[name].astype("category").array for name in SEGMENTS}
    return pd.DataFrame({
        "month_end": np.full(len(summed), np.datetime64(as_of_date, "s")),
        "customer_id": summed["customer_id"].astype("category").array,
        "bucket": summed["bucket"].astype("category").array,
        **described, "amount_cents": summed["amount_cents"].to_numpy()})
