"""What columns say of the whole document: what other columns are called, its currency, the day it was drawn up."""

import datetime as dt
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.aliases import CURRENCY_CODES, normalise
from auditlib.loaders.buckets_map import is_bucket_header
from auditlib.loaders.date_values import parse_dates
from auditlib.loaders.grid import Mask
from auditlib.loaders.left_out import SUMS
from auditlib.loaders.parsed import ITEM_AMOUNTS, Parsed
from auditlib.loaders.title_block import TitleBlock, currency_in

__all__ = ["currency_told", "date_told", "with_told_labels"]

DATE_NAMES = frozenset((
    "as of date", "aged as of date", "as at date", "date d arrete", "date arrete", "date de situation", "key date",
    "statement date", "snapshot date",
))
MAIN_AMOUNTS = ("open_amount_cents", "amount_cents", "total_cents")
SIGNED_ROWS = 40
"""Sums, and items, whose amounts may carry a currency's sign."""
LABEL = re.compile(r"^(.+?) ?(?:label|libelle|heading|intitule)$")
AMOUNT = re.compile(r"^(.+?) ?(?:amount|montant|balance|solde)$")
LENGTH = re.compile(r"^(\d{1,3}) ?[dj]?$", re.IGNORECASE)
PERIOD = re.compile(r"^period ?(\d)$")


def with_told_labels(labels: Sequence[str], body: pa.Table) -> tuple[str, ...]:
    """Name the columns of amounts after the column of labels beside them (``period1Label``), or their length in days.

    Parameters
    ----------
    labels : sequence of str
        One a column, as printed.
    body : Table
        The rows under them, as texts.
    """
    names = [normalise(label) for label in labels]
    amounts = {found[1]: place for place, name in enumerate(names) if (found := AMOUNT.match(name))}
    told = list(labels)
    for place, name in enumerate(names):
        if (found := LABEL.match(name)) and found[1] in amounts:
            text = _single(body, place)
            if is_bucket_header(text):
                told[amounts[found[1]]] = text
    length = next((found[1] for place, name in enumerate(names)
                   if name.startswith("period length") and (found := LENGTH.match(_single(body, place)))), "")
    return tuple(_by_length(told, amounts, int(length)) if length else told)


def _by_length(told: list[str], amounts: dict[str, int], days: int) -> list[str]:
    """Call periods of so many days by their edges, the last one open, where no column of labels named them."""
    periods = {int(found[1]): place for stem, place in amounts.items() if (found := PERIOD.match(stem))}
    for number, place in periods.items():
        if not is_bucket_header(told[place]):
            low = (number - 1) * days
            told[place] = f"over {low} days" if number == max(periods) else f"{low + 1} - {low + days} days"
    return told


def date_told(labels: Sequence[str], body: pa.Table) -> dt.date | None:
    """Return the one day that a column of as-of dates repeats, None without such a column."""
    for place, label in enumerate(labels):
        if normalise(label) in DATE_NAMES and (text := _single(body, place)):
            day = parse_dates(pa.array([text]), "").days[0]
            return None if pd.isna(day) else pd.Timestamp(day).date()
    return None


def currency_told(parsed: Parsed, title: TitleBlock, body: npt.NDArray[np.str_]) -> str:
    """Return the ISO code of a document's amounts: from their header, the title, its own column, or their signs.

    Parameters
    ----------
    parsed : Parsed
    title : TitleBlock
    body : ndarray of str
        Classes of the body's rows.
    """
    headers = [mapped.header for mapped in parsed.columns if mapped.role in ITEM_AMOUNTS]
    named = next((code for header in headers if (code := currency_in(header))), "") or title.currency
    if named or "currency" in parsed.roles:
        return named
    return _currency_of_documents(parsed, body == "item") or _currency_signed(parsed, body)


def _currency_of_documents(parsed: Parsed, items: Mask) -> str:
    """Take the one currency of the documents for that of the accounts where both amounts are the same."""
    foreign = parsed.amounts.get("foreign_amount_cents")
    main = next((parsed.amounts[role] for role in MAIN_AMOUNTS if role in parsed.amounts), None)
    if foreign is None or main is None or (np.abs(main.cents[items]) != np.abs(foreign.cents[items])).any():
        return ""
    codes = pc.unique(parsed.texts("foreign_currency").filter(items)).to_pylist()
    return str(codes[0]).upper() if len(codes) == 1 and str(codes[0]).lower() in CURRENCY_CODES else ""


def _currency_signed(parsed: Parsed, body: npt.NDArray[np.str_]) -> str:
    """Read the sign before or after amounts: some programs print it beside the sums only."""
    rows = np.concatenate([np.flatnonzero(rows)[:SIGNED_ROWS] for rows in (np.isin(body, SUMS), body == "item")])
    texts = [str(text) for mapped in parsed.columns if mapped.role in parsed.amounts
             for text in parsed.cells.column(mapped.position - 1).take(pa.array(rows)).to_pylist()]
    found = {code for text in texts if (code := currency_in(text))}
    return found.pop() if len(found) == 1 else ""


def _single(body: pa.Table, place: int) -> str:
    """Return what all filled cells of a column hold, "" where they differ."""
    column = body.column(place)
    values = pc.unique(column.filter(pc.not_equal(column, "")))
    return str(values[0].as_py()) if len(values) == 1 else ""
