"""What is odd about the items' dates, sides, references and currencies: the rows, their amount, a sentence."""

import datetime as dt

import pandas as pd

from auditlib.loaders.quality import finding
from auditlib.texts import N_
from auditlib.told import Amount, Part

__all__ = ["Check", "counted", "data_checks"]

EARLIEST = pd.Timestamp(1990, 1, 1)
FAR_POSTING = pd.Timedelta(days=366)
FAR_FUTURE = pd.Timedelta(days=366)
LONGEST_TERM = pd.Timedelta(days=3 * 366)
WITH_REFERENCE = ("invoice", "credit_note")
Check = tuple[str, str, pd.DataFrame, str]
"""Code, severity, the rows found, and what to say of them."""


def counted(check: Check, *, currency: str, day: dt.date) -> pd.DataFrame:
    """Return the finding of a check that found rows; its sentence has places for their number, amount, and the day.

    Parameters
    ----------
    check : tuple
    currency : str
        "" where there are several: no amount is said.
    day : date
        The as-of date.
    """
    name, severity, rows, msgid = check
    total = int(rows["amount_cents"].sum())
    amount = [Part(" ({amount})", {"amount": Amount(total, currency)})] if currency else ""
    return finding(name, severity, msgid, rows=len(rows), amount_cents=total,
                   figures={"rows": len(rows), "amount": amount, "day": day})


def data_checks(movements: pd.DataFrame, *, as_of_date: dt.date) -> tuple[Check, ...]:
    """Return what is odd about dates, sides and references.

    Parameters
    ----------
    movements : DataFrame
        `schemas.MOVEMENTS`, with ``is_negative_entry`` where the files have debits and credits.
    as_of_date : date
    """
    return (*_dates(movements, pd.Timestamp(as_of_date)), *_content(movements))


def _dates(movements: pd.DataFrame, day: pd.Timestamp) -> tuple[Check, ...]:
    document, posting, due = (movements[name] for name in ("document_date", "posting_date", "due_date"))
    given = movements["due_date_origin"] == "given"
    opening = movements["kind"] == "opening"
    old = (document < EARLIEST) | (posting < EARLIEST) | (given & (due < EARLIEST))
    ahead = (posting <= day) & (document > day) | (posting > day + FAR_FUTURE) | (document > day + FAR_FUTURE)
    far = ((posting - document).abs() > FAR_POSTING) & ~opening & ~old & ~ahead
    return (
        ("dates_before_1990", "warning", movements[old], N_(
            "{rows} lignes ont une date antérieure à 1990{amount} : date par défaut ou erreur de saisie, à corriger "
            "avant de lire leur ancienneté.")),
        ("dates_ahead", "warning", movements[ahead & ~old], N_(
            "{rows} lignes portent une date postérieure à l'arrêté alors qu'elles sont comptabilisées, ou plus d'un an "
            "après{amount} : année à vérifier.")),
        ("due_far_ahead", "info", movements[given & (due > document + LONGEST_TERM) & ~old], N_(
            "{rows} lignes ont une échéance à plus de trois ans de leur date{amount} : à vérifier.")),
        ("posted_far_from_document", "warning", movements[far], N_(
            "{rows} lignes sont comptabilisées à plus d'un an de la date de leur pièce{amount} : date ou année à "
            "vérifier.")),
    )


def _content(movements: pd.DataFrame) -> tuple[Check, ...]:
    negative = movements.get("is_negative_entry", pd.Series(False, index=movements.index)).astype(bool)
    blank = movements["document_ref"].astype("str").str.strip() == ""
    billed = movements["kind"].astype("str").isin(WITH_REFERENCE)
    return (
        ("negative_amounts", "info", movements[negative], N_(
            "{rows} lignes ont un débit ou un crédit négatif{amount} : elles sont lues du côté opposé.")),
        ("no_reference", "info", movements[blank & billed], N_(
            "{rows} factures ou avoirs n'ont pas de numéro de pièce{amount} : ni relance ni rapprochement ne "
            "peut les citer.")),
    )
