"""The follow-up workbooks: one per segment, that collectors fill in and that comes back with the documents."""

import io
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl.workbook import Workbook

from auditlib.action_plan import URGENCIES
from auditlib.deliver.follow_up_rows import Segment, segments_to_follow
from auditlib.deliver.follow_up_sheets import choice_lists, open_sheets
from auditlib.deliver.open_sheets import write_lists, write_open_sheet
from auditlib.deliver.sealing import seal
from auditlib.deliver.sheets import Cached, Column, Sheet, add_styles, write_sheet
from auditlib.formats import Formats
from auditlib.scenarios import kind_title
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.parameters import Parameters

__all__ = ["segment_title", "workbook_of", "write_follow_up"]

GUIDE = (
    (N_("Clients"), N_(
        "Une ligne par client, le plus urgent en haut. Après un appel ou une relance, remplir les colonnes jaunes : "
        "action, date, personne jointe, prochain appel, promesse.")),
    (N_("Pièces"), N_(
        "Une ligne par facture échue : promesse sur cette facture, litige (motif, date, montant, qui le suit), "
        "contentieux engagé.")),
    (N_("Promesses"), N_(
        "Toutes les promesses reçues et ce qu’elles sont devenues. Rompue une fois : appeler le jour même ; deux "
        "fois : passer à l’étape suivante.")),
    (N_("Nos engagements"), N_(
        "Duplicata, avoir, réponse, livraison promis au client : qui, pour quand, tenu quand. En retard, ils "
        "suspendent la relance.")),
    (N_("Contacts"), N_(
        "Qui joindre chez le client, et qui ne pas contacter. Des faits, aucun jugement sur les personnes.")),
    (N_("Actions"), N_(
        "Le journal de tout ce qui a été fait ; on y ajoute des lignes, on n’en efface pas.")),
    (N_("Retour"), N_(
        "Renvoyer ce fichier : il est relu avec les autres documents. Trier, filtrer et ajouter des lignes est "
        "permis ; ne pas renommer les colonnes ni effacer celles qui sont masquées. Une ligne dont une date ou un "
        "choix n’est pas compris est rejetée et listée avec son motif.")),
)


def write_follow_up(results: "AuditResults", folder: Path, *, parameters: "Parameters",
                    language: str = "fr") -> list[Path]:
    """Write ``suivi_<segment>.xlsx`` for each segment that has something overdue and may be dunned.

    Parameters
    ----------
    results : AuditResults
    folder : Path
    parameters : Parameters
        ``collection.follow_up_by`` says what the segments are.
    language : {"fr", "en"}

    Returns
    -------
    list of Path
        The files written; the same results give the same bytes.
    """
    written = []
    names: set[str] = set()
    for segment in segments_to_follow(results, rules=parameters.collection, language=language):
        name = _file_name(segment_title(segment.code, parameters=parameters, language=language), names)
        path = folder / name
        path.write_bytes(workbook_of(segment, results, parameters=parameters, language=language))
        written.append(path)
    return written


def segment_title(code: str, *, parameters: "Parameters", language: str = "fr") -> str:
    """Name a segment as a reader says it."""
    if parameters.collection.follow_up_by == "kind":
        return kind_title(code, language=language)
    return code or Formats(language=language).gettext("Sans affectation")


def _file_name(title: str, taken: set[str]) -> str:
    """Make a file name of a segment's title: plain letters, and a number where two would be alike."""
    plain = unicodedata.normalize("NFKD", title)
    plain = "".join(one for one in plain if not unicodedata.combining(one)).lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "segment"
    number = next(n for n in range(1, len(taken) + 2) if (f"{stem}_{n}" if n > 1 else stem) not in taken)
    name = f"{stem}_{number}" if number > 1 else stem
    taken.add(name)
    return f"suivi_{name}.xlsx"


def workbook_of(segment: Segment, results: "AuditResults", *, parameters: "Parameters", language: str = "fr") -> bytes:
    """Return the content of one segment's workbook; amounts in the client's currency, VAT included."""
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    _ = formats.gettext
    title = segment_title(segment.code, parameters=parameters, language=language)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = f"{parameters.title} {title} {results.summary['as_of_date']}"
    workbook.properties.creator = "auditlib"
    add_styles(workbook, language=language)
    heading = [_("{client} – {segment} – situation au {date} – montants en {currency}, TTC").format(
        client=parameters.title, segment=title, date=formats.short_date(results.summary["as_of_date"]),
        currency=results.summary.get("currency") or _("plusieurs devises"))]
    cached: dict[int, Cached] = {1: write_sheet(
        workbook, _guide(segment, formats), heading=heading, total_label=_("Total"))}
    workbook.worksheets[0].auto_filter.ref = None
    sheets = open_sheets(segment, formats)
    places = write_lists(workbook, choice_lists(segment, formats), formats)
    for number, sheet in enumerate(sheets, start=3):
        cached[number] = write_open_sheet(workbook, sheet, heading=heading, places=places, formats=formats)
    workbook.active = 2
    content = io.BytesIO()
    workbook.save(content)
    return seal(content.getvalue(), values=cached, day=parameters.as_of_date)


def _guide(segment: Segment, formats: Formats) -> Sheet:
    """How the workbook is used, and what is in it by urgency."""
    _ = formats.gettext
    rows = [(_(name), _(text)) for name, text in GUIDE]
    for rank, name in enumerate(URGENCIES, start=1):
        here = segment.debtors[segment.debtors["urgency"] == rank]
        held = _("Clients : {customers} ; à réclamer : {amount}").format(
            customers=formats.count(len(here)), amount=formats.cents(int(here["claim_cents"].sum())))
        rows.append((_("Urgence : {urgency}").format(urgency=_(name)), held))
    return Sheet(_("Mode d’emploi"), [
        Column(_("Feuille"), [name for name, _text in rows], "text", 22),
        Column(_("À quoi elle sert"), [text for _name, text in rows], "wrapped", 110)], portrait=False)
