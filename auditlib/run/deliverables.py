"""What is handed over with a run: report on screen and on paper, workbook, letters."""

from auditlib.deliver.content import report_content
from auditlib.deliver.html import write_html
from auditlib.deliver.pdf import write_pdf
from auditlib.deliver.workbook import write_workbook
from auditlib.run.engagement import Engagement

__all__ = ["write_deliverables"]


def write_deliverables(audit: Engagement) -> None:
    """Write everything a run hands over into its folder."""
    if audit.run_dir is None:
        raise ValueError("a run has a folder")
    results, parameters, language = audit.results(), audit.parameters, audit.language
    report = report_content(results, parameters=parameters, language=language)
    write_html(report, audit.run_dir / "report.html")
    write_pdf(report, audit.run_dir / "report.pdf", as_of_date=audit.as_of_date)
    write_workbook(results, audit.run_dir / "audit.xlsx", parameters=parameters, language=language)
