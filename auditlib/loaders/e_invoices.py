"""The electronic invoices among the documents: the XML alone, or within a PDF (Factur-X, ZUGFeRD)."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from auditlib.loaders.e_invoice_xml import HEAD, UnreadableInvoiceError, invoice_fields, is_invoice
from auditlib.loaders.quality import finding
from auditlib.schemas import E_INVOICES, empty, validate

__all__ = ["is_xml_invoice", "read_e_invoices"]

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings would print what a client's file holds
BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError)
"""What reading a damaged or locked PDF raises."""


def is_xml_invoice(path: Path) -> bool:
    """Tell whether a file is the XML of an electronic invoice."""
    if path.suffix.lower() != ".xml":
        return False
    with path.open("rb") as content:
        return is_invoice(content.read(HEAD))


def read_e_invoices(paths: Iterable[Path]) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Read the electronic invoices among files; other files are left alone.

    Returns
    -------
    invoices : DataFrame
        `schemas.E_INVOICES`; amounts in cents, as printed.
    findings : list of DataFrame
        One for each that could not be read, which is then a document like any other.
    """
    rows, refused = [], []
    for path in paths:
        try:
            if (fields := _invoice_in(path)) is not None:
                rows.append({"file": path.name, **fields})
        except UnreadableInvoiceError as problem:
            refused.append(finding(
                "e_invoice_refused", "warning", f"{path.name} : facture électronique non lue : {problem}.", rows=1))
    if not rows:
        return empty(E_INVOICES), refused
    return validate(pd.DataFrame(rows), E_INVOICES), refused


def _invoice_in(path: Path) -> dict[str, Any] | None:
    """Return what the invoice of a file says, None where it holds none."""
    if is_xml_invoice(path):
        return {"container": "xml", **invoice_fields(path.read_bytes())}
    if path.suffix.lower() != ".pdf":
        return None
    content = _attached(path)
    return None if content is None else {"container": "pdf", **invoice_fields(content)}


def _attached(path: Path) -> bytes | None:
    """Return the invoice attached to a PDF; None for a PDF without one, damaged or locked: people read it."""
    try:
        for attached in PdfReader(path).attachment_list:
            if attached.name.lower().endswith(".xml") and is_invoice(attached.content):
                return bytes(attached.content)
    except BROKEN:
        return None
    return None
