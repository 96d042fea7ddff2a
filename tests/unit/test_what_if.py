"""What a customer's failure would cost, worked by hand."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from auditlib.costs import MARGIN_RATES
from auditlib.what_if import Failure, failure, gap_by_month, per_customer, vat_deadline
from tests.unit.ledgers import ledger_of, open_at

T = dt.date(2025, 12, 31)
# A owes 1 200.00 with 200.00 of VAT, B (abroad) 600.00 without VAT; the client sells 10 000.00 a year before VAT.
EXPOSURES = pd.DataFrame({
    "customer_id": ["A", "B", "C"], "exposure_cents": [120_000, 60_000, 20_000], "net_cents": [100_000, 60_000, 20_000],
    "vat_cents": [20_000, 0, 0], "is_vat_known": True, "annual_sales_net_cents": [500_000.0, 400_000.0, 100_000.0],
    "liquidation_on": pd.Series([pd.NaT] * 3, dtype="datetime64[s]"),
    "vat_deadline": pd.Series([pd.NaT] * 3, dtype="datetime64[s]")})


def fails(*customers: str, exposures: pd.DataFrame = EXPOSURES, **changes: Any) -> Failure:
    given: dict[str, Any] = {"margin_rate": 0.08, "vat_due_on": "invoice", "as_of_date": T, "vat_claim_years": 2,
                             "margin_rates": MARGIN_RATES}
    return failure(exposures, customers=customers, **(given | changes))


def test_the_failure_of_one_customer() -> None:
    found = fails("A")
    assert (found.customers, found.exposure_cents, found.loss_cents, found.vat_cents) == (1, 120_000, 100_000, 20_000)
    assert found.vat_recoverable_cents == 20_000
    assert found.vat_deadline is None
    assert found.compensating_cents == 1_250_000  # 1 000.00 / 8 %
    assert found.share_of_margin == pytest.approx(100_000 / 80_000)  # a year of margin: 10 000.00 × 8 %
    assert found.share_of_receivable == pytest.approx(0.6)  # 1 200 of 2 000
    assert found.reasons == {}
    # DOMAIN.md A5, S34: a loss of 1 000 takes 20 000, 10 000, 6 667, 5 000, 4 000 of sales.
    assert (found.compensating["amount_cents"] / 100).round().tolist() == [20_000, 10_000, 6_667, 5_000, 4_000]


def test_the_failure_of_a_group_adds_its_companies_up() -> None:
    both = fails("A", "B")
    assert both.exposure_cents == fails("A").exposure_cents + fails("B").exposure_cents
    assert both.loss_cents == 160_000


def test_what_is_not_known_has_its_reason() -> None:
    no_margin = fails("A", margin_rate=None)
    assert no_margin.compensating_cents is None and no_margin.share_of_margin is None
    assert set(no_margin.reasons) == {"compensating_cents", "share_of_margin"}
    no_vat = fails("A", exposures=EXPOSURES.assign(is_vat_known=[False, True, True]))
    assert (no_vat.loss_cents, no_vat.vat_cents, no_vat.vat_recoverable_cents) == (None, None, None)
    assert no_vat.exposure_cents == 120_000
    assert no_vat.compensating.empty
    assert fails("A", vat_due_on=None).vat_recoverable_cents is None
    assert "vat_recoverable_cents" in fails("A", vat_due_on=None).reasons
    no_sales = fails("A", exposures=EXPOSURES.assign(annual_sales_net_cents=float("nan")))
    assert no_sales.share_of_margin is None and "share_of_margin" in no_sales.reasons
    assert no_sales.compensating_cents == 1_250_000


def test_vat_due_on_payment_was_never_paid() -> None:
    assert fails("A", vat_due_on="payment").vat_recoverable_cents == 0


@pytest.mark.parametrize(("ordered", "deadline", "recoverable"), [
    ("2024-03-05", dt.date(2026, 12, 31), 20_000), ("2022-12-30", dt.date(2024, 12, 31), 0)])
def test_vat_of_a_liquidation_is_claimed_by_the_end_of_the_second_year(
    ordered: str, deadline: dt.date, recoverable: int,
) -> None:
    judged = pd.to_datetime(pd.Series([ordered, None, None])).astype("datetime64[s]")
    found = fails("A", exposures=EXPOSURES.assign(liquidation_on=judged))
    assert (found.vat_deadline, found.vat_recoverable_cents) == (deadline, recoverable)
    assert vat_deadline(dt.date.fromisoformat(ordered), years=2) == deadline


@pytest.mark.parametrize("vat_due_on", ["invoice", "payment", None])
@pytest.mark.parametrize("margin_rate", [0.08, None])
def test_each_customer_alone_is_what_the_what_if_says(vat_due_on: str | None, margin_rate: float | None) -> None:
    judged = pd.to_datetime(pd.Series([None, "2021-05-05", "2025-02-01"])).astype("datetime64[s]")
    limits = pd.to_datetime(pd.Series([None, "2023-12-31", "2027-12-31"])).astype("datetime64[s]")
    exposures = EXPOSURES.assign(liquidation_on=judged, vat_deadline=limits, is_vat_known=[True, True, False])
    table = per_customer(exposures, margin_rate=margin_rate, vat_due_on=vat_due_on, as_of_date=T)
    for row in table.to_dict("records"):
        alone = fails(row["customer_id"], exposures=exposures, margin_rate=margin_rate, vat_due_on=vat_due_on)
        for name in ("loss_cents", "vat_recoverable_cents", "compensating_cents", "share_of_margin",
                     "share_of_receivable"):
            expected = getattr(alone, name)
            assert pd.isna(row[name]) if expected is None else row[name] == pytest.approx(expected), name


def test_nobody_fails() -> None:
    found = fails()
    assert (found.exposure_cents, found.loss_cents, found.share_of_receivable) == (0, 0, 0.0)


def test_the_cash_missing_by_the_month_it_was_to_come() -> None:
    sold = {"kind": "invoice", "account": "411000", "posting_date": "2025-11-10", "customer_id": "A"}
    ledger = ledger_of(
        {**sold, "due_date": "2025-12-10", "amount_cents": 7_000},
        {**sold, "due_date": "2026-01-10", "amount_cents": 500},
        {**sold, "due_date": "2026-01-31", "amount_cents": 300},
        {**sold, "due_date": "2026-02-28", "amount_cents": 200},
        {**sold, "kind": "receipt", "posting_date": "2025-12-20", "amount_cents": -1_000},
        {**sold, "customer_id": "B", "due_date": "2026-01-10", "amount_cents": 99}, matching="codes")
    table = gap_by_month(open_at(ledger), customers=["A"], as_of_date=T)
    assert dict(zip(table["month"], table["amount_cents"], strict=True)) == {"": 6_000, "2026-01": 800, "2026-02": 200}
