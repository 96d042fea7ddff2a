"""What the rows above items tell of the columns under them: customers' names beside codes, the place of references."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.columns_map import MappedColumn
from auditlib.loaders.grid import is_filled
from auditlib.loaders.grouped import Groups, find_groups
from auditlib.loaders.parsed import Parsed

__all__ = ["names_above", "with_references"]


def names_above(parsed: Parsed, body: npt.NDArray[np.str_]) -> Groups | None:
    """Take the rows above items for the customers' names, where a column has codes only and each code has one row.

    Parameters
    ----------
    parsed : Parsed
    body : ndarray of str
        Classes of the body's rows; rows of words are ``words``.
    """
    items = np.flatnonzero(body == "item")
    if parsed.filled("customer_name")[items].any() or not parsed.filled("customer_id")[items].all():
        return None
    groups = find_groups(parsed.cells, body)
    codes = pd.Series(parsed.texts("customer_id"), dtype="str").iloc[items]
    pairs = pd.DataFrame({"code": codes.to_numpy(), "name": groups.customer_name[items]}).drop_duplicates()
    is_told = len(pairs) and (pairs["name"] != "").all() and not pairs["code"].duplicated().any()
    return replace(groups, has_codes=False) if is_told and not pairs["name"].duplicated().any() else None


def with_references(parsed: Parsed, groups: Groups, body: npt.NDArray[np.str_]) -> Parsed:
    """Take the column without a header, in which customers stand above their items, for the items' references."""
    items = body == "item"
    if parsed.filled("document_ref")[items].any() or not groups.is_header.any():
        return parsed
    used = {mapped.position - 1 for mapped in parsed.columns}
    for place, column in enumerate(parsed.cells.itercolumns()):
        filled = is_filled(column)
        if place not in used and filled[groups.is_header].all() and filled[items].all():
            reference = MappedColumn("document_ref", "", place + 1, "content", 0.7)
            columns = sorted((*parsed.columns, reference), key=lambda mapped: mapped.position)
            return replace(parsed, columns=tuple(columns))
    return parsed
