"""How customers pay, by plain loops over payments: what habits and promises are checked against."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Paid", "Promise", "habits", "outcomes", "percentile", "weighted"]


@dataclass(frozen=True)
class Paid:
    """A payment on a claim."""

    customer: str
    claim: int
    allocated: dt.date
    received: dt.date
    due: dt.date | None
    amount: int
    direct_debit: bool
    claim_open: bool


@dataclass(frozen=True)
class Promise:
    """A promise of a customer, of a claim where it names one."""

    customer: str
    claim: int | None
    amount: int
    made: dt.date | None
    promised: dt.date


def percentile(values: list[int], part: int) -> int | None:
    """Nearest rank: the smallest value that at least `part` per cent of the values do not exceed."""
    for value in sorted(values):
        if sum(other <= value for other in values) * 100 >= part * len(values):
            return value
    return None


def weighted(payments: list[Paid]) -> Fraction | None:
    total = sum(p.amount for p in payments)
    if not total:
        return None
    return Fraction(sum(p.amount * (p.received - p.due).days for p in payments if p.due), total)


def habits(payments: list[Paid], customer: str, start: dt.date, end: dt.date) -> dict[str, object]:
    own = [p for p in payments if p.customer == customer and not p.direct_debit]
    inside = [p for p in own if start <= p.allocated <= end]
    paid, dated, drawn, late = 0, 0, 0, []
    touched, parts = 0, 0
    for claim in {p.claim for p in payments if p.customer == customer}:
        on_it = [p for p in payments if p.claim == claim]
        last = max(p.allocated for p in on_it)
        by_hand = any(not p.direct_debit for p in on_it)
        if not on_it[0].claim_open and start <= last <= end:
            paid += by_hand
            drawn += not by_hand
            if by_hand and on_it[0].due:
                dated += 1
                late.append((max(p.received for p in on_it) - on_it[0].due).days)
        if any(p in inside for p in on_it):
            touched += 1
            parts += len({p.allocated for p in on_it}) > 1 or on_it[0].claim_open
    spread = None if not late else percentile(late, 75) - percentile(late, 25)  # type: ignore[operator]
    return {
        "paid_invoices": paid, "dated_invoices": dated, "direct_debit_invoices": drawn,
        "paid_cents": sum(p.amount for p in inside), "days_beyond_terms": weighted([p for p in inside if p.due]),
        "days_late_p90": percentile(late, 90), "days_late_spread": spread,
        "part_paid_share": Fraction(parts, touched) if touched else None}


def outcomes(
    promises: list[Promise], payments: list[tuple[str, int | None, dt.date, int]], end: dt.date, grace: int,
) -> list[str]:
    """Euro by euro, in the order of the promised days; payments are customer, claim, day, amount."""
    ordered = sorted(payments, key=lambda payment: payment[2])
    left = [amount for _, _, _, amount in ordered]
    found = []
    for promise in sorted(promises, key=lambda p: (p.promised, p.made or dt.date.max)):
        if promise.made and promise.made > end:
            continue
        if promise.made is None and promise.claim is None:
            found.append("unjudged")
            continue
        limit, missing = promise.promised + dt.timedelta(days=grace), promise.amount
        for number, (customer, claim, day, _) in enumerate(ordered):
            serves = claim is None or promise.claim is None or claim == promise.claim
            if customer == promise.customer and serves and (promise.made or dt.date.min) < day <= limit:
                taken = min(missing, left[number])
                left[number] -= taken
                missing -= taken
        found.append("kept" if not missing else "broken" if limit < end else "pending")
    return found
