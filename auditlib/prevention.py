"""What could have been seen before the due date: late disputes, cancelled invoices, reminders, credit limits."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_number, day_numbers

__all__ = ["Measured", "cancelled_invoices", "disputed_after_due", "late_at_due", "over_limit", "reminded_before_due"]

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Measured:
    """How much of a population a measure points at.

    Attributes
    ----------
    of_cases, of_cents : int
        The population. [items, cents VAT included]
    rows : DataFrame
        What is pointed at: ``item_id`` and ``amount_cents`` [cents, VAT included].
    """

    of_cases: int
    of_cents: int
    rows: pd.DataFrame

    @property
    def cents(self) -> int:
        """Amount pointed at [cents, VAT included]."""
        return int(self.rows["amount_cents"].sum())

    @property
    def share(self) -> float | None:
        """Share of the population's amount, None where there is no population [share 0–1]."""
        return self.cents / self.of_cents if self.of_cents > 0 else None


def disputed_after_due(items: pd.DataFrame, disputes: pd.DataFrame, *, start: dt.date, end: dt.date) -> Measured:
    """Point at the disputes first opened when the item was already late: asked before, they would have shown.

    Parameters
    ----------
    items : DataFrame, schema ITEMS
    disputes : DataFrame, schema DISPUTES
        Only those with a date of opening are read.
    start, end : date
        First and last day of opening looked at.

    Returns
    -------
    Measured
        Of the disputed amounts, never more than the item's, of items that have a due date: the latest of an invoice
        due in several parts.
    """
    dated = disputes[disputes["opened_on"].notna()].groupby("movement_id").agg(
        opened_on=("opened_on", "min"), disputed=("amount_cents", "max"))
    own = items[((items["amount_cents"] > 0) & (items["origin_id"] < 0) & items["due_date"].notna()
                 & ~items["is_age_unknown"]).to_numpy()]
    documents = own[own["movement_id"].isin(dated.index).to_numpy()].groupby("movement_id").agg(
        item_id=("item_id", "first"), due_date=("due_date", "max"), amount=("amount_cents", "sum"))
    both = documents.join(dated, how="inner")
    both = both[both["opened_on"].between(pd.Timestamp(start), pd.Timestamp(end))]
    amount = both[["disputed", "amount"]].min(axis=1)
    late = both["opened_on"] > both["due_date"]
    return Measured(len(both), int(amount.sum()), _rows(both["item_id"][late].to_numpy(), amount[late].to_numpy()))


def cancelled_invoices(
    items: pd.DataFrame, allocations: pd.DataFrame, *, start: dt.date, end: dt.date, days: int,
) -> tuple[Measured, Measured]:
    """Point at the invoices of a period that a credit note took back whole, and at those billed again after it.

    Parameters
    ----------
    items : DataFrame, schema ITEMS
        ``item_id`` is the position.
    allocations : DataFrame, schema ALLOCATIONS
    start, end : date
        First and last day of posting.
    days : int
        From the credit note to an invoice of the same amount to the same customer, at most. [days]

    Returns
    -------
    tuple of Measured
        Cancelled; of these, billed again. Both of all invoices of the period.
    """
    invoices = _invoices(items, start, end)
    is_note = (items["kind"] == "credit_note").to_numpy()
    kept = allocations[is_note[allocations["credit_id"].to_numpy()]]
    taken = np.zeros(len(items), dtype=np.int64)
    noted = np.zeros(len(items), dtype=np.int64)
    np.add.at(taken, kept["debit_id"].to_numpy(), kept["amount_cents"].to_numpy())
    posted = day_numbers(items["posting_date"]).astype(np.int64)
    np.maximum.at(noted, kept["debit_id"].to_numpy(), posted[kept["credit_id"].to_numpy()])
    place = invoices["item_id"].to_numpy()
    cancelled = invoices[taken[place] >= invoices["amount_cents"].to_numpy()]
    again = _billed_again(items, cancelled, noted[cancelled["item_id"].to_numpy()], posted, days)
    population = len(invoices), int(invoices["amount_cents"].sum())
    return tuple(Measured(*population, _rows(found["item_id"].to_numpy(), found["amount_cents"].to_numpy()))
                 for found in (cancelled, cancelled[cancelled["item_id"].isin(again).to_numpy()]))  # type: ignore[return-value]


def _billed_again(items: pd.DataFrame, cancelled: pd.DataFrame, noted: Ints, posted: Ints, days: int) -> Ints:
    """Return the cancelled invoices that a new one of the same customer and amount follows, counting it once."""
    sold = ((items["kind"] == "invoice") & (items["amount_cents"] > 0) & (items["origin_id"] < 0)).to_numpy()
    keys = ["customer_id", "amount_cents"]
    new = items.loc[sold, ["item_id", *keys]].assign(day=posted[sold])
    pairs = cancelled[["item_id", *keys]].assign(noted=noted).merge(new, on=keys, suffixes=("", "_again"))
    pairs = pairs[(pairs["item_id"] != pairs["item_id_again"]) & (pairs["day"] >= pairs["noted"])
                  & (pairs["day"] <= pairs["noted"] + days)]
    pairs = pairs.sort_values(["noted", "item_id", "day", "item_id_again"], kind="stable")
    once = pairs.drop_duplicates("item_id").drop_duplicates("item_id_again")
    found: Ints = once["item_id"].to_numpy()
    return found


def late_at_due(invoices: pd.DataFrame, *, claims: pd.DataFrame) -> Measured:
    """Point at what of each invoice was not paid on the evening of its due date.

    Parameters
    ----------
    invoices : DataFrame
        ``item_id``, ``amount_cents`` > 0 and ``due_date``, which has passed.
    claims : DataFrame
        `auditlib.replay.claims`: what credit notes and write-offs took is neither late nor owed.

    Returns
    -------
    Measured
        Of the invoices less what was credited.
    """
    item, due = invoices["item_id"].to_numpy(), day_numbers(invoices["due_date"])
    size = int(max(item.max(initial=-1), claims["root_id"].max() if len(claims) else -1)) + 1
    due_of = np.full(size, np.iinfo(np.int64).min)
    due_of[item] = due
    root, cents = claims["root_id"].to_numpy(), claims["amount_cents"].to_numpy()
    pays = (claims["kind"] == "settlement").to_numpy()
    paid, credited = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    on_time = pays & (day_numbers(claims["event_date"]) <= due_of[root])
    np.add.at(paid, root[on_time], cents[on_time])
    np.add.at(credited, root[~pays], cents[~pays])
    owed = np.maximum(invoices["amount_cents"].to_numpy() - credited[item], 0)
    late = np.maximum(owed - np.maximum(paid[item], 0), 0)
    return Measured(int((owed > 0).sum()), int(owed.sum()), _rows(item[late > 0], late[late > 0]))


def reminded_before_due(invoices: pd.DataFrame, actions: pd.DataFrame) -> Mask:
    """Tell which invoices had a reminder logged between their date and the day before they fell due.

    Parameters
    ----------
    invoices : DataFrame
        ``customer_id``, ``document_ref``, ``document_date``, ``due_date``.
    actions : DataFrame
        Reminders before the due date: ``customer_id``, ``document_ref`` (empty: all that the customer then owes) and
        ``done_on``.
    """
    rows = invoices.assign(row=np.arange(len(invoices)), customer_id=invoices["customer_id"].astype("str"))
    said = actions[["customer_id", "document_ref", "done_on"]].astype({"customer_id": "str"})
    columns = ["row", "customer_id", "document_ref", "document_date", "due_date"]
    pairs = rows[columns].merge(said, on="customer_id", suffixes=("", "_said"))
    named = (pairs["document_ref_said"] == "") | (pairs["document_ref_said"] == pairs["document_ref"])
    before = (pairs["done_on"] < pairs["due_date"]) & (pairs["done_on"] >= pairs["document_date"])
    found = np.zeros(len(invoices), dtype=bool)
    found[pairs["row"][named & before].unique()] = True
    return found


def over_limit(items: pd.DataFrame, limits: pd.Series, *, start: dt.date, end: dt.date) -> Measured:
    """Point at the invoices of a period after which the customer's balance, that evening, was over his credit limit.

    Parameters
    ----------
    items : DataFrame, schema ITEMS
    limits : Series of int64
        Credit limit by customer, those that have one. [cents]
    start, end : date
        First and last day of posting.

    Returns
    -------
    Measured
        Of the invoices to customers who have a limit.
    """
    limit = items["customer_id"].astype("str").map(limits).fillna(0).to_numpy(dtype=np.int64)
    own = items.assign(limit=limit)[limit > 0]
    day = day_numbers(own["posting_date"]).astype(np.int64)
    order = np.lexsort((day, own["customer_id"].cat.codes.to_numpy()))
    own, day = own.iloc[order], day[order]
    evening = _evening_balance(own["customer_id"].cat.codes.to_numpy(), day, own["amount_cents"].to_numpy())
    sold = ((own["kind"] == "invoice") & (own["amount_cents"] > 0) & (own["origin_id"] < 0)).to_numpy()
    sold = sold & (day >= day_number(start)) & (day <= day_number(end))
    beyond = own[sold & (evening > own["limit"].to_numpy())]
    return Measured(int(sold.sum()), int(own["amount_cents"][sold].sum()),
                    _rows(beyond["item_id"].to_numpy(), beyond["amount_cents"].to_numpy()))


def _evening_balance(customer: npt.NDArray[np.integer], day: Ints, amount: Ints) -> Ints:
    """Return each customer's balance on the evening of each row's day; rows in order of customer, then day."""
    if not len(amount):
        return amount
    total = np.cumsum(amount)
    first = np.append(True, np.diff(customer) != 0)
    before = (total - amount)[np.flatnonzero(first)][np.cumsum(first) - 1]
    opens = first | np.append(True, np.diff(day) != 0)
    last = np.append(np.flatnonzero(opens)[1:] - 1, len(amount) - 1)[np.cumsum(opens) - 1]
    balance: Ints = total[last] - before
    return balance


def _invoices(items: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    kept = (items["kind"] == "invoice") & (items["amount_cents"] > 0) & (items["origin_id"] < 0)
    return items[(kept & items["posting_date"].between(pd.Timestamp(start), pd.Timestamp(end))).to_numpy()]


def _rows(item: Ints, amount: Ints) -> pd.DataFrame:
    return pd.DataFrame({"item_id": item.astype(np.int64), "amount_cents": amount.astype(np.int64)})
