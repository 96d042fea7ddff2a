"""The request for documents and its reminder: e-mail drafts that list what is still missing, and the format wanted."""

from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from typing import TYPE_CHECKING

from auditlib.deliver.mail import BLANK, email_draft
from auditlib.document_states import DocumentState
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.parameters import Parameters

__all__ = ["document_reminder", "document_request"]


def document_request(
    states: Sequence[DocumentState], parameters: "Parameters", formats: Formats,
) -> EmailMessage | None:
    """Write the e-mail that asks for the documents still missing.

    Parameters
    ----------
    states : sequence of DocumentState
    parameters : Parameters
    formats : Formats

    Returns
    -------
    EmailMessage or None
        None where nothing is missing.
    """
    _, missing = formats.gettext, [one for one in states if one.is_missing]
    if not missing:
        return None
    parts = [
        (_("Indispensables :"), [one for one in missing if one.is_essential]),
        (_("Utiles pour comprendre vos comptes :"), [one for one in missing if not one.is_essential])]
    body = _(
        "Bonjour,\n\nPour préparer l’audit flash du poste clients de la société {client}, arrêté au {as_of_date}, "
        "merci de nous transmettre les documents ci-dessous, tels que vos logiciels les produisent, sans les "
        "retoucher.\n\n{documents}\n\n"
        "Si l’un d’eux n’existe pas chez vous, un mot suffit : nous le noterons sans objet. Il est inutile d’attendre "
        "que tout soit réuni : les premiers reçus sont les premiers lus.{protection}\n\n"
        "Bien cordialement,\n{sender}\n"
    ).format(client=parameters.title, as_of_date=formats.date(parameters.as_of_date), documents=_listed(parts, formats),
             protection=_protection(parameters, formats), sender=parameters.prepared_by or BLANK)
    subject = _("Documents pour l’audit flash du poste clients – {client}").format(client=parameters.title)
    return email_draft(subject, body, recipients=parameters.requests.to, language=formats.language)


def document_reminder(
    states: Sequence[DocumentState], parameters: "Parameters", formats: Formats,
) -> EmailMessage | None:
    """Write the e-mail that reminds of what was asked for and is late or missing; what came is not in it.

    Returns
    -------
    EmailMessage or None
        None where nothing asked for is missing.
    """
    _, asked = formats.gettext, [one for one in states if one.is_missing and one.requested_on]
    asked.sort(key=lambda one: not one.is_essential)
    if not asked:
        return None
    late = [one for one in asked if one.is_past_due]
    parts = [(_("En retard :"), late), (_("Encore attendus :"), [one for one in asked if one not in late])]
    body = _(
        "Bonjour,\n\nPour l’audit flash du poste clients de la société {client}, il nous manque encore les documents "
        "ci-dessous.\n\n{documents}\n\n"
        "Merci de nous les envoyer, ou de nous dire quand ils seront prêts ; si l’un d’eux n’existe pas chez vous, un "
        "mot suffit.\n\nBien cordialement,\n{sender}\n"
    ).format(client=parameters.title, documents=_listed(parts, formats, is_reminder=True),
             sender=parameters.prepared_by or BLANK)
    subject = _("Rappel : documents pour l’audit flash du poste clients – {client}").format(client=parameters.title)
    return email_draft(subject, body, recipients=parameters.requests.to, language=formats.language)


def _listed(
    parts: Iterable[tuple[str, Sequence[DocumentState]]], formats: Formats, *, is_reminder: bool = False,
) -> str:
    """List documents under their headings; a heading without any is left out."""
    return "\n\n".join("\n".join([heading, *(_line(one, formats, is_reminder=is_reminder) for one in states)])
                       for heading, states in parts if states)


def _line(state: DocumentState, formats: Formats, *, is_reminder: bool) -> str:
    _, title = formats.gettext, formats.gettext(state.title)
    if state.missing:
        title = _("{title} (il manque : {missing})").format(
            title=title, missing=formats.listed(map(_, state.missing)))
    if is_reminder and state.requested_on and state.due_on:
        title += _(", demande du {requested}, à recevoir pour le {due}").format(
            requested=formats.short_date(state.requested_on), due=formats.short_date(state.due_on))
    if state.wanted:
        title = _("{title} : {wanted}").format(title=title, wanted=_(state.wanted))
    return f"- {title}"


def _protection(parameters: "Parameters", formats: Formats) -> str:
    """Say what protects what is sent, as a paragraph of its own; nothing where no agreement is asked for."""
    _, nda = formats.gettext, parameters.nda
    if nda.signed_on:
        return "\n\n" + _("Ce que vous envoyez est couvert par l’accord de confidentialité signé le {date}.").format(
            date=formats.date(nda.signed_on))
    return "" if nda.allow_unsigned else "\n\n" + _(
        "Rien de ce que vous envoyez n’est lu avant la signature de l’accord de confidentialité.")
