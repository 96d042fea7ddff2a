"""Small ledgers worked by hand: what a client sends, and every figure with its working in the README beside it."""

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from auditlib.findings import audit_findings
from auditlib.indicators import AuditResults, compute
from auditlib.ledger import build_ledger
from auditlib.loaders.intake import load_documents
from auditlib.parameters import NonDisclosure, Parameters

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = [
    (path.parent.name, day, stated)
    for path in sorted(GOLDEN.glob("*/expected.json"))
    for day, stated in json.loads(path.read_text(encoding="utf-8")).items()
]


def audited(case: str, day: dt.date) -> tuple[AuditResults, str]:
    """Return the audit of a case and the matching that `auto` applied."""
    files = [str(path) for path in sorted((GOLDEN / case).glob("*.csv"))]
    parameters = Parameters(
        client=case,
        as_of_date=day,
        documents=files,
        currency="EUR",
        nda=NonDisclosure(allow_unsigned=True),
        source=GOLDEN / "golden.yaml",
    )
    intake = load_documents(parameters, as_of_date=day)
    applied = build_ledger(intake.movements, as_of_date=day, method=parameters.method).matching.applied
    return compute(intake, parameters=parameters, as_of_date=day), applied


def figure(typed: str | float | None) -> Any:
    """Return a figure typed by hand: a number, a quotient, or null where it is not available."""
    return None if typed is None else pytest.approx(float(Fraction(typed)), rel=1e-9, abs=1e-9)


def amounts(rows: dict[str, Any]) -> dict[str, Any]:
    return {bucket: amount for bucket, amount in rows.items() if amount}


@pytest.mark.parametrize(("case", "day", "stated"), CASES, ids=[f"{case}-{day}" for case, day, _ in CASES])
def test_golden(case: str, day: str, stated: dict[str, Any]) -> None:
    results, applied = audited(case, dt.date.fromisoformat(day))
    summary = results.summary
    assert stated.get("matching", applied) == applied
    receivable = stated.get("receivable", {})
    assert {name: summary["receivable"][name] for name in receivable} == receivable
    if "ageing" in stated:
        assert amounts({row["bucket"]: row["amount"] for row in summary["ageing"]}) == stated["ageing"]
    values = {name: summary["indicators"][name]["value"] for name in stated.get("indicators", {})}
    assert values == {name: figure(typed) for name, typed in stated.get("indicators", {}).items()}
    unavailable = [name for name, value in values.items() if value is None]
    assert all(summary["indicators"][name]["reason"] for name in unavailable)
    findings = audit_findings(results)
    found = findings.assign(finding=findings["finding"].astype("str")).set_index("finding")["rows"]
    assert {name: found.get(name) for name in stated.get("findings", {})} == stated.get("findings", {})
    points = {point["month_end"]: point for point in summary["evolution"]}
    for month_end, expected in stated.get("evolution", {}).items():
        point = points[month_end] | {"ageing": amounts(points[month_end]["ageing"])}
        wanted = {name: value if name == "ageing" else figure(value) for name, value in expected.items()}
        assert {name: point[name] for name in wanted} == wanted, month_end
