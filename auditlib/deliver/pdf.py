"""The report on paper: A4 by typst, without a browser, the same bytes for the same content."""

import datetime as dt
import json
from importlib import resources
from pathlib import Path

import typst

from auditlib.deliver.content import Report, printed

__all__ = ["report_pdf", "write_pdf"]


def report_pdf(report: Report, *, as_of_date: dt.date) -> bytes:
    """Return the report as a PDF file.

    The template reads the report as data, never as markup: a client's name cannot change the layout.

    Parameters
    ----------
    report : Report
    as_of_date : date
        Written as the document's date.
    """
    layout = (resources.files("auditlib.deliver") / "templates" / "report.typ").read_bytes()
    content = json.dumps(printed(report), ensure_ascii=False).encode()
    moment = dt.datetime.combine(as_of_date, dt.time(), tzinfo=dt.UTC)
    files = {"main.typ": layout, "report.json": content}
    pdf: bytes = typst.compile(  # type: ignore[call-overload]  # it takes files by name, its stubs do not say so
        files, ignore_system_fonts=True, timestamp=int(moment.timestamp())
    )
    return pdf


def write_pdf(report: Report, path: Path, *, as_of_date: dt.date) -> Path:
    """Write ``report.pdf``."""
    path.write_bytes(report_pdf(report, as_of_date=as_of_date))
    return path
