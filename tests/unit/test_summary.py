"""What `indicators.json` may hold."""

import datetime as dt
import math

import pytest
from jsonschema import ValidationError

from auditlib.indicators import AuditResults
from auditlib.results import Indicator
from auditlib.summary import check, indicator_entry
from tests.unit.intakes import audit, intake_of, random_movements


@pytest.fixture(scope="module")
def results() -> AuditResults:
    return audit(intake_of(random_movements(invoices=60)))


def test_a_missing_or_unknown_key_is_refused(results: AuditResults) -> None:
    with pytest.raises(ValidationError, match="receivable"):
        check({key: value for key, value in results.summary.items() if key != "receivable"})
    with pytest.raises(ValidationError, match="extra"):
        check(results.summary | {"extra": 1})


def test_nan_is_refused(results: AuditResults) -> None:
    with pytest.raises(ValueError, match="JSON"):
        check(results.summary | {"cohorts": [{"due": math.nan}]})


def test_a_null_without_reason_is_refused(results: AuditResults) -> None:
    entry = results.summary["indicators"]["dso"] | {"value": None, "reason": None}
    with pytest.raises(ValidationError):
        check(results.summary | {"indicators": {"dso": entry}})


def test_amounts_have_two_decimals_and_dates_are_iso() -> None:
    entry = indicator_entry(Indicator(12.345, "amount", window_start=dt.date(2025, 1, 1), basis_cents=1_234_56))
    assert (entry["value"], entry["window_start"], entry["basis_amount"]) == (12.35, "2025-01-01", 1_234.56)
    assert indicator_entry(Indicator(12.345, "days"))["value"] == 12.345
