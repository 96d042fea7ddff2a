"""Whom a debtor's letters go to: who pays invoices there, and at which address."""

import pandas as pd

__all__ = ["letter_contacts"]

PAYABLE = r"(?i)compta|fournisseur|r[èe]glement|paiement|tr[ée]sor|payable|\bap\b|daf|financ"
"""Roles of those who pay invoices."""


def letter_contacts(contacts: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return, by customer, whom to write to; nobody who is marked not to be contacted.

    Parameters
    ----------
    contacts : DataFrame, schema CONTACTS

    Returns
    -------
    dict of str to dict
        ``name`` and ``email`` of who pays invoices there, or the debtor's own e-mail; "" where nobody is known.
        ``address``: the debtor's own, else his contact's.
    """
    free = contacts[~contacts["do_not_contact"]].astype({"customer_id": "str"})
    return {str(customer): _whom(rows) for customer, rows in free.groupby("customer_id", sort=False)}


def _whom(rows: pd.DataFrame) -> dict[str, str]:
    pays = rows["role"].str.contains(PAYABLE, regex=True)
    own, mine = rows[rows["name"] == ""], rows[pays & (rows["name"] != "")]
    reached = pd.concat([rows[pays], own])
    emails = reached.loc[reached["email"] != "", "email"]
    addresses = pd.concat([own, mine, rows])["address"]
    return {"name": str(mine["name"].iloc[0]) if len(mine) else "", "email": str(emails.iloc[0]) if len(emails) else "",
            "address": str(next(iter(addresses[addresses != ""]), ""))}
