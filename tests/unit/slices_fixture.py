"""Results small enough to be added up by hand: three customers, two segments, thirteen months of sales."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

BUCKETS = ("not_due", "1-30", ">30", "no_due_date", "age_unknown", "unallocated_credits")
NOVEMBER, DECEMBER = "2025-11-30", "2025-12-31"
# Who owes what: customer, then type, zone and bucket, and what is owed at the end of December and of November in cents.
CELLS = (
    ("A", "B2B", "FR", "not_due", 100_000, 90_000),
    ("A", "B2B", "FR", "1-30", 20_000, 10_000),
    ("A", "B2B", "FR", "unallocated_credits", -5_000, 0),
    ("B", "B2B", "EU", "not_due", 40_000, 30_000),
    ("B", "B2B", "EU", ">30", 60_000, 50_000),
    ("C", "public", "FR", "1-30", 8_000, 0),
)
# One amount a month from December 2024 to December 2025, by customer [cents]
MONTHLY_SALES = {"A": 30_000, "B": 10_000, "C": 1_000}


def results(**changes: Any) -> "AuditResults":
    """Return the results; the totals of the summary are sums of the cells above, worked by hand.

    December: receivable 100,000 + 20,000 - 5,000 + 40,000 + 60,000 + 8,000 = 223,000; overdue 20,000 + 60,000 + 8,000 =
    88,000; gross 228,000, rate 88,000 / 228,000; sales of 2025 12 x 41,000 = 492,000, DSO 223,000 / 492,000 x 365.
    November: receivable 180,000; overdue 60,000; DSO 180,000 / 492,000 x 365 (December 2024 to November 2025).
    """
    dso = {
        "value": 223_000 / 492_000 * 365,
        "unit": "days",
        "window_months": 12,
        "window_start": "2025-01-01",
        "window_end": DECEMBER,
        "reason": None,
        "basis_items": 1,
        "basis_amount": 4920.0,
        "share_estimated": 0.0,
        "note": None,
    }
    rate = dso | {"value": 88_000 / 228_000, "unit": "share"}
    frames = {
        "summary": _summary({"dso": dso, "overdue_rate": rate}),
        "cube": _cube(),
        "sales": _sales(),
        "customers": _customers(),
        "evolution": _evolution(),
        "open_items": _open_items(),
        "payers": pd.DataFrame(),
        "exposures": pd.DataFrame(),
    }
    return cast("AuditResults", SimpleNamespace(**(frames | changes)))


def _summary(indicators: dict[str, Any]) -> dict[str, Any]:
    amounts = (1400.0, 280.0, 600.0, 0.0, 0.0, -50.0)
    edges = ((None, 0), (1, 30), (31, None), (None, None), (None, None), (None, None))
    ageing = [
        {"bucket": name, "from_days": low, "to_days": high, "amount": amount, "share": amount / 2230, "items": 1}
        for name, amount, (low, high) in zip(BUCKETS, amounts, edges, strict=True)
    ]
    return {
        "client": "essai",
        "as_of_date": DECEMBER,
        "currency": "EUR",
        "ageing": ageing,
        "indicators": indicators,
        "receivable": {
            "total": 2230.0,
            "gross": 2280.0,
            "overdue": 880.0,
            "net_overdue": 830.0,
            "customers": 3,
            "open_items": 6,
            "reason": None,
        },
        "reconciliation": {"ties": None, "second_source": None, "difference": None},
        "evolution_reason": None,
    }


def _cube() -> pd.DataFrame:
    rows = [
        (month, customer, bucket, kind, zone, "Négoce", "", "", cents)
        for customer, kind, zone, bucket, *both in CELLS
        for month, cents in ((DECEMBER, both[0]), (NOVEMBER, both[1]))
        if cents
    ]
    columns = [
        "month_end",
        "customer_id",
        "bucket",
        "customer_type",
        "zone",
        "business_unit",
        "salesperson",
        "size_class",
        "amount_cents",
    ]
    return _typed(pd.DataFrame(rows, columns=columns))


def _sales() -> pd.DataFrame:
    months = pd.date_range("2024-12-31", DECEMBER, freq="ME")
    described = {customer: (kind, zone) for customer, kind, zone, *_ in CELLS}
    rows = [
        (month, customer, *described[customer], "Négoce", "", "", cents)
        for month in months
        for customer, cents in MONTHLY_SALES.items()
    ]
    columns = [
        "month_end",
        "customer_id",
        "customer_type",
        "zone",
        "business_unit",
        "salesperson",
        "size_class",
        "amount_cents",
    ]
    return _typed(pd.DataFrame(rows, columns=columns))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    text = [name for name in frame.columns if name not in ("month_end", "amount_cents")]
    return frame.astype({"month_end": "datetime64[s]", **dict.fromkeys(text, "category")})


def _customers() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": ["A", "B", "C"],
            "name": ["Alpha", "<b>Bêta & Cie</b>", ""],
            "customer_type": ["B2B", "B2B", "public"],
            "receivable_cents": [115_000, 100_000, 8_000],
            "overdue_cents": [20_000, 60_000, 8_000],
            "net_overdue_cents": [15_000, 60_000, 8_000],
            "disputed_cents": [0, 0, 0],
            "oldest_days_overdue": [12.0, 45.0, 3.0],
        }
    )


def _evolution() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month_end": pd.to_datetime([NOVEMBER, DECEMBER]).as_unit("s"),
            "receivable_cents": [180_000, 223_000],
            "overdue_cents": [60_000, 88_000],
            "overdue_rate": [60_000 / 180_000, 88_000 / 228_000],
            "dso": [180_000 / 492_000 * 365, 223_000 / 492_000 * 365],
            "dso_count_back": [100.0, 110.0],
        }
    )


def _open_items() -> pd.DataFrame:
    days = pd.to_datetime(["2025-12-01", "2025-11-16", "2025-10-01"]).as_unit("s")
    return pd.DataFrame(
        {
            "customer_id": pd.Categorical(["A", "B", "B"]),
            "document_ref": ["F1", "=F2", "F3"],
            "kind": "invoice",
            "document_date": days,
            "due_date": days,
            "days_overdue": [30.0, 45.0, -4.0],
            "residual_cents": [12_345, 60_000, 40_000],
            "is_disputed": [False, True, False],
            "is_doubtful": False,
            "is_retention": False,
            "source_file": "grand <livre>.xlsx",
            "source_sheet": "GL",
            "source_row": [12, 13, 14],
        }
    )
