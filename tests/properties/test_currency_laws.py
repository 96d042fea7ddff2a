"""Laws of a converted ledger: each residual is that of its document at the rate, at every date, and nothing is lost."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from auditlib.conversion import ROUNDING_LABEL, Rates, convert_ledger
from auditlib.ledger import Ledger
from auditlib.open_items import residuals
from auditlib.replay import month_end_balances
from tests.oracle import Row
from tests.properties import frames
from tests.properties.strategies import AS_OF, FIRST_DAY, carried_ledgers, coded_ledgers, ledgers

CURRENCIES = ("EUR", "GBP", "USD")
RATES = st.tuples(*[st.decimals("0.0001", "300", places=4).map(float)] * 2).map(
    lambda pair: {"GBP": pair[0], "USD": pair[1]})
DAYS = st.integers(0, (AS_OF - FIRST_DAY).days).map(lambda number: FIRST_DAY + dt.timedelta(days=number))


@st.composite
def mixed(draw: st.DrawFn, stories: st.SearchStrategy[list[Row]]) -> list[Row]:
    """Draw a ledger whose matching codes, or customers, are each in a currency."""
    currency: dict[tuple[str, str], str] = defaultdict(lambda: draw(st.sampled_from(CURRENCIES)))
    return [replace(row, currency=currency[row.customer, row.code]) for row in draw(stories)]


ANY = mixed(st.one_of(ledgers(), carried_ledgers()))


def worth(cents: int, rate: float) -> int:
    """Half up, away from nil."""
    size = abs(cents) * Fraction(str(rate)) + Fraction(1, 2)
    return (size.numerator // size.denominator) * (1 if cents >= 0 else -1)


def pair(rows: list[Row], rates: dict[str, float], method: str = "all") -> tuple[Ledger, Ledger]:
    own = frames.engine(rows, AS_OF, method)
    return own, convert_ledger(own, rates=Rates(rates, main="EUR"))


@given(ANY, RATES, DAYS)
def test_each_residual_is_that_of_its_document_at_the_rate(
    rows: list[Row], rates: dict[str, float], day: dt.date,
) -> None:
    own, made = pair(rows, rates)
    known = {"EUR": 1.0} | rates
    expected = [worth(int(left), known[code]) for left, code in zip(
        residuals(own, as_of_date=day), own.items["currency"].astype("str"), strict=True)]
    found = residuals(made, as_of_date=day)
    assert found[:len(expected)].tolist() == expected
    assert not found[len(expected):].any()


@given(ANY, RATES, DAYS)
def test_what_is_posted_is_what_is_left(rows: list[Row], rates: dict[str, float], day: dt.date) -> None:
    _own, made = pair(rows, rates)
    posted = (made.items["posting_date"] <= pd.Timestamp(day)).to_numpy()
    assert residuals(made, as_of_date=day).sum() == made.items["amount_cents"].to_numpy()[posted].sum()
    assert month_end_balances(made, dates=[day])["amount_cents"].sum() == residuals(made, as_of_date=day).sum()


@given(ANY, RATES)
def test_roundings_are_of_one_cent_and_used_up(rows: list[Row], rates: dict[str, float]) -> None:
    own, made = pair(rows, rates)
    extra = made.items.iloc[len(own.items):]
    assert (extra["label"] == ROUNDING_LABEL).all()
    assert set(extra["amount_cents"].abs()) <= {1}
    assert len(extra) <= len(own.allocations)
    assert (made.allocations["amount_cents"] > 0).all()
    in_euros = own.items["currency"] == "EUR"
    assert made.items["amount_cents"].iloc[:len(own.items)][in_euros].tolist() == own.items["amount_cents"][
        in_euros].tolist()


@given(mixed(coded_ledgers()), RATES, DAYS)
def test_nothing_posted_later_changes_a_converted_state(
    rows: list[Row], rates: dict[str, float], day: dt.date,
) -> None:
    def state(kept: list[Row]) -> dict[tuple[str, str], int]:
        made = convert_ledger(frames.engine(kept, AS_OF, "codes"), rates=Rates(rates, main="EUR"))
        return frames.balances_by_bucket(made, day)

    before = [row for row in rows if row.posted <= day]
    if before:
        assert state(rows) == state(before)
