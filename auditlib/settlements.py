"""What was paid on each claim, when, and how surely; payments that were returned no longer count."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_numbers
from auditlib.ledger import Ledger
from auditlib.ordering import row_order
from auditlib.parallel import each
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
    root = roots(ledger.items["origin_id"].to_numpy())
    paid, returned = _paid(ledger, root), _returned(ledger, root)
    left = paid["amount_cents"].to_numpy()
    if len(returned):
        concerned = np.zeros(len(root), dtype=bool)
        concerned[returned["root_id"].to_numpy()] = True
        left = _left_standing(paid, returned, concerned=concerned)
    order = _by_claim(paid)
    if not (left > 0).all():
        order = order[left[order] > 0]
    columns = {**{name: paid[name].to_numpy() for name in paid.columns}, "amount_cents": left}
    taken = each(lambda values: values[order], list(columns.values()))
    return pd.DataFrame(dict(zip(columns, taken, strict=True)), copy=False)


def _left_standing(
    paid: pd.DataFrame, returned: pd.DataFrame, *, concerned: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """Return what is left of each payment once returns have undone the latest; only claims that have one are looked at.

    Parameters
    ----------
    paid, returned : DataFrame
    concerned : ndarray of bool
        By item: whether it is a claim with a return.
    """
    left = paid["amount_cents"].to_numpy().copy()
    few = np.flatnonzero(concerned[paid["root_id"].to_numpy()])
    events = pd.concat([paid.iloc[few], returned], ignore_index=True)
    order = _by_claim(events)
    stands = np.zeros(len(events), dtype=np.int64)
    stands[order] = standing(events["amount_cents"].iloc[order], root=events["root_id"].iloc[order])
    left[few] = stands[:len(few)]
    return left


def _by_claim(events: pd.DataFrame) -> npt.NDArray[np.int64]:
    return row_order(events["root_id"].to_numpy(), day_numbers(events["event_date"]))


def _paid(ledger: Ledger, root: npt.NDArray[np.int64]) -> pd.DataFrame:
    items, made, kind = ledger.items, ledger.allocations, ledger.items["kind"].cat
    settling = np.isin(kind.categories.astype("str"), SETTLEMENT_KINDS)
    rows = np.flatnonzero(settling[kind.codes.to_numpy()[made["credit_id"].to_numpy()]])
    made = made.take(rows)
    credit = made["credit_id"].to_numpy()
    day = items["document_date"].fillna(items["posting_date"]).to_numpy()
    return pd.DataFrame({
        "root_id": root[made["debit_id"].to_numpy()], "event_date": made["allocation_date"].to_numpy(),
        "settlement_date": day[credit], "amount_cents": made["amount_cents"].to_numpy(),
        "is_inferred": (made["method"] == "fifo").to_numpy() | items["kind_inferred"].to_numpy()[credit],
        "credit_id": credit}, copy=False)


def _returned(ledger: Ledger, root: npt.NDArray[np.int64]) -> pd.DataFrame:
    items = ledger.items
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
