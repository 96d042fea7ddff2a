"""Whom to call at a debtor's: the known people who may be reached, who pays and who decides first."""

from dataclasses import dataclass

import pandas as pd

from auditlib.debtor_facts import barred_customers
from auditlib.texts import N_

__all__ = ["ASK_FOR", "Person", "Reach", "unreachable_customers", "whom_to_reach"]

RANKS = (r"(?i)fournisseur|payable|compta|account|factur", r"(?i)tr[ée]so|treasur|financ|daf|raf|cfo",
         r"(?i)g[ée]rant|dirig|direct|pr[ée]sident|owner|chief|ceo", r"(?i)achat|achet|buy|purchas")
"""Functions in the order they are called: who pays, who funds, who decides, who ordered; others after them."""
ASK_FOR: dict[str, str] = {
    "fragile": N_("le dirigeant"),
    "public": N_("le service qui a commandé, puis le service facturier"),
    "consumer": N_("la personne elle-même"),
    "export_non_eu": N_("la comptabilité fournisseurs (accounts payable)"),
    "export_eu": N_("la comptabilité fournisseurs (accounts payable)"),
    "large_account": N_("la comptabilité fournisseurs, puis l’acheteur"),
    "mid_small": N_("la comptabilité fournisseurs, puis le dirigeant"),
    "very_small": N_("le dirigeant"),
}
"""Whom to ask the switchboard for where no name is known, by kind of debtor."""


@dataclass(frozen=True)
class Person:
    """One person at the debtor's, as the contacts' file names him."""

    name: str
    role: str
    phone: str
    email: str


@dataclass(frozen=True)
class Reach:
    """How a debtor is reached.

    Attributes
    ----------
    people : tuple of Person
        Those that may be contacted, who pays first; without a name, the debtor's own number.
    portal : str
    """

    people: tuple[Person, ...] = ()
    portal: str = ""


def unreachable_customers(contacts: pd.DataFrame) -> frozenset[str]:
    """Return the customers nobody may call: those not to be contacted, and those of whom everyone known is marked so.

    Parameters
    ----------
    contacts : DataFrame, schema CONTACTS
    """
    everyone = contacts["do_not_contact"].groupby(contacts["customer_id"].astype("str")).all()
    return frozenset(barred_customers(contacts)) | frozenset(everyone.index[everyone.astype("bool")].astype("str"))


def whom_to_reach(contacts: pd.DataFrame) -> dict[str, Reach]:
    """Return, by customer, the people who may be called and the portal.

    Parameters
    ----------
    contacts : DataFrame, schema CONTACTS
    """
    if contacts.empty:
        return {}
    portals = contacts.loc[contacts["portal"] != ""].drop_duplicates("customer_id").set_index("customer_id")["portal"]
    free = contacts[~contacts["do_not_contact"] & ((contacts["phone"] != "") | (contacts["name"] != "")
                                                   | (contacts["email"] != ""))]
    ordered = free.assign(rank=_ranks(free["role"])).sort_values("rank", kind="stable")
    people = {str(customer): tuple(Person(*row) for row in rows[["name", "role", "phone", "email"]].to_numpy())
              for customer, rows in ordered.groupby(ordered["customer_id"].astype("str"), sort=False)}
    return {customer: Reach(people.get(customer, ()), str(portals.get(customer, "")))
            for customer in contacts["customer_id"].astype("str").unique()}


def _ranks(roles: pd.Series) -> pd.Series:
    found = pd.Series(len(RANKS), index=roles.index)
    for rank, pattern in reversed(list(enumerate(RANKS))):
        found = found.mask(roles.str.contains(pattern), rank)
    return found
