"""One source of items turned into movements: amounts signed, dates settled, customers named."""

import datetime as dt

import numpy as np
import pandas as pd

from auditlib.loaders.sheet_amounts import is_shared, paid_amounts
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import (
    categories,
    cents,
    dates,
    holds,
    matches,
    plain,
    repeated,
    same,
    starting,
    texts,
)

__all__ = [
    "COPIED_TEXTS",
    "ENTRIES_PER_SOURCE",
    "OUTSIDE_PREFIXES",
    "SETTLED",
    "UNKNOWN_CUSTOMER",
    "customer_ids",
    "movements_of",
    "settled_by_status",
    "signed_amounts",
    "skip",
    "skip_together",
    "with_settlements",
]

OUTSIDE_PREFIXES = ("418", "419", "491", "467")
"""Accounts read with the customers' but kept out of the receivable (INDICATORS.md 1: perimeter)."""

UNKNOWN_CUSTOMER = "inconnu"
"""Stands for the customer of rows that name none: their amount still belongs to the receivable."""

ENTRIES_PER_SOURCE = 1 << 40
"""Keeps the entry numbers of several files apart."""

SETTLED = (
    r"^(?:(?:enti[èe]rement |totalement |fully )?(?:pay[ée]e?s?|r[ée]gl[ée]e?s?|sold[ée]e?s?|acquitt[ée]e?s?|"
    r"encaiss[ée]e?s?|lettr[ée]e?s?|paid|settled|closed|cleared)|annul[ée]e?s?|void(?:ed)?|cancell?ed|"
    r"brouillons?|drafts?|pro ?-?forma)$")
"""How a status says that nothing of an invoice is open, or that it is none yet, in both languages."""

REPEATED_TEXTS = (
    "journal", "foreign_currency", "matching_code", "business_unit", "salesperson",
    "document_type", "payment_terms", "dispute_reason", "owner", "disputed", "customer_name", "journal_name",
)
COPIED_TEXTS = ("document_ref", "label", *REPEATED_TEXTS)


def signed_amounts(table: pd.DataFrame, kind: str) -> pd.Series:
    """Return what each row adds to what is owed, in cents.

    Open items give the open amount where the file has one (DESIGN.md: the open one is the residual).
    """
    roles = ("open_amount_cents", "amount_cents") if kind == "open_items" else ("amount_cents", "original_amount_cents")
    if kind == "open_items" or not {"debit_cents", "credit_cents"} & set(table.columns):
        for role in (*roles, "original_amount_cents", "open_amount_cents", "total_cents"):
            if role in table.columns:
                return cents(table, role)
    return cents(table, "debit_cents") - cents(table, "credit_cents")


def customer_ids(table: pd.DataFrame) -> pd.Series:
    """Return the customer of each row: its own code, else its account, else its name.

    Notes
    -----
    An FEC says 411 + CompAuxNum, or 411DUPONT alone; a collective account without auxiliary is
    one customer, unless several are named beside it.
    """
    found = texts(table, "customer_id")
    found = found.where((found != "") | ~is_shared(table), texts(table, "customer_name"))
    for role in ("account", "customer_name"):
        found = found.where(found != "", texts(table, role))
    return found.where(found != "", UNKNOWN_CUSTOMER)


def settled_by_status(source: Source) -> pd.Series:
    """Tell the invoices that a list without open amounts nor settlement dates states as paid or void."""
    if source.kind != "open_items" or "open_amount_cents" in source.table.columns:
        return pd.Series(False, index=source.table.index)
    return pd.Series(matches(texts(source.table, "status"), SETTLED), index=source.table.index)


def movements_of(
    source: Source, number: int, *, as_of_date: dt.date, perimeter: tuple[str, ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn the table of one source into movements.

    Parameters
    ----------
    source : Source
        Of kind fec, customer_ledger, invoice_list or open_items.
    number : int
        Stands for the source in the column ``source``.
    as_of_date : date
        Posting date of open items without one; later open items are left out.
    perimeter : tuple of str
        Prefixes of the customer accounts.

    Returns
    -------
    movements : DataFrame
        `schemas.MOVEMENTS` less ``movement_id`` and what is inferred later (kind, inferred due dates), with
        ``source, entry, document_type, payment_terms, dispute_reason, owner, disputed, dispute_opened_on,
        dispute_closed_on, customer_name, settlement_date``.
    skipped : DataFrame
        Rows left out, with ``source_row, class, reason, text``.
    """
    table = source.table
    inside = _inside(table, perimeter)
    outside = skip_together(table[~inside], "other_account", "account outside the perimeter")
    frame = _frame(table if inside.all() else table[inside], source, number, as_of_date)
    is_open = source.kind == "open_items"
    late = (frame["posting_date"] > pd.Timestamp(as_of_date)) if is_open else frame["posting_date"].isna()
    reason = f"posted after {as_of_date.isoformat()}" if is_open else "no posting nor document date"
    left_out = skip(frame[late], "after_as_of_date" if is_open else "rejected", reason)
    settled = settled_by_status(source)[inside].reset_index(drop=True) & ~late
    closed = skip(frame[settled], "settled", "its status says that nothing is open on it")
    kept = ~late & ~settled
    frame = frame if kept.all() else frame[kept].reset_index(drop=True)
    return frame, pd.concat([outside, left_out, closed], ignore_index=True)


def skip(rows: pd.DataFrame, name: str, reason: str) -> pd.DataFrame:
    """Write rows down as skipped, with their class, why, and what they hold; ``count`` is 1."""
    return pd.DataFrame({
        "source_row": rows["source_row"].to_numpy(), "class": name, "reason": reason,
        "text": _first_text(rows).to_numpy(), "count": 1}).astype({"class": "str", "reason": "str", "text": "str"})


def skip_together(rows: pd.DataFrame, name: str, reason: str) -> pd.DataFrame:
    """Write many rows down as one, with their number in ``count``."""
    first = skip(rows.iloc[:1], name, reason)
    return first.assign(text=f"{len(rows)} rows from this one on", count=len(rows))


def with_settlements(movements: pd.DataFrame) -> pd.DataFrame:
    """Add to each settled invoice of a list its settlement, under a matching code of their own."""
    settled = movements["settlement_date"].notna() & (movements["amount_cents"] != 0)
    code = "S" + movements["source"].astype("str") + "-" + movements["source_row"].astype("str")
    invoices = movements.assign(
        kind=np.where(movements["amount_cents"] < 0, "credit_note", "invoice"), kind_inferred=False,
        matching_code=code.where(settled, ""), matching_date=movements["settlement_date"])
    paid = invoices[settled]
    share = paid_amounts(paid, paid["amount_cents"]) if (paid["paid_amount_cents"] != 0).any() else paid["amount_cents"]
    receipts = paid.assign(
        kind=np.where(paid["amount_cents"] < 0, "adjustment", "receipt"), document_date=paid["settlement_date"],
        posting_date=paid["settlement_date"], due_date=dates(paid, "nothing"), amount_cents=-share,
        original_amount_cents=-share, foreign_amount_cents=-paid["foreign_amount_cents"],
        disputed="", dispute_reason="", document_type="")
    return pd.concat([invoices, receipts], ignore_index=True)


def _inside(table: pd.DataFrame, perimeter: tuple[str, ...]) -> pd.Series:
    """Tell the rows of the perimeter; where no account is in it, its numbers are not French and say nothing."""
    account = repeated(table, "account")
    inside = starting(account, perimeter)
    return pd.Series(inside if inside.any() else ~starting(account, OUTSIDE_PREFIXES), index=table.index)


def _frame(table: pd.DataFrame, source: Source, number: int, as_of_date: dt.date) -> pd.DataFrame:
    amount = signed_amounts(table, source.kind)
    given = cents(table, "original_amount_cents")
    if (
        source.kind == "open_items"
        and "open_amount_cents" in table.columns
        and "original_amount_cents" not in table.columns
    ):
        given = cents(table, "amount_cents")
    frame = pd.DataFrame({
        **{role: texts(table, role) for role in ("document_ref", "label")},
        **{role: repeated(table, role) for role in REPEATED_TEXTS}, "customer_id": categories(customer_ids(table)),
        **_dates(table, source.kind, as_of_date), "due_date": dates(table, "due_date"),
        "amount_cents": amount, "original_amount_cents": given.where(given != 0, amount),
        "currency": repeated(table, "currency"), "foreign_amount_cents": cents(table, "foreign_amount_cents"),
        "paid_amount_cents": cents(table, "paid_amount_cents"),
        "matching_date": dates(table, "matching_date"), "account": repeated(table, "account"),
        **{role: dates(table, role) for role in ("settlement_date", "dispute_opened_on", "dispute_closed_on")},
        "entry": _entries(table, number), "valid_date": dates(table, "valid_date"),
        "is_negative_entry": (cents(table, "debit_cents") < 0) | (cents(table, "credit_cents") < 0),
        "vat_cents": 0, "is_vat_known": False,
        "source": number, "source_file": same(source.file, table.index),
        "source_sheet": same(source.sheet, table.index), "source_row": table["source_row"],
    })
    unnamed = (frame["customer_name"] == "") & (texts(table, "customer_id") == "")
    if unnamed.any():
        frame["customer_name"] = categories(plain(frame["customer_name"]).where(~unnamed, texts(table, "account_name")))
    if not holds(table, "document_ref") and source.kind != "fec":
        frame["document_ref"] = texts(table, "entry_number")
    return frame.reset_index(drop=True)


def _dates(table: pd.DataFrame, kind: str, as_of_date: dt.date) -> dict[str, pd.Series]:
    """Fill the document and posting dates from each other; an open item without either is posted at the as-of date."""
    document, posting = dates(table, "document_date"), dates(table, "posting_date")
    posted = posting.fillna(document)
    if kind == "open_items":
        posted = posted.fillna(pd.Timestamp(as_of_date).as_unit("s"))
    return {"document_date": document.fillna(posting), "posting_date": posted}


def _entries(table: pd.DataFrame, number: int) -> pd.Series:
    """Return the number of each row's entry, those of several sources told apart, -1 for none."""
    if "entry" not in table.columns:
        return pd.Series(-1, index=table.index)
    entry = table["entry"].fillna(-1).astype("int64")
    return entry.where(entry < 0, entry + number * ENTRIES_PER_SOURCE)


def _first_text(rows: pd.DataFrame) -> pd.Series:
    parts = [texts(rows, role) for role in ("account", "customer_id", "document_ref", "label")]
    joined = parts[0] + " " + parts[1] + " " + parts[2] + " " + parts[3]
    return joined.str.replace(r"\s+", " ", regex=True).str.strip().str.slice(0, 200)


