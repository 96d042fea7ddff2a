"""What matching works on: a customer account's items as plain arrays in posting order."""

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, day_numbers
from auditlib.matching.words import is_among, normalised
from auditlib.ordering import order_in_runs, row_order, sorted_rows, sums_at, text_order
from auditlib.parallel import each, group_limits

__all__ = [
    "Ints", "Pairs", "Postings", "by_family", "debtors", "family_order", "posting_order", "postings", "without_gap",
]

Ints = npt.NDArray[np.int64]
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True)
class Postings:
    """Items sorted by debtor, then posting order; every array has shape (n_items,).

    Attributes
    ----------
    debtor : customer and currency together, as a rank: amounts of two currencies never meet.
    amount : signed. [cents, VAT included]
    posting, matching_day : day numbers, `NO_DAY` when missing.
    account, code : ranks; ``code`` is -1 where there is none.
    family : 0, or 1 for a bill (413) and 2 for a doubtful claim (416), which are paid on their own accounts.
    transfer : whether the item is a leg of a reclassification (411 ↔ 413 ↔ 416).
    frame : the items themselves, in the order they came in.
    rows : where each item stands in ``frame``, None where the order is the same.
    """

    debtor: Ints
    amount: Ints
    posting: npt.NDArray[np.int32]
    matching_day: npt.NDArray[np.int32]
    account: Ints
    code: Ints
    family: Ints
    transfer: npt.NDArray[np.bool_]
    frame: pd.DataFrame
    rows: Ints | None = None

    def listed(self, places: Ints, columns: list[str]) -> pd.DataFrame:
        """Return some columns of the items at some places, numbered anew."""
        rows = places if self.rows is None else self.rows[places]
        return self.frame[columns].take(rows).reset_index(drop=True)

    @cached_property
    def _references(self) -> pd.Series:
        """The documents' references as `normalised`, in the order of ``frame``."""
        return normalised(self.frame["document_ref"])

    def naming(self, wanted: pd.Series) -> Ints:
        """Return the items whose reference is among some others (normalised, none empty)."""
        named = is_among(self._references, wanted)
        return np.flatnonzero(named if self.rows is None else named[self.rows])

    def references(self, places: Ints) -> pd.Series:
        """Return the normalised references of the items at some places, numbered anew."""
        return self._references.take(places if self.rows is None else self.rows[places]).reset_index(drop=True)

    def same_transfer(self, debit: Ints, credit: Ints) -> npt.NDArray[np.bool_]:
        """Tell which pairs are the two legs of one reclassification, which clear other items, not each other."""
        same: npt.NDArray[np.bool_] = self.posting[debit] == self.posting[credit]
        return same & self.transfer[debit] & self.transfer[credit]


@dataclass(frozen=True)
class Pairs:
    """Credit set against debit: positions of the items, and amounts in cents, positive."""

    debit: Ints
    credit: Ints
    amount: Ints

    def at(self, places: Ints) -> "Pairs":
        """Return the pairs with each position replaced by its place."""
        return Pairs(places[self.debit], places[self.credit], self.amount)

    @staticmethod
    def none() -> "Pairs":
        """Return no pair."""
        nothing = np.empty(0, dtype=np.int64)
        return Pairs(nothing, nothing, nothing)

    @staticmethod
    def joined(parts: list["Pairs"]) -> "Pairs":
        """Return the pairs of all `parts`."""
        parts = parts or [Pairs.none()]
        return Pairs(
            np.concatenate([part.debit for part in parts]),
            np.concatenate([part.credit for part in parts]),
            np.concatenate([part.amount for part in parts]),
        )

    def taken(self, n_items: int) -> Ints:
        """Return how much of each item these pairs use, in cents."""
        return sums_at(self.debit, self.amount, count=n_items) + sums_at(self.credit, self.amount, count=n_items)


def posting_order(movements: pd.DataFrame) -> Ints:
    """Return the row order by debtor and posting (ties: due date, document reference, source row).

    Only rows that tie on date pay for the comparison of their references.
    """
    debtor, posting = debtors(movements), day_numbers(movements["posting_date"])
    limits = group_limits(np.bincount(debtor))
    return np.concatenate(each(partial(_order_of_part, movements, debtor, posting), limits))


def _order_of_part(
    movements: pd.DataFrame, debtor: Ints, posting: npt.NDArray[np.int32], limits: tuple[int, int],
) -> Ints:
    """Return the rows of some debtors in posting order."""
    rows = np.flatnonzero((debtor >= limits[0]) & (debtor < limits[1]))
    order, same = sorted_rows(debtor[rows], posting[rows])
    order = rows[order]
    tied, places, run = _tied(order, same)
    if not len(tied):
        return order
    by_due, same = order_in_runs(run, without_gap(day_numbers(movements["due_date"].take(tied))))
    order[places] = tied = tied[by_due]
    tied, within, run = _tied(tied, same)
    if not len(tied):
        return order
    by_text, same = text_order(run, movements["document_ref"].take(tied))
    tied, run = tied[by_text], np.cumsum(~same, dtype=np.int64) - 1
    file, row = movements["source_file"].cat.codes.to_numpy(), movements["source_row"].to_numpy()
    by_source, _ = order_in_runs(run, file[tied], row[tied], tied)
    order[places[within]] = tied[by_source]
    return order


def _tied(rows: Ints, same: npt.NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
    """Return the rows that tie with a neighbour, their places, and the number of the tie each is in, rising."""
    ties = same.copy()
    ties[:-1] |= same[1:]
    places = np.flatnonzero(ties)
    return rows[places], places, np.cumsum(~same[places], dtype=np.int64) - 1


def without_gap(days: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Bring `NO_DAY` next to the last real day: the order is the same, and the range short enough to be packed."""
    missing = days == NO_DAY
    if not missing.any() or missing.all():
        return days
    return np.where(missing, days[~missing].max() + 1, days)


def debtors(frame: pd.DataFrame) -> Ints:
    """Return a rank of customer and currency together."""
    customer, currency = frame["customer_id"].cat, frame["currency"].cat
    return _ranked(customer.codes.to_numpy(), currency.codes.to_numpy(), frame["currency"])


def _ranked(customer: npt.NDArray[np.integer], currency: npt.NDArray[np.integer], named: pd.Series) -> Ints:
    return customer.astype(np.int64) * max(len(named.cat.categories), 1) + currency


def _families(account: pd.Series) -> Ints:
    """Return the family of each account that the column knows, in the order of its codes."""
    names = account.cat.categories.astype("str")
    return np.select([names.str.startswith("413"), names.str.startswith("416")], [1, 2], 0).astype(np.int64)


def by_family(postings: Postings) -> tuple[Postings, Ints]:
    """Return the postings with each customer's families apart, and where each of them stood.

    Amount and age say nothing across families: a bill settles when 413 is credited (INDICATORS.md 1).
    """
    order = family_order(postings)
    apart = replace(
        postings, debtor=(postings.debtor * 3 + postings.family)[order], amount=postings.amount[order],
        posting=postings.posting[order], transfer=postings.transfer[order])
    return apart, order


def family_order(postings: Postings) -> Ints:
    """Return the order by debtor and family; those of trade accounts stay where they are, the others go behind them."""
    is_trade = postings.family == 0
    trade, other = np.flatnonzero(is_trade), np.flatnonzero(~is_trade)
    other = other[row_order(postings.debtor[other], postings.family[other])]
    return np.insert(trade, np.searchsorted(postings.debtor[trade], postings.debtor[other], side="right"), other)


def postings(items: pd.DataFrame, *, order: Ints | None = None) -> Postings:
    """Take the arrays matching needs out of items in posting order, or brought into it by the `order` of their rows."""
    names = "customer_id", "currency", "account", "matching_code"
    columns = [*(items[name].cat.codes.to_numpy() for name in names), items["amount_cents"].to_numpy(),
               day_numbers(items["posting_date"]), day_numbers(items["matching_date"]),
               (items["kind"] == "reclassification").to_numpy()]
    placed = columns if order is None else each(partial(_taken, order), columns)
    customer, currency, account, code, amount, posting, matching_day, transfer = placed
    categories = items["matching_code"].cat.categories
    absent = categories.get_indexer(pd.Index([""], dtype=categories.dtype))[0]
    return Postings(
        debtor=_ranked(customer, currency, items["currency"]),
        amount=amount,
        posting=posting,
        matching_day=matching_day,
        account=account.astype(np.int64),
        code=np.where(code == absent, -1, code.astype(np.int64)),
        family=_families(items["account"])[account],
        transfer=transfer,
        frame=items,
        rows=order,
    )


def _taken(order: Ints, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Bring values into an order; those that are all alike need not be looked up."""
    if len(order) and (values == values[0]).all():
        return np.repeat(values[:1], len(order))
    return values[order]
