"""Promises to pay, from the lists that debt collectors keep: who promised what, on which day, for which day."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from auditlib.loaders.debtors import align_ids
from auditlib.loaders.movements import skip
from auditlib.loaders.named_items import items_named
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import cents, dates, texts
from auditlib.schemas import PROMISES, empty, validate

__all__ = ["REFUSALS", "listed_promises", "promises_of"]

REFUSALS = {
    "no_day": "the day the payment is promised for is missing or cannot be read",
    "backwards": "the payment is promised for a day before that of the promise",
    "no_item": "no item of this reference and customer is loaded; correct the reference, or send the missing items",
    "no_customer": "no customer of the items has this code or name",
    "no_amount": "no amount above nil is promised, and no item is named to take it from",
}
"""Why a row is no promise: the first that applies."""


def listed_promises(
    sources: Sequence[Source], numbers: Mapping[int, int], *, movements: pd.DataFrame, customers: pd.DataFrame,
) -> tuple[pd.DataFrame, dict[int, list[pd.DataFrame]]]:
    """Read lists of promises; a promise names an item by its reference, or a customer and an amount.

    Parameters
    ----------
    sources : sequence of Source
        Of kind promises.
    numbers : mapping of int to int
        Place of each source, by its ``id``.
    movements : DataFrame
        ``movement_id``, ``customer_id``, ``document_ref``, ``amount_cents`` and ``kind``.
    customers : DataFrame, schema CUSTOMERS

    Returns
    -------
    promises : DataFrame
        `schemas.PROMISES`; the amount is that of the item where the list gives none. [cents, VAT included]
    refused : dict of int to list of DataFrame
        Rows refused, with the reason, by place of the source.
    """
    read, refused = [], {}
    for source in sources:
        promises, reason = promises_of(source.table, movements, customers)
        read.append(promises[reason == ""])
        refused[numbers[id(source)]] = [
            skip(source.table[reason == why], "rejected", REFUSALS[why]) for why in REFUSALS if (reason == why).any()]
    found = validate(pd.concat(read, ignore_index=True), PROMISES) if read else empty(PROMISES)
    return found[list(PROMISES.columns)], refused


def promises_of(
    table: pd.DataFrame, movements: pd.DataFrame, customers: pd.DataFrame,
) -> tuple[pd.DataFrame, np.ndarray[tuple[int], np.dtype[np.object_]]]:
    """Return what each row of a table promises, and why it is none: a key of `REFUSALS`, "" where it is one."""
    name, code = texts(table, "customer_name"), texts(table, "customer_id")
    customer = align_ids(code.where(code != "", name), name, customers).to_numpy(dtype=object)
    row = items_named(table, customer, movements)
    known = row >= 0
    items = movements.iloc[np.maximum(row, 0)] if len(movements) else movements.reindex(np.maximum(row, 0))
    said = cents(table, "open_amount_cents" if "open_amount_cents" in table else "amount_cents").to_numpy()
    amount = np.where((said <= 0) & known, items["amount_cents"].fillna(0).to_numpy(dtype=np.int64), said)
    who = np.where(known, items["customer_id"].astype("str").to_numpy(dtype=object), customer)
    made, promised = dates(table, "promise_made_on"), dates(table, "promised_on")
    why = np.select(
        [promised.isna().to_numpy(), (promised < made).to_numpy(),
         (texts(table, "document_ref") != "").to_numpy() & ~known,
         ~np.isin(who.astype(str), customers["customer_id"].to_numpy(dtype=str)), amount <= 0],
        list(REFUSALS), "").astype(object)
    return pd.DataFrame({
        "customer_id": who, "movement_id": np.where(known, items["movement_id"].fillna(-1).to_numpy(), -1),
        "amount_cents": amount, "made_on": made.to_numpy(), "promised_on": promised.to_numpy()}), why
