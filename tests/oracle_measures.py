"""The indicators worked with plain loops from `tests.oracle` (INDICATORS.md 3 and 4); None: not available."""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tests.oracle import AGE_UNKNOWN, NO_DUE_DATE, Event, Ledger, Row, bucket_of, events, open_amounts, root_of

__all__ = [
    "add_months",
    "cohorts",
    "collection_effectiveness",
    "concentration",
    "contract_terms",
    "count_back",
    "dilution",
    "dso",
    "due_month_end",
    "net_overdue",
    "overdue_rate",
    "overdue_recovery",
    "recovery",
    "sales",
    "split",
    "weighted_days",
    "window",
]

LATEST_COHORTS = 12


# --- calendar


def month_last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: dt.date, months: int) -> dt.date:
    """Move by whole months; a month end stays a month end."""
    count = day.year * 12 + day.month - 1 + months
    last = month_last(count // 12, count % 12 + 1)
    if day == month_last(day.year, day.month):
        return last
    return last.replace(day=min(day.day, last.day))


def due_month_end(day: dt.date) -> dt.date:
    return month_last(day.year, day.month)


# --- stock


def net_overdue(ledger: Ledger, day: dt.date, deposits: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return each customer's overdue less his unallocated credits and deposits, at least nil."""
    late: dict[str, int] = defaultdict(int)
    credit: dict[str, int] = defaultdict(int, deposits or {})
    for n, left in open_amounts(ledger, day).items():
        item = ledger.items[n]
        if left < 0:
            credit[item.row.customer] -= left
        elif left and is_overdue(ledger, n, day):
            late[item.row.customer] += left
    return {customer: max(0, amount - credit[customer]) for customer, amount in late.items()}


def is_overdue(ledger: Ledger, place: int, day: dt.date, more_than: int = 0) -> bool:
    item = ledger.items[place]
    return not item.age_unknown and item.due is not None and (day - item.due).days > more_than


def overdue_rate(ledger: Ledger, day: dt.date, more_than: int = 0) -> Fraction | None:
    gross = dated = late = 0
    for n, left in open_amounts(ledger, day).items():
        if left <= 0:
            continue
        gross += left
        if bucket_of(ledger.items[n], day) not in (NO_DUE_DATE, AGE_UNKNOWN):
            dated += left
            late += left if is_overdue(ledger, n, day, more_than) else 0
    if dated <= 0 or (gross - dated) * 10 > gross:
        return None
    return Fraction(late, dated)


def concentration(balances: Iterable[int]) -> dict[str, Fraction]:
    """Return top shares, Herfindahl-Hirschman index (0 to 10 000) and Gini of the positive balances."""
    kept = sorted((b for b in balances if b > 0), reverse=True)
    total, n = sum(kept), len(kept)
    if not total:
        return {}
    found = {f"top{k}": Fraction(sum(kept[:k]), total) for k in (1, 5, 10, 20)}
    found["hhi"] = sum((Fraction(100 * b, total) ** 2 for b in kept), Fraction(0))
    found["gini"] = Fraction(sum((2 * (n - i) - n - 1) * b for i, b in enumerate(kept)), n * total)
    return found


def split(
    ledger: Ledger,
    day: dt.date,
    disputed: Mapping[int, int] | None = None,
    insolvent: Collection[str] = (),
) -> dict[str, int]:
    """Split the receivable: doubtful, disputed (its part), undated, late, not due; credits last."""
    parts = dict.fromkeys(("best_possible", "late", "disputed", "doubtful", "undated", "unallocated"), 0)
    for n, left in open_amounts(ledger, day).items():
        item = ledger.items[n]
        if left < 0:
            parts["unallocated"] += left
        elif item.row.account.startswith("416") or item.row.customer in insolvent:
            parts["doubtful"] += left
        else:
            contested = min(left, (disputed or {}).get(ledger.items[root_of(ledger, n)].row.id, 0))
            parts["disputed"] += contested
            if bucket_of(item, day) in (NO_DUE_DATE, AGE_UNKNOWN):
                parts["undated"] += left - contested
            else:
                parts["late" if is_overdue(ledger, n, day) else "best_possible"] += left - contested
    return parts


# --- flows


def sales(rows: Iterable[Row], first: dt.date, last: dt.date) -> int:
    return sum(r.amount for r in rows if r.kind in ("invoice", "credit_note") and first <= r.posted <= last)


def window(rows: Iterable[Row], day: dt.date, months: int = 12) -> tuple[dt.date, dt.date] | None:
    """Return the window's first and last day; None with under three full months of sales history."""
    first = add_months(day, -months) + dt.timedelta(days=1)
    history = [r.posted for r in rows if r.kind in ("invoice", "credit_note") and r.posted <= day]
    if not history:
        return None
    first = max(first, min(history))
    return (first, day) if first <= add_months(day, -3) + dt.timedelta(days=1) else None


def dso(amount: int, rows: Sequence[Row], day: dt.date, months: int = 12) -> Fraction | None:
    """Express a receivable, or part of it, in days of the window's sales."""
    span = window(rows, day, months)
    if span is None:
        return None
    sold = sales(rows, *span)
    return Fraction(amount * ((span[1] - span[0]).days + 1), sold) if sold > 0 else None


def count_back(receivable: int, rows: Sequence[Row], day: dt.date) -> tuple[Fraction, bool]:
    """Return the days of sales still unpaid, month by month backwards, and whether it is a lower bound."""
    if receivable <= 0:
        return Fraction(0), False
    history = [r.posted for r in rows if r.kind in ("invoice", "credit_note") and r.posted <= day]
    days, left = Fraction(0), receivable
    first, last = day.replace(day=1), day
    carried_sales = carried_days = 0
    while history and last >= min(history):
        sold = sales(rows, first, last) + carried_sales
        length = (last - first).days + 1 + carried_days
        last = first - dt.timedelta(days=1)
        first = last.replace(day=1)
        if sold < 0:
            carried_sales, carried_days = sold, length
            continue
        carried_sales = carried_days = 0
        if sold >= left:
            return days + Fraction(left * length, sold), False
        days, left = days + length, left - sold
    return days + carried_days, True


def dilution(rows: Sequence[Row], day: dt.date, months: int = 12) -> Fraction | None:
    span = window(rows, day, months)
    if span is None:
        return None
    inside = [r for r in rows if span[0] <= r.posted <= span[1]]
    invoiced = sum(r.amount for r in inside if r.kind == "invoice")
    return Fraction(-sum(r.amount for r in inside if r.kind == "credit_note"), invoiced) if invoiced > 0 else None


def collection_effectiveness(ledger: Ledger, rows: Sequence[Row], day: dt.date) -> Fraction | None:
    """Return the collection effectiveness index over three months."""
    before = add_months(day, -3)
    opening = sum(r.amount for r in rows if r.posted <= before)
    sold = sales(rows, before + dt.timedelta(days=1), day)
    written_off = -sum(r.amount for r in rows if r.kind == "write_off" and before < r.posted <= day)
    closing = sum(r.amount for r in rows if r.posted <= day)
    not_due = sum(left for n, left in open_amounts(ledger, day).items() if bucket_of(ledger.items[n], day) == "not_due")
    base = opening + sold - not_due
    return Fraction(opening + sold - closing - written_off, base) if base > 0 else None


# --- recovery and days to pay


def cohorts(ledger: Ledger, day: dt.date, *, months: int = 0, days: int = 0) -> list[tuple[dt.date, int, int, int]]:
    """Return mature due cohorts, oldest first: due month's last day, due, credited and settled by the horizon."""
    cleared: dict[int, list[Event]] = defaultdict(list)
    for event in events(ledger):
        cleared[event.root].append(event)
    sums: dict[dt.date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for n, item in enumerate(ledger.items):
        if item.row.kind != "invoice" or item.amount <= 0 or item.due is None or item.row.posted > day:
            continue
        month = due_month_end(item.due)
        mature = add_months(month, months) if months else month + dt.timedelta(days=days)
        if day < mature:
            continue
        end = mature if months else item.due + dt.timedelta(days=days)
        known = [e for e in cleared[n] if e.day <= end]
        sums[month][0] += item.amount
        sums[month][1] += sum(e.amount for e in known if e.kind == "credit")
        sums[month][2] += sum(e.amount for e in known if e.kind == "settlement")
    return [(month, due, credited, settled) for month, (due, credited, settled) in sorted(sums.items())]


def recovery(ledger: Ledger, day: dt.date, *, months: int = 0, days: int = 0) -> Fraction | None:
    """Pool the latest twelve mature cohorts."""
    latest = cohorts(ledger, day, months=months, days=days)[-LATEST_COHORTS:]
    base = sum(due - credited for _, due, credited, _ in latest)
    return Fraction(sum(settled for *_, settled in latest), base) if base > 0 else None


def overdue_recovery(ledger: Ledger, day: dt.date, months: int) -> Fraction | None:
    """Return what was settled since T less some months of what was overdue then, less credit notes since."""
    start = add_months(day, -months)
    late = {n: left for n, left in open_amounts(ledger, start).items() if left > 0 and is_overdue(ledger, n, start)}
    roots = {root_of(ledger, n) for n in late}
    since = [e for e in events(ledger) if e.root in roots and start < e.day <= day]
    base = sum(late.values()) - sum(e.amount for e in since if e.kind == "credit")
    return Fraction(sum(e.amount for e in since if e.kind == "settlement"), base) if base > 0 else None


def surviving_settlements(ledger: Ledger, day: dt.date) -> list[Event]:
    """Return the settlements dated by `day` that no return has undone by then, the latest undone first."""
    standing: list[Event] = []
    for event in sorted(
        (e for e in events(ledger) if e.kind == "settlement" and e.day <= day), key=lambda e: (e.day, e.amount < 0)
    ):
        if event.amount > 0:
            standing.append(event)
            continue
        left = -event.amount
        for n in range(len(standing) - 1, -1, -1):
            if standing[n].root == event.root and left:
                part = min(left, standing[n].amount)
                left -= part
                standing[n] = replace(standing[n], amount=standing[n].amount - part)
    return [e for e in standing if e.amount]


def weighted_days(
    ledger: Ledger, rows: Sequence[Row], day: dt.date, *, since_due: bool, months: int = 12
) -> Fraction | None:
    """Return the days to pay (or beyond terms) of the window's settlements, weighted by amount."""
    span = window(rows, day, months)
    total = weight = 0
    for event in surviving_settlements(ledger, day) if span else []:
        item = ledger.items[event.root]
        start = item.due if since_due else item.document_date
        if (
            item.row.kind not in ("invoice", "opening")
            or item.age_unknown
            or start is None
            or item.document_date is None
        ):
            continue
        if span and span[0] <= event.day <= span[1]:
            weight += event.amount
            total += event.amount * (event.received - start).days
    return Fraction(total, weight) if weight else None


def contract_terms(rows: Sequence[Row], day: dt.date, months: int = 12) -> Fraction | None:
    span = window(rows, day, months)
    dated = [
        (r.amount, (r.due - r.document_date).days)
        for r in rows
        if span and r.kind == "invoice" and r.due and r.document_date and span[0] <= r.posted <= span[1]
    ]
    total = sum(amount for amount, _ in dated)
    return Fraction(sum(amount * days for amount, days in dated), total) if total > 0 else None
