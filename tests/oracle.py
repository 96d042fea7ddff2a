"""The receivable as of any date, worked with plain loops: the engine's second opinion.

Nothing here imports the package. Amounts are int cents, dates `datetime.date`, rates `Fraction`.
Definitions: INDICATORS.md 1 to 3. `oracle_matching` says what clears what; `oracle_measures` makes the indicators.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tests.oracle_matching import (
    CARRIERS,
    Matching,
    Row,
    coverage_of,
    fiscal_year,
    normalised,
    posting_order,
    quoted,
    references,
)

__all__ = [
    "AGE_UNKNOWN",
    "NO_DUE_DATE",
    "Allocation",
    "Event",
    "Item",
    "Ledger",
    "Row",
    "balances",
    "bucket_of",
    "build",
    "events",
    "open_amounts",
    "root_of",
    "shifted",
]

SETTLEMENTS = ("receipt", "set_off", "deposit_applied", "discount")
AGE_UNKNOWN, NO_DUE_DATE, UNALLOCATED = "age_unknown", "no_due_date", "unallocated_credits"


@dataclass(frozen=True)
class Item:
    """A movement, or the part of it that carries one claim on; `origin` is the position of that claim's item."""

    row: Row
    amount: int
    document_date: dt.date | None
    due: dt.date | None
    origin: int | None = None
    age_unknown: bool = False


@dataclass(frozen=True)
class Allocation:
    debit: int
    credit: int
    amount: int
    day: dt.date
    method: str


@dataclass(frozen=True)
class Event:
    """What cleared a claim, or undid it: a settlement, a credit or other; `received` is the payment's own date."""

    root: int
    day: dt.date
    amount: int
    kind: str
    received: dt.date


@dataclass
class Ledger:
    """Items in posting order by customer, allocations between their positions."""

    as_of: dt.date
    applied: str
    coverage: Fraction | None
    items: list[Item] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)


def build(
    rows: Iterable[Row],
    as_of: dt.date,
    method: str = "auto",
    fiscal_year_end: tuple[int, int] = (12, 31),
    threshold: Fraction = Fraction(8, 10),
) -> Ledger:
    """Match everything posted by `as_of` and carry transferred and returned claims on."""
    kept = [r for r in rows if r.posted <= as_of]
    coverage = coverage_of(kept, as_of)
    applied = method if method != "auto" else "codes" if coverage is not None and coverage >= threshold else "all"
    ledger = Ledger(as_of, applied, coverage)
    first_year = min(fiscal_year(r.posted, fiscal_year_end) for r in kept)
    lumps = lump_openings(kept)
    for customer, currency in sorted({(r.customer, r.currency) for r in kept}):
        account = Matching(r for r in kept if (r.customer, r.currency) == (customer, currency))
        account.by_codes(fiscal_year_end, first_year)
        if applied == "all":
            account.by_reference()
            account.by_exact_amount()
            account.by_age()
        add_items(ledger, account, lumps)
    return ledger


# --- claims carried on

Cleared = tuple[int, Row, int, dt.date, str]
"""Position of the debit's item, credit, amount, day and method."""


def lump_openings(rows: Sequence[Row]) -> set[int]:
    """Return the balances brought forward that do not say what they are made of."""
    openings = [r for r in rows if r.kind == "opening"]
    shared = {r.document_date for r in openings if not r.ref}
    alike = len(openings) > 1 and len(shared) == 1
    return {
        r.id
        for r in openings
        if r.due is None and (r.document_date is None or r.document_date >= r.posted or (alike and not r.ref))
    }


def add_items(ledger: Ledger, account: Matching, lumps: set[int]) -> None:
    """Turn a customer's rows into items, one for each claim a transfer or a return carries on."""
    known = references(account.rows)
    places: dict[int, list[int]] = {}
    taken: dict[int, int] = defaultdict(int)
    undone: dict[int, int] = defaultdict(int)
    cleared: list[Allocation] = []
    on = defaultdict(list)
    for debit, credit, amount, method in account.made:
        on[debit.id].append((credit, amount, method, max(debit.posted, credit.posted)))
    pending: list[Cleared] = []
    for row in account.rows:
        start = len(ledger.items)
        if row.kind in CARRIERS and row.amount > 0:
            ledger.items += pieces_of(
                row, ledger.items, [i for p in places.values() for i in p], known, pending, taken, undone
            )
        else:
            ledger.items.append(Item(row, row.amount, row.document_date, row.due, None, row.id in lumps))
        places[row.id] = list(range(start, len(ledger.items)))
        left = {place: ledger.items[place].amount for place in places[row.id]}
        for credit, amount, method, day in sorted(on[row.id], key=lambda c: posting_order(c[0])):
            for place in places[row.id]:
                part = min(amount, left[place])
                if part > 0:
                    left[place] -= part
                    amount -= part  # noqa: PLW2901 (what is left of this allocation)
                    pending.append((place, credit, part, day, method))
    for place, credit, part, day, method in pending:
        cleared.append(Allocation(place, places[credit.id][0], part, day, method))
    ledger.allocations += cleared


def pieces_of(
    row: Row,
    items: Sequence[Item],
    places: Sequence[int],
    known: set[str],
    cleared: list[Cleared],
    taken: dict[int, int],
    undone: dict[int, int],
) -> list[Item]:
    """Find what a transfer or a return carries on: by reference, then amount, then the oldest."""
    returned = row.kind == "unpaid_return"
    free: dict[int, int] = {}
    for place in places:
        if items[place].amount < 0:
            continue
        if returned:
            settled = sum(
                a for p, c, a, day, _ in cleared if p == place and day <= row.posted and c.kind in SETTLEMENTS
            )
            free[place] = settled - undone[place]
        else:
            gone = sum(
                a for p, c, a, day, _ in cleared if p == place and day <= row.posted and c.kind != "reclassification"
            )
            free[place] = items[place].amount - gone - taken[place]
    wanted = quoted(row) & known
    named = [p for p in free if normalised(items[p].row.ref) in wanted or root_reference(items, p) in wanted]
    alike = [p for p in free if free[p] == row.amount]
    chosen: list[tuple[int | None, int]]
    if named:
        chosen = spread(row.amount, [p for p in named if free[p] > 0] or named[-1:], free, rest_to_last=True)
    elif alike:
        chosen = [(alike[0], row.amount)]
    else:
        chosen = spread(row.amount, [p for p in free if free[p] > 0], free, rest_to_last=False)
    for origin, amount in chosen:
        if origin is not None:
            (undone if returned else taken)[origin] += amount
    return [carried(row, items, origin, amount) for origin, amount in chosen]


def root_reference(items: Sequence[Item], place: int) -> str:
    origin = items[place].origin
    while origin is not None:
        place, origin = origin, items[origin].origin
    return normalised(items[place].row.ref)


def spread(
    amount: int, places: Sequence[int], free: dict[int, int], *, rest_to_last: bool
) -> list[tuple[int | None, int]]:
    chosen: list[tuple[int | None, int]] = []
    for place in places:
        part = min(amount, max(free[place], 0))
        if part:
            chosen.append((place, part))
            amount -= part
    if amount and rest_to_last:
        last, part = chosen.pop() if chosen else (places[-1], 0)
        chosen.append((last, part + amount))
    elif amount:
        chosen.append((None, amount))
    return chosen


def carried(row: Row, items: Sequence[Item], place: int | None, amount: int) -> Item:
    if place is None:
        return Item(row, amount, row.document_date, row.due, None, age_unknown=True)
    origin = items[place]
    due = row.due if row.account.startswith("413") and row.due else origin.due
    return Item(row, amount, origin.document_date, due, place, origin.age_unknown and due is None)


# --- states at a date


def open_amounts(ledger: Ledger, day: dt.date) -> dict[int, int]:
    """Return the residual of each item posted by `day`, nil ones included."""
    left = {n: item.amount for n, item in enumerate(ledger.items) if item.row.posted <= day}
    for made in ledger.allocations:
        if made.day <= day:
            left[made.debit] -= made.amount
            left[made.credit] += made.amount
    return left


def bucket_of(item: Item, day: dt.date, limits: Sequence[int] = (30, 60, 90)) -> str:
    if item.amount < 0:
        return UNALLOCATED
    if item.age_unknown:
        return AGE_UNKNOWN
    if item.due is None:
        return NO_DUE_DATE
    late = (day - item.due).days
    if late <= 0:
        return "not_due"
    first = 1
    for limit in limits:
        if late <= limit:
            return f"{first}-{limit}"
        first = limit + 1
    return f">{limits[-1]}"


def balances(ledger: Ledger, day: dt.date, limits: Sequence[int] = (30, 60, 90)) -> dict[tuple[str, str], int]:
    """Return every customer's balance by bucket, nil cells left out."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for n, left in open_amounts(ledger, day).items():
        found[ledger.items[n].row.customer, bucket_of(ledger.items[n], day, limits)] += left
    return {key: amount for key, amount in found.items() if amount}


def root_of(ledger: Ledger, place: int) -> int:
    origin = ledger.items[place].origin
    while origin is not None:
        place, origin = origin, ledger.items[origin].origin
    return place


def events(ledger: Ledger) -> list[Event]:
    """List what cleared each claim; a return takes back what was settled, from its own posting on."""
    found = []
    for made in ledger.allocations:
        credit = ledger.items[made.credit].row
        kind = credit.kind
        if kind != "reclassification":
            word = "settlement" if kind in SETTLEMENTS else "credit" if kind == "credit_note" else "other"
            found.append(
                Event(root_of(ledger, made.debit), made.day, made.amount, word, credit.document_date or credit.posted)
            )
    for n, item in enumerate(ledger.items):
        if item.row.kind == "unpaid_return" and item.origin is not None:
            root = root_of(ledger, n)
            settled = sum(
                e.amount for e in found if e.root == root and e.kind == "settlement" and e.day <= item.row.posted
            )
            if settled > 0:
                found.append(Event(root, item.row.posted, -min(settled, item.amount), "settlement", item.row.posted))
    return found


def shifted(rows: Iterable[Row], days: int) -> list[Row]:
    """Move every date of every row by the same number of days."""

    def move(day: dt.date | None) -> dt.date | None:
        return day and day + dt.timedelta(days=days)

    return [
        replace(
            r,
            posted=r.posted + dt.timedelta(days=days),
            document_date=move(r.document_date),
            due=move(r.due),
            matching_date=move(r.matching_date),
        )
        for r in rows
    ]
