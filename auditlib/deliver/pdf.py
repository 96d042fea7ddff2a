"""The report on paper: A4 by typst, without a browser, the same bytes for the same content."""

import datetime as dt
from pathlib import Path

from auditlib.deliver.content import Report, printed
from auditlib.deliver.typesetting import typeset

__all__ = ["report_pdf", "write_pdf"]


def report_pdf(report: Report, *, as_of_date: dt.date) -> bytes:
    """Return the report as a PDF file.

    Parameters
    ----------
    report : Report
    as_of_date : date
        Written as the document's date.
    """
    return typeset("report.typ", printed(report), as_of_date=as_of_date)


def write_pdf(report: Report, path: Path, *, as_of_date: dt.date) -> Path:
    """Write ``report.pdf``."""
    path.write_bytes(report_pdf(report, as_of_date=as_of_date))
    return path
