"""Matching by the invoice reference a credit quotes."""

import numpy as np
import pandas as pd

from auditlib.matching.postings import Ints, Pairs, Postings
from auditlib.matching.words import meaningful_words, normalised

__all__ = ["greedy_pairs", "match_references", "quoted_references"]


def quoted_references(items: pd.DataFrame) -> pd.DataFrame:
    """List what each item quotes: its own reference, and every word of its reference and label.

    Returns
    -------
    DataFrame
        position (of the item in ``items``), reference (normalised, meaningful), one row per quotation.
    """
    names = normalised(items["document_ref"]).reset_index(drop=True)
    own = names[names != ""].rename("reference").rename_axis("position").reset_index()
    words = items["document_ref"].astype("str") + " " + items["label"].astype("str")
    meant: pd.DataFrame = pd.concat([own, meaningful_words(words)]).drop_duplicates()
    return meant.reset_index(drop=True)


def match_references(postings: Postings, open_cents: Ints) -> Pairs:
    """Set each credit against the open debits whose reference it quotes, in posting order.

    A reference counts only if it names one document of that customer, and a credit only looks at
    debits posted by its day (INDICATORS.md 2.2).

    Parameters
    ----------
    postings : Postings
    open_cents : ndarray of int64
        What is still open of each item, positive on both sides. [cents]
    """
    debit = np.flatnonzero((postings.amount > 0) & (open_cents > 0))
    credit = np.flatnonzero((postings.amount < 0) & (open_cents > 0))
    if not len(debit) or not len(credit):
        return Pairs.none()
    quoted = quoted_references(postings.listed(credit, ["document_ref", "label"]))
    quoted = quoted.assign(credit=credit[quoted["position"]]).assign(debtor=lambda q: postings.debtor[q["credit"]])
    named = _named_documents(postings, quoted["reference"])
    named = named[open_cents[named["debit"]] > 0]
    candidates = quoted.merge(named, on=["debtor", "reference"])
    possible = postings.posting[candidates["debit"]] <= postings.posting[candidates["credit"]]
    possible &= ~postings.same_transfer(candidates["debit"].to_numpy(), candidates["credit"].to_numpy())
    candidates = candidates[possible].drop_duplicates(["credit", "debit"]).sort_values(["credit", "debit"])
    return greedy_pairs(candidates["debit"].to_numpy(), candidates["credit"].to_numpy(), open_cents)


def _named_documents(postings: Postings, quoted: pd.Series) -> pd.DataFrame:
    """Return the debits whose reference is quoted somewhere, and names a single document of their customer."""
    named_at = postings.naming(quoted)
    debit = named_at[postings.amount[named_at] > 0]
    frame = postings.listed(debit, ["document_date", "posting_date", "kind"])
    named = pd.DataFrame({
        "debit": debit, "debtor": postings.debtor[debit], "reference": postings.references(debit),
        "day": frame["document_date"].fillna(frame["posting_date"]),
        "carried": frame["kind"].isin(["reclassification", "unpaid_return"])})
    # A carried claim bears the date of its transfer or return: it does not make its reference ambiguous.
    own = named["day"].mask(named["carried"])
    documents = own.groupby([named["debtor"], named["reference"]]).transform("nunique")
    return named.loc[documents <= 1, ["debit", "debtor", "reference"]]


def greedy_pairs(debit: Ints, credit: Ints, open_cents: Ints, capacity: Ints | None = None) -> Pairs:
    """Allocate candidate pairs one after the other, each as much as both sides still have open.

    The order given is the order of allocation, yet a pair only waits for earlier pairs that share
    its debit or its credit: each round settles all pairs that wait for none.

    Parameters
    ----------
    debit, credit : ndarray of int64, shape (n_pairs,)
        Positions of the items.
    open_cents : ndarray of int64, shape (n_items,)
        What is open of each item. [cents, positive]
    capacity : ndarray of int64, shape (n_pairs,), optional
        What the debit may give to this very pair, where that depends on the pair's day. [cents]
    """
    capacity = open_cents[debit] if capacity is None else capacity
    used = np.zeros(len(open_cents), dtype=np.int64)
    done: list[Pairs] = []
    while len(debit):
        head = _first_of(debit) & _first_of(credit)
        left = np.minimum(capacity - used[debit], open_cents[credit] - used[credit])
        amount = np.maximum(left[head], 0)
        used[debit[head]] += amount
        used[credit[head]] += amount
        done.append(Pairs(debit[head][amount > 0], credit[head][amount > 0], amount[amount > 0]))
        waiting = ~head & (left > 0)
        debit, credit, capacity = debit[waiting], credit[waiting], capacity[waiting]
    return Pairs.joined(done)


def _first_of(values: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    first = np.zeros(len(values), dtype=bool)
    first[np.unique(values, return_index=True)[1]] = True
    return first
