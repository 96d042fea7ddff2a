"""What the auditor picks his corrections from: the matches proposed, then the open items, as their rows have them."""

import numpy as np
import pandas as pd

from auditlib.adjustments import Adjusted
from auditlib.adjustments.targets import designation
from auditlib.ledger import Ledger
from auditlib.open_items import residuals

__all__ = ["adjustment_picks"]

COPIED = ["source_file", "source_sheet", "source_row", "customer_id", "document_ref", "due_date", "amount_cents"]
SHOWN = ["kind", "document_date", "label", "currency"]


def adjustment_picks(corrected: Adjusted, *, movements: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """List the proposed matches and the open items, in the columns of a correction.

    Parameters
    ----------
    corrected : Adjusted
    movements : DataFrame
        `schemas.MOVEMENTS` as loaded, without corrections: what a correction is held against.
    ledger : Ledger
        Of the corrected documents.

    Returns
    -------
    DataFrame
        Matches first, then items by what is left of them, the largest first: ``change`` ("" for an item),
        ``source_file`` to ``amount_cents`` of the item as loaded, ``new_value`` (what is matched with it), ``name``,
        ``kind``, ``document_date``, ``label``, ``currency`` and ``open_cents`` (what would be matched, or is left).
    """
    names = corrected.intake.customers.set_index("customer_id")["name"]
    listed = pd.concat([_proposed(corrected, movements, ledger), _open(corrected, movements, ledger)],
                       ignore_index=True)
    return listed.assign(name=listed["customer_id"].astype("str").map(names).fillna("").astype("str"))


def _proposed(corrected: Adjusted, movements: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    proposals = ledger.matching.proposals
    # Matching counts movements in posting order; an item that is one of several claims stands for its movement once.
    order = corrected.places[ledger.items["movement_id"].drop_duplicates().to_numpy()]
    credit = _rows(movements, order[proposals["credit_id"].to_numpy()])
    debit = _rows(movements, order[proposals["debit_id"].to_numpy()])
    return credit.assign(
        change="accept_match", new_value=[designation(item) for item in debit.to_dict("records")],
        open_cents=proposals["amount_cents"].to_numpy())


def _open(corrected: Adjusted, movements: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    left = pd.Series(residuals(ledger)).groupby(ledger.items["movement_id"].to_numpy()).sum()
    left = left[left != 0]
    left = left.iloc[np.argsort(-left.abs().to_numpy(), kind="stable")]
    items = _rows(movements, corrected.places[left.index.to_numpy()])
    return items.assign(change="", new_value="", open_cents=left.to_numpy())


def _rows(movements: pd.DataFrame, places: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pd.DataFrame:
    return movements[[*COPIED, *SHOWN]].take(places).reset_index(drop=True)
