"""Disputes and insolvencies, from a column beside the items or from files of their own."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from auditlib.loaders.debtors import align_ids
from auditlib.loaders.instalments import over_parts, whole_invoices
from auditlib.loaders.movements import skip
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import YES, cents, dates, fold, holds, matches, texts
from auditlib.schemas import DISPUTES, INSOLVENCIES, empty, validate

__all__ = ["flagged_disputes", "has_dispute_column", "insolvencies_of", "listed_disputes"]

NO_MOVEMENT = "no item of this reference and customer is loaded; correct the reference, or send the missing items"


def has_dispute_column(sources: Iterable[Source]) -> bool:
    """Tell whether the items say which of them are disputed."""
    return any(holds(source.table, role) for source in sources for role in ("disputed", "dispute_reason"))


def flagged_disputes(movements: pd.DataFrame) -> pd.DataFrame:
    """Return the disputes a yes/no column (else a reason) states on the items; a dispute covers the whole open amount.

    Parameters
    ----------
    movements : DataFrame
        With ``movement_id, disputed, dispute_reason, owner`` and the dates of the dispute where the file has them.
    """
    said = matches(movements["disputed"], YES)
    by_reason = (movements["disputed"] == "").to_numpy() & (movements["dispute_reason"] != "").to_numpy()
    rows = movements[(said | by_reason) & (movements["amount_cents"] > 0).to_numpy()]
    return validate(pd.DataFrame({
        "movement_id": rows["movement_id"], "amount_cents": rows["amount_cents"],
        "opened_on": dates(rows, "dispute_opened_on"), "closed_on": dates(rows, "dispute_closed_on"),
        "reason": rows["dispute_reason"], "owner": rows["owner"]}), DISPUTES)


def listed_disputes(
    source: Source, movements: pd.DataFrame, customers: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Match a list of disputes to the items by reference, and customer where the list names it.

    Returns
    -------
    disputes : DataFrame
        `schemas.DISPUTES`.
    rejected : DataFrame
        Rows that match no item, with the reason.
    """
    table = source.table
    listed = pd.DataFrame(
        {
            "row": np.arange(len(table)),
            "reference": fold(texts(table, "document_ref")).str.replace(" ", ""),
            "customer": align_ids(
                texts(table, "customer_id").where(lambda found: found != "", texts(table, "customer_name")),
                texts(table, "customer_name"),
                customers,
            ),
        }
    )
    items = whole_invoices(movements)[["movement_id", "customer_id", "document_ref", "amount_cents", "kind"]]
    items = items.assign(
        reference=fold(items["document_ref"]).str.replace(" ", ""), rank=items["kind"].astype("str").ne("invoice")
    )
    pairs = listed[listed["reference"] != ""].merge(items[items["reference"] != ""], on="reference")
    pairs = pairs[(pairs["customer"] == "") | (pairs["customer"] == pairs["customer_id"].astype("str"))]
    pairs = pairs.sort_values(["row", "rank", "amount_cents"], ascending=[True, True, False]).drop_duplicates("row")
    found = table.iloc[pairs["row"].to_numpy()].reset_index(drop=True)
    amount = cents(found, "open_amount_cents" if "open_amount_cents" in found else "amount_cents")
    disputes = pd.DataFrame(
        {
            "movement_id": pairs["movement_id"].to_numpy(),
            "amount_cents": amount.where(amount > 0, pairs["amount_cents"].to_numpy()),
            "opened_on": dates(found, "dispute_opened_on").fillna(dates(found, "document_date")),
            "closed_on": dates(found, "dispute_closed_on"),
            "reason": texts(found, "dispute_reason"),
            "owner": texts(found, "owner"),
        }
    )
    unmatched = np.setdiff1d(listed["row"].to_numpy(), pairs["row"].to_numpy())
    return validate(over_parts(disputes, movements), DISPUTES), skip(table.iloc[unmatched], "rejected", NO_MOVEMENT)


def insolvencies_of(sources: Iterable[Source], customers: pd.DataFrame) -> pd.DataFrame:
    """Return the insolvency procedures the files state, customers named as the items name them."""
    found = [_insolvencies(source.table, customers) for source in sources if holds(source.table, "insolvency_procedure")
             or holds(source.table, "judgment_date")]
    if not found:
        return empty(INSOLVENCIES)
    return validate(pd.concat(found, ignore_index=True).drop_duplicates(), INSOLVENCIES)


def _insolvencies(table: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    procedure = texts(table, "insolvency_procedure")
    none = (
        matches(procedure, r"^(?:non?|n[ée]ant|aucune?|0|-|none|in bonis)?$")
        & dates(table, "judgment_date").isna().to_numpy()
    )
    rows = table[~none]
    name = texts(rows, "customer_name")
    code = texts(rows, "customer_id")
    return pd.DataFrame(
        {
            "customer_id": align_ids(code.where(code != "", name), name, customers),
            "procedure": texts(rows, "insolvency_procedure"),
            "judgment_date": dates(rows, "judgment_date"),
            "publication_date": dates(rows, "publication_date"),
            "claim_declared_on": dates(rows, "claim_declared_on"),
        }
    )
