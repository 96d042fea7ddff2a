"""Section ``collection.calls`` of the parameters file: how many call files, hours of calls, what may be offered."""

import datetime as dt
import itertools
from typing import Annotated

from pydantic import Field, model_validator

from auditlib.scenario_calendar import Kind
from auditlib.settings import Section

__all__ = ["CallRules"]

Hour = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Instalments = Annotated[int, Field(ge=0, le=24)]
INSTALMENTS: dict[Kind, Instalments] = {"mid_small": 4, "very_small": 3, "fragile": 4, "consumer": 4, "export_eu": 2}


class CallRules(Section):
    """``collection.calls``: call files of a run, the hours of the diary, and the mandate to negotiate.

    There are as many calls a day as ``times`` has hours. A kind without instalments is offered no payment plan.
    """

    files: int = Field(default=30, ge=1, le=300, description="call files of a run, the most urgent customers first")
    times: tuple[Hour, ...] = Field(
        default=("09:30", "10:00", "10:30", "11:00", "14:30", "15:00"), min_length=1,
        description='hours of the calls of a day, between quotes: "09:30"')
    minutes: int = Field(default=20, ge=5, le=120, description="a call, with its preparation [minutes]")
    first_share: float = Field(
        default=0.5, gt=0, lt=1, description="least share of the claim to accept at once, where it is not all")
    balance_days: int = Field(default=15, ge=1, le=60, description="time for the balance then [days]")
    instalments: dict[Kind, Instalments] = Field(
        default_factory=lambda: dict(INSTALMENTS),
        description="instalments that may be offered, at most, by kind of debtor; others: none")

    @property
    def hours(self) -> tuple[dt.time, ...]:
        """Return the hours of a day's calls."""
        return tuple(dt.time.fromisoformat(text) for text in self.times)

    @model_validator(mode="after")
    def _hours_follow_each_other(self) -> "CallRules":
        """Refuse two calls at once."""
        starts = [hour.hour * 60 + hour.minute for hour in self.hours]
        if any(after - before < self.minutes for before, after in itertools.pairwise(starts)):
            raise ValueError(f"times: each call starts {self.minutes} minutes after the one before, or later")
        return self
