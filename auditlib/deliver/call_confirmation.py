"""The confirmation owed within the hour of a call: an e-mail draft per debtor, its account filled, the rest blank."""

import datetime as dt
import re
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from auditlib.call_files import CallBook, CallFile
from auditlib.formats import Formats, typographic
from auditlib.texts import N_

__all__ = ["call_confirmation", "write_call_confirmations"]

SUBJECT = N_("Votre compte chez {creditor} : confirmation de notre appel")
ITEM = N_("- {ref}, échue le {due} : {amount}")
CREDITED = N_("- à déduire, règlements et avoirs non affectés : {amount}")
NO_REFERENCE = N_("pièce sans référence")
BODY = N_(
    "Bonjour,\n\nSuite à notre appel du ……………, voici ce dont nous sommes convenus.\n\n"
    "Vous réglez …………… le ……………, par …………….\nLe solde éventuel de …………… est réglé le ……………, par …………….\n"
    "De notre côté, nous …………… pour le …………….\n\n"
    "Au {as_of}, le montant échu et non contesté à régler est de {claim} :\n{items}\n\n"
    "Nos coordonnées bancaires et la copie des pièces sont jointes. Si un point de ce message est inexact, merci de me "
    "répondre dès réception.\n\nBien cordialement,\n……………\n{creditor}\n")


def write_call_confirmations(book: CallBook, folder: Path, *, creditor: str, as_of_date: dt.date,
                             formats: Formats) -> list[Path]:
    """Write one ``.eml`` draft a call into a folder, made if need be, named by rank and customer."""
    folder.mkdir(exist_ok=True)
    paths = []
    for rank, file in enumerate(book.files, start=1):
        path = folder / f"{rank:03d}_{re.sub(r'[^A-Za-z0-9-]', '_', file.customer_id)}.eml"
        path.write_bytes(bytes(call_confirmation(file, creditor=creditor, as_of_date=as_of_date, formats=formats)))
        paths.append(path)
    return paths


def call_confirmation(file: CallFile, *, creditor: str, as_of_date: dt.date, formats: Formats) -> EmailMessage:
    """Write the draft of one call: items and claim filled; what was agreed, and the signature, left to fill in.

    Parameters
    ----------
    file : CallFile
    creditor : str
        The client's name, as the debtor knows it.
    as_of_date : date
    formats : Formats

    Returns
    -------
    EmailMessage
        ``bytes(message)`` is the content of an ``.eml`` file; no clock is read, the same call gives the same bytes.
    """
    _ = formats.gettext
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(_(SUBJECT).format(creditor=creditor).split())
    recipient = next((one.email for one in file.reach.people if one.email), "")
    if recipient:
        message["To"] = " ".join(recipient.split())
    message["X-Unsent"] = "1"
    body = _(BODY).format(as_of=formats.short_date(as_of_date), claim=formats.cents(file.account.claim_cents),
                          items="\n".join(_lines(file, formats)), creditor=creditor)
    message.set_content(typographic(body) if formats.language == "fr" else body)
    return message


def _lines(file: CallFile, formats: Formats) -> list[str]:
    """List the items claimed, then the credits: they add up to the claim."""
    _, account = formats.gettext, file.account
    claimed = account.items[account.items["free_cents"] > 0]
    lines = [_(ITEM).format(ref=str(one["document_ref"]) or _(NO_REFERENCE), due=formats.short_date(one["due_date"]),
                            amount=formats.cents(int(one["free_cents"]))) for one in claimed.to_dict("records")]
    credited = [_(CREDITED).format(amount=formats.cents(-account.credits_cents))] if account.credits_cents else []
    return [*lines, *credited]
