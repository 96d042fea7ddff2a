"""Reminders and calls: the last one made about an item, and how often a customer pays just after one."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_numbers
from auditlib.loaders.table_columns import fold_references

__all__ = ["NOT_A_DEMAND", "demands", "last_demand", "paid_when_chased"]

NOT_A_DEMAND = ("portal_check", "insurer_declaration", "reconcile_group", "credit_review", "pre_reminder")
"""Steps by which nothing due is asked of the debtor."""


def demands(actions: pd.DataFrame, *, as_of_date: dt.date) -> pd.DataFrame:
    """Return the actions of a log by which payment was asked for, done by a date.

    Parameters
    ----------
    actions : DataFrame, schema ACTIONS
    as_of_date : date
    """
    asked = ~actions["step"].astype("str").isin(NOT_A_DEMAND)
    found: pd.DataFrame = actions[asked & (actions["done_on"] <= pd.Timestamp(as_of_date))]
    return found


def last_demand(items: pd.DataFrame, *, actions: pd.DataFrame, day: pd.Series) -> pd.Series:
    """Return the day of the last demand made about each item, or about all its customer owes, by a day of its own.

    Parameters
    ----------
    items : DataFrame
        ``customer_id``, ``document_ref``.
    actions : DataFrame
        `demands`.
    day : Series of datetime64
        On the index of `items`; no day, no demand.

    Returns
    -------
    Series of datetime64
        On the index of `items`; missing where there is none.
    """
    keys = pd.DataFrame({
        "day": day.to_numpy().astype("datetime64[s]"), "customer": items["customer_id"].astype("str").to_numpy(),
        "reference": fold_references(items["document_ref"]).to_numpy(), "place": np.arange(len(items))})
    log = pd.DataFrame({
        "day": actions["done_on"].to_numpy().astype("datetime64[s]"),
        "customer": actions["customer_id"].astype("str").to_numpy(),
        "reference": fold_references(actions["document_ref"]).to_numpy()}).sort_values("day", kind="stable")
    log["done"] = log["day"]
    asked = keys[keys["day"].notna()].sort_values("day", kind="stable")
    whole = log[log["reference"] == ""].drop(columns="reference")
    own = log[log["reference"] != ""]
    both = [pd.merge_asof(asked, rows, on="day", by=by)[["place", "done"]]
            for rows, by in ((whole, ["customer"]), (own, ["customer", "reference"]))]
    latest = pd.concat(both).groupby("place")["done"].max()
    return pd.Series(latest.reindex(np.arange(len(items))).to_numpy(), index=items.index, dtype="datetime64[s]")


def paid_when_chased(payments: pd.DataFrame, *, actions: pd.DataFrame, start: dt.date, days: int) -> pd.DataFrame:
    """Count, by customer, the invoices paid late in a window, and those paid within days of a demand.

    Parameters
    ----------
    payments : DataFrame
        What receipts paid on each claim: ``customer_id``, ``root_id``, ``document_ref``, ``settlement_date``,
        ``due_date``, ``is_open`` (the claim is not wholly cleared), ``is_direct_debit``.
    actions : DataFrame
        `demands`.
    start : date
        First day of the window.
    days : int
        A payment so many days after a demand, at most, answers it. [days]

    Returns
    -------
    DataFrame
        By customer, ``late_invoices`` and ``chased_invoices``: demanded after their due date, and paid within `days`.
    """
    own = payments[~payments["is_open"].to_numpy() & ~payments["is_direct_debit"].to_numpy()]
    claims = own.sort_values("settlement_date", kind="stable").drop_duplicates("root_id", keep="last")
    late = claims[(claims["settlement_date"] > claims["due_date"]) & (
        claims["settlement_date"] >= pd.Timestamp(start))].reset_index(drop=True)
    asked = last_demand(late, actions=actions, day=late["settlement_date"])
    since = day_numbers(late["settlement_date"]).astype(np.int64) - day_numbers(asked).astype(np.int64)
    answered: npt.NDArray[np.bool_] = (asked > late["due_date"]).to_numpy() & (since <= days)
    who = late["customer_id"].astype("str")
    return pd.DataFrame({"late_invoices": who.groupby(who).size(),
                         "chased_invoices": pd.Series(answered).groupby(who).sum()}).astype("int64")
