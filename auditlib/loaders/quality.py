"""Findings on the quality of what the client sent, in the words its reader gets."""

import datetime as dt
import re
from collections.abc import Iterable

import pandas as pd

from auditlib.amounts import format_amount
from auditlib.loaders.due_dates import UNDATED_KINDS, lump_openings
from auditlib.loaders.merging import SAME_ROW
from auditlib.loaders.movements import UNKNOWN_CUSTOMER, settled_by_status, signed_amounts
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import dates, holds
from auditlib.schemas import FINDINGS, empty, validate

__all__ = ["file_findings", "finding", "item_findings", "stack_findings"]

FEC_NAME = re.compile(r"\d{9}FEC(\d{4})(\d{2})(\d{2})", re.IGNORECASE)


def finding(name: str, severity: str, sentence: str, *, rows: int = 0, amount_cents: int = 0) -> pd.DataFrame:
    """Return one row of `schemas.FINDINGS`; the sentence is French."""
    return pd.DataFrame(
        [{"finding": name, "severity": severity, "rows": rows, "amount_cents": amount_cents, "sentence": sentence}]
    )


def stack_findings(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Stack findings, the serious ones first."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty(FINDINGS)
    stacked = pd.concat(
        [part.astype({"finding": "str", "severity": "str"}) for part in filled], ignore_index=True
    ).drop_duplicates()
    rank = stacked["severity"].map({"serious": 0, "warning": 1, "info": 2})
    return validate(stacked.iloc[rank.argsort(kind="stable")], FINDINGS)


def file_findings(source: Source, *, role: str, as_of_date: dt.date) -> list[pd.DataFrame]:
    """Say what is odd about one file, before its items are looked at.

    Parameters
    ----------
    source : Source
    role : str
        Its role in `schemas.INTAKE`.
    as_of_date : date
    """
    found = [source.findings]
    printed = source.title.as_of_date
    if source.kind in ("aged_balance", "open_items", "trial_balance") and printed and printed != as_of_date:
        found.append(finding(
            "as_of_date_differs", "warning",
            f"{source.name} : le document est arrêté au {printed:%d/%m/%Y}, l'audit au {as_of_date:%d/%m/%Y}."))
    found += _file_name_date(source)
    if role == "unused" and len(source.table):
        found.append(
            finding(
                "source_not_used",
                "info",
                f"{source.name} : document non utilisé (nature reconnue : {source.kind}, {len(source.table)} lignes).",
                rows=len(source.table),
            )
        )
    if role == "items" and (settled := settled_by_status(source)).any():
        amount = int(signed_amounts(source.table, source.kind)[settled].sum())
        found.append(finding(
            "settled_without_date", "warning",
            f"{source.name} : {int(settled.sum())} factures soldées ou annulées d'après leur statut, sans date de "
            "règlement ; elles sont écartées de l'encours et des délais de paiement.",
            rows=int(settled.sum()), amount_cents=amount))
    if role == "items" and source.kind == "open_items" and holds(source.table, "settlement_date"):
        settled = source.table["settlement_date"].notna()
        found.append(
            finding(
                "settlement_date_not_applied",
                "warning",
                f"{source.name} : {int(settled.sum())} lignes portent une date de règlement à côté d'un montant "
                "restant dû ; elle n'est pas appliquée, le montant restant dû fait foi.",
                rows=int(settled.sum()),
                amount_cents=int(signed_amounts(source.table, source.kind)[settled].sum()),
            )
        )
    return found


def _file_name_date(source: Source) -> list[pd.DataFrame]:
    named = FEC_NAME.search(source.file)
    posted = dates(source.table, "posting_date").dropna()
    if named is None or posted.empty:
        return []
    written = "/".join(reversed(named.groups()))
    closing = pd.to_datetime(written, format="%d/%m/%Y", errors="coerce")
    if not pd.isna(closing) and posted.max() <= closing and posted.min() > closing - pd.DateOffset(months=24):
        return []
    return [
        finding(
            "file_name_date_differs",
            "warning",
            f"{source.file} : le nom du fichier annonce une clôture au {written}, ses écritures vont "
            f"du {posted.min():%d/%m/%Y} au {posted.max():%d/%m/%Y}.",
        )
    ]


def item_findings(movements: pd.DataFrame, *, as_of_date: dt.date, currency: str) -> list[pd.DataFrame]:
    """Say what is odd about the items.

    Parameters
    ----------
    movements : DataFrame
        `schemas.MOVEMENTS`, with ``source``.
    as_of_date : date
    currency : str
        For the amounts in the sentences, "" where there are several.
    """
    posted = movements[movements["posting_date"] <= pd.Timestamp(as_of_date)]
    debits = posted[posted["amount_cents"] > 0]
    checks = (*_due_date_checks(debits), (
        "unknown_customer", "serious", posted[posted["customer_id"].astype("str") == UNKNOWN_CUSTOMER],
        f"lignes sans client, chargées sous le client « {UNKNOWN_CUSTOMER} »",
    ), (
        "cut_off", "warning", _cut_off(movements, as_of_date),
        f"lignes datées au plus tard du {as_of_date:%d/%m/%Y} mais comptabilisées après",
    ), (
        "twins_kept", "info", _twins(posted),
        "lignes identiques à une autre du même fichier : toutes conservées, à vérifier (doublons ?)",
    ))
    return [_counted(name, severity, rows, wording, currency) for name, severity, rows, wording in checks if len(rows)]


def _due_date_checks(debits: pd.DataFrame) -> tuple[tuple[str, str, pd.DataFrame, str], ...]:
    """Return each check of the due dates: its name, severity, the rows it finds, and what to say of them."""
    lumps = lump_openings(debits)
    missing = ~debits["kind"].isin(UNDATED_KINDS) & ~lumps & debits["due_date"].isna()
    reversed_dates = (debits["due_date"] < debits["document_date"]) & (debits["due_date_origin"] == "given")
    return (
        ("due_before_document", "warning", debits[reversed_dates],
         "lignes ont une échéance antérieure à la date de pièce"),
        ("missing_due_dates", "warning", debits[missing],
         "lignes débitrices sans date d'échéance : ni donnée, ni lisible, ni déduite de conditions de paiement"),
        ("due_dates_inferred", "info", debits[debits["due_date_origin"].isin(["label", "terms", "default"])],
         "lignes dont l'échéance est déduite (libellé, conditions du client ou conditions par défaut)"),
        ("lump_openings", "warning", debits[lumps],
         "lignes d'à-nouveau sans date d'origine : leur âge est inconnu"),
    )


def _counted(name: str, severity: str, rows: pd.DataFrame, wording: str, currency: str) -> pd.DataFrame:
    total = int(rows["amount_cents"].sum())
    amount = f" ({format_amount(total, currency=currency)})" if currency else ""
    return finding(name, severity, f"{len(rows)} {wording}{amount}.", rows=len(rows), amount_cents=total)


def _cut_off(movements: pd.DataFrame, as_of_date: dt.date) -> pd.DataFrame:
    day = pd.Timestamp(as_of_date)
    return movements[(movements["posting_date"] > day) & (movements["document_date"] <= day)]


def _twins(movements: pd.DataFrame) -> pd.DataFrame:
    """Rows that repeat another of the same file; a settlement is never one, it shares its invoice's row."""
    # numbers first: texts are slow to compare
    alike = movements[movements.duplicated(["posting_date", "amount_cents"], keep=False)]
    first_of_row = alike.drop_duplicates(["source", "source_row"])
    return first_of_row[first_of_row.duplicated([*SAME_ROW, "matching_code", "source"])]
