"""The receivable as of any date, worked with plain loops: the engine's second opinion.

Nothing here imports the package. Amounts are int cents, dates `datetime.date`, rates `Fraction`.
Definitions: INDICATORS.md 1 to 3; the measures made from this ledger are in `oracle_measures`.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

__all__ = [
    "AGE_UNKNOWN", "Allocation", "Event", "Item", "Ledger", "Row", "balances", "bucket_of", "build", "events",
    "is_meaningful", "open_amounts", "root_of",
]

NEVER = dt.date.max
SETTLEMENTS = ("receipt", "set_off", "deposit_applied", "discount")
CARRIERS = ("reclassification", "unpaid_return")
AGE_UNKNOWN, NO_DUE_DATE, UNALLOCATED = "age_unknown", "no_due_date", "unallocated_credits"


@dataclass(frozen=True)
class Row:
    """A movement: positive raises what is owed."""

    id: int
    customer: str
    kind: str
    posted: dt.date
    amount: int
    document_date: dt.date | None = None
    due: dt.date | None = None
    ref: str = ""
    label: str = ""
    code: str = ""
    matching_date: dt.date | None = None
    account: str = "411"
    currency: str = "EUR"


@dataclass(frozen=True)
class Item:
    """A movement, or the part of it that carries one claim on (`origin`: position of that claim's item)."""

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
    """What cleared a claim, or undid it: `kind` settlement, credit or other; `received` is the payment's own date."""

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


# --- order and references

def posting_order(row: Row) -> tuple[dt.date, dt.date, str, int]:
    return row.posted, row.due or NEVER, row.ref, row.id


def normalised(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


def is_meaningful(reference: str) -> bool:
    return len(reference) >= 4 and sum(c.isdigit() for c in reference) >= 3


def quoted(row: Row) -> set[str]:
    words = re.split(r"[\s,;]+", f"{row.label} {row.ref}")
    return {normalised(w) for w in (*words, row.ref)}


def references(rows: Iterable[Row]) -> set[str]:
    """Return the references that identify one document of the customer; what carries a claim on repeats its reference."""
    dates = defaultdict(set)
    for row in rows:
        if row.amount > 0 and row.kind not in CARRIERS:
            dates[normalised(row.ref)].add(row.document_date)
    return {name for name, days in dates.items() if is_meaningful(name) and len(days) == 1}


# --- matching

class Matching:
    """One customer's rows in one currency and what is left of each while they are matched."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = sorted(rows, key=posting_order)
        self.left = {row.id: abs(row.amount) for row in self.rows}
        self.made: list[tuple[Row, Row, int, str]] = []

    def debits(self) -> list[Row]:
        return [r for r in self.rows if r.amount > 0 and self.left[r.id]]

    def credits(self) -> list[Row]:
        return [r for r in self.rows if r.amount < 0 and self.left[r.id]]

    def set_against(self, debit: Row, credit: Row, method: str) -> None:
        amount = min(self.left[debit.id], self.left[credit.id])
        if amount:
            self.left[debit.id] -= amount
            self.left[credit.id] -= amount
            self.made.append((debit, credit, amount, method))

    def lay_end_to_end(self, debits: Sequence[Row], credits_: Sequence[Row], method: str) -> None:
        for credit in credits_:
            for debit in debits:
                self.set_against(debit, credit, method)

    def by_codes(self, fiscal_year_end: tuple[int, int], first_year: int) -> None:
        groups = defaultdict(list)
        for row in self.rows:
            if row.code:
                groups[row.account, row.code].append(row)
        openings = []
        for rows in groups.values():
            for part in parts_of(rows, fiscal_year_end):
                self.lay_end_to_end([r for r in part if r.amount > 0], [r for r in part if r.amount < 0], "codes")
                if pays_opening(part, fiscal_year_end, first_year):
                    openings += part
        debits = [r for r in self.rows if r.kind == "opening" and r.amount > 0]
        self.lay_end_to_end(debits, sorted(openings, key=posting_order), "opening")

    def by_reference(self) -> None:
        known = references(self.rows)
        for credit in self.credits():
            wanted = quoted(credit) & known
            for debit in self.debits():
                if normalised(debit.ref) in wanted and debit.posted <= credit.posted:
                    self.set_against(debit, credit, "reference")

    def by_exact_amount(self) -> None:
        for credit in self.credits():
            open_debits = [d for d in self.debits() if d.posted <= credit.posted]
            runs = runs_of(open_debits, [self.left[d.id] for d in open_debits], self.left[credit.id])
            if len(runs) == 1:
                for debit in runs[0]:
                    self.set_against(debit, credit, "exact")

    def by_age(self) -> None:
        self.lay_end_to_end(self.debits(), self.credits(), "fifo")


def fiscal_year(day: dt.date, end: tuple[int, int]) -> int:
    return day.year if (day.month, day.day) <= end else day.year + 1


def parts_of(rows: Sequence[Row], fiscal_year_end: tuple[int, int]) -> list[list[Row]]:
    """Cut a code's uses apart: where the sum since the last cut is nil at a change of year or matching date."""
    def key(row: Row) -> tuple[int, dt.date]:
        return fiscal_year(row.posted, fiscal_year_end), row.matching_date or NEVER

    parts: list[list[Row]] = [[]]
    for moment in sorted({key(r) for r in rows}):
        if parts[-1] and sum(r.amount for r in parts[-1]) == 0:
            parts.append([])
        parts[-1] += [r for r in rows if key(r) == moment]
    return [sorted(part, key=posting_order) for part in parts]


def pays_opening(part: Sequence[Row], fiscal_year_end: tuple[int, int], first_year: int) -> bool:
    return all(r.amount < 0 and r.kind != "opening" and fiscal_year(r.posted, fiscal_year_end) == first_year for r in part)


def runs_of(rows: Sequence[Row], amounts: Sequence[int], wanted: int) -> list[Sequence[Row]]:
    found = []
    for first in range(len(rows)):
        total = 0
        for last in range(first, len(rows)):
            total += amounts[last]
            if total == wanted:
                found.append(rows[first:last + 1])
            if total >= wanted:
                break
    return found


def coverage_of(rows: Iterable[Row], as_of: dt.date) -> Fraction | None:
    old = [r for r in rows if r.amount < 0 and (as_of - r.posted).days > 60]
    if not old:
        return None
    return Fraction(sum(-r.amount for r in old if r.code), sum(-r.amount for r in old))


def build(
    rows: Iterable[Row], as_of: dt.date, method: str = "auto", fiscal_year_end: tuple[int, int] = (12, 31),
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

def lump_openings(rows: Sequence[Row]) -> set[int]:
    """Return the balances brought forward that do not say what they are made of."""
    openings = [r for r in rows if r.kind == "opening"]
    shared = {r.document_date for r in openings if not r.ref}
    alike = len(openings) > 1 and len(shared) == 1
    return {
        r.id for r in openings
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
    pending = []
    for row in account.rows:
        start = len(ledger.items)
        if row.kind in CARRIERS and row.amount > 0:
            ledger.items += pieces_of(row, ledger.items, [i for p in places.values() for i in p], known, pending, taken, undone)
        else:
            ledger.items.append(Item(row, row.amount, row.document_date, row.due, None, row.id in lumps))
        places[row.id] = list(range(start, len(ledger.items)))
        left = {place: ledger.items[place].amount for place in places[row.id]}
        for credit, amount, method, day in sorted(on[row.id], key=lambda c: posting_order(c[0])):
            for place in places[row.id]:
                part = min(amount, left[place])
                if part > 0:
                    left[place] -= part
                    amount -= part
                    pending.append((place, credit, part, day, method))
    for place, credit, part, day, method in pending:
        cleared.append(Allocation(place, places[credit.id][0], part, day, method))
    ledger.allocations += cleared


def pieces_of(
    row: Row, items: Sequence[Item], places: Sequence[int], known: set[str], cleared: list[tuple], taken: dict[int, int],
    undone: dict[int, int],
) -> list[Item]:
    """Find what a transfer or a return carries on: by reference, then amount, then the oldest."""
    returned = row.kind == "unpaid_return"
    free: dict[int, int] = {}
    for place in places:
        if items[place].amount < 0:
            continue
        if returned:
            settled = sum(a for p, c, a, day, _ in cleared if p == place and day <= row.posted and c.kind in SETTLEMENTS)
            free[place] = settled - undone[place]
        else:
            gone = sum(a for p, c, a, day, _ in cleared if p == place and day <= row.posted and c.kind != "reclassification")
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
    for place, amount in chosen:
        if place is not None:
            (undone if returned else taken)[place] += amount
    return [carried(row, items, place, amount) for place, amount in chosen]


def root_reference(items: Sequence[Item], place: int) -> str:
    while (origin := items[place].origin) is not None:
        place = origin
    return normalised(items[place].row.ref)


def spread(amount: int, places: Sequence[int], free: dict[int, int], *, rest_to_last: bool) -> list[tuple[int | None, int]]:
    chosen: list[tuple[int | None, int]] = []
    for place in places:
        part = min(amount, max(free[place], 0))
        if part:
            chosen.append((place, part))
            amount -= part
    if amount and rest_to_last:
        place = chosen.pop() if chosen else (places[-1], 0)
        chosen.append((place[0], place[1] + amount))
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
    while (origin := ledger.items[place].origin) is not None:
        place = origin
    return place


def events(ledger: Ledger) -> list[Event]:
    """List what cleared each claim; a return takes back what was settled, from its own posting on."""
    found = []
    for made in ledger.allocations:
        credit = ledger.items[made.credit].row
        kind = credit.kind
        if kind != "reclassification":
            word = "settlement" if kind in SETTLEMENTS else "credit" if kind == "credit_note" else "other"
            found.append(Event(root_of(ledger, made.debit), made.day, made.amount, word, credit.document_date or credit.posted))
    for n, item in enumerate(ledger.items):
        if item.row.kind == "unpaid_return" and item.origin is not None:
            root = root_of(ledger, n)
            settled = sum(e.amount for e in found if e.root == root and e.kind == "settlement" and e.day <= item.row.posted)
            if settled > 0:
                found.append(Event(root, item.row.posted, -min(settled, item.amount), "settlement", item.row.posted))
    return found


def shifted(rows: Iterable[Row], days: int) -> list[Row]:
    """Move every date of every row by the same number of days."""
    def move(day: dt.date | None) -> dt.date | None:
        return day and day + dt.timedelta(days=days)

    return [replace(r, posted=r.posted + dt.timedelta(days=days), document_date=move(r.document_date), due=move(r.due),
                    matching_date=move(r.matching_date)) for r in rows]
