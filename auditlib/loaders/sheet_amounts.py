"""One signed amount per row, whatever columns a document spreads it over; and whose account it is."""

import datetime as dt
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from auditlib.loaders.buckets_map import Bucket
from auditlib.loaders.grid import Mask
from auditlib.loaders.parsed import Parsed

__all__ = [
    "date_openings",
    "is_shared",
    "paid_amounts",
    "side_signs",
    "two_sides",
    "with_customer",
    "with_one_amount",
    "with_side",
]

Cents = npt.NDArray[np.int64]
DEBIT_MARKS = frozenset(("d", "debit", "dr", "s", "soll", "+1", "+", "deb"))
CREDIT_MARKS = frozenset(("c", "credit", "cr", "h", "haben", "-1", "-", "cred"))
MOSTLY = 0.8
COLLECTIVE = r"41[136]\d?0*$"
FLAG = 100
"""A 1 read as an amount. [cents]"""


def with_side(parsed: Parsed) -> Parsed:
    """Sign the amounts by their debit or credit mark, where the document has one (Montant and Sens)."""
    signs = side_signs(parsed.texts("side")) if "side" in parsed.roles else None
    if signs is None:
        return parsed
    signed = {
        role: replace(parsed.amounts[role], cents=_apply(parsed.amounts[role].cents, signs))
        for role in ("amount_cents", "open_amount_cents", "original_amount_cents", "total_cents")
        if role in parsed.amounts
    }
    return replace(parsed, amounts=parsed.amounts | signed)


def side_signs(column: pa.ChunkedArray) -> Cents | None:
    """Return +1 for debit and -1 for credit marks, or None where the marks are not understood."""
    texts = pd.Series(column, dtype="str").str.lower().str.replace("é", "e").str.replace(r"\.0+$", "", regex=True)
    distinct = set(texts.unique()) - {""}
    if distinct and distinct <= {"0", "1"}:  # Sage: 0 is debit, 1 is credit
        marks = {"0": 1, "1": -1}
    elif distinct <= {"1", "+1", "-1"}:  # FEC: +1 is debit, -1 is credit
        marks = {"1": 1, "+1": 1, "-1": -1}
    else:
        marks = dict.fromkeys(DEBIT_MARKS, 1) | dict.fromkeys(CREDIT_MARKS, -1)
    signs = texts.map(marks)
    known = signs[texts != ""]
    if not len(known) or known.isna().mean() > 1 - MOSTLY:
        return None
    return np.asarray(signs.fillna(1), dtype=np.int64)


def _apply(cents: Cents, signs: Cents) -> Cents:
    """Leave alone the amounts whose credits are negative already (SAP prints both)."""
    credited, debits = cents[signs < 0], cents[signs > 0]
    are_signed = (credited < 0).sum() > 0.5 * max(1, (credited != 0).sum()) and (debits >= 0).sum() >= 0.5 * len(debits)
    return cents if are_signed else cents * signs


def two_sides(parsed: Parsed) -> tuple[Cents, Cents]:
    """Return the debit and the credit of every row of a body: of its balance where a trial balance prints both."""
    for debit, credit in (("balance_debit_cents", "balance_credit_cents"), ("debit_cents", "credit_cents")):
        if debit in parsed.amounts and credit in parsed.amounts:
            return parsed.amounts[debit].cents, parsed.amounts[credit].cents
    single = next((role for role in ("total_cents", "amount_cents", "open_amount_cents") if role in parsed.amounts), "")
    cents = parsed.amounts[single].cents if single else np.zeros(parsed.cells.num_rows, dtype=np.int64)
    return np.maximum(cents, 0), np.maximum(-cents, 0)


def with_one_amount(table: pd.DataFrame, kind: str, buckets: tuple[Bucket, ...]) -> pd.DataFrame:
    """Give a table the amount column its kind has: debit and credit, one signed amount, or a total."""
    if "balance_debit_cents" in table and "balance_credit_cents" in table:
        table["total_cents"] = table.pop("balance_debit_cents") - table.pop("balance_credit_cents").abs()
    if kind == "fec" and "amount_cents" in table:
        amount = table.pop("amount_cents")
        table["debit_cents"], table["credit_cents"] = amount.clip(lower=0), (-amount).clip(lower=0)
    if kind == "open_items":
        return _with_open_amount(table, buckets)
    if kind == "aged_balance" and "total_cents" not in table:
        table["total_cents"] = table[[bucket.role for bucket in buckets]].sum(axis=1) if buckets else 0
    if kind == "trial_balance" and "total_cents" not in table:
        single = "amount_cents" if "amount_cents" in table else "open_amount_cents"
        has_sides = "debit_cents" in table and "credit_cents" in table
        table["total_cents"] = table["debit_cents"] - table["credit_cents"] if has_sides else table.get(single, 0)
    return table


def _with_open_amount(table: pd.DataFrame, buckets: tuple[Bucket, ...]) -> pd.DataFrame:
    if "debit_cents" in table and "credit_cents" in table:
        table["amount_cents"] = table.pop("debit_cents") - table.pop("credit_cents")
    if "paid_amount_cents" in table and "amount_cents" in table and "open_amount_cents" not in table:
        table["original_amount_cents"] = table["amount_cents"]
        table["open_amount_cents"] = table.pop("amount_cents") - paid_amounts(table, table["original_amount_cents"])
    if buckets and "open_amount_cents" not in table:
        roles = [bucket.role for bucket in buckets if bucket.role in table]
        table["open_amount_cents"] = table.pop("total_cents") if "total_cents" in table else table[roles].sum(axis=1)
    return table


def paid_amounts(table: pd.DataFrame, amount: pd.Series) -> pd.Series:
    """Return what was paid of each amount, in cents and with its sign; a column of ones says that all of it was."""
    paid = table["paid_amount_cents"].abs()
    is_flag = bool(paid.isin([0, FLAG]).all()) and bool((amount.abs() != FLAG).any())
    size = amount.abs().where(paid != 0, 0) if is_flag else paid
    return size.where(amount >= 0, -size)


def with_customer(table: pd.DataFrame, perimeter: tuple[str, ...]) -> pd.DataFrame:
    """Take the account for the customer's code where a file has no other (411DUPONT), or where the code is blank."""
    if "account" not in table:
        return table
    account = table["account"]
    is_customer_account = account.str.startswith(perimeter) & ~is_shared(table)
    if "customer_id" in table:
        nameless = (table["customer_id"] == "") & is_customer_account
        if nameless.any():
            table["customer_id"] = table["customer_id"].astype("str").mask(nameless, account.astype("str"))
    elif "customer_name" not in table or len(account[is_customer_account].unique()) > 1:
        table["customer_id"] = account.mask(is_shared(table), "")
    if "account_name" in table:
        names = table.get("customer_name", pd.Series("", index=table.index, dtype="str"))
        nameless = (names == "") & is_customer_account
        if nameless.any() or "customer_name" not in table:
            table["customer_name"] = names.astype("str").mask(nameless, table["account_name"].astype("str"))
    return table


def is_shared(table: pd.DataFrame) -> pd.Series:
    """Tell the rows whose account is that of several customers, each named beside it (411000, "Debtors")."""
    if "account" not in table or "customer_name" not in table:
        return pd.Series(False, index=table.index)
    named = table.loc[table["customer_name"] != "", ["account", "customer_name"]].drop_duplicates().astype("str")
    several = named["account"].value_counts().loc[lambda count: count > 1].index.astype("str")
    if len(table["account"].unique()) > 1:
        several = several[several.str.match(COLLECTIVE)]
    shared = table["account"].isin(several) | (table["account"].str.match(COLLECTIVE) & (len(several) > 0))
    return shared & (table["customer_name"] != "")


def date_openings(table: pd.DataFrame, opening: Mask, period_start: dt.date | None) -> pd.DataFrame:
    """Date the balances brought forward at the start of the period, and mark them for what they are."""
    if not opening.any():
        return table
    role = "posting_date" if "posting_date" in table else "document_date"
    days = table.get(role, pd.Series(pd.NaT, index=table.index, dtype="datetime64[s]"))  # due dates alone tell none
    known = days.dropna()
    start = pd.Timestamp(period_start) if period_start else (known.min() if len(known) else pd.NaT)
    table[role] = days.mask(opening & days.isna().to_numpy(), start)
    types = table.get("document_type", pd.Series("", index=table.index, dtype="str"))
    table["document_type"] = types.mask(opening, "opening")
    return table
