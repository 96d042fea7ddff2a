"""The engine beside plain pandas on many synthetic lines: the same cents first, then the time.

Run: ``python -m benchmarks.engine --items 300000``
"""

import argparse
import datetime as dt

import pandas as pd

from auditlib.dates import month_ends
from auditlib.demo import Truth, generate_movements
from auditlib.ledger import Ledger, build_ledger
from auditlib.matching.end_to_end import lay_end_to_end
from auditlib.matching.postings import Pairs, posting_order, postings
from auditlib.open_items import open_items
from auditlib.parameters import Method
from auditlib.replay import month_end_balances
from auditlib.schemas import CUSTOMERS, DISPUTES, INSOLVENCIES, empty
from benchmarks import plain
from benchmarks.tables import show, timed

__all__ = ["main"]

ITEMS = 300_000
LINES_PER_INVOICE = 29_073 / 12_000
"""Movements that come of an invoice, as the demo client has them."""
INVOICES_PER_CUSTOMER = 30
MONTHS = 24
REPEAT = 2


def main(items: int = ITEMS) -> None:
    """Build, age and replay about `items` lines both ways and print a table."""
    truth = _generated(items)
    movements, day = truth.movements, truth.as_of_date
    rows = [_matching(movements, day), _fifo(movements)]
    all_seconds, _ = timed(lambda: _built(movements, day, "all"))
    rows.append(["build_ledger, codes to fifo, with claims", f"{all_seconds:.2f}", "–", "–"])
    ledger = _built(movements, day, "codes")
    rows += [_ageing(ledger, day), _replay(ledger, month_ends(day, MONTHS))]
    show(f"Engine beside plain pandas, {len(movements):,} lines, {movements['customer_id'].nunique():,} customers",
         ["work", "engine, s", "plain pandas, s", "times faster"], rows)


def _generated(items: int) -> Truth:
    invoices = round(items / LINES_PER_INVOICE)
    return generate_movements(customers=max(invoices // INVOICES_PER_CUSTOMER, 20), invoices=invoices)


def _built(movements: pd.DataFrame, day: dt.date, matching: str) -> Ledger:
    return build_ledger(movements, as_of_date=day, method=Method.model_validate({"matching": matching}))


def _matching(movements: pd.DataFrame, day: dt.date) -> list[str]:
    """Time matching by code; ours includes the claims that transfers and returns carry on."""
    seconds, ledger = timed(lambda: _built(movements, day, "codes"), repeat=REPEAT)
    plain_seconds, pairs = timed(lambda: plain.by_codes(movements))
    _assert_same(_of_movements(ledger), pairs)
    return _row("build_ledger, codes, with claims", seconds, plain_seconds)


def _fifo(movements: pd.DataFrame) -> list[str]:
    """Time fifo on everything, as if there were no code, reference or telling amount."""
    seconds, pairs = timed(lambda: _laid(movements), repeat=REPEAT)
    plain_seconds, expected = timed(lambda: plain.by_age(movements))
    ordered = movements["movement_id"].to_numpy()[posting_order(movements)]
    found = pd.DataFrame({"debit": ordered[pairs.debit], "credit": ordered[pairs.credit], "amount_cents": pairs.amount})
    _assert_same(found, expected)
    return _row("fifo alone", seconds, plain_seconds)


def _laid(movements: pd.DataFrame) -> Pairs:
    book = postings(movements.iloc[posting_order(movements)].reset_index(drop=True))
    debit, credit = (book.amount > 0).nonzero()[0], (book.amount < 0).nonzero()[0]
    return lay_end_to_end(
        debit, book.debtor[debit], book.amount[debit], credit, book.debtor[credit], -book.amount[credit])


def _ageing(ledger: Ledger, day: dt.date) -> list[str]:
    nobody, undisputed, sound = empty(CUSTOMERS), empty(DISPUTES), empty(INSOLVENCIES)
    seconds, found = timed(
        lambda: open_items(ledger, customers=nobody, disputes=undisputed, insolvencies=sound), repeat=REPEAT)
    plain_seconds, expected = timed(lambda: plain.aged(ledger.items, ledger.allocations, day), repeat=REPEAT)
    assert found["residual_cents"].tolist() == expected["residual_cents"].tolist()
    assert found["bucket"].astype("str").tolist() == expected["bucket"].astype("str").tolist()
    return _row("open_items, one date", seconds, plain_seconds)


def _replay(ledger: Ledger, dates: list[dt.date]) -> list[str]:
    seconds, found = timed(lambda: month_end_balances(ledger, dates=dates), repeat=REPEAT)
    plain_seconds, expected = timed(lambda: plain.replayed(ledger.items, ledger.allocations, dates))
    keys = ["month_end", "customer_id", "bucket"]
    cents = [frame.astype(dict.fromkeys(keys, "str")).set_index(keys)["amount_cents"].sort_index()
             for frame in (found, expected)]
    assert cents[0].equals(cents[1])
    return _row(f"month_end_balances, {len(dates)} dates", seconds, plain_seconds)


def _of_movements(ledger: Ledger) -> pd.DataFrame:
    """Return allocations between movements, the claims of one carrying movement put together again."""
    number, made = ledger.items["movement_id"].to_numpy(), ledger.allocations
    made = made[made["method"] == "codes"]
    return pd.DataFrame({
        "debit": number[made["debit_id"]], "credit": number[made["credit_id"]], "amount_cents": made["amount_cents"]})


def _assert_same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    first, second = (frame.groupby(["debit", "credit"])["amount_cents"].sum() for frame in (found, expected))
    assert first.equals(second), f"{(first.sub(second, fill_value=0) != 0).sum()} pairs differ"


def _row(name: str, seconds: float, plain_seconds: float) -> list[str]:
    return [name, f"{seconds:.2f}", f"{plain_seconds:.2f}", f"{plain_seconds / seconds:.0f}"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS, help="ledger lines, about")
    main(parser.parse_args().items)
