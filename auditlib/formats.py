"""Figures, dates and labels as their reader expects them, in French or English."""

import datetime as dt
import math
import re
from collections.abc import Iterable

import pandas as pd
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol

from auditlib.texts import N_, translate_joined, translator

__all__ = ["Formats", "bucket_label", "signed", "typographic"]

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
THOUSAND, MILLIONS = 1e3, 1e8
"""From the latter on an amount in euros is written in millions on a chart, which has no room for more figures."""
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


def signed(text: str, change: float) -> str:
    """Put the sign of a change before its size.

    Examples
    --------
    >>> signed("4,2 %", 0.042), signed("3 j", -3)
    ('+4,2 %', '\u22123 j')
    """
    return ("+" if change >= 0 else "\u2212") + text


class Formats:
    """Writes figures in one language and currency.

    Parameters
    ----------
    language : {"fr", "en"}
    currency : str
        ISO code; empty where amounts of several currencies stand apart.
    thousands : bool
        Whether amounts are shown in thousands (k€). It rounds what is shown, never what is summed; it may be changed
        while a notebook is open, and the figures written afterwards follow.
    """

    def __init__(self, *, language: str = "fr", currency: str = "EUR", thousands: bool = False) -> None:
        self.language = language
        self.currency = currency or "EUR"
        self.thousands = thousands
        self.gettext = translator(language).gettext

    def in_currency(self, currency: str) -> "Formats":
        """Return the same formats for amounts of another currency."""
        return Formats(language=self.language, currency=currency, thousands=self.thousands)

    def stored(self, sentence: str | None) -> str:
        """Translate French kept in the results: a message, or several joined by spaces; nothing gives an empty text."""
        return translate_joined(sentence, self.gettext) if sentence else ""

    def cents(self, cents: int) -> str:
        """Write integer cents with two decimals, e.g. ``1 234,56 €``; in thousands, e.g. ``1 k€``."""
        return self.amount(int(cents) / 100)

    def amount(self, amount: float | None) -> str:
        """Write an amount in currency units with two decimals, or in thousands; a missing one as a dash."""
        if amount is None or math.isnan(amount):
            return ABSENT
        return self._thousands(amount) if self.thousands else format_currency(
            amount, self.currency, locale=self.language)

    def round_amount(self, amount: float | None) -> str:
        """Write an amount without decimals, for sentences."""
        if amount is None or math.isnan(amount):
            return ABSENT
        return self._thousands(amount) if self.thousands else self._scaled(amount, digits=0, prefix="")

    def short_amount(self, amount: float) -> str:
        """Write an amount for a chart: without decimals, in thousands where they are asked for."""
        if self.thousands:
            return self._thousands(amount)
        if abs(amount) >= MILLIONS:
            return self._scaled(amount / 1e6, digits=1, prefix="M")
        return self._scaled(amount, digits=0, prefix="")

    def unit_of_amounts(self) -> str:
        """Return the unit amounts are shown in, e.g. ``k€``."""
        symbol = get_currency_symbol(self.currency, locale=self.language)
        if not self.thousands:
            return str(symbol)
        return f"k{symbol}" if self.language == "fr" else f"{symbol}k"

    def _thousands(self, amount: float) -> str:
        """Write an amount in thousands; under one thousand with a decimal, so that little is not read as nothing."""
        digits = 1 if 0 < abs(amount) < THOUSAND else 0
        return self._scaled(amount / THOUSAND, digits=digits, prefix="k")

    def _scaled(self, amount: float, *, digits: int, prefix: str) -> str:
        number = "#,##0" + ("." + "0" * digits if digits else "")
        amount = round(amount, digits) + 0.0  # no "-0"
        pattern = f"{number}\u00a0'{prefix}'¤" if self.language == "fr" else f"¤{number}'{prefix}'"
        return format_currency(
            amount, self.currency, format=pattern.replace("''", ""), locale=self.language, currency_digits=False)

    def short_number(self, number: float, *, digits: int) -> str:
        """Write a number with at most that many decimals."""
        return format_decimal(
            round(number, digits), format="#,##0" + ("." + "#" * digits if digits else ""), locale=self.language
        )

    def decimal(self, number: float, *, digits: int) -> str:
        """Write a number with exactly that many decimals."""
        return format_decimal(number, format="#,##0" + ("." + "0" * digits if digits else ""), locale=self.language)

    def share(self, share: float | None) -> str:
        """Write a share 0–1 as a percentage with one decimal."""
        if share is None or math.isnan(share):
            return ABSENT
        pattern = "#,##0.0\u00a0%" if self.language == "fr" else "#,##0.0%"
        return format_percent(share, format=pattern, locale=self.language)

    def signed_share(self, share: float) -> str:
        """Write a change as a percentage with its sign, e.g. ``+4,2 %``."""
        return signed(self.share(abs(share)), share)

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

    def clock(self, at: dt.time) -> str:
        """Write an hour, e.g. ``9 h 30`` or ``14 h`` (French), ``9:30 AM``."""
        if self.language != "fr":
            return format_time(at, "short", locale=self.language)
        return f"{at.hour} h {at.minute:02}" if at.minute else f"{at.hour} h"

    def month(self, day: object) -> str:
        """Write a month, e.g. ``déc. 2025``."""
        return self._date(day, "MMM y")

    def listed(self, parts: Iterable[str]) -> str:
        """Write parts one after the other, semicolons between them as the language sets them."""
        return (" ; " if self.language == "fr" else "; ").join(parts)

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
