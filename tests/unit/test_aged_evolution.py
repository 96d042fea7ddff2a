"""Several dated aged balances without a ledger: an evolution of what they print, and nothing they do not."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from auditlib import schemas
from auditlib.audit_results import AuditResults
from auditlib.call_history import histories
from auditlib.deliver.content import report_content
from auditlib.deliver.html import report_html
from auditlib.deliver.workbook import workbook_bytes
from auditlib.formats import Formats
from auditlib.present.shown import CHARTS
from auditlib.present.slices import Slices
from auditlib.run.stored import read_results, write_results
from tests.unit.intakes import T, aged_balance, audit, customers_of, intake_of
from tests.unit.results_fixture import parameters

MAY, OCTOBER = dt.date(2025, 5, 31), dt.date(2025, 10, 15)
BOTH = customers_of("A", "B", business_unit=["Nord", "Sud"])


def printed(day: dt.date, *, due: int, late: int, old: int) -> Any:
    """Return a balance: A not due, B overdue by up to 30 days and beyond 90, and an advance of 10.00."""
    return aged_balance(
        ("A", "not_due", np.nan, 0, due), ("B", "1-30", 1, 30, late), ("B", "31-90", 31, 90, 0),
        ("B", ">90", 91, np.nan, old), ("A", "unallocated_credits", np.nan, np.nan, -10_00), as_of_date=day)


def audited(*sources: Any) -> AuditResults:
    return audit(intake_of(
        schemas.empty(schemas.MOVEMENTS), basis="aged_balance", second_sources=sources, customers=BOTH))


@pytest.fixture(scope="module")
def results() -> AuditResults:
    return audited(printed(T, due=500_00, late=300_00, old=200_00), printed(OCTOBER, due=400_00, late=0, old=100_00),
                   printed(MAY, due=100_00, late=0, old=0))


def test_each_printed_date_is_a_point(results: AuditResults) -> None:
    points = results.summary["evolution"]
    assert [(point["month_end"], point["receivable"], point["gross"], point["overdue"]) for point in points] == [
        ("2025-05-31", 90.0, 100.0, 0.0), ("2025-10-15", 490.0, 500.0, 100.0), ("2025-12-31", 990.0, 1000.0, 500.0)]
    last = points[-1]
    assert last["ageing"] == {
        "not_due": 500.0, "1-30": 300.0, "31-90": 0.0, ">90": 200.0, "no_due_date": 0.0, "age_unknown": 0.0,
        "unallocated_credits": -10.0}
    assert last["ageing_shares"]["1-30"] == pytest.approx(300 / 990)
    # 500 / 1000 overdue, 200 / 1000 beyond 30 and 90 days; 31-90 is nil, so that 60 days cut nothing
    assert [last[f"overdue_rate{days}"] for days in ("", "_30", "_60", "_90")] == [0.5, 0.2, 0.2, 0.2]


def test_what_balances_do_not_say_is_not_available_with_its_reason(results: AuditResults) -> None:
    assert {point[name] for point in results.summary["evolution"] for name in ("dso", "recovery_rate_1m")} == {None}
    assert "ni le DSO" in results.summary["evolution_reason"]
    assert "balance âgée" in results.summary["indicators"]["dso"]["reason"]
    assert CHARTS["dso_evolution"].arrange(results, Formats()) is None
    figure = CHARTS["evolution"].arrange(results, Formats())
    assert figure is not None
    assert figure.labels == ("31/05/2025", "15/10/2025", "31/12/2025")


def test_a_rate_whose_limit_falls_inside_a_bucket_is_not_given() -> None:
    halves = [aged_balance(("A", "not_due", np.nan, 0, 100), ("A", "1-45", 1, 45, 60), ("A", ">45", 46, np.nan, 40),
                           as_of_date=day) for day in (T, MAY)]
    point = audited(*halves).summary["evolution"][0]
    assert (point["overdue_rate"], point["overdue_rate_30"], point["overdue_rate_60"]) == (0.5, None, None)


def test_balances_of_different_buckets_meet_in_those_they_share() -> None:
    coarse = aged_balance(("A", "not_due", np.nan, 0, 100), ("A", "1-30", 1, 30, 7), ("A", ">30", 31, np.nan, 20),
                          as_of_date=MAY)
    fine = aged_balance(("A", "1-15", 1, 15, 1), ("A", "16-30", 16, 30, 2), ("A", "31-60", 31, 60, 4),
                        ("A", ">60", 61, np.nan, 8), as_of_date=T)
    first, last = audited(fine, coarse).summary["evolution"]
    assert [first["ageing"][name] for name in ("not_due", "1-30", ">30")] == [1.0, 0.07, 0.20]
    assert [last["ageing"][name] for name in ("not_due", "1-30", ">30")] == [0.0, 0.03, 0.12]


def test_one_balance_and_one_after_the_date_are_no_evolution() -> None:
    after = printed(dt.date(2026, 1, 31), due=1, late=1, old=1)
    results = audited(printed(T, due=500_00, late=0, old=0), after)
    assert results.summary["evolution"] == []
    assert "balance âgée seule" in results.summary["evolution_reason"]


def test_the_dashboard_filters_each_point(results: AuditResults) -> None:
    south = Slices(results).history({"business_unit": "Sud"})
    assert south["receivable_cents"].tolist() == [0, 100_00, 500_00]
    assert south["dso"].isna().all()


def test_report_workbook_and_files_take_it(results: AuditResults, tmp_path: Path) -> None:
    page = report_html(report_content(results, parameters=parameters()))
    assert "La situation s’améliore-t-elle" in page and "ni le DSO" in page
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(results, parameters=parameters())))
    rows = [row for row in book["Évolution"].iter_rows(values_only=True) if isinstance(row[0], dt.datetime)]
    assert [row[1] for row in rows] == [90, 490, 990]
    write_results(tmp_path, results)
    kept = read_results(tmp_path)
    pd.testing.assert_frame_equal(kept.evolution, results.evolution)
    assert set(histories(kept, ["A", "B"], Formats())) == {"A", "B"}
