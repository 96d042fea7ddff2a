"""The receivable at many dates in one sweep, and what happened to each claim."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, UNALLOCATED, bucket_edges, bucket_labels
from auditlib.dates import NO_DAY, day_number, day_numbers
from auditlib.ledger import Ledger
from auditlib.schemas import SETTLEMENT_KINDS
from auditlib.statuses import roots

__all__ = ["claims", "month_end_balances"]

Ints = npt.NDArray[np.int64]


def month_end_balances(
    ledger: Ledger, *, dates: list[dt.date], buckets: tuple[int, ...] = (30, 60, 90), basis: str = "due_date",
) -> pd.DataFrame:
    """Return every customer's receivable by bucket at each date, as `open_items` would at each.

    An item adds its amount from its posting on, an allocation takes its own away from its date on,
    both in the bucket the debit is in at each date: the cost does not grow with the number of dates.

    Parameters
    ----------
    ledger : Ledger
    dates : list of date
        Rising, none after the ledger's date.

    Returns
    -------
    DataFrame
        month_end (datetime64[s]), customer_id (categorical), bucket (categorical), amount_cents;
        cells other than nil only. [cents, VAT included]
    """
    labels, customers = bucket_labels(buckets), ledger.items["customer_id"].cat.categories
    moves = _moves(ledger, basis)
    steps = np.zeros((len(customers) * len(labels), len(dates) + 1), dtype=np.int64)
    sweep = _Sweep(steps, np.array([day_number(day) for day in dates]), len(labels))
    dated = moves["fixed"] == ""
    for number, (_, low, high) in enumerate(bucket_edges(buckets)):
        sweep.add(moves[dated], number, low, high)
    for label in (NO_DUE_DATE, AGE_UNKNOWN, UNALLOCATED):
        sweep.add(moves[moves["fixed"] == label], labels.index(label), None, None)
    balances = np.cumsum(steps[:, :-1], axis=1).reshape(len(customers), len(labels), len(dates))
    customer, bucket, at = np.nonzero(balances)
    return pd.DataFrame({
        "month_end": np.array(dates, dtype="datetime64[s]")[at],
        "customer_id": pd.Categorical.from_codes(customer, categories=customers),
        "bucket": pd.Categorical.from_codes(bucket, categories=pd.Index(labels, dtype="str")),
        "amount_cents": balances[customer, bucket, at],
    })


class _Sweep:
    """Changes of each (customer, bucket) cell at each date, summed up afterwards."""

    def __init__(self, steps: Ints, days: Ints, n_buckets: int) -> None:
        self.steps, self.days, self.n_buckets = steps, days, n_buckets

    def add(self, moves: pd.DataFrame, bucket: int, low: int | None, high: int | None) -> None:
        """Put amounts in a bucket from the day it is entered to the day it is left."""
        due = moves["due"].to_numpy()
        start = moves["start"].to_numpy()
        enter = self._first_date(start if low is None else np.maximum(start, due + low))
        leave = np.full(len(moves), len(self.days)) if high is None else self._first_date(due + high + 1)
        stays = enter < leave
        cell = moves["customer"].to_numpy()[stays] * self.n_buckets + bucket
        amount = moves["amount"].to_numpy()[stays]
        np.add.at(self.steps, (cell, enter[stays]), amount)
        np.subtract.at(self.steps, (cell, leave[stays]), amount)

    def _first_date(self, day: Ints) -> Ints:
        return np.searchsorted(self.days, day, side="left")


def _moves(ledger: Ledger, basis: str) -> pd.DataFrame:
    """List what changes residuals: start day, amount, and the due day or fixed bucket that ages it."""
    items, allocations = ledger.items, ledger.allocations
    due, credit = day_numbers(items[basis]).astype(np.int64), items["amount_cents"].to_numpy() < 0
    fixed = np.select(
        [credit, items["is_age_unknown"].to_numpy(), due == NO_DAY], [UNALLOCATED, AGE_UNKNOWN, NO_DUE_DATE], "")
    of_items = pd.DataFrame({
        "customer": items["customer_id"].cat.codes.to_numpy().astype(np.int64), "due": due, "fixed": fixed,
        "start": day_numbers(items["posting_date"]).astype(np.int64), "amount": items["amount_cents"].to_numpy()})
    made = day_numbers(allocations["allocation_date"]).astype(np.int64)
    amount = allocations["amount_cents"].to_numpy()
    sides = [
        of_items.iloc[allocations[side].to_numpy()].assign(start=made, amount=sign * amount)
        for side, sign in (("debit_id", -1), ("credit_id", 1))]
    return pd.concat([of_items, *sides], ignore_index=True)


def claims(ledger: Ledger) -> pd.DataFrame:
    """List what cleared each claim, its transfers and returns followed through.

    Returns
    -------
    DataFrame
        root_id (item the claim started as), event_date, amount_cents, kind: ``settlement`` (negative
        from the day a return undoes it), ``credit`` (credit note) or ``other`` (write-off…). A
        transfer to 413 or 416 is no event: what clears the carrying item counts for its root.

    References
    ----------
    INDICATORS.md 1 (settlement; reclassification, unpaid_return).
    """
    items, allocations = ledger.items, ledger.allocations
    root, kind = roots(items["origin_id"].to_numpy()), items["kind"].astype("str").to_numpy(dtype=object)
    by = kind[allocations["credit_id"].to_numpy()]
    event = np.select(
        [np.isin(by, SETTLEMENT_KINDS), by == "credit_note", by == "reclassification"],
        ["settlement", "credit", "moved"], "other")
    cleared = pd.DataFrame({
        "root_id": root[allocations["debit_id"].to_numpy()], "event_date": allocations["allocation_date"].to_numpy(),
        "amount_cents": allocations["amount_cents"].to_numpy(), "kind": event})
    returned = np.flatnonzero((kind == "unpaid_return") & (items["origin_id"].to_numpy() >= 0))
    undone = pd.DataFrame({
        "root_id": root[returned], "event_date": items["posting_date"].to_numpy()[returned],
        "amount_cents": -items["amount_cents"].to_numpy()[returned], "kind": "settlement"})
    return _undoing_at_most_what_was_paid(cleared[cleared["kind"] != "moved"], undone)


def _undoing_at_most_what_was_paid(cleared: pd.DataFrame, undone: pd.DataFrame) -> pd.DataFrame:
    """Join payments and returns; a return with fees, or of a payment set against another claim, takes back less."""
    touched = (cleared["kind"] == "settlement") & cleared["root_id"].isin(undone["root_id"])
    paid = pd.concat([cleared[touched], undone], ignore_index=True)
    paid = paid.sort_values(["root_id", "event_date"], kind="stable")
    level = paid.groupby("root_id")["amount_cents"].cumsum()
    floor = level.groupby(paid["root_id"]).cummin().clip(upper=0)
    forgiven = floor - floor.groupby(paid["root_id"]).shift(fill_value=0)
    paid = paid.assign(amount_cents=paid["amount_cents"] - forgiven)
    return pd.concat([cleared[~touched], paid[paid["amount_cents"] != 0]], ignore_index=True)
