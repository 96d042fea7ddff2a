"""Pages set by typst from a template and data, without a browser: the same bytes for the same content."""

import datetime as dt
import json
from importlib import resources
from typing import Any

import typst

from auditlib.formats import typographic

__all__ = ["spaced", "typeset"]


def typeset(template: str, content: dict[str, Any], *, as_of_date: dt.date) -> bytes:
    """Return a PDF file.

    The template reads its content as data (``report.json``), never as markup: a client's name cannot change the layout.

    Parameters
    ----------
    template : str
        File of ``deliver/templates``.
    content : dict
        Plain values.
    as_of_date : date
        Written as the document's date.
    """
    layout = (resources.files("auditlib.deliver") / "templates" / template).read_bytes()
    moment = dt.datetime.combine(as_of_date, dt.time(), tzinfo=dt.UTC)
    files = {"main.typ": layout, "report.json": json.dumps(content, ensure_ascii=False).encode()}
    pdf: bytes = typst.compile(  # type: ignore[call-overload]  # it takes files by name, its stubs do not say so
        files, ignore_system_fonts=True, timestamp=int(moment.timestamp())
    )
    return pdf


def spaced(part: object) -> object:
    """Put the spaces of French typography in every text of plain values; drawings stay as they are."""
    if isinstance(part, str):
        return part if part.startswith("<svg") else typographic(part)
    if isinstance(part, dict):
        return {key: spaced(value) for key, value in part.items()}
    return [spaced(value) for value in part] if isinstance(part, list | tuple) else part
