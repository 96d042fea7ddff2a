"""Sheets on how each customer pays."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditlib.deliver.sheets import Sheet
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SHEETS"]

SHEETS: tuple[Callable[["AuditResults", Formats], Sheet | None], ...] = ()
