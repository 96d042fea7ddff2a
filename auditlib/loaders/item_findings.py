"""What is odd about the items: due dates, customers, cut-off, twins."""

import datetime as dt

import pandas as pd

from auditlib.loaders.data_checks import Check, counted, data_checks
from auditlib.loaders.due_dates import UNDATED_KINDS, lump_openings
from auditlib.loaders.movements import UNKNOWN_CUSTOMER
from auditlib.texts import N_

__all__ = ["item_findings"]

SAME_ROW = ["customer_id", "posting_date", "document_ref", "label", "amount_cents", "matching_code", "source"]


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
    checks: tuple[Check, ...] = (*_due_date_checks(debits), (
        "unknown_customer", "serious", posted[posted["customer_id"].astype("str") == UNKNOWN_CUSTOMER],
        N_("{rows} lignes sans client, chargées sous le client « inconnu »{amount}."),
    ), (
        "cut_off", "warning", _cut_off(movements, as_of_date),
        N_("{rows} lignes datées au plus tard du {day} mais comptabilisées après{amount}."),
    ), (
        "twins_kept", "info", _twins(posted), N_(
            "{rows} lignes identiques à une autre du même fichier : toutes conservées, à vérifier (doublons "
            "?){amount}."),
    ), *data_checks(movements, as_of_date=as_of_date))
    return [counted(check, currency=currency, day=as_of_date) for check in checks if len(check[2])]


def _due_date_checks(debits: pd.DataFrame) -> tuple[Check, ...]:
    """Return each check of the due dates: its name, severity, the rows it finds, and what to say of them."""
    lumps = lump_openings(debits)
    missing = ~debits["kind"].isin(UNDATED_KINDS) & ~lumps & debits["due_date"].isna()
    reversed_dates = (debits["due_date"] < debits["document_date"]) & (debits["due_date_origin"] == "given")
    return (
        ("due_before_document", "warning", debits[reversed_dates],
         N_("{rows} lignes ont une échéance antérieure à la date de pièce{amount}.")),
        ("missing_due_dates", "warning", debits[missing], N_(
            "{rows} lignes débitrices sans date d'échéance : ni donnée, ni lisible, ni déduite de conditions de "
            "paiement{amount}.")),
        ("due_dates_inferred", "info", debits[debits["due_date_origin"].isin(["label", "terms", "default"])], N_(
            "{rows} lignes dont l'échéance est déduite (libellé, conditions du client ou conditions par "
            "défaut){amount}.")),
        ("lump_openings", "warning", debits[lumps],
         N_("{rows} lignes d'à-nouveau sans date d'origine : leur âge est inconnu{amount}.")),
    )


def _cut_off(movements: pd.DataFrame, as_of_date: dt.date) -> pd.DataFrame:
    day = pd.Timestamp(as_of_date)
    return movements[(movements["posting_date"] > day) & (movements["document_date"] <= day)]


def _twins(movements: pd.DataFrame) -> pd.DataFrame:
    """Rows that repeat another of the same file; a settlement is never one, it shares its invoice's row."""
    # numbers first: texts are slow to compare
    alike = movements[movements.duplicated(["posting_date", "amount_cents"], keep=False)]
    first_of_row = alike.drop_duplicates(["source", "source_row"])
    return first_of_row[first_of_row.duplicated(SAME_ROW)]
