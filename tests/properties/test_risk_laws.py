"""Risk on invented ledgers, against plain loops: roll rates, subsequent receipts, and classes that add up."""

import datetime as dt

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib import schemas
from auditlib.dates import month_ends
from auditlib.open_items import open_items
from auditlib.overdue import net_overdue
from auditlib.provisions import exposure_by_class
from auditlib.roll_rates import MATRIX, expected_loss_rates, roll_rates
from auditlib.subsequent_receipts import subsequent_receipts
from tests import oracle, oracle_risk
from tests.oracle import Row
from tests.properties import frames
from tests.properties.strategies import AS_OF, carried_ledgers, ledgers

EXAMPLES = 60
DATES = month_ends(AS_OF, 13)
NO_DEPOSIT = pd.DataFrame({"customer_id": pd.Series([], dtype="str"), "amount_cents": pd.Series([], dtype="int64")})
METHODS = st.sampled_from(["codes", "all"])


@settings(max_examples=EXAMPLES)
@given(st.one_of(ledgers(), carried_ledgers()), METHODS)
def test_roll_rates_agree_with_the_oracle(rows: list[Row], method: str) -> None:
    ledger = frames.engine(rows, AS_OF, method)
    found = roll_rates(ledger, dates=DATES, outside=np.zeros(len(ledger.items), dtype=bool))
    steps = oracle_risk.roll_rates(oracle.build(rows, AS_OF, method), DATES)
    assert list(zip(found["volume_cents"], found["arrived_cents"], strict=True)) == steps
    expected = [None if rate is None else float(rate) for rate in oracle_risk.loss_rates(steps)]
    rates = [None if np.isnan(rate) else rate for rate in expected_loss_rates(found).tolist()]
    assert len(rates) == len(expected)
    for rate, other in zip(rates, expected, strict=True):
        assert (rate is None) == (other is None)
        assert rate is None or other is None or abs(rate - other) < 1e-12


@settings(max_examples=EXAMPLES)
@given(st.one_of(ledgers(), carried_ledgers()), METHODS, st.integers(60, 400))
def test_subsequent_receipts_agree_with_the_oracle(rows: list[Row], method: str, back: int) -> None:
    day = AS_OF - dt.timedelta(days=back)
    ledger = frames.engine(rows, AS_OF, method)
    found = subsequent_receipts(ledger, as_of_date=day, known_until=AS_OF)
    other = oracle.build(rows, AS_OF, method)
    assert found.receivable_cents == sum(oracle.open_amounts(other, day).values())
    assert found.settled_cents == {days: oracle_risk.settled_after(other, day, days) for days in (30, 60)}
    owed = sum(max(left, 0) for left in oracle.open_amounts(other, day).values())
    assert int(found.unsettled["left_cents"].sum()) == owed - found.settled_cents[60]


@settings(max_examples=EXAMPLES)
@given(st.one_of(ledgers(), carried_ledgers()), METHODS, st.sampled_from([0.0, 0.05, 1 / 6]))
def test_classes_add_up_to_the_gross_receivable(rows: list[Row], method: str, share: float) -> None:
    ledger = frames.engine(rows, AS_OF, method)
    items = open_items(
        ledger, customers=schemas.empty(schemas.CUSTOMERS), disputes=schemas.empty(schemas.DISPUTES),
        insolvencies=schemas.empty(schemas.INSOLVENCIES))
    table = exposure_by_class(
        items, net_overdue=net_overdue(items, deposits=NO_DEPOSIT), matrix=MATRIX,
        vat_share=np.full(len(items), share))
    assert table["gross_cents"].sum() == items["residual_cents"].clip(lower=0).sum()
    assert (table["gross_cents"] == table["covered_cents"] + table["vat_cents"] + table["net_cents"]).all()
    assert (table[["gross_cents", "covered_cents", "vat_cents", "net_cents"]] >= 0).all(axis=None)
