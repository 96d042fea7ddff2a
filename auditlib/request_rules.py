"""Section ``requests`` of the parameters file: documents asked of the client, what came, and the call that follows."""

import datetime as dt
import itertools
from typing import Annotated

from pydantic import Field, model_validator
from rapidfuzz import process

from auditlib.document_kinds import DOCUMENT_KINDS, LEDGER_KIND
from auditlib.settings import Section

__all__ = ["CallProposal", "DocumentRequest", "RequestRules"]

Hour = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
FileName = Annotated[str, Field(min_length=1)]
LUNCH, WORKDAY = (12 * 60, 14 * 60), (8 * 60, 19 * 60)
"""Minutes of the day: no call runs into the one, or out of the other."""
SLOTS = 3


class CallProposal(Section):
    """``requests.call``: the hours proposed for the interview, and its length."""

    times: tuple[Hour, ...] = Field(
        default=("09:30", "14:00", "16:00"), min_length=SLOTS,
        description='hours proposed, three at least, between quotes: "09:30"')
    minutes: int = Field(default=120, ge=30, le=240, description="length of the call [minutes]")

    @property
    def hours(self) -> tuple[dt.time, ...]:
        """Return the hours proposed."""
        return tuple(dt.time.fromisoformat(text) for text in self.times)

    @model_validator(mode="after")
    def _hours_are_of_a_workday(self) -> "CallProposal":
        """Refuse an hour given twice, and a call before eight, over lunch, or past nineteen."""
        starts = [hour.hour * 60 + hour.minute for hour in self.hours]
        if any(after <= before for before, after in itertools.pairwise(starts)):
            raise ValueError("times: expected rising hours, each given once")
        for text, start in zip(self.times, starts, strict=True):
            end = start + self.minutes
            if start < WORKDAY[0] or end > WORKDAY[1] or (start < LUNCH[1] and end > LUNCH[0]):
                raise ValueError(f"times: a call of {self.minutes} minutes from {text} is not within 08:00 to 12:00 "
                                 "or 14:00 to 19:00; give an earlier or later hour")
        return self


class DocumentRequest(Section):
    """``requests.kinds.<kind>``: one kind of document asked for; what is left out is as found or by default."""

    name: str = Field(default="", description="of a kind the auditor adds; the nine have theirs")
    wanted: str = Field(default="", description="format asked for; empty: that of the kind")
    requested_on: dt.date | None = Field(default=None, description="absent: requests.requested_on")
    due_on: dt.date | None = Field(default=None, description="absent: requests.late_after working days later")
    received: tuple[FileName, ...] = Field(default=(), description="names of the files that are of this kind")
    received_on: dt.date | None = Field(
        default=None, description="day it came; absent: the day its files were last written")
    not_applicable: str = Field(default="", description="why the client has no such document")
    essential: bool | None = Field(default=None, description="absent: the ledger and the aged balance only")

    @model_validator(mode="after")
    def _says_one_thing(self) -> "DocumentRequest":
        """Refuse a kind that came and does not apply, and a day due before it was asked for."""
        if self.not_applicable and (self.received or self.received_on):
            raise ValueError("not_applicable and received exclude each other; keep one of them")
        if self.requested_on and self.due_on and self.due_on < self.requested_on:
            raise ValueError(f"due_on {self.due_on} is before requested_on {self.requested_on}")
        return self


class RequestRules(Section):
    """``requests``: what is asked of the client, whom it is asked of, and from when it is late."""

    requested_on: dt.date | None = Field(default=None, description="day the documents were asked for")
    late_after: int = Field(default=5, ge=1, le=60, description="time to answer a request [working days]")
    seen_on: dt.date | None = Field(default=None, description="day the register is looked at; absent: today")
    to: tuple[str, ...] = Field(default=(), description="e-mail addresses of the client's correspondents")
    kinds: dict[Annotated[str, Field(min_length=1)], DocumentRequest] = Field(default_factory=dict)
    set_aside: tuple[FileName, ...] = Field(default=(), description="files that are of no kind asked for")
    call: CallProposal = CallProposal()

    @model_validator(mode="after")
    def _kinds_are_known_or_named(self) -> "RequestRules":
        """Refuse a kind that is none of ours and has no name, and a ledger that does not apply."""
        for code, asked in self.kinds.items():
            if code not in DOCUMENT_KINDS and not asked.name:
                nearest = process.extractOne(code, list(DOCUMENT_KINDS))
                raise ValueError(f"kinds: {code} is none of the nine kinds; did you mean {nearest[0]}? "
                                 "A kind that you add needs a name")
        if self.of(LEDGER_KIND).not_applicable:
            raise ValueError(f"kinds.{LEDGER_KIND}.not_applicable: without ledger or aged balance there is no audit")
        return self

    def of(self, kind: str) -> DocumentRequest:
        """Return what the file says of a kind."""
        return self.kinds.get(kind, DocumentRequest())

    def codes(self) -> tuple[str, ...]:
        """Return the nine kinds, then those the auditor added."""
        return (*DOCUMENT_KINDS, *(code for code in self.kinds if code not in DOCUMENT_KINDS))
