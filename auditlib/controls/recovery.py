"""Tests of what will come in: hidden disputes, claims near prescription or over the cap, cash after the date."""


import numpy as np
import pandas as pd

from auditlib.controls.found import Detail, Found, pointed
from auditlib.loaders.table_columns import matches

__all__ = ["items_of", "no_table", "silent_disputes"]


def silent_disputes(open_items: pd.DataFrame, *, days: int, words: tuple[str, ...]) -> Found:
    """List old unpaid invoices that look disputed and bear no dispute: paid in part, or worded like one (valuation).

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    days : int
        Overdue by more than so many days.
    words : tuple of str
        What a label says of a dispute.

    References
    ----------
    DOMAIN.md E: unpaid > 60 d, partial payments, comment words.
    """
    claim = (open_items["residual_cents"] > 0) & ~open_items["is_disputed"] & ~open_items["is_doubtful"]
    late = open_items[(claim & (open_items["days_overdue"] > days) & ~open_items["is_retention"]).to_numpy()]
    pattern = "|".join(word.strip() for word in words if word.strip())
    worded = matches(late["label"], pattern) if pattern else np.zeros(len(late), dtype=bool)
    partial = (late["residual_cents"] < late["amount_cents"]).to_numpy()
    found = late[worded | partial]
    detail = np.where(worded, "dispute_words", "paid_in_part")[worded | partial]
    return Found(
        len(late), int(late["residual_cents"].sum()),
        pointed(found, amount=found["residual_cents"], detail=detail, days=found["days_overdue"].to_numpy()),
        {"days": days, "words": ", ".join(words)}, {"worded": int(worded.sum())})


def items_of(
    items: pd.DataFrame, table: pd.DataFrame, *, amount: str, detail: Detail, days: pd.Series | None = None,
) -> pd.DataFrame:
    """Return as exceptions the items another chapter lists.

    Parameters
    ----------
    items : DataFrame, schema ITEMS
        ``item_id`` is the position.
    table : DataFrame
        With ``item_id`` and the column `amount`. [cents, VAT included]
    detail : str or array
    days : Series, optional
    """
    listed = items.iloc[table["item_id"].to_numpy()]
    delay = np.nan if days is None else days.to_numpy(dtype="float64")
    return pointed(listed, amount=table[amount], detail=detail, days=delay)


def no_table(table: pd.DataFrame | None) -> bool:
    """Tell that a chapter gave no such table: the documents do not allow it."""
    return table is None or not len(table.columns)
