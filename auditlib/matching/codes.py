"""Matching by the client's own codes (lettrage)."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, day_number
from auditlib.matching.end_to_end import lay_end_to_end
from auditlib.matching.postings import Ints, Pairs, Postings, without_gap
from auditlib.ordering import row_order, sorted_rows, sums_at

__all__ = [
    "COVERAGE_DAYS", "broken_groups", "code_groups", "fiscal_years", "lettering_coverage", "match_codes",
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


def code_groups(postings: Postings, *, fiscal_year_end: str) -> Ints:
    """Number the code groups: customer, account and code, cut where a reused code starts again.

    What bears one matching date and sums to zero is a use of the code by itself. The rest follows by
    fiscal year, then matching date, and is cut wherever what came since the last cut sums to zero
    (INDICATORS.md 2.1).

    Returns
    -------
    ndarray of int64, shape (n_items,)
        Group of each item, -1 where it has no code.
    """
    rows = np.flatnonzero(postings.code >= 0)
    group = np.full(len(postings.code), -1, dtype=np.int64)
    if not len(rows):
        return group
    typed = without_gap(postings.matching_day[rows])
    keys = postings.debtor[rows], postings.account[rows], postings.code[rows]
    order, _ = sorted_rows(*keys, typed)
    rows, typed = rows[order], typed[order]
    new_code = _changes(*(key[order] for key in keys))
    whole = _is_whole(postings, rows, new_code)
    year = fiscal_years(postings.posting[rows], fiscal_year_end)
    number = np.cumsum(new_code, dtype=np.int64)
    order = row_order(number, (~whole).astype(np.int8), np.where(whole, typed, 0), year)
    rows, year, whole = rows[order], year[order], whole[order]
    day = postings.matching_day[rows]
    new_group = _changes(number, whole) | (whole & _changes(day))
    new_part = _changes(year, day) | new_group
    before = np.cumsum(postings.amount[rows]) - postings.amount[rows]
    start_of_group = np.maximum.accumulate(np.where(new_group, np.arange(len(rows)), 0))
    group[rows] = np.cumsum(new_group | (new_part & (before == before[start_of_group]))) - 1
    return group


def _is_whole(postings: Postings, rows: Ints, new_code: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Tell which rows bear a matching date whose rows, under their code, sum to zero by themselves."""
    day = postings.matching_day[rows]
    part = np.cumsum(new_code | _changes(day)) - 1
    total = sums_at(part, postings.amount[rows], count=int(part[-1]) + 1)
    whole: npt.NDArray[np.bool_] = (total[part] == 0) & (day != NO_DAY)
    return whole


def _changes(*columns: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    changed = np.zeros(len(columns[0]), dtype=bool)
    changed[0] = True
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return changed


def match_codes(postings: Postings, group: Ints) -> Pairs:
    """Lay the debits and credits of each code group end to end, in posting order."""
    rows = np.flatnonzero(group >= 0)
    rows = rows[row_order(group[rows])]
    amount = postings.amount[rows]
    debit, credit = rows[amount > 0], rows[amount < 0]
    return lay_end_to_end(debit, group[debit], postings.amount[debit], credit, group[credit], -postings.amount[credit])


def match_openings(postings: Postings, group: Ints, taken: Ints, *, fiscal_year_end: str) -> Pairs:
    """Set credits lettered against a balance brought forward against the opening debit.

    A code group of credits only, none of them an opening entry, in the first year loaded, pays an
    item that the file carries only in its opening (INDICATORS.md 1, opening).
    """
    opening = (postings.frame["kind"] == "opening").to_numpy()
    opening = opening if postings.rows is None else opening[postings.rows]
    rows = np.flatnonzero(group >= 0)
    if not opening.any() or not len(rows):
        return Pairs.none()
    first_year = fiscal_years(postings.posting, fiscal_year_end) == fiscal_years(
        postings.posting.min(keepdims=True), fiscal_year_end)
    refused = (postings.amount > 0) | opening | ~first_year
    only_credits = np.bincount(group[rows], weights=refused[rows]) == 0
    credit = rows[only_credits[group[rows]] & (postings.amount[rows] < 0)]
    debit = np.flatnonzero(opening & (postings.amount - taken > 0))
    return lay_end_to_end(
        debit, postings.debtor[debit], (postings.amount - taken)[debit],
        credit, postings.debtor[credit], -postings.amount[credit])


def broken_groups(postings: Postings, group: Ints, *, cleared: Pairs) -> pd.DataFrame:
    """List the code groups that do not sum to zero, but for what openings explain.

    Returns
    -------
    DataFrame
        customer_id, account, matching_code, items, amount_cents (what the group leaves open, signed).
    """
    rows = np.flatnonzero(group >= 0)
    left = postings.amount.copy()
    np.add.at(left, cleared.credit, cleared.amount)
    if not len(rows):
        return pd.DataFrame(columns=["customer_id", "account", "matching_code", "items", "amount_cents"])
    groups = int(group[rows].max()) + 1
    total = sums_at(group[rows], left[rows], count=groups)
    first = np.full(groups, -1, dtype=np.int64)
    first[group[rows[::-1]]] = rows[::-1]
    broken = np.flatnonzero(total)
    named = postings.listed(first[broken], ["customer_id", "account", "matching_code"]).astype("str")
    items = np.bincount(group[rows], minlength=groups)[broken]
    return named.assign(items=items, amount_cents=total[broken])


def lettering_coverage(postings: Postings, as_of_date: dt.date) -> float | None:
    """Return the share of credit older than 60 days that carries a code, None without such credit."""
    old = postings.posting < day_number(as_of_date) - COVERAGE_DAYS
    credit = -np.minimum(postings.amount, 0) * old
    total = int(credit.sum())
    return float(credit[postings.code >= 0].sum() / total) if total else None
