"""Chapter of audit tests: every red flag, with its rows."""

import json
from collections.abc import Mapping

import pandas as pd

from auditlib.audit_programme import run_tests
from auditlib.chapter import Chapter
from auditlib.controls.found import Found, stacked
from auditlib.controls.sentences import conclusion, title
from auditlib.controls.wording import TESTS
from auditlib.evidence import Evidence
from auditlib.formats import Formats
from auditlib.history import History
from auditlib.settings import TestRules

__all__ = ["TEST_COLUMNS", "UNITS", "control_chapter"]

UNITS: dict[str, str] = {}
"""The tests give tables only."""
TEST_COLUMNS = {
    "test": "category", "title": "str", "objective": "category", "status": "category", "severity": "category",
    "population_rows": "int64", "population_cents": "int64", "rows": "int64", "amount_cents": "int64",
    "customers": "int64", "parameters": "str", "facts": "str", "reason": "str", "sentence": "str",
}
"""Columns of the table of tests. ``status`` is exception, clean or not_tested; ``severity`` is "" without exceptions;
``parameters`` and ``facts`` are JSON; ``reason`` and ``sentence`` are French."""


def control_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame,
                    known: Mapping[str, pd.DataFrame]) -> Chapter:
    """Run every audit test.

    Parameters
    ----------
    evidence : Evidence
    history : History
    customers : DataFrame
        `auditlib.customer_table.customer_table`.
    known : mapping of str to DataFrame
        Tables of the chapters before this one.

    Returns
    -------
    Chapter
        Tables ``tests``, one row a test in `TEST_COLUMNS`, and ``test_rows``, one row an exception: ``test``, then
        `auditlib.controls.found.ROW_COLUMNS`. Counts and amounts of a test are those of its rows. [cents, VAT
        included, unless the detail says net]

    References
    ----------
    DOMAIN.md E.
    """
    found = run_tests(evidence, customers=customers, known=known)
    gross, rules = evidence.gross_cents, evidence.parameters.tests
    formats = Formats(language="fr", currency=evidence.intake.currency)
    listed = [_row(code, result, gross=gross, rules=rules, formats=formats) for code, result in found.items()]
    return Chapter(tables={
        "tests": pd.DataFrame(listed).astype(TEST_COLUMNS),
        "test_rows": stacked({code: result.rows for code, result in found.items()})})


def _row(code: str, found: Found, *, gross: int, rules: TestRules, formats: Formats) -> dict[str, object]:
    rows, wording = found.rows, TESTS[code]
    amount = int(rows["amount_cents"].sum())
    status = "not_tested" if found.reason else "exception" if len(rows) else "clean"
    is_serious = wording.can_grow and abs(amount) >= rules.serious_share * gross > 0
    severity = "" if status != "exception" else "serious" if is_serious else wording.severity
    row = {
        "test": code, "objective": wording.objective, "status": status, "severity": severity,
        "population_rows": found.population_rows, "population_cents": found.population_cents, "rows": len(rows),
        "amount_cents": amount, "customers": int(rows.loc[rows["customer_id"] != "", "customer_id"].nunique()),
        "parameters": json.dumps(dict(found.parameters), ensure_ascii=False),
        "facts": json.dumps(dict(found.facts), ensure_ascii=False), "reason": found.reason}
    return {**row, "title": title(row, formats), "sentence": conclusion(row, formats)}
