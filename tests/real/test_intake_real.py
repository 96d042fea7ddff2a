"""The loaders on real files, against figures computed apart with plain Python (shared/data/README.md)."""

import datetime as dt
import os
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from auditlib.loaders.inspection import inspect_files
from auditlib.loaders.intake import Intake, load_documents
from auditlib.parameters import Method, Parameters

DATA = Path(os.environ.get("AUDITLIB_REAL_DATA", Path(__file__).parents[3] / "shared" / "data"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no real files in {DATA}; set AUDITLIB_REAL_DATA")


@lru_cache
def loaded(folder: str, day: str, default_terms: str = "") -> Intake:
    as_of_date = dt.date.fromisoformat(day)
    given = Parameters(
        client="real", as_of_date=as_of_date, documents=[str(DATA / folder)], method=Method(default_terms=default_terms)
    )
    return load_documents(given, as_of_date=as_of_date)


@pytest.mark.parametrize(("folder", "day"), [
    ("fec-small-pipe", "2023-07-31"), ("ibm-late-payment", "2012-12-31"), ("highradius-open-usd", "2020-05-31"),
    ("aged-balance-with-formulas", "2026-07-16"),
])
def test_every_row_read_is_accounted_for(folder: str, day: str) -> None:
    intake = loaded(folder, day)
    counts = intake.intake
    assert (counts["rows_read"] == counts["rows_loaded"] + counts["rows_skipped"] + counts["rows_rejected"]).all()
    assert counts["rows_rejected"].sum() == 0
    assert intake.rejected["count"].sum() == counts["rows_skipped"].sum()
    assert set(intake.movements["customer_id"].astype("str")) <= set(intake.customers["customer_id"])


def test_the_fec_gives_its_411_lines() -> None:
    intake = loaded("fec-small-pipe", "2023-07-31", "30 days")
    movements = intake.movements
    assert (intake.basis, intake.currency) == ("ledger", "EUR")
    assert len(movements) == 151
    assert movements["customer_id"].nunique() == 34
    assert movements["amount_cents"].sum() == 1_441_652
    balances = movements.groupby("customer_id", observed=True)["amount_cents"].sum()
    assert ((balances > 0).sum(), (balances < 0).sum(), (balances == 0).sum()) == (18, 1, 15)
    assert balances[balances < 0].sum() == -5_603
    codes = (
        movements[movements["matching_code"] != ""]
        .groupby(["customer_id", "matching_code"], observed=True)["amount_cents"]
        .sum()
    )
    assert len(codes) == 45
    assert (codes == 0).all()
    assert (movements["matching_code"] == "").sum() == 34
    assert movements.loc[movements["posting_date"] <= "2023-04-30", "amount_cents"].sum() == 1_922_629


def test_the_fec_s_kinds_come_from_the_other_accounts() -> None:
    movements = loaded("fec-small-pipe", "2023-07-31", "30 days").movements
    assert not movements["kind_inferred"].any()
    # journals of the 411 lines, counted with awk: VE 88 (3 of them credits), AN 14, C1 34 and CIC 12 receipts,
    # OD 3 of one cent against 678 and 778
    assert movements["kind"].astype("str").value_counts().to_dict() == {
        "invoice": 85, "receipt": 46, "opening": 14, "credit_note": 3, "rounding": 3}


def test_the_fec_s_due_dates_follow_the_default_terms_and_spare_lump_openings() -> None:
    movements = loaded("fec-small-pipe", "2023-07-31", "30 days").movements
    dated = movements[movements["due_date"].notna()]
    assert (dated["due_date"] - dated["document_date"] == pd.Timedelta(days=30)).all()
    assert set(movements.loc[movements["kind"] == "opening", "due_date_origin"]) == {"none"}


def test_the_fec_s_name_that_announces_another_year_is_a_finding() -> None:
    findings = loaded("fec-small-pipe", "2023-07-31", "30 days").findings
    assert {"file_name_date_differs", "twins_kept", "lump_openings"} <= set(findings["finding"].astype("str"))


def test_the_invoice_list_gives_an_invoice_and_its_settlement() -> None:
    intake = loaded("ibm-late-payment", "2012-12-31")
    movements = intake.movements
    assert intake.basis == "invoice_list"
    invoices = movements[movements["kind"] == "invoice"]
    assert (len(invoices), invoices["amount_cents"].sum()) == (2466, 14_770_318)
    assert movements["amount_cents"].sum() == 0
    assert intake.customers["customer_id"].str.match(r"^\d{4}-").all()  # leading zeros kept
    posted = movements[movements["posting_date"] <= "2012-12-31"]
    assert posted["amount_cents"].sum() == 572_506
    billed = posted[posted["kind"] == "invoice"]
    assert (len(billed), billed["amount_cents"].sum()) == (1277, 7_606_407)
    disputed = invoices[invoices["movement_id"].isin(intake.disputes["movement_id"])]
    assert (len(disputed), disputed["amount_cents"].sum()) == (561, 3_674_612)


def test_the_open_items_are_rounded_half_up_row_by_row() -> None:
    intake = loaded("highradius-open-usd", "2020-05-31")
    assert (intake.basis, intake.currency, len(intake.movements), len(intake.customers)) == (
        "open_items",
        "USD",
        9681,
        553,
    )
    assert intake.movements["amount_cents"].sum() == 31_042_785_934
    found = intake.findings.set_index(intake.findings["finding"].astype("str"))
    assert found.loc["due_before_document", "rows"] == 27
    assert "jusqu'à 11" in str(found.loc["customer_names_vary", "sentence"])


def test_the_detail_sheet_gives_items_and_the_summary_ties() -> None:
    intake = loaded("aged-balance-with-formulas", "2026-07-16")
    assert (intake.basis, intake.currency) == ("open_items", "ILS")
    assert (len(intake.movements), intake.movements["amount_cents"].sum()) == (26, 767_015_000)
    (second,) = intake.second_sources
    assert (second.kind, second.as_of_date) == ("aged_balance", dt.date(2026, 7, 16))
    totals = second.balances.groupby("bucket", observed=True)["amount_cents"].sum().to_dict()
    assert totals == {
        "not_due": 305_202_500,
        "1-30": 0,
        "31-60": 11_279_500,
        "61-90": 0,
        ">90": 450_533_000,
        "total": 767_015_000,
    }
    assert set(second.balances["customer_id"]) == set(intake.customers["customer_id"])
    assert intake.register["total_cents"].tolist() == [767_015_000]


def test_inspection_reports_each_sheet() -> None:
    (path,) = (DATA / "aged-balance-with-formulas").glob("*.xlsx")
    summary, detail = (report.to_dict() for report in inspect_files([path]))
    assert (summary["kind"], detail["kind"]) == ("aged_balance", "open_items")
    assert summary["header_row"] == 5
    assert summary["balance"] == detail["balance"] == 7_670_150.0
    for report in (summary, detail):
        assert sum(report["classes"].values()) == report["rows_read"]


def test_a_second_load_from_the_cache_gives_the_same_tables(tmp_path: Path) -> None:
    day = dt.date(2023, 7, 31)
    given = Parameters(client="real", as_of_date=day, documents=[str(DATA / "fec-small-pipe")])
    first, again = (load_documents(given, as_of_date=day, cache_dir=tmp_path / ".cache") for _ in range(2))
    for name in (
        "movements",
        "customers",
        "intake",
        "rejected",
        "findings",
        "register",
        "disputes",
        "deposits",
        "outside",
    ):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(again, name), check_categorical=False)
    assert (first.history_start, first.basis, first.second_sources) == (
        again.history_start,
        again.basis,
        again.second_sources,
    )
