"""Invented documents for tests, as the loaders would hand them on."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from auditlib import schemas
from auditlib.indicators import AuditResults, compute
from auditlib.loaders.intake import Intake, SecondSource
from auditlib.parameters import Economics, Method, Parameters
from tests.unit.ledgers import movements

__all__ = ["T", "aged_balance", "audit", "customers_of", "intake_of", "random_movements", "second_source"]

T = dt.date(2025, 12, 31)


def audit(
    intake: Intake, *, as_of_date: dt.date = T, economics: Economics | None = None, **method: Any,
) -> AuditResults:
    """Compute the results of an intake with default parameters, but for those given."""
    economics = economics or Economics(financing_rate=0.10, margin_rate=0.10, vat_rate=0.20)
    parameters = Parameters(client="acme", as_of_date=as_of_date, documents=["."], economics=economics,
                            method=Method(**method))
    return compute(intake, parameters=parameters, as_of_date=as_of_date)


def customers_of(*ids: str, **columns: list[Any]) -> pd.DataFrame:
    """Return CUSTOMERS named like their identifiers."""
    frame = pd.DataFrame({"customer_id": list(ids), "name": [f"Client {key}" for key in ids], **columns})
    for name in schemas.CUSTOMERS.columns:
        if name not in frame:
            frame[name] = False if name == "is_group" else 0 if name == "credit_limit_cents" else ""
    return schemas.validate(frame, schemas.CUSTOMERS)


def intake_of(items: pd.DataFrame, **changes: Any) -> Intake:
    """Return an intake of movements, with nothing beside but what is given."""
    ids = sorted(items["customer_id"].astype("str").unique()) if len(items) else []
    nothing = pd.DataFrame({"customer_id": pd.Series([], dtype="str"), "amount_cents": pd.Series([], dtype="int64")})
    first = items["posting_date"].min().date() if len(items) else None
    values: dict[str, Any] = {
        "movements": items, "customers": customers_of(*ids), "disputes": schemas.empty(schemas.DISPUTES),
        "insolvencies": schemas.empty(schemas.INSOLVENCIES), "second_sources": (), "deposits": nothing,
        "outside": nothing.rename(columns={"customer_id": "account"}), "intake": schemas.empty(schemas.INTAKE),
        "rejected": schemas.empty(schemas.REJECTED), "findings": schemas.empty(schemas.FINDINGS),
        "register": schemas.empty(schemas.REGISTER), "basis": "ledger", "currency": "EUR", "has_document_dates": True,
        "has_dispute_information": True, "history_start": first}
    return Intake(**(values | changes))


def second_source(
    balances: dict[str, int], *, name: str = "balance.xlsx", kind: str = "trial_balance",
    as_of_date: dt.date | None = None,
) -> SecondSource:
    """Return a document that prints one balance a customer."""
    rows = pd.DataFrame({"customer_id": list(balances), "amount_cents": list(balances.values()), "bucket": "total"})
    return SecondSource(name, kind, as_of_date, _balances(rows))


def aged_balance(*rows: tuple[str, str, float, float, int], as_of_date: dt.date | None = None) -> SecondSource:
    """Return an aged balance of (customer, bucket, first day, last day, amount); totals are the sums."""
    frame = pd.DataFrame(rows, columns=["customer_id", "bucket", "from_days", "to_days", "amount_cents"])
    totals = frame.groupby("customer_id", as_index=False)["amount_cents"].sum().assign(bucket="total")
    return SecondSource("agee.xlsx", "aged_balance", as_of_date, _balances(pd.concat([frame, totals])))


def _balances(rows: pd.DataFrame) -> pd.DataFrame:
    defaults: dict[str, Any] = {"name": "", "from_days": np.nan, "to_days": np.nan, "source_file": "",
                                "source_sheet": "", "source_row": 1}
    frame = rows.assign(**{name: value for name, value in defaults.items() if name not in rows})
    return schemas.validate(frame, schemas.AGED_BALANCE)


def random_movements(*, seed: int = 1, customers: int = 12, invoices: int = 250, months: int = 30) -> pd.DataFrame:
    """Return lettered invoices with receipts, credit notes, returns, part payments and loose credits."""
    random = np.random.default_rng(seed)
    start = pd.Timestamp(T) - pd.DateOffset(months=months)
    posted = start + pd.to_timedelta(np.sort(random.integers(1, months * 30, invoices)), unit="D")
    rows: list[dict[str, Any]] = []
    for number, day in enumerate(posted):
        amount = int(random.integers(10_00, 900_00))
        own = {"customer_id": f"C{random.integers(customers):02d}", "account": "411000", "matching_code": f"L{number}"}
        due = day + pd.Timedelta(days=int(random.choice([30, 45, 60])))
        rows.append({**own, "kind": "invoice", "posting_date": day, "due_date": due if number % 50 else pd.NaT,
                     "amount_cents": amount, "document_ref": f"F{number:05d}",
                     "account": "416000" if number % 60 == 7 else "411000",
                     "business_unit": ["Nord", "Sud"][number % 2]})
        paid = due + pd.Timedelta(days=int(random.normal(10, 25)))
        fate = random.random()
        part = amount if fate < 0.7 else amount // 3
        if fate > 0.85 or paid <= day:
            continue
        kind = "credit_note" if fate < 0.05 else "receipt"
        rows.append({**own, "kind": kind, "posting_date": paid, "amount_cents": -part})
        if 0.05 < fate < 0.08:
            rows.append({**own, "kind": "unpaid_return", "posting_date": paid + pd.Timedelta(days=4),
                         "amount_cents": part, "document_ref": f"F{number:05d}"})
        if 0.30 < fate < 0.35:
            rows.append({**own, "kind": "receipt", "posting_date": paid, "amount_cents": -77_00, "matching_code": ""})
    return movements(*sorted((row for row in rows if row["posting_date"] <= pd.Timestamp(T) + pd.Timedelta(days=20)),
                             key=lambda row: row["posting_date"]))
