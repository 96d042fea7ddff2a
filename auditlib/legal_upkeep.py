"""Keeping the legal parameters up: the yearly check-list, and rows a practice adds."""

import csv
import datetime as dt
import io
from pathlib import Path

import numpy as np
import pandas as pd

from auditlib.dates import day_number, day_numbers
from auditlib.legal_tables import (
    COLUMNS,
    HALF_YEARLY,
    KEY,
    checked_row,
    half_year_start,
    half_years,
    legal_table,
    practice_rows,
    value_at,
)

__all__ = ["add_row", "check_list"]

CHECK_DAYS = 365
"""A row checked longer ago is on the yearly check-list. [days]"""


def check_list(table: pd.DataFrame, *, day: dt.date) -> pd.DataFrame:
    """List what a person must look up: what is missing, from memory, or not checked for over a year.

    Parameters
    ----------
    table : DataFrame
        `legal_table`.
    day : date
        Of the check; rows that begin later, or ended before, are left alone unless marked to be checked.

    Returns
    -------
    DataFrame
        ``parameter``, ``value``, ``unit``, ``valid_from``, ``checked_on``, ``source`` and ``problem``: missing,
        to_check (from memory, or sources that differ) or too_old.
    """
    stamp = pd.Timestamp(day)
    begun = table[(table["valid_from"] <= stamp) & table["value"].notna()]
    in_force = begun["valid_to"].isna() | (begun["valid_to"] >= stamp)
    unsure = begun[begun["status"] == "to_check"]
    stale = begun[in_force & (begun["status"] == "verified")
                  & (begun["checked_on"] < stamp - pd.Timedelta(days=CHECK_DAYS))]
    parts = [_missing(table, day), unsure.assign(problem="to_check"), stale.assign(problem="too_old")]
    columns = ["parameter", "value", "unit", "valid_from", "checked_on", "source", "problem"]
    return pd.concat([part[columns] for part in parts if len(part)] or [parts[0][columns]], ignore_index=True)


def _missing(table: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """List the half-years up to that day's own which have no rate."""
    rows = []
    for parameter in HALF_YEARLY:
        known = table[table["parameter"] == parameter]
        begun = half_years(day_numbers(known["valid_from"]).astype(np.int64))
        first, last = int(begun.min()), int(half_years(np.array([day_number(day)]))[0])
        rows += [(parameter, half_year_start(index)) for index in range(first, last + 1)
                 if value_at(table, parameter, half_year_start(index)) is None]
    return pd.DataFrame({
        "parameter": pd.Series([name for name, _ in rows], dtype="str"), "value": np.full(len(rows), np.nan),
        "unit": "percent", "valid_from": pd.Series([day for _, day in rows], dtype="datetime64[s]"),
        "checked_on": pd.Series([pd.NaT] * len(rows), dtype="datetime64[s]"), "source": "", "problem": "missing"})


def add_row(
    path: Path, *, parameter: str, value: str, unit: str, valid_from: str, source: str, checked_on: str,
    valid_to: str = "",
) -> pd.DataFrame:
    """Add a dated row to the practice's file, or correct the one of the same parameter, unit and first day.

    Parameters
    ----------
    path : Path
        The practice's file; made where there is none.
    parameter, unit : str
        A pair of `parameter_units`.
    value, valid_from, valid_to, checked_on : str
        As typed: ``2,15`` or ``2.15``, ``01/07/2026`` or ``2026-07-01``.
    source : str
        Publication, and its address or article.

    Returns
    -------
    DataFrame
        The whole table with the row in it.

    Raises
    ------
    BadInputError
        If the row makes no sense, in the sentence the form shows; nothing is written then.
    """
    row = checked_row("new row", {
        "parameter": parameter, "value": value, "unit": unit, "valid_from": valid_from, "valid_to": valid_to,
        "source": source, "checked_on": checked_on, "status": "verified"})
    kept = practice_rows(path) if path.is_file() else []
    rows = [old for old in kept if any(old[name] != row[name] for name in KEY)] + [row]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([["" if pd.isna(one[name]) else one[name] for name in COLUMNS] for one in rows])  # type: ignore[call-overload]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding="utf-8")
    return legal_table(path)
