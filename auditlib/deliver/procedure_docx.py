"""The collection procedure as a document the client edits and adopts: roles, flowcharts, scenarios, what changes."""

from pathlib import Path
from typing import TYPE_CHECKING

import typst

from auditlib.deliver.definitions import definition
from auditlib.deliver.labels import status
from auditlib.deliver.paper import Paper
from auditlib.deliver.parts import Chart, Table, table
from auditlib.deliver.procedure_parts import (
    actions_table,
    changes_table,
    duties_table,
    flow_chart,
    kind_flow_chart,
    stakes_table,
    steps_table,
)

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.formats import Formats
    from auditlib.parameters import Parameters
    from auditlib.procedure import Procedure, Treatment

__all__ = ["procedure_docx", "write_procedure"]

FILE_NAME = "procedure_recouvrement.docx"
ACTIONS_SHOWN = 20
BLANK = "……………………"
PIXELS_PER_INCH = 144
"""Of a chart 720 points wide: 220 dots an inch once it is as wide as the page's text."""
FOLLOWED = ("overdue_rate_net", "overdue_rate_90", "dso", "recovery_rate_1m", "recovery_rate_3m")
"""What tells whether the procedure works, with where the client stands today."""


def write_procedure(procedure: "Procedure", path: Path, *, results: "AuditResults", parameters: "Parameters",
                    formats: "Formats") -> Path:
    """Write ``procedure_recouvrement.docx``."""
    path.write_bytes(procedure_docx(procedure, results=results, parameters=parameters, formats=formats))
    return path


def procedure_docx(procedure: "Procedure", *, results: "AuditResults", parameters: "Parameters",
                   formats: "Formats") -> bytes:
    """Return the procedure as a Word document, the same bytes for the same content.

    Parameters
    ----------
    procedure : Procedure
    results : AuditResults
        For the figures the procedure will be followed by.
    parameters : Parameters
        Who the client is, who prepared this and whether it was reviewed.
    formats : Formats
    """
    paper, _ = Paper(formats), formats.gettext
    _open(paper, procedure, results=results, parameters=parameters, formats=formats)
    paper.heading(_("Règles qui valent pour tous"))
    paper.bullet(_("On ne réclame que l’échu net : ce qui reste dû une fois les règlements et avoirs affectés."))
    for stop in procedure.stops:
        paper.bullet(stop.sentence)
    if procedure.treatments:
        paper.heading(_("Le déroulement"), on_new_page=True)
        chart = flow_chart(procedure, formats)
        paper.picture(_picture(chart), chart.title)
        paper.paragraph(chart.sentence)
    paper.heading(_("Ce qui est à faire, par qui, et ce qui change"))
    for part in (duties_table(procedure, formats), actions_table(procedure, formats, shown=ACTIONS_SHOWN),
                 stakes_table(procedure, formats), changes_table(procedure, formats)):
        paper.table(part)
    for treatment in procedure.treatments:
        _scenario(paper, treatment, formats)
    paper.heading(_("Suivi de la procédure"))
    paper.table(_followed(results, formats))
    paper.paragraph(_("Revue chaque mois en comité de recouvrement ; procédure révisée chaque année et à chaque "
                      "changement d’organisation ou de loi."))
    return paper.content(day=parameters.as_of_date)


def _open(paper: Paper, procedure: "Procedure", *, results: "AuditResults", parameters: "Parameters",
          formats: "Formats") -> None:
    """Write the title, what is at stake, and the box by which the client adopts the procedure."""
    _ = formats.gettext
    title = _("Procédure de recouvrement amiable")
    core = paper.document.core_properties
    core.title, core.author, core.comments = f"{parameters.title} – {title}", parameters.prepared_by, ""
    paper.title(title, [parameters.title, _("Situation au {date} ; {status}").format(
        date=formats.date(results.summary["as_of_date"]), status=status(parameters, language=formats.language))])
    paper.paragraph(procedure.sentence, bold=True)
    paper.table(table([_("Adoption"), _("Nom, date, signature")], "ll", [
        (_("Rédigée par"), parameters.prepared_by or BLANK), (_("Relue par"), parameters.reviewed_by or BLANK),
        (_("Adoptée par (nom, fonction)"), BLANK), (_("Date et signature"), BLANK), (_("Prochaine révision"), BLANK)]))


def _scenario(paper: Paper, treatment: "Treatment", formats: "Formats") -> None:
    """Write how one kind of debtor is followed."""
    _, scenario = formats.gettext, treatment.scenario
    paper.heading(scenario.title, on_new_page=True)
    paper.paragraph(treatment.sentence, bold=True)
    if treatment.pace:
        paper.paragraph(treatment.pace)
    paper.paragraph(f"{scenario.method} {scenario.dunning_sentence}")
    paper.paragraph(_("Débiteurs concernés : {grounds}.").format(grounds=formats.listed(
        f"{reason} ({formats.count(count)})" for reason, count in treatment.grounds)))
    chart = kind_flow_chart(treatment, formats)
    paper.picture(_picture(chart), chart.title, share=0.88)
    paper.table(steps_table(treatment, formats))
    for title, said in ((_("Escalade"), scenario.escalation), (_("Vigilance juridique"), scenario.cautions)):
        paper.paragraph(title, bold=True)
        for sentence in said:
            paper.bullet(sentence)


def _picture(chart: Chart) -> bytes:
    """Turn a chart into a PNG by typst, with the fonts it carries: the same picture on every machine."""
    page = '#set page(width: 720pt, height: auto, margin: 0pt)\n#image("chart.svg", width: 100%)'
    drawn: bytes = typst.compile(  # type: ignore[call-overload]  # it takes files by name, its stubs do not say so
        {"main.typ": page.encode(), "chart.svg": chart.svg.encode()}, format="png", ppi=PIXELS_PER_INCH,
        ignore_system_fonts=True)
    return drawn


def _followed(results: "AuditResults", formats: "Formats") -> Table:
    """Say where the client stands today on what the procedure should move, and leave room for the aim."""
    _, entries = formats.gettext, results.summary["indicators"]
    rows = [(definition(name, language=formats.language).label, formats.measure(
        entries[name]["value"], entries[name]["unit"]) if entries[name]["value"] is not None
        else formats.stored(entries[name]["reason"]), BLANK) for name in FOLLOWED if name in entries]
    return table([_("Indicateur"), _("Aujourd’hui"), _("Objectif à douze mois")], "lll", rows)
