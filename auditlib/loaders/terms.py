"""Payment terms: how a phrase such as ``45 jours fin de mois`` gives a due date."""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.errors import BadInputError

__all__ = ["Terms", "due_dates", "parse_terms", "plain_terms", "read_terms"]

ON_RECEIPT = re.compile(
    r"\b(?:a|des|sur|on|upon)\s+(?:la\s+)?(?:reception|receipt)\b|\breception (?:de )?(?:la )?facture\b"
    r"|\bcomptant\b|\bimmediat\w*\b|\bcash\b|\b(?:a la|avant) (?:commande|livraison)\b|\bprepa(?:id|ye)\w*\b"
    r"|\bcontre[- ]remboursement\b")
NEXT_MONTH = re.compile(r"\bmois suivant\b|\b(?:following|next) month\b")
MONTH_END = r"(?:end of (?:the )?month|fin de mois|fin du mois|month end|fdm|eom)"
LENGTH = re.compile(
    r"(?:\bnet\s*)?(\d{1,3})\s*(j(?:ours?|rs?)?|d(?:ays?)?|mois|months?)?(?=\s|$|net|fdm|fin|eom|end|\+|,|;|[^a-z0-9])"
)
COMPACT = re.compile(r"\b(\d{1,3})\s*j?\s*(fdm|eom)\b")
DAY_OF_MONTH = re.compile(r"\b(?:le|the|on the)\s+(\d{1,2})(?:er|st|nd|rd|th)?\b(?!\s*(?:j(?:ours?)?|days?|%)\b)")
LONGEST, LAST_DAY = 365, 31


@dataclass(frozen=True)
class Terms:
    """Payment terms, counted from the document date.

    Attributes
    ----------
    days : int
        Days granted. [days]
    months : int
        Months granted instead of days. [months]
    month_end : {"", "after", "before"}
        Whether the end of the month is taken after the days are added, or before.
    day_of_month : int
        Day of the following month the payment falls on (``le 10``), 0 for none.
    """

    days: int = 0
    months: int = 0
    month_end: str = ""
    day_of_month: int = 0


def parse_terms(phrase: str) -> Terms:
    """Read a phrase of payment terms, French or English.

    Raises
    ------
    BadInputError
        If the phrase is not understood.

    Examples
    --------
    >>> parse_terms("45 jours fin de mois")
    Terms(days=45, months=0, month_end='after', day_of_month=0)
    >>> parse_terms("end of month 45 days").month_end
    'before'
    """
    terms = read_terms(phrase)
    if terms is None:
        raise BadInputError(
            f"payment terms {phrase!r} are not understood; write for instance 30 days, 45 days end of month, "
            "end of month 45 days, 30 days end of month the 10, on receipt")
    return terms


def read_terms(phrase: str) -> Terms | None:
    """Read a phrase of payment terms, None where it is not one (``NAA8``, a free comment)."""
    plain = plain_terms(phrase)
    day_found = DAY_OF_MONTH.search(plain)
    day = int(day_found.group(1)) if day_found else 0
    rest = DAY_OF_MONTH.sub(" ", plain)
    end = re.search(MONTH_END, rest)
    net = re.search(r"\bnet\s*\d", rest)  # "2/10 net 30": the discount's days come first
    length = LENGTH.search(rest, net.start() if net else 0)
    if length is None or day > LAST_DAY:
        if end and day <= LAST_DAY:
            return Terms(month_end="after", day_of_month=day)
        if 0 < day <= LAST_DAY:
            return Terms(month_end="after" if NEXT_MONTH.search(rest) else "", day_of_month=day)
        return Terms() if ON_RECEIPT.search(plain) else None
    return _with_length(rest, length, end, day)


def _with_length(phrase: str, length: re.Match[str], end: re.Match[str] | None, day: int) -> Terms | None:
    number, unit = int(length.group(1)), length.group(2) or ""
    bare = not unit and end is None and "net" not in phrase and not phrase.isdigit()
    if number > LONGEST or bare:
        return None
    order = "" if end is None else "before" if end.start() < length.start() else "after"
    if unit.startswith("m"):
        return Terms(months=number, month_end=order, day_of_month=day)
    return Terms(days=number, month_end=order, day_of_month=day)


def plain_terms(phrase: str) -> str:
    """Lower case, no accent, single spaces; ``45JFDM`` opened up."""
    text = unicodedata.normalize("NFKD", phrase.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("\u2019", "'")
    text = re.sub(r"\bn\s*/\s*(?=\d)", "net ", COMPACT.sub(r"\1 j \2", text))
    return re.sub(r"\s+", " ", text).strip(" .")


def due_dates(documents: pd.Series, terms: Terms) -> pd.Series:
    """Add payment terms to document dates, a missing one staying missing.

    Parameters
    ----------
    documents : Series of datetime64
    terms : Terms

    Returns
    -------
    Series of datetime64[s]

    Notes
    -----
    ``45 days end of month`` is date + 45 days, then the end of that month; ``end of month 45 days``
    is the end of the month, then + 45 days: the two readings of Code de commerce L. 441-10.
    """
    days = documents.to_numpy(dtype="datetime64[D]")
    if terms.month_end == "before":
        days = _month_end(days)
    days = _add_months(days, terms.months) + np.timedelta64(terms.days, "D")
    if terms.month_end == "after":
        days = _month_end(days)
    if terms.day_of_month:
        days = _next_day_of_month(days, terms.day_of_month)
    return pd.Series(days.astype("datetime64[s]"), index=documents.index)


def _month_end(days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.datetime64]:
    last: npt.NDArray[np.datetime64] = (days.astype("datetime64[M]") + np.timedelta64(1, "M")).astype("datetime64[D]")
    return last + np.timedelta64(-1, "D")


def _add_months(days: npt.NDArray[np.datetime64], months: int) -> npt.NDArray[np.datetime64]:
    if not months:
        return days
    start = days.astype("datetime64[M]")
    target = (start + np.timedelta64(months, "M")).astype("datetime64[D]")
    moved: npt.NDArray[np.datetime64] = np.minimum(target + (days - start.astype("datetime64[D]")), _month_end(target))
    return moved


def _next_day_of_month(days: npt.NDArray[np.datetime64], day: int) -> npt.NDArray[np.datetime64]:
    """Take the first such day on or after each date: after a month's end, that of the next month."""
    month = days.astype("datetime64[M]").astype("datetime64[D]")
    this = np.minimum(month + np.timedelta64(day - 1, "D"), _month_end(days))
    later = (days.astype("datetime64[M]") + np.timedelta64(1, "M")).astype("datetime64[D]")
    following = np.minimum(later + np.timedelta64(day - 1, "D"), _month_end(later))
    return np.where(this >= days, this, following)
