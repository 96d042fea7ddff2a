"""Customers named over the header: the only one of a statement, or the first where each has a header of his own."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditlib.loaders.grouped import Groups, find_groups
from auditlib.loaders.parsed import Parsed

__all__ = ["with_title_customers"]

NAMES_ONE = re.compile(
    r"^(?:(?:n°|code|num[ée]ro|compte)\s*)?(?:client|tiers|auxiliaire|compte|customer|account)\s*(?:n°)?\s*[:|]\s*\S",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"\b(?:tous|toutes|all|premier|first)\b|\bde\b.*\s(?:à|a)\s|\bfrom\b.*\bto\b", re.IGNORECASE)
"""A criterion of the print-out, that names a range of accounts."""


def with_title_customers(
    groups: Groups | None, parsed: Parsed, body: npt.NDArray[np.str_], lines: Sequence[str]
) -> Groups | None:
    """Complete the customers above the items by those that stand over the header.

    Parameters
    ----------
    groups : Groups, optional
        As found in the body.
    parsed : Parsed
    body : ndarray of str
        Classes of the body's rows.
    lines : sequence of str
        Of the title block, cells joined by " | ".
    """
    if not lines or parsed.filled("customer_id", "customer_name", "account")[body == "item"].any():
        return groups
    if groups is not None and groups.is_header.any():
        return _with_first(groups, lines[-1]) if _stand_over_headers(groups, body) else groups
    named = [line for line in lines if NAMES_ONE.match(line) and not SEVERAL.search(line)]
    if not named:
        return groups
    nobody = np.full(len(body), "", dtype=object)
    return _with_first(Groups(np.zeros(len(body), dtype=bool), nobody, nobody, False), named[0])


def _with_first(groups: Groups, line: str) -> Groups:
    """Put the rows above the first customer of the body under the one a line names."""
    found = find_groups(pa.table({"0": [line, "-"]}), np.array(["words", "item"]))
    if not found.is_header[0]:
        return groups
    has_codes = found.has_codes or groups.has_codes
    code = (found.customer_id if has_codes else found.customer_name)[1]
    above = np.cumsum(groups.is_header) == 0
    return replace(
        groups,
        customer_id=np.where(above, code, groups.customer_id),
        customer_name=np.where(above, found.customer_name[1], groups.customer_name),
        has_codes=has_codes,
    )


def _stand_over_headers(groups: Groups, body: npt.NDArray[np.str_]) -> bool:
    """Tell that each customer's row has the columns' names printed again under it."""
    headers, printed = np.flatnonzero(groups.is_header), np.flatnonzero(body != "blank")
    following = printed[np.minimum(np.searchsorted(printed, headers, side="right"), len(printed) - 1)]
    return bool((body[following] == "page_header").all())
