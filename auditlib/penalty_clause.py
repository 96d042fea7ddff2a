"""The late interest a clause stipulates: a yearly rate, a multiple of the legal rate, or points above the ECB's."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from auditlib.texts import N_

__all__ = ["PenaltyClause", "clause_words", "read_penalty_clause"]

NUMBER = r"(\d+(?:[.,]\d+)?)"
WORDS = {"deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "two": "2", "three": "3", "four": "4", "five": "5"}
MULTIPLE = re.compile(NUMBER + r"\s*(?:x|fois|times)\b[^%\d]*?\blegal\b")
POINTS = re.compile(r"\b(?:bce|ecb|banque centrale|central bank|refi\w*)\b[^%\d]*" + NUMBER + r"\s*(?:%|points?|pts?)")
PERCENT = re.compile(NUMBER + r"\s*(?:%|pour cent|percent)")
SHARE = re.compile(r"^0?[.,]\d+$")
MONTHLY = re.compile(r"\bpar mois\b|/\s*mois\b|\bmensuel|\bper month\b|\bmonthly\b|\ba month\b")
ROUNDING = 1e-6
EXPECTED = ("expected a late interest such as 12 %, 1 % par mois, 3 fois le taux légal or BCE + 10 points "
            "(a rate is exact to the hundredth of a percent, at most 100 % a year)")


Rate = TypeVar("Rate", float, npt.NDArray[np.float64])
TIMES = N_("{number} fois l’intérêt légal")
ABOVE_BANK = N_("BCE + {number} points")


@dataclass(frozen=True)
class PenaltyClause:
    """One of three; the others are None.

    Attributes
    ----------
    rate : float or None
        [share 0-1 a year]
    legal_multiple : float or None
        Times the legal interest rate.
    bank_points : float or None
        Points above the rate of the European Central Bank of each half-year. [points]
    """

    rate: float | None = None
    legal_multiple: float | None = None
    bank_points: float | None = None

    def agreed_percent(self, *, bank: Rate, legal: Rate) -> Rate:
        """Return what it gives where the bank's and the legal rate are these [percent a year]."""
        if self.legal_multiple is not None:
            return legal * self.legal_multiple
        if self.bank_points is not None:
            return bank + self.bank_points
        return legal * 0 + (self.rate or 0) * 100


def read_penalty_clause(text: str) -> PenaltyClause:
    """Read what a clause stipulates, French or English.

    Raises
    ------
    ValueError
        If it is none of the three, or several at once.

    Examples
    --------
    >>> read_penalty_clause("1,5 % par mois").rate
    0.18
    >>> read_penalty_clause("trois fois le taux d'intérêt légal").legal_multiple
    3.0
    >>> read_penalty_clause("taux BCE majoré de 10 points").bank_points
    10.0
    """
    found = list(_clauses(_plain(text)))
    if len(set(found)) == 1:
        return found[0]
    raise ValueError(f"{EXPECTED}; found: {text!r}")


def _clauses(plain: str) -> Iterator[PenaltyClause]:
    """Yield every clause a text holds; one with several says nothing surely."""
    for number in MULTIPLE.findall(plain):
        yield PenaltyClause(legal_multiple=_number(number))
    for number in POINTS.findall(plain):
        yield PenaltyClause(bank_points=_number(number))
    rest = POINTS.sub(" ", plain)
    months = 12 if MONTHLY.search(rest) else 1
    shares = [str(100 * _number(plain))] if SHARE.match(plain) else []
    for number in (*PERCENT.findall(rest), *shares):
        yearly = _number(number) * months
        is_exact = abs(yearly * 100 - round(yearly * 100)) < ROUNDING
        if 0 < yearly <= 100 and is_exact:
            yield PenaltyClause(rate=round(yearly / 100, 4))


def clause_words(clause: PenaltyClause, say: Callable[[str], str]) -> str:
    """Write a clause for a reader, in the language of `say`."""
    if clause.rate is not None:
        return f"{clause.rate * 100:.2f}".replace(".", ",") + " %"
    number, text = (clause.legal_multiple, TIMES) if clause.legal_multiple is not None else (
        clause.bank_points, ABOVE_BANK)
    return say(text).format(number=f"{number:g}".replace(".", ","))


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _plain(text: str) -> str:
    """Return lower case without accents, numbers in words as digits."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[a-z]+", lambda word: WORDS.get(word[0], word[0]), plain).strip()
