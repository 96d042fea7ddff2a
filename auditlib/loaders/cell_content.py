"""What the cells of a column look like, on a sample of its rows."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.date_values import date_share
from auditlib.loaders.values import amount_share

__all__ = ["Content", "look_at"]

CODE = r"^[A-Za-z0-9][A-Za-z0-9._/#-]{0,19}$"


@dataclass(frozen=True)
class Content:
    """Shares are of the filled cells.

    Attributes
    ----------
    is_empty : bool
    date_share, amount_share, decimal_share, code_share, account_share : float
        Cells that can be a date, a number, a number with decimals, a code (no space, with a digit or all
        capitals), an account of a French chart (a digit 1–7, then digits or capitals).
    distinct : int
    """

    is_empty: bool = True
    date_share: float = 0.0
    amount_share: float = 0.0
    decimal_share: float = 0.0
    code_share: float = 0.0
    account_share: float = 0.0
    distinct: int = 0


def look_at(column: pa.ChunkedArray | pa.Array) -> Content:
    """Look at a sample of a column."""
    filled = column.filter(pc.not_equal(column, ""))
    if not len(filled):
        return Content()
    dates = date_share(filled)
    return Content(
        is_empty=False,
        date_share=max(dates, date_share(filled, with_serials=True)),
        amount_share=0.0 if dates > 0.5 and _share(filled, r"^\d{6,8}$") < 0.5 else amount_share(filled),
        decimal_share=_share(filled, r"\d[.,]\d{1,2}\D{0,4}$"),
        code_share=_share(filled, CODE, r"\d|^[A-Z0-9._/#-]+$"),
        account_share=_share(filled, r"^4(?:0|1|[2-9])[0-9A-Z]+$|^[1-35-7]\d{2,}$"),
        distinct=len(pc.unique(filled)),
    )


def _share(filled: pa.ChunkedArray | pa.Array, *patterns: str) -> float:
    matching = np.ones(len(filled), dtype=bool)
    for pattern in patterns:
        matching &= np.asarray(pc.match_substring_regex(filled, pattern), dtype=bool)
    return float(matching.mean())
