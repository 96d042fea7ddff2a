"""What the columns of a file without a header can be, one by one, from their cells alone."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from auditlib.loaders.cell_content import Content, look_at
from auditlib.loaders.date_values import DateOrder, decide_order, parse_dates
from auditlib.loaders.values import parse_amounts

__all__ = ["Look", "look_at_columns"]

DATED, NUMERIC = 0.9, 0.95
CURRENCIES = frozenset(
    [
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "CAD",
        "MAD",
        "TND",
        "DZD",
        "XOF",
        "XAF",
        "JPY",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "AED",
        "AUD",
        "CNY",
    ]
)
SIDES = (frozenset("DC"), frozenset("SH"))


@dataclass(frozen=True)
class Look:
    """One column.

    Attributes
    ----------
    place : int
        0-based.
    texts : Series of str
        Its cells, "" where blank.
    content : Content
    cents : ndarray of int64 or None
        Where it is an amount. [cents]
    days : ndarray of datetime64 or None
        Where it is a date.
    """

    place: int
    texts: pd.Series
    content: Content
    cents: npt.NDArray[np.int64] | None
    days: npt.NDArray[np.datetime64] | None

    @property
    def filled(self) -> pd.Series:
        """The cells that hold something."""
        return self.texts[self.texts != ""]

    @property
    def fill_share(self) -> float:
        """Share of the rows where it holds something."""
        return len(self.filled) / max(1, len(self.texts))

    def matches(self, pattern: str) -> float:
        """Share of the filled cells that match a pattern as a whole."""
        return float(self.filled.str.fullmatch(pattern).mean()) if len(self.filled) else 0.0

    @property
    def is_side(self) -> bool:
        """Whether it only says debit or credit, both of them."""
        return set(self.filled.unique()) in [set(marks) for marks in SIDES]

    @property
    def is_currency(self) -> bool:
        """Whether it only names currencies."""
        return bool(len(self.filled)) and set(self.filled.unique()) <= CURRENCIES

    @property
    def is_journal(self) -> bool:
        """Whether it is a short code of few values, on every row."""
        few = self.filled.nunique() <= max(2, min(25, len(self.texts) // 3))
        return self.fill_share > 0.98 and few and self.matches(r"[A-Z]{2,4}\d?") >= 0.95

    @property
    def is_lettering(self) -> bool:
        """Whether it holds short codes of letters on some rows, each on several."""
        twins = self.filled.value_counts()
        return (
            0 < self.fill_share < 0.98
            and self.matches(r"[A-Za-z]{1,4}\d?") >= 0.95
            and float((twins > 1).mean()) >= 0.5
        )

    @property
    def is_words(self) -> bool:
        """Whether it holds words rather than codes."""
        return float(self.filled.str.contains(" ").mean() if len(self.filled) else 0) >= 0.3 or (
            bool(len(self.filled)) and self.content.code_share < 0.5
        )


def look_at_columns(cells: pa.Table, *, decimal: str) -> list[Look]:
    """Look at each column of a sample of rows."""
    contents = [look_at(column) for column in cells.itercolumns()]
    dated = {
        str(place): cells.column(place)
        for place, content in enumerate(contents)
        if content.date_share >= DATED and not _is_number(content)
    }
    order = decide_order(dated) if dated else DateOrder("")
    return [
        _look(place, cells.column(place), content, order=order, is_date=str(place) in dated, decimal=decimal)
        for place, content in enumerate(contents)
    ]


def _is_number(content: Content) -> bool:
    return content.decimal_share >= 0.5 and content.amount_share >= NUMERIC


def _look(
    place: int, column: pa.ChunkedArray, content: Content, *, order: DateOrder, is_date: bool, decimal: str
) -> Look:
    is_amount = not is_date and content.amount_share >= NUMERIC and content.decimal_share >= 0.3
    return Look(
        place,
        pd.Series(column, dtype="str"),
        content,
        parse_amounts(column, decimal=decimal).cents if is_amount else None,
        parse_dates(column, order.name).days if is_date else None,
    )
