"""Cells to be changed, gathered first and written column by column: a long ledger is copied once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from auditlib.schemas import CUSTOMERS, MOVEMENTS, validate

__all__ = ["Edits"]


@dataclass
class Edits:
    """What corrections change.

    Attributes
    ----------
    cells : dict
        By column of the movements, the new value by position.
    dropped : set of int
        Positions of the items that leave the receivable.
    matches : list of tuple of int
        Positions of debit and credit set against each other.
    types : dict of str to tuple of str
        By customer, the type and the reason.
    received : list of tuple
        Customer and amount of the deposits that items turn out to be. [cents, > 0]
    """

    cells: dict[str, dict[int, Any]] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    matches: list[tuple[int, int]] = field(default_factory=list)
    types: dict[str, tuple[str, str]] = field(default_factory=dict)
    received: list[tuple[str, int]] = field(default_factory=list)

    def put(self, position: int, **values: Any) -> None:
        """Change cells of one item."""
        for name, value in values.items():
            self.cells.setdefault(name, {})[position] = value

    def of_movements(self, movements: pd.DataFrame) -> pd.DataFrame:
        """Return the movements with the cells changed."""
        if not self.cells:
            return movements
        written = {name: _written(movements[name], values) for name, values in self.cells.items()}
        changed = movements.assign(**written)
        return validate(changed, MOVEMENTS)[list(movements.columns)]

    def of_customers(self, customers: pd.DataFrame) -> pd.DataFrame:
        """Return the customers with the types corrected."""
        if not self.types:
            return customers
        columns: dict[str, dict[int, str]] = {"customer_type": {}, "type_reason": {}, "type_confidence": {}}
        for position, code in enumerate(customers["customer_id"].astype("str")):
            if code in self.types:
                kind, reason = self.types[code]
                columns["customer_type"][position] = kind
                columns["type_reason"][position] = reason
                columns["type_confidence"][position] = "high"
        written = {name: _written(customers[name], values) for name, values in columns.items()}
        return validate(customers.assign(**written), CUSTOMERS)[list(customers.columns)]

    def of_deposits(self, deposits: pd.DataFrame) -> pd.DataFrame:
        """Return the deposits with those that were in the receivable."""
        if not self.received:
            return deposits
        added = pd.DataFrame(self.received, columns=["customer_id", "amount_cents"])
        both = pd.concat([deposits.astype({"customer_id": "str"}), added], ignore_index=True)
        return both.groupby("customer_id")[["amount_cents"]].sum().reset_index()


def _written(column: pd.Series, values: dict[int, Any]) -> pd.Series:
    """Return a column with some values changed; a category that is new is added."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = _with_categories(column, values.values())
    changed = column.copy()
    places = np.fromiter(values, dtype=np.int64, count=len(values))
    changed.iloc[places] = list(values.values())
    return changed


def _with_categories(column: pd.Series, values: Iterable[Any]) -> pd.Series:
    new = [value for value in dict.fromkeys(values) if value not in column.cat.categories]
    return column.cat.add_categories(new) if new else column
