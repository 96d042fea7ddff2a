"""The real files, read: figures computed apart with plain Python (csv, Decimal), see the folder's README."""

import os
from pathlib import Path

import pytest

from auditlib.loaders.source import Source, read_sources

DATA = Path(os.environ.get("AUDITLIB_REAL_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no real files at {DATA.name}; set AUDITLIB_REAL_DATA")


def read(name: str) -> list[Source]:
    """Read a real file, and check that no row of it is lost."""
    sources = read_sources(DATA / name)
    for source in sources:
        assert source.rows_read == len(source.table) + source.skipped["count"].sum()
    return sources


def test_invoice_list_with_settlement_dates() -> None:
    (source,) = read("ibm-late-payment/WA_Fn-UseC_-Accounts-Receivable.csv")
    assert (source.kind, source.date_order, len(source.table)) == ("invoice_list", "month_first", 2466)
    assert source.table["customer_id"].nunique() == 100
    assert source.table["amount_cents"].sum() == 147_703_18
    assert source.table["document_ref"].iloc[0] == "0000611365"


def test_small_fec() -> None:
    (source,) = read("fec-small-pipe/111111111FEC20221231.TXT")
    assert (source.kind, len(source.entries), len(source.table)) == ("fec", 934, 151)
    assert source.entries["debit_cents"].sum() == source.entries["credit_cents"].sum() == 225_682_23
    assert source.table["customer_id"].nunique() == 34
    assert (source.table["debit_cents"] - source.table["credit_cents"]).sum() == 14_416_52


def test_open_items_with_an_index_column_and_three_decimals() -> None:
    (source,) = read("highradius-open-usd/nulldata.csv")
    assert (source.kind, source.date_order, source.currency, len(source.table)) == (
        "open_items",
        "day_first",
        "USD",
        9681,
    )
    assert source.table["customer_id"].nunique() == 553
    assert source.table["amount_cents"].sum() == 310_427_859_34
    rounding = source.findings.set_index("finding").loc["amounts_rounded"]
    assert rounding["amount_cents"] == 37  # 310,427,859.34 rounded row by row, less 310,427,858.97 exact


def test_aged_balance_and_its_detail() -> None:
    summary, detail = read("aged-balance-with-formulas/ar-aging-report.xlsx")
    assert (summary.kind, detail.kind) == ("aged_balance", "open_items")
    assert str(summary.title.as_of_date) == "2026-07-16"
    sums = {bucket.label: int(summary.table[bucket.role].sum()) for bucket in summary.buckets}
    assert sums == {"not_due": 3_052_025_00, "1-30": 0, "31-60": 112_795_00, "61-90": 0, ">90": 4_505_330_00}
    assert len(summary.table) == 20
    assert summary.printed_totals["balance_cents"].tolist() == [7_670_150_00]
    assert (len(detail.table), detail.table["open_amount_cents"].sum(), detail.currency) == (26, 7_670_150_00, "ILS")
