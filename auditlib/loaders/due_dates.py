"""The due date of each item, and where it comes from."""

import pandas as pd

from auditlib.loaders.table_columns import look_up, matches
from auditlib.loaders.terms import due_dates, due_dates_by_text, parse_terms

__all__ = ["complete_due_dates", "label_due_dates", "lump_openings"]

WORDED = r"(?:[ée]ch[ée]ances?|(?:^|[\s(,;:/-])[ée]ch\.?|\bdue\b(?: date| on)?|payable)\s*(?:le|au|du|on|:|-)?\s*"
DATED = r"(?P<a>\d{1,4})[/.-](?P<b>\d{1,2})(?:[/.-](?P<c>\d{2,4}))?"
LONGEST_TERM = 400
"""A date further than this from the document is not its due date. [days]"""
YEAR_DIGITS, FULL_YEAR, CENTURY = 4, 1000, 2000
UNDATED_KINDS = ("reclassification", "unpaid_return")
"""The engine gives them the dates of the claim they carry on (INDICATORS.md 1)."""


def complete_due_dates(movements: pd.DataFrame, customer_terms: pd.Series, *, default_terms: str) -> pd.DataFrame:
    """Give debits without a due date the one read in the label, else that of their terms, else the default's.

    Parameters
    ----------
    movements : DataFrame
        With ``kind`` and ``payment_terms`` (the row's own, may be "").
    customer_terms : Series of str
        Terms by customer_id.
    default_terms : str
        "" gives none: the items have no due date.

    Returns
    -------
    DataFrame
        ``due_date`` completed, and ``due_date_origin``.

    Raises
    ------
    BadInputError
        If the default terms are not understood.
    """
    given = movements["due_date"].notna()
    due = movements["due_date"].copy()
    origin = pd.Series("none", index=movements.index).where(~given, "given")
    from_date = movements["document_date"].fillna(movements["posting_date"])
    terms = movements["payment_terms"].astype("str")
    terms = terms.where(terms != "", look_up(movements["customer_id"], customer_terms))
    default = parse_terms(default_terms) if default_terms else None
    datable = _can_be_dated(movements) & movements["document_date"].notna()
    for name in ("label", "terms", "default"):
        rows = datable & due.isna()
        if name == "label":
            found = label_due_dates(movements.loc[rows, "label"], from_date.loc[rows])
        elif name == "terms":
            found = due_dates_by_text(from_date.loc[rows], terms.loc[rows])
        else:
            found = due_dates(from_date.loc[rows], default) if default else from_date.iloc[:0]
        found = found.dropna()
        due.loc[found.index] = found
        origin.loc[found.index] = name
    return movements.assign(due_date=due, due_date_origin=origin)


def lump_openings(movements: pd.DataFrame) -> pd.Series:
    """Tell the opening entries that have no date of their own (INDICATORS.md 1, opening)."""
    own = movements["due_date"].notna() | (movements["document_date"] < movements["posting_date"])
    return (movements["kind"] == "opening") & ~own


def label_due_dates(labels: pd.Series, documents: pd.Series) -> pd.Series:
    """Read a due date in each label ("échéance 30/04", "ech. 30/04/2025"), day first.

    A date without a year is the first such day on or after the document's.

    Returns
    -------
    Series of datetime64[s]
        Missing where there is none, or one too far from the document to be its due date.
    """
    due = pd.Series(pd.NaT, index=labels.index, dtype="datetime64[s]")
    worded = labels[matches(labels, WORDED + r"\d")]
    if worded.empty:
        return due
    parts = worded.str.extract(f"(?i:{WORDED})(?:{DATED})")[["a", "b", "c"]].fillna("")
    iso = parts["a"].str.len() == YEAR_DIGITS
    year_text = parts["a"].where(iso, parts["c"])
    day = pd.to_numeric(parts["c"].where(iso, parts["a"]), errors="coerce")
    month = pd.to_numeric(parts["b"], errors="coerce")
    year = pd.to_numeric(year_text, errors="coerce")
    year = year.where(year.isna() | (year >= FULL_YEAR), year + CENTURY)
    base = documents[worded.index]
    found = _dates(year.fillna(base.dt.year), month, day)
    next_year = year.isna() & (found < base)
    found = found.where(~next_year, _dates(base.dt.year + 1, month, day))
    gap = (found - base).dt.days
    due.loc[worded.index] = found.where((gap >= 0) & (gap <= LONGEST_TERM))
    return due


def _can_be_dated(movements: pd.DataFrame) -> pd.Series:
    return (movements["amount_cents"] > 0) & ~movements["kind"].isin(UNDATED_KINDS) & ~lump_openings(movements)


def _dates(year: pd.Series, month: pd.Series, day: pd.Series) -> pd.Series:
    parts = pd.DataFrame({"year": year, "month": month, "day": day})
    return pd.to_datetime(parts, errors="coerce").astype("datetime64[s]")
