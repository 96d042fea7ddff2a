"""When the client is called: three working days after the last essential document, and the hours proposed for it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from auditlib.document_states import DocumentState
from auditlib.request_rules import SLOTS, CallProposal
from auditlib.working_days import is_working_day, working_day_after

__all__ = ["CONTACT_DAYS", "FirstCall", "first_call"]

CONTACT_DAYS = 3
"""Working days after the last essential document within which the client is called."""


@dataclass(frozen=True)
class FirstCall:
    """The call that opens the interview.

    Attributes
    ----------
    last_on, deadline : date or None
        Day of the last essential document, and the last day to call; None while one is awaited.
    awaited : tuple of str
        Titles of the essential documents not received, French messages.
    slots : tuple of datetime
        Hours proposed, local time in Paris.
    is_past : bool
        Whether no working day is left before the deadline: the hours proposed come after it.
    """

    last_on: dt.date | None
    deadline: dt.date | None
    awaited: tuple[str, ...]
    slots: tuple[dt.datetime, ...]
    is_past: bool


def first_call(states: Sequence[DocumentState], rules: CallProposal, *, day: dt.date) -> FirstCall:
    """Return the deadline of the call and three hours to propose.

    Parameters
    ----------
    states : sequence of DocumentState
    rules : CallProposal
    day : date
        Hours are proposed after it.

    Notes
    -----
    A ledger without its aged balance, or the reverse, is enough to start from: it counts as received.
    """
    essential = [one for one in states if one.is_essential and one.state != "not_applicable"]
    awaited = tuple(one.title for one in essential if one.received_on is None)
    came = [one.received_on for one in essential if one.received_on]
    if awaited or not came:
        return FirstCall(None, None, awaited, (), is_past=False)
    deadline = working_day_after(max(came), CONTACT_DAYS)
    days = _working_days(max(day, *came), deadline)
    return FirstCall(max(came), deadline, (), _slots(days or _next_days(day), rules), is_past=not days)


def _working_days(after: dt.date, until: dt.date) -> list[dt.date]:
    days = (after + dt.timedelta(days=count) for count in range(1, (until - after).days + 1))
    return [day for day in days if is_working_day(day)]


def _next_days(day: dt.date) -> list[dt.date]:
    return [working_day_after(day, count) for count in range(1, SLOTS + 1)]


def _slots(days: list[dt.date], rules: CallProposal) -> tuple[dt.datetime, ...]:
    """Spread the hours over the days: one a day where there are three."""
    count = min(len(days), SLOTS)
    return tuple(dt.datetime.combine(days[rank * count // SLOTS], rules.hours[rank]) for rank in range(SLOTS))
