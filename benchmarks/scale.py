"""The engine on millions of lines beside pandas, polars and plain NumPy: the same cents first, then the time.

Run: ``python -m benchmarks.scale --items 10000000``
"""

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import pandas as pd

from auditlib import artifacts
from auditlib.dates import day_numbers, month_ends
from auditlib.ledger import Ledger, build_ledger
from auditlib.matching.age import match_by_age
from auditlib.matching.codes import code_groups, match_codes
from auditlib.matching.postings import Pairs, posting_order, postings
from auditlib.open_items import customer_ageing
from auditlib.parameters import Method
from auditlib.replay import month_end_balances
from benchmarks import peers
from benchmarks.ledgers import LAST_DAY, synthetic_movements
from benchmarks.tables import show, timed

__all__ = ["main"]

Result = TypeVar("Result")
ITEMS, CUSTOMERS, MONTHS, REPEAT = 10_000_000, 20_000, 36, 3
REPORT_LINES, PARTIAL_MATCHES = 1_700_000, 286_000
PAST = dt.date(2024, 9, 30)
BUCKETS = ["not_due", "1-30", "31-60", "61-90", ">90", *peers.APART]


@dataclass
class Board:
    """Rows of the table: what was done, beside what, and what is to be reached.

    Attributes
    ----------
    rows : list of list of str
    is_shared : bool
        Whether other work shares the machine: processor times are compared, and those of polars divided by the
        cores, as if it kept them all busy to the end.
    ours : float
        Seconds of the rows so far, ours.
    """

    rows: list[list[str]]
    is_shared: bool = False
    ours: float = 0.0

    @property
    def suffix(self) -> str:
        """End of the names that `benchmarks.whole` gives its times."""
        return "_processor" if self.is_shared else ""

    def time(self, work: Callable[[], Result], *, repeat: int = 1) -> tuple[float, Result]:
        """Time work that keeps one core busy."""
        return timed(work, repeat=repeat, clock=time.process_time if self.is_shared else time.perf_counter)

    def time_polars(self, work: Callable[[], Result]) -> tuple[float, Result]:
        """Time work that keeps every core busy."""
        seconds, found = self.time(work)
        return seconds / (os.cpu_count() or 1) if self.is_shared else seconds, found

    def add(self, work: str, seconds: float, beside: str, other: float | None, *, target: float) -> None:
        """Add a comparison; `target` above 1 is times faster, below the inverse of times the other's time."""
        if other is None:
            self.say([work, f"{seconds:.2f}", beside, "not installed", "–", _aim(target), "–"])
            return
        self.say([work, f"{seconds:.2f}", beside, f"{other:.2f}", f"{other / seconds:.2f} ×", _aim(target),
                  "met" if other / seconds >= target else "NOT MET"])

    def limit(self, work: str, value: float, unit: str, limit: float) -> None:
        """Add a measure that may not exceed a limit."""
        self.say([work, f"{value:.2f} {unit}", "–", "–", "–", f"≤ {limit:g} {unit}",
                  "met" if value <= limit else "NOT MET"])

    def say(self, row: list[str]) -> None:
        """Keep a row, and tell it at once: the whole takes a while."""
        self.rows.append(row)
        print(" | ".join(row), file=sys.stderr, flush=True)


def _aim(target: float) -> str:
    return f"≥ {target:g} × faster" if target >= 1 else f"≤ {1 / target:.2g} × its time"


def main(items: int = ITEMS, *, growth: bool = True, is_shared: bool = False) -> None:
    """Measure every row of the table and print it."""
    board = Board([], is_shared)
    movements = synthetic_movements(items, customers=CUSTOMERS)
    count = len(movements)
    ledger = build_ledger(movements, as_of_date=LAST_DAY, method=Method.model_validate({"matching": "codes"}))
    _matching(board, movements)
    del movements
    _ageing(board, ledger)
    _evolution(board, ledger)
    rows_above = board.ours
    del ledger
    _report(board)
    _whole(board, items, rows_above)
    if growth:
        _growth(board, items)
    clock = "processor times" if is_shared else "elapsed"
    show(f"{count:,} lines, {CUSTOMERS:,} customers, {clock}, best of {REPEAT} for the shorter; polars "
         + ("beside" if peers.HAS_POLARS else "is not installed: its column is left out"),
         ["work", "ours, s", "beside", "its, s", "ratio", "target", ""], board.rows)


def _fresh(ledger: Ledger) -> tuple[pd.DataFrame, pd.DataFrame]:
    return ledger.items, ledger.allocations


def _ageing(board: Board, ledger: Ledger) -> None:
    seconds, found = board.time(lambda: customer_ageing(ledger, as_of_date=PAST), repeat=REPEAT)
    other, expected = board.time(lambda: peers.pandas_ageing(*_fresh(ledger), PAST))
    assert np.array_equal(found.loc[expected.index, BUCKETS].to_numpy(), expected[BUCKETS].to_numpy())
    assert found.to_numpy().sum() == expected.to_numpy().sum()
    board.ours += seconds
    board.add("ageing by customer at one date", seconds, "pandas mask, cut, pivot_table", other, target=5)


def _evolution(board: Board, ledger: Ledger) -> None:
    dates = month_ends(LAST_DAY, MONTHS)
    seconds, found = board.time(lambda: month_end_balances(ledger, dates=dates), repeat=REPEAT)
    few, _ = board.time(lambda: month_end_balances(ledger, dates=dates[2::3]), repeat=REPEAT)
    plain, swept = board.time(lambda: peers.numpy_sweep(*_fresh(ledger), dates), repeat=REPEAT)
    cells = np.zeros_like(swept)
    at = np.searchsorted(np.array(dates, dtype="datetime64[s]"), found["month_end"].to_numpy())
    cells[found["customer_id"].cat.codes, found["bucket"].cat.codes, at] = found["amount_cents"]
    assert np.array_equal(cells, swept)
    del cells
    looped, tables = board.time(lambda: peers.pandas_replay(*_fresh(ledger), dates))
    names = ledger.items["customer_id"].cat.categories
    for number, table in enumerate(tables):
        whole = table.reindex(names, fill_value=0)[BUCKETS].to_numpy()
        assert np.array_equal(whole, swept[:, :, number])
    del tables
    other = None
    if peers.HAS_POLARS:
        frames = peers.polars_frames(*_fresh(ledger))
        other, tables = board.time_polars(lambda: peers.polars_replay(*frames, dates))
        for number, table in enumerate(tables):
            whole = np.zeros(swept.shape[:2], dtype=np.int64)
            whole[table["customer_id"].to_numpy(), table["bucket"].to_numpy()] = table["left"].to_numpy()
            assert np.array_equal(whole, swept[:, :, number])
    board.ours += seconds
    work = f"evolution, {MONTHS} month ends × buckets × customer"
    board.add(work, seconds, "pandas, date by date", looped, target=10)
    board.add(work, seconds, "polars, date by date", other, target=2.5)
    board.add(work, seconds, "numpy difference arrays", plain, target=1 / 1.3)
    board.say([f"… at the {len(dates[2::3])} quarter ends alone", f"{few:.2f}", f"its own time at {MONTHS} dates",
               f"{seconds:.2f}", f"{seconds / few:.2f} ×", "flat in the dates", "–"])


def _by_codes(movements: pd.DataFrame) -> tuple[np.ndarray, Pairs, np.ndarray]:
    """Return the posting order, the pairs within code groups on positions in it, and the day of each."""
    order = posting_order(movements)
    book = postings(movements, order=order)
    pairs = match_codes(book, code_groups(book, fiscal_year_end="12-31"))
    return order, pairs, np.maximum(book.posting[pairs.debit], book.posting[pairs.credit])


def _by_age(movements: pd.DataFrame) -> tuple[np.ndarray, Pairs, np.ndarray]:
    order = posting_order(movements)
    book = postings(movements, order=order)
    pairs = match_by_age(book, np.abs(book.amount))
    return order, pairs, np.maximum(book.posting[pairs.debit], book.posting[pairs.credit])


def _matching(board: Board, movements: pd.DataFrame) -> None:
    coded = movements[(movements["matching_code"] != "").to_numpy()]
    ways = [("matching by codes, full pairs", coded, ["customer_id", "account", "matching_code"], _by_codes),
            ("matching fifo, full pairs", movements, ["customer_id", "account"], _by_age)]
    for work, table, keys, ours in ways:
        seconds, (order, pairs, _) = board.time(partial(ours, table), repeat=REPEAT)
        plain, packed = board.time(partial(_packed, table, keys), repeat=REPEAT)
        residual, left = board.time(partial(peers.pandas_residual, table, keys))
        _assert_same_sums(table, (order[pairs.debit], pairs.amount), (packed[0], packed[2]), left)
        other = None
        if peers.HAS_POLARS:
            frame, _ = peers.polars_frames(table.assign(item_id=0, is_age_unknown=False), _nothing())
            other, found = board.time_polars(partial(peers.polars_residual, frame, keys))
            assert found["left"].sum() == left.sum()
        board.ours += seconds
        board.add(work, seconds, "pandas residual, no pairs", residual, target=4)
        board.add(work, seconds, "polars residual, no pairs", other, target=1)
        board.add(work, seconds, "numpy packed keys, full pairs", plain, target=1 / 1.5)


def _packed(table: pd.DataFrame, keys: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    codes = [table[name].cat.codes.to_numpy() for name in keys]
    return peers.numpy_pairs(codes, day_numbers(table["posting_date"]), table["amount_cents"].to_numpy())


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({"debit_id": [0], "credit_id": [0], "amount_cents": [0],
                         "allocation_date": [pd.Timestamp(LAST_DAY)]})


def _assert_same_sums(
    table: pd.DataFrame, taken: tuple[np.ndarray, np.ndarray], plainly: tuple[np.ndarray, np.ndarray],
    left: np.ndarray,
) -> None:
    """Assert that pairs (debits, cents), plain pairs and residuals allocate the same cents of each customer."""
    customer, amount = table["customer_id"].cat.codes.to_numpy(), table["amount_cents"].to_numpy()
    sums = np.zeros((3, int(customer.max()) + 1), dtype=np.int64)
    np.add.at(sums[0], customer[taken[0]], taken[1])
    np.add.at(sums[1], customer[plainly[0]], plainly[1])
    np.add.at(sums[2], customer, np.maximum(amount, 0) - np.maximum(left, 0))
    assert np.array_equal(sums[0], sums[1]) and np.array_equal(sums[0], sums[2])


def _report(board: Board) -> None:
    """Age at a past date a ledger like that of odoo/odoo #44241, from memory and from parquet."""
    movements = synthetic_movements(REPORT_LINES, customers=5_000, seed=2)
    ledger = build_ledger(movements, as_of_date=LAST_DAY, method=Method.model_validate({"matching": "codes"}))
    ledger = Ledger(ledger.items, ledger.allocations.iloc[:PARTIAL_MATCHES].reset_index(drop=True), LAST_DAY,
                    ledger.matching)
    seconds, found = board.time(lambda: customer_ageing(ledger, as_of_date=PAST), repeat=REPEAT)
    other, expected = board.time(lambda: peers.pandas_ageing(ledger.items, ledger.allocations, PAST))
    assert np.array_equal(found.loc[expected.index, BUCKETS].to_numpy(), expected[BUCKETS].to_numpy())
    title = f"aged report at a past date, {len(ledger.items):,} lines, {len(ledger.allocations):,} matches"
    board.limit(f"{title}, from memory (pandas: {other:.2f} s)", seconds, "s", 0.3)
    with tempfile.TemporaryDirectory() as folder:
        artifacts.write(folder, "items", ledger.items)
        artifacts.write(folder, "allocations", ledger.allocations)
        again, read = board.time(lambda: customer_ageing(_read(folder, ledger), as_of_date=PAST), repeat=REPEAT)
    assert read.to_numpy().sum() == found.to_numpy().sum()
    board.limit(f"{title}, from parquet", again, "s", 1.0)


def _read(folder: str, ledger: Ledger) -> Ledger:
    columns = ["customer_id", "posting_date", "due_date", "amount_cents", "is_age_unknown"]
    return Ledger(artifacts.read(folder, "items", columns=columns), artifacts.read(folder, "allocations"),
                  LAST_DAY, ledger.matching)


def _child(items: int) -> dict[str, float]:
    """Run the whole audit of a ledger in a process of its own: seconds, and memory in MB."""
    command = [sys.executable, "-m", "benchmarks.whole", "--items", str(items)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 our own
    return {name: float(value) for name, value in (line.split("=") for line in printed.split() if "=" in line)}


def _whole(board: Board, items: int, rows_above: float) -> None:
    found = _child(items)
    ours, read, whole = (found[f"{name}{board.suffix}"] for name in ("indicators", "read", "compute"))
    board.add("all indicators of INDICATORS.md, from the lines read", ours, "time to read them from parquet", read,
              target=1 / 10)
    board.add("all indicators of INDICATORS.md", ours, "sum of the rows above", rows_above, target=1 / 2)
    board.say(["… and the whole `compute`, chapters included", f"{whole:.2f}", "read", f"{read:.2f}",
               f"{read / whole:.2f} ×", "–", "–"])


def _growth(board: Board, items: int) -> None:
    small, large = _child(items // 10), _child(items)
    for name, unit in ((f"indicators{board.suffix}", "time"), ("peak", "memory")):
        board.limit(f"growth of {unit}, {items // 10:,} → {items:,} lines", large[name] / small[name], "×", 11)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS, help="ledger lines, about")
    parser.add_argument("--no-growth", action="store_true", help="leave out the runs at a tenth of the lines")
    parser.add_argument("--shared", action="store_true", help="compare processor times: other work shares the machine")
    arguments = parser.parse_args()
    main(arguments.items, growth=not arguments.no_growth, is_shared=arguments.shared)
