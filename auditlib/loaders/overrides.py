"""What the auditor decides of a debtor: it wins over the files and over what was inferred, and says so."""

from collections.abc import Mapping

import pandas as pd

from auditlib.errors import BadInputError
from auditlib.settings import DebtorOverride

__all__ = ["with_overrides"]

REASONED = {"customer_type": "type", "zone": "zone", "size_class": "size"}


def with_overrides(customers: pd.DataFrame, overrides: Mapping[str, DebtorOverride]) -> pd.DataFrame:
    """Put the auditor's decisions in place of what the files or the inference say.

    Parameters
    ----------
    customers : DataFrame
        `schemas.CUSTOMERS`, texts.
    overrides : mapping of str to DebtorOverride
        ``segments.overrides`` of the parameters, by customer_id.

    Raises
    ------
    BadInputError
        If a customer named is not among the documents.
    """
    known = customers.set_index("customer_id", drop=False)
    if missing := [key for key in overrides if key not in known.index]:
        raise BadInputError(
            f"segments.overrides: {missing[0]}: no such customer in the documents; take the code the ledger uses")
    for key, decided in overrides.items():
        for name, value in decided.decisions().items():
            known.loc[key, name] = value
            if name in REASONED:
                known.loc[key, f"{REASONED[name]}_reason"] = decided.said_why()
                if name != "size_class":
                    known.loc[key, f"{REASONED[name]}_confidence"] = "high"
    return known.reset_index(drop=True)
