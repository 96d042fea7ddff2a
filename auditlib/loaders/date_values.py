"""Cells into dates: the order of day and month is decided once for all date columns of a file."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.grid import Mask

__all__ = ["MONTHS", "DateOrder", "Dates", "Forms", "date_share", "decide_order", "forms_of", "parse_dates"]

# letters by range: a class of all Unicode letters takes Arrow 6 ms to compile, at each use
PREFIX = (
    r"(?:(?i:le|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)[.,]? +){0,2}"
)
DATE_LIKE = (
    rf"^{PREFIX}"
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}(?:\d{2})?)(?:[ T]\d{1,2}[:h].*)?$"
    r"|^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$|^(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)\d{2}|\d{2})$"
    r"|^[1-9](?:0[1-9]|1[0-2])20\d{2}$"
    rf"|^{PREFIX}"
    "\\d{1,2}(?:er)?[-/. \u00a0\u202f]{0,2}[A-Za-zÀ-ÿ]{3,9}\\.?[-/. ,\u00a0\u202f]*"
    r"\d{2}(?:\d{2})?$|^[A-Za-zÀ-ÿ]{3,9}\.? \d{1,2},? \d{4}$"
)
SERIAL_LIKE = r"^[2-6]\d{4}(?:\.\d+)?$"
BLANK = r"^(?:|[-/.\s]+|0+|0+[/.-]0+[/.-]0+(?:[ T][0:.]*)?|#+|(?i:n/?a|null|nan|nat|none))$"
NO_YEAR = r"(?:1[0-8]\d\d|190\d|9999|2999|000[01])"
NO_DATE = (
    rf"^{NO_YEAR}[-/.]\d\d[-/.]\d\d(?:[ T].*)?$"
    r"|^(?:1753|1899|1900|2999|9999|0001)\d{4}$"
    rf"|^\d\d?[-/.]\d\d?[-/.]{NO_YEAR}(?:[ T].*)?$"
    r"|^0[01][-/.]0[01][-/.]00$|^(?:1970-01-01|01[-/.]01[-/.]1970|19700101)(?:[ T].*)?$"
)
"""What databases and spreadsheets write where there is no date: 1753, 1900, 9999, the first day of Unix."""
MONTHS = {
    "jan": 1, "janv": 1, "fev": 2, "fevr": 2, "feb": 2, "mar": 3, "mars": 3, "avr": 4, "apr": 4, "mai": 5, "may": 5,
    "juin": 6, "jun": 6, "juil": 7, "jul": 7, "aou": 8, "aout": 8, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov":
    11, "dec": 12, "janvier": 1, "fevrier": 2, "avril": 4, "juillet": 7, "septembre": 9, "octobre": 10, "novembre":
    11, "decembre": 12, "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "januar": 1, "februar": 2, "marz": 3, "mrz": 3,
    "juni": 6, "juli": 7, "okt": 10, "oktober": 10, "dez": 12, "dezember": 12,
}
FIRST_YEAR, LAST_YEAR = 1950, 2100
"""A date outside them is none, or a mistake."""
EPOCH_SERIAL = 25569
SHIFT_OF_1904 = 1462
"""Days between the two first days a spreadsheet may count from: 1900 and 1904."""
LAST_MONTH = 12


@dataclass(frozen=True)
class DateOrder:
    """How the dates of a file are written.

    Attributes
    ----------
    name : str
        ``day_first``, ``month_first``, ``iso``, ``serial`` or "".
    is_evident : bool
        False where no date of the file tells day from month.
    is_mixed : bool
        Some dates can only be day first and others only month first.
    """

    name: str
    is_evident: bool = True
    is_mixed: bool = False


@dataclass(frozen=True)
class Dates:
    """A column of dates: days (``datetime64[s]``), and which cells are blank or unreadable."""

    days: npt.NDArray[np.datetime64]
    is_missing: Mask
    is_bad: Mask


@dataclass(frozen=True)
class Forms:
    """How the dates of one column are written: cells with the year first, and cells with it last.

    Attributes
    ----------
    year_first, year_last : int
    may_be_swapped : bool
        No day above 12 among the former, no first number up to 12 among the latter: a spreadsheet that takes the
        month first has turned the dates it could read, and left the others as texts.
    """

    year_first: int = 0
    year_last: int = 0
    may_be_swapped: bool = False


def forms_of(column: pa.ChunkedArray | pa.Array) -> Forms:
    """Count the cells of a column by the form of their dates."""
    counted = pc.value_counts(column)
    counts = np.asarray(counted.field("counts"))
    texts = pd.Series(counted.field("values"), dtype="str")
    first = texts.str.extract(r"^\d{4}[-/.]\d{1,2}[-/.](\d{1,2})")[0].astype("float64")
    last = _parts(pa.array(texts, pa.string()))["first"]
    is_swapped = first.notna().any() and (first.dropna() <= LAST_MONTH).all() and (last.dropna() > LAST_MONTH).all()
    return Forms(int(counts[first.notna()].sum()), int(counts[last.notna()].sum()), bool(is_swapped))


def date_share(column: pa.ChunkedArray | pa.Array, *, with_serials: bool = False) -> float:
    """Return which share of the filled cells of a column look like dates."""
    distinct = pc.value_counts(column)
    texts, counts = distinct.field("values"), np.asarray(distinct.field("counts"))
    filled = ~np.asarray(pc.match_substring_regex(texts, BLANK))
    pattern = f"{DATE_LIKE}|{SERIAL_LIKE}" if with_serials else DATE_LIKE
    likely = np.asarray(pc.match_substring_regex(texts, pattern)) & filled
    return float(counts[likely].sum() / counts[filled].sum()) if filled.any() else 0.0


def decide_order(columns: dict[str, pa.ChunkedArray | pa.Array]) -> DateOrder:
    """Decide the order of day and month from all date columns of a file together.

    A first or second number above 12 tells; else the order under which fewer documents are due before
    their date; else day first, which is then not evident.

    Parameters
    ----------
    columns : dict
        Raw texts by role; ``document_date`` (or ``posting_date``) and ``due_date`` are set against each other.
    """
    parts = [_parts(_distinct(column)) for column in columns.values()]
    numbers = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({"first": [], "second": []})
    first, second = numbers["first"], numbers["second"]
    if not len(first.dropna()):
        return DateOrder(_unambiguous_form(columns))
    day_first, month_first = int((first > 12).sum()), int((second > 12).sum())
    if day_first or month_first:
        name = "day_first" if day_first >= month_first else "month_first"
        return DateOrder(name, is_mixed=bool(day_first and month_first))
    late = {name: _due_before_document(columns, name) for name in ("day_first", "month_first")}
    if late["day_first"] != late["month_first"]:
        return DateOrder(min(late, key=lambda name: late[name]))
    return DateOrder("day_first", is_evident=False)


def _distinct(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    values = pc.unique(column)
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _unambiguous_form(columns: dict[str, pa.ChunkedArray | pa.Array]) -> str:
    texts = [text for column in columns.values() for text in _distinct(column).slice(0, 200).to_pylist() if text]
    if not texts:
        return ""
    typed = sum(text.endswith(" 00:00:00") or len(text) == 5 for text in texts)
    return "serial" if typed * 2 > len(texts) else "iso"


def _parts(texts: pa.Array) -> pd.DataFrame:
    """Split dates of three numbers, the year last, into first and second number and year."""
    found = pd.Series(texts, dtype="str").str.extract(
        r"^(?P<first>\d{1,2})[-/. ](?P<second>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})(?:[ T]\d{1,2}[:h].*)?$"
    )
    return found.astype("float64")


def _due_before_document(columns: dict[str, pa.ChunkedArray | pa.Array], order: str) -> int:
    start = columns.get("document_date", columns.get("posting_date"))
    due = columns.get("due_date")
    if start is None or due is None:
        return 0
    return int((parse_dates(due, order).days < parse_dates(start, order).days).sum())


def parse_dates(column: pa.ChunkedArray | pa.Array, order: str, *, is_1904: bool = False) -> Dates:
    """Read a column of dates in any of the usual forms.

    Parameters
    ----------
    column : Arrow array of string
    order : {"day_first", "month_first", "iso", "serial", ""}
        Decides dates such as 03/04/2024 only; where one order is impossible the other is taken.
    is_1904 : bool
        Numbers of days are counted from 1904, as the workbook says.
    """
    encoded = pc.dictionary_encode(column)
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    texts = pd.Series(encoded.dictionary, dtype="str")
    missing = np.asarray(pc.match_substring_regex(encoded.dictionary, f"{BLANK}|{NO_DATE}"), dtype=bool)
    days = np.full(len(texts), "NaT", dtype="datetime64[s]")
    days[~missing] = _parse_distinct(
        texts[~missing].reset_index(drop=True), month_first=order == "month_first",
        shift=SHIFT_OF_1904 if is_1904 else 0)
    codes = np.asarray(encoded.indices)
    if not len(days):
        return Dates(np.full(len(codes), "NaT", "datetime64[s]"), np.ones(len(codes), bool), np.zeros(len(codes), bool))
    return Dates(days[codes], missing[codes], (np.isnat(days) & ~missing)[codes])


def _parse_distinct(texts: pd.Series, *, month_first: bool, shift: int) -> npt.NDArray[np.datetime64]:
    days = np.full(len(texts), "NaT", dtype="datetime64[s]")
    for read in (
        partial(_three_numbers, month_first=month_first), _iso, _digits, _month_names, partial(_serials, shift=shift),
        partial(_introduced, month_first=month_first),
    ):
        todo = np.isnat(days)
        if not todo.any():
            break
        days[todo] = read(texts[todo].reset_index(drop=True))
    return days


def _introduced(texts: pd.Series, *, month_first: bool) -> npt.NDArray[np.datetime64]:
    """Read dates behind a word ("le 31/12/2024", "mardi 31 décembre 2024", "1er janvier 2025")."""
    bare = texts.str.replace("[\u00a0\u202f]", " ", regex=True).str.replace(rf"^{PREFIX}", "", regex=True)
    bare = bare.str.replace(r"^(\d{1,2})(?i:er)\b", r"\1", regex=True)
    days = _three_numbers(bare, month_first=month_first)
    return np.where(np.isnat(days), _month_names(bare), days)


def _three_numbers(texts: pd.Series, *, month_first: bool = False) -> npt.NDArray[np.datetime64]:
    parts = _parts(pa.array(texts, pa.string()))
    first, second = parts["first"], parts["second"]
    swap = (first <= 12) & (second > 12) | month_first & ~((first > 12) & (second <= 12))
    return _days(parts["year"], first.where(swap, second), second.where(swap, first))


def _iso(texts: pd.Series) -> npt.NDArray[np.datetime64]:
    parts = texts.str.extract(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$").astype("float64")
    return _days(parts[0], parts[1], parts[2])


def _digits(texts: pd.Series) -> npt.NDArray[np.datetime64]:
    """Read AAAAMMJJ, JJMMAAAA and JJMMAA, and JMMAAAA, which has lost the zero of its day."""
    year_first = texts.str.extract(r"^((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])$").astype("float64")
    day_first = texts.str.extract(r"^([0-2]\d|3[01]|[1-9](?=\d{6}$))(0[1-9]|1[0-2])(\d{4}|\d{2})$").astype("float64")
    days = _days(year_first[0], year_first[1], year_first[2])
    return np.where(np.isnat(days), _days(day_first[2], day_first[1], day_first[0]), days)


def _month_names(texts: pd.Series) -> npt.NDArray[np.datetime64]:
    plain = texts.str.normalize("NFKD").str.replace(r"[\u0300-\u036f]", "", regex=True).str.lower()
    day_first = plain.str.extract(r"^(\d{1,2})[-/. ]*([a-z]{3,9})\.?[-/. ,]*(\d{4}|\d{2})$")
    month_first = plain.str.extract(r"^([a-z]{3,9})\.? *(\d{1,2}),? *(\d{4})$")
    month = day_first[1].fillna(month_first[0]).map(MONTHS)
    day = day_first[0].fillna(month_first[1]).astype("float64")
    return _days(day_first[2].fillna(month_first[2]).astype("float64"), month.astype("float64"), day)


def _serials(texts: pd.Series, *, shift: int) -> npt.NDArray[np.datetime64]:
    numbers = texts.str.extract(rf"({SERIAL_LIKE[:-1]}$)")[0].astype("float64")
    days = np.where(numbers.isna(), np.nan, np.floor(numbers.fillna(0)) + shift - EPOCH_SERIAL)
    return pd.to_datetime(pd.Series(days), unit="D", errors="coerce").to_numpy().astype("datetime64[s]")


def _days(year: pd.Series, month: pd.Series, day: pd.Series) -> npt.NDArray[np.datetime64]:
    """Build dates from their parts; two digits are a year of 1970–2069, a year far off is no date."""
    full = year.where(year >= 100, year + np.where(year < 70, 2000, 1900))
    full = full.where(full.between(FIRST_YEAR, LAST_YEAR))
    parts = pd.DataFrame({"year": full, "month": month, "day": day})
    return pd.to_datetime(parts, errors="coerce").to_numpy().astype("datetime64[s]")
