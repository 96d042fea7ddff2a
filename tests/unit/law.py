"""Hand-worked claims for tests of the law: one customer "A", a business in France unless said."""

import datetime as dt
from typing import Any

import pandas as pd

from auditlib import schemas
from auditlib.indicators import AuditResults, compute
from auditlib.parameters import Method, Parameters
from tests.unit.intakes import customers_of, intake_of
from tests.unit.ledgers import movements

__all__ = ["audit_law", "insolvency", "invoice", "receipt", "value"]


def invoice(posted: str, due: str, euros: float, ref: str = "F1", **more: Any) -> dict[str, Any]:
    return {"kind": "invoice", "posting_date": posted, "due_date": due, "amount_cents": round(euros * 100),
            "document_ref": ref, "matching_code": ref, "customer_id": "A"} | more


def receipt(posted: str, euros: float, ref: str = "F1", **more: Any) -> dict[str, Any]:
    return {"kind": "receipt", "posting_date": posted, "amount_cents": -round(euros * 100), "matching_code": ref,
            "customer_id": "A"} | more


def audit_law(
    *rows: dict[str, Any], as_of: str = "2025-12-31", types: dict[str, str] | None = None,
    zones: dict[str, str] | None = None, legal: dict[str, Any] | None = None, source: Any = None,
    reviews: dict[str, Any] | None = None, **intake: Any,
) -> AuditResults:
    """Audit rows under given types and zones of their customers."""
    items = movements(*rows)
    names = sorted(items["customer_id"].astype("str").unique())
    people = customers_of(*names, customer_type=[(types or {}).get(name, "B2B") for name in names],
                          zone=[(zones or {}).get(name, "FR") for name in names])
    more = {"source": source} if source else {}
    parameters = Parameters(client="acme", as_of_date=dt.date.fromisoformat(as_of), documents=["."],
                            method=Method(matching="codes"), legal=legal or {}, reviews=reviews or {},
                            **more)
    return compute(intake_of(items, **({"customers": people} | intake)), parameters=parameters,
                   as_of_date=parameters.as_of_date)


def insolvency(judged: str | None, *, declared: str | None = None, customer: str = "A") -> pd.DataFrame:
    return schemas.validate(pd.DataFrame({
        "customer_id": [customer], "procedure": ["RJ"], "judgment_date": [pd.Timestamp(judged) if judged else pd.NaT],
        "publication_date": [pd.NaT],
        "claim_declared_on": [pd.Timestamp(declared) if declared else pd.NaT]}), schemas.INSOLVENCIES)


def value(results: AuditResults, name: str) -> float:
    entry = results.summary["indicators"][name]
    assert entry["reason"] is None, entry["reason"]
    return float(entry["value"])
