"""Subsequent receipts: how much of the receivable was settled after its date (INDICATORS.md 4)."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.ledger import Ledger
from auditlib.open_items import residuals
from auditlib.replay import claims
from auditlib.statuses import roots

__all__ = ["HORIZONS", "Subsequent", "subsequent_receipts"]

HORIZONS = (30, 60)
"""[days after the as-of date]"""
KEPT = ("customer_id", "kind", "document_ref", "document_date", "due_date", "account", "source_file", "source_sheet",
        "source_row")


@dataclass(frozen=True)
class Subsequent:
    """What became of the receivable of a date.

    Attributes
    ----------
    receivable_cents : int
        At the date. [cents, VAT included]
    settled_cents : dict of int to int
        Settled by each horizon the documents reach. [cents, VAT included]
    unsettled : DataFrame
        The claims that the last horizon leaves unsettled, the largest first: where they come from,
        ``residual_cents`` at the date, ``settled_cents`` and ``other_cents`` (credit notes, write-offs) since, and
        ``left_cents`` = residual less settled. [cents, VAT included]
    """

    receivable_cents: int
    settled_cents: dict[int, int]
    unsettled: pd.DataFrame


def subsequent_receipts(ledger: Ledger, *, as_of_date: dt.date, known_until: dt.date) -> Subsequent:
    """Follow the receivable of a date through what was posted afterwards.

    Settlements only: a credit note or a write-off settles nothing, and a payment that came back no longer counts.

    Parameters
    ----------
    ledger : Ledger
        Of a later date than `as_of_date`.
    as_of_date : date
    known_until : date
        Last day the documents cover.
    """
    left = residuals(ledger, as_of_date=as_of_date)
    root = roots(ledger.items["origin_id"].to_numpy())
    owed = np.zeros(len(left), dtype=np.int64)
    np.add.at(owed, root, np.maximum(left, 0))
    events = claims(ledger)
    events = events[events["event_date"] > pd.Timestamp(as_of_date)]
    reached = [days for days in HORIZONS if as_of_date + dt.timedelta(days=days) <= known_until]
    settled = {days: _by_root(events, "settlement", as_of_date + dt.timedelta(days=days), owed) for days in reached}
    table = pd.DataFrame()
    if reached:
        last = as_of_date + dt.timedelta(days=reached[-1])
        other = sum(_by_root(events, kind, last, owed) for kind in ("credit", "other"))
        table = _unsettled(ledger.items, owed, settled[reached[-1]], np.minimum(other, owed - settled[reached[-1]]))
    return Subsequent(int(left.sum()), {days: int(paid.sum()) for days, paid in settled.items()}, table)


def _by_root(
    events: pd.DataFrame, kind: str, last: dt.date, owed: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """Return what one kind of event cleared of each claim by a day, never more than was owed [cents]."""
    counted = events[(events["kind"] == kind) & (events["event_date"] <= pd.Timestamp(last))]
    cleared = np.zeros(len(owed), dtype=np.int64)
    np.add.at(cleared, counted["root_id"].to_numpy(), counted["amount_cents"].to_numpy())
    return np.clip(cleared, 0, owed)


def _unsettled(
    items: pd.DataFrame, owed: npt.NDArray[np.int64], settled: npt.NDArray[np.int64], other: npt.NDArray[np.int64],
) -> pd.DataFrame:
    rows = np.flatnonzero(owed > settled)
    table = items[list(KEPT)].iloc[rows].reset_index(drop=True).assign(
        residual_cents=owed[rows], settled_cents=settled[rows], other_cents=other[rows],
        left_cents=(owed - settled)[rows])
    return table.sort_values("left_cents", ascending=False, kind="stable").reset_index(drop=True)
