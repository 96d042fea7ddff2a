"""The generated client's truth in the oracle's terms, and how its movements are found again among those loaded."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from auditlib.audit_results import AuditResults
from auditlib.demo import Habits, Truth, generate
from auditlib.indicators import compute
from auditlib.ledger import Ledger, build_ledger
from auditlib.loaders.intake import Intake, load_documents
from auditlib.parameters import Economics, Method, NonDisclosure, Parameters
from tests import oracle

__all__ = [
    "KEY", "Audited", "Case", "Expected", "Pairs", "audited", "exact_receipts", "joined", "make_case", "truth_ledger",
    "truth_pairs",
]

KEY = ["customer_id", "account", "document_ref", "posting_date", "amount_cents"]
"""What a movement is found again by in the files; the generator repeats none of these."""

CARRIERS = ("reclassification", "unpaid_return")
"""Kinds whose debits carry an earlier claim on (INDICATORS.md 1)."""

Pairs = dict[tuple[int, int], int]
"""Cents by (debit, credit), both numbered as in the truth."""


@dataclass(frozen=True)
class Case:
    """A generated client, and what the package makes of its files alone.

    Attributes
    ----------
    both : DataFrame
        The movements of the truth beside those loaded (`joined`).
    number : dict of int to int
        Number in the truth of each loaded movement.
    """

    truth: Truth
    parameters: Parameters
    intake: Intake
    both: pd.DataFrame
    number: dict[int, int]

    def ledger(self, matching: str = "auto", *, without: Collection[str] = ()) -> Ledger:
        """Match the loaded movements, some of their text columns withheld."""
        movements = self.intake.movements
        blank = {name: pd.Series("", movements.index, dtype=movements[name].dtype.name) for name in without}
        method = self.parameters.method.model_copy(update={"matching": matching})
        return build_ledger(movements.assign(**blank), as_of_date=self.truth.as_of_date, method=method)

    def results(self) -> AuditResults:
        """Audit the loaded documents."""
        return compute(self.intake, parameters=self.parameters, as_of_date=self.truth.as_of_date)

    def pairs(self, ledger: Ledger, *, methods: Collection[str] = ()) -> Pairs:
        """Return what matching found, the claims of one carrying movement put together again."""
        at = [self.number[row] for row in ledger.items["movement_id"].tolist()]
        made = ledger.allocations
        made = made[made["method"].isin(list(methods))] if methods else made
        columns = (made[name].tolist() for name in ("debit_id", "credit_id", "amount_cents"))
        return _summed((at[debit], at[credit], amount) for debit, credit, amount in zip(*columns, strict=True))


@dataclass(frozen=True)
class Expected:
    """What one client's figures are held to.

    Attributes
    ----------
    applied : str
    exact_count, exact_amount : float
        Floors of the receipts allocated just as in truth. [share 0–1]
    rate, overdue_recovery, days : float
        How far overdue rates, recovery of the overdue [both share 0–1] and weighted days [days] may be from truth.
    """

    applied: str
    exact_count: float
    exact_amount: float
    rate: float
    overdue_recovery: float
    days: float


@dataclass(frozen=True)
class Audited:
    """A case, matched and audited as its parameters say, beside its truth in the oracle's terms."""

    case: Case
    expected: Expected
    ledger: Ledger
    results: AuditResults
    real: oracle.Ledger

    @property
    def rows(self) -> list[oracle.Row]:
        return [item.row for item in self.real.items]

    @property
    def day(self) -> dt.date:
        return self.case.truth.as_of_date

    def value(self, indicator: str) -> float:
        value = self.results.summary["indicators"][indicator]["value"]
        assert value is not None, indicator
        return float(value)


def audited(case: Case, expected: Expected) -> Audited:
    """Match and audit a case."""
    return Audited(case, expected, case.ledger(), case.results(), truth_ledger(case.truth))


def make_case(folder: Path, *, seed: int, habits: Habits) -> Case:
    """Generate a full-size client and read its files."""
    truth = generate(folder / "documents", seed=seed, habits=habits)
    parameters = Parameters(
        client="generated", as_of_date=truth.as_of_date, documents=["documents"], source=folder / "generated.yaml",
        nda=NonDisclosure(allow_unsigned=True), method=Method(default_terms="30 days"),
        economics=Economics(financing_rate=0.055, margin_rate=0.08, vat_rate=0.20))
    intake = load_documents(parameters, as_of_date=truth.as_of_date)
    both = joined(truth, intake.movements)
    found = both[both["_merge"] == "both"]
    number = dict(zip(found["movement_id_loaded"].astype(int), found["movement_id_truth"].astype(int), strict=True))
    return Case(truth, parameters, intake, both, number)


def joined(truth: Truth, movements: pd.DataFrame) -> pd.DataFrame:
    """Join truth and loaded movements; columns of both with ``_truth`` and ``_loaded``, and ``_merge``."""
    return _as_text(truth.movements).merge(
        _as_text(movements), on=KEY, how="outer", suffixes=("_truth", "_loaded"), indicator=True)


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    codes = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(codes, "str"))


def truth_pairs(truth: Truth) -> Pairs:
    """Return what each credit really paid of each debit."""
    columns = (truth.allocations[name].tolist() for name in ("debit_id", "credit_id", "amount_cents"))
    return _summed(zip(*columns, strict=True))


def _summed(made: Iterable[tuple[int, int, int]]) -> Pairs:
    pairs: Pairs = {}
    for debit, credit, amount in made:
        pairs[debit, credit] = pairs.get((debit, credit), 0) + amount
    return pairs


def exact_receipts(truth: Truth, found: Pairs) -> tuple[set[int], dict[int, int]]:
    """Return the receipts that pay just what they really paid, and the amount of every receipt in cents.

    A receipt that really paid nothing (it came twice) is right where it is left alone.
    """
    kinds, amounts = truth.movements["kind"].tolist(), truth.movements["amount_cents"].tolist()
    receipts = {number: -amounts[number] for number, kind in enumerate(kinds) if kind == "receipt"}
    real = truth_pairs(truth)
    wrong = {pair[1] for pair in real.keys() | found.keys() if real.get(pair) != found.get(pair)}
    return set(receipts) - wrong, receipts


# --- the truth as the oracle's ledger

def truth_ledger(truth: Truth, *, lettered_only: bool = False) -> oracle.Ledger:
    """Return the truth in the oracle's terms: items numbered as the movements, allocations as they happened.

    With `lettered_only`, what the accountant had not lettered is left open on both sides: all that codes can tell.
    """
    movements = truth.movements
    due = movements["due_date"].fillna(movements["true_due_date"])
    names = ("customer_id", "kind", "account", "document_ref", "posting_date", "document_date", "amount_cents")
    cells = zip(*(movements[name].tolist() for name in (*names, "origin_id")), due.tolist(), strict=True)
    items: list[oracle.Item] = []
    for number, (customer, kind, account, ref, posted, documented, amount, origin, due_on) in enumerate(cells):
        row = oracle.Row(
            number, customer, kind, posted.date(), amount, _day(documented), _day(due_on), ref, account=account)
        items.append(_item(row, items, origin))
    code = movements["matching_code"].tolist()
    columns = [truth.allocations[name] for name in ("debit_id", "credit_id", "amount_cents", "allocation_date")]
    made = [oracle.Allocation(debit, credit, amount, day.date(), "truth")
            for debit, credit, amount, day in zip(*(column.tolist() for column in columns), strict=True)
            if code[debit] or not lettered_only]
    return oracle.Ledger(truth.as_of_date, "truth", None, items, made)


def _day(moment: pd.Timestamp) -> dt.date | None:
    return None if pd.isna(moment) else moment.date()


def _item(row: oracle.Row, items: list[oracle.Item], origin: int) -> oracle.Item:
    """Give a claim carried on the dates of its origin, but a bill its own due date (INDICATORS.md 1)."""
    if row.kind not in CARRIERS or row.amount < 0:
        lump = row.kind == "opening" and not row.ref
        return oracle.Item(row, row.amount, row.document_date, row.due, age_unknown=lump)
    return oracle.carried(row, items, origin if origin >= 0 else None, row.amount)
