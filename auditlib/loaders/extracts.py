"""What the audit tests read beyond the items: due dates of other extracts, and columns that some files have."""

from collections.abc import Iterable

import pandas as pd

from auditlib.schemas import CONTROL_COLUMNS, EXTRACTS, empty, validate

__all__ = ["other_due_dates", "told_columns"]


def other_due_dates(stacks: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the debits of second sources that name a document and state its due date.

    Parameters
    ----------
    stacks : iterable of DataFrame
        Movements of each second source.

    Returns
    -------
    DataFrame, schema EXTRACTS
        [cents, VAT included]
    """
    parts = [rows.loc[
        (rows["amount_cents"] > 0) & rows["due_date"].notna() & (rows["document_ref"] != ""), list(EXTRACTS.columns)]
        for rows in stacks]
    filled = [part for part in parts if len(part)]
    return validate(pd.concat(filled, ignore_index=True), EXTRACTS) if filled else empty(EXTRACTS)


def told_columns(movements: pd.DataFrame) -> list[str]:
    """Return which of `schemas.CONTROL_COLUMNS` say something: an empty one is not kept."""
    present = [name for name in CONTROL_COLUMNS if name in movements]
    return [name for name in present if _says(movements[name])]


def _says(column: pd.Series) -> bool:
    return bool(column.any() if column.dtype == bool else column.notna().any())
