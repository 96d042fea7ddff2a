"""Writes a test's rule and conclusion in its reader's language, from the figures kept with the test."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from auditlib.controls.wording import TESTS
from auditlib.formats import Formats
from auditlib.texts import N_

__all__ = ["conclusion", "rule", "title"]

NONE = N_("sans objet")
CLEAN = N_("Aucune exception (lignes examinées : {rows}, pour {amount}).")


def title(test: Mapping[Any, Any], formats: Formats) -> str:
    """Return what a test is called."""
    return formats.gettext(TESTS[str(test["test"])].title)


def rule(test: Mapping[Any, Any], formats: Formats) -> str:
    """Say what is an exception, with the thresholds used.

    Parameters
    ----------
    test : mapping
        A row of the table of tests.
    formats : Formats
    """
    return formats.gettext(TESTS[str(test["test"])].rule).format(**_shown(json.loads(str(test["parameters"])), formats))


def conclusion(test: Mapping[Any, Any], formats: Formats) -> str:
    """Say what a test found, that it found nothing, or why it was not made."""
    if test["status"] == "not_tested":
        return formats.stored(str(test["reason"]))
    if test["status"] == "clean":
        return formats.gettext(CLEAN).format(
            rows=formats.count(test["population_rows"]), amount=formats.cents(test["population_cents"]))
    fields = {**json.loads(str(test["parameters"])), **json.loads(str(test["facts"]))}
    return formats.gettext(TESTS[str(test["test"])].sentence).format(
        rows=formats.count(test["rows"]), amount=formats.cents(abs(int(test["amount_cents"]))),
        population=formats.count(test["population_rows"]), **_shown(fields, formats))


def _shown(fields: Mapping[str, Any], formats: Formats) -> dict[str, str]:
    return {name.removesuffix("_cents").removesuffix("_on"): _text(name, value, formats)
            for name, value in fields.items()}


def _text(name: str, value: Any, formats: Formats) -> str:
    """Write a figure by the ending of its name."""
    if value is None:
        return formats.gettext(NONE)
    if name.endswith("_cents"):
        return formats.cents(value)
    if name.endswith("_share"):
        return formats.share(value)
    if name.endswith("_on"):
        return formats.short_date(dt.date.fromisoformat(value))
    if isinstance(value, str):
        return value
    return formats.count(value) if float(value).is_integer() else formats.short_number(value, digits=2)
