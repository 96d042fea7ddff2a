"""A hand-worked ledger and corrections of it, as the auditor's workbook would give them."""

import datetime as dt
from typing import Any

import pandas as pd

from auditlib import schemas
from auditlib.indicators import AuditResults, compute
from auditlib.loaders.intake import Intake
from auditlib.parameters import Method, Parameters
from tests.unit.intakes import T, customers_of, intake_of
from tests.unit.ledgers import movements

__all__ = ["CASE", "audited", "case", "corrections", "targeting"]

CASE: tuple[dict[str, Any], ...] = (
    {"customer_id": "A", "kind": "invoice", "posting_date": "2025-01-10", "due_date": "2025-02-09",
     "document_ref": "F1", "amount_cents": 1_200_00},
    {"customer_id": "A", "kind": "receipt", "posting_date": "2025-11-01", "document_ref": "R1",
     "amount_cents": -1_200_00},
    {"customer_id": "A", "kind": "invoice", "posting_date": "2025-11-15", "due_date": "2025-12-15",
     "document_ref": "F2", "amount_cents": 600_00},
    {"customer_id": "B", "kind": "invoice", "posting_date": "2025-12-01", "due_date": "2026-01-31",
     "document_ref": "F3", "amount_cents": 500_00},
    {"customer_id": "B", "kind": "receipt", "posting_date": "2025-12-20", "document_ref": "R2",
     "amount_cents": -300_00},
    {"customer_id": "B", "kind": "invoice", "posting_date": "2025-06-01", "due_date": "2025-07-01",
     "document_ref": "F4", "amount_cents": 90_00, "matching_code": "AA"},
    {"customer_id": "B", "kind": "receipt", "posting_date": "2025-07-01", "document_ref": "R4",
     "amount_cents": -90_00, "matching_code": "AA"})
"""Rows 2 to 8 of ``gl.xlsx``, sheet ``GL``. By codes alone: gross 2 300, overdue 1 800 (F1 and F2), not due 500,
loose credits 1 500; receivable and ledger balance 800."""


def case(*rows: dict[str, Any], **changes: Any) -> Intake:
    """Return the documents of the case, or of other rows."""
    place = {"source_file": "gl.xlsx", "source_sheet": "GL"}
    items = movements(*({"currency": "EUR"} | row | place for row in rows or CASE))
    return intake_of(items, customers=customers_of("A", "B"), **changes)


def targeting(intake: Intake, reference: str, change: str, new_value: str = "", **others: Any) -> dict[str, Any]:
    """Return a correction of the item with a reference, as copied from the list of items."""
    items = intake.movements
    item = items[items["document_ref"] == reference].iloc[0]
    copied = {name: item[name] for name in ("source_file", "source_sheet", "source_row", "customer_id",
                                            "document_ref", "due_date", "amount_cents")}
    return copied | {"change": change, "new_value": new_value} | others


def corrections(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return rows as ADJUSTMENTS: with a reason, an author and a day, unless said."""
    defaults: dict[str, Any] = {
        "source_file": "", "source_sheet": "", "source_row": 0, "customer_id": "", "document_ref": "",
        "due_date": pd.NaT, "amount_cents": 0, "new_value": "", "reason": "Vu avec le client", "author": "C. Aubry",
        "decided_on": pd.Timestamp("2026-01-12"), "status": "read", "why": "", "old_value": ""}
    listed = [{"sheet_row": number} | defaults | row for number, row in enumerate(rows, start=5)]
    frame = pd.DataFrame(listed, columns=list(schemas.ADJUSTMENTS.columns))
    for name in ("due_date", "decided_on"):
        frame[name] = pd.to_datetime(frame[name])
    return schemas.validate(frame, schemas.ADJUSTMENTS)


def audited(intake: Intake, *rows: dict[str, Any], as_of_date: dt.date = T, **method: Any) -> AuditResults:
    """Compute the main figures with corrections; the client's codes alone decide unless said."""
    parameters = Parameters(client="acme", as_of_date=as_of_date, documents=["."],
                            method=Method(**({"matching": "codes"} | method)))
    return compute(intake, parameters=parameters, as_of_date=as_of_date, chapters=False,
                   adjustments=corrections(*rows))
