"""Tables of what surrounds the figures: agreement, documents, interview, procedure, action plan."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.deliver.labels import label
from auditlib.deliver.scope import DOCUMENT_KINDS
from auditlib.formats import Formats, typographic
from auditlib.interview import interview_guide, running_order
from auditlib.present.markup import Cell, Column, Html, heading, join, shown, table
from auditlib.procedure import collection_steps, scenarios
from auditlib.self_assessment import self_assessment
from auditlib.working_days import working_day_after

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["action_plan", "contact_deadline", "documents_asked", "interview", "order_of_the_call", "procedure",
           "register", "said", "scale", "states", "treatments"]

PLAN_SHOWN = 30
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


def order_of_the_call(*, language: str = "fr") -> Html:
    """Return the subjects of the interview and the minutes each takes."""
    formats = Formats(language=language)
    _, order = formats.gettext, running_order(language=language)
    rows = [(subject, formats.count(minutes)) for minutes, subject in order]
    total = (_("Durée totale"), formats.count(sum(minutes for minutes, _subject in order)))
    return table((Column(_("Sujet"), "wide"), Column(_("Minutes"), "number")), rows, total=total)


def interview(results: "AuditResults", *, language: str = "fr") -> Html:
    """Return the guide of the interview: per topic, what the figures already say and what to ask."""
    topics = interview_guide(results, language=language)
    return join(Html(f"{heading(topic.title)}{_items(topic.facts)}{_items(topic.questions)}") for topic in topics)


def scale(scores: Mapping[str, int] | None = None, *, language: str = "fr") -> Html:
    """Return the self-assessment: each dimension with its questions and its score, if it has one."""
    _ = Formats(language=language).gettext
    columns = (Column(_("Dimension")), Column(_("Questions"), "wide"), Column(_("Note"), "number"),
               Column(_("Lecture")))
    printed = [(one.title, one.questions, "–" if one.score is None else str(one.score), one.reading)
               for one in self_assessment(scores, language=language)]
    return table(columns, printed)


def procedure(*, language: str = "fr") -> Html:
    """Return the steps of amicable collection, by days overdue."""
    formats = Formats(language=language)
    _ = formats.gettext
    columns = (Column(_("Jour"), "number"), Column(_("Étape")), Column(_("Canal")), Column(_("Responsable")),
               Column(_("Contenu"), "wide"))
    return table(columns, [
        (_("J{day}").format(day=f"{step.from_day:+d}"), step.name, step.channel, step.owner, step.content)
        for step in collection_steps(language=language)])


def treatments(results: "AuditResults", *, language: str = "fr") -> Html:
    """Return how each kind of debtor the client has is followed, and what is at stake there."""
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    _ = formats.gettext
    columns = (Column(_("Débiteurs")), Column(_("Clients"), "number"), Column(_("Échu net"), "number"),
               Column(_("Traitement"), "wide"))
    return table(columns, [
        (Cell(one.title, detail=one.sentence), formats.count(one.customers), formats.cents(one.net_overdue_cents),
         one.method) for one in scenarios(results, language=language)])


def action_plan(plan: pd.DataFrame, formats: Formats) -> Html:
    """Return the customers to act on (`auditlib.action_plan.action_plan`), the most urgent first."""
    _ = formats.gettext
    columns = (Column(_("Urgence"), "number"), Column(_("Client"), "wide"), Column(_("Échu net"), "number"),
               Column(_("À réclamer"), "number"), Column(_("Prochaine action"), "wide"), Column(_("Canal")),
               Column(_("Responsable")))
    printed = [
        (str(row["urgency"]), Cell(row["name"] or row["customer_id"], detail=row["rule"]),
         formats.cents(row["net_overdue_cents"]), formats.cents(row["claim_cents"]), row["next_step"], row["channel"],
         row["owner"])
        for row in plan.head(PLAN_SHOWN).to_dict("records")]
    hidden = len(plan) - PLAN_SHOWN
    note = _("et {count} autres clients, dans le classeur").format(count=formats.count(hidden)) if hidden > 0 else ""
    return table(columns, printed, empty=_("Aucun client à relancer."), note=note)


def _items(texts: tuple[str, ...]) -> Html:
    return Html(f"<ul>{join(Html(f'<li>{shown(text)}</li>') for text in texts)}</ul>" if texts else "")
