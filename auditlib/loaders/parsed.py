"""The mapped columns of a body, read into dates and amounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from auditlib.loaders.column_rules import AMOUNT_ROLES, DATE_ROLES
from auditlib.loaders.columns_map import MappedColumn
from auditlib.loaders.date_values import DateOrder, Dates, decide_order, parse_dates
from auditlib.loaders.grid import Grid, Mask, is_filled
from auditlib.loaders.values import Amounts, parse_amounts

__all__ = ["ITEM_AMOUNTS", "ITEM_DATES", "Parsed", "parse_columns"]

ITEM_DATES = ("document_date", "posting_date", "due_date")
ITEM_AMOUNTS = (
    "debit_cents",
    "credit_cents",
    "amount_cents",
    "open_amount_cents",
    "total_cents",
    "balance_debit_cents",
    "balance_credit_cents",
)


@dataclass(frozen=True)
class Parsed:
    """A body by role.

    Attributes
    ----------
    cells : Table
        The raw texts of the body.
    columns : tuple of MappedColumn
    dates, amounts : dict
        By role; buckets are amounts.
    order : DateOrder
    """

    cells: pa.Table
    columns: tuple[MappedColumn, ...]
    dates: dict[str, Dates]
    amounts: dict[str, Amounts]
    order: DateOrder

    @cached_property
    def roles(self) -> set[str]:
        """Roles that hold at least one value."""
        return {mapped.role for mapped in self.columns if self.filled(mapped.role).any()}

    def texts(self, role: str) -> pa.ChunkedArray:
        """Return the raw texts of a role's column; blank where the role was not found."""
        for mapped in self.columns:
            if mapped.role == role:
                return self.cells.column(mapped.position - 1)
        return pa.chunked_array([pa.array([""] * self.cells.num_rows, pa.string())])

    def filled(self, *roles: str) -> Mask:
        """Tell the rows where one of the roles holds something."""
        result = np.zeros(self.cells.num_rows, dtype=bool)
        for role in roles:
            result |= is_filled(self.texts(role))
        return result

    def has_date(self, *roles: str) -> Mask:
        """Tell the rows with a readable date in one of the roles."""
        result = np.zeros(self.cells.num_rows, dtype=bool)
        for role in roles:
            if role in self.dates:
                result |= ~np.isnat(self.dates[role].days)
        return result

    def has_amount(self, roles: Sequence[str]) -> Mask:
        """Tell the rows with a readable amount in one of the roles."""
        result = np.zeros(self.cells.num_rows, dtype=bool)
        for role in roles:
            if role in self.amounts:
                result |= ~(self.amounts[role].is_missing | self.amounts[role].is_bad)
        return result


def parse_columns(grid: Grid, body_row: int, columns: Sequence[MappedColumn], *, date_order: str = "") -> Parsed:
    """Read the date and amount columns of a sheet's body.

    Parameters
    ----------
    grid : Grid
    body_row : int
        0-based first row of the body.
    columns : sequence of MappedColumn
    date_order : str
        The auditor's choice; decided from the dates when empty.
    """
    cells = grid.cells.slice(body_row)
    raw = {mapped.role: cells.column(mapped.position - 1) for mapped in columns}
    date_columns = {role: column for role, column in raw.items() if role in DATE_ROLES}
    order = DateOrder(date_order) if date_order else decide_order(date_columns)
    dates = {role: parse_dates(column, order.name) for role, column in date_columns.items()}
    amounts = {
        role: parse_amounts(column, decimal=grid.decimal, is_workbook=grid.is_workbook)
        for role, column in raw.items()
        if role in AMOUNT_ROLES or role.startswith("bucket:")
    }
    return Parsed(cells, tuple(columns), dates, amounts, order)
