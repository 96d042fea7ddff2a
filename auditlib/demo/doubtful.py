"""Customers given up: open claims go to 416, a little comes back, the rest is written off."""

import numpy as np
import pandas as pd

from auditlib.demo.behaviour import NEVER
from auditlib.demo.book import ACCOUNTS, Book
from auditlib.demo.days import Days, next_business_day

__all__ = ["post_doubtful", "post_small_write_offs"]

DOUBTFUL = ACCOUNTS.index("416000")


def post_doubtful(book: Book, sales: pd.DataFrame, customers: pd.DataFrame, *, last: int,
                  calendar: np.busdaycalendar) -> None:
    """Transfer what doubtful customers owe to account 416, and close old cases.

    Parameters
    ----------
    book : Book
    sales : DataFrame
        Invoices with their ``key``, ``customer``, ``posting``, ``document``, ``due``, ``vat_rate``.
    """
    day = next_business_day(np.minimum(customers["doubtful_day"].to_numpy(), last + 60), calendar)[sales["customer"]]
    given_up = (customers["doubtful_day"].to_numpy()[sales["customer"]] < NEVER) & (day <= last)
    given_up &= (sales["posting"] <= day).to_numpy()
    owed = _owed(book, sales)
    here = given_up & (owed > 0)
    claims, amount, day = sales[here], owed[here], day[here]
    customer, key, due = (claims[name].to_numpy() for name in ("customer", "key", "due"))
    claim = {"customer": customer, "posting": day, "document": claims["document"].to_numpy(), "due": due}
    moved = book.post("reclassification", **claim, amount=-amount, quote=key, origin=key, true_due=due)
    doubtful = book.post("reclassification", **claim, amount=amount, quote=key, origin=key, true_due=due, entry=moved,
                         account=DOUBTFUL)
    book.link(key, moved, amount)
    _close_cases(
        book, claims.assign(key=doubtful, root=key, owed=amount, day=day), last=last, calendar=calendar
    )


def _owed(book: Book, sales: pd.DataFrame) -> Days:
    amounts = book.all_items()["amount"].to_numpy()
    keys = sales["key"].to_numpy()
    owed: Days = amounts[keys] - book.paid()[keys]
    return owed


def _close_cases(book: Book, claims: pd.DataFrame, *, last: int, calendar: np.busdaycalendar) -> None:
    """Post a dividend of 15 % for a quarter of the customers, and a write-off of the rest after a year or more."""
    closing = next_business_day((claims["day"] + 330 + claims["customer"] % 7 * 45).to_numpy(), calendar)
    done = closing <= last
    claims, closing = claims[done], closing[done]
    customer, key, root, owed = (claims[name].to_numpy() for name in ("customer", "key", "root", "owed"))
    dividend = np.where(customer % 4 == 0, owed * 15 // 100, 0)
    paid = dividend > 0
    credit = book.post(
        "receipt",
        customer=customer[paid],
        posting=closing[paid],
        amount=-dividend[paid],
        quote=root[paid],
        account=DOUBTFUL,
    )
    book.link(key[paid], credit, dividend[paid])
    loss = book.post("write_off", customer=customer, posting=closing, amount=-(owed - dividend), quote=root,
                     account=DOUBTFUL, vat_rate=claims["vat_rate"])
    book.link(key, loss, owed - dividend)


def post_small_write_offs(book: Book, sales: pd.DataFrame, *, last: int, calendar: np.busdaycalendar,
                          rng: np.random.Generator) -> None:
    """Write off half of the small claims on account 411 that are more than a year overdue."""
    owed = _owed(book, sales)
    day = next_business_day((sales["due"] + rng.integers(380, 500, len(sales))).to_numpy(), calendar)
    here = (owed > 0) & (owed < 150_000) & (day <= last) & (rng.random(len(sales)) < 0.5)
    small, amount = sales[here], owed[here]
    credit = book.post("write_off", customer=small["customer"].to_numpy(), posting=day[here], amount=-amount,
                       quote=small["key"], vat_rate=small["vat_rate"])
    book.link(small["key"].to_numpy(), credit, amount)
