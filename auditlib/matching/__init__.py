"""Matching: which credit cleared which debit, when, and by what evidence (INDICATORS.md 2)."""

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from auditlib.dates import from_day_numbers
from auditlib.matching.accepted import match_accepted
from auditlib.matching.age import match_by_age
from auditlib.matching.codes import broken_groups, code_groups, lettering_coverage, match_codes, match_openings
from auditlib.matching.exact import match_exact
from auditlib.matching.postings import Ints, Pairs, Postings, by_family, posting_order, postings
from auditlib.matching.reference import greedy_pairs, match_references, quoted_references
from auditlib.matching.words import normalised
from auditlib.schemas import ALLOCATIONS, validate

__all__ = [
    "MatchingReport", "allocate", "allocate_accepted", "broken_lettering", "greedy_pairs", "normalised",
    "posting_order", "postings", "quoted_references",
]


@dataclass(frozen=True)
class MatchingReport:
    """How the allocations were made.

    Attributes
    ----------
    asked : "auto", "codes" or "all", as in the parameters; "none" for lists of open items.
    applied : "codes", "all" or "none".
    lettering_coverage : share of credit older than 60 days that carries a code, None without such credit.
    broken : code groups that do not sum to zero (customer_id, account, matching_code, items, amount_cents).
    proposals : what reference and amount would still match where codes alone decide, as allocations.
    replaced_count, replaced_cents : inferences of "fifo" that later evidence took the place of.
    """

    asked: str
    applied: str
    lettering_coverage: float | None
    broken: pd.DataFrame = field(repr=False)
    proposals: pd.DataFrame = field(repr=False)
    replaced_count: int = 0
    replaced_cents: int = 0


def allocate(
    items: pd.DataFrame, *, as_of_date: dt.date, method: str, threshold: float, fiscal_year_end: str,
    order: Ints | None = None, book: Postings | None = None, accepted: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, MatchingReport]:
    """Set the credits of each customer against his debits.

    Parameters
    ----------
    items : DataFrame, schema MOVEMENTS
        In posting order (`posting_order`), none posted after ``as_of_date``; ``item_id`` is the position.
    order : ndarray of int64, optional
        Posting order of the rows of ``items`` to be matched, where they do not stand in it; ``item_id`` is then the
        position in this order.
    book : Postings, optional
        Those items as `postings` takes them, where that is done already.
    accepted : DataFrame, optional
        `schemas.ACCEPTED`, on rows of ``items``: matches that come after the codes and before any other evidence.
    method : {"auto", "codes", "all"}
        ``auto`` lets codes alone decide where ``threshold`` of old credit carries one.
    threshold : float
        Lettering coverage from which codes alone decide. [share 0–1]
    fiscal_year_end : str
        Month and day, ``"12-31"``.

    Returns
    -------
    allocations : DataFrame, schema ALLOCATIONS
    report : MatchingReport
    """
    book = postings(items, order=order) if book is None else book
    coverage = lettering_coverage(book, as_of_date)
    applied = method if method != "auto" else "codes" if coverage is not None and coverage >= threshold else "all"
    groups = code_groups(book, fiscal_year_end=fiscal_year_end)
    found = {"codes": match_codes(book, groups)}
    found["opening"] = match_openings(book, groups, _taken(book, found), fiscal_year_end=fiscal_year_end)
    found["auditor"] = match_accepted(book, _open(book, found), accepted=accepted)
    after_codes = _open(book, found)
    evidence = _evidence(book, after_codes)
    if applied == "all":
        found |= evidence
        found["fifo"] = match_by_age(book, _open(book, found))
    proposals = _frame(book, evidence if applied == "codes" else {})
    replaced = _replacements(book, after_codes, evidence) if applied == "all" else np.empty(0, dtype=np.int64)
    report = MatchingReport(
        asked=method, applied=applied, lettering_coverage=coverage,
        broken=broken_groups(book, groups, cleared=found["opening"]), proposals=proposals,
        replaced_count=len(replaced), replaced_cents=int(replaced.sum()))
    return _frame(book, found), report


def allocate_accepted(book: Postings, *, accepted: pd.DataFrame | None) -> pd.DataFrame:
    """Return the allocations of the matches the auditor accepted, where nothing else may be matched."""
    return _frame(book, {"auditor": match_accepted(book, np.abs(book.amount), accepted=accepted)})


def broken_lettering(movements: pd.DataFrame, *, fiscal_year_end: str) -> pd.DataFrame:
    """List the code groups of a whole file that do not sum to zero, whatever the as-of date.

    A group whose receipt came after the as-of date is whole; only a file's last word tells.
    """
    book = postings(movements, order=posting_order(movements))
    groups = code_groups(book, fiscal_year_end=fiscal_year_end)
    taken = match_codes(book, groups).taken(len(movements))
    return broken_groups(book, groups, cleared=match_openings(book, groups, taken, fiscal_year_end=fiscal_year_end))


def _taken(book: Postings, found: dict[str, Pairs]) -> Ints:
    return Pairs.joined(list(found.values())).taken(len(book.amount))


def _open(book: Postings, found: dict[str, Pairs]) -> Ints:
    return np.abs(book.amount) - _taken(book, found)


def _evidence(book: Postings, open_cents: Ints) -> dict[str, Pairs]:
    by_reference = match_references(book, open_cents)
    left = open_cents - by_reference.taken(len(open_cents))
    apart, places = by_family(book)
    return {"reference": by_reference, "exact": match_exact(apart, left[places]).at(places)}


def _replacements(book: Postings, open_cents: Ints, evidence: dict[str, Pairs]) -> Ints:
    """Return the amounts that fifo alone had given another credit before the evidence came.

    Fifo is run on what codes leave open; an allocation by reference or amount replaces what that
    run had set against the same debit at an earlier date. [cents, per allocation]
    """
    inferred, known = match_by_age(book, open_cents), Pairs.joined(list(evidence.values()))
    if not len(inferred.debit) or not len(known.debit):
        return np.empty(0, dtype=np.int64)
    earlier = pd.DataFrame({"debit": inferred.debit, "by": inferred.credit, "inferred": inferred.amount,
                            "inferred_on": _dates(book, inferred)})
    later = pd.DataFrame({"debit": known.debit, "credit": known.credit, "known": known.amount,
                          "known_on": _dates(book, known)})
    both = later.merge(earlier, on="debit")
    both = both[(both["inferred_on"] < both["known_on"]) & (both["by"] != both["credit"])]
    summed = both.groupby(["debit", "credit"]).agg(known=("known", "first"), inferred=("inferred", "sum"))
    return summed[["known", "inferred"]].min(axis=1).to_numpy(dtype=np.int64)


def _dates(book: Postings, pairs: Pairs) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Return the allocation day: the later of the two postings, never the day a code was typed."""
    return np.maximum(book.posting[pairs.debit], book.posting[pairs.credit])


def _frame(book: Postings, found: dict[str, Pairs]) -> pd.DataFrame:
    pairs = Pairs.joined(list(found.values()))
    counts = np.array([len(part.debit) for part in found.values()], dtype=np.int64)
    method = pd.Categorical.from_codes(
        np.repeat(np.arange(len(found)), counts), categories=pd.Index(list(found), dtype="str"))
    frame = pd.DataFrame({
        "debit_id": pairs.debit, "credit_id": pairs.credit, "amount_cents": pairs.amount,
        "allocation_date": from_day_numbers(_dates(book, pairs)), "method": method,
    })
    return validate(frame, ALLOCATIONS)
