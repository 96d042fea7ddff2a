"""Sums of invented ledgers hold, in every way of printing them, and a row left out is missed by exactly its amount."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.loaders.source import Source
from auditlib.loaders.totals_check import check_totals
from tests.unit.hand_made_sources import source, table

COLUMNS = ("customer_id", "posting_date", "debit_cents", "credit_cents")
Amounts = list[list[int]]
LEDGERS = st.lists(st.lists(st.integers(-9_999, 9_999).filter(bool), min_size=1, max_size=5), min_size=2, max_size=6)


def printed(ledger: Amounts, *, page: int, by_customer: bool, left_out: int = -1) -> Source:
    """Print a ledger row by row with its sums; the row of number `left_out` is not in the file that was loaded."""
    rows: list[tuple[object, ...]] = []
    numbers: list[int] = []
    sums: list[tuple[object, ...]] = []
    line, row, whole, on_page = 2, 0, [0, 0], [0, 0]

    def add(name: str, customer: str, sides: list[int]) -> None:
        nonlocal line
        sums.append((line, name, customer, *sides, sides[0] - sides[1]))
        line += 1

    for number, amounts in enumerate(ledger):
        own = [0, 0]
        for amount in amounts:
            for sides in (own, whole, on_page):
                sides[amount < 0] += abs(amount)
            if row != left_out:
                rows.append((f"C{number}", "2025-01-01", max(amount, 0), max(-amount, 0)))
                numbers.append(line)
            line, row = line + 1, row + 1
            if not by_customer and row % page == 0:
                add("subtotal", "", on_page)
                on_page = [0, 0]
            if by_customer and row % page == 0:
                add("carried_forward", "", whole)
        if by_customer:
            add("subtotal", f"C{number}", own)
    add("total", "", whole)
    columns = ["source_row", "class", "customer_id", "debit_cents", "credit_cents", "balance_cents"]
    return source("customer_ledger", table(COLUMNS, *rows).assign(source_row=numbers),
                  printed_totals=pd.DataFrame(sums, columns=columns))


@settings(max_examples=40, deadline=None)
@given(LEDGERS, st.integers(2, 5), st.booleans())
def test_the_sums_of_what_was_loaded_hold(ledger: Amounts, page: int, by_customer: bool) -> None:
    check = check_totals(printed(ledger, page=page, by_customer=by_customer))
    assert check.findings == []
    assert check.control_totals["agrees"].all()


@settings(max_examples=40, deadline=None)
@given(LEDGERS, st.integers(2, 5), st.booleans(), st.data())
def test_a_row_left_out_is_missed_by_its_amount(
    ledger: Amounts, page: int, by_customer: bool, data: st.DataObject,
) -> None:
    amounts = [amount for own in ledger for amount in own]
    place = data.draw(st.integers(0, len(amounts) - 1))
    check = check_totals(printed(ledger, page=page, by_customer=by_customer, left_out=place))
    broken = check.control_totals[~check.control_totals["agrees"]]
    assert broken["difference_cents"].iloc[-1] == -amounts[place]
