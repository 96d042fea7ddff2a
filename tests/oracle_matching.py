"""What clears what, worked with plain loops (INDICATORS.md 2); nothing here imports the package."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

__all__ = [
    "CARRIERS",
    "Matching",
    "Row",
    "coverage_of",
    "fiscal_year",
    "is_meaningful",
    "normalised",
    "posting_order",
    "quoted",
    "references",
]

NEVER = dt.date.max
CARRIERS = ("reclassification", "unpaid_return")


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
    """Return the references that name one document; what carries a claim on repeats the claim's reference."""
    dates = defaultdict(set)
    for row in rows:
        if row.amount > 0 and row.kind not in CARRIERS:
            dates[normalised(row.ref)].add(row.document_date)
    return {name for name, days in dates.items() if is_meaningful(name) and len(days) == 1}


# --- matching


def may_pay(debit: Row, credit: Row) -> bool:
    """Tell whether evidence may set them together: posted by the credit's day, and not two legs of one transfer."""
    legs = debit.kind == credit.kind == "reclassification" and debit.posted == credit.posted
    return debit.posted <= credit.posted and not legs


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
                if normalised(debit.ref) in wanted and may_pay(debit, credit):
                    self.set_against(debit, credit, "reference")

    def by_exact_amount(self) -> None:
        for credit in self.credits():
            open_debits = [d for d in self.debits() if may_pay(d, credit) and family(d) == family(credit)]
            runs = runs_of(open_debits, [self.left[d.id] for d in open_debits], self.left[credit.id])
            if len(runs) == 1:
                for debit in runs[0]:
                    self.set_against(debit, credit, "exact")

    def by_age(self) -> None:
        for accounts in ("", "413", "416"):
            self.lay_end_to_end(
                [r for r in self.debits() if family(r) == accounts],
                [r for r in self.credits() if family(r) == accounts],
                "fifo")


def family(row: Row) -> str:
    """Bills (413) and doubtful claims (416) are paid on their own accounts: a bill settles when 413 is credited."""
    return row.account[:3] if row.account.startswith(("413", "416")) else ""


def fiscal_year(day: dt.date, end: tuple[int, int]) -> int:
    return day.year if (day.month, day.day) <= end else day.year + 1


def parts_of(rows: Sequence[Row], fiscal_year_end: tuple[int, int]) -> list[list[Row]]:
    """Cut a code's uses apart: each matching date that sums to nil, then wherever the sum since the last cut is nil."""

    def key(row: Row) -> tuple[int, dt.date]:
        return fiscal_year(row.posted, fiscal_year_end), row.matching_date or NEVER

    dated = defaultdict(list)
    for row in rows:
        dated[row.matching_date].append(row)
    whole = [part for day, part in dated.items() if day and sum(r.amount for r in part) == 0]
    rows = [r for r in rows if not any(r in part for part in whole)]
    parts: list[list[Row]] = [*whole, []]
    for moment in sorted({key(r) for r in rows}):
        if parts[-1] and sum(r.amount for r in parts[-1]) == 0:
            parts.append([])
        parts[-1] += [r for r in rows if key(r) == moment]
    return [sorted(part, key=posting_order) for part in parts]


def pays_opening(part: Sequence[Row], fiscal_year_end: tuple[int, int], first_year: int) -> bool:
    return all(
        r.amount < 0 and r.kind != "opening" and fiscal_year(r.posted, fiscal_year_end) == first_year for r in part
    )


def runs_of(rows: Sequence[Row], amounts: Sequence[int], wanted: int) -> list[Sequence[Row]]:
    found = []
    for first in range(len(rows)):
        total = 0
        for last in range(first, len(rows)):
            total += amounts[last]
            if total == wanted:
                found.append(rows[first : last + 1])
            if total >= wanted:
                break
    return found


def coverage_of(rows: Iterable[Row], as_of: dt.date) -> Fraction | None:
    old = [r for r in rows if r.amount < 0 and (as_of - r.posted).days > 60]
    if not old:
        return None
    return Fraction(sum(-r.amount for r in old if r.code), sum(-r.amount for r in old))
