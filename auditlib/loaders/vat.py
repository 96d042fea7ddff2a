"""The VAT in each invoice and credit note, as the entry itself says it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from auditlib.loaders.entry_places import entry_places
from auditlib.loaders.table_columns import starting

__all__ = ["vat_of_entries", "with_vat_of"]

VAT_IN_SALES = ("4457", "4458")
"""Accounts of the VAT in what customers owe: collected, or due once they pay."""

def vat_of_entries(movements: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Read the VAT in each invoice and credit note from accounts 4457 and 4458 of its own entry.

    Several lines of customers in one entry share its VAT by their amounts, to the cent: instalments of one
    invoice, or a day's invoices posted together. An entry that is not whole, or mixes both signs, says nothing.

    Parameters
    ----------
    movements : DataFrame
        ``entry`` (-1 where the file has no entries), ``kind`` and ``amount_cents``.
    entries : DataFrame
        ``entry, account, amount_cents``: every line of the files that have them all.

    Returns
    -------
    DataFrame
        ``vat_cents``, signed as the item, and ``is_vat_known``; an entry of a sale without VAT has a known nil.
        [cents]

    References
    ----------
    INDICATORS.md 4, ``provision_matrix``: net of VAT by the entry's own 4457.
    """
    sold = movements["kind"].isin(["invoice", "credit_note"]).to_numpy() & (movements["entry"] >= 0).to_numpy()
    places = entry_places(entries["entry"], movements["entry"])
    amounts = entries["amount_cents"].to_numpy()
    vat = -places.sums(amounts, starting(entries["account"], VAT_IN_SALES))[places.items]
    is_whole = (places.with_line(np.ones(len(amounts), dtype=bool)) & (places.sums(amounts) == 0))[places.items]
    items = pd.DataFrame({
        "entry": places.items, "amount_cents": movements["amount_cents"].to_numpy(), "vat_cents": vat,
        "is_whole": is_whole})[sold]
    by_entry = items.groupby("entry")["amount_cents"]
    whole, due = by_entry.transform("sum"), items["vat_cents"]
    # Shares of a cumulative sum: the last line of an entry takes what rounding left.
    upto = (by_entry.cumsum() / whole.where(whole != 0, 1) * due).round().astype("int64")
    own = upto - upto.groupby(items["entry"]).shift(fill_value=0)
    alike = (by_entry.transform("min") > 0) | (by_entry.transform("max") < 0)
    inside = (own.abs() < items["amount_cents"].abs()) & (own * items["amount_cents"] >= 0)
    sound = alike & inside & items["is_whole"]
    cents, is_known = np.zeros(len(movements), dtype=np.int64), np.zeros(len(movements), dtype=bool)
    cents[sold], is_known[sold] = own.where(sound, 0), sound
    return pd.DataFrame({"vat_cents": cents, "is_vat_known": is_known}, index=movements.index)


def with_vat_of(movements: pd.DataFrame, others: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Take the VAT of invoices from another ledger of the same receivable, such as the FEC beside a customer ledger.

    An invoice is the same where customer, reference and amount are, and only where all that bear them say one VAT.

    Parameters
    ----------
    movements : DataFrame
        ``customer_id, document_ref, kind, amount_cents, vat_cents, is_vat_known``.
    others : iterable of DataFrame
        With the same columns.
    """
    for other in others:
        known = other[other["is_vat_known"]]
        if known.empty or movements["is_vat_known"].all():
            continue
        keys = ["customer_id", "document_ref", "amount_cents"]
        said = known[keys].assign(vat_cents=known["vat_cents"], customer_id=known["customer_id"].astype("str"))
        said = said[said["document_ref"] != ""].groupby(keys)["vat_cents"].agg(["first", "nunique"]).reset_index()
        said = said[said["nunique"] == 1]
        sold = movements["kind"].isin(["invoice", "credit_note", "opening"]) & ~movements["is_vat_known"]
        rows = movements.loc[sold, keys].astype({"customer_id": "str"})
        found = rows.merge(said, on=keys, how="left")["first"].set_axis(rows.index).dropna().astype("int64")
        vat, is_known = movements["vat_cents"].copy(), movements["is_vat_known"].copy()
        vat.loc[found.index], is_known.loc[found.index] = found, True
        movements = movements.assign(vat_cents=vat, is_vat_known=is_known)
    return movements
