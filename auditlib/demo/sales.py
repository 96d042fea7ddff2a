"""What the demo client sells: invoices, deposits before them, credit notes and disputes after them."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.demo.behaviour import NEVER
from auditlib.demo.book import ACCOUNTS, Book
from auditlib.demo.days import Days, due_days, next_business_day, sales_weights
from auditlib.demo.habits import Habits

__all__ = ["DISPUTE_REASONS", "generate_invoices", "post_sales"]

DISPUTE_REASONS = ("Prix non conforme au devis", "Livraison incomplète", "Malfaçon constatée", "Bon de commande absent",
                   "Facture reçue en double", "Retard de chantier")
RETENTION_RATE, RETENTION_DAYS = 0.05, 365  # law 71-584: 5 % at most, released a year after acceptance
DEPOSIT_RATE = 0.3


def generate_invoices(customers: pd.DataFrame, *, count: int, first: int, last: int, habits: Habits,
                      calendar: np.busdaycalendar, rng: np.random.Generator) -> pd.DataFrame:
    """Draw invoices from `first` to `last` (day numbers), in posting order.

    Returns
    -------
    DataFrame
        ``customer``, ``document``, ``posting``, ``due`` (days), ``amount`` [cents, VAT included], ``vat_rate``.
    """
    frequency = customers["frequency"].to_numpy()
    opens = np.clip(customers["first_day"].to_numpy(), first, last)
    ends = np.clip(customers["last_day"].to_numpy(), first - 1, last)
    frequency = np.where(ends > opens, frequency * (ends - opens), 0.0)
    customer = rng.choice(len(customers), count, p=frequency / frequency.sum())
    reached = np.concatenate([[0.0], np.cumsum(sales_weights(first, last, calendar))])
    low, high = reached[opens[customer] - first], reached[ends[customer] - first + 1]
    document = first + np.searchsorted(reached, low + (high - low) * rng.random(count), side="left") - 1
    late = np.where(rng.random(count) < 0.08, rng.integers(1, 5, count), 0)
    posting = np.minimum(next_business_day(document + late, calendar), last)
    ticket = customers["ticket"].to_numpy()[customer] * rng.lognormal(0.0, 0.75, count)
    amount = np.maximum(np.rint(ticket * habits.mean_invoice_cents / _mean_ticket(customers, frequency)), 1_200)
    terms = customers["term_days"].to_numpy()[customer], customers["end_of_month"].to_numpy()[customer]
    invoices = pd.DataFrame({"customer": customer, "document": document, "posting": posting,
                             "due": due_days(document, *terms), "amount": amount.astype(np.int64),
                             "vat_rate": customers["vat_rate"].to_numpy()[customer]})
    return invoices.sort_values(["posting", "document"], kind="stable", ignore_index=True)


def _mean_ticket(customers: pd.DataFrame, frequency: npt.NDArray[np.float64]) -> float:
    mean = float(np.average(customers["ticket"].to_numpy(), weights=frequency))
    return mean * float(np.exp(0.75**2 / 2))


def post_sales(book: Book, invoices: pd.DataFrame, customers: pd.DataFrame, *, last: int, habits: Habits,
               calendar: np.busdaycalendar, rng: np.random.Generator) -> pd.DataFrame:
    """Post invoices with their retention, deposits and credit notes.

    Returns
    -------
    DataFrame
        `invoices` with ``key`` (of the 411 item), ``remaining`` [cents] still to be paid, ``disputed``,
        ``opened`` and ``closed`` (days), ``reason``, and ``not_before`` (a credit note comes first).
    """
    table = _with_disputes(invoices, customers, habits, calendar, rng)
    retained = np.where(customers["retains"].to_numpy()[table["customer"]],
                        np.rint(table["amount"] * RETENTION_RATE), 0).astype(np.int64)
    table["remaining"] = table["amount"] - retained
    table["true_due"] = table["due"]
    blank = rng.random(len(table)) < habits.no_due_date_rate
    table["key"] = book.post(
        "invoice",
        **_dates(table),
        amount=table["remaining"].to_numpy(),
        due=np.where(blank, -NEVER, table["due"]),
        true_due=table["due"],
        vat_rate=table["vat_rate"],
    )
    _post_retentions(book, table, retained, last=last, calendar=calendar, rng=rng)
    table["remaining"] -= _post_deposits(book, table, customers, habits=habits, calendar=calendar, rng=rng)
    return _post_credit_notes(book, table, customers, last=last, habits=habits, calendar=calendar, rng=rng)


def _dates(table: pd.DataFrame) -> dict[str, Days]:
    return {name: table[name].to_numpy() for name in ("customer", "posting", "document")}


def _with_disputes(invoices: pd.DataFrame, customers: pd.DataFrame, habits: Habits, calendar: np.busdaycalendar,
                   rng: np.random.Generator) -> pd.DataFrame:
    count = len(invoices)
    quarrelsome = np.where(rng.random(len(customers)) < 0.04, 6.0, 0.8)
    disputed = rng.random(count) < habits.dispute_rate * quarrelsome[invoices["customer"]]
    opened = next_business_day((invoices["posting"] + rng.integers(6, 35, count)).to_numpy(), calendar)
    closed = next_business_day(opened + rng.integers(20, 170, count), calendar)
    return invoices.assign(disputed=disputed, opened=opened, closed=closed,
                           reason=rng.integers(0, len(DISPUTE_REASONS), count))


def _post_retentions(book: Book, table: pd.DataFrame, retained: Days, *, last: int, calendar: np.busdaycalendar,
                     rng: np.random.Generator) -> None:
    """Post the part kept back on account 4117, due a year later; the customer is some weeks late even then."""
    kept = table[retained > 0]
    amount = retained[retained > 0]
    due = kept["document"].to_numpy() + RETENTION_DAYS
    keys = book.post("invoice", **_dates(kept), amount=amount, due=due, true_due=due, entry=kept["key"].to_numpy(),
                     account=ACCOUNTS.index("411700"), vat_rate=kept["vat_rate"])
    paid = next_business_day(due + rng.integers(5, 70, len(kept)), calendar)
    done = paid <= last
    credit = book.post("receipt", customer=kept["customer"].to_numpy()[done], posting=paid[done], amount=-amount[done],
                       quote=keys[done], account=ACCOUNTS.index("411700"))
    book.link(keys[done], credit, amount[done])


def _post_deposits(book: Book, table: pd.DataFrame, customers: pd.DataFrame, *, habits: Habits,
                   calendar: np.busdaycalendar, rng: np.random.Generator) -> Days:
    """Post deposits received on 4191 and set them against their invoice the day it is posted."""
    unit = customers["business_unit"].to_numpy()[table["customer"]]
    asked = (unit == 1) & (table["amount"] > 300_000) & (rng.random(len(table)) < habits.deposit_rate)
    sold = table[asked]
    amount = (np.rint(sold["amount"] * DEPOSIT_RATE / 100) * 100).astype(np.int64).to_numpy()
    received = next_business_day((sold["posting"] - rng.integers(20, 70, len(sold))).to_numpy(), calendar)
    customer, key, posting = (sold[name].to_numpy() for name in ("customer", "key", "posting"))
    paid = book.post(
        "receipt", customer=customer, posting=received, amount=-amount, account=ACCOUNTS.index("419100"), quotes=0
    )
    applied = book.post("deposit_applied", customer=customer, posting=posting, amount=-amount, quote=key)
    used = book.post("deposit_applied", customer=customer, posting=posting, amount=amount, quote=key, entry=applied,
                     account=ACCOUNTS.index("419100"))
    book.link(used, paid, amount)
    book.link(key, applied, amount)
    taken = np.zeros(len(table), dtype=np.int64)
    taken[asked.to_numpy()] = amount
    return taken


def _post_credit_notes(book: Book, table: pd.DataFrame, customers: pd.DataFrame, *, last: int, habits: Habits,
                       calendar: np.busdaycalendar, rng: np.random.Generator) -> pd.DataFrame:
    """Credit some invoices in part or in full: half the settled disputes, and returns of goods."""
    count = len(table)
    settled = table["disputed"] & (rng.random(count) < 0.5)
    returned = ~table["disputed"] & (rng.random(count) < habits.credit_note_rate)
    day = np.where(settled, table["closed"], table["posting"] + rng.integers(4, 30, count))
    day = next_business_day(day, calendar)
    known = day <= np.minimum(last, customers["stop_day"].to_numpy()[table["customer"]])
    credited = ((settled | returned) & known).to_numpy()
    share = np.where(rng.random(count) < 0.3, 1.0, rng.uniform(0.05, 0.6, count))
    amount = np.where(credited, np.rint(table["remaining"] * share), 0).astype(np.int64)
    note = table[credited]
    keys = book.post(
        "credit_note",
        customer=note["customer"].to_numpy(),
        posting=day[credited],
        amount=-amount[credited],
        quote=note["key"],
        vat_rate=note["vat_rate"],
    )
    book.link(note["key"].to_numpy(), keys, amount[credited])
    return table.assign(remaining=table["remaining"] - amount, not_before=np.where(credited, day, -NEVER))
