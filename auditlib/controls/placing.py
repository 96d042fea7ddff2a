"""Tests of wrong place or sign: residues, odd signs, suspense accounts, overdue bills, returns, broken lettering."""

import datetime as dt

import numpy as np
import pandas as pd

from auditlib.controls.debtors import of_customers
from auditlib.controls.entries import sale_entries, whole_cents
from auditlib.controls.found import Found, no_rows, not_tested, pointed
from auditlib.dates import add_months
from auditlib.loaders.table_columns import matches
from auditlib.open_items import account_starts
from auditlib.texts import N_

__all__ = ["broken_codes", "overdue_bills", "partial_lettering", "returned_payments", "suspense_accounts",
           "wrong_signs"]

NO_ACCOUNTS = N_("Non testé : aucun document ne donne les comptes 467 et 471 (balance générale, FEC ou grand livre).")
NO_BILLS = N_("Non testé : aucun effet à recevoir (compte 413) n’est ouvert.")
NO_CODES = N_("Non testé : les écritures ne portent pas de lettrage.")
NO_LEDGER = N_("Non testé : il faut un grand livre ; une liste de pièces ne montre ni les retours ni le lettrage.")
SAYS_INVOICE, SAYS_NOTE = r"^(?:fact|fac\b|fa ?\d|invoice)", r"^(?:avoir|av ?\d|credit note)"


def partial_lettering(open_items: pd.DataFrame, *, cents: int, share: float) -> Found:
    """List the small residues of items settled but for a few euros (valuation).

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    cents : int
        Residues under it. [cents]
    share : float
        Or under this share of the item's amount. [share 0–1]

    References
    ----------
    DOMAIN.md E: residual < 5 EUR or < 0.5 %.
    """
    partly = open_items[open_items["residual_cents"].to_numpy() != whole_cents(open_items)]
    left, whole = partly["residual_cents"].abs().to_numpy(), np.abs(whole_cents(partly))
    small = (left < cents) | (left < share * whole)
    found = partly[small]
    return Found(len(partly), int(partly["residual_cents"].sum()),
                 pointed(found, amount=found["residual_cents"], detail="residue"),
                 {"residue_cents": cents, "residue_share": share})


def wrong_signs(items: pd.DataFrame) -> Found:
    """List debits and credits on the wrong side: negative amounts, invoices in credit, credit notes in debit.

    A credit that its label calls an invoice and a debit that its label calls a credit note are reported only where
    the label says nothing else.

    Parameters
    ----------
    items : DataFrame, schema ITEMS
        With ``is_negative_entry`` where the file has debit and credit columns.
    """
    own = items[(items["origin_id"] < 0).to_numpy()]
    negative = own["is_negative_entry"].to_numpy(dtype=bool) if "is_negative_entry" in own else np.zeros(len(own), bool)
    credit, sold = (own["amount_cents"] < 0).to_numpy(), sale_entries(own)
    says_note = _says(own["label"], SAYS_NOTE, sold & ~credit)
    says_invoice = _says(own["label"], SAYS_INVOICE, sold & credit)
    says_invoice &= ~_says(own["label"], r"avoir|annul|credit", says_invoice)
    odd = negative | says_note | says_invoice
    found = own[odd]
    detail = np.select([negative[odd], says_note[odd]], ["negative_entry", "note_in_debit"], "invoice_in_credit")
    return Found(len(own), int(own["amount_cents"].abs().sum()),
                 pointed(found, amount=found["amount_cents"].abs(), detail=detail))


def _says(label: pd.Series, pattern: str, among: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> np.ndarray[
        tuple[int], np.dtype[np.bool_]]:
    said = np.zeros(len(label), dtype=bool)
    rows = np.flatnonzero(among)
    said[rows] = matches(label.iloc[rows], pattern)
    return said


def suspense_accounts(accounts: pd.DataFrame, *, is_known: bool) -> Found:
    """List accounts 467 and 471 to 475 that still have a balance (completeness).

    Parameters
    ----------
    accounts : DataFrame
        ``account`` and ``amount_cents`` (> 0 is a debit) of accounts outside the perimeter.
    is_known : bool
        Whether a document gives such accounts.
    """
    if not is_known:
        return not_tested(NO_ACCOUNTS)
    held = accounts[accounts["account"].str.match(r"467|47[1-5]")]
    balance = held["amount_cents"].groupby(held["account"].to_numpy()).sum()
    left = balance[balance != 0]
    rows = of_customers(pd.Series([""] * len(left), dtype="str"), left, detail="suspense_balance",
                        reference=left.index.to_series())
    return Found(len(balance), int(balance.sum()), rows)


def overdue_bills(open_items: pd.DataFrame) -> Found:
    """List bills past their due date that are still in account 413 (existence).

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    """
    bills = open_items[account_starts(open_items["account"], "413") & (open_items["residual_cents"] > 0).to_numpy()]
    if not len(bills):
        return not_tested(NO_BILLS)
    found = bills[(bills["days_overdue"] > 0).to_numpy()]
    return Found(len(bills), int(bills["residual_cents"].sum()),
                 pointed(found, amount=found["residual_cents"], detail="bill_past_due",
                         days=found["days_overdue"].to_numpy()))


def returned_payments(items: pd.DataFrame, *, as_of_date: dt.date, months: int, is_ledger: bool) -> Found:
    """List the settlements that came back unpaid in the months to a date (existence).

    Parameters
    ----------
    items : DataFrame, schema ITEMS
    as_of_date : date
    months : int
    is_ledger : bool
        Whether the items come from a ledger, with its payments and codes.
    """
    if not is_ledger:
        return not_tested(NO_LEDGER)
    recent = items["posting_date"] > pd.Timestamp(add_months(as_of_date, -months))
    paid = items[(items["kind"].isin(["receipt", "unpaid_return"]) & recent).to_numpy()]
    found = paid[((paid["kind"] == "unpaid_return") & (paid["amount_cents"] > 0)).to_numpy()]
    return Found(int((paid["kind"] == "receipt").sum()),
                 int(-paid["amount_cents"][(paid["kind"] == "receipt").to_numpy()].sum()),
                 pointed(found, detail="came_back"), facts={"returns": int(found["movement_id"].nunique())})


def broken_codes(movements: pd.DataFrame, *, broken: pd.DataFrame, is_ledger: bool) -> Found:
    """List the code groups that do not sum to zero, each at the first row that bears the code (existence).

    Parameters
    ----------
    movements : DataFrame, schema MOVEMENTS
    broken : DataFrame
        `auditlib.matching.broken_lettering`.
    is_ledger : bool
        Whether the items come from a ledger, with its payments and codes.
    """
    if not is_ledger:
        return not_tested(NO_LEDGER)
    coded = (movements["matching_code"] != "").to_numpy()
    if not coded.any():
        return not_tested(NO_CODES)
    population = (int(coded.sum()), int(movements["amount_cents"].to_numpy()[coded].sum()))
    if not len(broken):
        return Found(*population, no_rows(), facts={"groups": 0, "items": 0})
    keys = ["customer_id", "account", "matching_code"]
    among = coded & movements["matching_code"].isin(set(broken["matching_code"])).to_numpy()
    first = movements[among].astype(dict.fromkeys(keys, "str")).drop_duplicates(keys)
    joined = broken.astype(dict.fromkeys(keys, "str")).rename(columns={"amount_cents": "left_cents"}).merge(
        first, on=keys, how="left", validate="many_to_one")
    joined = joined.assign(document_ref=joined["matching_code"], amount_cents=joined["left_cents"])
    return Found(*population, pointed(joined, amount=joined["left_cents"].abs(), detail="group_left_open"),
                 facts={"groups": len(broken), "items": int(broken["items"].sum())})
