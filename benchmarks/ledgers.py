"""Synthetic ledgers of any size, made of arrays: invoices, credit notes, part and grouped payments, returns, doubtful.

The demo's generator tells the truth of a small firm; this one gives an engine lines by the million: what an invoice
goes through is drawn for all at once, and rows stand in the order a journal prints them, by posting day.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from auditlib.schemas import CUSTOMERS, MOVEMENTS, empty, validate

__all__ = ["LAST_DAY", "customers_of", "synthetic_movements"]

LAST_DAY = dt.date(2025, 12, 31)
MONTHS = 38
LINES_PER_INVOICE = 1.881
"""Lines a drawn invoice ends up with, on average: so many fewer are drawn than lines are asked for."""
KINDS = ("invoice", "credit_note", "receipt", "unpaid_return", "reclassification")
INVOICE, CREDIT_NOTE, RECEIPT, RETURN, TRANSFER = range(len(KINDS))
ACCOUNTS = ("411000", "416000")
CLOSED, DOUBTFUL = 0, 1
SENTENCES = ("Facture ", "Avoir sur ", "Règlement ", "Impayé ", "Transfert créance douteuse ")
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Lines:
    """Some lines, each of one invoice: `invoice` is its number, `amount` signed [cents], `day` of posting."""

    kind: int
    invoice: Ints
    amount: Ints
    day: Ints
    account: int = 0


def synthetic_movements(items: int, *, customers: int = 20_000, seed: int = 1) -> pd.DataFrame:
    """Draw a ledger of about `items` lines over 38 months.

    Three in ten invoices share their payment with the next one, one payment in six comes in two parts, one invoice in
    twelve has a credit note, one payment in two hundred comes back and is made again, one invoice in sixty is never
    paid and moves to 416 half a year late. What is settled in full bears a code of its own within its customer.

    Returns
    -------
    DataFrame, schema MOVEMENTS
        By posting day. [cents, VAT included]
    """
    draw = np.random.default_rng(seed)
    count = int(items / LINES_PER_INVOICE)
    last = (LAST_DAY - dt.date(1970, 1, 1)).days
    weight = draw.lognormal(0, 0.8, customers)
    customer = np.sort(draw.choice(customers, count, p=weight / weight.sum()))
    day = last - draw.integers(0, int(MONTHS * 30.44), count)
    order = np.lexsort((day, customer))
    day = day[order]
    amount = (draw.lognormal(11, 1.1, count) + 500).astype(np.int64)
    terms = np.array([30, 45, 60])[draw.integers(0, 3, customers)][customer]
    lateness = draw.normal(8, 12, customers)[customer] + draw.exponential(14, count) - 6
    group = np.cumsum(np.concatenate(([True], (customer[1:] != customer[:-1]) | (draw.random(count - 1) < 0.7)))) - 1
    lines = _life(draw, amount, (day, day + terms), np.round(lateness).astype(np.int64), group)
    kept = [_until(part, last) for part in lines]
    return _frame(kept, customer, day + terms, day, _codes(kept, group, customer))


def _life(
    draw: np.random.Generator, amount: Ints, dates: tuple[Ints, Ints], late: Ints, group: Ints,
) -> list[_Lines]:
    """Return every line of every invoice, whatever its day; `dates` are those of the invoice and of its due date."""
    day, due = dates
    count = len(amount)
    every = np.arange(count)
    credited = every[draw.random(count) < 1 / 12]
    credit = -np.maximum(amount[credited] // draw.integers(2, 12, len(credited)), 1)
    net = amount.copy()
    net[credited] += credit
    unpaid = draw.random(count) < 1 / 60
    paid_sum = np.zeros(int(group[-1]) + 1, dtype=np.int64)
    np.add.at(paid_sum, group[~unpaid], net[~unpaid])
    latest = np.concatenate((np.flatnonzero(group[1:] != group[:-1]), [count - 1]))
    paid, pay_day = paid_sum, np.maximum(due[latest] + late[latest], day[latest] + 1)
    real = paid > 2
    latest, paid, pay_day = latest[real], paid[real], pay_day[real]
    second = np.where(draw.random(len(paid)) < 1 / 6, (paid * draw.uniform(0.2, 0.7, len(paid))).astype(np.int64), 0)
    parts = second > 0
    returned = (draw.random(len(paid)) < 1 / 200) & ~parts
    doubtful = every[unpaid]
    return [
        _Lines(INVOICE, every, amount, day),
        _Lines(CREDIT_NOTE, credited, credit, day[credited] + draw.integers(2, 40, len(credited))),
        _Lines(RECEIPT, latest, second - paid, pay_day),
        _Lines(RECEIPT, latest[parts], -second[parts], pay_day[parts] + draw.integers(5, 60, int(parts.sum()))),
        _Lines(RETURN, latest[returned], paid[returned], pay_day[returned] + 6),
        _Lines(RECEIPT, latest[returned], -paid[returned], pay_day[returned] + 40),
        _Lines(TRANSFER, doubtful, -net[doubtful], due[doubtful] + 180),
        _Lines(TRANSFER, doubtful, net[doubtful], due[doubtful] + 180, account=1)]


def _until(lines: _Lines, last: int) -> _Lines:
    kept = lines.day <= last
    return _Lines(lines.kind, lines.invoice[kept], lines.amount[kept], lines.day[kept], lines.account)


def _codes(lines: list[_Lines], group: Ints, customer: Ints) -> Ints:
    """Give each group that ends at nil on 411 the next code of its customer; -1 where there is none."""
    left = np.zeros(int(group[-1]) + 1, dtype=np.int64)
    for part in lines:
        if part.account == 0:
            np.add.at(left, group[part.invoice], part.amount)
    first = np.concatenate(([0], np.flatnonzero(group[1:] != group[:-1]) + 1))
    whole = left == 0
    before = np.cumsum(whole) - whole
    owner = customer[first]
    start = np.concatenate(([True], owner[1:] != owner[:-1]))
    rank = before - np.maximum.accumulate(np.where(start, before, 0))
    return np.where(whole, rank, -1)[group]


def _frame(lines: list[_Lines], customer: Ints, due: Ints, day: Ints, code: Ints) -> pd.DataFrame:
    invoice = np.concatenate([part.invoice for part in lines])
    kind = np.concatenate([np.full(len(part.invoice), part.kind, dtype=np.int8) for part in lines])
    account = np.concatenate([np.full(len(part.invoice), part.account, dtype=np.int8) for part in lines])
    posted = np.concatenate([part.day for part in lines])
    amount = np.concatenate([part.amount for part in lines])
    order = np.argsort(posted, kind="stable")
    invoice, kind, account, posted, amount = (part[order] for part in (invoice, kind, account, posted, amount))
    count = len(invoice)
    dated = (kind == INVOICE) | (account == DOUBTFUL)
    due_day = np.where(dated, due[invoice], np.iinfo(np.int64).min)
    reference = np.char.add("FA", np.char.zfill(np.arange(len(customer)).astype("U8"), 8))
    coded = np.where(account == CLOSED, code[invoice], -1)
    nothing = _same(count, "")
    number = np.arange(count)
    quoted = pa.array(reference).take(pa.array(invoice))
    own = pa.compute.if_else(pa.array(np.isin(kind, (INVOICE, CREDIT_NOTE))), quoted, "")
    label = pa.compute.binary_join_element_wise(pa.array(SENTENCES).take(pa.array(kind)), quoted, "")
    return validate(pd.DataFrame({
        "movement_id": number, "customer_id": _coded(customer[invoice], _names("C", int(customer.max()) + 1)),
        "kind": _coded(kind, list(KINDS)), "document_date": _days(np.where(kind == INVOICE, day[invoice], posted)),
        "posting_date": _days(posted), "due_date": _dates_or_none(due_day),
        "due_date_origin": _coded(dated.astype(np.int8), ["", "given"]),
        "document_ref": pd.Series(own.to_pandas(), dtype="str"), "label": pd.Series(label.to_pandas(), dtype="str"),
        "journal": _coded(np.array([0, 0, 1, 1, 2], dtype=np.int8)[kind], ["VE", "BQ", "OD"]), "amount_cents": amount,
        "original_amount_cents": amount, "currency": _same(count, "EUR"), "foreign_amount_cents": np.zeros_like(amount),
        "foreign_currency": nothing, "matching_code": _coded(coded + 1, ["", *_letters(int(coded.max()) + 1)]),
        "matching_date": np.full(count, "NaT", dtype="datetime64[s]"), "account": _coded(account, list(ACCOUNTS)),
        "business_unit": nothing, "salesperson": nothing, "kind_inferred": np.zeros(count, dtype=bool),
        "source_file": _same(count, "ledger.txt"), "source_sheet": nothing, "source_row": number + 2}), MOVEMENTS)


def customers_of(movements: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each customer of a ledger, schema CUSTOMERS."""
    names = movements["customer_id"].cat.categories.astype("str")
    count = len(names)
    values = {"customer_id": names, "name": names, "customer_type": np.where(np.arange(count) % 9 == 0, "B2C", "B2B"),
              "zone": "FR", "credit_limit_cents": 0, "is_group": False,
              "salesperson": np.array([f"V{number}" for number in range(12)])[np.arange(count) % 12]}
    return validate(pd.DataFrame({
        name: values.get(name, "") for name in empty(CUSTOMERS).columns}, index=range(count)), CUSTOMERS)


def _coded(codes: npt.NDArray[np.integer], names: list[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"))


def _same(count: int, text: str) -> pd.Categorical:
    return _coded(np.zeros(count, dtype=np.int8), [text])


def _names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number:06d}" for number in range(count)]


def _letters(count: int) -> list[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [alphabet[n // 676 % 26] + alphabet[n // 26 % 26] + alphabet[n % 26] for n in range(count)]


def _days(numbers: Ints) -> npt.NDArray[np.datetime64]:
    return numbers.astype("datetime64[D]").astype("datetime64[s]")


def _dates_or_none(numbers: Ints) -> npt.NDArray[np.datetime64]:
    """Return dates; the least integer stands for none, as in NumPy."""
    return numbers.view("datetime64[D]").astype("datetime64[s]")
