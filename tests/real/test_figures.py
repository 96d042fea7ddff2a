"""Figures of real files, worked out independently from the raw files, to the cent through the public interface.

The files stay outside the project: `AUDITLIB_REAL_DATA`, or `shared/data` beside the checkout.
"""

import datetime as dt
import os
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditlib.indicators import AuditResults, compute
from auditlib.loaders.intake import Intake, load_documents
from auditlib.parameters import Method, NonDisclosure, Parameters

DATA = Path(os.environ.get("AUDITLIB_REAL_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
IBM, FEC, HIGHRADIUS, AGED = "ibm-late-payment", "fec-small-pipe", "highradius-open-usd", "aged-balance-with-formulas"

pytestmark = pytest.mark.skipif(
    not all((DATA / name).is_dir() for name in (IBM, FEC, HIGHRADIUS, AGED)),
    reason="the real files are not here: set AUDITLIB_REAL_DATA to their folder",
)


@cache
def audited(name: str, day: dt.date) -> tuple[Intake, AuditResults]:
    method = Method(default_terms="30 days") if name == FEC else Method()
    parameters = Parameters(
        client="real",
        as_of_date=day,
        documents=[str(DATA / name)],
        method=method,
        nda=NonDisclosure(allow_unsigned=True),
        source=Path("real.yaml"),
    )
    intake = load_documents(parameters, as_of_date=day)
    return intake, compute(intake, parameters=parameters, as_of_date=day)


def ageing(results: AuditResults) -> dict[str, tuple[int, float]]:
    """Return items and amount of each bucket that holds any."""
    return {row["bucket"]: (row["items"], row["amount"]) for row in results.summary["ageing"] if row["items"]}


def stated(results: AuditResults) -> dict[str, Any]:
    content: dict[str, Any] = results.summary["receivable"]
    return content


def invoices_paid(intake: Intake) -> pd.DataFrame:
    """Return each invoice of a list beside its settlement: they share the source row."""
    listed = intake.movements.assign(kind=intake.movements["kind"].astype("str"))
    invoices = listed[listed["kind"] == "invoice"].set_index("source_row")
    return invoices.assign(settled=listed[listed["kind"] == "receipt"].set_index("source_row")["posting_date"])


# --- invoice list with settlement dates


@pytest.mark.parametrize(
    ("day", "total", "buckets", "invoiced"),
    [
        (dt.date(2012, 12, 31), (99, 5725.06), {"not_due": (86, 4936.32), "1-30": (13, 788.74)}, (1277, 7606407)),
        (dt.date(2013, 6, 30), (84, 5119.85), {"not_due": (72, 4284.29), "1-30": (12, 835.56)}, (1930, 11544459)),
    ],
)
def test_ibm_states(
    day: dt.date,
    total: tuple[int, float],
    buckets: dict[str, tuple[int, float]],
    invoiced: tuple[int, int],
) -> None:
    intake, results = audited(IBM, day)
    assert (stated(results)["open_items"], stated(results)["total"]) == total
    assert stated(results)["gross"] == total[1]
    assert ageing(results) == buckets
    known = invoices_paid(intake)
    known = known[known["posting_date"] <= pd.Timestamp(day)]
    assert (len(known), known["amount_cents"].sum()) == invoiced


def test_ibm_customers_at_the_end_of_2012() -> None:
    _, results = audited(IBM, dt.date(2012, 12, 31))
    assert stated(results)["customers"] == 61
    largest = results.customers.nlargest(3, "receivable_cents")
    assert dict(zip(largest["customer_id"], largest["receivable_cents"], strict=True)) == {
        "4640-FGEJI": 23638,
        "5573-KSOIA": 23029,
        "7841-HROAQ": 21201,
    }


def test_ibm_population() -> None:
    intake, results = audited(IBM, dt.date(2014, 1, 31))  # the last settlement is of 09/01/2014
    paid = invoices_paid(intake)
    assert (len(paid), paid["amount_cents"].sum(), intake.movements["customer_id"].nunique()) == (2466, 14770318, 100)
    assert stated(results)["total"] == 0
    assert paid["posting_date"].min() == pd.Timestamp(2012, 1, 3)
    assert paid["settled"].notna().all()
    (row,) = results.summary["intake"]
    assert row["rows_read"] == row["rows_loaded"] + row["rows_skipped"] + row["rows_rejected"]
    assert (row["rows_loaded"], row["rows_rejected"], row["debit"]) == (2466, 0, 147703.18)
    assert (len(intake.disputes), intake.disputes["amount_cents"].sum()) == (561, 3674612)


def test_ibm_lateness() -> None:
    paid = invoices_paid(audited(IBM, dt.date(2014, 1, 31))[0])
    late, amount = (paid["settled"] - paid["due_date"]).dt.days, paid["amount_cents"]
    assert ((late > 0).sum(), amount[late > 0].sum()) == (877, 5396078)
    assert round(100 * (late > 0).mean(), 2) == 35.56
    assert round(100 * amount[late > 0].sum() / amount.sum(), 2) == 36.53
    assert round(late.mean(), 4) == -3.5552
    assert round((amount * late.clip(lower=0)).sum() / amount.sum(), 4) == 3.5711


# --- French entries file


def test_fec_population() -> None:
    intake, results = audited(FEC, dt.date(2023, 7, 31))
    assert len(intake.movements) == 151
    by_customer = intake.movements.groupby("customer_id", observed=True)["amount_cents"].sum()
    signs = [(by_customer > 0).sum(), (by_customer < 0).sum(), (by_customer == 0).sum()]
    assert (signs, by_customer.sum()) == ([18, 1, 15], 1441652)
    assert (by_customer[by_customer > 0].sum(), by_customer[by_customer < 0].sum()) == (1447255, -5603)
    (row,) = results.summary["intake"]
    assert row["rows_read"] == row["rows_loaded"] + row["rows_skipped"] + row["rows_rejected"]
    assert (row["rows_loaded"], row["rows_rejected"]) == (151, 0)


def test_fec_letter_groups() -> None:
    intake, results = audited(FEC, dt.date(2023, 7, 31))
    coded = intake.movements[intake.movements["matching_code"] != ""]
    groups = coded.groupby(["customer_id", "matching_code"], observed=True)["amount_cents"].sum()
    assert (groups == 0).all()
    assert (len(groups), len(intake.movements) - len(coded)) == (45, 34)
    assert stated(results)["open_items"] == 34


def test_fec_keeps_exact_twins_and_questions_its_name() -> None:
    intake, results = audited(FEC, dt.date(2023, 7, 31))
    own = ["movement_id", "source_row"]
    # Three lines of 837.94 are the same in every column: two are twins of the first, and all are real.
    assert intake.movements.drop(columns=own).astype("str").duplicated().sum() == 2
    named = results.findings["finding"].astype("str")
    twins = results.findings[named == "twins_kept"]
    assert (twins["rows"].tolist(), twins["amount_cents"].tolist()) == ([2], [167588])
    assert "file_name_date_differs" in set(named)


def test_fec_state_at_its_end() -> None:
    _, results = audited(FEC, dt.date(2023, 7, 31))
    # Over 90 days: 5 lines of 819.54, one of them a lump opening of 74.71.
    assert ageing(results) == {
        "1-30": (19, 7268.06),
        "31-60": (5, 6719.53),
        "61-90": (1, 93.41),
        ">90": (4, 744.83),
        "age_unknown": (1, 74.71),
        "unallocated_credits": (4, -484.02),
    }
    credit = results.open_items[results.open_items["residual_cents"] < 0]
    in_debit = (
        results.customers.set_index("customer_id")["receivable_cents"].loc[credit["customer_id"].astype("str")] > 0
    )
    by_side = credit["residual_cents"].groupby(in_debit.to_numpy()).sum()
    assert by_side.to_dict() == {True: -42799, False: -5603}
    assert (stated(results)["total"], stated(results)["gross"]) == (14416.52, 14900.54)


def test_fec_state_at_the_end_of_april() -> None:
    _, results = audited(FEC, dt.date(2023, 4, 30))
    assert (stated(results)["total"], stated(results)["open_items"]) == (19226.29, 42)
    assert (stated(results)["age_unknown"], stated(results)["unallocated_credits"]) == (1784.94, -56.03)
    assert "61-90" not in ageing(results)


def test_fec_gross_at_the_end_of_january() -> None:
    _, results = audited(FEC, dt.date(2023, 1, 31))
    assert stated(results)["gross"] == 15339.97


@pytest.mark.parametrize(("day", "total"), [("2023-01-31", None), ("2023-04-30", 19226.29), ("2023-07-31", 14416.52)])
def test_fec_replay_gives_what_an_audit_of_that_day_gives(day: str, total: float | None) -> None:
    _, last = audited(FEC, dt.date(2023, 7, 31))
    (point,) = [point for point in last.summary["evolution"] if point["month_end"] == day]
    _, then = audited(FEC, dt.date.fromisoformat(day))
    assert (point["receivable"], point["gross"]) == (stated(then)["total"], stated(then)["gross"])
    assert point["ageing"] == {row["bucket"]: row["amount"] for row in then.summary["ageing"]}
    assert total is None or point["receivable"] == total


# --- open items


def test_highradius_by_due_date() -> None:
    _, results = audited(HIGHRADIUS, dt.date(2020, 5, 31))
    assert ageing(results) == {
        "not_due": (108, 1553224.51),
        "1-30": (2813, 86563679.16),
        "31-60": (4392, 147655853.21),
        "61-90": (2356, 74358460.38),
        ">90": (12, 296642.08),
    }
    assert stated(results)["total"] == 310427859.34
    # Rounded only at the end the total is 310,427,858.97: the loader says what rounding each row adds.
    assert "amounts_rounded" in set(results.findings["finding"].astype("str"))


def test_highradius_customers() -> None:
    intake, results = audited(HIGHRADIUS, dt.date(2020, 5, 31))
    assert (len(intake.movements), stated(results)["customers"], intake.currency) == (9681, 553, "USD")
    assert round(100 * results.summary["indicators"]["concentration_top5"]["value"], 2) == 34.12
    (first,) = results.customers.nlargest(1, "receivable_cents").itertuples()
    assert (first.customer_id, first.receivable_cents) == ("200769623", 5751659714)
    before = results.findings[results.findings["finding"].astype("str") == "due_before_document"]
    assert before["rows"].tolist() == [27]


def test_highradius_has_no_flow_and_no_replay() -> None:
    _, results = audited(HIGHRADIUS, dt.date(2020, 5, 31))
    assert results.summary["evolution"] == []
    for name in ("dso", "dso_count_back", "recovery_rate_1m", "weighted_days_to_pay", "dilution_rate"):
        entry = results.summary["indicators"][name]
        assert entry["value"] is None
        assert entry["reason"]


# --- report with formulas


def test_aged_balance_with_formulas() -> None:
    _, results = audited(AGED, dt.date(2026, 7, 16))
    amounts = {row["bucket"]: row["amount"] for row in results.summary["ageing"] if row["amount"]}
    assert amounts == {"not_due": 3052025, "31-60": 112795, ">90": 4505330}
    assert (stated(results)["total"], stated(results)["open_items"], stated(results)["customers"]) == (7670150, 26, 20)
    assert results.summary["currency"] == "ILS"


def test_aged_balance_and_detail_agree() -> None:
    _, results = audited(AGED, dt.date(2026, 7, 16))
    tied = results.summary["reconciliation"]
    assert (tied["ties"], tied["second_source"], tied["second_source_total"], tied["difference"]) == (
        True,
        "aged_balance",
        7670150,
        0,
    )
    assert results.differences.empty


def test_real_twins_are_shown_as_possible_duplicates_with_caution() -> None:
    """Rows 73 and 80 of the file are exact twins and both are real (README of the data); row 183 repeats row 103."""
    _, results = audited(FEC, dt.date(2023, 7, 31))
    rows = results.test_rows[results.test_rows["test"] == "duplicate_invoices"]
    assert rows["source_row"].tolist() == [103, 183, 73, 80]
    assert rows["amount_cents"].tolist() == [0, 295_94, 0, 111_42]
    test = results.tests.set_index("test").loc["duplicate_invoices"]
    assert test["severity"] == "warning"
    assert "légitimes" in test["sentence"]
