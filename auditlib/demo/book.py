"""Where the generator posts items and says which credit pays which debit, all as arrays of numbers."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.demo.days import Days
from auditlib.schemas import KINDS

__all__ = ["ACCOUNTS", "JOURNALS", "NO_KEY", "Book", "code_of"]

NO_KEY = -1
ACCOUNTS = ("411000", "411700", "413000", "416000", "419100")
"""Customers, retention money, bills receivable, doubtful customers, and deposits received (outside the perimeter)."""
JOURNALS = {"invoice": "VTE", "credit_note": "VTE", "receipt": "BQ1", "unpaid_return": "BQ1", "refund": "BQ1",
            "reclassification": "EFF", "opening": "AN"}
"""Journals by kind; the rest is OD."""

DEFAULTS: dict[str, int | float] = {
    "account": 0, "origin": NO_KEY, "quote": NO_KEY, "quotes": 1, "mode": 0, "vat_rate": 0.2, "true_due": -(1 << 40)}


def code_of(kind: str) -> int:
    """Return the number a kind of movement goes by in the book."""
    return KINDS.index(kind)


@dataclass
class Book:
    """Items posted so far and the links between them.

    Attributes
    ----------
    items : list of DataFrame
        Numbers only: ``key``, ``entry``, ``customer``, ``kind`` and ``account`` (positions in `KINDS` and
        `ACCOUNTS`), ``posting``, ``document``, ``due`` (days), ``amount`` (signed cents), ``origin`` (the
        claim it carries on), ``quote`` (the item its label names), ``quotes`` (how many it pays), ``mode`` and
        ``vat_rate``.
    links : list of DataFrame
        ``debit``, ``credit`` (keys), ``amount`` (positive cents).
    """

    items: list[pd.DataFrame] = field(default_factory=list)
    links: list[pd.DataFrame] = field(default_factory=list)
    next_key: int = 0

    def post(self, kind: str, *, customer: Days, posting: Days, amount: Days, document: Days | None = None,
             due: Days | None = None, entry: Days | None = None, **more: npt.ArrayLike) -> Days:
        """Post items of one kind and return their keys; without `entry` each is an entry of its own."""
        keys = np.arange(self.next_key, self.next_key + len(customer), dtype=np.int64)
        self.next_key += len(customer)
        document = posting if document is None else document
        columns: dict[str, npt.ArrayLike] = {
            "key": keys,
            "entry": keys if entry is None else entry,
            "customer": customer,
            "kind": np.int64(code_of(kind)),
            "posting": posting,
            "document": document,
            "due": document if due is None else due,
            "amount": amount,
        }
        columns |= {name: more.get(name, value) for name, value in DEFAULTS.items()}
        plain = {name: np.broadcast_to(np.asarray(column), keys.shape) for name, column in columns.items()}
        self.items.append(pd.DataFrame(plain, index=keys))
        return keys

    def link(self, debit: Days, credit: Days, amount: Days) -> None:
        """Say that each credit pays its debit by an amount; nil links are left out."""
        links = pd.DataFrame({"debit": np.asarray(debit), "credit": np.asarray(credit), "amount": np.asarray(amount)})
        self.links.append(links[links["amount"] > 0])

    def all_items(self) -> pd.DataFrame:
        """Return every item; the position is the key."""
        return pd.concat(self.items)

    def all_links(self) -> pd.DataFrame:
        """Return every link."""
        return pd.concat(self.links, ignore_index=True)

    def paid(self) -> Days:
        """Return how much of each item, by key, is linked so far, in cents."""
        links = self.all_links()
        total = np.zeros(self.next_key)
        for side in ("debit", "credit"):
            total += np.bincount(links[side], weights=links["amount"], minlength=self.next_key)
        return total.astype(np.int64)
