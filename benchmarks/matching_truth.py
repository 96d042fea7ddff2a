"""How many receipts are allocated exactly as they really were, by method and by generated client.

Run: ``python -m benchmarks.matching_truth``
"""

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from auditlib.demo import HARSH_HABITS, SME_HABITS
from benchmarks.tables import show
from tests.truths import Case, Pairs, exact_receipts, make_case, truth_pairs

__all__ = ["main"]

CLIENTS = {"2025, lettered": (2025, SME_HABITS), "7, bulk receipts": (7, HARSH_HABITS)}
TAGS = ("codes", "reference", "exact", "fifo")


@dataclass(frozen=True)
class Way:
    """A way of matching: the parameter, and the columns withheld."""

    name: str
    matching: str
    without: Collection[str] = ()


WAYS = (
    Way("auto", "auto"),
    Way("codes", "codes"),
    Way("all", "all"),
    Way("all, no codes", "all", ("matching_code",)),
    Way("all, no codes, references", "all", ("matching_code", "document_ref", "label")),
)


def main() -> None:
    """Measure every way of matching on both clients and print two tables."""
    receipts: list[list[str]] = []
    tags: list[list[str]] = []
    for client, (seed, habits) in CLIENTS.items():
        with tempfile.TemporaryDirectory() as folder:
            case = make_case(Path(folder), seed=seed, habits=habits)
        for way in WAYS:
            ledger = case.ledger(way.matching, without=way.without)
            exact, amounts = exact_receipts(case.truth, case.pairs(ledger))
            right, total = sum(amounts[number] for number in exact), sum(amounts.values())
            receipts.append([client, way.name, ledger.matching.applied, f"{len(exact):,} of {len(amounts):,}",
                             _percent(len(exact), len(amounts)), f"{right / 1e8:,.2f} of {total / 1e8:,.2f}",
                             _percent(right, total)])
            tags.append([client, way.name, *(_of_tag(case, case.pairs(ledger, methods=[tag])) for tag in TAGS)])
    show("Receipts allocated exactly as in truth: same debits, same cents",
         ["seed", "method asked", "applied", "receipts", "count", "amount, M€", "amount"], receipts)
    show("Share of the receipts' amount each method allocates / of that, the share allocated as in truth, %",
         ["seed", "method asked", *TAGS], tags)


def _of_tag(case: Case, found: Pairs) -> str:
    """Describe what one method did with receipts."""
    kinds = case.truth.movements["kind"].tolist()
    real = truth_pairs(case.truth)
    total = sum(amount for (_, credit), amount in real.items() if kinds[credit] == "receipt")
    found = {pair: amount for pair, amount in found.items() if kinds[pair[1]] == "receipt"}
    made = sum(found.values())
    right = sum(min(amount, real.get(pair, 0)) for pair, amount in found.items())
    return f"{made / total:.1%} / {right / made:.1%}".replace("%", "") if made else "–"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}"


if __name__ == "__main__":
    main()
