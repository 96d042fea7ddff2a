"""What the state at the as-of date says of each segment: amounts, rates, concentration, share."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib import reasons, segment_reasons
from auditlib.ageing import bucket_labels
from auditlib.dso import split_parts
from auditlib.evidence import Evidence
from auditlib.overdue import THRESHOLDS
from auditlib.segment_facts import SegmentFacts
from auditlib.segmentation import Division, state_sums, totals

__all__ = ["Measures", "State", "state_at", "stock_measures"]

UNDATED_LIMIT = 0.10
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Refusals = Sequence[tuple[npt.NDArray[np.bool_] | bool, str]]


@dataclass
class Measures:
    """Figures by segment, each with the reason where it has none."""

    count: int
    columns: dict[str, npt.NDArray[np.generic]] = field(default_factory=dict)

    def amount(self, name: str, values: Ints) -> None:
        """Keep whole numbers, which are always available."""
        self.columns[name] = values

    def ratio(self, name: str, over: npt.NDArray[np.generic], under: npt.NDArray[np.generic] | float, *,
              refused: Refusals) -> None:
        """Keep ``over / under``; where a refusal holds, or nothing can be divided by, its reason instead."""
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.asarray(over, dtype=np.float64) / np.asarray(under, dtype=np.float64)
        self.figure(name, np.broadcast_to(values, self.count).copy(), refused=refused)

    def figure(self, name: str, values: Floats, *, refused: Refusals) -> None:
        """Keep figures, and in ``<name>_reason`` the first refusal that holds ("" where there is a figure)."""
        held = [np.broadcast_to(np.asarray(holds, dtype=bool), self.count) for holds, _ in refused]
        reason = np.select(held, [why for _, why in refused], default="") if held else np.full(self.count, "")
        values[reason != ""] = np.nan
        self.columns[name] = values
        self.columns[f"{name}_reason"] = reason.astype(object)

    def refuse(self, names: Sequence[str], reason: str) -> None:
        """Give no figure of these names, for one reason."""
        for name in names:
            self.figure(name, np.full(self.count, np.nan), refused=[(True, reason)])

    def table(self, labels: pd.DataFrame) -> pd.DataFrame:
        """Return the columns beside the labels of the segments."""
        return pd.concat([labels, pd.DataFrame(self.columns, index=labels.index)], axis=1)


@dataclass(frozen=True)
class State:
    """The open items at the as-of date, the segment of each, and their sums by segment."""

    items: pd.DataFrame
    code: Ints
    sums: pd.DataFrame
    parts: dict[str, Ints]


def state_at(facts: SegmentFacts, division: Division) -> State:
    """Divide the open items at the as-of date."""
    items = facts.evidence.open_items
    code = facts.open_items_of(division)
    split: dict[str, Ints] = facts.once("split", lambda: split_parts(items))
    parts = {name: totals(code, part, count=division.count) for name, part in split.items()}
    return State(items, code, state_sums(items, code=code, count=division.count, thresholds=THRESHOLDS), parts)


def stock_measures(facts: SegmentFacts, state: State, measures: Measures) -> None:
    """Add what the open items give: amounts that tie to the whole, and rates."""
    evidence, sums, count = facts.evidence, state.sums, measures.count
    gross, undated = sums["gross_cents"].to_numpy(), sums["undated_cents"].to_numpy()
    for name in ("receivable_cents", "gross_cents"):
        measures.amount(name, sums[name].to_numpy())
    for label, amounts in _buckets(evidence, state, count).items():
        measures.amount(f"{label}_cents", amounts)
    measures.amount("overdue_cents", sums["overdue_rate_cents"].to_numpy())
    net = evidence.net_overdue
    measures.amount("net_overdue_cents", totals(
        state.code[net.index.to_numpy()], net["net_overdue_cents"].to_numpy(), count=count))
    for name in ("disputed_cents", "doubtful_cents", "customers", "open_items"):
        measures.amount(name, sums[name].to_numpy())
    whole = int(sums["receivable_cents"].sum())
    measures.ratio("share", sums["receivable_cents"].to_numpy(), whole, refused=[
        (whole <= 0, segment_reasons.NO_SHARE)])
    for name in THRESHOLDS:
        measures.ratio(name, sums[f"{name}_cents"].to_numpy(), gross - undated, refused=[
            (undated > UNDATED_LIMIT * gross, reasons.TOO_MUCH_UNDATED), (gross - undated <= 0, reasons.NOTHING_OPEN)])
    largest, positive = _largest(facts, state, count)
    measures.ratio("concentration_top1", largest, positive, refused=[(positive <= 0, reasons.NO_BALANCE)])


def _buckets(evidence: Evidence, state: State, count: int) -> dict[str, Ints]:
    """Return the amount of each segment in each bucket shown [cents]."""
    labels = bucket_labels(evidence.parameters.method.buckets)
    bucket = evidence.shown_items["bucket"].cat.codes.to_numpy().astype(np.int64)
    cells = totals(state.code * len(labels) + bucket, state.items["residual_cents"].to_numpy(),
                   count=count * len(labels)).reshape(count, len(labels))
    return {label: cells[:, number] for number, label in enumerate(labels)}


def _largest(facts: SegmentFacts, state: State, count: int) -> tuple[Ints, Ints]:
    """Return the largest balance of a debtor (a group under its head) in each segment, and Σ positive ones [cents]."""
    customers = facts.customers
    head = customers["group_id"].where(customers["group_id"] != "", customers["customer_id"]).astype("str")
    number = pd.Series(pd.factorize(head)[0], index=customers["customer_id"].astype("str"))
    column = state.items["customer_id"].astype("category")
    debtor = number.reindex(column.cat.categories.astype("str")).fillna(-1).to_numpy(dtype=np.int64) + 1
    width = len(number) + 1
    cell = state.code * width + debtor[column.cat.codes.to_numpy()]
    pairs, place = np.unique(cell, return_inverse=True)
    balance = np.maximum(totals(place, state.items["residual_cents"].to_numpy(), count=len(pairs)), 0)
    largest = np.zeros(count, dtype=np.int64)
    np.maximum.at(largest, pairs // width, balance)
    return largest, totals(pairs // width, balance, count=count)
