"""Sections on how each customer pays."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditlib.deliver.parts import Section
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SECTIONS"]

SECTIONS: tuple[Callable[["AuditResults", Formats], Section | None], ...] = ()
