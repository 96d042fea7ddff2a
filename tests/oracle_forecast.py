"""Product-limit curves and what they expect, worked with plain loops and exact fractions: the second opinion.

Nothing here imports the package. Durations are days, amounts int cents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Case", "expected", "greenwood", "survival"]


@dataclass(frozen=True)
class Case:
    """One case: its duration, whether its end was seen, and what it counts for."""

    days: int
    seen: bool
    weight: int = 1


def survival(cases: Sequence[Case], day: int) -> Fraction:
    """Return the share that outlives a day (Kaplan and Meier 1958)."""
    share = Fraction(1)
    for moment in sorted({case.days for case in cases if case.days <= day}):
        at_risk = sum(case.weight for case in cases if case.days >= moment)
        ended = sum(case.weight for case in cases if case.days == moment and case.seen)
        if at_risk:
            share *= 1 - Fraction(ended, at_risk)
    return share


def greenwood(cases: Sequence[Case], day: int) -> Fraction:
    """Return the variance of the logarithm of the survival after a day: Σ d / (n (n − d))."""
    total = Fraction(0)
    for moment in sorted({case.days for case in cases if case.days <= day}):
        at_risk = sum(1 for case in cases if case.days >= moment)
        ended = sum(1 for case in cases if case.days == moment and case.seen)
        total += Fraction(ended, at_risk * (at_risk - ended)) if ended else 0
    return total


def expected(cents: int, cases: Sequence[Case], *, age: int, periods: Sequence[tuple[int, int]]) -> list[Fraction]:
    """Return what is expected of a claim of some age in each period (start, end] of days from now [cents]."""
    now = survival(cases, age)
    return [cents * (survival(cases, age + start) - survival(cases, age + end)) / now if now else Fraction(0)
            for start, end in periods]
