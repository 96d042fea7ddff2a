"""Plain loops over invoices, for the audit tests; imports nothing from the package."""

import datetime as dt
import itertools
import re
from collections import defaultdict
from typing import NamedTuple

__all__ = ["Bill", "duplicate_sets"]


class Bill(NamedTuple):
    """An invoice: customer, reference, date, due date, cents."""

    customer: str
    ref: str
    day: dt.date
    due: dt.date
    cents: int


def plain(ref: str) -> str:
    """Letters and digits of a reference; "" where it is too short to mean anything."""
    text = re.sub(r"[^0-9A-Z]", "", ref.upper())
    return text if len(text) >= 4 and sum(c.isdigit() for c in text) >= 3 else ""


def duplicate_sets(bills: list[Bill], *, days: int, months: int) -> set[frozenset[int]]:
    """Return the sets of positions that are possible duplicates: every pair compared, then joined."""
    parent = list(range(len(bills)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    together = defaultdict(set)
    under_ref = defaultdict(set)
    bearers = defaultdict(set)
    for bill in bills:
        together[bill.customer, bill.cents].add((bill.day.year, bill.day.month))
        under_ref[bill.customer, bill.cents, plain(bill.ref)].add((bill.day.year, bill.day.month))
        bearers[bill.ref].add(bill.customer)
    for i, j in itertools.combinations(range(len(bills)), 2):
        one, two = bills[i], bills[j]
        if (one.customer, one.cents) != (two.customer, two.cents) or (one.day == two.day and one.due != two.due):
            continue
        near = abs((one.day - two.day).days) <= days
        same = plain(one.ref) != "" and plain(one.ref) == plain(two.ref) and len(bearers[one.ref]) == 1
        rare = len(under_ref[one.customer, one.cents, plain(one.ref)] if same else together[
            one.customer, one.cents]) < months
        if (near or rare) if same else (near and rare):
            parent[root(j)] = root(i)
    sets = defaultdict(set)
    for i in range(len(bills)):
        sets[root(i)].add(i)
    return {frozenset(members) for members in sets.values() if len(members) > 1}
