"""A small invented client's results, built from the contracts alone: what floors 6 and 7 are tried on."""

import dataclasses
import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd

from auditlib import schemas
from auditlib.audit_results import AuditResults
from auditlib.parameters import Economics, Method, NonDisclosure, Parameters
from auditlib.source_pairs import no_pairs

AS_OF_DATE = dt.date(2025, 12, 31)
BUCKETS = ["not_due", "1-30", "31-60", "61-90", ">90", "no_due_date", "age_unknown", "unallocated_credits"]
EDGES: dict[str, tuple[int | None, int | None]] = {
    "not_due": (None, 0),
    "1-30": (1, 30),
    "31-60": (31, 60),
    "61-90": (61, 90),
    ">90": (91, None),
}
NAMES = [
    "=CMD|'/C calc'!A0",
    "+Belle & Fils <SARL>",
    "@Atelier du Lac",
    "-Ménard #1 SAS",
    "Mairie de Saint-Élix",
    "Brûlerie de l’Étang",
    "Transports Ducasse",
    "Établissements Vauquelin et Associés (Région Sud-Ouest)",
]
TYPES = ["B2B", "B2B", "B2B", "B2B", "public", "B2B", "B2B", "B2C"]
ZONES = ["FR", "FR", "FR", "EU", "FR", "FR", "non_EU", "FR"]


def parameters(**changes: Any) -> Parameters:
    """Return the invented client's parameters."""
    values: dict[str, Any] = {
        "client": "acme",
        "client_name": "Acme #1 & Fils <SAS>",
        "as_of_date": AS_OF_DATE,
        "documents": ["docs"],
        "currency": "EUR",
        "prepared_by": "Claire Aubry",
        "method": Method(),
        "nda": NonDisclosure(signed_on=dt.date(2026, 1, 5), signatory="Paul Rivière"),
        "economics": Economics(financing_rate=0.055, margin_rate=0.08, vat_rate=0.2),
        "source": Path("acme.yaml"),
    }
    return Parameters(**(values | changes))


def results(*, customers: int = 24, items: int = 240, ties: bool | None = False) -> "AuditResults":
    """Return results of an invented client; totals are sums of the open items."""
    open_items = _open_items(customers, items)
    people = _customers(customers, open_items)
    frame = {
        "summary": _summary(open_items, people, ties),
        "open_items": open_items,
        "evolution": _evolution(open_items),
        "cohorts": _cohorts(),
        "cohort_matrix": _cohort_matrix(),
        "customers": people,
        "cube": pd.DataFrame(),
        "sales": pd.DataFrame(),
        "tie_out": _tie_out(open_items, ties),
        "differences": _differences(people, ties),
        **dict(zip(("pairs", "pair_differences"), _pairs(open_items, people, ties), strict=True)),
        "findings": _findings(),
        "intake": _intake(items),
        "rejected": _rejected(),
        "tests": pd.DataFrame(),
        "test_rows": pd.DataFrame(),
        "answers": schemas.empty(schemas.ANSWERS),
    }
    chapters = {field.name: field.default_factory() for field in dataclasses.fields(AuditResults)
                if field.default_factory is not dataclasses.MISSING}
    return cast("AuditResults", SimpleNamespace(**(chapters | frame)))


def _open_items(customers: int, items: int) -> pd.DataFrame:
    rng = np.random.default_rng(7)
    overdue = rng.choice(
        [-20, -5, 0, 10, 25, 45, 75, 120, 400], size=items, p=[0.2, 0.2, 0.1, 0.15, 0.1, 0.1, 0.05, 0.07, 0.03]
    )
    credit = np.arange(items) % 20 == 7
    undated = np.arange(items) % 40 == 3
    amount = np.where(credit, -1, 1) * rng.integers(5_000, 2_000_000, size=items)
    due = pd.Timestamp(AS_OF_DATE) - pd.to_timedelta(overdue, unit="D")
    bucket = np.select(
        [credit, undated, overdue <= 0, overdue <= 30, overdue <= 60, overdue <= 90],
        ["unallocated_credits", "no_due_date", "not_due", "1-30", "31-60", "61-90"],
        ">90",
    )
    disputed = (~credit) & (np.arange(items) % 17 == 5)
    who = rng.zipf(1.4, size=items) % customers
    frame = pd.DataFrame(
        {
            "movement_id": np.arange(items),
            "customer_id": [f"{c:06d}" for c in who],
            "kind": np.where(credit, "receipt", "invoice"),
            "document_date": due - pd.Timedelta(days=30),
            "posting_date": due - pd.Timedelta(days=30),
            "due_date": pd.Series(due).where(~undated & ~credit),
            "due_date_origin": np.where(undated | credit, "none", "given"),
            "document_ref": [f"FA{n:05d}" for n in range(items)],
            "label": "Vente",
            "journal": "VE",
            "amount_cents": amount,
            "original_amount_cents": amount,
            "currency": "EUR",
            "foreign_amount_cents": 0,
            "foreign_currency": "",
            "matching_code": np.where(np.arange(items) % 60 == 11, "AB", ""),
            "matching_date": pd.NaT,
            "account": "411000",
            "business_unit": "Négoce",
            "salesperson": "Martin",
            "kind_inferred": np.arange(items) % 3 == 0,
            "source_file": "grand_livre.xlsx",
            "source_sheet": "GL",
            "source_row": np.arange(items) + 12,
            "item_id": np.arange(items),
            "origin_id": -1,
            "is_age_unknown": False,
            "is_terms_confirmed": False,
            "residual_cents": amount,
            "days_overdue": np.where(credit | undated, np.nan, overdue),
            "bucket": bucket,
            "is_disputed": disputed,
            "disputed_cents": np.where(disputed, amount // 2, 0),
            "is_doubtful": np.isin(who, [6]),
            "is_retention": False,
            "is_group": False,
        }
    )
    return schemas.validate(frame, schemas.OPEN_ITEMS)


def _customers(count: int, items: pd.DataFrame) -> pd.DataFrame:
    ids = [f"{n:06d}" for n in range(count)]
    names = [NAMES[n % 8] if n < 8 else f"Client n° {n}" for n in range(count)]
    residual = items["residual_cents"]
    overdue = residual.where(items["days_overdue"] > 0, 0)

    def by_customer(amounts: pd.Series) -> np.ndarray[Any, np.dtype[np.int64]]:
        totals = amounts.groupby(items["customer_id"].astype("str")).sum().reindex(ids, fill_value=0)
        return totals.to_numpy().astype(np.int64)

    receivable, late = by_customer(residual), by_customer(overdue)
    credits_ = by_customer(residual.where(residual < 0, 0))
    oldest = items["days_overdue"].groupby(items["customer_id"].astype("str")).max().reindex(ids).fillna(0)
    return schemas.validate(
        pd.DataFrame(
            {
                "customer_id": ids,
                "name": names,
                "group_id": "",
                "customer_type": [TYPES[n % 8] for n in range(count)],
                "zone": [ZONES[n % 8] for n in range(count)],
                "country": "",
                "business_unit": "Négoce",
                "salesperson": "Martin",
                "size_class": "",
                "siren": "",
                "vat_number": "",
                "legal_category": "",
                "credit_limit_cents": 0,
                "payment_terms": "30 jours",
                "terms_confirmed_by": "",
                "is_group": False,
                "type_reason": "",
                "type_confidence": "",
                "zone_reason": "",
                "zone_confidence": "",
                "size_reason": "",
                "receivable_cents": receivable,
                "gross_cents": by_customer(residual.where(residual > 0, 0)),
                "overdue_cents": late,
                "net_overdue_cents": np.maximum(late + credits_, 0),
                "unallocated_cents": credits_,
                "disputed_cents": by_customer(items["disputed_cents"]),
                "oldest_days_overdue": oldest.to_numpy(),
                "sales_window_cents": np.maximum(receivable, 0) * 7,
                "share": np.maximum(receivable, 0) / max(receivable.clip(0).sum(), 1),
            }
        ),
        schemas.CUSTOMERS,
    )


def _summary(items: pd.DataFrame, people: pd.DataFrame, ties: bool | None) -> dict[str, Any]:
    total = int(items["residual_cents"].sum())
    amount = (
        items.groupby(items["bucket"].astype("str"))["residual_cents"]
        .agg(["sum", "size"])
        .reindex(BUCKETS, fill_value=0)
    )
    gross = int(items["residual_cents"].clip(lower=0).sum())
    late = int(people["overdue_cents"].sum())
    measured = {
        "overdue_rate": (late / gross, "share"),
        "dso": (52.31, "days"),
        "dso_best_possible": (31.0, "days"),
        "dso_late": (18.2, "days"),
        "dso_disputed": (4.11, "days"),
        "dso_doubtful": (1.5, "days"),
        "dso_undated": (0.5, "days"),
        "dso_unallocated": (-3.0, "days"),
        "dso_count_back": (49.8, "days"),
        "recovery_rate_1m": (0.81, "share"),
        "recovery_rate_3m": (0.95, "share"),
        "concentration_top1": (0.18, "share"),
        "concentration_top5": (0.44, "share"),
        "concentration_hhi": (812.0, "index"),
        "financing_cost": (12_345.67, "amount_per_year"),
        "cash_per_dso_day": (31_200.5, "amount"),
    }
    indicators: dict[str, Any] = {name: _indicator(value, unit) for name, (value, unit) in measured.items()}
    indicators["subsequent_receipts"] = _indicator(None, "share") | {
        "reason": "aucun mouvement postérieur n’a été fourni"
    }
    return {
        "schema_version": 1,
        "client": "acme",
        "as_of_date": "2025-12-31",
        "currency": "EUR",
        "receivable": {
            "total": total / 100,
            "gross": gross / 100,
            "not_due": amount["sum"]["not_due"] / 100,
            "overdue": late / 100,
            "net_overdue": people["net_overdue_cents"].sum() / 100,
            "disputed": items["disputed_cents"].sum() / 100,
            "doubtful": items["residual_cents"].where(items["is_doubtful"], 0).sum() / 100,
            "no_due_date": amount["sum"]["no_due_date"] / 100,
            "age_unknown": 0.0,
            "unallocated_credits": amount["sum"]["unallocated_credits"] / 100,
            "customers": items["customer_id"].nunique(),
            "open_items": len(items),
        },
        "ageing": [
            {
                "bucket": name,
                "from_days": EDGES.get(str(name), (None, None))[0],
                "to_days": EDGES.get(str(name), (None, None))[1],
                "amount": int(row["sum"]) / 100,
                "share": int(row["sum"]) / total,
                "items": int(row["size"]),
            }
            for name, row in amount.iterrows()
        ],
        "indicators": indicators,
        "evolution": [],
        "cohorts": [],
        "intake": [],
        "reconciliation": {
            "ledger_balance": total / 100,
            "open_items": total / 100,
            "second_source": "aged_balance" if ties is not None else None,
            "second_source_total": None if ties is None else (total - (0 if ties else 12_345)) / 100,
            "difference": None if ties is None else (0.0 if ties else 123.45),
            "ties": ties,
        },
    }


def _indicator(value: float | None, unit: str) -> dict[str, Any]:
    return {
        "value": value,
        "unit": unit,
        "window_months": 12,
        "window_start": "2025-01-01",
        "window_end": "2025-12-31",
        "basis_items": 240,
        "basis_amount": 2_400_000.0,
        "share_estimated": 0.12,
        "reason": None,
        "note": "",
    }


def _evolution(items: pd.DataFrame) -> pd.DataFrame:
    months = pd.date_range("2024-01-31", periods=24, freq="ME").as_unit("s")
    wave = 1 + 0.12 * np.sin(np.arange(24) / 2.0) + np.arange(24) / 90
    wave /= wave[-1]
    frame = pd.DataFrame({"month_end": months})
    total = items.groupby(items["bucket"].astype("str"))["residual_cents"].sum().reindex(BUCKETS, fill_value=0)
    for name in BUCKETS:
        frame[f"{name}_cents"] = np.rint(int(total[name]) * wave).astype(np.int64)
    frame["receivable_cents"] = frame[[f"{name}_cents" for name in BUCKETS]].sum(axis=1)
    frame["gross_cents"] = frame["receivable_cents"] - frame["unallocated_credits_cents"]
    frame["overdue_cents"] = frame[[f"{name}_cents" for name in ("1-30", "31-60", "61-90", ">90")]].sum(axis=1)
    frame["overdue_rate"] = frame["overdue_cents"] / frame["gross_cents"]
    frame["dso"] = 52.31 * wave
    frame["dso_count_back"] = 49.8 * wave
    frame["recovery_rate_1m"] = [*([np.nan] * 3), *(0.81 - 0.05 * np.cos(np.arange(21)))]
    frame["recovery_rate_3m"] = [*([np.nan] * 5), *(0.95 - 0.03 * np.cos(np.arange(19)))]
    return frame


def _cohorts() -> pd.DataFrame:
    due = np.arange(12) * 100_000 + 9_000_000
    return pd.DataFrame(
        {
            "due_month": [f"2025-{m:02d}" for m in range(1, 13)],
            "due_cents": due,
            "credited_cents": due // 50,
            "recovered_1m": [*([0.8] * 11), np.nan],
            "recovered_3m": [*([0.95] * 9), *([np.nan] * 3)],
        }
    )


def _cohort_matrix() -> pd.DataFrame:
    """Return twelve due months, 80 % in at one month and 3 % more at each of the next."""
    cells = [(month, after) for month in range(1, 13) for after in range(1, 7)]
    ends = [pd.Timestamp(2025, month, 1) + pd.offsets.MonthEnd(after + 1) for month, after in cells]
    mature = np.array([end <= pd.Timestamp(AS_OF_DATE) for end in ends])
    rate = np.array([0.77 + 0.03 * after for _month, after in cells])
    return pd.DataFrame(
        {
            "due_month": [f"2025-{month:02d}" for month, _after in cells],
            "months_after": [after for _month, after in cells],
            "available_on": pd.Series(ends).astype("datetime64[s]"),
            "is_mature": mature,
            "base_cents": np.where(mature, 1_000_000, 0),
            "settled_cents": np.where(mature, np.rint(rate * 1_000_000), 0).astype(np.int64),
            "rate": np.where(mature, rate, np.nan),
        }
    )


def _tie_out(items: pd.DataFrame, ties: bool | None) -> pd.DataFrame:
    total = int(items["residual_cents"].sum())
    gap = 0 if ties else 12_345
    rows = (
        []
        if ties is None
        else [
            {
                "source": "balance_agee.xlsx",
                "kind": "aged_balance",
                "as_of_date": pd.Timestamp(AS_OF_DATE),
                "total_cents": total - gap,
                "ledger_cents": total,
                "difference_cents": gap,
                "ties": ties,
            }
        ]
    )
    columns = ["source", "kind", "as_of_date", "total_cents", "ledger_cents", "difference_cents", "ties"]
    return pd.DataFrame(rows, columns=columns)


def _differences(people: pd.DataFrame, ties: bool | None) -> pd.DataFrame:
    first = people.iloc[:1] if ties is False else people.iloc[:0]
    ledger = first["receivable_cents"].to_numpy()
    return pd.DataFrame(
        {
            "customer_id": first["customer_id"],
            "name": first["name"],
            "ledger_cents": ledger,
            "second_source_cents": ledger - 12_345,
            "difference_cents": np.full(len(first), 12_345),
        }
    )


def _pairs(items: pd.DataFrame, people: pd.DataFrame, ties: bool | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the ledger and an FEC beside the aged balance; no pair where nothing was tied."""
    if ties is None:
        return no_pairs()
    total, gap = int(items["residual_cents"].sum()), 0 if ties else 12_345
    day = pd.Timestamp(AS_OF_DATE)
    aged, fec = ("balance_agee.xlsx", "aged_balance"), ("123456789FEC20251231.txt", "general_ledger")
    pairs, gaps = no_pairs()
    rows = [("", "ledger", *aged, day, total, total - gap, gap, int(gap > 0), ties),
            ("", "ledger", *fec, day, total, total, 0, -1, True),
            (*aged, *fec, day, total - gap, total, -gap, -1, ties)]
    first = people.iloc[:1] if gap else people.iloc[:0]
    ledger = first["receivable_cents"]
    apart = pd.DataFrame({
        "first": "", "second": aged[0], "as_of_date": day, "customer_id": first["customer_id"], "name": first["name"],
        "first_cents": ledger, "second_cents": ledger - gap, "difference_cents": gap})
    return pd.DataFrame(rows, columns=pairs.columns).astype(pairs.dtypes), apart.astype(gaps.dtypes)


def _findings() -> pd.DataFrame:
    return schemas.validate(
        pd.DataFrame(
            {
                "finding": ["file_date"],
                "severity": ["info"],
                "rows": [0],
                "amount_cents": [0],
                "sentence": ["Le nom du fichier annonce le 31/12/2022, son contenu s’arrête au 31/07/2023."],
            }
        ),
        schemas.FINDINGS,
    )


def _intake(items: int) -> pd.DataFrame:
    return schemas.validate(
        pd.DataFrame(
            {
                "file": ["grand_livre.xlsx", "balance_agee.xlsx"],
                "sheet": ["GL", "Balance"],
                "kind": ["customer_ledger", "aged_balance"],
                "role": ["items", "second_source"],
                "rows_read": [items + 15, 40],
                "rows_loaded": [items, 30],
                "rows_skipped": [13, 10],
                "rows_rejected": [2, 0],
                "debit_cents": [300_000_000, 0],
                "credit_cents": [60_000_000, 0],
                "note": ["", ""],
                "extracted_on": [None, None],
            }
        ),
        schemas.INTAKE,
    )


def _rejected() -> pd.DataFrame:
    return schemas.validate(
        pd.DataFrame(
            {
                "source_file": ["grand_livre.xlsx"] * 3,
                "source_sheet": ["GL"] * 3,
                "source_row": [1, 2, 90],
                "class": ["title", "header", "rejected"],
                "reason": ["", "", "date illisible « 31/02/2025 »"],
                "text": ["Grand livre", "Compte;Libellé", "=FA00077;31/02/2025"],
            }
        ),
        schemas.REJECTED,
    )
