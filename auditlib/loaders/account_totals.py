"""Totals of the accounts beside the customers' at a date, from the books that hold them all."""

import datetime as dt
from collections.abc import Iterable, Sequence

import pandas as pd

from auditlib.dates import month_end
from auditlib.loaders.item_wording import JOURNALS
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import matches, starting
from auditlib.parameters import Parameters
from auditlib.schemas import ACCOUNTS, empty, validate

__all__ = ["account_totals"]

ACCOUNT_COLUMNS = list(ACCOUNTS.columns)


def account_totals(
    sources: Iterable[Source], *, parameters: Parameters, as_of_date: dt.date,
) -> pd.DataFrame:
    """Sum the accounts outside the perimeter at the as-of date, from the books that hold them all.

    An FEC comes first: accounts of the balance sheet since the year's opening entries (since the beginning where the
    year has none), accounts of the result over the fiscal year to date. Else a trial balance printed at that date.

    Parameters
    ----------
    sources : iterable of Source
    parameters : Parameters
        ``method.perimeter`` and ``method.fiscal_year_end`` are used.
    as_of_date : date

    Returns
    -------
    DataFrame
        `schemas.ACCOUNTS`, in order of account; empty where no document gives them. [cents]
    """
    held = [source for source in sources if len(source.entries)]
    books = [source for source in held if source.kind != "trial_balance"]
    lines = _lines_at(books, parameters.method.fiscal_year_end, as_of_date) if books else _printed_at(held, as_of_date)
    outside = ~starting(lines["account"], parameters.method.perimeter)
    summed = lines[outside].groupby(["account", "customer_id"], observed=True)[["debit_cents", "credit_cents"]].sum()
    return validate(validate(summed.reset_index(), ACCOUNTS).sort_values(["account", "customer_id"]), ACCOUNTS)


def _lines_at(books: Sequence[Source], year_end: str, as_of_date: dt.date) -> pd.DataFrame:
    """Return the lines whose sum is each account's state at the date."""
    start, day = _year_start(year_end, as_of_date), pd.Timestamp(as_of_date)
    entries = [source.entries for source in books]
    opened = any(_opens_year(lines, start) for lines in entries)
    found = []
    for lines in entries:
        posted = lines["posting_date"]
        known = posted <= day
        in_year = known & (posted >= pd.Timestamp(start))
        is_result = starting(lines["account"], ("6", "7"))
        found.append(lines[in_year | (known & ~is_result & (not opened))][ACCOUNT_COLUMNS])
    return _stacked(found)


def _printed_at(balances: Sequence[Source], as_of_date: dt.date) -> pd.DataFrame:
    """Return the rows of the first trial balance of that date; one that prints no date stands for it."""
    days = [source.title.as_of_date or source.title.period_end or as_of_date for source in balances]
    chosen = [source.entries[ACCOUNT_COLUMNS] for source, day in zip(balances, days, strict=True) if day == as_of_date]
    return _stacked(chosen[:1])


def _stacked(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not parts:
        return empty(ACCOUNTS)
    return parts[0] if len(parts) == 1 else pd.concat(
        [part.astype({"account": "str", "customer_id": "str"}) for part in parts], ignore_index=True)


def _year_start(year_end: str, as_of_date: dt.date) -> dt.date:
    """Return the first day of the fiscal year a date is in."""
    month, day = map(int, year_end.split("-"))
    ends = [min(dt.date(year, month, 1) + dt.timedelta(days=day - 1), month_end(dt.date(year, month, 1)))
            for year in (as_of_date.year - 1, as_of_date.year)]
    return max(end for end in ends if end < as_of_date) + dt.timedelta(days=1)


def _opens_year(lines: pd.DataFrame, start: dt.date) -> bool:
    """Tell whether the books open the year: entries of an opening journal in its first month."""
    first = lines["posting_date"].between(pd.Timestamp(start), pd.Timestamp(start) + pd.Timedelta(days=31))
    journal = lines["journal"][first].astype("str").unique()
    return bool(matches(pd.Series(journal, dtype="str"), dict(JOURNALS)["opening"]).any())
