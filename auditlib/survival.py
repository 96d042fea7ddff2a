"""Product-limit curves (Kaplan–Meier): the share not settled yet after so many days, unsettled cases counted."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Curves", "kaplan_meier_median", "product_limit"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
NORMAL_95 = 1.959963984540054
"""Two-sided 95 % quantile of the normal law."""
HALF = 0.5 + 1e-12


@dataclass(frozen=True)
class Curves:
    """One curve a group, all on the same days.

    Attributes
    ----------
    days : ndarray of int64, shape (n_days,)
        Distinct durations met, rising; may be negative. [days]
    at_risk, events : ndarray of int64, shape (n_groups, n_days)
        Cases whose duration is that day or later, and those settled on it.
    survival : ndarray of float64, shape (n_groups, n_days)
        Share still unsettled after each day, cases weighted as asked. [share 0–1]
    """

    days: Ints
    at_risk: Ints
    events: Ints
    survival: Floats

    def after(self, day: Ints, *, group: Ints) -> Floats:
        """Return the share still unsettled after a day, the whole before the first duration met [share 0–1]."""
        rank = np.searchsorted(self.days, day, side="right") - 1
        known = self.survival[group, np.maximum(rank, 0)] if len(self.days) else np.ones(len(group))
        return np.where(rank >= 0, known, 1.0)

    def held_from(self, *, minimum_at_risk: int) -> "Curves":
        """Return the curves held level from where fewer cases are left: so few say nothing of what follows."""
        enough = self.at_risk >= minimum_at_risk
        last = np.maximum(enough.sum(axis=1) - 1, 0)  # those at risk only ever fall
        level = self.survival[np.arange(len(last)), last] if len(self.days) else np.ones(len(last))
        level = np.where(enough.any(axis=1), level, 1.0)
        return Curves(self.days, self.at_risk, self.events, np.where(enough, self.survival, level[:, None]))

    def interval(self) -> tuple[Floats, Floats]:
        """Return the 95 % bounds of the share, by Greenwood's variance of its logarithm; NaN once nobody is left.

        They hold for cases that count alike, not for weighted ones.

        References
        ----------
        Greenwood, M. (1926), The natural duration of cancer, Reports on Public Health and Medical Subjects 33:
        variance of log S = Σ d / (n (n − d)).
        """
        settled, left = self.events, (self.at_risk - self.events)
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = np.where(settled > 0, settled / (self.at_risk * left.astype(np.float64)), 0.0)
            margin = np.exp(NORMAL_95 * np.sqrt(np.cumsum(terms, axis=1)))
            lower, upper = self.survival / margin, self.survival * margin
        gone = np.cumsum((settled > 0) & (left == 0), axis=1) > 0
        return np.where(gone, np.nan, lower), np.where(gone, np.nan, np.minimum(upper, 1.0))

    def medians(self) -> list[int | None]:
        """Return, for each group, the first day after which one half or less is unsettled; None if never [days]."""
        reached = self.survival <= HALF
        return [int(self.days[row.argmax()]) if row.any() else None for row in reached]

    def restricted_means(self, *, start: int, end: int) -> Floats:
        """Return the mean duration within ``[start, end]``: the area under each curve [days]."""
        inside = (self.days > start) & (self.days < end)
        edges = np.concatenate([[start], self.days[inside], [end]]).astype(np.int64)
        group = np.arange(len(self.survival))
        levels = np.stack([self.after(np.full(len(group), day), group=group) for day in edges[:-1]], axis=1)
        area: Floats = levels @ np.diff(edges).astype(np.float64)
        return area + start


def product_limit(
    durations: Ints, *, is_observed: Flags, group: Ints | None = None, groups: int = 1, weights: Ints | None = None,
) -> Curves:
    """Return the product-limit curve of each group, in one pass over all cases.

    Parameters
    ----------
    durations : ndarray of int64
        To settlement, or to the day a case was last known unsettled; may be negative. [days]
    is_observed : ndarray of bool
        Whether the settlement was seen; the others are censored.
    group : ndarray of int64, optional
        The curve each case belongs to, from 0.
    groups : int
        Number of curves; one without a case stays at 1.
    weights : ndarray of int64, optional
        What each case counts for in the share, e.g. its amount [cents]; each counts for one without. Those at risk
        and the settled are counted in cases all the same.

    References
    ----------
    Kaplan, E. L. and Meier, P. (1958), Journal of the American Statistical Association 53, 457–481: censored
    cases are at risk up to and including their own duration.
    """
    group = np.zeros(len(durations), dtype=np.int64) if group is None else group
    first = int(durations.min()) if len(durations) else 0
    present = np.bincount(durations - first) > 0
    days = np.flatnonzero(present) + first
    cell = group * len(days) + (np.cumsum(present) - 1)[durations - first]

    def summed(of: Flags | None, weight: Ints | None) -> Floats:
        share = weight if of is None else of * (1 if weight is None else weight)
        return np.bincount(cell, weights=share, minlength=groups * len(days)).reshape(groups, len(days))

    at_risk, events = _from_then_on(summed(None, None)), summed(is_observed, None)
    if weights is None:
        survival = _surviving(events, at_risk)
    else:
        survival = _surviving(summed(is_observed, weights), _from_then_on(summed(None, weights)))
    return Curves(days.astype(np.int64), at_risk.astype(np.int64), events.astype(np.int64), survival)


def _from_then_on(leaving: Floats) -> Floats:
    remaining: Floats = leaving[:, ::-1].cumsum(axis=1)[:, ::-1]
    return remaining


def _surviving(events: Floats, at_risk: Floats) -> Floats:
    hazard = np.divide(events, at_risk, out=np.zeros(events.shape), where=at_risk > 0)
    return np.cumprod(1 - hazard, axis=1)


def kaplan_meier_median(durations: Ints, *, is_observed: Flags) -> int | None:
    """Return the Kaplan–Meier median: the first duration at which survival is one half or less.

    Parameters
    ----------
    durations : ndarray of int64
        To the event or to censoring; may be negative. [days]
    is_observed : ndarray of bool
        Whether the event was seen.

    Returns
    -------
    int or None
        None where survival never falls to one half. [days]
    """
    return product_limit(durations, is_observed=is_observed).medians()[0]
