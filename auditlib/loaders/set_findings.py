"""Findings on the documents taken together: names, currencies, and rows of lists that found no item."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from auditlib.loaders.debtors import spelled_several_ways
from auditlib.loaders.follow_up_sheet import FOLLOW_UP_KINDS
from auditlib.loaders.movements import UNKNOWN_CUSTOMER
from auditlib.loaders.quality import finding
from auditlib.texts import N_
from auditlib.told import Amount

__all__ = ["currency_findings", "disputes_findings", "follow_up_findings", "names_findings", "no_currency_findings",
           "unlisted_findings"]

NAMED = 3


def names_findings(spellings: pd.DataFrame) -> list[pd.DataFrame]:
    """Say how many customers are written several ways under one code."""
    several = spelled_several_ways(spellings)
    if several.empty:
        return []
    return [finding(
        "customer_names_vary", "info", N_(
            "{count} clients sont écrits de plusieurs façons sous un même code (jusqu'à {most}) ; la plus fréquente "
            "est retenue."), rows=int(several.sum()), figures={"count": len(several), "most": int(several.max())})]


def currency_findings(movements: pd.DataFrame, wanted: str) -> list[pd.DataFrame]:
    """Say that the items carry several currencies, or another one than the parameters say."""
    carried = sorted(set(movements["currency"].astype("str").unique()) - {""})
    if len(carried) > 1:
        return [finding(
            "several_currencies", "warning",
            N_("Les documents portent plusieurs devises ({currencies}) : elles ne sont pas additionnées."),
            figures={"currencies": ", ".join(carried)})]
    if wanted and carried and carried != [wanted]:
        return [finding(
            "currency_differs", "serious", N_(
                "Les lignes sont en {carried}, les paramètres annoncent {wanted} : les montants restent en {carried}."),
            rows=len(movements), figures={"carried": carried[0], "wanted": wanted})]
    return []


def no_currency_findings(read: pd.DataFrame, *, used: str, wanted: str) -> list[pd.DataFrame]:
    """Say that no document says a currency, neither in its rows nor above them.

    Parameters
    ----------
    read : DataFrame
        Movements as read, before a currency is assumed.
    used, wanted : str
        The currency assumed, and that of the parameters.
    """
    if wanted or read.empty or (read["currency"].astype("str") != "").any():
        return []
    return [finding(
        "currency_missing", "info", N_(
            "Aucun document ne dit sa devise : les montants sont lus en {currency}, à confirmer."),
        rows=len(read), figures={"currency": used})]


def unlisted_findings(
    movements: pd.DataFrame, listed: pd.Series, *, as_of_date: dt.date, currency: str,
) -> list[pd.DataFrame]:
    """Say which customers of the items the client's own customer file does not hold.

    Parameters
    ----------
    movements : DataFrame
    listed : Series of str
        Codes of the customer file; empty where none came.
    as_of_date : date
    currency : str
    """
    if listed.empty or movements.empty:
        return []
    posted = movements[movements["posting_date"] <= pd.Timestamp(as_of_date)]
    customer = posted["customer_id"].astype("str")
    owed = posted["amount_cents"].groupby(customer).sum()
    missing = owed[~owed.index.isin(listed) & (owed.index != UNKNOWN_CUSTOMER)]
    if missing.empty:
        return []
    largest = missing.abs().sort_values(ascending=False, kind="stable").index[:NAMED]
    return [finding(
        "customers_not_listed", "warning", N_(
            "{rows} clients ont des écritures mais aucune fiche dans le fichier clients ({amount}), dont {shown} : "
            "conditions, type et coordonnées y manquent."),
        rows=len(missing), amount_cents=int(missing.sum()),
        figures={"rows": len(missing), "amount": Amount(int(missing.sum()), currency or "EUR"),
                 "shown": ", ".join(largest)})]


def disputes_findings(refused: Mapping[int, list[pd.DataFrame]]) -> list[pd.DataFrame]:
    """Say how many rows of dispute lists name no item loaded."""
    rows = sum(len(frame) for frames in refused.values() for frame in frames)
    if not rows:
        return []
    return [finding("disputes_unmatched", "warning", N_("{rows} litiges ne correspondent à aucune pièce chargée."),
                    rows=rows, figures={"rows": rows})]


def follow_up_findings(intake: pd.DataFrame) -> list[pd.DataFrame]:
    """Say how many rows of a follow-up that came back could not be used."""
    rows = int(intake.loc[intake["kind"].isin(FOLLOW_UP_KINDS), "rows_rejected"].sum())
    if not rows:
        return []
    return [finding(
        "follow_up_rejected", "warning", N_(
            "{rows} lignes du suivi n'ont pas pu être lues ou rattachées à un client ou à une pièce ; elles sont "
            "listées avec leur motif, à corriger dans le classeur."), rows=rows, figures={"rows": rows})]
