"""One document's own totals checked: each sum beside its rows, the rows suspected, and what to say of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from auditlib.loaders.announced import announced_findings, announced_suspects, announcements
from auditlib.loaders.printed_totals import compared_totals, rows_under_totals
from auditlib.loaders.quality import finding
from auditlib.loaders.source import Source
from auditlib.loaders.suspects import suspected_rows
from auditlib.schemas import CONTROL_TOTALS, SUSPECTS, Table, empty, validate
from auditlib.texts import N_
from auditlib.told import Amount, Part

__all__ = ["TotalsCheck", "check_totals", "together"]

LISTED = 3
"""Totals, and rows suspected, that a sentence names."""
SUMS = {
    "subtotal": N_("{file} : sous-totaux imprimés différents des lignes lues : {rows} (écart {which}){suspects}."),
    "total": N_("{file} : totaux imprimés différents des lignes lues : {rows} (écart {which}){suspects}."),
    "carried_forward": N_(
        "{file} : reports de page différents des lignes lues : {rows} (écart {which}){suspects}."),
}
WHY = {
    "rejected": N_("{row} (rejetée)"), "not_loaded": N_("{row} (non chargée)"),
    "same_amount": N_("{row} (du montant de l'écart)"), "sign": N_("{row} (signe inversé ?)"),
    "subtotal": N_("{row} (sous-total en écart)"), "missing_block": N_("{row} (client sans ligne lue)"),
}


@dataclass(frozen=True)
class TotalsCheck:
    """What the totals of a document say of how it was read.

    Attributes
    ----------
    control_totals, suspects : DataFrame
        `schemas.CONTROL_TOTALS`, `schemas.SUSPECTS`.
    findings : list of DataFrame
    """

    control_totals: pd.DataFrame = field(default_factory=lambda: empty(CONTROL_TOTALS))
    suspects: pd.DataFrame = field(default_factory=lambda: empty(SUSPECTS))
    findings: list[pd.DataFrame] = field(default_factory=list)


def check_totals(source: Source) -> TotalsCheck:
    """Compare every sum, number of rows and total that a document prints with the rows loaded from it."""
    lines = announcements(source)
    if source.table.empty or (source.printed_totals.empty and lines.empty):
        return TotalsCheck()
    rows = rows_under_totals(source)
    compared = compared_totals(source, rows)
    suspected = suspected_rows(source, rows, compared)
    announced = announced_findings(source, rows, lines)
    suspects = _stacked([suspected, announced_suspects(source, announced)], SUSPECTS)
    return TotalsCheck(compared[list(CONTROL_TOTALS.columns)], suspects, [
        *_findings(source, compared, suspected), *announced])


def _findings(source: Source, compared: pd.DataFrame, suspects: pd.DataFrame) -> list[pd.DataFrame]:
    """Return a finding for each class of sums of which some are not those of the rows they cover."""
    found = []
    for name, rows in compared[~compared["agrees"]].groupby("class", observed=True):
        which = [Part(N_("ligne {row} : {gap}"), {"row": row, "gap": Amount(gap)}) for row, gap in zip(
            rows["source_row"].head(LISTED), rows["difference_cents"].head(LISTED), strict=True)]
        why = suspects[suspects["total_row"].isin(rows["source_row"])].drop_duplicates("source_row").head(LISTED)
        shown = [Part(WHY[str(suspicion)], {"row": row}) for row, suspicion in zip(
            why["source_row"], why["suspicion"], strict=True)]
        suspected_too = [Part(N_(" – lignes suspectées : {shown}"), {"shown": shown})] if shown else ""
        found.append(finding(
            "broken_totals", "warning", SUMS[str(name)], rows=len(rows),
            amount_cents=int(rows["difference_cents"].sum()), figures={
                "file": source.name, "rows": len(rows), "which": which, "suspects": suspected_too}))
    return found


def together(checks: Iterable[TotalsCheck]) -> dict[str, pd.DataFrame]:
    """Return the tables of several documents as the fields of an intake."""
    done = list(checks)
    return {"control_totals": _stacked([check.control_totals for check in done], CONTROL_TOTALS),
            "suspects": _stacked([check.suspects for check in done], SUSPECTS)}


def _stacked(parts: list[pd.DataFrame], table: Table) -> pd.DataFrame:
    codes = {name: "str" for name, kind in table.columns.items() if kind == "code"}
    filled = [part.astype(codes) for part in parts if len(part)]
    return validate(pd.concat(filled, ignore_index=True), table) if filled else empty(table)
