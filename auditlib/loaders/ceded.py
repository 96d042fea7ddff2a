"""Claims sold with recourse: invoices with a factor, bills discounted and not yet due, from a list of their own."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from auditlib.loaders.aliases import normalise
from auditlib.loaders.debtors import align_ids
from auditlib.loaders.movements import skip
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import cents, dates, fold, matches, texts
from auditlib.schemas import CEDED, empty, validate

__all__ = ["ceded_claims"]

DISCOUNTED = r"ESCOMPT|\bLCR\b|\bTRAITE|\bEFFET|DISCOUNT|\bBILL"
FACTORED = r"FACTOR|AFFACTUR|DAILLY|CESSION|CEDEE?S?\b|ASSIGN|CEDED"
WITHOUT_RECOURSE = r"^(?:n|no|non|sans|sans recours|0|false|faux|without|non recourse)$"
NO_WAY = "neither factored nor discounted: say which in a column (mode de cession) or in the file's title"
NO_RECOURSE = "sold without recourse: no longer a risk of the client"
NO_AMOUNT = "no amount"


def ceded_claims(
    sources: Sequence[Source], numbers: Mapping[int, int], customers: pd.DataFrame,
) -> tuple[pd.DataFrame, dict[int, list[pd.DataFrame]]]:
    """Read the lists of claims sold with recourse, their customers under the codes the items use.

    Parameters
    ----------
    sources : sequence of Source
        Of kind ceded.
    numbers : mapping of int to int
        Number of each source, by its id.
    customers : DataFrame
        `schemas.CUSTOMERS`.

    Returns
    -------
    ceded : DataFrame
        `schemas.CEDED`. [cents, VAT included]
    left_out : dict of int to list of DataFrame
        Rows sold without recourse (skipped) or of which the list does not say how they were sold (rejected).
    """
    found, left_out = [empty(CEDED)], {}
    for source in sources:
        claims = _claims(source, customers)
        free = pd.Series(matches(texts(source.table, "recourse"), WITHOUT_RECOURSE), index=source.table.index)
        nil, unsaid = claims["amount_cents"] == 0, claims["way"] == ""
        found.append(claims[~(free | nil | unsaid)])
        left_out[numbers[id(source)]] = [
            skip(source.table[free], "without_recourse", NO_RECOURSE),
            skip(source.table[~free & nil], "rejected", NO_AMOUNT),
            skip(source.table[~free & ~nil & unsaid], "rejected", NO_WAY)]
    return validate(pd.concat(found, ignore_index=True), CEDED), left_out


def _claims(source: Source, customers: pd.DataFrame) -> pd.DataFrame:
    table = source.table
    name, code = texts(table, "customer_name"), texts(table, "customer_id")
    role = next(role for role in ("open_amount_cents", "amount_cents", "total_cents", "original_amount_cents", "")
                if role in table.columns or not role)
    return pd.DataFrame({
        "customer_id": align_ids(code.where(code != "", name), name, customers),
        "document_ref": texts(table, "document_ref"), "amount_cents": cents(table, role),
        "ceded_on": dates(table, "ceded_on").fillna(dates(table, "posting_date")),
        "due_date": dates(table, "due_date"), "way": _way(source), "settled_on": dates(table, "settlement_date")})


def _way(source: Source) -> pd.Series:
    """Say how each claim was sold: by its own column, else by the document's title, else by its dates' header."""
    said = fold(texts(source.table, "ceded_way"))
    headers = [mapped.header for mapped in source.columns if mapped.role == "ceded_on"]
    for words in ([*source.title.lines, source.sheet, source.file], headers):
        named = normalise(" ".join(words)).upper()
        said = said.where(said != "", named if _is_named(named) else "")
    discounted, factored = matches(said, DISCOUNTED), matches(said, FACTORED)
    way = np.select([discounted & ~factored, factored & ~discounted], ["discounted", "factored"], "")
    return pd.Series(way, index=source.table.index)


def _is_named(words: str) -> bool:
    one = pd.Series([words])
    return bool(matches(one, DISCOUNTED)[0] or matches(one, FACTORED)[0])
