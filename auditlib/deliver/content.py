"""The report as it will be read: composed once from the results, then printed alike on screen and on paper."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from auditlib.deliver import (
    sections_forecast,
    sections_interview,
    sections_law,
    sections_payers,
    sections_risk,
    sections_segments,
)
from auditlib.deliver.adjustments_shown import adjustments_section
from auditlib.deliver.assumed_terms import assumed_terms
from auditlib.deliver.bridge_shown import bridge_section
from auditlib.deliver.definitions import definition
from auditlib.deliver.labels import status
from auditlib.deliver.parts import Section
from auditlib.deliver.scope import Scope, report_scope
from auditlib.deliver.sections_advice import findings, indicators
from auditlib.deliver.sections_calls import calls_section
from auditlib.deliver.sections_currencies import currencies
from auditlib.deliver.sections_flow import dso, recovery
from auditlib.deliver.sections_plan import plan_sections
from auditlib.deliver.sections_procedure import procedure_sections
from auditlib.deliver.sections_reliability import reliability
from auditlib.deliver.sections_stock import ageing, concentration, evolution
from auditlib.deliver.typesetting import spaced
from auditlib.findings import audit_findings
from auditlib.formats import Formats
from auditlib.procedure import collection_procedure

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults
    from auditlib.parameters import Parameters

__all__ = ["Headline", "Report", "printed", "report_content"]

SECTIONS: tuple[Callable[["AuditResults", Formats], Section | None], ...] = (
    ageing, adjustments_section, assumed_terms, currencies, *sections_segments.SECTIONS, evolution, dso,
    bridge_section, recovery, *sections_payers.SECTIONS, *sections_forecast.SECTIONS, concentration,
    *sections_risk.SECTIONS, *sections_law.SECTIONS, reliability, findings, *sections_interview.SECTIONS,
)
"""In the order they are read; each gives nothing where the documents do not allow it. The plan, the calls, the
procedure and the annex of indicators follow."""
HEADLINES_SHOWN = 6
FINDINGS_SHOWN = 5


@dataclass(frozen=True)
class Headline:
    """One figure of the opening page: label, value, and what it is beside."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class Report:
    """The whole report.

    Attributes
    ----------
    title, client, as_of, status, language : str
    is_draft : bool
        True until someone has reviewed it.
    scope : Scope
    headlines : tuple of Headline
    highlights : tuple of str
        The first findings.
    sections : tuple of Section
    words : dict of str to str
        Fixed words of the layout, in the reader's language.
    """

    title: str
    client: str
    as_of: str
    status: str
    language: str
    is_draft: bool
    scope: Scope
    headlines: tuple[Headline, ...]
    highlights: tuple[str, ...]
    sections: tuple[Section, ...]
    words: dict[str, str]


def report_content(
    results: "AuditResults",
    *,
    parameters: "Parameters",
    language: str = "fr",
    documents: Sequence[tuple[str, str, bool]] = (),
    extracted_on: dt.date | None = None,
) -> Report:
    """Compose the report.

    Parameters
    ----------
    results : AuditResults
    parameters : Parameters
    language : {"fr", "en"}
    documents : sequence of (kind, state, is_received)
        What the document register says (`auditlib.deliver.document_rows.scope_rows`); empty: what the files read tell.
    extracted_on : date, optional
        Day the client extracted the files, where it is known.
    """
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""),
                      thousands=parameters.amounts_in == "thousands")
    procedure = collection_procedure(results, rules=parameters.collection, language=language)
    sections = [*(build(results, formats) for build in SECTIONS),
                *plan_sections(results, formats, rules=parameters.collection),
                calls_section(results, formats, parameters=parameters), *procedure_sections(procedure, formats),
                indicators(results, formats)]
    found = audit_findings(results, language=language)
    return Report(
        title=formats.gettext("Audit flash du poste clients"),
        client=parameters.title,
        as_of=formats.date(results.summary["as_of_date"]),
        status=status(parameters, language=language),
        language=language,
        is_draft=not parameters.reviewed_by,
        scope=report_scope(results, parameters, formats, documents=documents, extracted_on=extracted_on),
        headlines=_headlines(results, formats),
        highlights=tuple(found["sentence"].head(FINDINGS_SHOWN)),
        sections=tuple(section for section in sections if section is not None),
        words=_words(formats),
    )


def printed(report: Report) -> dict[str, Any]:
    """Return the report as plain values for a template, with the spaces its language wants."""
    content = asdict(report)
    return {key: spaced(value) for key, value in content.items()} if report.language == "fr" else content


def _headlines(results: "AuditResults", formats: Formats) -> tuple[Headline, ...]:
    """Return the opening figures; one that is not available gives its reason instead of a nil."""
    _, stock, entries = formats.gettext, results.summary["receivable"], results.summary["indicators"]
    shown = [
        Headline(
            _("Encours clients"),
            formats.amount(stock.get("total")),
            _("{customers} clients, {items} postes ouverts").format(
                customers=formats.count(stock.get("customers")), items=formats.count(stock.get("open_items"))
            ),
        ),
        Headline(_("Échu net"), formats.amount(stock.get("net_overdue")), _("après crédits non affectés")),
    ]
    notes = {
        "overdue_rate": _("de l’encours brut daté"),
        "dso": _("ventes TTC de la fenêtre"),
        "dso_count_back": _("en remontant les mois de ventes"),
        "recovery_rate_3m": _("cohortes mûres"),
        "recovery_rate_1m": _("cohortes mûres"),
        "overdue_rate_90": _("de l’encours brut daté"),
        "concentration_top5": _("des soldes débiteurs"),
    }
    if entries.get("overdue_rate_net", {}).get("note"):  # unallocated credits are large: the net rate leads
        notes = {"overdue_rate_net": ""} | notes
    known = sorted((name for name in notes if name in entries), key=lambda name: entries[name]["value"] is None)
    shown += [
        Headline(
            _short_label(name, formats),
            formats.measure(entries[name]["value"], entries[name]["unit"]),
            formats.stored(entries[name]["reason"] or entries[name].get("note")) or notes[name],
        )
        for name in known
    ]
    return tuple(shown[:HEADLINES_SHOWN])


def _short_label(name: str, formats: Formats) -> str:
    return "DSO" if name == "dso" else definition(name, language=formats.language).label


def _words(formats: Formats) -> dict[str, str]:
    _ = formats.gettext
    return {
        "as_of": _("Situation au"),
        "question": _("La question"),
        "meaning": _("Ce que cela signifie"),
        "action": _("Ce qu’il faut faire"),
        "scope": _("Périmètre et limites"),
        "documents": _("Documents demandés"),
        "contents": _("Sommaire"),
        "highlights": _("Premiers constats"),
        "key_figures": _("Chiffres clés"),
        "page": _("page"),
        "draft": _("PROJET"),
        "document": _("Document"),
        "state": _("État"),
    }
