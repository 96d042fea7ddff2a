"""Tests of credits: customers in credit, receipts and credit notes that no invoice takes."""

import datetime as dt

import numpy as np
import pandas as pd

from auditlib.controls.found import Found, not_tested, pointed
from auditlib.dates import day_number, day_numbers
from auditlib.texts import N_

__all__ = ["credit_balances", "old_credit_notes", "unallocated_receipts"]

UNDATED = N_("Non testé : les pièces ouvertes ne portent pas de date.")


def credit_balances(open_items: pd.DataFrame) -> Found:
    """List what makes up the balance of customers in credit (completeness; DOMAIN.md E).

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    """
    code = open_items["customer_id"].cat.codes.to_numpy()
    residual = open_items["residual_cents"].to_numpy()
    balance = np.zeros(len(open_items["customer_id"].cat.categories), dtype=np.int64)
    np.add.at(balance, code, residual)
    found = open_items[balance[code] < 0]
    return Found(
        len(open_items), int(residual.sum()), pointed(found, amount=found["residual_cents"]),
        facts={"customers": int((balance < 0).sum())})


def unallocated_receipts(open_items: pd.DataFrame, *, as_of_date: dt.date, days: int, is_dated: bool) -> Found:
    """List the receipts left without an invoice for more than a number of days (valuation).

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    as_of_date : date
    days : int
        [days since posting]
    is_dated : bool
        Whether open items carry a date of their own.
    """
    return _loose(open_items, "receipt", as_of_date=as_of_date, days=days, is_dated=is_dated)


def old_credit_notes(open_items: pd.DataFrame, *, as_of_date: dt.date, days: int, is_dated: bool) -> Found:
    """List the credit notes left without an invoice for more than a number of days (valuation)."""
    return _loose(open_items, "credit_note", as_of_date=as_of_date, days=days, is_dated=is_dated)


def _loose(open_items: pd.DataFrame, kind: str, *, as_of_date: dt.date, days: int, is_dated: bool) -> Found:
    if not is_dated:
        return not_tested(UNDATED, days=days)
    credit = open_items[((open_items["kind"] == kind) & (open_items["residual_cents"] < 0)).to_numpy()]
    age = day_number(as_of_date) - day_numbers(credit["posting_date"]).astype(np.int64)
    old = credit[age > days]
    gross = int(open_items["residual_cents"].clip(lower=0).sum())
    amount = int(old["residual_cents"].sum())
    return Found(
        len(credit), int(credit["residual_cents"].sum()),
        pointed(old, amount=old["residual_cents"], detail="loose_credit", days=age[age > days]), {"days": days},
        {"gross_share": -amount / gross if gross else None, "customers": int(old["customer_id"].nunique())})
