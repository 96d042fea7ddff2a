"""The payment terms that the auditor confirms, customer by customer: they win over what the files say."""

from collections.abc import Mapping

import pandas as pd

from auditlib.errors import BadInputError
from auditlib.loaders.schedules import parse_schedule
from auditlib.settings import TermsDecision

__all__ = ["with_decided_terms"]

UNNAMED = "auditeur"


def with_decided_terms(customers: pd.DataFrame, decisions: Mapping[str, TermsDecision]) -> pd.DataFrame:
    """Put the terms decided, and who confirmed them, in place of what the files say of a customer.

    Parameters
    ----------
    customers : DataFrame
        `schemas.CUSTOMERS`.
    decisions : mapping of str to TermsDecision
        ``terms`` of the parameters, by customer_id.

    Raises
    ------
    BadInputError
        If a customer named is not among the documents, or his terms are not understood.
    """
    if not decisions:
        return customers
    place = pd.Series(range(len(customers)), index=customers["customer_id"].astype("str"))
    said, who = (customers[name].astype("str").tolist() for name in ("payment_terms", "terms_confirmed_by"))
    for code, decided in decisions.items():
        if code not in place.index:
            raise BadInputError(f"terms: {code}: no such customer in the documents; take the code the ledger uses")
        try:
            parse_schedule(decided.terms)
        except BadInputError as problem:
            raise BadInputError(f"terms: {code}: {problem}") from problem
        said[place[code]], who[place[code]] = decided.terms, decided.by or UNNAMED
    return customers.assign(
        payment_terms=pd.Series(said, index=customers.index, dtype="str"),
        terms_confirmed_by=pd.Series(who, index=customers.index, dtype="str"))
