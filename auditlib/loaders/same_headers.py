"""Sheets and files with the same columns are one document in parts: they are of one kind."""

from collections.abc import Iterable

from auditlib.loaders.columns_map import MappedColumn

__all__ = ["agreed_kinds"]

BY_DETAIL = ("customer_ledger", "invoice_list", "open_items")
"""Kinds that one part may hide from another: a month without a settlement or a code looks like open items."""


def agreed_kinds(parts: Iterable[tuple[str, str, tuple[MappedColumn, ...]]]) -> dict[str, str]:
    """Return the kind of each part that must change to that of the most detailed one with its columns.

    Parameters
    ----------
    parts : iterable of (name, kind, columns)
        Names are those ``mapping`` is keyed by.
    """
    groups: dict[tuple[str, ...], dict[str, str]] = {}
    for name, kind, columns in parts:
        headers = tuple(mapped.header for mapped in columns if not mapped.role.startswith("attribute:"))
        if kind in BY_DETAIL:
            groups.setdefault(headers, {})[name] = kind
    changed: dict[str, str] = {}
    for kinds in groups.values():
        best = min(kinds.values(), key=BY_DETAIL.index)
        changed |= {name: best for name, kind in kinds.items() if kind != best}
    return changed
