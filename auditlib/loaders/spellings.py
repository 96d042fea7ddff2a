"""How the documents name and describe each customer beside its items."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from auditlib.loaders.debtors import most_frequent_names
from auditlib.loaders.movements import customer_ids
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import texts

__all__ = ["attributes_of", "spellings_of"]

ATTRIBUTES = (
    "group_id",
    "customer_type",
    "country",
    "business_unit",
    "salesperson",
    "size_class",
    "siren",
    "vat_number",
    "legal_category",
)


def spellings_of(movements: pd.DataFrame) -> pd.DataFrame:
    """Return ``customer_id`` and ``name`` as the items write them, and how many ``times``."""
    codes, customers = pd.factorize(movements["customer_id"])
    named, names = pd.factorize(movements["customer_name"])
    pairs, times = np.unique(codes * len(names) + named, return_counts=True)
    return pd.DataFrame({
        "customer_id": pd.Index(customers).astype("str").take(pairs // max(1, len(names))),
        "name": pd.Index(names).astype("str").take(pairs % max(1, len(names))), "times": times})


def attributes_of(sources: Iterable[Source]) -> pd.DataFrame:
    """Return what the sources say of each customer beside its items, the most frequent value of each column.

    Returns
    -------
    DataFrame
        By customer_id, a column for each attribute found; missing where nothing is said.
    """
    found: dict[str, pd.Series] = {}
    for source in sources:
        said = [role for role in ATTRIBUTES if role in source.table.columns and role not in found]
        customer = customer_ids(source.table) if said else None
        for role in said:
            found[role] = most_frequent_names(
                pd.DataFrame({"customer_id": customer, "name": texts(source.table, role)})
            )
    return pd.DataFrame(found)
