"""What is odd about one file, before its items are looked at: its date, its name, its columns, its use."""

import datetime as dt
import re
from collections.abc import Iterator

import pandas as pd

from auditlib.loaders.currencies import normalise
from auditlib.loaders.file_dates import name_differs
from auditlib.loaders.movements import SETTLED, UNKNOWN_CUSTOMER, customer_ids, settled_by_status, signed_amounts
from auditlib.loaders.quality import finding
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import dates, holds, matches, texts
from auditlib.texts import N_
from auditlib.told import Part

__all__ = ["file_findings", "reading_findings"]

FEC_NAME = re.compile(r"\d{9}FEC(\d{4})(\d{2})(\d{2})", re.IGNORECASE)
PRINTED_FOR_A_DAY = ("aged_balance", "open_items", "trial_balance")
ITEMS = ("customer_ledger", "invoice_list", "open_items")
WITH_CONTENT = ("customer_ledger", "invoice_list", *PRINTED_FOR_A_DAY)
EXPECTED_FILLED = ("matching_code", "due_date", "document_ref", "customer_id", "customer_name", "document_date",
                   "payment_terms")
"""Roles whose column, present and blank throughout, is a defect of the extract."""


def file_findings(source: Source, *, role: str, as_of_date: dt.date) -> list[pd.DataFrame]:
    """Say what is odd about one file.

    Parameters
    ----------
    source : Source
    role : str
        Its role in `schemas.INTAKE`.
    as_of_date : date
    """
    found = [source.findings]
    printed = source.title.as_of_date
    if source.kind in PRINTED_FOR_A_DAY and printed and printed != as_of_date:
        found.append(finding(
            "as_of_date_differs", "warning",
            N_("{file} : le document est arrêté au {printed}, l'audit au {day}."),
            figures={"file": source.name, "printed": printed, "day": as_of_date}))
    found += [*_file_name_date(source), *_empty_columns(source)]
    if role == "unused" and len(source.table):
        found.append(finding(
            "source_not_used", "info",
            N_("{file} : document non utilisé ({rows} lignes)."), rows=len(source.table),
            figures={"file": source.name, "rows": len(source.table)}))
    return [*found, *_settled(source)] if role == "items" else found


def reading_findings(source: Source) -> list[pd.DataFrame]:
    """Say what of one file's items its debit, credit and balance alone do not tell, for who looks at it by itself."""
    if source.kind not in ITEMS or source.table.empty:
        return []
    found = [*_settled(source)]
    carried = sorted(set(normalise(source.table["currency"]).unique()) - {""}) if "currency" in source.table else []
    if len(carried) > 1:
        found.append(finding("several_currencies", "serious", N_(
            "{file} : montants en plusieurs devises ({currencies}) ; le solde montré ici les additionne sans les "
            "convertir, les calculs non."), figures={"file": source.name, "currencies": ", ".join(carried)}))
    unnamed = customer_ids(source.table) == UNKNOWN_CUSTOMER
    if unnamed.any():
        found.append(_counted(source, unnamed, "unknown_customer", N_(
            "{file} : {rows} lignes sans client ; elles seront chargées sous le client « inconnu »."), "serious"))
    return found


def _settled(source: Source) -> Iterator[pd.DataFrame]:
    """Say which items a file states as settled in a way that cannot be applied."""
    settled = settled_by_status(source)
    if settled.any():
        yield _counted(
            source, settled, "settled_without_date", N_(
                "{file} : {rows} factures soldées, annulées ou en projet d'après leur statut, sans date de règlement ; "
                "elles sont écartées de l'encours et des délais de paiement."))
    if source.kind == "open_items" and "open_amount_cents" in source.table.columns:
        said = matches(texts(source.table, "status"), SETTLED) & (source.table["open_amount_cents"] != 0).to_numpy()
        if said.any():
            yield _counted(
                source, pd.Series(said, index=source.table.index), "status_not_applied", N_(
                    "{file} : {rows} lignes soldées, annulées ou en projet d'après leur statut gardent un montant "
                    "restant dû ; le montant restant dû fait foi, à vérifier."))
    if source.kind == "open_items" and holds(source.table, "settlement_date"):
        yield _counted(
            source, source.table["settlement_date"].notna(), "settlement_date_not_applied", N_(
                "{file} : {rows} lignes portent une date de règlement à côté d'un montant restant dû ; elle n'est pas "
                "appliquée, le montant restant dû fait foi."))


def _counted(
    source: Source, rows: pd.Series, name: str, msgid: str, severity: str = "warning"
) -> pd.DataFrame:
    count = int(rows.sum())
    return finding(name, severity, msgid, rows=count, figures={"file": source.name, "rows": count},
                   amount_cents=int(signed_amounts(source.table, source.kind)[rows].sum()))


def _file_name_date(source: Source) -> list[pd.DataFrame]:
    """Compare the date in a file's name with its content: an FEC's closing, else any date of a document of items."""
    named = FEC_NAME.search(source.file)
    if named is not None:
        return _fec_name(source, named)
    apart = name_differs(source) if source.kind in WITH_CONTENT else None
    if apart is None:
        return []
    (first, last), (start, end) = apart
    return [finding(
        "file_name_date_differs", "warning",
        N_("{file} : le nom du fichier annonce {named}, son contenu va du {start} au {end}."),
        figures={"file": source.file, "start": start, "end": end, "named": [
            Part(N_("le {day}"), {"day": first}) if first == last
            else Part(N_("la période du {first} au {last}"), {"first": first, "last": last})]})]


def _fec_name(source: Source, named: re.Match[str]) -> list[pd.DataFrame]:
    posted = dates(source.table, "posting_date").dropna()
    written = "/".join(reversed(named.groups()))
    closing = pd.to_datetime(written, format="%d/%m/%Y", errors="coerce")
    if posted.empty or (not pd.isna(closing) and posted.max() <= closing
                        and posted.min() > closing - pd.DateOffset(months=24)):
        return []
    return [finding(
        "file_name_date_differs", "warning", N_(
            "{file} : le nom du fichier annonce une clôture au {closing}, ses écritures vont du {start} au {end}."),
        figures={"file": source.file, "closing": written, "start": posted.min().date(), "end": posted.max().date()})]


def _empty_columns(source: Source) -> list[pd.DataFrame]:
    """Say which columns a file has, and leaves blank in every row."""
    if source.table.empty or source.kind not in (*WITH_CONTENT, "fec"):
        return []
    blank = [mapped for mapped in source.columns
             if mapped.role in EXPECTED_FILLED and not holds(source.table, mapped.role)]
    if not blank:
        return []
    severity = "warning" if source.kind != "fec" and any(one.role == "matching_code" for one in blank) else "info"
    return [finding(
        "empty_columns", severity, N_(
            "{file} : colonnes présentes mais vides sur les {rows} lignes : {columns} ; l'extraction est à refaire si "
            "le logiciel tient ces données."), rows=len(source.table),
        figures={"file": source.name, "rows": len(source.table),
                 "columns": [Part(N_("« {column} »"), {"column": one.header}) for one in blank]})]
