"""The canonical tables of an intake, assembled before, taken from the cache."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from auditlib.loaders.cache import Cache
from auditlib.loaders.summaries import SecondSource

__all__ = ["assemble_or_keep"]

TABLES = (
    "movements", "customers", "disputes", "insolvencies", "deposits", "outside", "intake", "rejected", "findings",
    "promises", "ceded", "accounts", "answers", "extracts", "contacts", "actions", "commitments",
    "control_totals", "suspects", "alike_customers", "e_invoices")
DAYS = ("history_start", "items_as_of")
PLAIN = ("basis", "currency", "has_document_dates", "has_dispute_information", "recognised")


def assemble_or_keep(cache: Cache, key: object, assemble: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return the fields of an intake, assembled now or before.

    Parameters
    ----------
    cache : Cache
    key : object
        All they depend on: documents, parameters, as-of date.
    assemble : callable
        Returns the fields.
    """
    if kept := cache.load(["intake", key]):
        described, tables = kept
        days = {name: described[name] for name in DAYS}
        return {
            **{name: tables[name] for name in TABLES}, **{name: described[name] for name in PLAIN},
            **{name: dt.date.fromisoformat(day) if day else None for name, day in days.items()},
            "second_sources": tuple(SecondSource(
                one["name"], one["kind"], dt.date.fromisoformat(one["as_of_date"]) if one["as_of_date"] else None,
                tables[f"second-{number}"]) for number, one in enumerate(described["second_sources"])),
        }
    fields = assemble()
    seconds: tuple[SecondSource, ...] = fields["second_sources"]
    content = {name: fields[name] for name in (*PLAIN, *DAYS)} | {"second_sources": [
        {"name": one.name, "kind": one.kind, "as_of_date": one.as_of_date} for one in seconds]}
    tables = {name: fields[name] for name in TABLES} | {
        f"second-{number}": one.balances for number, one in enumerate(seconds)
    }
    cache.store(["intake", key], content, tables)
    return fields
