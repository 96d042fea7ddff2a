"""Second sources: what else the client sent about the same receivable, to tie to."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from auditlib.loaders.balance_parts import joined, parts_of_one
from auditlib.loaders.debtors import align_ids
from auditlib.loaders.movements import OUTSIDE_PREFIXES, UNKNOWN_CUSTOMER, customer_ids, signed_amounts
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import cents, dates, texts
from auditlib.schemas import AGED_BALANCE, empty, validate

__all__ = [
    "SecondSource",
    "account_balances",
    "customer_deposits",
    "in_order",
    "ledger_totals",
    "outside_balances",
    "summarise",
    "trial_amounts",
]

RANK = {"aged_balance": 0, "trial_balance": 1, "general_ledger": 2, "customer_ledger": 3, "open_items": 4}
KINDS = {"fec": "general_ledger"}
DAYS_UNKNOWN = 1 << 20
FIRST_OF_ROW = {role: (role, "first") for role in ("name", "source_row", "source_file", "source_sheet")}


@dataclass(frozen=True)
class SecondSource:
    """A summary to tie the items to.

    Attributes
    ----------
    name : str
        File name, with the sheet if there is one.
    kind : str
        aged_balance, trial_balance, general_ledger, customer_ledger or open_items.
    as_of_date : date or None
        None where the document does not say.
    balances : DataFrame
        `schemas.AGED_BALANCE`; ``customer_id`` is "" for a collective account.
    """

    name: str
    kind: str
    as_of_date: dt.date | None
    balances: pd.DataFrame


def summarise(sources: Iterable[Source], *, perimeter: tuple[str, ...]) -> list[SecondSource]:
    """Turn aged balances and trial balances into second sources, those printed in parts into one."""
    printed = [source for source in sources if source.kind in ("aged_balance", "trial_balance")]
    alone = [_summary(source, perimeter) for source in printed]
    return [alone[places[0]] if len(places) == 1 else replace(
        alone[places[0]], name=", ".join(alone[place].name for place in places),
        balances=joined([alone[place].balances for place in places]))
        for places in parts_of_one(printed, [one.balances for one in alone])]


def ledger_totals(sources: Sequence[Source], movements: pd.DataFrame, *, as_of_date: dt.date) -> SecondSource:
    """Sum the items of a ledger that is not the source of items, by customer, to the as-of date.

    Parameters
    ----------
    sources : sequence of Source
        Of one kind, stacked in `movements`.
    movements : DataFrame
        With ``customer_id, customer_name, posting_date, amount_cents`` and the rows' source.
    as_of_date : date
    """
    rows = movements[movements["posting_date"] <= pd.Timestamp(as_of_date)]
    named = rows[["customer_id", "source_row", "source_file", "source_sheet"]].assign(name=rows["customer_name"])
    totals = validate(_totals(named, rows["amount_cents"]), AGED_BALANCE)
    kind = sources[0].kind
    day = sources[0].title.as_of_date if kind == "open_items" else _covered(sources, movements, as_of_date)
    return SecondSource(", ".join(s.name for s in sources), KINDS.get(kind, kind), day, totals)


def in_order(
    seconds: Iterable[SecondSource], *, as_of_date: dt.date, known: pd.DataFrame,
) -> tuple[SecondSource, ...]:
    """Put the best second source first, the nearest to the as-of date, its customers under the codes of the items.

    Parameters
    ----------
    seconds : iterable of SecondSource
    as_of_date : date
    known : DataFrame
        ``customer_id`` and ``name`` as the items write them; may be empty.
    """
    ranked = sorted(seconds, key=lambda second: (RANK[second.kind], *_distance(second.as_of_date, as_of_date)))
    return tuple(replace(second, balances=_under_known_ids(second.balances, known)) for second in ranked)


def _distance(day: dt.date | None, as_of_date: dt.date) -> tuple[bool, int]:
    """Order dates: the as-of date, then the latest before it, those of documents that print none, those after it."""
    if day is None:
        return False, DAYS_UNKNOWN
    return day > as_of_date, abs((as_of_date - day).days)


def _under_known_ids(balances: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    if known.empty:
        return balances
    aligned = align_ids(balances["customer_id"], balances["name"], known)
    return validate(balances.assign(customer_id=aligned.where(balances["customer_id"] != "", "")), AGED_BALANCE)


def _summary(source: Source, perimeter: tuple[str, ...]) -> SecondSource:
    inside = texts(source.table, "account").str.startswith(perimeter)
    table = source.table[inside] if inside.any() else source.table
    rows = _named(table, source)
    long = _long(table, rows, source) if source.kind == "aged_balance" else _totals(rows, trial_amounts(table))
    day = source.title.as_of_date or source.title.period_end
    return SecondSource(source.name, source.kind, day, validate(long, AGED_BALANCE))


def trial_amounts(table: pd.DataFrame) -> pd.Series:
    """Return the balance of each row of a trial balance: its own columns, else debit less credit, in cents."""
    if {"balance_debit_cents", "balance_credit_cents"} & set(table.columns):
        return cents(table, "balance_debit_cents") - cents(table, "balance_credit_cents")
    if "total_cents" in table.columns:
        return cents(table, "total_cents")
    return signed_amounts(table, "trial_balance")


def _named(table: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Name the customer of each row; a collective account of a trial balance is no customer."""
    name = texts(table, "customer_name")
    customer = customer_ids(table)
    if source.kind == "trial_balance":
        # 411000, 411700, 41100000: no digits left that could name somebody
        collective = (
            texts(table, "customer_id").isin([""]) | (customer == texts(table, "account"))
        ) & customer.str.match(r"41[136]\d?0*$")
        customer = customer.where(~collective, "")
        name = name.where(name != "", texts(table, "account_name"))
    return pd.DataFrame({
        "customer_id": customer, "name": name, "source_row": table["source_row"], "source_file": source.file,
        "source_sheet": source.sheet})


def _totals(rows: pd.DataFrame, amounts: pd.Series) -> pd.DataFrame:
    """One "total" row per customer; those without a balance stay, they tie to nil."""
    summed = rows.assign(amount_cents=amounts).groupby("customer_id", sort=False).agg(
        amount_cents=("amount_cents", "sum"), **FIRST_OF_ROW)
    return summed.reset_index().assign(bucket="total", from_days=np.nan, to_days=np.nan)


def _long(table: pd.DataFrame, rows: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Turn an aged balance into one row per customer and bucket, and its total; rows of one customer add up."""
    printed = sum((cents(table, bucket.role) for bucket in source.buckets), start=pd.Series(0, index=table.index))
    if "total_cents" in table.columns or not source.buckets:
        printed = cents(table, "total_cents") if "total_cents" in table.columns else signed_amounts(table, "open_items")
    parts = [rows.assign(bucket="total", from_days=np.nan, to_days=np.nan, amount_cents=printed)]
    parts += [rows.assign(
        bucket=bucket.label, from_days=np.nan if bucket.from_days is None else bucket.from_days,
        to_days=np.nan if bucket.to_days is None else bucket.to_days, amount_cents=cents(table, bucket.role))
        for bucket in source.buckets]
    stacked = pd.concat(parts, ignore_index=True)
    keys = ["customer_id", "bucket", "from_days", "to_days"]
    return stacked.groupby(keys, sort=False, dropna=False).agg(
        amount_cents=("amount_cents", "sum"), **FIRST_OF_ROW).reset_index()


def _covered(sources: Sequence[Source], movements: pd.DataFrame, as_of_date: dt.date) -> dt.date | None:
    """Say to which day a ledger was summed: the as-of date, unless it ends more than a month before."""
    ends = [s.title.period_end for s in sources if s.title.period_end]
    last = max(ends) if ends else None if movements.empty else movements["posting_date"].max().date()
    return as_of_date if last is None or last >= as_of_date - dt.timedelta(days=31) else last


def account_balances(sources: Iterable[Source], *, as_of_date: dt.date) -> pd.DataFrame:
    """Sum the rows on accounts outside the perimeter, by account and customer.

    Returns
    -------
    DataFrame
        ``account, customer_id, name, amount_cents`` (> 0 is a debit); ``customer_id`` is "" where
        only the account is known. The first source that has an account gives it.
    """
    found = [empty(AGED_BALANCE)[["customer_id", "name", "amount_cents"]].assign(account=pd.Series(dtype="str"))]
    for source in sources:
        seen = tuple(pd.concat(found)["account"].str.slice(0, 3).unique())
        table = source.table
        account = texts(table, "account")
        posted = dates(table, "posting_date").fillna(dates(table, "document_date"))
        outside = (
            account.str.startswith(OUTSIDE_PREFIXES)
            & ~account.str.startswith(seen)
            & ~(posted > pd.Timestamp(as_of_date))
        )
        rows = table[outside]
        customer = texts(rows, "customer_id")
        found.append(pd.DataFrame({
            "account": account[outside], "customer_id": customer.where(customer != account[outside], ""),
            "name": texts(rows, "customer_name"), "amount_cents": _amounts(rows, source.kind)}))
    stacked = pd.concat(found, ignore_index=True)
    return stacked.groupby(["account", "customer_id"], sort=True).agg(
        name=("name", "first"), amount_cents=("amount_cents", "sum")).reset_index()


def _amounts(rows: pd.DataFrame, kind: str) -> pd.Series:
    return trial_amounts(rows) if kind == "trial_balance" else signed_amounts(rows, kind)


def outside_balances(balances: pd.DataFrame) -> pd.DataFrame:
    """Return ``account, amount_cents`` of 418, 419x, 491 and 467, those without a balance left out."""
    summed = balances.groupby("account", sort=True)["amount_cents"].sum().reset_index()
    return summed[summed["amount_cents"] != 0].reset_index(drop=True)


def customer_deposits(balances: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return ``customer_id, amount_cents`` of accounts 419x: what we owe each customer, > 0."""
    rows = balances[balances["account"].str.startswith("419")]
    auxiliary = rows["customer_id"].where(
        rows["customer_id"] != "", rows["account"].str.replace(r"^419\d?0*", "", regex=True)
    )
    customer = align_ids(auxiliary, rows["name"].where(rows["customer_id"] != "", ""), known)
    owed = pd.DataFrame({"customer_id": customer, "amount_cents": -rows["amount_cents"]})
    owed = owed[owed["customer_id"].isin(known["customer_id"]) & (owed["customer_id"] != UNKNOWN_CUSTOMER)]
    summed = owed.groupby("customer_id", sort=True)["amount_cents"].sum().reset_index()
    return summed[summed["amount_cents"] > 0].reset_index(drop=True)
