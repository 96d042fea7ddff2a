"""The currency of each amount; amounts in different currencies are never added."""

import pandas as pd

from auditlib.errors import BadInputError
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import look_up

__all__ = ["main_currency", "normalise", "with_currency"]

SIGNS = {"€": "EUR", "E": "EUR", "EURO": "EUR", "EUROS": "EUR", "$": "USD", "US$": "USD", "USD$": "USD", "£": "GBP",
         "FR": "FRF", "CHF.": "CHF", "₪": "ILS", "NIS": "ILS"}


def normalise(currencies: pd.Series) -> pd.Series:
    """Write currencies as ISO codes; "" where they cannot be read."""
    written = pd.Series(pd.unique(currencies.astype("str").fillna("")), dtype="str")
    plain = written.str.strip().str.upper().replace(SIGNS)
    codes = plain.where(plain.str.fullmatch(r"[A-Z]{3}"), "")
    return look_up(currencies, codes.set_axis(written))


def with_currency(movements: pd.DataFrame, source: Source, *, wanted: str) -> pd.DataFrame:
    """Give each movement of a source the currency its row, its file, or the auditor states.

    Parameters
    ----------
    movements : DataFrame
        With ``currency`` and ``foreign_currency`` as written in the rows; both come back as ISO codes.
    source : Source
    wanted : str
        The currency of the parameters file, "" for none; it outranks a header or a title, never a row.

    Raises
    ------
    BadInputError
        If rows carry several currencies and one of them none that can be read.
    """
    movements = movements.assign(foreign_currency=normalise(movements["foreign_currency"]))
    read = normalise(movements["currency"])
    carried = sorted(set(read.unique()) - {""})
    if not carried:
        return movements.assign(currency=wanted or _of_file(source))
    blank = read == ""
    if len(carried) > 1 and blank.any():
        row = int(movements.loc[blank, "source_row"].iloc[0])
        raise BadInputError(
            f"{source.name}: row {row} has no readable currency while others are in {', '.join(carried)}; "
            "complete the currency column, or split the file by currency")
    return movements.assign(currency=read.where(~blank, carried[0]))


def main_currency(currencies: pd.Series, *, wanted: str, others: tuple[Source, ...] = ()) -> str:
    """Return the currency of the main figures: the only one found, "" where there are several, else EUR."""
    found = sorted(set(normalise(pd.Series(currencies.unique(), dtype="str"))) - {""})
    if not found:
        found = sorted({_of_file(source) for source in others} - {""})[:1]
    if len(found) > 1:
        return ""
    return found[0] if found else wanted or "EUR"


def _of_file(source: Source) -> str:
    return str(normalise(pd.Series([source.currency or source.title.currency], dtype="str")).iloc[0])
