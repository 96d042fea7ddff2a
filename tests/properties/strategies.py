"""Small invented ledgers: few amounts and few days, so that ties, twins and coincidences are common."""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from tests.oracle import Row

__all__ = ["AS_OF", "FIRST_DAY", "carried_ledgers", "coded_ledgers", "fifo_ledgers", "ledgers"]

FIRST_DAY, AS_OF = dt.date(2024, 9, 1), dt.date(2025, 6, 30)
DAYS = (AS_OF - FIRST_DAY).days
CODES = ("", "", "AA", "AB", "aa")

days = st.integers(0, DAYS + 20).map(lambda n: FIRST_DAY + dt.timedelta(days=n))
amounts = st.sampled_from([500, 1000, 1000, 1500, 2000, 2500, 3000, 4001])
matching_dates = st.sampled_from([dt.date(2024, 12, 31), dt.date(2025, 1, 31), dt.date(2025, 6, 30)])


def row(kind: str, posted: dt.date, amount: int, **more: object) -> Row:
    return Row(0, "", kind, posted, amount, **({"document_date": posted} | more))  # type: ignore[arg-type]


@st.composite
def invoices(draw: st.DrawFn, references: st.SearchStrategy[str]) -> Row:
    posted = draw(days)
    dated = posted - dt.timedelta(days=draw(st.sampled_from([0, 0, 0, 5])))
    terms = draw(st.sampled_from([None, 0, 30, 30, 45, 60]))
    due = None if terms is None else dated + dt.timedelta(days=terms)
    return row(
        "invoice",
        posted,
        draw(amounts),
        document_date=dated,
        due=due,
        ref=draw(references),
        code=draw(st.sampled_from(CODES)),
    )


@st.composite
def openings(draw: st.DrawFn) -> Row:
    """A balance brought forward: a lump, one with its own dates, or a credit."""
    amount = draw(amounts)
    return draw(
        st.sampled_from(
            [
                row("opening", FIRST_DAY, amount),
                row("opening", FIRST_DAY, -amount),
                row("opening", FIRST_DAY, amount, document_date=None),
                row("opening", FIRST_DAY, amount, document_date=dt.date(2024, 7, 1), ref="F0701"),
                row(
                    "opening",
                    FIRST_DAY,
                    amount,
                    document_date=dt.date(2024, 7, 1),
                    due=dt.date(2024, 9, 15),
                    ref="F0702",
                ),
            ]
        )
    )


@st.composite
def credits_(draw: st.DrawFn, labels: st.SearchStrategy[str]) -> Row:
    kind = draw(st.sampled_from(["receipt", "receipt", "receipt", "credit_note", "set_off", "write_off", "discount"]))
    return row(kind, draw(days), -draw(amounts), label=draw(labels), code=draw(st.sampled_from(CODES)))


@st.composite
def others(draw: st.DrawFn) -> Row:
    kind = draw(st.sampled_from(["refund", "adjustment", "rounding"]))
    return row(kind, draw(days), draw(st.sampled_from([1, -1, 500, 1000])))


@st.composite
def numbered(draw: st.DrawFn, stories: st.SearchStrategy[list[Row]], customers: int = 4) -> list[Row]:
    """Give the rows of each customer, shuffled, their customer and row number; the first is posted on the first day."""
    rows = [row("invoice", FIRST_DAY, 1000, due=dt.date(2024, 10, 1), ref="F9000")]
    for name in "ABCD"[: draw(st.integers(1, customers))]:
        rows += [replace(r, customer=name) for r in draw(stories)]
    rows[0] = replace(rows[0], customer="Z")
    return [replace(r, id=n + 2) for n, r in enumerate(draw(st.permutations(rows)))]


def _with_matching_dates(rows: list[Row], dates: list[dt.date]) -> list[Row]:
    return [replace(r, matching_date=day) if r.code else r for r, day in zip(rows, dates, strict=True)]


@st.composite
def ledgers(draw: st.DrawFn) -> list[Row]:
    """Any ledger but for claims carried on."""
    references = st.sampled_from(["", "", "F1001", "F1002", "FA-25/003", "0125", "12"])
    labels = st.sampled_from(["", "", "VIR F1001", "VIR F1002, F1001", "fa-25/003", "REGLT 0125", "12"])
    story = st.lists(
        st.one_of(invoices(references), credits_(labels), invoices(references), credits_(labels), openings(), others()),
        min_size=1,
        max_size=9,
    )
    rows = draw(numbered(story))
    if draw(st.booleans()):
        rows = _with_matching_dates(rows, draw(st.lists(matching_dates, min_size=len(rows), max_size=len(rows))))
    return rows


@st.composite
def coded_ledgers(draw: st.DrawFn) -> list[Row]:
    """Codes without typing dates, broken and reused ones among them, and no opening."""
    story = st.lists(st.one_of(invoices(st.just("")), credits_(st.just(""))), min_size=1, max_size=9)
    return draw(numbered(story))


@st.composite
def fifo_ledgers(draw: st.DrawFn) -> list[Row]:
    """No code and no reference, and credits that are the amount of no run of debits: only age is left to match by."""
    story = st.lists(st.one_of(invoices(st.just("")), credits_(st.just(""))), min_size=1, max_size=9)
    return [
        replace(r, code="", ref="", amount=r.amount // 500 * 500 if r.amount > 0 else (r.amount // 500) * 500 - 7)
        for r in draw(numbered(story))
    ]


@st.composite
def returned(draw: st.DrawFn, number: int) -> list[Row]:
    """An invoice paid, the payment returned, and perhaps paid again."""
    name, amount = f"F20{number:02}", draw(amounts)
    posted = draw(days)
    gaps = draw(st.tuples(*[st.integers(1, 60)] * 3))
    paid, back, again = (posted + dt.timedelta(days=sum(gaps[:n])) for n in (1, 2, 3))
    story = [
        row("invoice", posted, amount, due=posted + dt.timedelta(days=30), ref=name),
        row("receipt", paid, -amount, label=f"PRLV {name}"),
        row("unpaid_return", back, amount, label=f"REJET {name}"),
    ]
    return [*story, row("receipt", again, -draw(amounts), label=f"VIR {name}")] if draw(st.booleans()) else story


@st.composite
def transferred(draw: st.DrawFn, number: int) -> list[Row]:
    """An invoice transferred to bills receivable or to doubtful customers, and perhaps paid there."""
    name, amount = f"F30{number:02}", draw(amounts)
    posted = draw(days)
    moved = posted + dt.timedelta(days=draw(st.integers(1, 90)))
    account = draw(st.sampled_from(["413", "416"]))
    due = moved + dt.timedelta(days=40) if account == "413" else None
    story = [
        row("invoice", posted, amount, due=posted + dt.timedelta(days=30), ref=name),
        row("reclassification", moved, -amount, ref=name),
        row("reclassification", moved, amount, ref=name, due=due, account=account),
    ]
    paid = row(
        "receipt",
        moved + dt.timedelta(days=draw(st.integers(1, 90))),
        -draw(amounts),
        label=f"VIR {name}",
        account=account,
    )
    return [*story, paid] if draw(st.booleans()) else story


@st.composite
def carried_ledgers(draw: st.DrawFn) -> list[Row]:
    """Claims returned and transferred, each quoted by its reference, among other invoices and credit notes."""
    stories = [draw(st.one_of(returned(n), transferred(n))) for n in range(draw(st.integers(1, 3)))]
    plain = draw(st.lists(invoices(st.sampled_from(["F1001", "F1002"])), max_size=2))
    rows = [replace(r, code="") for story in [*stories, plain] for r in story]
    return draw(numbered(st.just(rows), customers=1))
