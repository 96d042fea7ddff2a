"""Whether the date in a file's name is that of its content."""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

import pandas as pd

from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import dates

__all__ = ["content_dates", "name_dates", "name_differs"]

MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
          "decembre")
ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")
NAMED = "|".join(dict.fromkeys((*MONTHS, *ENGLISH, *(name[:4] for name in MONTHS), *(name[:3] for name in ENGLISH))))
SEP = r"[ ._-]?"
PATTERNS = tuple(re.compile(rf"(?<!\d){pattern}(?!\d)") for pattern in (
    rf"(?P<y>20\d\d){SEP}(?P<m>[01]\d){SEP}(?P<d>[0-3]\d)",
    rf"(?P<d>[0-3]\d){SEP}(?P<m>[01]\d){SEP}(?P<y>20\d\d)",
    rf"(?P<d>[0-3]?\d) ?(?P<n>{NAMED}) ?(?P<y>20\d\d)",
    rf"(?P<n>{NAMED}){SEP}(?P<y>20\d\d)",
    r"(?P<y>20\d\d)[ ._-](?P<m>[01]\d)",
    r"(?P<m>[01]\d)[ ._-](?P<y>20\d\d)",
    r"(?P<y>20[1-4]\d)"))
"""Dates as file names write them, the most precise first; a year alone is one of now ("2000 clients" is none)."""
LATE_EXTRACT = 100
"""Days after its content that a file may be extracted, and named."""
EARLY = 31
"""Days before the end its name gives that the last entry of a file may be of."""


def name_dates(name: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day that a file's name speaks of: a day, a month or a year; None where it has none."""
    folded = unicodedata.normalize("NFKD", name.rpartition(".")[0])
    plain = "".join(character for character in folded if not unicodedata.combining(character)).lower()
    for pattern in PATTERNS:
        for match in pattern.finditer(plain):
            if (span := _span(match.groupdict())) is not None:
                return span
    return None


def _span(parts: dict[str, str | None]) -> tuple[dt.date, dt.date] | None:
    year = int(parts["y"] or 0)
    if parts.get("n"):
        month = next(index for names in (MONTHS, ENGLISH) for index, name in enumerate(names, start=1)
                     if name.startswith(str(parts["n"])))
    elif parts.get("m"):
        month = int(str(parts["m"]))
    else:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    try:
        first = dt.date(year, month, int(parts.get("d") or 1))
    except ValueError:
        return None
    return (first, first) if parts.get("d") else (first, first.replace(day=calendar.monthrange(year, month)[1]))


def content_dates(source: Source) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of what a file holds: the day it is printed for, else its entries'."""
    if source.title.as_of_date:
        return source.title.period_start or source.title.as_of_date, source.title.as_of_date
    found = pd.concat(list(_days(source)), ignore_index=True).dropna()
    return None if found.empty else (found.min().date(), found.max().date())


def _days(source: Source) -> Iterator[pd.Series]:
    posted = dates(source.table, "posting_date")
    yield posted if posted.notna().any() else dates(source.table, "document_date")


def name_differs(source: Source) -> tuple[tuple[dt.date, dt.date], tuple[dt.date, dt.date]] | None:
    """Return the days a file's name speaks of and those of its content, where they are not the same; else None.

    A name may give the day of extraction, a little after the content; a year or a month may end before its last day.
    """
    named, held = name_dates(source.file), content_dates(source)
    if named is None or held is None or source.title.printed_on == named[1]:
        return None
    (first, last), (start, end) = named, held
    if last - first > dt.timedelta(days=31):
        agrees = start <= last and end >= first
    else:
        agrees = first - dt.timedelta(days=EARLY if first != last else LATE_EXTRACT) <= end <= last
    return None if agrees else (named, held)
