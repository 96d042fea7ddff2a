"""Tables of what surrounds the figures: agreement, documents, action plan."""

from collections.abc import Mapping

import pandas as pd

from auditlib.deliver.labels import label
from auditlib.deliver.scope import DOCUMENT_KINDS
from auditlib.formats import Formats, typographic
from auditlib.present.markup import Cell, Column, Html, shown, table
from auditlib.working_days import working_day_after

__all__ = ["contact_deadline", "documents_asked", "register", "said", "states"]

CONTACT_DAYS = 3
"""Working days after the last essential document within which the client is called."""
LEDGERS = ("customer_ledger", "general_ledger", "fec", "invoice_list", "open_items", "aged_balance")


def states(rows: Mapping[str, str], *, language: str = "fr") -> Html:
    """Return things and the state each is in."""
    _ = Formats(language=language).gettext
    return table((Column(_("Élément")), Column(_("État"), "wide")), list(rows.items()))


def said(sentence: str, *, language: str = "fr") -> Html:
    """Return one sentence."""
    return Html(f'<p class="audit-sentence">{shown(typographic(sentence) if language == "fr" else sentence)}</p>')


def documents_asked(*, language: str = "fr") -> Html:
    """Return the kinds of documents asked for."""
    _ = Formats(language=language).gettext
    return table((Column(_("Document demandé"), "wide"),), [(_(name),) for name in DOCUMENT_KINDS.values()])


def register(received: pd.DataFrame, formats: Formats) -> Html:
    """Return the documents received (`schemas.REGISTER`), each with its fingerprint."""
    _ = formats.gettext
    columns = (Column(_("Document"), "wide"), Column(_("Nature")), Column(_("Daté du")), Column(_("Lignes"), "number"),
               Column(_("Débit moins crédit"), "number"), Column(_("Empreinte")))
    printed = [
        (row["name"], " + ".join(label(kind, language=formats.language) for kind in str(row["kind"]).split("+")),
         formats.short_date(row["received_on"]), formats.count(row["rows"]), formats.cents(row["total_cents"]),
         Cell(row["sha256"][:12], hint=row["sha256"])) for row in received.to_dict("records")]
    return table(columns, printed, empty=_("Aucun document n'a été reçu."))


def contact_deadline(received: pd.DataFrame, formats: Formats) -> Html:
    """Say by when the client is called: three working days after the last essential document."""
    _ = formats.gettext
    essential = received[received["kind"].astype("str").str.contains("|".join(LEDGERS), regex=True)]
    last = essential["received_on"].max()
    if pd.isna(last):
        sentence = _("Le délai de prise de contact court à réception du grand livre ou de la balance âgée.")
    else:
        sentence = _(
            "Prise de contact au plus tard le {date} : {count} jours ouvrés après le dernier document essentiel."
        ).format(date=formats.date(working_day_after(last.date(), CONTACT_DAYS)), count=CONTACT_DAYS)
    return Html(f"<p>{shown(sentence)}</p>")
