"""The report for the screen: one HTML file that asks nothing of the network and runs no script."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from auditlib.deliver.content import Report, printed

__all__ = ["report_html", "write_html"]


@lru_cache
def _template() -> Template:
    """Return the report's template; everything but our own SVG is escaped."""
    return Environment(
        loader=PackageLoader("auditlib.deliver", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("report.html.j2")


def report_html(report: Report) -> str:
    """Return the report as a self-contained HTML page."""
    return _template().render(report=printed(report))


def write_html(report: Report, path: Path) -> Path:
    """Write ``report.html``."""
    path.write_text(report_html(report), encoding="utf-8")
    return path
