"""Calendar files (RFC 5545): events of an hour or of a day, the same bytes for the same events."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

__all__ = ["Event", "calendar_file"]

PARIS = ZoneInfo("Europe/Paris")
LINE_BYTES = 74


@dataclass(frozen=True)
class Event:
    """One entry of a calendar.

    Attributes
    ----------
    key : str
        Tells the entry apart: a calendar that reads the file again updates it.
    title : str
    starts_at : datetime or date
        Local time in Paris where it carries no zone; a date alone is a whole day.
    minutes : int
        Length; of no account for a whole day.
    description : str
        May have several lines.
    is_tentative : bool
        Whether it is a proposal, to be confirmed.
    moves : bool
        Whether it stays the same entry when its start changes: its identifier is the key alone.
    """

    key: str
    title: str
    starts_at: dt.datetime | dt.date
    minutes: int = 60
    description: str = ""
    is_tentative: bool = False
    moves: bool = False


def calendar_file(events: Iterable[Event]) -> str:
    """Return an iCalendar file; no clock is read, an entry's stamp is its start."""
    lines = [line for event in events for line in _entry(event)]
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//auditlib//FR", "METHOD:PUBLISH", *lines, "END:VCALENDAR", ""]
    return "\r\n".join(map(_folded, whole))


def _entry(event: Event) -> list[str]:
    said = [f"DESCRIPTION:{_escaped(event.description)}"] if event.description else []
    status = ["STATUS:TENTATIVE"] if event.is_tentative else []
    return ["BEGIN:VEVENT", *_moments(event), f"SUMMARY:{_escaped(event.title)}", *said, *status, "END:VEVENT"]


def _moments(event: Event) -> list[str]:
    """Return identifier, stamp, start and end, in universal time but for whole days."""
    starts_at = event.starts_at
    if not isinstance(starts_at, dt.datetime):
        return [_identifier(event, f"{starts_at:%Y%m%d}"), f"DTSTAMP:{starts_at:%Y%m%d}T000000Z",
                f"DTSTART;VALUE=DATE:{starts_at:%Y%m%d}",
                f"DTEND;VALUE=DATE:{starts_at + dt.timedelta(days=1):%Y%m%d}"]
    start = (starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=PARIS)).astimezone(dt.UTC)
    stamp = f"{start:%Y%m%dT%H%M%SZ}"
    return [_identifier(event, stamp), f"DTSTAMP:{stamp}", f"DTSTART:{stamp}",
            f"DTEND:{start + dt.timedelta(minutes=event.minutes):%Y%m%dT%H%M%SZ}"]


def _identifier(event: Event, moment: str) -> str:
    return f"UID:{event.key}@auditlib" if event.moves else f"UID:{event.key}-{moment}@auditlib"


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def _folded(line: str) -> str:
    """Cut a line at 75 bytes, as RFC 5545 wants, never inside a character."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > LINE_BYTES:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])
