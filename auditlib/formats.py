"""Figures, dates and labels as their reader expects them, in French or English."""

import datetime as dt
import math
import re

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol

from auditlib.texts import N_, translator

__all__ = ["Formats", "bucket_label", "typographic"]

ABSENT = "–"
SPACES = {
    " :": "\u00a0:",
    " ;": "\u202f;",
    " ?": "\u202f?",
    " !": "\u202f!",
    "« ": "«\u00a0",
    " »": "\u00a0»",
    " %": "\u00a0%",
    " €": "\u00a0€",
}
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
UNBREAKABLE = re.compile("|".join(map(re.escape, SPACES)))
BUCKETS = {
    "not_due": N_("Non échu"),
    "no_due_date": N_("Sans échéance"),
    "age_unknown": N_("Âge inconnu"),
    "unallocated_credits": N_("Crédits non affectés"),
    "total": N_("Total"),
}
SHORT_AMOUNTS = ((2, 1e6, "M", 1e6), (0, 1e3, "k", 1e4), (0, 1.0, "", 0.0))
"""Decimals, scale, prefix, and the size from which it is used."""
UNIT_DIGITS = {"days": "#,##0.0", "index": "#,##0", "coefficient": "0.00"}


def bucket_label(bucket: str, *, language: str = "fr") -> str:
    """Name an ageing bucket for a reader: ``1-30`` becomes ``1 à 30 j``.

    Examples
    --------
    >>> bucket_label("1-30"), bucket_label(">90"), bucket_label("not_due")
    ('1 à 30 j', 'Plus de 90 j', 'Non échu')
    """
    _ = translator(language).gettext
    if bucket in BUCKETS:
        return _(BUCKETS[bucket])
    if bucket.startswith(">"):
        return _("Plus de {days} j").format(days=bucket[1:])
    first, _dash, last = bucket.partition("-")
    return _("{first} à {last} j").format(first=first, last=last) if last else bucket


def typographic(text: str) -> str:
    r"""Put the unbreakable spaces of French typography where plain ones stand.

    Examples
    --------
    >>> typographic("Échu : 12 % ?")
    'Échu\xa0: 12\xa0%\u202f?'
    """
    return APOSTROPHE.sub("’", UNBREAKABLE.sub(lambda match: SPACES[match[0]], text))


class Formats:
    """Writes figures in one language and currency.

    Parameters
    ----------
    language : {"fr", "en"}
    currency : str
        ISO code; empty where amounts of several currencies stand apart.
    """

    def __init__(self, *, language: str = "fr", currency: str = "EUR") -> None:
        self.language = language
        self.currency = currency or "EUR"
        self.gettext = translator(language).gettext

    def stored(self, sentence: str | None) -> str:
        """Translate a French sentence kept in the results; no sentence gives an empty text."""
        return self.gettext(sentence) if sentence else ""

    def cents(self, cents: int) -> str:
        """Write integer cents with two decimals, e.g. ``1 234,56 €``."""
        return self.amount(int(cents) / 100)

    def amount(self, amount: float | None) -> str:
        """Write an amount in currency units with two decimals; a missing one as a dash."""
        if amount is None or math.isnan(amount):
            return ABSENT
        return format_currency(amount, self.currency, locale=self.language)

    def round_amount(self, amount: float | None) -> str:
        """Write an amount without decimals, for sentences."""
        if amount is None or math.isnan(amount):
            return ABSENT
        pattern = "#,##0\u00a0¤" if self.language == "fr" else "¤#,##0"
        return format_currency(amount, self.currency, format=pattern, locale=self.language, currency_digits=False)

    def short_amount(self, amount: float) -> str:
        """Write an amount for a chart: in millions or thousands where large."""
        digits, scale, unit = next(row for row in SHORT_AMOUNTS if abs(amount) >= row[3])[:3]
        symbol = get_currency_symbol(self.currency, locale=self.language)
        if self.language != "fr":
            sign = "-" if round(amount / scale, digits) < 0 else ""
            return f"{sign}{symbol}{self.short_number(abs(amount) / scale, digits=digits)}{unit}"
        return f"{self.short_number(amount / scale, digits=digits)}\u00a0{unit}{symbol}"

    def short_number(self, number: float, *, digits: int) -> str:
        """Write a number with at most that many decimals."""
        return format_decimal(
            round(number, digits), format="#,##0" + ("." + "#" * digits if digits else ""), locale=self.language
        )

    def share(self, share: float | None) -> str:
        """Write a share 0–1 as a percentage with one decimal."""
        if share is None or math.isnan(share):
            return ABSENT
        pattern = "#,##0.0\u00a0%" if self.language == "fr" else "#,##0.0%"
        return format_percent(share, format=pattern, locale=self.language)

    def days(self, days: float | None, *, digits: int = 1) -> str:
        """Write a number of days with its unit."""
        if days is None or math.isnan(days):
            return ABSENT
        pattern = "#,##0.0" if digits else "#,##0"
        return self.gettext("{days} jours").format(days=format_decimal(days, format=pattern, locale=self.language))

    def late_days(self, days: float) -> str:
        """Write a number of days overdue, a dash where nothing is."""
        return self.count(days) if days > 0 else ABSENT

    def count(self, number: float | None) -> str:
        """Write a whole number; a missing one as a dash."""
        if number is None or math.isnan(number):
            return ABSENT
        return format_decimal(int(number), locale=self.language)

    def date(self, day: object) -> str:
        """Write a date in full, e.g. ``31 décembre 2025``; a missing one as a dash."""
        return self._date(day, "long" if self.language == "fr" else "d MMMM y")

    def short_date(self, day: object) -> str:
        """Write a short date, e.g. ``31/12/2025`` (French) or ``31 Dec 2025``."""
        return self._date(day, "dd/MM/y" if self.language == "fr" else "d MMM y")

    def month(self, day: object) -> str:
        """Write a month, e.g. ``déc. 2025``."""
        return self._date(day, "MMM y")

    def measure(self, value: float | None, unit: str) -> str:
        """Write an indicator's value by its unit."""
        if value is None:
            return self.gettext("non disponible")
        if unit == "share":
            return self.share(value)
        if unit == "days":
            return self.days(value)
        if unit.startswith("amount"):
            return self.amount(value) + (self.gettext(" par an") if unit == "amount_per_year" else "")
        return format_decimal(value, format=UNIT_DIGITS.get(unit, "#,##0.##"), locale=self.language)

    def _date(self, day: object, pattern: str) -> str:
        stamp = pd.Timestamp(day)  # type: ignore[arg-type]
        if pd.isna(stamp):
            return ABSENT
        return format_date(dt.date(stamp.year, stamp.month, stamp.day), format=pattern, locale=self.language)
