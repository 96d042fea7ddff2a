"""The generated client's truth as the oracle's ledger: what really paid what, not what matching finds."""

from dataclasses import dataclass

import pandas as pd

from auditlib.audit_results import AuditResults
from auditlib.demo import Truth
from auditlib.ledger import Ledger
from auditlib.loaders.intake import Intake
from auditlib.parameters import Parameters
from tests import oracle

__all__ = ["KEY", "Pairs", "TruthCase", "engine_pairs", "movement_pairs", "truth_ledger", "truth_pairs"]

KEY = ["customer_id", "account", "document_ref", "posting_date", "amount_cents"]
"""What a movement is found again by in the files; the generator repeats none of these."""

Pairs = dict[tuple[int, int], int]
"""Cents by (debit, credit), both numbered as in the truth."""


@dataclass(frozen=True)
class TruthCase:
    """A generated client: its truth, and what the package makes of its files.

    Attributes
    ----------
    name : str
    truth : Truth
    parameters : Parameters
    intake : Intake
    ledger : Ledger
        Matched as the parameters say (`auto`).
    results : AuditResults
    truth_id : dict of int to int
        Number in the truth of each loaded movement.
    """

    name: str
    truth: Truth
    parameters: Parameters
    intake: Intake
    ledger: Ledger
    results: AuditResults
    truth_id: dict[int, int]

    def value(self, indicator: str) -> float:
        """Return an indicator that must be there."""
        value = self.results.summary["indicators"][indicator]["value"]
        assert value is not None, indicator
        return float(value)


def movement_pairs(truth: Truth, movements: pd.DataFrame) -> pd.DataFrame:
    """Join truth and loaded movements; columns of both with ``_truth`` and ``_loaded``, and ``_merge``."""
    return _as_text(truth.movements).merge(
        _as_text(movements), on=KEY, how="outer", suffixes=("_truth", "_loaded"), indicator=True)


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    codes = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(codes, "str"))


def truth_pairs(truth: Truth) -> Pairs:
    """Return what each credit really paid of each debit."""
    summed: Pairs = {}
    for debit, credit, amount, _ in truth.allocations.itertuples(index=False, name=None):
        summed[debit, credit] = summed.get((debit, credit), 0) + amount
    return summed


def engine_pairs(ledger: Ledger, truth_id: dict[int, int], *, methods: tuple[str, ...] = ()) -> Pairs:
    """Return what matching found, the claims of one carrying movement put together again."""
    number = [truth_id[row] for row in ledger.items["movement_id"].tolist()]
    summed: Pairs = {}
    for debit, credit, amount, _, method in ledger.allocations.itertuples(index=False, name=None):
        if not methods or method in methods:
            pair = number[debit], number[credit]
            summed[pair] = summed.get(pair, 0) + amount
    return summed


def truth_ledger(truth: Truth) -> oracle.Ledger:
    """Return the truth in the oracle's terms: items numbered as the movements, allocations as they happened."""
    movements = truth.movements
    due = movements["due_date"].fillna(movements["true_due_date"])
    columns = [movements["customer_id"], movements["kind"], movements["account"], movements["document_ref"],
               movements["posting_date"], movements["document_date"], due, movements["amount_cents"], movements["origin_id"]]
    items: list[oracle.Item] = []
    for number, cells in enumerate(zip(*(column.astype(object).tolist() for column in columns), strict=True)):
        customer, kind, account, ref, posted, documented, due_on, amount, origin = cells
        row = oracle.Row(number, customer, kind, posted.date(), amount, _day(documented), _day(due_on), ref, account=account)
        items.append(_carried(row, items, origin))
    made = [oracle.Allocation(debit, credit, amount, day.date(), "truth")
            for debit, credit, amount, day in truth.allocations.itertuples(index=False, name=None)]
    return oracle.Ledger(truth.as_of_date, "truth", None, items, made)


def _day(moment: pd.Timestamp) -> "oracle.dt.date | None":
    return None if pd.isna(moment) else moment.date()


def _carried(row: oracle.Row, items: list[oracle.Item], origin: int) -> oracle.Item:
    """Give a claim carried on the dates of its origin, but a bill its own due date (INDICATORS.md 1)."""
    lump = row.kind == "opening" and not row.ref
    if row.kind not in oracle.CARRIERS or row.amount < 0:
        return oracle.Item(row, row.amount, row.document_date, row.due, None, lump)
    if origin < 0:
        return oracle.Item(row, row.amount, row.document_date, row.due, None, age_unknown=True)
    return oracle.carried(row, items, origin, row.amount)
