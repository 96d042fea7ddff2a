"""The interview proposed to the client: e-mail, its three hours as a calendar file, and the last day to call."""

import datetime as dt
from email.message import EmailMessage
from typing import TYPE_CHECKING

from babel.dates import format_date

from auditlib.deliver.calendar import Event, calendar_file
from auditlib.deliver.mail import BLANK, email_draft, one_line
from auditlib.first_call import CONTACT_DAYS, FirstCall
from auditlib.formats import Formats
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.parameters import Parameters

__all__ = ["call_proposal", "contact_calendar", "deadline_sentence", "slot_words", "slots_calendar"]

SUBJECT = N_("Entretien pour l’audit flash du poste clients – {client}")


def deadline_sentence(call: FirstCall, formats: Formats) -> str:
    """Say by when the client is called, or what is awaited before that is known."""
    _ = formats.gettext
    if call.deadline is None or call.last_on is None:
        return _("Le délai de prise de contact court à réception de : {documents}.").format(
            documents=formats.listed(map(_, call.awaited)) or _("un document indispensable"))
    said = _(
        "Prise de contact au plus tard le {date} : {count} jours ouvrés après le dernier document indispensable, "
        "reçu le {received}."
    ).format(date=formats.date(call.deadline), count=CONTACT_DAYS, received=formats.date(call.last_on))
    late = _("Ce délai est écoulé : les créneaux proposés viennent après.") if call.is_past else ""
    return " ".join(filter(None, (said, late)))


def slot_words(slot: dt.datetime, formats: Formats) -> str:
    """Write day and hour of a proposal."""
    return formats.gettext("le {date} à {time}").format(
        date=format_date(slot, "EEEE d MMMM y", locale=formats.language),
        time=formats.clock(slot.time()))


def call_proposal(call: FirstCall, parameters: "Parameters", formats: Formats) -> EmailMessage | None:
    """Write the e-mail that proposes the interview at three hours, which it carries as a calendar file.

    Parameters
    ----------
    call : FirstCall
    parameters : Parameters
    formats : Formats

    Returns
    -------
    EmailMessage or None
        None while an essential document is awaited.
    """
    if not call.slots:
        return None
    _ = formats.gettext
    body = _(
        "Bonjour,\n\nNous avons bien reçu vos documents pour l’audit flash du poste clients de la société {client}, et "
        "nous vous en remercions.\n\nAvant d’aller plus loin, nous aimerions vous entendre pendant {hours} h, par "
        "téléphone ou en visioconférence. Merci de retenir l’un de ces créneaux :\n{slots}\n\n"
        "Au programme : votre activité, votre organisation du recouvrement, les premiers constats ligne à ligne. La "
        "présence de la personne qui suit les comptes clients nous serait précieuse.\n\n"
        "Rien ne vous engage à ce stade.\n\nBien cordialement,\n{sender}\n"
    ).format(client=parameters.title, hours=formats.short_number(parameters.requests.call.minutes / 60, digits=2),
             slots="\n".join(f"- {slot_words(slot, formats)}" for slot in call.slots),
             sender=parameters.prepared_by or BLANK)
    message = email_draft(_(SUBJECT).format(client=parameters.title), body, recipients=parameters.requests.to,
                          language=formats.language)
    message.add_attachment(slots_calendar(call, parameters, formats).encode(), maintype="text", subtype="calendar",
                           filename="entretien.ics")
    return message


def slots_calendar(call: FirstCall, parameters: "Parameters", formats: Formats) -> str:
    """Return the hours proposed as a calendar file: one tentative entry each, moved when its hour is."""
    _ = formats.gettext
    title = _(SUBJECT).format(client=one_line(parameters.title))
    return calendar_file(
        Event(f"entretien-{parameters.client}-{rank}", _("{title} (créneau {rank} sur {count})").format(
            title=title, rank=rank, count=len(call.slots)), slot, parameters.requests.call.minutes,
            is_tentative=True, moves=True)
        for rank, slot in enumerate(call.slots, start=1))


def contact_calendar(call: FirstCall, parameters: "Parameters", formats: Formats) -> str:
    """Return the last day to call as a calendar file of the auditor's own; empty while it is not known."""
    if call.deadline is None:
        return ""
    _ = formats.gettext
    title = _("Dernier jour pour appeler {client} (audit flash)").format(client=one_line(parameters.title))
    return calendar_file([Event(f"prise-de-contact-{parameters.client}", title, call.deadline,
                                description=deadline_sentence(call, formats), moves=True)])
