"""Sources typed by hand, as the readers would return them."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from auditlib import schemas
from auditlib.loaders.source import Bucket, Source, TitleBlock
from auditlib.parameters import Method, Parameters

ENTRY_COLUMNS = ("entry", "account", "account_name", "customer_id", "debit_cents", "credit_cents")
PRINTED = {"source_row": "int64", "class": "str", "customer_id": "str", "debit_cents": "int64", "credit_cents": "int64",
           "balance_cents": "int64"}


def table(columns: Sequence[str], *rows: Sequence[Any]) -> pd.DataFrame:
    """Return a table of a source: dates given as ISO text, source rows from 2 on."""
    frame = pd.DataFrame(list(rows), columns=list(columns))
    for name in frame.columns:
        if name.endswith(("_date", "_on")):
            frame[name] = pd.to_datetime(frame[name], errors="coerce").astype("datetime64[s]")
        elif not name.endswith("_cents") and not name.startswith("bucket:") and name != "entry":
            frame[name] = frame[name].astype("str")
    return frame.assign(source_row=range(2, len(frame) + 2))


def source(kind: str, rows: pd.DataFrame, *, file: str = "", sheet: str = "", **given: Any) -> Source:
    """Return a source around a table; a header line is the one row skipped unless `skipped` says otherwise."""
    header = pd.DataFrame(
        [
            {
                "source_file": "",
                "source_sheet": "",
                "source_row": 1,
                "class": "header",
                "reason": "header",
                "text": "",
                "count": 1,
            }
        ]
    )
    skipped = given.pop("skipped", header)
    lines = given.pop("entries", ())
    entries = pd.DataFrame(lines, columns=list(ENTRY_COLUMNS)).astype({
        "entry": "int64", "debit_cents": "int64", "credit_cents": "int64"})
    fields: dict[str, Any] = {
        "confidence": 1.0,
        "columns": (),
        "title": TitleBlock(),
        "buckets": (),
        "date_order": "iso",
        "date_order_evident": True,
        "printed_totals": pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in PRINTED.items()}),
        "findings": schemas.empty(schemas.FINDINGS),
        "currency": "",
        **given,
    }
    return Source(
        path=Path(file or f"{kind}.xlsx"),
        file=file or f"{kind}.xlsx",
        sheet=sheet,
        kind=kind,
        table=rows,
        skipped=skipped,
        rows_read=len(rows) + int(skipped["count"].sum()),
        entries=entries,
        **fields,
    )


def parameters(**method: Any) -> Parameters:
    """Return an engagement at 2025-12-31."""
    return Parameters(client="acme", as_of_date=dt.date(2025, 12, 31), documents=["."], method=Method(**method))


def bucket(number: int, label: str, from_days: int | None, to_days: int | None) -> Bucket:
    """Return an ageing column."""
    return Bucket(role=f"bucket:{number}", header=label, label=label, from_days=from_days, to_days=to_days)
