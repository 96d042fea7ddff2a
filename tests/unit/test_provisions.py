"""The provision matrix: a published example, roll rates worked by hand, and what stands outside it."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from auditlib.overdue import net_overdue
from auditlib.provisions import exposure_by_class, with_rates
from auditlib.roll_rates import MATRIX, expected_loss_rates, roll_rates
from tests.unit.ledgers import ledger_of, open_at

NO_DEPOSIT = pd.DataFrame({"customer_id": pd.Series([], dtype="str"), "amount_cents": pd.Series([], dtype="int64")})
T = dt.date(2025, 12, 31)


def invoice(posted: str, due: str, cents: int, **given: object) -> dict[str, object]:
    return {"kind": "invoice", "posting_date": posted, "due_date": due, "amount_cents": cents, "account": "411000",
            **given}


def credit(posted: str, cents: int, kind: str = "receipt", **given: object) -> dict[str, object]:
    return {"kind": kind, "posting_date": posted, "amount_cents": -cents, "account": "411000", **given}


def exposure(items: pd.DataFrame, *, share: float = 0.0) -> pd.DataFrame:
    return exposure_by_class(
        items, net_overdue=net_overdue(items, deposits=NO_DEPOSIT), matrix=MATRIX,
        vat_share=np.full(len(items), share)).set_index("class")


def test_ifrs_9_example_12() -> None:
    """Company M: 15 / 7.5 / 4 / 2.5 / 1 million at 0.3 / 1.6 / 3.6 / 6.6 / 10.6 % (DOMAIN.md A4, S20)."""
    gross = [15_000_000, 7_500_000, 4_000_000, 2_500_000, 1_000_000]
    table = pd.DataFrame({"class": list(MATRIX), "net_cents": gross})
    rates = pd.Series([0.003, 0.016, 0.036, 0.066, 0.106], index=list(MATRIX))
    found = with_rates(table, rates=rates, individual_rates={})
    assert found["provision_cents"].tolist() == [45_000, 120_000, 144_000, 165_000, 106_000]
    assert found["provision_cents"].sum() == 580_000


MONTHS = [dt.date(2025, 1, 31), dt.date(2025, 2, 28), dt.date(2025, 3, 31), dt.date(2025, 4, 30), dt.date(2025, 5, 31),
          dt.date(2025, 6, 30)]
# One invoice of 1 000.00 due 31/01/2025, paid down to what follows it, and one of 600.00 paid on time:
#            31/01    28/02   31/03    30/04    31/05     30/06
# first      not due  28 d    59 d     89 d     120 d     150 d
# left       1000     500     400      300      200       0 (120 written off, 80 received in June)
SLIDING = (
    invoice("2025-01-05", "2025-01-31", 100_000, matching_code="A"), credit("2025-02-20", 50_000, matching_code="A"),
    credit("2025-03-20", 10_000, matching_code="A"), credit("2025-04-20", 10_000, matching_code="A"),
    credit("2025-05-20", 10_000, matching_code="A"), credit("2025-06-15", 12_000, "write_off", matching_code="A"),
    credit("2025-06-20", 8_000, matching_code="A"),
    invoice("2025-01-06", "2025-02-10", 60_000, matching_code="B"), credit("2025-02-10", 60_000, matching_code="B"),
)


def test_roll_rates_worked_by_hand() -> None:
    ledger = ledger_of(*SLIDING, as_of="2025-06-30", matching="codes")
    rolls = roll_rates(ledger, dates=MONTHS, outside=np.zeros(len(ledger.items), dtype=bool))
    assert list(zip(rolls["from_bucket"], rolls["to_bucket"], strict=True)) == [
        ("not_due", "1-30"), ("1-30", "31-60"), ("31-60", "61-90"), ("61-90", ">90"), (">90", "loss")]
    assert rolls["volume_cents"].tolist() == [160_000, 50_000, 40_000, 30_000, 20_000]
    assert rolls["arrived_cents"].tolist() == [50_000, 40_000, 30_000, 20_000, 12_000]
    assert rolls["rate"].tolist() == pytest.approx([50 / 160, 0.8, 0.75, 2 / 3, 0.6])
    # 0.6 × 2/3 = 0.4, × 0.75 = 0.3, × 0.8 = 0.24, × 50/160 = 0.075
    assert expected_loss_rates(rolls).tolist() == pytest.approx([0.075, 0.24, 0.3, 0.4, 0.6])
    assert (rolls["transitions"] == 5).all()
    assert not rolls["is_capped"].any()


def test_a_loss_rate_given_takes_the_place_of_write_offs_and_group_or_retention_leave_the_statistics() -> None:
    ledger = ledger_of(*SLIDING, as_of="2025-06-30", matching="codes")
    rolls = roll_rates(ledger, dates=MONTHS, outside=np.ones(len(ledger.items), dtype=bool), loss_rate=0.5)
    assert rolls["volume_cents"].tolist() == [0, 0, 0, 0, 0]
    assert rolls["rate"].isna().tolist() == [True, True, True, True, False]
    assert rolls["rate"].iloc[-1] == 0.5
    assert rolls["is_given"].tolist() == [False] * 4 + [True]
    assert expected_loss_rates(rolls).isna().tolist() == [True, True, True, True, False]


def test_a_rate_above_one_is_capped_and_flagged() -> None:
    # 10.00 not due at the end of January; 30.00 due 15/02 was posted in February only, so 40.00 is 1-30 days late then.
    rows = (invoice("2025-01-05", "2025-02-05", 1_000), invoice("2025-02-06", "2025-02-15", 3_000))
    ledger = ledger_of(*rows, as_of="2025-02-28", matching="codes")
    rolls = roll_rates(ledger, dates=MONTHS[:2], outside=np.zeros(2, dtype=bool))
    assert (rolls["volume_cents"].iloc[0], rolls["arrived_cents"].iloc[0]) == (1_000, 4_000)
    assert (rolls["rate"].iloc[0], rolls["is_capped"].iloc[0]) == (1.0, True)


def test_nothing_gets_further_than_a_bucket_nothing_leaves() -> None:
    rolls = pd.DataFrame({"from_bucket": list(MATRIX), "rate": [0.2, 0.0, np.nan, np.nan, 0.3]})
    assert expected_loss_rates(rolls).fillna(-1).tolist() == [0.0, 0.0, -1, -1, 0.3]


def test_classes_add_up_to_the_gross_receivable_and_disputes_are_covered_first() -> None:
    ledger = ledger_of(
        invoice("2025-11-01", "2026-01-15", 12_000), invoice("2025-10-01", "2025-12-01", 24_000),
        invoice("2025-06-01", "2025-07-01", 6_000, account="416000"),
        invoice("2025-10-05", "2025-11-05", 9_000, account="411700"), credit("2025-12-20", 5_000), matching="codes")
    items = open_at(ledger)
    disputed = np.where(items["residual_cents"] == 24_000, 10_000, 0)
    table = exposure(items.assign(disputed_cents=disputed, is_disputed=disputed > 0), share=1 / 6)
    # The credit of 50.00 covers the oldest overdue first: the doubtful 60.00.
    assert table["gross_cents"].to_dict() == {
        "not_due": 12_000, "1-30": 14_000, "31-60": 0, "61-90": 0, ">90": 0, "no_due_date": 0, "age_unknown": 0,
        "doubtful": 6_000, "insolvent": 0, "disputed": 10_000, "retention": 9_000, "group": 0}
    assert table["covered_cents"].sum() == table.loc["doubtful", "covered_cents"] == 5_000
    parts = table.T["not_due"]
    assert (parts["base_cents"], parts["vat_cents"], parts["net_cents"]) == (12_000, 2_000, 10_000)
    assert (table["gross_cents"] == table["covered_cents"] + table["vat_cents"] + table["net_cents"]).all()


def test_a_credit_is_held_to_cover_the_disputed_part_of_an_item() -> None:
    ledger = ledger_of(invoice("2025-10-01", "2025-12-01", 24_000), credit("2025-12-20", 5_000), matching="codes")
    items = open_at(ledger)
    disputed = np.where(items["residual_cents"] > 0, 10_000, 0)
    table = exposure(items.assign(disputed_cents=disputed))
    assert table.loc[["1-30", "disputed"], "base_cents"].tolist() == [14_000, 5_000]


def test_individual_files_are_to_be_assessed_unless_a_rate_is_given() -> None:
    ledger = ledger_of(invoice("2025-06-01", "2025-07-01", 6_000, account="416000"), matching="codes")
    table = exposure(open_at(ledger)).reset_index()
    rates = pd.Series(0.1, index=list(MATRIX))
    open_question = with_rates(table, rates=rates, individual_rates={}).set_index("class")["provision_cents"]
    assert np.isnan(open_question["doubtful"])
    assessed = with_rates(table, rates=rates, individual_rates={"doubtful": 0.5}).set_index("class")["provision_cents"]
    assert (assessed["doubtful"], assessed["not_due"]) == (3_000, 0)


def test_buckets_of_the_matrix_do_not_depend_on_the_buckets_shown() -> None:
    ledger = ledger_of(invoice("2025-09-01", "2025-10-31", 6_000), matching="codes")  # 61 days late
    items = open_at(ledger)
    assert exposure(items).loc["61-90", "gross_cents"] == 6_000
    shown = items.assign(bucket=items["bucket"].cat.rename_categories({"61-90": "46-75"}))
    assert exposure(shown).loc["61-90", "gross_cents"] == 6_000
