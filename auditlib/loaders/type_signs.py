"""Signs set against what document types and labels say: credit notes printed positive, ledgers turned round."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.item_words import named_types, worded_sides

__all__ = ["SignVerdict", "decide_signs", "with_credits_negative"]

MOSTLY = 0.9
ENOUGH = 3
"""Items on either side from which a whole ledger may be turned round."""
SINGLE = ("open_amount_cents", "amount_cents", "original_amount_cents", "total_cents")
CREDITS = ("credit_note", "receipt", "discount", "set_off", "write_off")
DEBITS = ("invoice", "unpaid_return", "refund")
JUDGED = ("open_items", "invoice_list", "customer_ledger")


@dataclass(frozen=True)
class SignVerdict:
    """What is to be done with the signs of a table.

    Attributes
    ----------
    name : str
        ``as_printed``, ``inverted`` (all signs are turned round), ``by_type`` (what a type calls a credit is
        printed positive) or ``contradicted`` (so it is, but the total printed counts it as it stands).
    rows : int
        Rows the types speak of as credits.
    amount_cents : int
        Of these rows, as printed. [cents]
    """

    name: str = "as_printed"
    rows: int = 0
    amount_cents: int = 0


def decide_signs(table: pd.DataFrame, kind: str, *, sign: str, totals: pd.DataFrame) -> SignVerdict:
    """Say whether the signs of a list of items are those its own words give them.

    Parameters
    ----------
    table : DataFrame
        Items of a source, with one amount column.
    kind : str
        Of the source.
    sign : str
        The auditor's choice (``mapping``), which holds; "" for none.
    totals : DataFrame
        Printed totals: one that agrees with the amounts as they stand only contradicts the types.
    """
    role = next((name for name in SINGLE if name in table), "")
    if not role or kind not in JUDGED or {"debit_cents", "credit_cents"} <= set(table):
        return SignVerdict()
    types = _sides_of_types(table)
    credited = (types < 0) & (table[role] > 0).to_numpy()
    found = SignVerdict("by_type", int(credited.sum()), int(table[role][credited].sum()))
    if sign:
        return found if sign == "by_type" else SignVerdict()
    if kind == "customer_ledger" and _is_turned_round(table, table[role]):
        return SignVerdict("inverted")
    if not _is_positive_throughout(table[role].to_numpy(), types):
        return SignVerdict()
    is_contradicted = _total_says_so(table[role], credited, totals)
    return replace(found, name="contradicted") if is_contradicted else found


def with_credits_negative(table: pd.DataFrame) -> pd.DataFrame:
    """Give a minus sign to the positive amounts of what a document type calls a credit."""
    is_credit = _sides_of_types(table) < 0
    return table.assign(**{
        role: table[role].mask(is_credit & (table[role] > 0).to_numpy(), -table[role])
        for role in SINGLE if role in table})


def _sides_of_types(table: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return 1 where the document type is one of a debit, -1 for a credit, 0 where it does not say."""
    if "document_type" not in table:
        return np.zeros(len(table), dtype=np.int64)
    names = named_types(table["document_type"])
    return names.isin(DEBITS).to_numpy().astype(np.int64) - names.isin(CREDITS).to_numpy().astype(np.int64)


def _is_positive_throughout(amount: npt.NDArray[np.int64], types: npt.NDArray[np.int64]) -> bool:
    owed, credited = amount[(types > 0) & (amount != 0)], amount[(types < 0) & (amount != 0)]
    return bool(len(owed) and len(credited) and (owed > 0).mean() >= MOSTLY and (credited > 0).mean() >= MOSTLY)


def _is_turned_round(table: pd.DataFrame, amount: pd.Series) -> bool:
    """Tell a ledger whose invoices are negative and whose payments and credit notes are positive."""
    sides = worded_sides(table)
    told = amount[(sides != 0).to_numpy() & (amount != 0).to_numpy()]
    against = np.sign(told.to_numpy()) != sides[told.index].to_numpy()
    both = {1, -1} <= set(np.sign(told).tolist())
    return bool(both and len(told) >= ENOUGH and against.mean() >= MOSTLY)


def _total_says_so(amount: pd.Series, credited: npt.NDArray[np.bool_], totals: pd.DataFrame) -> bool:
    """Tell a printed total that is the sum of the amounts as they stand, and none that is the sum of them signed."""
    printed = set(totals["balance_cents"].tolist())
    as_printed = int(amount.sum())
    return as_printed in printed and as_printed - 2 * int(amount[credited].sum()) not in printed
