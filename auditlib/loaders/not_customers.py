"""Documents that are not the customers', told before an amount of theirs is taken for one: suppliers', whole books."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from auditlib.loaders.aliases import normalise
from auditlib.loaders.column_rules import COMPANIES, DATE_ROLES, OURS
from auditlib.loaders.fec import is_in_perimeter
from auditlib.loaders.parsed import ITEM_DATES, Parsed
from auditlib.loaders.sheet_amounts import two_sides
from auditlib.texts import N_

__all__ = ["SetAside", "why_not_customers"]

SUPPLIER_WORDS = frozenset((
    "crediteur", "crediteuren", "creditor", "creditors", "fournisseur", "fournisseurs", "kreditor", "kreditoren",
    "leverancier", "lieferant", "lieferanten", "lifnr", "supplier", "suppliers", "vendor", "vendors",
))
CUSTOMER_WORDS = frozenset((
    "acheteur", "buyer", "client", "clients", "customer", "customers", "debiteur", "debiteuren", "debiteurs",
    "debitor", "debitoren", "debtor", "debtors", "klant", "kunde", "kunden", "kunnr", "locataire", "locataires",
    "receivable", "receivables", "tenant", "tenants",
))
SUPPLIER_TITLE = re.compile(
    r"\b(?:(?:accounts?|aged|trade|invoices?) payables?|payables? (?:ageing|aging|detail|ledger|report|summary)"
    r"|a ?p (?:ageing|aging|ledger|open items)"
    r"|(?:supplier|vendor|creditor)s? (?:ageing|aging|balances?|invoices|ledger|open items|statement)"
    r"|(?:balances?(?: agee)?|comptes?|dettes|echeancier|factures|grand livre|livre|tiers|auxiliaire)"
    r"(?: des| de| aux)? fournisseurs?)\b"
)
"""How a title, a sheet or a file says that it is of suppliers; a word alone may be part of a company's name."""

SUPPLIER_ACCOUNT = r"^40[1-8](?:0{3}\d*|[A-Za-z]\w*|0*)$"
ACCOUNT_HEADERS = frozenset((
    "account", "account code", "account id", "account no", "account number", "code", "compte", "gl account", "n compte",
    "numero compte", "numero de compte",
))
OUR_COMPANIES = frozenset(("company name", "organization", *COMPANIES))
MOST = 0.9
"""Share of accounts that are suppliers', or of days whose debits equal their credits."""
ENOUGH_DAYS = 3


@dataclass(frozen=True)
class SetAside:
    """Why a document is set aside.

    Attributes
    ----------
    problem : str
        For who corrects the mapping, in English.
    sentence, evidence : str
        For the client, in French, with a place for the text of the document that says it.
    """

    problem: str
    sentence: str
    evidence: str


def why_not_customers(
    labels: tuple[str, ...], parsed: Parsed, words: tuple[str, ...], *, perimeter: tuple[str, ...]
) -> SetAside | None:
    """Say why a document that looks like one of the receivable is none; None where it may be.

    Parameters
    ----------
    labels : tuple of str
        The header.
    parsed : Parsed
    words : tuple of str
        Title lines, sheet and file name.
    perimeter : tuple of str
        Prefixes of the customer accounts.
    """
    if is_in_perimeter(parsed.texts("account"), perimeter).any():
        return None
    if _is_whole_ledger(parsed) or _has_accounts_of_ours(parsed):
        return SetAside(
            "it is a ledger of every account, not the customers' alone; send the ledger of the customers, or write "
            "its kind in mapping",
            N_("document écarté : il tient tous les comptes, et non ceux des clients seuls ; demander le grand livre "
               "auxiliaire des clients."), "")
    names = [normalise(label) for label in labels]
    if any(CUSTOMER_WORDS & set(name.split()) for name in names):
        return None
    evidence = _of_suppliers(labels, names, words) or _supplier_accounts(parsed)
    if not evidence:
        return None
    return SetAside(
        f"it lists what is owed to suppliers ({evidence}); if customers owe it, write its kind in mapping",
        N_("document écarté : il porte ce qui est dû aux fournisseurs (« {evidence} »), et non ce que les clients "
           "doivent."), evidence)


def _of_suppliers(labels: tuple[str, ...], names: list[str], words: tuple[str, ...]) -> str:
    for label, name in zip(labels, names, strict=True):
        if SUPPLIER_WORDS & set(name.split()):
            return label.strip()
    said = [normalise(line) for line in words]
    if CUSTOMER_WORDS & {word for line in said for word in line.split()}:
        return ""
    return next(
        (line.strip() for line, plain in zip(words, said, strict=True) if SUPPLIER_TITLE.search(plain)), "")


def _supplier_accounts(parsed: Parsed) -> str:
    """Name an account where all of them are suppliers' and more is credited to them than debited."""
    for codes in (_codes(parsed.texts("account")), _codes(parsed.texts("customer_id")), _codes_above(parsed)):
        if len(codes) and codes.str.match(SUPPLIER_ACCOUNT).mean() >= MOST:
            debit, credit = two_sides(parsed)
            return str(codes.iloc[0]) if debit.sum() <= credit.sum() else ""
    return ""


def _codes(column: pa.ChunkedArray | pa.Array) -> pd.Series:
    codes = pd.Series(column, dtype="str")
    return codes[codes != ""]


def _codes_above(parsed: Parsed) -> pd.Series:
    """Return the accounts that stand alone at the start of the rows above the lines, where no column names any."""
    if {"account", "customer_id", "customer_name"} & parsed.roles or not parsed.cells.num_columns:
        return pd.Series([], dtype="str")
    first = _codes(parsed.cells.column(0).filter(pa.array(~parsed.has_date(*ITEM_DATES)))).str.split().str[0]
    return first[first.str.match(r"^[1-7]\d{2}\w*$")]


def _has_accounts_of_ours(parsed: Parsed) -> bool:
    """Tell many accounts beside a few companies: those are the client's own, and nobody owes him what they hold."""
    headers = {mapped.role: normalise(mapped.header) for mapped in parsed.columns}
    accounts, companies = (set(_codes(parsed.texts(role))) for role in ("account", "customer_name"))
    is_ours = headers.get("customer_name") in OUR_COMPANIES and "customer_id" not in parsed.roles
    return is_ours and len(companies) <= OURS < len(accounts)


def _is_whole_ledger(parsed: Parsed) -> bool:
    """Tell books of every account: their entries are whole, so that each day balances; no customers' ledger does."""
    named = {normalise(mapped.header) for mapped in parsed.columns if mapped.role in ("customer_id", "account")}
    if any(mapped.role == "customer_name" and CUSTOMER_WORDS & set(normalise(mapped.header).split())
           for mapped in parsed.columns):
        return False
    role = next((role for role in DATE_ROLES[1::-1] if role in parsed.dates), "")
    if not named or not named <= ACCOUNT_HEADERS or not role or not {"debit_cents", "credit_cents"} <= parsed.roles:
        return False
    debit, credit = two_sides(parsed)
    days = parsed.dates[role].days
    dated = ~np.isnat(days)
    by_day = pd.DataFrame({"day": days[dated], "debit": debit[dated], "credit": credit[dated]}).groupby("day").sum()
    by_day = by_day[(by_day != 0).any(axis=1)]
    return len(by_day) >= ENOUGH_DAYS and bool((by_day["debit"] == by_day["credit"]).mean() >= MOST)
