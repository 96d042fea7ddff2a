"""Sentences kept with their figures, to be told in the language of whoever reads them."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditlib.amounts import format_amount
from auditlib.formats import Formats

__all__ = ["Amount", "Figure", "Part", "packed", "told"]


@dataclass(frozen=True)
class Amount:
    """An amount in a sentence [cents]."""

    cents: int
    currency: str = "EUR"


@dataclass(frozen=True)
class Part:
    """A phrase within a sentence: its French msgid and its own figures."""

    msgid: str
    values: Mapping[str, "Figure"]


Figure = int | str | dt.date | Amount | list[Part]
"""What fills a place of a sentence; several phrases are told one after another."""


def packed(values: Mapping[str, Figure]) -> str:
    """Return the figures of a sentence as JSON, to be kept beside its msgid."""
    return json.dumps({name: _plain(value) for name, value in values.items()}, ensure_ascii=False)


def _plain(value: Figure) -> object:
    if isinstance(value, Amount):
        return {"cents": int(value.cents), "currency": value.currency}
    if isinstance(value, dt.date):
        return {"date": value.strftime("%Y-%m-%d")}
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return [[part.msgid, {name: _plain(inner) for name, inner in part.values.items()}] for part in value]
    return int(value)


def told(msgid: str, figures: str, *, language: str = "fr") -> str:
    """Tell a sentence in a language.

    Parameters
    ----------
    msgid : str
        French, with a place in braces for each figure.
    figures : str
        From `packed`.
    language : {"fr", "en"}
    """
    return _told(msgid, json.loads(figures), Formats(language=language))


def _told(msgid: str, values: Mapping[str, Any], formats: Formats) -> str:
    said = formats.gettext(msgid)
    return said.format(**{name: _written(value, formats) for name, value in values.items()}) if values else said


def _written(value: Any, formats: Formats) -> object:
    if isinstance(value, list):
        return ", ".join(_told(msgid, values, formats) for msgid, values in value)
    if not isinstance(value, dict):
        return value
    if "date" in value:
        return formats.short_date(value["date"])
    return format_amount(value["cents"], currency=value["currency"], language=formats.language)
