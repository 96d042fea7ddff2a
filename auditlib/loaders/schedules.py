"""Payment terms in one part or several: ``30/60/90 jours``, ``50 % à 30 jours, 50 % à 60 jours``, ``3 x 30 jours``."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from auditlib.errors import BadInputError
from auditlib.loaders.terms import Terms, plain_terms, read_terms

__all__ = ["Part", "parse_schedule", "read_schedule", "shares"]

SERIES = re.compile(
    r"(?<![\d/])(\d{1,3}(?:\s*(?:/|-|,|et|and|&)\s*\d{1,3})+)\s*(?:j(?:ours?|rs?)?|d(?:ays?)?)\b\s*(.*)$")
PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
BALANCE = re.compile(r"\b(?:le\s+)?(?:solde|reste|balance|remainder)\b")
TIMES = re.compile(r"\b(\d{1,2})\s*(?:x|fois)\s*(\d{1,3})\s*(?:j(?:ours?|rs?)?|d(?:ays?)?)\b\s*(.*)$")
MONTHLY = re.compile(r"\b(?:en\s+)?(\d{1,2})\s*(?:mensualites|echeances mensuelles|monthly (?:instal+ments|payments))")
AT_ORDER = re.compile(r"\b(?:commande|order|acompte|deposit|signature|livraison|delivery)\b")
MOST = 36
"""Instalments of one invoice, at most."""


@dataclass(frozen=True)
class Part:
    """A share of an amount and when it is due."""

    share: Fraction
    terms: Terms


def parse_schedule(phrase: str) -> tuple[Part, ...]:
    """Read a phrase of payment terms into the parts an invoice is due in.

    Raises
    ------
    BadInputError
        If the phrase is not understood.

    Examples
    --------
    >>> [part.terms.days for part in parse_schedule("30/60/90 jours")]
    [30, 60, 90]
    """
    parts = read_schedule(phrase)
    if parts is None:
        raise BadInputError(
            f"payment terms {phrase!r} are not understood; write for instance 30 days, 45 days end of month, "
            "end of month 45 days, 30 days end of month the 10, 30/60/90 days, on receipt")
    return parts


def read_schedule(phrase: str) -> tuple[Part, ...] | None:
    """Read a phrase of payment terms into its parts, None where it is not one; one part is the usual case."""
    plain = plain_terms(phrase)
    return _percentages(plain) or _series(plain) or _times(plain) or _single(plain)


def shares(parts: tuple[Part, ...], cents: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Split amounts by the parts, to the cent: what rounding leaves is in the last.

    Parameters
    ----------
    parts : tuple of Part
    cents : ndarray of int64, shape (n,)
        [cents]

    Returns
    -------
    ndarray of int64, shape (n, number of parts)
        Each row sums to its amount. [cents]

    Examples
    --------
    >>> shares(parse_schedule("30/60/90 jours"), np.array([10000, -1])).tolist()
    [[3333, 3333, 3334], [0, 0, -1]]
    """
    sizes, signs = np.abs(cents), np.sign(cents)
    columns = [sizes * part.share.numerator // part.share.denominator for part in parts[:-1]]
    last = sizes - sum(columns, np.zeros_like(sizes))
    return np.column_stack([*columns, last]) * signs[:, None]


def _single(plain: str) -> tuple[Part, ...] | None:
    terms = read_terms(plain)
    return None if terms is None else (Part(Fraction(1), terms),)


def _equal(each: list[Terms | None]) -> tuple[Part, ...] | None:
    known = [terms for terms in each if terms is not None]
    if len(known) != len(each) or not 1 < len(each) <= MOST:
        return None
    return tuple(Part(Fraction(1, len(each)), terms) for terms in known)


def _series(plain: str) -> tuple[Part, ...] | None:
    """Read ``30/60/90 jours fin de mois``: equal parts; a discount's days (``2/10 net 30``) are no part."""
    found = SERIES.search(plain)
    if found is None or "%" in plain:
        return None
    days = [int(number) for number in re.findall(r"\d+", found.group(1))]
    if days != sorted(set(days)):
        return None
    return _equal([read_terms(f"{number} jours {found.group(2)}") for number in days])


def _times(plain: str) -> tuple[Part, ...] | None:
    """Read ``3 x 30 jours`` (30, 60 and 90 days) and ``4 mensualités``."""
    if (found := TIMES.search(plain)) is not None:
        count, step = int(found.group(1)), int(found.group(2))
        return _equal([read_terms(f"{step * nth} jours {found.group(3)}") for nth in range(1, min(count, MOST) + 1)])
    if (monthly := MONTHLY.search(plain)) is not None:
        count = min(int(monthly.group(1)), MOST)
        base = read_terms(MONTHLY.sub(" 1 mois ", plain)) or Terms(months=1)
        return _equal([replace(base, months=nth) for nth in range(1, count + 1)])
    return None


def _percentages(plain: str) -> tuple[Part, ...] | None:
    """Read ``50 % à 30 jours, 50 % à 60 jours`` and ``30 % à la commande, solde à 60 jours``."""
    text = plain
    marks = [(found.start(), found.end(), _hundredths(found.group(1))) for found in PERCENT.finditer(text)]
    if not marks or sum(mark[2] for mark in marks) > 1:
        return None
    rest = 1 - sum((mark[2] for mark in marks), Fraction(0))
    if rest and (balance := BALANCE.search(text, marks[-1][1])) is not None:
        marks.append((balance.start(), balance.end(), rest))
        rest = Fraction(0)
    if rest or len(marks) == 1:
        return None
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    parts = [(share, _when(text[begin:end])) for (_, begin, share), end in zip(marks, ends, strict=True)]
    known = [Part(share, terms) for share, terms in parts if terms is not None]
    return tuple(known) if len(known) == len(parts) else None


def _hundredths(number: str) -> Fraction:
    return Fraction(number.replace(",", ".")) / 100


def _when(text: str) -> Terms | None:
    return read_terms(text) or (Terms() if AT_ORDER.search(text) else None)
