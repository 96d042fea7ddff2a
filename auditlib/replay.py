"""The receivable at many dates in one sweep, and what happened to each claim."""

import datetime as dt
from dataclasses import dataclass

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
Indices = npt.NDArray[np.int16]
EVENTS = ["settlement", "credit", "other"]
MOVED = 3
"""What a transfer clears is no event of the claim."""


def month_end_balances(
    ledger: Ledger, *, dates: list[dt.date], buckets: tuple[int, ...] = (30, 60, 90), basis: str = "due_date",
    only: npt.NDArray[np.bool_] | None = None,
) -> pd.DataFrame:
    """Return every customer's receivable by bucket at each date, as `open_items` would at each.

    What an allocation takes is owed from the debit's posting to the allocation, what nothing takes from its posting
    on, and ages from bucket to bucket: the changes are summed up, so the cost does not grow with the number of dates.

    Parameters
    ----------
    ledger : Ledger
    dates : list of date
        Rising, none after the ledger's date.
    only : ndarray of bool, shape (n_items,), optional
        Items to count; all of them where absent.

    Returns
    -------
    DataFrame
        month_end (datetime64[s]), customer_id (categorical), bucket (categorical), amount_cents;
        cells other than nil only. [cents, VAT included]
    """
    labels, customers = bucket_labels(buckets), ledger.items["customer_id"].cat.categories
    steps = _steps(ledger, dates, buckets, basis, only)
    balances = np.cumsum(steps, axis=2)[:, :, :-1]
    customer, bucket, at = np.nonzero(balances)
    return pd.DataFrame({
        "month_end": np.array(dates, dtype="datetime64[s]")[at],
        "customer_id": pd.Categorical.from_codes(customer, categories=customers),
        "bucket": pd.Categorical.from_codes(bucket, categories=pd.Index(labels, dtype="str")),
        "amount_cents": balances[customer, bucket, at],
    }, copy=False)


def _steps(
    ledger: Ledger, dates: list[dt.date], buckets: tuple[int, ...], basis: str, only: npt.NDArray[np.bool_] | None,
) -> Ints:
    """Return what changes in each bucket of each customer at each date, shape (customers, buckets, dates + 1)."""
    labels, customers = bucket_labels(buckets), ledger.items["customer_id"].cat
    calendar = _Calendar(dates)
    lives = _lives(ledger, calendar, only)
    due = day_numbers(ledger.items[basis])
    fixed = _fixed_buckets(ledger, due, labels)[lives.item]
    cell = customers.codes.to_numpy()[lives.item].astype(np.int64) * len(labels)
    steps = np.zeros(len(customers.categories) * len(labels) * (len(dates) + 1), dtype=np.int64)
    width = len(dates) + 1

    def add(rows: Ints, bucket: Ints | int, start: Indices, end: Indices) -> None:
        base = (cell[rows] + bucket) * width
        np.add.at(steps, base + start, lives.amount[rows])
        np.subtract.at(steps, base + end, lives.amount[rows])

    apart = np.flatnonzero(fixed >= 0)
    add(apart, fixed[apart].astype(np.int64), lives.start[apart], lives.end[apart])
    dated = np.flatnonzero(fixed < 0)
    start, end, due = lives.start[dated], lives.end[dated], due[lives.item[dated]]
    enter = start
    for number, (_, _, high) in enumerate(bucket_edges(buckets)):
        leave = end if high is None else np.minimum(end, calendar.first(due + (high + 1)))
        stays = np.flatnonzero(enter < leave)
        add(dated[stays], number, enter[stays], leave[stays])
        enter = np.maximum(enter, leave)
    return steps.reshape(len(customers.categories), len(labels), width)


class _Calendar:
    """The dates of a replay: says for any day which date is the first on or after it."""

    def __init__(self, dates: list[dt.date]) -> None:
        days = np.array([day_number(day) for day in dates], dtype=np.int64)
        self.count = len(days)
        self.origin, self.end = (int(days[0]), int(days[-1]) + 1) if len(days) else (0, 0)
        self.table = np.searchsorted(days, np.arange(self.origin, self.end + 1)).astype(np.int16)

    def first(self, days: npt.NDArray[np.int32]) -> Indices:
        """Return the place of the first date on or after each day; the number of dates where there is none."""
        place: Indices = self.table[np.minimum(np.maximum(days, self.origin), self.end) - self.origin]
        return place


@dataclass(frozen=True)
class _Lives:
    """Amounts open from one date of a replay until another: `item` it is part of, `start` ≤ `end`."""

    item: Ints
    start: Indices
    end: Indices
    amount: Ints


def _lives(ledger: Ledger, calendar: _Calendar, only: npt.NDArray[np.bool_] | None) -> _Lives:
    """List what is open at one date at least: what each allocation takes, on both sides, and what nothing takes."""
    allocations = ledger.allocations
    posted = calendar.first(day_numbers(ledger.items["posting_date"]))
    made, amount = calendar.first(day_numbers(allocations["allocation_date"])), allocations["amount_cents"].to_numpy()
    left = ledger.items["amount_cents"].to_numpy().copy()
    parts = []
    for side, sign in (("debit_id", 1), ("credit_id", -1)):
        item = allocations[side].to_numpy()
        np.subtract.at(left, item, amount if sign > 0 else -amount)
        start = posted[item]
        open_ = np.flatnonzero(start != made if only is None else (start != made) & only[item])
        start, end = start[open_], made[open_]
        turned = np.where(start > end, -sign, sign)  # an allocation dated before the posting is owed until then
        parts.append(_Lives(item[open_], np.minimum(start, end), np.maximum(start, end), turned * amount[open_]))
    rest = np.flatnonzero((left != 0) & (posted < calendar.count) & (True if only is None else only))
    parts.append(_Lives(rest, posted[rest], np.full(len(rest), calendar.count, dtype=np.int16), left[rest]))
    return _Lives(np.concatenate([part.item for part in parts]), np.concatenate([part.start for part in parts]),
                  np.concatenate([part.end for part in parts]), np.concatenate([part.amount for part in parts]))


def _fixed_buckets(ledger: Ledger, due: npt.NDArray[np.int32], labels: list[str]) -> npt.NDArray[np.int8]:
    """Return the bucket of the items that have one whatever the date, -1 for those that age."""
    fixed = np.where(due == NO_DAY, labels.index(NO_DUE_DATE), -1).astype(np.int8)
    fixed[ledger.items["is_age_unknown"].to_numpy()] = labels.index(AGE_UNKNOWN)
    fixed[ledger.items["amount_cents"].to_numpy() < 0] = labels.index(UNALLOCATED)
    return fixed


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
    root, kind = roots(items["origin_id"].to_numpy()), items["kind"].cat
    names = kind.categories.astype("str")
    event = np.select(
        [np.isin(names, SETTLEMENT_KINDS), names == "credit_note", names == "reclassification"],
        [EVENTS.index("settlement"), EVENTS.index("credit"), MOVED], EVENTS.index("other"))
    event = event.astype(np.int8)[kind.codes.to_numpy()[allocations["credit_id"].to_numpy()]]
    kept = np.flatnonzero(event != MOVED)
    cleared = pd.DataFrame({
        "root_id": root[allocations["debit_id"].to_numpy()[kept]],
        "event_date": allocations["allocation_date"].to_numpy()[kept],
        "amount_cents": allocations["amount_cents"].to_numpy()[kept], "kind": _events(event[kept])}, copy=False)
    returned = np.flatnonzero((items["kind"] == "unpaid_return").to_numpy() & (items["origin_id"].to_numpy() >= 0))
    undone = pd.DataFrame({
        "root_id": root[returned], "event_date": items["posting_date"].to_numpy()[returned],
        "amount_cents": -items["amount_cents"].to_numpy()[returned],
        "kind": _events(np.zeros(len(returned), dtype=np.int8))})
    concerned = np.zeros(len(root), dtype=bool)
    concerned[root[returned]] = True
    return _undoing_at_most_what_was_paid(cleared, undone, concerned[cleared["root_id"].to_numpy()])


def _events(codes: npt.NDArray[np.int8]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(EVENTS, dtype="str"))


def _undoing_at_most_what_was_paid(
    cleared: pd.DataFrame, undone: pd.DataFrame, concerned: npt.NDArray[np.bool_],
) -> pd.DataFrame:
    """Join payments and returns; a return with fees, or of a payment set against another claim, takes back less.

    `concerned` tells which of the payments are of a claim that has a return.
    """
    if not len(undone):
        return cleared
    touched = concerned & (cleared["kind"] == "settlement").to_numpy()
    paid = pd.concat([cleared[touched], undone], ignore_index=True)
    paid = paid.sort_values(["root_id", "event_date"], kind="stable")
    level = paid.groupby("root_id")["amount_cents"].cumsum()
    floor = level.groupby(paid["root_id"]).cummin().clip(upper=0)
    forgiven = floor - floor.groupby(paid["root_id"]).shift(fill_value=0)
    paid = paid.assign(amount_cents=paid["amount_cents"] - forgiven)
    return pd.concat([cleared[~touched], paid[paid["amount_cents"] != 0]], ignore_index=True)
