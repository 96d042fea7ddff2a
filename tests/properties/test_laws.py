"""Laws of money, and the engine against the plain-loop oracle, on invented ledgers."""

import ast
import datetime as dt
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import oracle
from tests.oracle import Row
from tests.properties import frames
from tests.properties.strategies import AS_OF, FIRST_DAY, carried_ledgers, coded_ledgers, fifo_ledgers, ledgers

METHODS = ("auto", "codes", "all")
any_ledgers = st.one_of(ledgers(), carried_ledgers())
methods = st.sampled_from(METHODS)
some_days = st.integers(0, (AS_OF - FIRST_DAY).days).map(lambda n: FIRST_DAY + dt.timedelta(days=n))
MONTH_ENDS = [
    dt.date(2024, 9, 30),
    dt.date(2024, 10, 31),
    dt.date(2024, 11, 30),
    dt.date(2024, 12, 31),
    dt.date(2025, 1, 31),
    dt.date(2025, 2, 28),
    dt.date(2025, 3, 31),
    dt.date(2025, 4, 30),
    dt.date(2025, 5, 31),
    dt.date(2025, 6, 30),
]


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("name", ["oracle.py", "oracle_matching.py", "oracle_measures.py", "oracle_payers.py"])
def test_the_oracle_imports_nothing_from_the_package(name: str) -> None:
    modules = imported(Path(__file__).parents[1] / name)
    assert {
        m
        for m in modules
        if m.split(".")[0]
        not in {"ast", "calendar", "collections", "dataclasses", "datetime", "fractions", "re", "tests"}
    } == set()
    assert {m for m in modules if m.startswith("tests")} <= {"tests.oracle", "tests.oracle_matching"}


@given(any_ledgers, methods, some_days)
def test_the_buckets_of_every_customer_add_up_to_his_ledger_balance(rows: list[Row], method: str, day: dt.date) -> None:
    booked: dict[str, int] = defaultdict(int)
    for row in rows:
        booked[row.customer] += row.amount if row.posted <= day else 0
    found: dict[str, int] = defaultdict(int)
    for (customer, _), amount in frames.balances_by_bucket(frames.engine(rows, AS_OF, method), day).items():
        found[customer] += amount
    assert {c: a for c, a in found.items() if a} == {c: a for c, a in booked.items() if a}


@given(any_ledgers, methods, some_days, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: list[Row], method: str, day: dt.date, random: Random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    assert frames.open_list(frames.engine(mixed, AS_OF, method), day) == frames.open_list(
        frames.engine(rows, AS_OF, method), day
    )


@given(ledgers(), st.data())
def test_splitting_an_invoice_changes_no_total(rows: list[Row], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([n for n, row in enumerate(rows) if row.kind == "invoice"]))
    part = data.draw(st.integers(1, rows[place].amount - 1))
    halves = [
        replace(rows[place], amount=part),
        replace(rows[place], amount=rows[place].amount - part, id=len(rows) + 2),
    ]
    cut = [*rows[:place], *halves, *rows[place + 1 :]]
    by_codes = [frames.balances_by_bucket(frames.engine(r, AS_OF, "codes"), AS_OF) for r in (rows, cut)]
    assert by_codes[0] == by_codes[1]
    whole, split = (
        [
            sum(max(0, sign * a) for a in frames.left_by_row(frames.engine(r, AS_OF, "all"), AS_OF).values())
            for sign in (1, -1)
        ]
        for r in (rows, cut)
    )
    assert whole == split


@given(any_ledgers, st.integers(-400, 400))
def test_shifting_every_date_changes_no_age(rows: list[Row], by: int) -> None:
    rows = [replace(row, code="") for row in rows]  # codes are cut at fiscal years, which do not shift
    found = [
        frames.balances_by_bucket(frames.engine(r, AS_OF + dt.timedelta(days=n), "all"), AS_OF + dt.timedelta(days=n))
        for r, n in ((rows, 0), (oracle.shifted(rows, by), by))
    ]
    assert found[0] == found[1]


@given(
    st.one_of(coded_ledgers().map(lambda rows: ("codes", rows)), fifo_ledgers().map(lambda rows: ("all", rows))),
    some_days,
)
def test_later_postings_change_no_past_figure_by_codes_or_by_fifo(case: tuple[str, list[Row]], day: dt.date) -> None:
    method, rows = case
    assert frames.open_list(frames.engine(rows, AS_OF, method), day) == frames.open_list(
        frames.engine(rows, day, method), day
    )


@given(any_ledgers, methods)
def test_allocations_exceed_no_amount_and_precede_no_posting(rows: list[Row], method: str) -> None:
    ledger = frames.engine(rows, AS_OF, method)
    amount, posted = ledger.items["amount_cents"], ledger.items["posting_date"]
    customer, made = ledger.items["customer_id"].astype("str"), ledger.allocations
    assert (made["amount_cents"] > 0).all()
    for side, sign in (("debit_id", 1), ("credit_id", -1)):
        used = made.groupby(side)["amount_cents"].sum()
        assert (used <= sign * amount.loc[used.index]).all()
    later = posted.loc[made["debit_id"]].to_numpy().clip(posted.loc[made["credit_id"]].to_numpy())
    assert (made["allocation_date"].to_numpy() == later).all()
    assert (customer.loc[made["debit_id"]].to_numpy() == customer.loc[made["credit_id"]].to_numpy()).all()


@given(any_ledgers, methods, some_days)
def test_a_residual_has_the_sign_of_its_item_and_is_no_larger(rows: list[Row], method: str, day: dt.date) -> None:
    amounts = {row.id: row.amount for row in rows}
    for name, left in frames.left_by_row(frames.engine(rows, AS_OF, method), day).items():
        assert 0 <= left <= amounts[name] if amounts[name] > 0 else amounts[name] <= left <= 0


@given(ledgers(), methods, some_days)
def test_engine_and_oracle_agree_on_every_open_item(rows: list[Row], method: str, day: dt.date) -> None:
    assert frames.open_list(frames.engine(rows, AS_OF, method), day) == expected_list(rows, method, day)


@given(carried_ledgers(), methods, some_days)
def test_engine_and_oracle_agree_on_claims_carried_on(rows: list[Row], method: str, day: dt.date) -> None:
    assert frames.open_list(frames.engine(rows, AS_OF, method), day) == expected_list(rows, method, day)


def expected_list(rows: list[Row], method: str, day: dt.date) -> list[tuple[object, ...]]:
    ledger = oracle.build(rows, AS_OF, method)
    left = oracle.open_amounts(ledger, day)
    return sorted(
        (item.row.id, left[n], oracle.bucket_of(item, day), str(item.document_date or ""), str(item.due or ""))
        for n, item in enumerate(ledger.items)
        if left.get(n)
    )


@given(any_ledgers, methods)
def test_the_sweep_and_the_oracle_agree_at_every_month_end(rows: list[Row], method: str) -> None:
    ledger = oracle.build(rows, AS_OF, method)
    found = frames.swept(frames.engine(rows, AS_OF, method), MONTH_ENDS)
    assert found == {day: oracle.balances(ledger, day) for day in MONTH_ENDS}


@given(ledgers())
def test_auto_chooses_as_the_coverage_says(rows: list[Row]) -> None:
    report, ledger = frames.engine(rows, AS_OF).matching, oracle.build(rows, AS_OF)
    assert (report.applied, report.lettering_coverage) == (
        ledger.applied,
        None if ledger.coverage is None else pytest.approx(float(ledger.coverage)),
    )
