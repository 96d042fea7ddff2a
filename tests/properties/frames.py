"""From the oracle's rows to the package's tables, and the engine's figures in the oracle's terms."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from auditlib import schemas
from auditlib.indicators import AuditResults, compute
from auditlib.ledger import Ledger, build_ledger
from auditlib.loaders.intake import Intake
from auditlib.open_items import open_items, residuals
from auditlib.parameters import Method, Parameters
from auditlib.replay import month_end_balances
from tests.oracle import Row

__all__ = ["balances_by_bucket", "engine", "left_by_row", "movements", "open_list", "results", "swept"]

FILLERS: dict[str, Any] = {"date": pd.NaT, "day": pd.NaT, "cents": 0, "whole": 0, "flag": False, "number": float("nan")}


def movements(rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as MOVEMENTS, in the order given; `source_row` is the row's own number."""
    frame = pd.DataFrame(
        {
            "customer_id": [r.customer for r in rows],
            "kind": [r.kind for r in rows],
            "document_ref": [r.ref for r in rows],
            "label": [r.label for r in rows],
            "matching_code": [r.code for r in rows],
            "account": [r.account for r in rows],
            "currency": [r.currency for r in rows],
            "amount_cents": [r.amount for r in rows],
            "original_amount_cents": [r.amount for r in rows],
            "source_row": [r.id for r in rows],
            "movement_id": range(len(rows)),
            "source_file": "ledger.csv",
            "due_date_origin": ["given" if r.due else "none" for r in rows],
            "posting_date": dates([r.posted for r in rows]),
            "document_date": dates([r.document_date for r in rows]),
            "due_date": dates([r.due for r in rows]),
            "matching_date": dates([r.matching_date for r in rows]),
        }
    )
    for name, kind in schemas.MOVEMENTS.columns.items():
        if name not in frame:
            frame[name] = FILLERS.get(kind, "")
    return schemas.validate(frame, schemas.MOVEMENTS)


def dates(days: Sequence[dt.date | None]) -> pd.Series:
    return pd.Series([pd.NaT if day is None else pd.Timestamp(day) for day in days], dtype="datetime64[s]")


def engine(rows: Sequence[Row], as_of: dt.date, method: str = "auto") -> Ledger:
    """Build the package's ledger."""
    return build_ledger(movements(rows), as_of_date=as_of, method=Method.model_validate({"matching": method}))


def open_list(ledger: Ledger, day: dt.date) -> list[tuple[Any, ...]]:
    """Return source row, residual, bucket, document and due date of each open item, sorted."""
    frame = open_items(
        ledger,
        customers=schemas.empty(schemas.CUSTOMERS),
        disputes=schemas.empty(schemas.DISPUTES),
        insolvencies=schemas.empty(schemas.INSOLVENCIES),
        as_of_date=day,
    )
    return sorted(
        (int(row), int(left), str(bucket), day_text(dated), day_text(due))
        for row, left, bucket, dated, due in zip(
            frame["source_row"],
            frame["residual_cents"],
            frame["bucket"],
            frame["document_date"],
            frame["due_date"],
            strict=True,
        )
    )


def day_text(day: Any) -> str:
    return "" if day is None or pd.isna(day) else f"{day:%Y-%m-%d}"


def left_by_row(ledger: Ledger, day: dt.date) -> dict[int, int]:
    """Return the residual by source row, nil ones included."""
    left: dict[int, int] = defaultdict(int)
    posted = (ledger.items["posting_date"] <= pd.Timestamp(day)).to_numpy()
    for row, amount, known in zip(ledger.items["source_row"], residuals(ledger, as_of_date=day), posted, strict=True):
        if known:
            left[int(row)] += int(amount)
    return dict(left)


def balances_by_bucket(ledger: Ledger, day: dt.date) -> dict[tuple[str, str], int]:
    """Return every customer's balance by bucket, nil cells left out."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    customer = dict(zip(ledger.items["source_row"], ledger.items["customer_id"].astype("str"), strict=True))
    for row, amount, bucket, *_ in open_list(ledger, day):
        found[customer[row], bucket] += amount
    return {key: amount for key, amount in found.items() if amount}


def swept(ledger: Ledger, days: list[dt.date]) -> dict[dt.date, dict[tuple[str, str], int]]:
    """Return the same for many dates from one sweep."""
    frame = month_end_balances(ledger, dates=days)
    found: dict[dt.date, dict[tuple[str, str], int]] = {day: {} for day in days}
    months = frame["month_end"].dt.date
    for day, customer, bucket, cents in zip(
        months, frame["customer_id"], frame["bucket"], frame["amount_cents"], strict=True
    ):
        found[day][str(customer), str(bucket)] = int(cents)
    return found


def results(rows: Sequence[Row], as_of: dt.date, method: str = "auto") -> AuditResults:
    """Audit rows as if a loader had read them."""
    frame = movements(rows)
    names = sorted({r.customer for r in rows})
    people = schemas.empty(schemas.CUSTOMERS).reindex(range(len(names)))
    people = people.astype(object).assign(customer_id=names, name=names, credit_limit_cents=0, is_group=False)
    text = people.columns.difference(["credit_limit_cents", "is_group"])
    people[text] = people[text].fillna("")
    parameters = Parameters(
        client="laws",
        as_of_date=as_of,
        documents=["."],
        method=Method.model_validate({"matching": method}),
        source=Path("laws.yaml"),
    )
    intake = Intake(
        movements=frame,
        customers=schemas.validate(people, schemas.CUSTOMERS),
        disputes=schemas.empty(schemas.DISPUTES),
        insolvencies=schemas.empty(schemas.INSOLVENCIES),
        second_sources=(),
        deposits=pd.DataFrame(
            {"customer_id": pd.Series([], dtype="str"), "amount_cents": pd.Series([], dtype="int64")}
        ),
        outside=pd.DataFrame({"account": pd.Series([], dtype="str"), "amount_cents": pd.Series([], dtype="int64")}),
        intake=schemas.empty(schemas.INTAKE),
        rejected=schemas.empty(schemas.REJECTED),
        findings=schemas.empty(schemas.FINDINGS),
        register=schemas.empty(schemas.REGISTER),
        basis="ledger",
        currency="EUR",
        has_document_dates=True,
        has_dispute_information=False,
        history_start=min(r.posted for r in rows),
    )
    return compute(intake, parameters=parameters, as_of_date=as_of, chapters=False)
