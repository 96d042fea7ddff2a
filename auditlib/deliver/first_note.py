"""The first-analysis note: two pages on what came, whether sources tie, what is owed, what strikes, and what to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from auditlib.answers import answers_of
from auditlib.deliver import svg
from auditlib.deliver.call_proposal import deadline_sentence, slot_words
from auditlib.deliver.document_rows import state_words
from auditlib.deliver.labels import label, status, tie_status
from auditlib.deliver.parts import chart
from auditlib.deliver.sections_stock import ageing_rows
from auditlib.deliver.typesetting import spaced, typeset
from auditlib.finding_codes import REVIEW_CODES, TEST_CODES
from auditlib.interview_questions import QUESTIONS
from auditlib.present import figures
from auditlib.texts import N_
from auditlib.working_papers import finding_title, working_papers

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from auditlib.audit_results import AuditResults
    from auditlib.document_states import DocumentState
    from auditlib.first_call import FirstCall
    from auditlib.formats import Formats
    from auditlib.parameters import Parameters

__all__ = ["FILE_NAME", "FirstNote", "first_note", "note_content", "note_pdf", "write_note"]

FILE_NAME = "note_premiere_analyse.pdf"
RISKS_SHOWN, QUALITY_SHOWN, QUESTIONS_SHOWN, LATE_SHOWN = 8, 6, 7, 5
FIGURES = frozenset((
    "overdue_over_90_days", "overdue_concentration", "unallocated_credits", "insolvent_customers",
    "insolvency_unchecked", "currency_revaluation", "currencies_converted"))
"""Findings of the figures and of the debtors, that are no audit test."""
DATA_TESTS = frozenset((
    "missing_due_dates", "same_identity", "broken_lettering", "partial_lettering", "wrong_signs"))
"""Audit tests of the data themselves."""
RISKS = (frozenset(TEST_CODES) - DATA_TESTS) | frozenset(REVIEW_CODES) | FIGURES
"""All other findings are of the data."""
ASKED_BY = {
    "unallocated_receipts": "causes.credits", "old_credit_notes": "causes.credits",
    "unallocated_credits": "causes.credits", "credit_balance_customers": "causes.credits",
    "partial_lettering": "systems.cash", "broken_lettering": "systems.cash", "low_lettering_coverage": "systems.cash",
    "no_lettering": "systems.cash", "dispute_without_code": "causes.disputes", "no_reminder": "systems.steps",
    "missing_due_dates": "business.terms", "due_at_issue": "business.terms", "terms_over_cap": "business.terms",
    "due_dates_inferred": "business.terms", "insolvent_debtors": "failures.declaration",
    "claims_not_declared": "failures.declaration", "provision_shortfall": "failures.provision",
    "doubtful_coverage": "failures.provision", "prescription_near": "causes.oldest",
    "overdue_over_90_days": "causes.oldest", "subsequent_cash": "causes.oldest",
    "receivable_concentration": "failures.dependence", "overdue_concentration": "causes.top",
    "overdue_commitments": "causes.own", "late_posting": "causes.own", "rebilled_credit_notes": "causes.recurring",
}
"""The question of the interview that each finding calls for."""
ALWAYS = ("causes.top", "systems.who", "systems.cash", "causes.credits", "business.terms", "causes.disputes",
          "causes.constraints")
"""Asked in any case, while there is room."""
WORDS = {
    "title": N_("Note de première analyse"), "client": N_("Société auditée"), "as_of": N_("Situation au"),
    "page": N_("page"), "documents": N_("Ce qui est reçu, ce qui manque"),
    "sources": N_("Les sources disent-elles la même chose ?"), "stock": N_("L’encours et son ancienneté"),
    "late": N_("Les plus gros retards"), "risks": N_("Ce qui frappe d’abord"),
    "quality": N_("La qualité des données"), "questions": N_("À demander pendant l’appel"), "next": N_("La suite"),
    "nothing": N_("Rien à signaler."),
}


@dataclass(frozen=True)
class FirstNote:
    """The note's texts, already written out, in the order they are read.

    Attributes
    ----------
    client, as_of, status : str
    documents : tuple of (title, state, is_settled)
    to_place : str
        The files nobody placed, "" for none.
    sources : tuple of str
        Sentences.
    figures : tuple of (label, value, note)
    ageing, late : tuple of tuple of str
        Rows under their titles; the last row of the ageing is its total.
    chart : str
        The ageing as SVG, "" where no total can be given.
    risks, quality : tuple of (title, sentence, action, is_serious)
        The title is "" where a finding has no name.
    questions, next : tuple of str
    """

    client: str
    as_of: str
    status: str
    documents: tuple[tuple[str, str, bool], ...]
    to_place: str
    sources: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    ageing: tuple[tuple[str, ...], ...]
    chart: str
    late: tuple[tuple[str, ...], ...]
    risks: tuple[tuple[str, str, str, bool], ...]
    quality: tuple[tuple[str, str, str, bool], ...]
    questions: tuple[str, ...]
    next: tuple[str, ...]


def first_note(
    results: "AuditResults", states: "Sequence[DocumentState]", call: "FirstCall", *, to_place: Sequence[str],
    parameters: "Parameters", formats: "Formats",
) -> FirstNote:
    """Compose the note.

    Parameters
    ----------
    results : AuditResults
    states : sequence of DocumentState
    call : FirstCall
    to_place : sequence of str
        Names of the files whose kind is not known.
    parameters : Parameters
    formats : Formats
    """
    papers = working_papers(results, language=formats.language)
    papers = papers[papers["status"] != "lifted"]
    is_risk = papers["finding"].isin(RISKS)
    risks, quality = papers[is_risk].head(RISKS_SHOWN), papers[~is_risk].head(QUALITY_SHOWN)
    return FirstNote(
        parameters.title, formats.date(results.summary["as_of_date"]), status(parameters, language=formats.language),
        tuple((formats.gettext(one.title), state_words(one, formats), not one.is_missing) for one in states),
        ", ".join(to_place), _sources(results, formats), _figures(results, formats), _ageing(results, formats),
        _chart(results, formats), _late(results.customers, formats), _said(risks, formats), _said(quality, formats),
        _questions([*risks["finding"], *quality["finding"]], results, formats), _next(call, states, formats))


def note_content(note: FirstNote, formats: "Formats") -> dict[str, Any]:
    """Return what the template prints, as plain values."""
    _ = formats.gettext
    content = {
        **vars(note), "language": formats.language, "words": {code: _(word) for code, word in WORDS.items()},
        "unplaced": _("À classer : {files}.").format(files=note.to_place) if note.to_place else "",
    }
    return cast("dict[str, Any]", spaced(content)) if formats.language == "fr" else content


def note_pdf(note: FirstNote, formats: "Formats", *, as_of_date: "dt.date") -> bytes:
    """Return the note as a PDF file of two pages."""
    return typeset("note.typ", note_content(note, formats), as_of_date=as_of_date)


def write_note(note: FirstNote, path: Path, *, formats: "Formats", as_of_date: "dt.date") -> Path:
    """Write ``note_premiere_analyse.pdf``."""
    path.write_bytes(note_pdf(note, formats, as_of_date=as_of_date))
    return path


def _sources(results: "AuditResults", formats: "Formats") -> tuple[str, ...]:
    """Say whether the sources tie, by how much each does not, and what became of the rows read."""
    _, intake = formats.gettext, results.intake
    read = {name: formats.count(intake[f"rows_{name}"].sum()) for name in ("read", "loaded", "skipped", "rejected")}
    said = [_("Grand livre et seconde source : {status}.").format(
        status=tie_status(results.summary, language=formats.language))]
    said += [_("{source} : {total}, écart avec le grand livre {difference}.").format(
        source=label(row["source"], language=formats.language), total=formats.cents(row["total_cents"]),
        difference=formats.cents(row["difference_cents"])) for row in results.tie_out.to_dict("records")]
    rows = _(
        "Lignes lues : {read} ; retenues : {loaded} ; écartées avec leur motif : {skipped} ; rejetées : {rejected}.")
    return (*said, rows.format(**read))


def _figures(results: "AuditResults", formats: "Formats") -> tuple[tuple[str, str, str], ...]:
    _, stock, entries = formats.gettext, results.summary["receivable"], results.summary["indicators"]
    nothing = formats.stored(stock.get("reason"))
    amounts = ((_("Encours clients"), "total"), (_("Échu"), "overdue"), (_("Échu net"), "net_overdue"))
    rates = ((_("Taux d’échu"), "overdue_rate"), (_("DSO"), "dso"))
    return (
        *((title, formats.amount(stock.get(name)), nothing) for title, name in amounts),
        *((title, formats.measure(entries[name]["value"], entries[name]["unit"]),
           formats.stored(entries[name]["reason"] or entries[name].get("note")))
          for title, name in rates if name in entries))


def _ageing(results: "AuditResults", formats: "Formats") -> tuple[tuple[str, ...], ...]:
    _ = formats.gettext
    if not results.summary["ageing"] or results.summary["receivable"].get("total") is None:
        return ()
    return ((_("Tranche"), _("Montant"), _("Part de l’encours"), _("Pièces")), *ageing_rows(results.summary, formats))


def _chart(results: "AuditResults", formats: "Formats") -> str:
    rows = results.summary["ageing"] if results.summary["receivable"].get("total") is not None else []
    return chart(svg.bars, figures.ageing(rows, formats), formats).svg if rows else ""


def _late(customers: "pd.DataFrame", formats: "Formats") -> tuple[tuple[str, ...], ...]:
    """List the customers with the largest net overdue."""
    _, late = formats.gettext, customers[customers["net_overdue_cents"] > 0]
    first = late.sort_values("net_overdue_cents", ascending=False, kind="stable").head(LATE_SHOWN)
    rows = [(str(row["name"]) or str(row["customer_id"]), formats.cents(row["net_overdue_cents"]),
             formats.late_days(row["oldest_days_overdue"])) for row in first.to_dict("records")]
    return ((_("Client"), _("Échu net"), _("Plus ancien (jours)")), *rows) if rows else ()


def _said(papers: "pd.DataFrame", formats: "Formats") -> tuple[tuple[str, str, str, bool], ...]:
    return tuple((_title(row["finding"], formats), str(row["sentence"]), str(row["action"]),
                  row["severity"] == "serious") for row in papers.to_dict("records"))


def _title(finding: str, formats: "Formats") -> str:
    title = finding_title(finding, language=formats.language)
    return "" if title == finding.replace("_", " ") else title


def _questions(findings: Sequence[str], results: "AuditResults", formats: "Formats") -> tuple[str, ...]:
    """Choose the questions that the findings call for, then the usual ones; those answered already are left out."""
    said = answers_of(results.interview)
    keys = dict.fromkeys([*(ASKED_BY[code] for code in findings if code in ASKED_BY), *ALWAYS])
    return tuple(formats.gettext(QUESTIONS[key]) for key in keys if not said.said(key))[:QUESTIONS_SHOWN]


def _next(call: "FirstCall", states: "Sequence[DocumentState]", formats: "Formats") -> tuple[str, ...]:
    _, missing = formats.gettext, [formats.gettext(one.title) for one in states if one.is_missing]
    lines = [deadline_sentence(call, formats)]
    if call.slots:
        lines.append(_("Créneaux proposés : {slots}.").format(
            slots=formats.listed(slot_words(slot, formats) for slot in call.slots)))
    if missing:
        lines.append(_("Restent à recevoir : {documents}.").format(documents=formats.listed(missing)))
    return tuple(lines)
