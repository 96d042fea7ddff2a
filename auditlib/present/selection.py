"""What is looked at, and the figures found there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from auditlib.results import Window

__all__ = ["Measure", "Selection", "State"]


@dataclass(frozen=True)
class Measure:
    """A figure in euros, days or as a share, or the reason there is none."""

    value: float | None
    reason: str = ""


@dataclass(frozen=True)
class Selection:
    """What is looked at: a date of the cube, and a value for some segments.

    Attributes
    ----------
    month_end : Timestamp
    segments : mapping of str to str
        Only the segments that are filtered; empty: everything.
    """

    month_end: pd.Timestamp
    segments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class State:
    """The figures of a selection: amounts in euros VAT included, rates 0–1, DSO in days.

    Attributes
    ----------
    receivable, overdue, overdue_rate, dso, net_overdue : Measure
    ageing : list of dict
        Rows of ``bucket``, ``from_days``, ``amount`` (euros) and ``share``, every bucket in order.
    customers : int
        Customers with a cell other than nil.
    window : Window or None
        Period of the sales the DSO looks at.
    """

    receivable: Measure
    overdue: Measure
    overdue_rate: Measure
    dso: Measure
    net_overdue: Measure
    ageing: list[dict[str, Any]]
    customers: int
    window: Window | None
