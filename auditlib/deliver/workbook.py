"""The audit's workbook: typed, filtered, its totals as formulas that tie to the indicators."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl.workbook import Workbook

from auditlib.deliver import (
    workbook_forecast,
    workbook_interview,
    workbook_law,
    workbook_lists,
    workbook_measures,
    workbook_payers,
    workbook_risk,
    workbook_segments,
    workbook_sources,
    workbook_tests,
)
from auditlib.deliver.adjustments_shown import adjustments_sheet
from auditlib.deliver.assumed_terms import assumed_terms_sheet
from auditlib.deliver.bridge_shown import bridge_sheet
from auditlib.deliver.labels import status
from auditlib.deliver.sealing import seal
from auditlib.deliver.sheets import Sheet, add_styles, write_sheet
from auditlib.deliver.workbook_plan import plan_sheets
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults
    from auditlib.parameters import Parameters

__all__ = ["heading_lines", "workbook_bytes", "write_workbook"]

CHAPTERS = (adjustments_sheet, bridge_sheet, *workbook_segments.SHEETS, *workbook_payers.SHEETS,
            *workbook_forecast.SHEETS, *workbook_risk.SHEETS, *workbook_law.SHEETS, *workbook_interview.SHEETS)
"""Each gives nothing where the documents do not allow it."""


def write_workbook(results: "AuditResults", path: Path, *, parameters: "Parameters", language: str = "fr") -> Path:
    """Write ``audit.xlsx``.

    Parameters
    ----------
    results : AuditResults
    path : Path
        File to write.
    parameters : Parameters
    language : {"fr", "en"}

    Returns
    -------
    Path
        The file written; the same results give the same bytes.
    """
    path.write_bytes(workbook_bytes(results, parameters=parameters, language=language))
    return path


def workbook_bytes(results: "AuditResults", *, parameters: "Parameters", language: str = "fr") -> bytes:
    """Return the content of ``audit.xlsx``; amounts in the client's currency, VAT included."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = f"{parameters.title} {results.summary['as_of_date']}"
    workbook.properties.creator = "auditlib"
    add_styles(workbook, language=language)
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    heading = heading_lines(results, parameters=parameters, formats=formats)
    values = {
        number: write_sheet(workbook, sheet, heading=heading, total_label=formats.gettext("Total"))
        for number, sheet in enumerate(_sheets(results, parameters, formats), start=1)
    }
    _link_sheets(workbook)
    content = io.BytesIO()
    workbook.save(content)
    return seal(content.getvalue(), values=values, day=parameters.as_of_date)


def heading_lines(results: "AuditResults", *, parameters: "Parameters", formats: Formats) -> list[str]:
    """Return what every sheet prints under its title: client, date, status and method."""
    _, method = formats.gettext, parameters.method
    identity = _("{client} – situation au {date} – montants en {currency}, TTC – {status}").format(
        client=parameters.title,
        date=formats.short_date(results.summary["as_of_date"]),
        currency=results.summary.get("currency") or _("plusieurs devises"),
        status=status(parameters, language=formats.language),
    )
    basis = _("date d’échéance") if method.ageing_basis == "due_date" else _("date de facture")
    choices = _(
        "Tranches {buckets} jours sur {basis} – fenêtre {months} mois – rapprochement des règlements : {matching}"
    ).format(
        buckets=" / ".join(map(str, method.buckets)), basis=basis, months=method.window_months, matching=method.matching
    )
    return [identity, choices]


def _sheets(results: "AuditResults", parameters: "Parameters", formats: Formats) -> list[Sheet]:
    measures = [build(results, formats) for build in workbook_measures.SHEETS]
    if "assumed_terms" in results.summary:
        measures.append(assumed_terms_sheet(results, formats))
    measures += [sheet for build in CHAPTERS if (sheet := build(results, formats)) is not None]
    lists = plan_sheets(results, formats, rules=parameters.collection)
    lists += [build(results, formats) for build in workbook_lists.SHEETS]
    lists += [sheet for build in workbook_sources.SHEETS if (sheet := build(results, formats)) is not None]
    lists += [sheet for build in workbook_tests.SHEETS if (sheet := build(results, formats)) is not None]
    summary = workbook_measures.summary_sheet(
        results, parameters, formats, contents=[s.title for s in (*measures, *lists)]
    )
    return [summary, *measures, *lists, workbook_measures.parameters_sheet(parameters, formats)]


def _link_sheets(workbook: Workbook) -> None:
    """Make the contents of the first sheet lead to the others."""
    first = workbook.worksheets[0]
    titles = set(workbook.sheetnames)
    for row in first.iter_rows(min_col=2, max_col=2):
        if str(row[0].value) in titles:
            row[0].hyperlink = f"#'{row[0].value}'!A1"
            row[0].style = "audit link"
    first.auto_filter.ref = None
