"""Findings on the documents taken together: names, currencies, and rows of lists that found no item."""

from collections.abc import Mapping

import pandas as pd

from auditlib.loaders.debtors import spelled_several_ways
from auditlib.loaders.follow_up_sheet import FOLLOW_UP_KINDS
from auditlib.loaders.quality import finding

__all__ = ["currency_findings", "disputes_findings", "follow_up_findings", "names_findings"]


def names_findings(spellings: pd.DataFrame) -> list[pd.DataFrame]:
    """Say how many customers are written several ways under one code."""
    several = spelled_several_ways(spellings)
    if several.empty:
        return []
    return [finding(
        "customer_names_vary", "info", f"{len(several)} clients sont écrits de plusieurs façons sous un même code "
        f"(jusqu'à {int(several.max())}) ; la plus fréquente est retenue.", rows=int(several.sum()))]


def currency_findings(movements: pd.DataFrame, wanted: str) -> list[pd.DataFrame]:
    """Say that the items carry several currencies, or another one than the parameters say."""
    carried = sorted(set(movements["currency"].astype("str")) - {""})
    if len(carried) > 1:
        return [
            finding(
                "several_currencies",
                "warning",
                f"Les documents portent plusieurs devises ({', '.join(carried)}) : elles ne sont pas additionnées.",
            )
        ]
    if wanted and carried and carried != [wanted]:
        return [
            finding(
                "currency_differs",
                "serious",
                f"Les lignes sont en {carried[0]}, les paramètres annoncent {wanted} : les montants restent en "
                f"{carried[0]}.",
                rows=len(movements),
            )
        ]
    return []


def disputes_findings(refused: Mapping[int, list[pd.DataFrame]]) -> list[pd.DataFrame]:
    """Say how many rows of dispute lists name no item loaded."""
    rows = sum(len(frame) for frames in refused.values() for frame in frames)
    if not rows:
        return []
    return [
        finding("disputes_unmatched", "warning", f"{rows} litiges ne correspondent à aucune pièce chargée.", rows=rows)
    ]


def follow_up_findings(intake: pd.DataFrame) -> list[pd.DataFrame]:
    """Say how many rows of a follow-up that came back could not be used."""
    rows = int(intake.loc[intake["kind"].isin(FOLLOW_UP_KINDS), "rows_rejected"].sum())
    if not rows:
        return []
    return [finding(
        "follow_up_rejected", "warning", f"{rows} lignes du suivi n'ont pas pu être lues ou rattachées à un client ou "
        "à une pièce ; elles sont listées avec leur motif, à corriger dans le classeur.", rows=rows)]
