"""The engine's work as a good analyst writes it: in pandas, in polars, and in plain NumPy without the ledger's rules.

Each takes the canonical frames and gives cents; polars is asked for nothing but its own expressions.
"""

import datetime as dt
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = [
    "HAS_POLARS", "numpy_pairs", "numpy_sweep", "pandas_ageing", "pandas_replay", "pandas_residual",
    "polars_ageing", "polars_frames", "polars_replay", "polars_residual",
]

HAS_POLARS = find_spec("polars") is not None
EDGES = [float("-inf"), 0, 30, 60, 90, float("inf")]
LABELS = ["not_due", "1-30", "31-60", "61-90", ">90"]
APART = ["no_due_date", "age_unknown", "unallocated_credits"]
Ints = npt.NDArray[np.int64]


def pandas_ageing(items: pd.DataFrame, allocations: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """Mask, cut and pivot: customers by bucket at a date."""
    moment = pd.Timestamp(day)
    table = items.loc[items["posting_date"] <= moment,
                      ["item_id", "customer_id", "due_date", "amount_cents", "is_age_unknown"]]
    made = allocations[allocations["allocation_date"] <= moment]
    taken = made.groupby("debit_id")["amount_cents"].sum()
    given = made.groupby("credit_id")["amount_cents"].sum()
    number = table["item_id"]
    left = table["amount_cents"] - taken.reindex(number, fill_value=0).to_numpy()
    left += given.reindex(number, fill_value=0).to_numpy()
    table = table.assign(left=left)[left.to_numpy() != 0]
    bucket = pd.cut((moment - table["due_date"]).dt.days, EDGES, labels=LABELS).cat.add_categories(APART)
    bucket = bucket.fillna(APART[0]).mask(table["is_age_unknown"], APART[1]).mask(table["amount_cents"] < 0, APART[2])
    return table.assign(bucket=bucket).pivot_table(
        index="customer_id", columns="bucket", values="left", aggfunc="sum", observed=False, fill_value=0)


def pandas_replay(items: pd.DataFrame, allocations: pd.DataFrame, dates: list[dt.date]) -> list[pd.DataFrame]:
    """Age the ledger anew at each date."""
    return [pandas_ageing(items, allocations, day) for day in dates]


def pandas_residual(movements: pd.DataFrame, keys: list[str]) -> Ints:
    """Sort, group and cumulate: what first in first out leaves of each line within its keys, without the pairs."""
    table = movements[[*dict.fromkeys(["customer_id", *keys]), "posting_date", "amount_cents"]]
    table = table.sort_values([*keys, "posting_date"], kind="stable")
    amount = table["amount_cents"]
    group = [table[key] for key in keys]
    debit, credit = amount.clip(lower=0), (-amount).clip(lower=0)
    debits, credits_ = debit.groupby(group, observed=True), credit.groupby(group, observed=True)
    left_debit = (debits.cumsum() - credits_.transform("sum")).clip(lower=0).clip(upper=debit)
    left_credit = (credits_.cumsum() - debits.transform("sum")).clip(lower=0).clip(upper=credit)
    return (left_debit - left_credit).sort_index().to_numpy()


def numpy_pairs(keys: list[npt.NDArray[Any]], day: npt.NDArray[np.int32], amount: Ints) -> tuple[Ints, Ints, Ints]:
    """Pair debits and credits end to end within packed keys, by posting day: positions and cents.

    No tie rule, no cut of codes used again, no frame: the least that gives full pairs.
    """
    key = keys[0].astype(np.int64)
    for further in keys[1:]:
        key = key * (int(further.max()) + 2) + further + 1
    low = int(day.min())
    place = key * (int(day.max()) - low + 1) + (day - low)
    bits = (len(place) - 1).bit_length()
    packed = np.sort((place << bits) | np.arange(len(place)))  # the row in the low bits: ties in row order
    order = packed & ((1 << bits) - 1)
    key, amount = key[order], amount[order]
    group = np.cumsum(np.concatenate(([False], key[1:] != key[:-1])))
    debit, credit = np.flatnonzero(amount > 0), np.flatnonzero(amount < 0)
    count = int(group[-1]) + 1
    ends = []
    totals = [np.bincount(group[side], weights=np.abs(amount[side]), minlength=count).astype(np.int64)
              for side in (debit, credit)]
    base = np.cumsum(np.maximum(*totals)) - np.maximum(*totals)
    for side, total in zip((debit, credit), totals, strict=True):
        ends.append(np.cumsum(np.abs(amount[side])) + (base - np.cumsum(total) + total)[group[side]])
    every = np.sort(np.concatenate(ends), kind="stable")
    start = np.concatenate(([0], every[:-1]))
    at = [np.minimum(np.searchsorted(end, every), len(end) - 1) for end in ends]
    both = every > start
    for end, side, place_in in zip(ends, (debit, credit), at, strict=True):
        both &= (end[place_in] - np.abs(amount[side[place_in]]) <= start) & (every <= end[place_in])
    return order[debit[at[0][both]]], order[credit[at[1][both]]], (every - start)[both]


def numpy_sweep(items: pd.DataFrame, allocations: pd.DataFrame, dates: list[dt.date]) -> Ints:
    """Sum difference arrays: items and both sides of allocations enter and leave buckets; (customers, buckets, dates).

    Plain NumPy: days once as integers, a search for the first date, a weighted count of the cells.
    """
    days = np.array(dates, dtype="datetime64[D]").astype(np.int64)
    due = items["due_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    amount, customer = items["amount_cents"].to_numpy(), items["customer_id"].cat
    fixed = np.full(len(items), -1)
    fixed[items["due_date"].isna().to_numpy()] = 5
    fixed[items["is_age_unknown"].to_numpy()] = 6
    fixed[amount < 0] = 7
    debit, credit = allocations["debit_id"].to_numpy(), allocations["credit_id"].to_numpy()
    place = np.concatenate((np.arange(len(items)), debit, credit))
    made = allocations["allocation_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    start = np.concatenate((items["posting_date"].to_numpy().astype("datetime64[D]").astype(np.int64), made, made))
    cents = allocations["amount_cents"].to_numpy()
    change = np.concatenate((amount, -cents, cents)).astype(np.float64)
    count, width = len(customer.categories), len(days) + 1
    first, last = np.searchsorted(days, start), len(days)
    base = customer.codes.to_numpy().astype(np.int64)[place] * 8
    steps = np.zeros(count * 8 * width)
    fixed, due = fixed[place], due[place]
    apart = fixed >= 0
    steps += np.bincount(((base + fixed) * width + first)[apart], weights=change[apart], minlength=len(steps))
    dated = ~apart
    first, base, due, change = first[dated], base[dated], due[dated], change[dated]
    for bucket, (low, high) in enumerate(((None, 0), (1, 30), (31, 60), (61, 90), (91, None))):
        enter = first if low is None else np.maximum(first, np.searchsorted(days, due + low))
        leave = np.full(len(first), last) if high is None else np.searchsorted(days, due + high + 1)
        stays = enter < leave
        cell = (base[stays] + bucket) * width
        steps += np.bincount(cell + enter[stays], weights=change[stays], minlength=len(steps))
        steps -= np.bincount(cell + leave[stays], weights=change[stays], minlength=len(steps))
    return np.cumsum(steps.reshape(count, 8, width), axis=2)[:, :, :-1].round().astype(np.int64)


def polars_frames(items: pd.DataFrame, allocations: pd.DataFrame) -> tuple[Any, Any]:
    """Bring both tables to polars; not timed."""
    import polars as pl

    columns = ["item_id", "customer_id", "posting_date", "due_date", "amount_cents", "is_age_unknown", "account",
               "matching_code"]
    table = pd.DataFrame({name: items[name].cat.codes if str(items[name].dtype) == "category" else items[name]
                          for name in columns if name in items.columns})
    made = allocations[["debit_id", "credit_id", "amount_cents", "allocation_date"]]
    return pl.from_pandas(table), pl.from_pandas(made)


def polars_ageing(items: Any, allocations: Any, day: dt.date) -> Any:
    """Filter, join, cut and group: customers by bucket at a date."""
    import polars as pl

    made = allocations.lazy().filter(pl.col("allocation_date") <= day)
    taken = made.group_by("debit_id").agg(taken=pl.col("amount_cents").sum())
    given = made.group_by("credit_id").agg(given=pl.col("amount_cents").sum())
    late = (pl.lit(day).cast(pl.Datetime("ms")) - pl.col("due_date")).dt.total_days()
    bucket = (pl.when(pl.col("amount_cents") < 0).then(7).when(pl.col("is_age_unknown")).then(6)
              .when(pl.col("due_date").is_null()).then(5).when(late <= 0).then(0).when(late <= 30).then(1)
              .when(late <= 60).then(2).when(late <= 90).then(3).otherwise(4))
    return (items.lazy().filter(pl.col("posting_date") <= day)
            .join(taken, left_on="item_id", right_on="debit_id", how="left")
            .join(given, left_on="item_id", right_on="credit_id", how="left")
            .with_columns(left=pl.col("amount_cents") - pl.col("taken").fill_null(0) + pl.col("given").fill_null(0))
            .filter(pl.col("left") != 0).group_by("customer_id", bucket.alias("bucket"))
            .agg(pl.col("left").sum()).collect())


def polars_replay(items: Any, allocations: Any, dates: list[dt.date]) -> list[Any]:
    """Age the ledger anew at each date."""
    return [polars_ageing(items, allocations, day) for day in dates]


def polars_residual(movements: Any, keys: list[str]) -> Any:
    """Sort and cumulate over windows: what is left of each line within its keys, without the pairs."""
    import polars as pl

    debit, credit = pl.col("amount_cents").clip(lower_bound=0), (-pl.col("amount_cents")).clip(lower_bound=0)
    left_debit = pl.min_horizontal((debit.cum_sum().over(keys) - credit.sum().over(keys)).clip(lower_bound=0), debit)
    left_credit = pl.min_horizontal((credit.cum_sum().over(keys) - debit.sum().over(keys)).clip(lower_bound=0), credit)
    return movements.lazy().sort([*keys, "posting_date"], maintain_order=True).with_columns(
        left=left_debit - left_credit).collect()
