"""Which source gives the items, and what each of the others is for."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditlib.errors import BadInputError
from auditlib.loaders.follow_up_sheet import FOLLOW_UP_KINDS
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import dates, holds

__all__ = ["BASIS", "Selection", "choice_for", "select"]

BASIS = {
    "customer_ledger": "ledger", "fec": "ledger", "invoice_list": "invoice_list", "open_items": "open_items",
    "aged_balance": "aged_balance",
}
"""What the states of an intake rest on, by the kind of its primary source."""

SECOND_KINDS = ("aged_balance", "trial_balance", "fec", "customer_ledger", "open_items")
JOINED = ("customer_ledger", "fec")
"""Kinds that give the items together where each holds a period of its own."""
LISTS = ("customer_list", "dispute_list", "promises", "ceded", "insolvency_list", *FOLLOW_UP_KINDS)
OURS = ("finding_answers", *FOLLOW_UP_KINDS)
"""Kinds made to be filled in: one that is still empty is not left unused."""
EXPECTED = "a customer ledger, an FEC, an invoice list, a list of open items or an aged balance"


@dataclass(frozen=True)
class Selection:
    """The sources by their use; each is in one field only.

    Attributes
    ----------
    items : tuple of Source
        They give the movements; of one kind, or ledgers and FECs of periods apart.
    seconds, customer_lists, dispute_lists, unused, promises, ceded_lists, insolvency_lists, follow_up : tuple of Source
    """

    items: tuple[Source, ...]
    seconds: tuple[Source, ...]
    customer_lists: tuple[Source, ...]
    dispute_lists: tuple[Source, ...]
    unused: tuple[Source, ...]
    promises: tuple[Source, ...] = ()
    ceded_lists: tuple[Source, ...] = ()
    insolvency_lists: tuple[Source, ...] = ()
    follow_up: tuple[Source, ...] = ()

    @property
    def basis(self) -> str:
        """The basis of the intake: ledger, invoice_list, open_items or aged_balance."""
        return BASIS[self.items[0].kind] if self.items else "aged_balance"

    def role(self, source: Source) -> str:
        """Return the role of a source as `schemas.INTAKE` writes it."""
        if source.kind in OURS:
            return "attributes"
        if source in self.items:
            return "items"
        if source in self.seconds:
            return "second_source"
        beside = (*self.customer_lists, *self.dispute_lists, *self.promises, *self.ceded_lists, *self.insolvency_lists)
        return "attributes" if source in beside else "unused"


def select(sources: Sequence[Source], *, as_of_date: dt.date, roles: Mapping[str, str] | None = None) -> Selection:
    """Take the most detailed kind as the source of items, the rest of the same receivable as second sources.

    A ledger of one year and an FEC of another are both sources of items.

    Parameters
    ----------
    sources : sequence of Source
    as_of_date : date
    roles : mapping of str to str, optional
        The auditor's choice by source name: items, second_source, attributes or unused.

    Raises
    ------
    BadInputError
        If no source says what customers owe.
    """
    chosen = {id(source): (roles or {}).get(source.name, "") for source in sources}
    filled = [source for source in sources if len(source.table) and chosen[id(source)] != "unused"]
    candidates = [s for s in filled if chosen[id(s)] == "items"] or [s for s in filled if chosen[id(s)] == ""]
    groups = {kind: [s for s in candidates if s.kind == kind] for kind in BASIS}
    ranked = sorted(
        (kind for kind in groups if kind != "aged_balance" and groups[kind]), key=lambda kind: _rank(kind, groups)
    )
    items = _of_one_day(groups[ranked[0]], as_of_date) if ranked else []
    items = [*items, *_other_periods(items, [source for kind in JOINED for source in groups[kind]])]
    taken = {id(source) for source in items}
    seconds = [s for s in filled if s.kind in SECOND_KINDS and id(s) not in taken]
    if not items and not any(s.kind == "aged_balance" for s in seconds):
        raise BadInputError(_nothing_found(sources))
    lists = {kind: tuple(s for s in filled if s.kind == kind) for kind in LISTS}
    used = taken | {id(s) for s in (*seconds, *(s for listed in lists.values() for s in listed))}
    unused = tuple(s for s in sources if id(s) not in used)
    return Selection(tuple(items), tuple(seconds), lists["customer_list"], lists["dispute_list"], unused,
                     promises=lists["promises"], ceded_lists=lists["ceded"], insolvency_lists=lists["insolvency_list"],
                     follow_up=tuple(s for kind in FOLLOW_UP_KINDS for s in lists[kind]))


def choice_for(source: Source, mapping: Mapping[str, Mapping[str, Any]], key: str) -> object:
    """Return what the auditor's ``mapping`` says of a source: under its sheet's name, else its file's; or None."""
    for name in (source.name, source.file):
        choices = mapping.get(name) or {}
        if key in choices:
            return choices[key]
    return None


def _rank(kind: str, groups: dict[str, list[Source]]) -> tuple[int, int]:
    """Order kinds by detail; a ledger without due dates is no better than an FEC that has more lines."""
    order = list(BASIS).index(kind)
    ledgers, entries = groups["customer_ledger"], groups["fec"]
    if kind == "fec" and ledgers and not _states_due_dates(ledgers) and _lines(entries) > _lines(ledgers):
        return (-1, order)
    return (order, order)


def _states_due_dates(sources: Iterable[Source]) -> bool:
    return any(holds(source.table, "due_date") for source in sources)


def _lines(sources: Iterable[Source]) -> int:
    return sum(len(source.table) for source in sources)


def _of_one_day(sources: list[Source], as_of_date: dt.date) -> list[Source]:
    """Keep one printing of the lists of open items: the latest not after the as-of date, else the first."""
    printed = sorted({s.title.as_of_date for s in sources if s.kind == "open_items" and s.title.as_of_date})
    if len(printed) <= 1:
        return sources
    before = [day for day in printed if day <= as_of_date]
    chosen = before[-1] if before else printed[0]
    return [s for s in sources if s.title.as_of_date in (chosen, None)]


def _other_periods(items: Sequence[Source], others: Sequence[Source]) -> list[Source]:
    """Return ledgers and FECs of the other kind that hold no day the items hold: the years before, or after."""
    if not items or items[0].kind not in JOINED:
        return []
    held = [_period(source) for source in items]
    return [source for source in others if source.kind != items[0].kind and (span := _period(source)) is not None
            and all(own is not None and (span[1] < own[0] or span[0] > own[1]) for own in held)]


def _period(source: Source) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    days = dates(source.table, "posting_date").fillna(dates(source.table, "document_date"))
    return (days.min(), days.max()) if days.notna().any() else None


def _nothing_found(sources: Sequence[Source]) -> str:
    read = ", ".join(f"{s.name} ({s.kind.replace('_', ' ')}, {len(s.table)} rows)" for s in sources) or "nothing"
    if any(s.kind == "fec" and s.table.empty for s in sources):
        return (f"no account of customers among the documents: {read}; none starts with a prefix of method.perimeter; "
                "write there those the client uses")
    aside = next((f" ({s.name}: {s.problem})" for s in sources if s.problem and s.confidence > 0), "")
    return (f"no source of receivables among the documents: {read}{aside}; expected {EXPECTED} with a customer, "
            "a date and an amount column; look at them with auditlib inspect and correct the mapping")

