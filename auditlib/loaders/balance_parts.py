"""Balances printed in parts, a sheet or file for each entity or unit, put together before anything ties to them."""

from collections.abc import Sequence

import pandas as pd

from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import fold
from auditlib.schemas import AGED_BALANCE, validate

__all__ = ["joined", "parts_of_one"]

UNNAMED = ""


def parts_of_one(sources: Sequence[Source], balances: Sequence[pd.DataFrame]) -> list[list[int]]:
    """Group the balances that are one document in parts: same kind, columns and date, and no customer in common.

    Parameters
    ----------
    sources : sequence of Source
        Aged balances and trial balances.
    balances : sequence of DataFrame
        `schemas.AGED_BALANCE` of each.

    Returns
    -------
    list of list of int
        Places of the balances; alone where another printing of the same customers stands beside.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, source in enumerate(sources):
        headers = tuple(mapped.header for mapped in source.columns)
        day = source.title.as_of_date or source.title.period_end
        groups.setdefault((source.kind, day, headers or place), []).append(place)
    found = []
    for places in groups.values():
        found += [places] if _apart([balances[place] for place in places]) else [[place] for place in places]
    return sorted(found)


def _apart(parts: Sequence[pd.DataFrame]) -> bool:
    """Tell whether every customer, by code and by name, stands in one part only."""
    for column in ("customer_id", "name"):
        once = [set(fold(part[column].drop_duplicates())) - {UNNAMED} for part in parts]
        if sum(map(len, once)) != len(set().union(*once)) or (column == "customer_id" and not all(once)):
            return False
    return True


def joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Stack the rows of the parts of one balance (`schemas.AGED_BALANCE`)."""
    codes = ["bucket", "source_file", "source_sheet"]
    whole = pd.concat([part.astype(dict.fromkeys(codes, "str")) for part in parts], ignore_index=True)
    return validate(whole, AGED_BALANCE)
