"""What was paid on each claim, when, and how surely; payments that were returned no longer count."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.ledger import Ledger
from auditlib.schemas import SETTLEMENT_KINDS
from auditlib.statuses import roots

__all__ = ["settlements", "standing"]


def settlements(ledger: Ledger) -> pd.DataFrame:
    """List the settlements of each claim that still stand at the ledger's date.

    Returns
    -------
    DataFrame
        ``root_id`` (item the claim started as), ``event_date`` (of the allocation), ``settlement_date`` (of the
        receipt itself), ``amount_cents`` > 0 [cents, VAT included], ``is_inferred`` (allocated by fifo, or a kind that
        was inferred), ``credit_id`` (item that settles).

    References
    ----------
    INDICATORS.md 1: settlement; a settlement that a return undoes stops counting.
    """
    paid, returned = _paid(ledger), _returned(ledger)
    events = pd.concat([paid, returned], ignore_index=True)
    events = events.sort_values(["root_id", "event_date"], kind="stable").reset_index(drop=True)
    left = standing(events["amount_cents"], root=events["root_id"])
    return events.assign(amount_cents=left)[left > 0].reset_index(drop=True)


def _paid(ledger: Ledger) -> pd.DataFrame:
    items, root = ledger.items, roots(ledger.items["origin_id"].to_numpy())
    kind, inferred = items["kind"].astype("str").to_numpy(), items["kind_inferred"].to_numpy()
    settling = np.isin(kind[ledger.allocations["credit_id"].to_numpy()], SETTLEMENT_KINDS)
    made = ledger.allocations[settling]
    credit = made["credit_id"].to_numpy()
    day = items["document_date"].fillna(items["posting_date"]).to_numpy()
    return pd.DataFrame({
        "root_id": root[made["debit_id"].to_numpy()], "event_date": made["allocation_date"].to_numpy(),
        "settlement_date": day[credit], "amount_cents": made["amount_cents"].to_numpy(),
        "is_inferred": (made["method"] == "fifo").to_numpy() | inferred[credit], "credit_id": credit})


def _returned(ledger: Ledger) -> pd.DataFrame:
    items, root = ledger.items, roots(ledger.items["origin_id"].to_numpy())
    rows = np.flatnonzero((items["kind"] == "unpaid_return").to_numpy() & (items["origin_id"].to_numpy() >= 0))
    day = items["posting_date"].to_numpy()[rows]
    return pd.DataFrame({"root_id": root[rows], "event_date": day, "settlement_date": day,
                         "amount_cents": -items["amount_cents"].to_numpy()[rows],
                         "is_inferred": np.zeros(len(rows), dtype=bool), "credit_id": rows})


def standing(amounts: pd.Series, *, root: pd.Series) -> npt.NDArray[np.int64]:
    """Return how much of each settlement no later return undoes, the latest settlement undone first.

    Parameters
    ----------
    amounts : Series of int64
        Settlements (> 0) and returns (< 0), each claim's in order of date. [cents]
    root : Series
        The claim of each.

    Returns
    -------
    ndarray of int64
        Nil for the returns themselves. [cents]
    """
    level = amounts.groupby(root).cumsum()
    lowest_since = level[::-1].groupby(root[::-1]).cummin()[::-1]
    left: npt.NDArray[np.int64] = np.minimum((lowest_since - (level - amounts)).to_numpy(), amounts.to_numpy())
    return np.maximum(left, 0)
