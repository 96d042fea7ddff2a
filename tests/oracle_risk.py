"""Roll rates and subsequent receipts by plain loops: a second opinion that imports nothing of the package."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from fractions import Fraction
from itertools import pairwise

from tests import oracle
from tests.oracle import Ledger

__all__ = ["loss_rates", "roll_rates", "settled_after"]

STEPS = ("not_due", "1-30", "31-60", "61-90", "91-120")


def roll_rates(
    ledger: Ledger, dates: Sequence[dt.date], *, outside: Collection[str] = (),
) -> list[tuple[int, int]]:
    """Return (what could roll, what did) of each step, then (what entered the last bucket, what was written off)."""
    stocks = [_stock(ledger, day, outside) for day in dates]
    found = []
    for here, after in pairwise(STEPS):
        could = sum(stock[here] for stock in stocks[:-1])
        did = sum(stock[after] for stock in stocks[1:])
        found.append((could, did))
    lost = 0
    for item in ledger.items:
        row = item.row
        if row.kind == "write_off" and dates[0] < row.posted <= dates[-1] and row.customer not in outside:
            lost -= item.amount
    return [*found, (found[-1][1], lost)]


def _stock(ledger: Ledger, day: dt.date, outside: Collection[str]) -> dict[str, int]:
    stock: dict[str, int] = defaultdict(int)
    for place, left in oracle.open_amounts(ledger, day).items():
        item = ledger.items[place]
        if item.row.customer not in outside:
            stock[oracle.bucket_of(item, day, (30, 60, 90, 120))] += left
    return stock


def loss_rates(steps: Sequence[tuple[int, int]]) -> list[Fraction | None]:
    """Return the expected loss of each bucket; None where nothing ever stood on its way to loss."""
    rates = [None if could <= 0 else min(max(Fraction(did, could), Fraction(0)), Fraction(1)) for could, did in steps]
    found: list[Fraction | None] = []
    for start in range(len(rates)):
        product: Fraction | None = Fraction(1)
        for rate in rates[start:]:
            if rate == 0:
                product = Fraction(0)
                break
            product = None if product is None or rate is None else product * rate
        found.append(product)
    return found


def settled_after(ledger: Ledger, day: dt.date, days: int) -> int:
    """Return how much of what was open on a day was settled in the days that follow it."""
    owed: dict[int, int] = defaultdict(int)
    for place, left in oracle.open_amounts(ledger, day).items():
        if left > 0:
            owed[oracle.root_of(ledger, place)] += left
    paid: dict[int, int] = defaultdict(int)
    for event in oracle.events(ledger):
        if event.kind == "settlement" and day < event.day <= day + dt.timedelta(days=days):
            paid[event.root] += event.amount
    return sum(min(max(paid[root], 0), left) for root, left in owed.items())
