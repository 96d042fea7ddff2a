"""What a test found: its population, its exceptions row by row, and what it was run with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

from auditlib.texts import N_

__all__ = ["NO_POSTING", "ROW_COLUMNS", "Detail", "Found", "joined", "no_rows", "not_tested", "pointed", "stacked"]

ROW_COLUMNS = {
    "customer_id": "category", "item_id": "int64", "document_ref": "str", "document_date": "datetime64[s]",
    "posting_date": "datetime64[s]", "due_date": "datetime64[s]", "item_cents": "int64", "amount_cents": "int64",
    "detail": "category", "days": "float64", "set_number": "int64", "source_file": "category",
    "source_sheet": "category", "source_row": "int64",
}
"""Columns of the exceptions. ``item_cents`` is the item's own amount, ``amount_cents`` what the exception puts at
stake (nil for the rows shown for comparison), ``set_number`` joins rows that belong together (-1: none); a row about
a customer or an account has ``item_id`` -1 and ``source_row`` 0."""
SOURCE = ("source_file", "source_sheet", "source_row")
NO_POSTING = N_("Non testé : les documents n’ont pas de date de comptabilisation.")
Detail = str | npt.NDArray[Any]


@cache
def no_rows() -> pd.DataFrame:
    """Return exceptions without a row; the same frame each time, never changed."""
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in ROW_COLUMNS.items()})


@dataclass(frozen=True)
class Found:
    """Result of one test.

    Attributes
    ----------
    population_rows, population_cents : int
        What was looked at. [rows, cents VAT included]
    rows : DataFrame
        The exceptions, in `ROW_COLUMNS`.
    parameters : mapping
        Thresholds used, as the rule's wording names them.
    facts : mapping
        Further figures of the sentence: ``_cents`` amounts, ``_share`` shares 0–1, ``_on`` ISO dates, else counts or
        texts.
    reason : str
        Why it was not tested; empty where it was. French, for the catalogue.
    """

    population_rows: int = 0
    population_cents: int = 0
    rows: pd.DataFrame = field(default_factory=no_rows)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def not_tested(reason: str, **parameters: Any) -> Found:
    """Return the result of a test that the documents do not allow."""
    return Found(reason=reason, parameters=parameters)


def pointed(
    items: pd.DataFrame, *, amount: pd.Series | npt.NDArray[np.int64] | None = None, detail: Detail = "",
    days: Any = np.nan, sets: Any = -1,
) -> pd.DataFrame:
    """Turn items into exceptions that lead back to their source rows.

    Parameters
    ----------
    items : DataFrame, schema MOVEMENTS or wider
        Only the exceptions.
    amount : array of int64, optional
        What each puts at stake; its own amount by default. [cents, VAT included]
    detail : str or array of str
        Code of what is odd about each.
    days : number or array
        A delay that goes with the detail. [days]
    sets : int or array
        Number of the set each belongs to.
    """
    whole, count = items["amount_cents"].to_numpy(), len(items)
    rows = pd.DataFrame({
        "customer_id": _category(items["customer_id"]),
        "item_id": items["item_id"].to_numpy() if "item_id" in items else np.full(count, -1),
        "document_ref": items["document_ref"].to_numpy(),
        **{name: items[name].to_numpy() for name in ("document_date", "posting_date", "due_date")},
        "item_cents": whole, "amount_cents": whole if amount is None else np.asarray(amount),
        "detail": _detail(detail, count), "days": np.broadcast_to(days, count),
        "set_number": np.broadcast_to(sets, count), **{name: _category(items[name]) for name in SOURCE}})
    return rows.astype({name: kind for name, kind in ROW_COLUMNS.items() if kind != "category"})


def _category(values: pd.Series) -> pd.Categorical:
    """Return texts as a categorical of plain texts, without looking at each where they are one already."""
    known = values if isinstance(values.dtype, pd.CategoricalDtype) else values.astype("str").astype("category")
    return pd.Categorical.from_codes(known.cat.codes, categories=known.cat.categories.astype("str"))


def _detail(detail: Detail, count: int) -> pd.Categorical:
    if isinstance(detail, str):
        return pd.Categorical.from_codes(np.zeros(count, dtype=np.int8), categories=pd.Index([detail], dtype="str"))
    return _category(pd.Series(detail, dtype="str"))


def joined(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Stack exceptions whose categories differ."""
    filled = [part for part in parts if len(part)]
    if len(filled) < 2:
        return filled[0].reset_index(drop=True) if filled else no_rows()
    named = [name for name, kind in ROW_COLUMNS.items() if kind == "category"]
    plain = pd.concat([part.drop(columns=named) for part in filled], ignore_index=True)
    unions = {name: union_categoricals([part[name] for part in filled]) for name in named}
    return plain.assign(**unions)[list(ROW_COLUMNS)]


def stacked(parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Stack the exceptions of several tests, each with its code in ``test``.

    Returns
    -------
    DataFrame
        ``test`` (category), then `ROW_COLUMNS`.
    """
    filled = {code: rows for code, rows in parts.items() if len(rows)}
    test = np.repeat(np.arange(len(filled)), [len(rows) for rows in filled.values()])
    codes = pd.Categorical.from_codes(test, categories=pd.Index(list(filled), dtype="str"))
    return joined(filled.values()).assign(test=codes)[["test", *ROW_COLUMNS]]
