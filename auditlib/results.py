"""What a measure gives back: a value with its basis, or a reason in words; and the window it looks at."""

import datetime as dt
import math
from dataclasses import dataclass

from auditlib.dates import add_months

__all__ = ["Indicator", "Window", "sales_window", "window_ending"]

MINIMUM_MONTHS = 3
"""A window of fewer full months gives no figure (INDICATORS.md 3)."""


@dataclass(frozen=True)
class Indicator:
    """One figure of the audit; never NaN, infinity or a nil that stands for "not available".

    Attributes
    ----------
    value : float or None
        The figure; None exactly where `reason` says why there is none.
    unit : str
        ``days``, ``share`` (0–1), ``index`` (0–10 000), ``coefficient`` (0–1), ``amount`` or ``amount_per_year``
        [currency, VAT included unless the note says otherwise].
    window_months, window_start, window_end
        The period looked at; for recovery rates, the cohorts pooled.
    basis_items, basis_cents
        Rows and amount [cents] the figure rests on.
    share_estimated : float or None
        Share of that amount whose due date, kind or allocation was inferred. [share 0–1]
    reason, note : str or None
        French sentences.
    """

    value: float | None
    unit: str
    window_months: int | None = None
    window_start: dt.date | None = None
    window_end: dt.date | None = None
    basis_items: int | None = None
    basis_cents: int | None = None
    share_estimated: float | None = None
    reason: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Refuse what strict JSON or an honest report could not carry."""
        if (self.value is None) != bool(self.reason):
            raise ValueError(f"value {self.value!r} with reason {self.reason!r}: give exactly one of them")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError(f"value {self.value!r} is not a figure")


@dataclass(frozen=True)
class Window:
    """Whole days from `start` to `end`, both included; `months` counts the full months in it."""

    start: dt.date
    end: dt.date
    months: int

    @property
    def days(self) -> int:
        """Real number of days [days]."""
        return (self.end - self.start).days + 1


def window_ending(as_of_date: dt.date, *, months: int) -> Window:
    """Return the whole window of `months` months that ends at `as_of_date`.

    Examples
    --------
    >>> window_ending(dt.date(2024, 2, 29), months=12).days
    366
    """
    return Window(add_months(as_of_date, -months) + dt.timedelta(days=1), as_of_date, months)


def sales_window(as_of_date: dt.date, *, months: int, history_start: dt.date | None) -> Window | None:
    """Return the window of sales at a date, None under three full months (INDICATORS.md 3).

    Parameters
    ----------
    as_of_date : date
    months : int
        Length wished for: 3, 6 or 12.
    history_start : date or None
        First day of the sales history; inside the window, the window starts there.
    """
    whole = window_ending(as_of_date, months=months)
    if history_start is None:
        return None
    if history_start <= whole.start:
        return whole
    full = [m for m in range(1, months) if window_ending(as_of_date, months=m).start >= history_start]
    used = max(full, default=0)
    return Window(history_start, as_of_date, used) if used >= MINIMUM_MONTHS else None
