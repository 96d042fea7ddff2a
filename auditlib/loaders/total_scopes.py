"""Which rows each printed sum covers: what the sums of a document that hold say of the others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.grid import Mask

__all__ = ["SCOPES", "Covered", "Rows", "covered_by"]

Whole = npt.NDArray[np.int64]
SCOPES = {
    "subtotal": ("customer", "customer_so_far", "block", "so_far"),
    "total": ("whole", "block", "so_far", "since_sum"),
    "carried_forward": ("running", "customer_so_far", "block"),
}
"""What a sum of each class may cover, the usual first: the rows of its customer, those of its customer up to it, those
since the last sum of its class, all above it, the whole document, those since any sum; and, for what a page carries
forward, what was added since the page before."""


@dataclass(frozen=True)
class Covered:
    """What each printed sum would cover by one scope.

    Attributes
    ----------
    debit, credit : ndarray of int64
        Of the rows covered. [cents]
    printed_debit, printed_credit : ndarray of int64
        What the sum says of them: for what is carried forward, less what the page before carried. [cents]
    """

    debit: Whole
    credit: Whole
    printed_debit: Whole
    printed_credit: Whole


@dataclass(frozen=True)
class Rows:
    """The rows a document's sums may cover, rising.

    Attributes
    ----------
    table : DataFrame
        ``source_row``, ``customer_id`` ("" for lines of other accounts), ``debit`` and ``credit``. [cents]
    sums : DataFrame
        ``source_row``, ``class``, ``customer_id``, ``debit_cents``, ``credit_cents``, rising.
    """

    table: pd.DataFrame
    sums: pd.DataFrame

    @cached_property
    def place(self) -> Whole:
        """How many rows stand above each sum."""
        above: Whole = np.searchsorted(self.table["source_row"].to_numpy(), self.sums["source_row"].to_numpy())
        return above

    @cached_property
    def code(self) -> tuple[Whole, Whole]:
        """A number for the customer of each row, and of each sum (-1: of none)."""
        codes, customers = pd.factorize(self.table["customer_id"].astype("str"))
        named = self.sums["customer_id"].astype("str")
        found = pd.Index(customers).get_indexer(named)
        return codes.astype(np.int64), np.where(named == "", -1, found).astype(np.int64)

    @cached_property
    def is_of_nobody(self) -> pd.Series:
        """Tell the customers' sums of whom no row stands in the table."""
        sums = self.sums
        is_named = (sums["class"].astype("str") == "subtotal") & (sums["customer_id"].astype("str") != "")
        return is_named & (self.code[1] < 0)

    def mask(self, scope: str, sum_number: int) -> Mask:
        """Tell the rows that one sum covers by a scope."""
        number = np.arange(len(self.table))
        above = number < self.place[sum_number]
        codes, of_sums = self.code
        own = codes == of_sums[sum_number]
        since = number >= self._start(same_class=scope != "since_sum")[sum_number]
        masks: dict[str, Mask] = {
            **dict.fromkeys(("block", "since_sum", "running"), above & since), "customer": own,
            "customer_so_far": own & above, "so_far": above, "whole": np.ones_like(above)}
        return masks[scope]

    def _start(self, *, same_class: bool) -> Whole:
        """Return how many rows stand above the sum before each: of its class, or of any that is not carried on."""
        classes = self.sums["class"].astype("str")
        counting = pd.Series(self.place).where(same_class | (classes != "carried_forward").to_numpy())
        before = counting.groupby(classes.to_numpy()).shift() if same_class else counting.shift().ffill()
        return before.fillna(0).to_numpy().astype(np.int64)

    def _by_customer(self, amounts: Whole, *, so_far: bool) -> Whole:
        codes, of_sums = self.code
        numbers = self.table["source_row"].to_numpy()
        width = int(max(numbers.max(initial=0), self.sums["source_row"].max())) + 1
        key = codes * width + numbers
        order = np.argsort(key, kind="stable")
        added = _added(amounts[order])
        upper = of_sums * width + (self.sums["source_row"].to_numpy() if so_far else width)
        first, last = (np.searchsorted(key[order], edge) for edge in (of_sums * width, upper))
        return np.where(of_sums >= 0, added[last] - added[first], 0)

    def _covered(self, scope: str, amounts: Whole) -> Whole:
        added = _added(amounts)
        if scope in ("customer", "customer_so_far"):
            return self._by_customer(amounts, so_far=scope == "customer_so_far")
        if scope == "whole":
            return np.full(len(self.sums), added[-1])
        start = np.zeros_like(self.place) if scope == "so_far" else self._start(same_class=scope != "since_sum")
        return added[self.place] - added[start]

    def covered(self, scope: str) -> Covered:
        """Return what each sum covers by a scope, and what it prints of it."""
        sides = [self._covered(scope, self.table[name].to_numpy()) for name in ("debit", "credit")]
        printed = [self.sums[name] for name in ("debit_cents", "credit_cents")]
        if scope == "running":
            before = [column.groupby(self.sums["class"].astype("str")).shift(fill_value=0) for column in printed]
            printed = [column - earlier for column, earlier in zip(printed, before, strict=True)]
        return Covered(*sides, *(column.to_numpy() for column in printed))


def _added(amounts: Whole) -> Whole:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(amounts)])


def covered_by(
    rows: Rows, name: str, *, holds: Callable[[Covered], Mask],
) -> tuple[npt.NDArray[np.object_], Mask]:
    """Decide what each sum of one class covers.

    Parameters
    ----------
    rows : Rows
    name : str
        The class.
    holds : callable
        Tells the sums that say what they cover by a scope.

    Returns
    -------
    scope : ndarray of str
        "" where nothing says which rows a sum covers: it is not compared.
    agrees : ndarray of bool
    """
    of_class = (rows.sums["class"].astype("str") == name).to_numpy()
    named = rows.code[1] >= 0
    found = {scope: holds(rows.covered(scope)) & of_class & (named if scope.startswith("customer") else True)
             for scope in SCOPES[name]}
    scope = np.full(len(of_class), "", dtype=object)
    for candidate in reversed(SCOPES[name]):
        scope[found[candidate]] = candidate
    agrees = scope != ""
    missed = of_class & ~agrees
    usual = _confirmed(found, missed, named)
    scope[missed] = usual[missed]
    return scope, agrees


def _confirmed(found: dict[str, Mask], missed: Mask, named: Mask) -> npt.NDArray[np.object_]:
    """Return the scope of each sum that does not hold: the one that at least as many others of its class confirm."""
    votes = {scope: int(mask.sum()) for scope, mask in found.items()}
    chosen = np.full(len(missed), "", dtype=object)
    usual_last = list(votes)[::-1]  # of two alike the usual one stands
    for scope in sorted(usual_last, key=lambda scope: votes[scope]):
        able = missed & (named if scope.startswith("customer") else True)
        if votes[scope] >= max(1, int(able.sum())):
            chosen[able] = scope
    return chosen
