"""Hand-made ledgers for the audit tests: one test run on a few rows."""

import datetime as dt
from typing import Any, NamedTuple

import pandas as pd

from auditlib.control_chapter import control_chapter
from auditlib.customer_table import customer_table
from auditlib.evidence import Evidence
from auditlib.history import no_history
from auditlib.ledger import build_ledger
from auditlib.parameters import Economics, Method, Parameters
from auditlib.settings import TestRules
from tests.unit.intakes import T, customers_of, intake_of
from tests.unit.ledgers import movements

__all__ = ["Outcome", "chapter", "invoice", "note", "receipt", "run"]


class Outcome(NamedTuple):
    """One test: its row of the programme, and its exceptions."""

    test: dict[Any, Any]
    rows: pd.DataFrame

    @property
    def at_stake(self) -> list[tuple[str, int]]:
        """Reference and amount in cents of each exception that puts something at stake."""
        shown = self.rows[self.rows["amount_cents"] != 0]
        return list(zip(shown["document_ref"], shown["amount_cents"].tolist(), strict=True))


def invoice(ref: str, day: str, cents: int, *, due: str = "2025-12-31", **more: Any) -> dict[str, Any]:
    """Return an invoice of customer A, posted on its own day, in the sales journal."""
    return {"customer_id": "A", "kind": "invoice", "document_ref": ref, "posting_date": pd.Timestamp(day),
            "due_date": pd.Timestamp(due), "amount_cents": cents, "account": "411000", "journal": "VE",
            "label": f"Facture {ref}", **more}


def note(ref: str, day: str, cents: int, **more: Any) -> dict[str, Any]:
    """Return a credit note; the amount is negative."""
    return {**invoice(ref, day, cents), "kind": "credit_note", "label": f"Avoir {ref}", "due_date": pd.NaT, **more}


def receipt(day: str, cents: int, **more: Any) -> dict[str, Any]:
    """Return a receipt; the amount is negative."""
    return {"customer_id": "A", "kind": "receipt", "posting_date": pd.Timestamp(day), "amount_cents": cents,
            "account": "411000", "journal": "BQ", "label": "Virement", **more}


def chapter(
    *rows: dict[str, Any], as_of_date: dt.date = T, rules: TestRules | None = None, client_name: str = "",
    method: dict[str, Any] | None = None, vat_rate: float | None = 0.20, frame: pd.DataFrame | None = None,
    names: dict[str, str] | None = None, columns: dict[str, list[Any]] | None = None,
    known: dict[str, pd.DataFrame] | None = None, **intake: Any,
) -> dict[str, pd.DataFrame]:
    """Run the chapter on a few rows; codes alone match unless said, so that nothing else is set against anything."""
    items = movements(*rows) if frame is None else frame
    if names is not None:
        intake["customers"] = customers_of(*names, **(columns or {})).assign(name=list(names.values()))
    given = intake_of(items, **intake)
    choices = Method(**({"matching": "codes"} | (method or {})))
    parameters = Parameters(
        client="acme", client_name=client_name, as_of_date=as_of_date, documents=["."], tests=rules or TestRules(),
        economics=Economics(vat_rate=vat_rate), method=choices)
    ledger = build_ledger(items, as_of_date=as_of_date, method=choices, replayable=given.basis == "ledger")
    evidence = Evidence(given, parameters, as_of_date, ledger)
    history = no_history("", buckets=choices.buckets)
    return control_chapter(
        evidence, history=history, customers=customer_table(evidence), known=known or {}).tables


def run(code: str, *rows: dict[str, Any], **options: Any) -> Outcome:
    """Run one test on a few rows; counts and amounts are checked against the rows."""
    tables = chapter(*rows, **options)
    test = tables["tests"].set_index("test", drop=False).loc[code].to_dict()
    own = tables["test_rows"][tables["test_rows"]["test"] == code].reset_index(drop=True)
    assert test["rows"] == len(own)
    assert test["amount_cents"] == sum(own["amount_cents"].tolist())
    assert (test["status"] == "exception") == bool(len(own))
    return Outcome(test, own)
