"""Tying the ledger to the client's other documents: totals, customers, and ageing where the edges agree."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_number, day_numbers
from auditlib.ordering import sums_at

if TYPE_CHECKING:
    from auditlib.loaders.intake import SecondSource

__all__ = [
    "Balances", "Conservation", "compare_buckets", "conservation", "customer_differences", "deciding",
    "names_customers", "printed_balances", "tie_out",
]

TOTAL = "total"
TIE_OUT_TYPES = {"source": "str", "kind": "str", "as_of_date": "datetime64[s]", "total_cents": "int64",
                 "ledger_cents": "int64", "difference_cents": "int64", "ties": "bool"}


Balances = Callable[[dt.date], pd.Series | None]
"""Ledger balance by customer at a date [cents]; None where the ledger cannot say."""


@dataclass(frozen=True)
class Conservation:
    """How many (date, customer) states were checked, and in how many the buckets do not make the ledger's balance."""

    points: int
    breaches: int


def conservation(
    movements: pd.DataFrame, *, cube: pd.DataFrame, open_items: pd.DataFrame, dates: Sequence[dt.date],
) -> Conservation:
    """Check that at each date, for each customer, the buckets sum to what the movements leave, to the cent.

    The balances are added up from the movements as loaded, without their matching; an open item may not
    have more left than its amount, nor less than nothing.

    Parameters
    ----------
    movements : DataFrame, schema MOVEMENTS
    cube : DataFrame
        ``month_end``, ``customer_id``, ``amount_cents``: cells of the replay at `dates`. [cents, VAT included]
    open_items : DataFrame, schema OPEN_ITEMS
        At the last of `dates`.
    dates : sequence of date
        Rising; movements posted after the last are left out.

    References
    ----------
    INDICATORS.md 3.
    """
    customers = movements["customer_id"].cat.categories
    days = np.array([day_number(day) for day in dates])
    first = np.searchsorted(days, day_numbers(movements["posting_date"]))
    ledger = _cells(movements["customer_id"], first, movements["amount_cents"], customers, len(days)).cumsum(axis=1)
    replayed = _cells(cube["customer_id"], np.searchsorted(days, day_numbers(cube["month_end"])), cube["amount_cents"],
                      customers, len(days))
    at_end = np.full(len(open_items), len(days) - 1)
    listed = _cells(open_items["customer_id"], at_end, open_items["residual_cents"], customers, len(days))[:, -1]
    apart = replayed != ledger
    apart[:, -1] |= listed != ledger[:, -1]
    left, whole = open_items["residual_cents"], open_items["amount_cents"]
    impossible = int(((left * np.sign(whole) < 0) | (left.abs() > whole.abs())).sum())
    return Conservation(apart.size, int(apart.sum()) + impossible)


def _cells(
    customer: pd.Series, date: npt.NDArray[np.int64], amount: pd.Series, customers: pd.Index, n_dates: int,
) -> npt.NDArray[np.int64]:
    """Sum amounts by customer and date; what is later than the last date is left out [cents]."""
    names = customer.astype("category").cat
    place = customers.get_indexer(names.categories)[names.codes.to_numpy()]
    sums = sums_at(place * (n_dates + 1) + date, amount.to_numpy(), count=len(customers) * (n_dates + 1))
    return sums.reshape(len(customers), n_dates + 1)[:, :-1]


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


def deciding(tied: pd.DataFrame, *, as_of_date: dt.date | None) -> pd.DataFrame:
    """Return the row of a tie-out that makes the verdict, none where there is no source.

    It is the best source's, unless one printed for the as-of date itself does not tie.
    """
    broken = tied[~tied["ties"].astype("bool") & (tied["as_of_date"] == pd.Timestamp(as_of_date or "NaT"))]
    return (broken if len(broken) else tied).head(1)


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
