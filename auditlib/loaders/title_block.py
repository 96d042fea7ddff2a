"""What the lines above a header say: company, as-of date, period, currency, basis of the ages."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import pyarrow as pa

from auditlib.loaders.aliases import CURRENCY_CODES, normalise
from auditlib.loaders.date_values import parse_dates

__all__ = ["TitleBlock", "currency_in", "read_title"]

DATE = (
    r"(\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?:er)? [a-zéûôA-ZÉÛ]{3,9}\.? \d{4}|"
    r"[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2}-[a-zéûôA-ZÉÛ]{3,9}\.?-\d{2,4}|20\d{6})"
)
AS_OF = re.compile(
    rf"(?:arr[eê]t[eé]e?s? (?:au|le)|situation (?:au|arr[eê]t[eé]e au)|[ée]tat au|as (?:of|at)|balance as of|"
    rf"[aà] la date du|date d[’']arr[eê]t[eé]|open items? at|aged as of|date at filter|encours au|"
    rf"not due on|(?:statement|key|reporting|ag(?:e)?ing) date|date de situation|"
    rf"(?<!du \d\d/\d\d/\d\d\d\d )\bau)\s*:?\s*\|?\s*(?:le )?{DATE}",
    re.IGNORECASE,
)
PRINTED = re.compile(
    rf"(?:date (?:de |d[’'])?(?:tirage|[ée]dition|impression|extraction)|(?:[ée]dit|imprim|extrait|tir)[ée]?e? le|"
    rf"(?:tirage|[ée]dition|extraction) du|printed(?: on)?|generated(?: on)?|run date|exported(?: on)?)"
    rf"\s*:?\s*\|?\s*(?:le )?{DATE}",
    re.IGNORECASE,
)
PERIOD = re.compile(
    rf"(?:(?:p[ée]riode|exercice|period|du|from)\s*:?\s*\|?\s*(?:du|de|from)?\s*|^){DATE}\s*\|?\s*"
    rf"(?:au|à|to|[-–—])\s*\|?\s*(?:le )?{DATE}",
    re.IGNORECASE | re.MULTILINE,
)
COMPANY = re.compile(
    r"^(?:soci[ée]t[ée]|dossier|entreprise|company|raison sociale)\s*[:|]\s*\|?\s*(.+)$", re.IGNORECASE
)
FORM = re.compile(
    r"\b(?:S\.?A\.?S\.?U?|S\.?A\.?R\.?L\.?|S\.?A\.?|E\.?U\.?R\.?L\.?|SNC|SCI|SCOP|Ltd|LLC|Inc\.?|GmbH|BV|PLC)\b\.?",
    re.IGNORECASE,
)
REPORT_WORDS = re.compile(
    r"grand|livre|balance|[ée]tat|[ée]dit|imprim|tirage|page|report|aging|ageing|aged|ledger|p[ée]riode|period|"
    r"compte|date|©|tiers|client\b|list|[ée]ch[ée]anc|as (?:of|at)|arr[eê]t",
    re.IGNORECASE,
)
SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "₪": "ILS", "¥": "JPY"}


@dataclass(frozen=True)
class TitleBlock:
    """What the lines above a header say of the document; "" or None where they say nothing.

    Attributes
    ----------
    lines : tuple of str
    company : str
    as_of_date, period_start, period_end : date or None
    currency : str
        ISO code.
    basis : str
        What ages count from: ``due_date``, ``document_date`` or "".
    printed_on : date or None
        Day the file was printed or extracted.
    """

    lines: tuple[str, ...] = ()
    company: str = ""
    as_of_date: dt.date | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    currency: str = ""
    basis: str = ""
    printed_on: dt.date | None = None


def read_title(lines: Sequence[str], *, date_order: str = "day_first") -> TitleBlock:
    """Harvest a title block.

    Parameters
    ----------
    lines : sequence of str
        One text a row, cells joined by " | ".
    date_order : str
        That of the body's dates, for dates such as 03/04/2025.
    """
    texts = [line for line in lines if line]
    whole = "\n".join(texts)
    period = PERIOD.search(whole)
    start, end = (_day(period[1], date_order), _day(period[2], date_order)) if period else (None, None)
    as_of = AS_OF.search(PERIOD.sub(" ", whole))
    printed = PRINTED.search(whole)
    return TitleBlock(
        tuple(texts),
        _company(texts),
        _day(as_of[1], date_order) if as_of else end,
        start,
        end,
        next((code for text in texts if (code := currency_in(text))), ""),
        _basis(whole),
        _day(printed[1], date_order) if printed else None,
    )


@lru_cache(maxsize=1024)
def _day(text: str, order: str) -> dt.date | None:
    cleaned = re.sub(r"(?<=\d)er\b", "", text)
    day = parse_dates(pa.array([cleaned]), order).days[0]
    return None if pd.isna(day) else pd.Timestamp(day).date()


def currency_in(text: str) -> str:
    """Return the ISO code of the currency a header or title line names in so many words."""
    named = re.search(
        r"\(([A-Za-z]{3})\)|\b(?:in|en|devise|currency|tenue de compte|monnaie)\s*:?\s*\|?\s*([A-Za-z]{3})\b"
        r"|\b([A-Z]{3})\)?$|_([a-z]{3})$",
        text,
    )
    if named:
        code = next(part for part in named.groups() if part)
        if code.lower() in CURRENCY_CODES:
            return code.upper()
    if re.search(r"\ben euros\b", text, re.IGNORECASE):
        return "EUR"
    return next((code for sign, code in SYMBOLS.items() if sign in text), "")


def _company(texts: list[str]) -> str:
    for text in texts:
        if found := COMPANY.match(text):
            return str(found[1]).split(" | ")[0].strip()
    for text in texts:
        first = text.split(" | ")[0]
        if FORM.search(first) and len(first) < 60 and not REPORT_WORDS.search(FORM.sub("", first)):
            return first
    first = texts[0].split(" | ")[0] if texts else ""
    return (
        first if first and len(first) < 60 and not REPORT_WORDS.search(first) and not re.search(r"\d{2}", first) else ""
    )


def _basis(whole: str) -> str:
    plain = normalise(whole)
    if re.search(r"(?:by|sur|par|selon|base) (?:la )?(?:date d )?(?:due|echeance)", plain):
        return "due_date"
    if re.search(
        r"(?:by|sur|par|selon|base) (?:la )?(?:date de |date )?"
        r"(?:invoice|document|transaction|facture|piece|facturation)",
        plain,
    ):
        return "document_date"
    return ""
