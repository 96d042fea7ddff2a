"""The client's books beside what else he sent: totals, customers and ageing, and what the comparison finds."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.ageing import bucket_table
from auditlib.audit_results import no_differences
from auditlib.evidence import Evidence
from auditlib.history import balances_at
from auditlib.ledger_findings import Writer, tie_findings
from auditlib.reconciliation import Balances, compare_buckets, customer_differences, names_customers, tie_out

if TYPE_CHECKING:
    from auditlib.loaders.intake import SecondSource

__all__ = ["compare_books", "first_differences"]


def compare_books(evidence: Evidence, *, writer: Writer) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Compare a ledger with each second source.

    Parameters
    ----------
    evidence : Evidence
        Of the books as they are, without the auditor's corrections.
    writer : Writer

    Returns
    -------
    tied : DataFrame
        `auditlib.reconciliation.tie_out`.
    differences : DataFrame
        Customers that differ from the best source that names them.
    findings : DataFrame
        `schemas.FINDINGS`.
    """
    sources, day = evidence.intake.second_sources, evidence.as_of_date

    def balances(when: dt.date) -> pd.Series | None:
        return balances_at(evidence, when)

    tied = tie_out(sources, balances=balances, as_of_date=day)
    compared = [source for source in sources if source.name in set(tied["source"])]
    differences = first_differences(compared, balances=balances, customers=evidence.intake.customers, as_of_date=day)
    aged = [source for source in compared
            if source.kind == "aged_balance" and (source.as_of_date or day) == day]
    buckets = pd.DataFrame({"bucket": [], "difference_cents": []})
    if aged:
        limits = evidence.parameters.method.buckets
        buckets = compare_buckets(aged[0], ageing=bucket_table(evidence.shown_items, buckets=limits))
    untied = [source.name for source in sources if source.name not in set(tied["source"])]
    return tied, differences, tie_findings(
        tied=tied, differences=differences, buckets=buckets, untied=untied, writer=writer)


def first_differences(
    sources: Iterable["SecondSource"], *, balances: Balances, customers: pd.DataFrame, as_of_date: dt.date,
) -> pd.DataFrame:
    """Compare customers with the best source that names them.

    Parameters
    ----------
    sources : iterable of SecondSource
        Best first.
    balances : callable
        Ledger balance by customer at a date. [cents, VAT included]
    customers : DataFrame
        `schemas.CUSTOMERS`.
    as_of_date : date
        Date of a source that prints none.
    """
    names = customers.set_index("customer_id")["name"]
    for source in sources:
        ledger = balances(source.as_of_date or as_of_date)
        if ledger is not None and names_customers(source):
            return customer_differences(source, ledger=ledger, names=names)
    return no_differences()
