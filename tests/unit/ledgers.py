"""Hand-written ledgers for tests: a few columns a row, the rest filled in as a loader would."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from auditlib import schemas
from auditlib.ledger import Ledger, build_ledger
from auditlib.open_items import open_items
from auditlib.parameters import Method

__all__ = ["ledger_of", "movements", "open_at"]

FILLERS: dict[str, Any] = {"date": pd.NaT, "day": pd.NaT, "cents": 0, "whole": 0, "flag": False}
DATES = ("document_date", "posting_date", "due_date", "matching_date")


def movements(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return rows as MOVEMENTS: one customer "A" in EUR, documents dated as posted, unless said."""
    frame = pd.DataFrame(list(rows))
    for name, kind in schemas.MOVEMENTS.columns.items():
        if name not in frame:
            frame = frame.assign(**{name: FILLERS.get(kind, "")})
    frame = frame.assign(
        movement_id=range(len(frame)), source_row=range(2, len(frame) + 2),
        currency=frame["currency"].replace("", "EUR"), customer_id=frame["customer_id"].replace("", "A"))
    for name in DATES:
        frame[name] = pd.to_datetime(frame[name])
    for name in ("document_ref", "label", "matching_code", "account"):
        frame[name] = frame[name].fillna("")
    frame["document_date"] = frame["document_date"].fillna(frame["posting_date"])
    frame["due_date_origin"] = np.where(frame["due_date"].notna(), "given", "none")
    return schemas.validate(frame, schemas.MOVEMENTS)


def ledger_of(*rows: dict[str, Any], as_of: str = "2025-12-31", **method: Any) -> Ledger:
    """Build the ledger of hand-written rows."""
    return build_ledger(movements(*rows), as_of_date=dt.date.fromisoformat(as_of), method=Method(**method))


def open_at(ledger: Ledger, as_of: str | None = None, **statuses: pd.DataFrame) -> pd.DataFrame:
    """List open items without any status but those given."""
    tables = {"customers": schemas.CUSTOMERS, "disputes": schemas.DISPUTES, "insolvencies": schemas.INSOLVENCIES}
    frames: dict[str, Any] = {name: statuses.get(name, schemas.empty(table)) for name, table in tables.items()}
    return open_items(ledger, as_of_date=dt.date.fromisoformat(as_of) if as_of else None, **frames)
