"""Matching by the client's own codes (lettrage)."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, day_number
from auditlib.matching.end_to_end import lay_end_to_end
from auditlib.matching.postings import Ints, Pairs, Postings, without_gap
from auditlib.ordering import row_order, same_as_before, sums_at
from auditlib.parallel import each, group_limits

__all__ = [
    "COVERAGE_DAYS", "CodeGroups", "broken_groups", "code_groups", "fiscal_years", "lettering_coverage", "match_codes",
    "match_openings",
]

COVERAGE_DAYS = 60
"""A credit older than this has had the time to be lettered (INDICATORS.md 2)."""


def fiscal_years(posting: npt.NDArray[np.int32], fiscal_year_end: str) -> Ints:
    """Number the fiscal year of each posting day; the year ends on ``fiscal_year_end`` (month-day)."""
    if not len(posting):
        return np.empty(0, dtype=np.int64)
    first = int(posting.min())
    days = np.arange(first, int(posting.max()) + 1).astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month, day = (int(part) for part in fiscal_year_end.split("-"))
    months = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    in_month = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
    ended = (months > month) | ((months == month) & (in_month > day))
    numbers: Ints = (years + ended)[posting - first]
    return numbers


@dataclass(frozen=True)
class CodeGroups:
    """The code groups of a ledger.

    Attributes
    ----------
    rows : ndarray of int64, shape (n_coded,)
        The items that bear a code, by group, those of a group in posting order.
    number : ndarray of int64, shape (n_coded,)
        Group of each of `rows`, rising from 0 without a gap.
    items : int
        Items of the ledger, with a code or without.
    """

    rows: Ints
    number: Ints
    items: int

    @cached_property
    def of_item(self) -> Ints:
        """Group of each item, -1 where it bears no code; shape (n_items,)."""
        group = np.full(self.items, -1, dtype=np.int64)
        group[self.rows] = self.number
        return group


def code_groups(postings: Postings, *, fiscal_year_end: str) -> CodeGroups:
    """Number the code groups: customer, account and code, cut where a reused code starts again.

    What bears one matching date and sums to zero is a use of the code by itself. The rest follows by
    fiscal year, then matching date, and is cut wherever what came since the last cut sums to zero
    (INDICATORS.md 2.1).
    """
    year_of = fiscal_years(postings.posting, fiscal_year_end)
    limits = group_limits(np.bincount(postings.debtor))
    parts = each(partial(_groups_of_part, postings, year_of), np.searchsorted(postings.debtor, limits).tolist())
    first = np.cumsum([0, *(int(number[-1]) + 1 if len(number) else 0 for _, number in parts)])
    return CodeGroups(
        np.concatenate([rows for rows, _ in parts]),
        np.concatenate([number + shift for (_, number), shift in zip(parts, first[:-1], strict=True)]),
        len(postings.code))


def _groups_of_part(postings: Postings, year_of: Ints, limits: tuple[int, int]) -> tuple[Ints, Ints]:
    """Return the coded rows of some debtors by group, and the group of each from 0 on."""
    start, stop = limits
    is_coded = postings.code[start:stop] >= 0
    rows = np.arange(start, stop) if is_coded.all() else start + np.flatnonzero(is_coded)
    if not len(rows):
        return rows, rows
    coded = slice(start, stop) if len(rows) == stop - start else rows
    keys = postings.debtor[coded], postings.account[coded], postings.code[coded]
    typed = without_gap(postings.matching_day[coded])
    order = row_order(*keys, typed)
    rows, day = rows[order], typed[order]
    new_code = ~same_as_before(*(key[order] for key in keys))
    amount, year = postings.amount[rows], year_of[rows]
    new_group = new_code
    if day.min() != day.max():
        whole = _is_whole(postings.matching_day[rows], amount, new_code)
        number = np.cumsum(new_code, dtype=np.int64)
        order = row_order(number, (~whole).astype(np.int8), np.where(whole, day, 0), year)
        rows, day, amount, year, whole = rows[order], day[order], amount[order], year[order], whole[order]
        new_group = ~same_as_before(number, whole) | (whole & ~same_as_before(day))
    new_use = _new_uses(new_group, ~same_as_before(year, day), amount)
    number = np.cumsum(new_use, dtype=np.int64) - 1
    if ((rows[1:] < rows[:-1]) & ~new_use[1:]).any():
        rows = rows[row_order(number, rows)]
    return rows, number


def _is_whole(day: npt.NDArray[np.int32], amount: Ints, new_code: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Tell which rows bear a matching date whose rows, under their code, sum to zero by themselves."""
    part = np.cumsum(new_code | ~same_as_before(day)) - 1
    total = sums_at(part, amount, count=int(part[-1]) + 1)
    whole: npt.NDArray[np.bool_] = (total[part] == 0) & (day != NO_DAY)
    return whole


def _new_uses(
    new_group: npt.NDArray[np.bool_], new_part: npt.NDArray[np.bool_], amount: Ints,
) -> npt.NDArray[np.bool_]:
    """Tell where a code begins anew: with a group, and with a part of it before which nothing is left open."""
    before = np.cumsum(amount) - amount
    starts, parts = np.flatnonzero(new_group), np.flatnonzero(new_part & ~new_group)
    start = starts[np.searchsorted(starts, parts, side="right") - 1]
    new_use = new_group.copy()
    new_use[parts[before[parts] == before[start]]] = True
    return new_use


def match_codes(postings: Postings, groups: CodeGroups) -> Pairs:
    """Lay the debits and credits of each code group end to end, in posting order."""
    amount = postings.amount[groups.rows]
    debit, credit = np.flatnonzero(amount > 0), np.flatnonzero(amount < 0)
    return lay_end_to_end(
        groups.rows[debit], groups.number[debit], amount[debit],
        groups.rows[credit], groups.number[credit], -amount[credit])


def match_openings(postings: Postings, groups: CodeGroups, taken: Ints, *, fiscal_year_end: str) -> Pairs:
    """Set credits lettered against a balance brought forward against the opening debit.

    A code group of credits only, none of them an opening entry, in the first year loaded, pays an
    item that the file carries only in its opening (INDICATORS.md 1, opening).
    """
    opening = (postings.frame["kind"] == "opening").to_numpy()
    opening = opening if postings.rows is None else opening[postings.rows]
    rows, number = groups.rows, groups.number
    if not opening.any() or not len(rows):
        return Pairs.none()
    first_year = fiscal_years(postings.posting, fiscal_year_end) == fiscal_years(
        postings.posting.min(keepdims=True), fiscal_year_end)
    refused = (postings.amount > 0) | opening | ~first_year
    only_credits = np.bincount(number, weights=refused[rows]) == 0
    credit = np.sort(rows[only_credits[number] & (postings.amount[rows] < 0)])
    debit = np.flatnonzero(opening & (postings.amount - taken > 0))
    return lay_end_to_end(
        debit, postings.debtor[debit], (postings.amount - taken)[debit],
        credit, postings.debtor[credit], -postings.amount[credit])


def broken_groups(postings: Postings, groups: CodeGroups, *, cleared: Pairs) -> pd.DataFrame:
    """List the code groups that do not sum to zero, but for what openings explain.

    Returns
    -------
    DataFrame
        customer_id, account, matching_code, items, amount_cents (what the group leaves open, signed).
    """
    rows, number = groups.rows, groups.number
    if not len(rows):
        return pd.DataFrame(columns=["customer_id", "account", "matching_code", "items", "amount_cents"])
    left = postings.amount.copy()
    np.add.at(left, cleared.credit, cleared.amount)
    first = np.flatnonzero(~same_as_before(number))
    total = np.add.reduceat(left[rows], first)
    broken = np.flatnonzero(total)
    named = postings.listed(rows[first[broken]], ["customer_id", "account", "matching_code"]).astype("str")
    items = np.diff(np.append(first, len(rows)))[broken]
    return named.assign(items=items, amount_cents=total[broken])


def lettering_coverage(postings: Postings, as_of_date: dt.date) -> float | None:
    """Return the share of credit older than 60 days that carries a code, None without such credit."""
    old = postings.posting < day_number(as_of_date) - COVERAGE_DAYS
    credit = -np.minimum(postings.amount, 0) * old
    total = int(credit.sum())
    return float(credit[postings.code >= 0].sum() / total) if total else None
