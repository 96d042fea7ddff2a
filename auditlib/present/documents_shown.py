"""The documents on screen: e-mails to send, the state of each kind, the files received, and by when to call."""

from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from typing import Any

import pandas as pd

from auditlib.deliver.call_proposal import deadline_sentence, slot_words
from auditlib.deliver.document_rows import state_words
from auditlib.deliver.first_note import FILE_NAME, FirstNote
from auditlib.deliver.labels import label
from auditlib.document_placing import to_place
from auditlib.document_states import DocumentState
from auditlib.first_call import FirstCall
from auditlib.formats import Formats, typographic
from auditlib.present.markup import Cell, Column, Html, heading, join, shown, table
from auditlib.texts import N_

__all__ = ["call", "e_invoices", "files", "note", "proposal", "reminder", "request", "states"]

TONES = {"received": "good", "partial": "late", "late": "bad", "not_applicable": "muted"}
NOTES = ("terms", "penalty_note", "indemnity_note", "discount_note")
PLACED_BY = {"auditor": N_("dit par l’auditeur"), "name": N_("d’après son nom, à confirmer")}


def request(message: EmailMessage | None, formats: Formats) -> Html:
    """Return the e-mail that asks for the documents, or say that none is missing."""
    return _mail(message, formats, empty=formats.gettext("Rien ne manque : il n’y a plus de demande à envoyer."))


def reminder(message: EmailMessage | None, formats: Formats) -> Html:
    """Return the e-mail that reminds of them, or say that nothing asked for is missing."""
    return _mail(message, formats, empty=formats.gettext("Rien à relancer : rien de ce qui a été demandé ne manque."))


def proposal(message: EmailMessage | None, formats: Formats) -> Html:
    """Return the e-mail that proposes the interview, or say that it waits."""
    return _mail(message, formats, empty=formats.gettext("L’entretien se propose une fois l’indispensable reçu."))


def states(kinds: Sequence[DocumentState], formats: Formats) -> Html:
    """Return each kind of document with its state, its files, and whether the audit waits for it."""
    _ = formats.gettext
    columns = (Column(_("Document demandé"), "wide"), Column(_("État"), "wide"), Column(_("Fichiers"), "wide"))
    return table(columns, [
        (Cell(_(one.title), detail=_("indispensable") if one.is_essential else ""),
         Cell(state_words(one, formats), tone=TONES.get(one.state, "")), ", ".join(one.files)) for one in kinds])


def files(placed: pd.DataFrame, kinds: Sequence[DocumentState], formats: Formats) -> Html:
    """Return the files received (`auditlib.document_placing.placed_documents`), each with its fingerprint."""
    _, titles = formats.gettext, {one.kind: formats.gettext(one.title) for one in kinds}
    columns = (Column(_("Document"), "wide"), Column(_("Nature")), Column(_("Classé dans"), "wide"),
               Column(_("Reçu le")), Column(_("Lignes"), "number"), Column(_("Débit moins crédit"), "number"),
               Column(_("Empreinte")))
    printed = [
        (row["name"], " + ".join(label(kind, language=formats.language) for kind in str(row["kind"]).split("+")),
         _placed(row["document_kind"], row["placed_by"], titles, formats), formats.short_date(row["received_on"]),
         formats.count(row["rows"]), formats.cents(row["total_cents"]), Cell(row["sha256"][:12], hint=row["sha256"]))
        for row in placed.to_dict("records")]
    left = to_place(placed)
    note = _("À classer : {files}.").format(files=", ".join(left)) if left else ""
    return table(columns, printed, empty=_("Aucun document n'a été reçu."), note=note)


def e_invoices(invoices: pd.DataFrame, formats: Formats) -> Html:
    """Return the electronic invoices received (`schemas.E_INVOICES`), with the terms, notes and references in them."""
    _ = formats.gettext
    note = _("Une mention absente du fichier peut figurer sur le papier : elle reste à voir.") if len(invoices) else ""
    columns = (Column(_("Facture")), Column(_("Vendeur")), Column(_("Client")), Column(_("Échéance")),
               Column(_("Hors taxe"), "number"), Column(_("Toutes taxes"), "number"),
               Column(_("Délai, pénalités, 40 €, escompte"), "wide"), Column(_("Références du client")))
    return table(columns, [
        (Cell(str(row["number"]), detail=f"{row['file']} ({row['syntax']})"), _party(row, "seller"),
         _party(row, "buyer"), formats.short_date(row["due_on"]),
         formats.in_currency(row["currency"]).cents(row["net_cents"]),
         formats.in_currency(row["currency"]).cents(row["total_cents"]),
         formats.listed(row[name] for name in NOTES if row[name]),
         formats.listed(row[name] for name in ("buyer_reference", "order_reference") if row[name]))
        for row in invoices.to_dict("records")],
        empty=_("Aucune facture électronique parmi les documents."), note=note)


def call(first: FirstCall, formats: Formats) -> Html:
    """Say by when the client is called, and the hours proposed."""
    spaced = typographic if formats.language == "fr" else str
    lines = [deadline_sentence(first, formats), *(f"– {slot_words(slot, formats)}" for slot in first.slots)]
    return join(Html(f"<p>{shown(spaced(line))}</p>") for line in lines)


def note(first: FirstNote, formats: Formats) -> Html:
    """Return the questions of the first-analysis note, and where its two pages are."""
    _ = formats.gettext
    spaced = typographic if formats.language == "fr" else str
    asked = join(Html(f"<li>{shown(spaced(question))}</li>") for question in first.questions)
    where = _("La note de deux pages est écrite par « auditlib run » : {file}.").format(file=FILE_NAME)
    return join([heading(_("À demander pendant l’appel")), Html(f"<ol>{asked}</ol>"),
                 Html(f'<p class="audit-sentence">{shown(spaced(where))}</p>')])


def _mail(message: EmailMessage | None, formats: Formats, *, empty: str) -> Html:
    """Return an e-mail draft as it will be read, or the sentence `empty` where there is none to send."""
    if message is None:
        return Html(f'<p class="audit-empty">{shown(typographic(empty) if formats.language == "fr" else empty)}</p>')
    body, to = message.get_body(), message["To"]
    text = shown(body.get_content().strip() if body else "")
    line = shown(formats.gettext("À : {addresses}").format(addresses=to)) if to else ""
    return Html(f'<p class="audit-sentence audit-subject"><b>{shown(message["Subject"])}</b></p>'
                f'<p class="audit-sentence">{line}</p><p class="audit-mail">{text}</p>')


def _party(row: Mapping[Any, Any], party: str) -> Cell:
    return Cell(str(row[f"{party}_name"]), detail=str(row[f"{party}_siren"]))


def _placed(kind: str, by: str, titles: dict[str, str], formats: Formats) -> Cell:
    _ = formats.gettext
    if not by:
        return Cell(_("à classer"), tone="late")
    why, beside = PLACED_BY.get(by, ""), _("en complément") if by == "content" else _("hors demande")
    return Cell(titles.get(kind) or beside, detail=_(why) if why else "")
