"""What really happened at the demo client, kept apart from the files it sends."""

import datetime as dt
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

__all__ = ["Truth"]

DATES_FILE = "dates.json"


@dataclass(frozen=True)
class Truth:
    """The generated client: its movements, and which receipt paid what and when.

    Attributes
    ----------
    movements : DataFrame
        `auditlib.schemas.MOVEMENTS` of the perimeter in posting order, ``movement_id`` the row number, and
        ``entry_id`` (the accounting entry), ``origin_id`` (the item this one carries on, else -1),
        ``true_due_date`` (where the ledger has none), ``vat_rate`` [share 0–1].
    allocations : DataFrame
        ``debit_id``, ``credit_id``, ``amount_cents`` (positive), ``allocation_date`` (the later posting).
    customers : DataFrame
        The customer file, and how each customer was made to behave.
    disputes : DataFrame
        `auditlib.schemas.DISPUTES` and ``document_ref``, ``customer_id``.
    insolvencies : DataFrame
        `auditlib.schemas.INSOLVENCIES`.
    deposits : DataFrame
        Movements of account 4191: ``customer_id``, ``posting_date``, ``amount_cents`` (signed), ``entry_id``,
        ``document_ref``, ``label``.
    start, as_of_date : date
        First and last day of the ledger.
    """

    movements: pd.DataFrame
    allocations: pd.DataFrame
    customers: pd.DataFrame
    disputes: pd.DataFrame
    insolvencies: pd.DataFrame
    deposits: pd.DataFrame
    start: dt.date
    as_of_date: dt.date

    def receivable(self, day: dt.date | None = None) -> int:
        """Return the balance of accounts 411, 413 and 416 at the end of a day, in cents, VAT included."""
        posted = self.movements["posting_date"] <= pd.Timestamp(day or self.as_of_date)
        return int(self.movements.loc[posted, "amount_cents"].sum())

    def residuals(self, day: dt.date | None = None) -> pd.Series:
        """Return what is left of each movement posted by a day, in cents, VAT included, credits negative."""
        moment = pd.Timestamp(day or self.as_of_date)
        posted = self.movements.loc[self.movements["posting_date"] <= moment, "amount_cents"]
        done = self.allocations[self.allocations["allocation_date"] <= moment]
        taken = done.groupby("debit_id")["amount_cents"].sum().reindex(posted.index, fill_value=0)
        given = done.groupby("credit_id")["amount_cents"].sum().reindex(posted.index, fill_value=0)
        return posted - taken + given

    def save(self, folder: Path) -> None:
        """Write the truth as parquet files; never among the documents the client sends."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _frames():
            getattr(self, name).to_parquet(folder / f"{name}.parquet", index=False)
        dates = {"start": self.start.isoformat(), "as_of_date": self.as_of_date.isoformat()}
        (folder / DATES_FILE).write_text(json.dumps(dates), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Truth":
        """Read what `save` wrote."""
        dates = json.loads((folder / DATES_FILE).read_text(encoding="utf-8"))
        content: dict[str, Any] = {name: _read(folder / f"{name}.parquet") for name in _frames()}
        content |= {name: dt.date.fromisoformat(text) for name, text in dates.items()}
        return cls(**content)


def _read(path: Path) -> pd.DataFrame:
    """Read a frame with dates in seconds, as everywhere; parquet knows milliseconds at best."""
    frame = pd.read_parquet(path)
    dates = frame.select_dtypes("datetime").columns
    return frame.astype(dict.fromkeys(dates, "datetime64[s]"))


def _frames() -> list[str]:
    return [field.name for field in fields(Truth) if field.type is pd.DataFrame]
