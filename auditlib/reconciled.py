"""The ledger of one audit beside its other documents: totals, customers, buckets, and what is to say of them."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.audit_results import no_differences
from auditlib.evidence import Evidence
from auditlib.history import balances_at
from auditlib.ledger_findings import Writer
from auditlib.reconciliation import (
    Balances,
    compare_buckets,
    customer_differences,
    deciding,
    names_customers,
    tie_out,
)
from auditlib.source_pairs import compared_pairs
from auditlib.tie_findings import bucket_findings, pair_findings, tie_findings

if TYPE_CHECKING:
    from auditlib.loaders.intake import Intake, SecondSource

__all__ = ["best_differences", "pairs_of", "reconciled", "verdict_pair"]


def reconciled(
    evidence: Evidence, *, ageing: pd.DataFrame, writer: Writer,
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Tie the ledger to each source at its own date, and the sources of one day to one another.

    Parameters
    ----------
    evidence : Evidence
    ageing : DataFrame
        From `auditlib.ageing.bucket_table` at the as-of date.
    writer : Writer

    Returns
    -------
    tables : dict of str to DataFrame
        ``tie_out``, ``differences``, ``pairs`` and ``pair_differences`` of `AuditResults`.
    findings : DataFrame
        `schemas.FINDINGS`.
    """
    intake, day = evidence.intake, evidence.as_of_date

    def balances(at: dt.date) -> pd.Series | None:
        return balances_at(evidence, at)

    tied = tie_out(intake.second_sources, balances=balances, as_of_date=day)
    compared = [source for source in intake.second_sources if source.name in set(tied["source"])]
    differences = best_differences(intake, compared, balances, as_of_date=day)
    pairs, gaps = pairs_of(intake, balances, as_of_date=day)
    untied = [source.name for source in intake.second_sources if source.name not in set(tied["source"])]
    notes = [tie_findings(tied=tied, differences=differences, untied=untied, writer=writer),
             pair_findings(pairs, gaps, told=verdict_pair(tied, as_of_date=day), writer=writer),
             bucket_findings(_buckets(evidence, ageing, compared), writer=writer)]
    tables = {"tie_out": tied, "differences": differences, "pairs": pairs, "pair_differences": gaps}
    return tables, pd.concat([note.astype({"finding": "str", "severity": "str"}) for note in notes])


def verdict_pair(tied: pd.DataFrame, *, as_of_date: dt.date, first: str = "") -> tuple[str, str] | None:
    """Return the first and second source of the pair that makes the verdict, None where there is no second."""
    deciders = deciding(tied, as_of_date=as_of_date)["source"].tolist()
    return (first, str(deciders[0])) if deciders else None


def pairs_of(intake: "Intake", balances: Balances, *, as_of_date: dt.date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare every two sources of one day (`auditlib.source_pairs.compared_pairs`)."""
    names = intake.customers.set_index("customer_id")["name"]
    return compared_pairs(intake.second_sources, balances=balances, names=names, as_of_date=as_of_date)


def best_differences(
    intake: "Intake", sources: Iterable["SecondSource"], balances: Balances, *, as_of_date: dt.date,
) -> pd.DataFrame:
    """Compare customers with the best source that names them (`auditlib.reconciliation.customer_differences`)."""
    names = intake.customers.set_index("customer_id")["name"]
    for source in sources:
        ledger = balances(source.as_of_date or as_of_date)
        if ledger is not None and names_customers(source):
            return customer_differences(source, ledger=ledger, names=names)
    return no_differences()


def _buckets(
    evidence: Evidence, ageing: pd.DataFrame, compared: Iterable["SecondSource"],
) -> list[tuple[str, dt.date, pd.DataFrame]]:
    """Compare the ageing of each aged balance with ours at its own date."""
    found = []
    for source in (each for each in compared if each.kind == "aged_balance"):
        day = source.as_of_date or evidence.as_of_date
        ours = ageing if day == evidence.as_of_date else evidence.ageing_at(day)
        found.append((source.name, day, compare_buckets(source, ageing=ours)))
    return found
