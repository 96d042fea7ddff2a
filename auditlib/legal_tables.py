"""Legal parameters as dated rows with a source: rates by half-year, indemnity, caps of terms, prescription."""

import csv
import datetime as dt
import functools
import io
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, day_number, day_numbers
from auditlib.errors import BadInputError

__all__ = [
    "COLUMNS", "HALF_YEARLY", "KEY", "checked_row", "half_year_end", "half_year_label", "half_year_rates",
    "half_year_start", "half_years", "legal_table", "parameter_units", "practice_rows", "value_at", "values_on",
]

COLUMNS = ("parameter", "value", "unit", "valid_from", "valid_to", "source", "checked_on", "status")
"""Of the files: the package's ``legal/legal_rates.csv`` and the practice's own."""
STATUSES = ("verified", "to_check", "missing")
HALF_YEARLY = ("ecb_main_refinancing", "legal_rate_professional", "legal_rate_individual")
"""Set anew for each half-year: what is in force on 1 January or 1 July. A half-year without a row has no rate."""
RANGES = {"percent": (0, 30), "points": (0, 20), "times": (1, 10), "eur": (0, 10_000_000), "years": (1, 30),
          "years_from_next_january": (1, 30), "months": (1, 60), "days": (1, 365)}
"""Values that are not nonsense, by first words of the unit."""
KEY = ("parameter", "unit", "valid_from")
"""A row of the practice takes the place of the package's row of the same key."""
SHORTEST_SOURCE = 8
FIRST_ROW = 2
Ints = npt.NDArray[np.int64]


def legal_table(practice: Path | None = None) -> pd.DataFrame:
    """Return every legal parameter known: the package's rows, then the practice's, which come first where both speak.

    Parameters
    ----------
    practice : Path, optional
        The practice's own rows, a CSV of the columns `COLUMNS`; it may not exist.

    Returns
    -------
    DataFrame
        `COLUMNS` with ``value`` float64 (NaN: missing), dates ``datetime64[s]``, and ``origin`` (package, practice).

    Raises
    ------
    BadInputError
        If a row of the practice's file cannot be used; the sentence names file, row and what was expected.
    """
    packaged = _packaged()
    if practice is None or not practice.is_file():
        return packaged.copy()
    own = _frame(practice_rows(practice), "practice")
    replaced = pd.MultiIndex.from_frame(packaged[list(KEY)]).isin(pd.MultiIndex.from_frame(own[list(KEY)]))
    return pd.concat([packaged[~replaced], own], ignore_index=True)


@functools.cache
def _packaged() -> pd.DataFrame:
    text = (resources.files("auditlib") / "legal" / "legal_rates.csv").read_text(encoding="utf-8")
    return _frame(_read("legal_rates.csv", text, is_packaged=True), "package")


def parameter_units() -> dict[str, list[str]]:
    """Return the units each known parameter has rows in."""
    rows = _packaged()
    return {str(name): sorted(set(units)) for name, units in rows.groupby("parameter")["unit"]}


# --- reading


def practice_rows(path: Path) -> list[dict[str, object]]:
    """Read the practice's own rows, each checked.

    Raises
    ------
    BadInputError
        If the file or a row of it cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInputError(f"{path.name}: not a readable text file in UTF-8 ({problem})") from problem
    return _read(path.name, text)


def checked_row(where: str, row: Mapping[str, str | None]) -> dict[str, object]:
    """Return a practice's row in its types.

    Parameters
    ----------
    where : str
        File and row, for the sentence.
    row : mapping of str to str
        By `COLUMNS`, as typed.

    Raises
    ------
    BadInputError
        If the parameter or its unit is not one of the package's, or a value makes no sense.
    """
    parameter, unit = ((row.get(name) or "").strip() for name in ("parameter", "unit"))
    units = parameter_units()
    if parameter not in units:
        raise BadInputError(f"{where}: parameter {parameter!r} is not known; expected one of {', '.join(units)}")
    if unit not in units[parameter]:
        raise BadInputError(f"{where}: unit {unit!r} of {parameter}: expected {' or '.join(units[parameter])}")
    return _checked(where, row)


def _read(name: str, text: str, *, is_packaged: bool = False) -> list[dict[str, object]]:
    first = text.split("\n", maxsplit=1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise BadInputError(f"{name}: column {missing[0]} is missing; expected the columns {', '.join(COLUMNS)}")
    rows = [row for row in enumerate(reader, start=FIRST_ROW) if any((value or "") for value in row[1].values())]
    check = _checked if is_packaged else checked_row
    return [check(f"{name}, row {number}", row) for number, row in rows]


def _checked(where: str, row: Mapping[str, str | None]) -> dict[str, object]:
    """Return a row's values in their types, or say in one sentence what is wrong with it."""
    text = {column: (row.get(column) or "").strip() for column in COLUMNS}
    parameter, unit, status = text["parameter"], text["unit"], text["status"] or "verified"
    if status not in STATUSES:
        raise BadInputError(f"{where}: status {status!r}: expected {', '.join(STATUSES)}")
    value = _value(where, text["value"], unit, may_miss=status == "missing")
    start, end = _day(where, "valid_from", text["valid_from"]), _day(where, "valid_to", text["valid_to"])
    checked = _day(where, "checked_on", text["checked_on"])
    if start is None:
        raise BadInputError(f"{where}: valid_from is empty: expected a date such as 2026-07-01")
    if parameter in HALF_YEARLY:
        end = _half_year_row(where, parameter, start, end)
    if end is not None and end < start:
        raise BadInputError(f"{where}: valid_to {end} is before valid_from {start}: expected a later date, or nothing")
    if status == "verified" and (checked is None or len(text["source"]) < SHORTEST_SOURCE):
        raise BadInputError(f"{where}: a verified row needs its source (publication and address or article) and "
                            "checked_on, the day it was read there")
    return {"parameter": parameter, "value": value, "unit": unit, "valid_from": start, "valid_to": end,
            "source": text["source"], "checked_on": checked, "status": status}


def _value(where: str, text: str, unit: str, *, may_miss: bool) -> float:
    if not text and may_miss:
        return float("nan")
    try:
        value = float(text.replace(",", ".").replace("\u00a0", "").replace("%", ""))
    except ValueError:
        value = float("nan")
    low, high = RANGES.get(unit) or RANGES[unit.split("_", maxsplit=1)[0]]
    if not low <= value <= high:  # NaN too
        raise BadInputError(f"{where}: value {text!r}: expected a number of {unit} from {low} to {high}, such as 2.15")
    if unit == "percent" and round(value * 100) != round(value * 100, 6):
        raise BadInputError(f"{where}: value {text!r}: expected a rate in percent with two decimals at most")
    return value


def _day(where: str, column: str, text: str) -> dt.date | None:
    if not text:
        return None
    try:
        day, month, year = text.split("/") if "/" in text else reversed(text.split("-"))
        return dt.date(int(year), int(month), int(day))
    except ValueError as problem:
        raise BadInputError(f"{where}: {column} {text!r}: expected a date such as 2026-07-01") from problem


def _half_year_row(where: str, parameter: str, start: dt.date, end: dt.date | None) -> dt.date:
    index = half_years(np.array([day_number(start)]))[0]
    if half_year_start(index) != start or end not in (None, half_year_end(index)):
        raise BadInputError(f"{where}: {parameter} from {start} to {end or '…'}: expected one half-year, "
                            "from 1 January to 30 June or from 1 July to 31 December")
    return half_year_end(index)


def _frame(rows: Iterable[dict[str, object]], origin: str) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    dates = ("valid_from", "valid_to", "checked_on")
    typed = {name: pd.to_datetime(frame[name]).astype("datetime64[s]") for name in dates}
    typed |= {name: frame[name].astype("str") for name in ("parameter", "unit", "source", "status")}
    return frame.assign(value=frame["value"].astype("float64"), **typed, origin=pd.Series(origin, frame.index, "str"))


# --- looking up


def values_on(table: pd.DataFrame, parameter: str, days: Ints, *, unit: str = "") -> npt.NDArray[np.float64]:
    """Return the value of a parameter on each day, NaN where the table has none.

    Parameters
    ----------
    table : DataFrame
        `legal_table`.
    parameter : str
    days : ndarray of int64
        Day numbers since 1970-01-01.
    unit : str
        Of the rows looked at; empty: all of the parameter's.

    Returns
    -------
    ndarray of float64
        In the rows' unit. A later row takes the place of an earlier one from its first day on.
    """
    rows = table[(table["parameter"] == parameter) & table["value"].notna()]
    rows = (rows[rows["unit"] == unit] if unit else rows).sort_values(["valid_from", "origin"], kind="stable")
    found = np.full(len(days), np.nan)
    starts, ends = day_numbers(rows["valid_from"]), day_numbers(rows["valid_to"])
    for value, start, end in zip(rows["value"], starts, ends, strict=True):
        found[(days >= start) & (days <= end)] = value
    return found


def value_at(table: pd.DataFrame, parameter: str, day: dt.date) -> float | None:
    """Return the value of a parameter on a day, in its unit; None where the table has none."""
    value = float(values_on(table, parameter, np.array([day_number(day)]))[0])
    return None if np.isnan(value) else value


def half_year_rates(table: pd.DataFrame, parameter: str, indices: Ints) -> npt.NDArray[np.float64]:
    """Return the rate in force on the first day of each half-year, NaN where the table has none [percent]."""
    days = np.array([day_number(half_year_start(index)) for index in indices], dtype=np.int64)
    return values_on(table, parameter, days)


# --- half-years


def half_years(days: Ints) -> Ints:
    """Number half-years: year × 2, and one more from 1 July; the input is day numbers since 1970-01-01."""
    if (days == NO_DAY).any():
        raise ValueError("a missing date has no half-year")
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months // 6 + 1970 * 2


def half_year_start(index: int) -> dt.date:
    """Return the first day of a half-year.

    Examples
    --------
    >>> half_year_start(2025 * 2 + 1)
    datetime.date(2025, 7, 1)
    """
    return dt.date(int(index) // 2, 1 + 6 * (int(index) % 2), 1)


def half_year_end(index: int) -> dt.date:
    """Return the last day of a half-year."""
    return half_year_start(index + 1) - dt.timedelta(days=1)


def half_year_label(index: int) -> str:
    """Name a half-year: ``2025-H2``."""
    return f"{int(index) // 2}-H{int(index) % 2 + 1}"
