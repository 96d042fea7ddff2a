"""What matching works on: a customer account's items as plain arrays in posting order."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_numbers

__all__ = ["Ints", "Pairs", "Postings", "by_family", "posting_order", "postings"]

Ints = npt.NDArray[np.int64]


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
    frame : the items themselves, in the same order.
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
        used = np.zeros(n_items, dtype=np.int64)
        np.add.at(used, self.debit, self.amount)
        np.add.at(used, self.credit, self.amount)
        return used


def posting_order(movements: pd.DataFrame) -> Ints:
    """Return the row order by debtor and posting (ties: due date, document reference, source row).

    Only rows that tie on date pay for the comparison of their references.
    """
    debtor = _debtors(movements)
    posting, due = day_numbers(movements["posting_date"]), day_numbers(movements["due_date"])
    order = np.lexsort((due, posting, debtor))
    ties = np.zeros(len(order), dtype=bool)
    same = _equal_to_previous(debtor[order], posting[order], due[order])
    ties[1:] |= same
    ties[:-1] |= same
    if not ties.any():
        return order
    tied = order[ties]
    reference = pd.factorize(movements["document_ref"].iloc[tied], sort=True)[0]
    source = movements["source_file"].cat.codes.to_numpy()[tied], movements["source_row"].to_numpy()[tied]
    order[ties] = tied[np.lexsort((tied, source[1], source[0], reference, due[tied], posting[tied], debtor[tied]))]
    return order


def _equal_to_previous(*columns: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    same = np.ones(max(len(columns[0]) - 1, 0), dtype=bool)
    for column in columns:
        same &= column[1:] == column[:-1]
    return same


def _debtors(frame: pd.DataFrame) -> Ints:
    customer, currency = frame["customer_id"].cat, frame["currency"].cat
    return customer.codes.to_numpy().astype(np.int64) * max(len(currency.categories), 1) + currency.codes.to_numpy()


def _families(account: pd.Series) -> Ints:
    names = account.cat.categories.astype("str")
    of_name = np.select([names.str.startswith("413"), names.str.startswith("416")], [1, 2], 0)
    return of_name[account.cat.codes.to_numpy()].astype(np.int64)


def by_family(postings: Postings) -> tuple[Postings, Ints]:
    """Return the postings with each customer's families apart, and where each of them stood.

    Amount and age say nothing across families: a bill settles when 413 is credited (INDICATORS.md 1).
    """
    debtor = postings.debtor * 3 + postings.family
    order = np.argsort(debtor, kind="stable")
    apart = replace(
        postings, debtor=debtor[order], amount=postings.amount[order], posting=postings.posting[order],
        transfer=postings.transfer[order])
    return apart, order


def postings(items: pd.DataFrame) -> Postings:
    """Take the arrays matching needs out of items already in posting order."""
    code = items["matching_code"].cat
    absent = code.categories.get_indexer(pd.Index([""], dtype=code.categories.dtype))[0]
    ranks = code.codes.to_numpy().astype(np.int64)
    return Postings(
        debtor=_debtors(items),
        amount=items["amount_cents"].to_numpy(),
        posting=day_numbers(items["posting_date"]),
        matching_day=day_numbers(items["matching_date"]),
        account=items["account"].cat.codes.to_numpy().astype(np.int64),
        code=np.where(ranks == absent, -1, ranks),
        family=_families(items["account"]),
        transfer=(items["kind"] == "reclassification").to_numpy(),
        frame=items,
    )


