"""The whole life of the demo client, from its customers to its lettered ledger, without any file."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import add_months, day_number
from auditlib.demo.behaviour import NEVER, add_behaviour, insolvencies
from auditlib.demo.book import ACCOUNTS, JOURNALS, Book
from auditlib.demo.customers import BUSINESS_UNITS, generate_customers
from auditlib.demo.days import business_calendar, to_dates
from auditlib.demo.doubtful import post_doubtful, post_small_write_offs
from auditlib.demo.habits import SME_HABITS, Habits
from auditlib.demo.labels import label, sequence_numbers
from auditlib.demo.lettering import letter
from auditlib.demo.names import SALESPERSONS
from auditlib.demo.opening import cut_at
from auditlib.demo.payments import plan_payments, post_payments
from auditlib.demo.sales import DISPUTE_REASONS, generate_invoices, post_sales
from auditlib.demo.truth import Truth
from auditlib.schemas import INSOLVENCIES, KINDS, MOVEMENTS, validate

__all__ = ["generate_movements"]

PAST_MONTHS = 9
"""Months simulated before the ledger's first day, so that it opens with a believable balance."""
DATED_KINDS = ("invoice", "opening", "reclassification", "unpaid_return")
"""Kinds of debit that are entered with a due date; among credits only credit notes are."""
MANAGERS = ("Mme Aubnelle (ADV)", "M. Cordorin (commerce)", "Mme Servillon (comptabilité clients)")


def generate_movements(*, seed: int = 2025, customers: int = 400, invoices: int = 12_000, months: int = 38,
                       as_of_date: dt.date = dt.date(2025, 12, 31), habits: Habits = SME_HABITS) -> Truth:
    """Generate the demo client as frames; same arguments, same frames.

    Parameters
    ----------
    seed : int
    customers : int
        At least 20.
    invoices : int
        Invoices posted in the ledger's months; two to three movements come of each.
    months : int
        Length of the ledger.
    as_of_date : date
        Last day of the ledger, a month end.
    habits : Habits
    """
    rng = np.random.default_rng(seed)
    start = add_months(as_of_date.replace(day=1), 1 - months)
    debtors = add_behaviour(generate_customers(customers, rng), start=start, last=as_of_date, habits=habits, rng=rng)
    calendar = business_calendar(start.year - 2, as_of_date.year + 3)
    book, sales = _posted(debtors, start=start, last=as_of_date, invoices=invoices, months=months, habits=habits,
                          calendar=calendar, rng=rng)
    everything = book.all_items()
    lump = rng.random(customers) < habits.lump_opening_rate
    items, links = cut_at(everything, book.all_links(), start=day_number(start), lump=lump)
    items = letter(items, links, last=day_number(as_of_date), habits=habits, calendar=calendar, rng=rng)
    items = label(items, sequence_numbers(everything), debtors, habits=habits, rng=rng)
    return _truth(items, links, sales, debtors, start=start, last=as_of_date)


def _posted(debtors: pd.DataFrame, *, start: dt.date, last: dt.date, invoices: int, months: int, habits: Habits,
            calendar: np.busdaycalendar, rng: np.random.Generator) -> tuple[Book, pd.DataFrame]:
    """Run the sales, then the payments, then the losses."""
    begin, end = day_number(start), day_number(last)
    before = day_number(add_months(start, -PAST_MONTHS))
    common: dict[str, Any] = {"habits": habits, "calendar": calendar, "rng": rng}
    earlier = generate_invoices(
        debtors, count=round(invoices * PAST_MONTHS / months), first=before, last=begin - 1, **common
    )
    during = generate_invoices(debtors, count=invoices, first=begin, last=end, **common)
    book = Book()
    sales = post_sales(book, pd.concat([earlier, during], ignore_index=True), debtors, last=end, **common)
    plan = plan_payments(sales, debtors, first=begin, last=end, **common)
    post_payments(book, plan, debtors, last=end, **common)
    post_doubtful(book, sales, debtors, last=end, calendar=calendar)
    post_small_write_offs(book, sales, last=end, calendar=calendar, rng=rng)
    return book, sales


def _truth(items: pd.DataFrame, links: pd.DataFrame, sales: pd.DataFrame, debtors: pd.DataFrame, *, start: dt.date,
           last: dt.date) -> Truth:
    inside = (items["account"] != ACCOUNTS.index("419100")).to_numpy()
    number = np.where(inside, np.cumsum(inside) - 1, -1)
    movements = _movements(items[inside].assign(key=number[inside]), debtors, number)
    links = links[inside[links["debit"]]]
    allocations = pd.DataFrame(
        {
            "debit_id": number[links["debit"]],
            "credit_id": number[links["credit"]],
            "amount_cents": links["amount"].to_numpy(),
            "allocation_date": _dates(links["day"]),
        }
    )
    deposits = _movements(items[~inside], debtors, number)
    return Truth(
        movements=movements,
        allocations=allocations.sort_values(["allocation_date", "debit_id", "credit_id"], ignore_index=True),
        customers=_named(debtors),
        disputes=_disputes(items[inside], sales, movements, last),
        insolvencies=validate(insolvencies(debtors, last), INSOLVENCIES),
        deposits=deposits[
            [
                "customer_id",
                "posting_date",
                "document_date",
                "amount_cents",
                "entry_id",
                "document_ref",
                "label",
                "journal",
                "matching_code",
                "matching_date",
            ]
        ].reset_index(drop=True),
        start=start,
        as_of_date=last,
    )


def _dates(days: pd.Series) -> npt.NDArray[np.datetime64]:
    known = (days < NEVER) & (days > -NEVER)
    return np.where(known, to_dates(days.where(known, 0).to_numpy()), np.datetime64("NaT")).astype("datetime64[s]")


def _category(codes: npt.NDArray[np.int64], categories: Sequence[str] | pd.Series) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, pd.Index(categories))


def _movements(items: pd.DataFrame, debtors: pd.DataFrame, number: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Write items in the canonical columns; ``movement_id`` is the row number."""
    customer, kind = items["customer"].to_numpy(), items["kind"].to_numpy()
    journals = [JOURNALS.get(word, "OD") for word in KINDS]
    names = sorted(set(journals))
    dated = np.isin(kind, [KINDS.index(word) for word in DATED_KINDS]) & (items["amount"] > 0)
    due = _dates(items["due"].where(dated | (kind == KINDS.index("credit_note")), NEVER))
    is_moved = (kind == KINDS.index("reclassification")) & ~items["entry"].isin(
        items.loc[items["account"] == ACCOUNTS.index("413000"), "entry"]).to_numpy()
    journal = np.where(is_moved, names.index("OD"), np.array([names.index(word) for word in journals])[kind])
    frame = pd.DataFrame(
        {
            "movement_id": np.arange(len(items)),
            "customer_id": _category(customer, debtors["customer_id"]),
            "kind": _category(kind, list(KINDS)),
            "document_date": _dates(items["document"]),
            "posting_date": _dates(items["posting"]),
            "due_date": due,
            "due_date_origin": _category(np.isnat(due).astype(int), ["given", "none"]),
            "document_ref": items["document_ref"].to_numpy(),
            "label": items["label"].to_numpy(),
            "journal": _category(journal, names),
            "amount_cents": items["amount"].to_numpy(),
            "original_amount_cents": items["amount"].to_numpy(),
            "currency": "EUR",
            "foreign_amount_cents": 0,
            "foreign_currency": "",
            "matching_code": items["matching_code"].to_numpy(),
            "matching_date": _dates(items["lettered"]),
            "account": _category(items["account"].to_numpy(), list(ACCOUNTS)),
            "business_unit": _category(debtors["business_unit"].to_numpy()[customer], list(BUSINESS_UNITS)),
            "salesperson": _category(debtors["salesperson"].to_numpy()[customer], list(SALESPERSONS)),
            "kind_inferred": False,
            "source_file": "", "source_sheet": "", "source_row": 0,
            "entry_id": items["entry"].to_numpy(),
            "origin_id": np.append(number, -1)[items["origin"]],
            "true_due_date": _dates(items["true_due"]),
            "vat_rate": items["vat_rate"].to_numpy(),
        }
    )
    return validate(frame, MOVEMENTS)


def _named(debtors: pd.DataFrame) -> pd.DataFrame:
    return debtors.assign(business_unit=np.array(BUSINESS_UNITS, dtype=object)[debtors["business_unit"]],
                          salesperson=np.array(SALESPERSONS, dtype=object)[debtors["salesperson"]])


def _disputes(items: pd.DataFrame, sales: pd.DataFrame, movements: pd.DataFrame, last: dt.date) -> pd.DataFrame:
    """List the disputes known at `last` of invoices that are in the ledger under their own number."""
    limit = day_number(last)
    known = sales[sales["disputed"] & (sales["opened"] <= limit)].set_index("key")
    rows = pd.DataFrame({"first_key": items["first_key"].to_numpy(), "movement_id": np.arange(len(items))})
    rows = rows[rows["first_key"].isin(known.index) & (movements["document_ref"] != "").to_numpy()]
    dispute = known.loc[rows["first_key"]]
    share = np.where(dispute["reason"].to_numpy() % 2 == 0, 100, 40)
    taken = movements.loc[rows["movement_id"]]
    return pd.DataFrame(
        {
            "movement_id": rows["movement_id"].to_numpy(),
            "customer_id": taken["customer_id"].to_numpy(),
            "document_ref": taken["document_ref"].to_numpy(),
            "amount_cents": taken["amount_cents"].to_numpy() * share // 100,
            "opened_on": _dates(dispute["opened"].reset_index(drop=True)),
            "closed_on": _dates(dispute["closed"].where(dispute["closed"] <= limit, NEVER).reset_index(drop=True)),
            "reason": np.array(DISPUTE_REASONS, dtype=object)[dispute["reason"]],
            "owner": np.array(MANAGERS, dtype=object)[dispute["reason"].to_numpy() % len(MANAGERS)],
        }
    )
