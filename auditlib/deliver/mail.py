"""E-mail drafts to the client; the invitation to the presentation call, and its calendar entry once a date is set."""

import datetime as dt
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from auditlib.deliver.calendar import Event, calendar_file
from auditlib.formats import Formats, typographic

if TYPE_CHECKING:
    from auditlib.parameters import Parameters

__all__ = ["BLANK", "calendar_entry", "call_invitation", "email_draft", "one_line"]

BLANK = "……………"


def email_draft(subject: str, body: str, *, recipients: Sequence[str] = (), language: str = "fr") -> EmailMessage:
    """Return a draft that the auditor's mail program opens for him to send.

    Parameters
    ----------
    subject, body : str
        Put in French typography where the language is French.
    recipients : sequence of str
        E-mail addresses.
    language : {"fr", "en"}

    Returns
    -------
    EmailMessage
        ``bytes(message)`` is the content of an ``.eml`` file; no clock is read.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(subject)
    if recipients:
        message["To"] = ", ".join(map(one_line, recipients))
    message["X-Unsent"] = "1"
    message.set_content(typographic(body) if language == "fr" else body)
    return message


def call_invitation(
    parameters: "Parameters",
    *,
    starts_at: dt.datetime | None = None,
    minutes: int = 60,
    recipients: Sequence[str] = (),
    language: str = "fr",
) -> EmailMessage:
    """Write the e-mail that proposes the presentation call; with a date it carries the calendar entry.

    Parameters
    ----------
    parameters : Parameters
    starts_at : datetime, optional
        Local time in Paris when it carries no zone; without it the e-mail leaves blanks for three dates.
    minutes : int
        Length of the call.
    recipients : sequence of str
        E-mail addresses.
    language : {"fr", "en"}

    Returns
    -------
    EmailMessage
        ``bytes(message)`` is the content of an ``.eml`` file.
    """
    formats = Formats(language=language)
    _ = formats.gettext
    subject = _("Présentation de l’audit flash du poste clients – {client}").format(client=parameters.title)
    message = email_draft(subject, _body(parameters, formats, starts_at, minutes), recipients=recipients,
                          language=language)
    if starts_at is not None:
        entry = calendar_entry(parameters, starts_at=starts_at, minutes=minutes, language=language)
        message.add_attachment(entry.encode(), maintype="text", subtype="calendar", filename="presentation.ics")
    return message


def calendar_entry(parameters: "Parameters", *, starts_at: dt.datetime, minutes: int = 60, language: str = "fr") -> str:
    """Return the call as an iCalendar file."""
    title = (
        Formats(language=language)
        .gettext("Présentation de l’audit flash du poste clients – {client}")
        .format(client=one_line(parameters.title))
    )
    return calendar_file([Event(parameters.client, title, starts_at, minutes)])


def _body(parameters: "Parameters", formats: Formats, starts_at: dt.datetime | None, minutes: int) -> str:
    _ = formats.gettext
    if starts_at is None:
        dates = _(
            "Merci de retenir l’une de ces dates :\n- le {blank} à {blank}\n- le {blank} à {blank}\n- le "
            "{blank} à {blank}"
        ).format(blank=BLANK)
    else:
        dates = _("Nous vous proposons le {date} à {time}, pour {minutes} minutes.").format(
            date=formats.date(starts_at.date()),
            time=formats.clock(starts_at.time()),
            minutes=minutes,
        )
    return _(
        "Bonjour,\n\nL’audit flash du poste clients de la société {client}, arrêté au {as_of_date}, est prêt "
        "à vous être présenté.\n\n"
        "{dates}\n\nAu programme : l’encours et son ancienneté, le délai de règlement, les constats, le plan "
        "d’action, vos questions.\n\n"
        "Rien ne vous engage à ce stade.\n\nBien cordialement,\n{sender}\n"
    ).format(
        client=parameters.title,
        as_of_date=formats.date(parameters.as_of_date),
        dates=dates,
        sender=parameters.prepared_by or BLANK,
    )


def one_line(text: str) -> str:
    """Put a text on one line: a header of an e-mail has no other."""
    return " ".join(text.split())

