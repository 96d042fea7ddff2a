"""The diary of calls as a calendar file: one entry a call, and a reminder the day before each promised payment."""

import datetime as dt
from pathlib import Path

from auditlib.call_files import CallBook, CallFile
from auditlib.deliver.calendar import Event, calendar_file
from auditlib.formats import Formats
from auditlib.texts import N_

__all__ = ["FILE_NAME", "call_calendar", "write_call_calendar"]

FILE_NAME = "appels.ics"
CALL = N_("Appeler {name} – {claim}")
REMIND = N_("Rappeler à {name} sa promesse de {amount} pour le {day}")
GOAL, NEXT = N_("Objectif : {goal}"), N_("Étape prévue : {step}")
HAPPENS = N_("Demander : le paiement part-il bien demain ? Puis vérifier en banque.")


def write_call_calendar(book: CallBook, path: Path, *, client: str, minutes: int, formats: Formats) -> Path:
    """Write ``appels.ics``."""
    path.write_bytes(call_calendar(book, client=client, minutes=minutes, formats=formats).encode())
    return path


def call_calendar(book: CallBook, *, client: str, minutes: int, formats: Formats) -> str:
    """Return the calendar file of the calls and of the promises to remind of.

    Parameters
    ----------
    book : CallBook
    client : str
        Code of the audited client: two clients may give their customers the same codes, and one diary holds both.
    minutes : int
        Length of a call. [minutes]
    formats : Formats
    """
    calls = [_call(one, client, minutes, formats) for one in book.files]
    return calendar_file([*calls, *_reminders(book, client, formats)])


def _call(file: CallFile, client: str, minutes: int, formats: Formats) -> Event:
    _ = formats.gettext
    people = [" ".join(filter(None, (one.name, one.phone))) for one in file.reach.people]
    said = [*people, _(GOAL).format(goal=file.goals[0]), _(NEXT).format(step=file.next_step)]
    return Event(f"appel-{client}-{file.customer_id}", _(CALL).format(
        name=file.name, claim=formats.cents(file.account.claim_cents)),
        dt.datetime.combine(file.slot.day, file.slot.at), minutes, "\n".join(said))


def _reminders(book: CallBook, client: str, formats: Formats) -> list[Event]:
    _ = formats.gettext
    return [Event(
        f"promesse-{client}-{one['customer_id']}-{rank}", _(REMIND).format(
            name=one["name"] or one["customer_id"], amount=formats.cents(one["amount_cents"]),
            day=formats.short_date(one["promised_on"])), one["remind_on"].date(), description=_(HAPPENS))
        for rank, one in enumerate(book.reminders.to_dict("records"))]
