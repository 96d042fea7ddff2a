"""Accounting programs' exchange files of fixed positions: what stands where in a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["FORMATS", "Field", "RecordFormat", "find_format"]

ENOUGH = 0.9
"""Share of the lines that start like a record which must be one."""


@dataclass(frozen=True)
class Field:
    """One place in a record, under the header an entries file (FEC) has for it.

    Attributes
    ----------
    header : str
    start, length : int
        1-based, in characters.
    form : str
        ``text``, ``ddmmyy``, ``ddmmyyyy``, ``cents`` or ``amount``.
    """

    header: str
    start: int
    length: int
    form: str = "text"


@dataclass(frozen=True)
class RecordFormat:
    """A format: a pattern its movements match, one that any line of it may start with, and its fields.

    Several fields of one header: the first that holds something counts.
    """

    name: str
    movement: str
    other: str
    fields: tuple[Field, ...]


QUADRA = RecordFormat(
    "QuadraCompta ASCII",
    r"^M.{8}.{5}[ 0-3]\d[01]\d\d\d.{21}[DC][-+ 0-9][ 0-9]{11}\d",
    r"^[A-Z]",
    (
        Field("JournalCode", 111, 3),
        Field("JournalCode", 10, 2),
        Field("EcritureDate", 15, 6, "ddmmyy"),
        Field("CompteNum", 2, 8),
        Field("PieceRef", 232, 20),
        Field("PieceRef", 149, 10),
        Field("PieceRef", 100, 8),
        Field("PieceRef", 75, 5),
        Field("EcritureLib", 117, 30),
        Field("EcritureLib", 22, 20),
        Field("Sens", 42, 1),
        Field("Montant", 43, 13, "cents"),
        Field("Date échéance", 64, 6, "ddmmyy"),
        Field("EcritureLet", 70, 2),
    ),
)
"""Also called Quadratus; positions 1 to 182 are those of its published description."""
TRA = RecordFormat(
    "Cegid TRA",
    r"^.{3}[0-3]\d[01]\d(?:19|20)\d\d[A-Z ]{2}.{17}[X ].{17}.{35}.{35}.{3}[\d ]{8}[DC][ \d]{17}[,.]?[\d ,.]{2}",
    r"^\*\*\*|^.{3}[0-3]\d[01]\d(?:19|20)\d\d",
    (
        Field("JournalCode", 1, 3),
        Field("EcritureDate", 4, 8, "ddmmyyyy"),
        Field("Nature", 12, 2),
        Field("CompteNum", 14, 17),
        Field("CompAuxNum", 32, 17),
        Field("PieceRef", 49, 35),
        Field("EcritureLib", 84, 35),
        Field("Date échéance", 122, 8, "ddmmyyyy"),
        Field("Sens", 130, 1),
        Field("Montant", 131, 20, "amount"),
        Field("EcritureNum", 152, 8),
        Field("Idevise", 160, 3),
    ),
)
"""The 222 positions that its standard and its extended form share; analytical lines (type A at 31) repeat amounts."""
XIMPORT = RecordFormat(
    "Ciel XIMPORT",
    r"^.{5}.{2}(?:19|20)\d{6}(?:(?:19|20)\d{6}| {8}).{12}[1-9].{10}.{25}[ \d]{10}[.,]\d\d[DC]",
    r"^.{7}(?:19|20)\d{6}",
    (
        Field("EcritureNum", 1, 5),
        Field("JournalCode", 6, 2),
        Field("EcritureDate", 8, 8),
        Field("Date échéance", 16, 8),
        Field("PieceRef", 24, 12),
        Field("CompteNum", 36, 11),
        Field("EcritureLib", 47, 25),
        Field("Montant", 72, 13, "amount"),
        Field("Sens", 85, 1),
        Field("CompteLib", 104, 34),
    ),
)
PNM = RecordFormat(
    "Sage PNM",
    r"^.{3}[0-3]\d[01]\d\d\d.{2}.{13}[ X].{13}.{13}.{25}.[\d ]{6}[DC][ \d]{17}[.,]?[\d .,]{2}",
    r"^.",
    (
        Field("JournalCode", 1, 3),
        Field("EcritureDate", 4, 6, "ddmmyy"),
        Field("Nature", 10, 2),
        Field("CompteNum", 12, 13),
        Field("CompAuxNum", 26, 13),
        Field("PieceRef", 39, 13),
        Field("EcritureLib", 52, 25),
        Field("Date échéance", 78, 6, "ddmmyy"),
        Field("Sens", 84, 1),
        Field("Montant", 85, 20, "amount"),
        Field("EcritureNum", 106, 7),
    ),
)
FORMATS = (QUADRA, TRA, XIMPORT, PNM)


def find_format(lines: Sequence[str]) -> RecordFormat | None:
    """Name the format whose movements the lines are, None for none."""
    filled = [line for line in lines if line.strip()]
    for form in FORMATS:
        movement, other = re.compile(form.movement), re.compile(form.other)
        found = sum(bool(movement.search(line)) for line in filled)
        # a first line may be the company's name; analytical lines and accounts stand between movements
        known = sum(bool(other.search(line)) for line in filled)
        if found and known >= len(filled) - 1 and found >= 0.3 * len(filled) and _starts_alike(form, filled, found):
            return form
    return None


def _starts_alike(form: RecordFormat, lines: Sequence[str], found: int) -> bool:
    if form is QUADRA:
        return found >= ENOUGH * sum(line.startswith("M") for line in lines)
    return form is TRA or found >= ENOUGH * (len(lines) - 1)
