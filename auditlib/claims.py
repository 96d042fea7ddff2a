"""Claims carried on: a transfer to 413 or 416, or a returned payment, stands for earlier items.

The carrying debit takes the original document date, reference and due date (to 413 the bill's
own), found by reference, then amount, then oldest in the same customer; what a code says of the
transfer's other leg comes before amount and age, for it is what the client's accounts claim.
A reference quoted decides for the whole amount (INDICATORS.md 1, reclassification and unpaid_return).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_numbers
from auditlib.matching import greedy_pairs, postings, quoted_references
from auditlib.matching.postings import Ints, Postings
from auditlib.ordering import sums_at
from auditlib.schemas import SETTLEMENT_KINDS

__all__ = ["CARRYING_KINDS", "carried_origins", "is_carrying"]

CARRYING_KINDS = ("reclassification", "unpaid_return")
AMOUNT_HASHES = 1 << 22
"""Amounts are told apart by their remainder before they are compared: few debits of a long ledger are left."""


@dataclass(frozen=True)
class Book:
    """Arrays over the movements in posting order, with the allocations made between them."""

    postings: Postings
    is_return: npt.NDArray[np.bool_]
    is_account_known: npt.NDArray[np.bool_]
    allocations: pd.DataFrame

    @property
    def debtor(self) -> Ints:
        """Customer and currency of each movement."""
        return self.postings.debtor

    @property
    def amount(self) -> Ints:
        """Signed amount of each movement [cents]."""
        return self.postings.amount

    @property
    def posting(self) -> npt.NDArray[np.int32]:
        """Posting day of each movement."""
        return self.postings.posting


def is_carrying(movements: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which items carry on an earlier claim: debits of a reclassification or a returned payment."""
    return ((movements["amount_cents"] > 0) & movements["kind"].isin(CARRYING_KINDS)).to_numpy()


def carried_origins(
    movements: pd.DataFrame, allocations: pd.DataFrame, *, book: Postings | None = None,
) -> pd.DataFrame:
    """Find, for every carrying debit, the earlier debits it stands for.

    Each kind of evidence is spent for all carriers before the next one is looked at.

    Parameters
    ----------
    movements : DataFrame, schema MOVEMENTS, in posting order
    allocations : DataFrame, schema ALLOCATIONS, on positions of ``movements``
    book : Postings, optional
        The movements as `auditlib.matching.postings` takes them, where they do not stand in posting order; positions
        are then those in it.

    Returns
    -------
    DataFrame
        carrier, origin (positions), amount_cents; what is missing of a carrier's amount has no origin.
    """
    carrying = is_carrying(movements)
    if book is not None and book.rows is not None:
        carrying = carrying[book.rows]
    carriers = np.flatnonzero(carrying)
    if not len(carriers):
        return pd.DataFrame({"carrier": [], "origin": [], "amount_cents": []}, dtype=np.int64)
    held = _book(postings(movements) if book is None else book, allocations, carriers)
    open_cents = np.zeros(len(held.amount), dtype=np.int64)
    open_cents[carriers] = held.amount[carriers]
    used = np.zeros((2, len(open_cents)), dtype=np.int64)  # of each origin, by transfers and by returns
    found = []
    for evidence in (_by_reference, _by_code, _by_amount, _by_receipt, _by_age):
        pairs = _possible(held, evidence(held, np.flatnonzero(open_cents)))
        chosen = _take(held, pairs, open_cents, used)
        if evidence is _by_reference:
            chosen = _with_rest(chosen, pairs, open_cents)
        np.subtract.at(open_cents, chosen["carrier"], chosen["amount_cents"])
        np.add.at(used, (held.is_return[chosen["carrier"]].astype(int), chosen["origin"]), chosen["amount_cents"])
        found.append(chosen)
    return pd.concat(found, ignore_index=True)


def _book(postings: Postings, allocations: pd.DataFrame, carriers: Ints) -> Book:
    """Gather what carriers are held against; of the allocations, those of their debtors."""
    kind, account = postings.frame["kind"].cat, postings.frame["account"].cat
    rows = slice(None) if postings.rows is None else postings.rows
    codes = kind.codes.to_numpy()[rows]
    names = kind.categories.astype("str")
    debit = allocations["debit_id"].to_numpy()
    ours = _of_debtors(postings.debtor, carriers)[debit]
    made = allocations[ours]
    credit = made["credit_id"].to_numpy()
    listed = pd.DataFrame({
        "origin": debit[ours], "credit": credit, "cleared": made["amount_cents"].to_numpy(),
        "day": day_numbers(made["allocation_date"]), "by_code": (made["method"] == "codes").to_numpy(),
        "is_transfer": np.isin(names, ["reclassification"])[codes[credit]],
        "is_paid": np.isin(names, SETTLEMENT_KINDS)[codes[credit]]})
    return Book(
        postings=postings, is_return=np.append(names == "unpaid_return", False)[codes],
        is_account_known=np.append(account.categories.astype("str") != "", False)[account.codes.to_numpy()[rows]],
        allocations=listed)


def _of_debtors(debtor: Ints, carriers: Ints) -> npt.NDArray[np.bool_]:
    """Tell which movements are of a debtor that has one of the carriers."""
    concerned = np.zeros(int(debtor.max()) + 1, dtype=bool)
    concerned[debtor[carriers]] = True
    return concerned[debtor]


def _by_reference(book: Book, carriers: Ints) -> pd.DataFrame:
    quoted = quoted_references(book.postings.listed(carriers, ["document_ref", "label"]))
    carrier = carriers[quoted["position"]]
    quoted = quoted.assign(carrier=carrier, debtor=book.debtor[carrier])
    named_at = book.postings.naming(quoted["reference"])
    debits = named_at[(book.amount > 0)[named_at]]
    named = pd.DataFrame({
        "origin": debits, "debtor": book.debtor[debits], "reference": book.postings.references(debits)})
    return quoted.merge(named, on=["debtor", "reference"])[["carrier", "origin"]]


def _by_code(book: Book, carriers: Ints) -> pd.DataFrame:
    """What the other leg of a transfer clears by code."""
    legs = book.allocations[book.allocations["by_code"] & book.allocations["is_transfer"]]
    leg = legs["credit"].to_numpy()
    legs = legs.assign(debtor=book.debtor[leg], amount=-book.amount[leg], posting=book.posting[leg])
    carriers = carriers[~book.is_return[carriers]]
    return _keyed(book, carriers, posting=True).merge(legs, on=["debtor", "amount", "posting"])[["carrier", "origin"]]


def _by_amount(book: Book, carriers: Ints) -> pd.DataFrame:
    wanted = np.zeros(AMOUNT_HASHES, dtype=bool)
    wanted[book.amount[carriers] % AMOUNT_HASHES] = True
    debits = np.flatnonzero(wanted[book.amount % AMOUNT_HASHES] & _of_debtors(book.debtor, carriers))
    origins = pd.DataFrame({"origin": debits, "debtor": book.debtor[debits], "amount": book.amount[debits]})
    return _keyed(book, carriers).merge(origins, on=["debtor", "amount"])[["carrier", "origin"]]


def _by_receipt(book: Book, carriers: Ints) -> pd.DataFrame:
    """What a receipt of the returned amount had paid."""
    paid = book.allocations[book.allocations["is_paid"]]
    credit = paid["credit"].to_numpy()
    paid = paid.assign(debtor=book.debtor[credit], amount=-book.amount[credit])
    returns = carriers[book.is_return[carriers]]
    return _keyed(book, returns).merge(paid, on=["debtor", "amount"])[["carrier", "origin"]]


def _by_age(book: Book, carriers: Ints) -> pd.DataFrame:
    debits = np.flatnonzero((book.amount > 0) & _of_debtors(book.debtor, carriers))
    origins = pd.DataFrame({"origin": debits, "debtor": book.debtor[debits]})
    return _keyed(book, carriers).merge(origins, on="debtor")[["carrier", "origin"]]


def _keyed(book: Book, carriers: Ints, *, posting: bool = False) -> pd.DataFrame:
    keys = pd.DataFrame({"carrier": carriers, "debtor": book.debtor[carriers], "amount": book.amount[carriers]})
    return keys.assign(posting=book.posting[carriers]) if posting else keys


def _possible(book: Book, pairs: pd.DataFrame) -> pd.DataFrame:
    """Keep earlier debits; a transfer comes from another account, a return from any."""
    carrier, origin = pairs["carrier"].to_numpy(), pairs["origin"].to_numpy()
    possible = (origin < carrier) & (book.posting[origin] <= book.posting[carrier])
    account = book.postings.account
    elsewhere = (account[origin] != account[carrier]) | ~book.is_account_known[carrier]
    possible &= book.is_return[carrier] | elsewhere
    kept: pd.DataFrame = pairs[possible].drop_duplicates().sort_values(["carrier", "origin"])
    return kept.reset_index(drop=True)


def _take(book: Book, pairs: pd.DataFrame, open_cents: Ints, used: Ints) -> pd.DataFrame:
    carrier, origin = pairs["carrier"].to_numpy(), pairs["origin"].to_numpy()
    capacity = _available(book, pairs) - used[book.is_return[carrier].astype(int), origin]
    # A chain (411 → 413 → 411) has items that carry and are carried: each side counts for itself.
    shift = len(open_cents) * (1 + book.is_return[carrier])
    both = np.zeros(3 * len(open_cents), dtype=np.int64)
    both[carrier] = open_cents[carrier]
    chosen = greedy_pairs(origin + shift, carrier, both, capacity)
    return pd.DataFrame({
        "carrier": chosen.credit, "origin": chosen.debit % len(open_cents), "amount_cents": chosen.amount})


def _with_rest(chosen: pd.DataFrame, pairs: pd.DataFrame, open_cents: Ints) -> pd.DataFrame:
    """Add what a carrier that quotes its claim has beyond it: a bank's fee, or a payment the books show elsewhere.

    The rest goes with the last claim taken, or with the last one quoted where none had anything left.
    """
    last = pd.concat([pairs.assign(amount_cents=0), chosen]).groupby("carrier", as_index=False).last()
    taken = chosen.groupby("carrier")["amount_cents"].sum().reindex(last["carrier"], fill_value=0).to_numpy()
    rest = last.assign(amount_cents=open_cents[last["carrier"]] - taken)
    whole = pd.concat([chosen, rest]).groupby(["carrier", "origin"], as_index=False)["amount_cents"].sum()
    positive: pd.DataFrame = whole[whole["amount_cents"] > 0]
    return positive


def _available(book: Book, pairs: pd.DataFrame) -> Ints:
    """Return what each carrier may carry on of its candidate by its day, in cents.

    A return undoes what had been paid; a transfer carries on what was still open, the transfer
    itself not counted.
    """
    listed = book.allocations[~book.allocations["is_transfer"]]
    candidate = np.zeros(len(book.amount), dtype=bool)
    candidate[pairs["origin"].to_numpy()] = True
    joined = pairs.reset_index().merge(listed[candidate[listed["origin"].to_numpy()]], on="origin")
    carrier = joined["carrier"].to_numpy()
    counts = (joined["day"].to_numpy() <= book.posting[carrier]) & (
        joined["is_paid"].to_numpy() | ~book.is_return[carrier])
    cleared = sums_at(joined["index"].to_numpy()[counts], joined["cleared"].to_numpy()[counts], count=len(pairs))
    returned = book.is_return[pairs["carrier"].to_numpy()]
    return np.where(returned, cleared, book.amount[pairs["origin"].to_numpy()] - cleared)
