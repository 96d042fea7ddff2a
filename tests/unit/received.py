"""Registers of documents as a client's files would give them."""

import pandas as pd

from auditlib import schemas
from auditlib.document_placing import placed_documents
from auditlib.document_states import DocumentState, document_states
from auditlib.request_rules import RequestRules

__all__ = ["placed", "register", "states_on"]

LEDGER, BALANCE = ("Grand livre.xlsx", "customer_ledger"), ("Balance.xlsx", "aged_balance")


def register(*files: tuple[str, str], on: str = "2026-04-30") -> pd.DataFrame:
    """Return a register of files, each a name and the kind the loaders told."""
    frame = pd.DataFrame({
        "name": [name for name, _kind in files], "kind": [kind for _name, kind in files],
        "received_on": pd.Timestamp(on), "sha256": "0" * 64, "rows": 3, "total_cents": 12345})
    return schemas.validate(frame, schemas.REGISTER)


def placed(rules: RequestRules, *files: tuple[str, str], on: str = "2026-04-30") -> pd.DataFrame:
    """Return those files, each placed."""
    return placed_documents(register(*files, on=on), rules, name="acme.yaml")


def states_on(
    day: str, rules: RequestRules, *files: tuple[str, str], on: str = "2026-04-30",
) -> dict[str, DocumentState]:
    """Return by kind the state on a day."""
    found = document_states(placed(rules, *files, on=on), rules, day=pd.Timestamp(day).date())
    return {one.kind: one for one in found}
