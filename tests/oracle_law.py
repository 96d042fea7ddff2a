"""Late interest, indemnities, caps of terms and prescription, worked day by day (INDICATORS.md 4, DOMAIN.md A6 to A8).

Nothing here imports the package. The rates are typed from DOMAIN.md A6.
"""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from tests.oracle import Event, Ledger, events, open_amounts, root_of
from tests.oracle_measures import is_overdue, net_overdue

__all__ = ["cap", "indemnity", "interest", "lapse", "late_amounts"]

BANK = {
    (2024, 1): "4.50", (2024, 2): "4.25", (2025, 1): "3.15", (2025, 2): "2.15", (2026, 1): "2.15",
}
"""Main refinancing rate by year and half-year [percent]."""
Late = tuple[int, int, dt.date, dt.date]
"""claim, amount, due date, last day."""


def rate(day: dt.date, addition: int) -> Fraction:
    return (Fraction(BANK[day.year, 1 if day.month < 7 else 2]) + addition) / 100


def running(amount: int, due: dt.date, end: dt.date, *, is_public: bool = False, is_frozen: bool = False) -> Fraction:
    """Return exact interest, one day after the other [cents]."""
    addition, began = (8 if is_public else 10), due + dt.timedelta(days=1)
    total, day = Fraction(0), began
    while day <= end:
        total += amount * rate(began if is_public or is_frozen else day, addition) / 365
        day += dt.timedelta(days=1)
    return total


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


def standing(payments: list[Event]) -> list[Event]:
    """Return the settlements no later return undoes: a return takes back the latest ones first."""
    left: list[list[Event | int]] = []
    for event in sorted(payments, key=lambda one: (one.day, one.amount < 0)):
        if event.amount > 0:
            left.append([event, event.amount])
            continue
        taken = -event.amount
        for pair in reversed(left):
            part = min(taken, int(pair[1]))  # type: ignore[arg-type]
            pair[1] = int(pair[1]) - part  # type: ignore[arg-type]
            taken -= part
    return [Event(e.root, e.day, int(n), e.kind, e.received) for e, n in left if int(n) > 0]  # type: ignore[union-attr,arg-type]


def bears(ledger: Ledger, root: int) -> bool:
    item = ledger.items[root]
    return item.row.kind in ("invoice", "opening") and item.due is not None and not item.age_unknown and item.amount > 0


def late_amounts(ledger: Ledger, day: dt.date) -> list[Late]:
    """Return every late amount: what is still open net of credits, and what was settled late."""
    found = [*still_open(ledger, day)]
    payments: dict[int, list[Event]] = defaultdict(list)
    for event in events(ledger):
        if event.kind == "settlement":
            payments[event.root].append(event)
    for root, made in payments.items():
        if not bears(ledger, root):
            continue
        carried = [n for n in range(len(ledger.items)) if root_of(ledger, n) == root]
        due = max(ledger.items[n].due for n in carried if ledger.items[n].due is not None)  # type: ignore[type-var]
        assert due is not None
        for event in standing(made):
            end = min(event.received, day)
            if end > due:
                found.append((root, event.amount, due, end))
    return found


def still_open(ledger: Ledger, day: dt.date) -> list[Late]:
    """Return the net overdue by item: a customer's credits cover what is overdue longest first."""
    found: list[Late] = []
    owed = net_overdue(ledger, day)
    for customer, net in owed.items():
        late = [(ledger.items[n].due, n, left) for n, left in open_amounts(ledger, day).items()
                if left > 0 and ledger.items[n].row.customer == customer and is_overdue(ledger, n, day)]
        covered = sum(left for _, _, left in late) - net
        for due, n, left in sorted(late, key=lambda one: (one[0], one[1])):  # type: ignore[arg-type,return-value]
            part = min(covered, left)
            covered -= part
            root = root_of(ledger, n)
            if left > part and bears(ledger, root) and due is not None:
                found.append((root, left - part, due, day))
    return found


def interest(ledger: Ledger, day: dt.date, types: Mapping[str, str], *, is_frozen: bool = False) -> dict[int, int]:
    """Return the interest of each claim, rounded once [cents]."""
    exact: dict[int, Fraction] = defaultdict(Fraction)
    for root, amount, due, end in late_amounts(ledger, day):
        kind = types[ledger.items[root].row.customer]
        if kind in ("B2B", "public"):
            exact[root] += running(amount, due, end, is_public=kind == "public", is_frozen=is_frozen)
    return {root: half_up(amount) for root, amount in exact.items()}


def indemnity(ledger: Ledger, day: dt.date, types: Mapping[str, str]) -> int:
    """Return 4 000 cents an invoice settled late or overdue, however many lines it has."""
    invoices = set()
    for root, *_ in late_amounts(ledger, day):
        row = ledger.items[root].row
        if types[row.customer] in ("B2B", "public"):
            invoices.add((row.customer, row.document_date, row.ref) if row.ref.strip() else (row.id,))
    return 4_000 * len(invoices)


# --- terms and prescription


def month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def cap(document: dt.date) -> dt.date:
    """Return the last due date the law allows a business, read most generously."""
    after = month_end(document + dt.timedelta(days=45))
    before = month_end(document) + dt.timedelta(days=45)
    return max(document + dt.timedelta(days=60), after, before)


def lapse(document: dt.date, kind: str) -> dt.date:
    """Return the last day a claim can be sued for, counted from its document."""
    if kind == "public":
        return dt.date(document.year + 4, 12, 31)
    years = {"B2B": 5, "B2C": 2}.get(kind)
    if years is None:
        return min(lapse(document, one) for one in ("B2B", "B2C", "public"))
    last = calendar.monthrange(document.year + years, document.month)[1]
    return document.replace(year=document.year + years, day=min(document.day, last))
