"""What each figure means, in the reader's words: workbook, report and dashboard print these."""

from dataclasses import dataclass

from auditlib.deliver.definition_texts import TEXTS
from auditlib.texts import translator

__all__ = ["IDENTIFIERS", "Definition", "definition"]

IDENTIFIERS = tuple(TEXTS)
"""Every identifier that has a definition: INDICATORS.md 4, then the states of its section 3."""


@dataclass(frozen=True)
class Definition:
    """The definition of one identifier.

    Attributes
    ----------
    identifier : str
        As in ``indicators.json``.
    label : str
        Title of the figure.
    unit : {"amount", "amount_per_year", "share", "days", "index", "coefficient", "table"}
        How the figure is written; see `auditlib.formats.Formats.measure`.
    sentence : str
        What is measured, in one sentence.
    formula : str
        How it is computed, in words.
    """

    identifier: str
    label: str
    unit: str
    sentence: str
    formula: str


def definition(identifier: str, *, language: str = "fr") -> Definition:
    """Return the definition of an identifier; one that has none yet is named by its identifier.

    Parameters
    ----------
    identifier : str
        As in ``indicators.json``.
    language : {"fr", "en"}
    """
    if identifier not in TEXTS:
        return Definition(identifier, identifier, "", "", "")
    label, unit, sentence, formula = TEXTS[identifier]
    _ = translator(language).gettext
    return Definition(identifier, _(label), unit, _(sentence), _(formula))
