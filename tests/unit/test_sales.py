"""Sales by day, window and month."""

import datetime as dt

import pandas as pd

from auditlib.results import Window
from auditlib.sales import daily_sales, first_day, monthly_sales, sales_between


def ledger_items() -> pd.DataFrame:
    return pd.DataFrame({
        "kind": ["opening", "invoice", "credit_note", "receipt", "invoice"],
        "posting_date": pd.to_datetime(["2025-01-01", "2025-01-10", "2025-03-31", "2025-02-02", "2025-03-31"]),
        "amount_cents": [500_00, 100_00, -30_00, -100_00, 80_00]})


def test_only_invoices_and_credit_notes_are_sales() -> None:
    sales = daily_sales(ledger_items())
    assert sales.to_list() == [100_00, 50_00]
    assert first_day(sales) == dt.date(2025, 1, 10)
    assert sales_between(sales, window=Window(dt.date(2025, 1, 11), dt.date(2025, 3, 31), 2)) == 50_00


def test_months_without_sales_are_there_up_to_the_as_of_month() -> None:
    months = monthly_sales(daily_sales(ledger_items()), as_of_date=dt.date(2025, 4, 15))
    assert [str(month) for month in months.index] == ["2025-01", "2025-02", "2025-03", "2025-04"]
    assert months.to_list() == [100_00, 0, 50_00, 0]
    assert months.sum() == 150_00


def test_later_sales_are_left_out() -> None:
    assert monthly_sales(daily_sales(ledger_items()), as_of_date=dt.date(2025, 3, 30)).to_list() == [100_00, 0, 0]
    assert monthly_sales(daily_sales(ledger_items()), as_of_date=dt.date(2024, 12, 31)).empty
