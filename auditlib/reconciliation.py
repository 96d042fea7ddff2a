"""Tying the ledger to the client's other documents: totals, customers, and ageing where the edges agree."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from auditlib.loaders.intake import SecondSource

__all__ = [
    "Balances", "compare_buckets", "customer_differences", "names_customers", "printed_balances", "tie_out",
]

TOTAL = "total"
TIE_OUT_TYPES = {"source": "str", "kind": "str", "as_of_date": "datetime64[s]", "total_cents": "int64",
                 "ledger_cents": "int64", "difference_cents": "int64", "ties": "bool"}


Balances = Callable[[dt.date], pd.Series | None]
"""Ledger balance by customer at a date [cents]; None where the ledger cannot say."""


def printed_balances(source: "SecondSource") -> pd.Series:
    """Return the balance a document prints for each customer [cents, VAT included].

    Where it prints no total, its buckets are added up.
    """
    rows = source.balances
    is_total = rows["bucket"].astype("str") == TOTAL
    counted = rows[is_total] if is_total.any() else rows
    return counted["amount_cents"].groupby(counted["customer_id"].astype("str")).sum()


def tie_out(second_sources: Sequence["SecondSource"], *, balances: Balances, as_of_date: dt.date) -> pd.DataFrame:
    """Compare the ledger with each second source, at the source's own date where it has one.

    Parameters
    ----------
    second_sources : sequence
        Best first.
    balances : callable
        Ledger balance by customer at a date.
    as_of_date : date
        Date of a source that prints none.

    Returns
    -------
    DataFrame
        ``source``, ``kind``, ``as_of_date``, ``total_cents``, ``ledger_cents``, ``difference_cents`` (ledger less
        source), ``ties``; no row for a source at a date the ledger has no state of. [cents, VAT included]
    """
    rows = []
    for source in second_sources:
        day = source.as_of_date or as_of_date
        if (ledger := balances(day)) is not None:
            total, balance = int(printed_balances(source).sum()), int(ledger.sum())
            amounts = (total, balance, balance - total, balance == total)
            rows.append((source.name, source.kind, pd.Timestamp(day), *amounts))
    return pd.DataFrame(rows, columns=list(TIE_OUT_TYPES)).astype(TIE_OUT_TYPES)


def names_customers(source: "SecondSource") -> bool:
    """Tell whether a document gives each customer's balance, and no collective account's (customer "")."""
    printed = printed_balances(source)
    return bool((printed.index != "").any()) and not printed.get("", 0)


def customer_differences(source: "SecondSource", *, ledger: pd.Series, names: pd.Series) -> pd.DataFrame:
    """List the customers whose balance is not the same in both, the largest difference first.

    Parameters
    ----------
    source : SecondSource
    ledger : Series of int64
        Balance by customer at the source's date. [cents, VAT included]
    names : Series of str
        By customer.

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``ledger_cents``, ``second_source_cents``, ``difference_cents`` (ledger less source).
    """
    printed = printed_balances(source)
    both = pd.DataFrame({"ledger_cents": ledger, "second_source_cents": printed}).fillna(0).astype("int64")
    both["difference_cents"] = both["ledger_cents"] - both["second_source_cents"]
    apart = both[both["difference_cents"] != 0].rename_axis("customer_id").reset_index()
    apart.insert(1, "name", apart["customer_id"].map(names).fillna("").astype("str"))
    order = apart["difference_cents"].abs().sort_values(ascending=False, kind="stable").index
    return apart.loc[order].reset_index(drop=True)


def compare_buckets(source: "SecondSource", *, ageing: pd.DataFrame) -> pd.DataFrame:
    """Compare an aged balance with our ageing, bucket by bucket, where the edges agree.

    Parameters
    ----------
    source : SecondSource
    ageing : DataFrame
        From `auditlib.ageing.bucket_table` at the source's date.

    Returns
    -------
    DataFrame
        ``bucket``, ``ledger_cents``, ``second_source_cents``, ``difference_cents``; no row where no edge agrees.
    """
    printed = source.balances.groupby(source.balances["bucket"].astype("str"))["amount_cents"].sum()
    common = ageing[ageing["bucket"].isin(printed.index)]
    theirs = printed.reindex(common["bucket"]).to_numpy(dtype=np.int64)
    ours = common["amount_cents"].to_numpy()
    return pd.DataFrame({"bucket": common["bucket"].to_numpy(), "ledger_cents": ours, "second_source_cents": theirs,
                         "difference_cents": ours - theirs})
