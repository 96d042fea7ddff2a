"""The engine's work as a careful analyst would write it in pandas: groups one by one, dates one by one."""

import datetime as dt

import pandas as pd

__all__ = ["aged", "by_age", "by_codes", "replayed"]

LABELS = ["not_due", "1-30", "31-60", "61-90", ">90"]
EDGES = [float("-inf"), 0, 30, 60, 90, float("inf")]
ORDER = [
    "customer_id", "currency", "posting_date", "due_date", "document_ref", "source_file", "source_row", "movement_id",
]


def by_codes(movements: pd.DataFrame) -> pd.DataFrame:
    """Lay each code group end to end; codes are taken as never used twice by a customer."""
    coded = _ordered(movements[movements["matching_code"] != ""])
    return _laid(coded, ["customer_id", "account", "matching_code"])


def by_age(movements: pd.DataFrame) -> pd.DataFrame:
    """Lay each customer's debits and credits end to end, oldest first."""
    return _laid(_ordered(movements), ["customer_id", "currency"])


def _ordered(movements: pd.DataFrame) -> pd.DataFrame:
    codes = movements.select_dtypes("category").columns
    return movements.astype(dict.fromkeys(codes, "str")).sort_values(ORDER)


def _laid(ordered: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    pairs: list[tuple[int, int, int]] = []
    for _, group in ordered.groupby(keys, sort=False):
        amounts, numbers = group["amount_cents"].tolist(), group["movement_id"].tolist()
        debits = [[number, amount] for number, amount in zip(numbers, amounts, strict=True) if amount > 0]
        credits_ = [[number, -amount] for number, amount in zip(numbers, amounts, strict=True) if amount < 0]
        at_debit = at_credit = 0
        while at_debit < len(debits) and at_credit < len(credits_):
            debit, credit = debits[at_debit], credits_[at_credit]
            part = min(debit[1], credit[1])
            pairs.append((debit[0], credit[0], part))
            debit[1] -= part
            credit[1] -= part
            at_debit += debit[1] == 0
            at_credit += credit[1] == 0
    return pd.DataFrame(pairs, columns=["debit", "credit", "amount_cents"])


def aged(items: pd.DataFrame, allocations: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """List what is open at a date, with its bucket."""
    moment = pd.Timestamp(day)
    table = items[items["posting_date"] <= moment]
    made = allocations[allocations["allocation_date"] <= moment]
    taken = made.groupby("debit_id")["amount_cents"].sum()
    given = made.groupby("credit_id")["amount_cents"].sum()
    left = table["amount_cents"] - table["item_id"].map(taken).fillna(0) + table["item_id"].map(given).fillna(0)
    table = table.assign(residual_cents=left.astype("int64"))
    table = table[table["residual_cents"] != 0]
    late = (moment - table["due_date"]).dt.days
    bucket = pd.cut(late, EDGES, labels=LABELS).astype("object").fillna("no_due_date")
    bucket = bucket.mask(table["is_age_unknown"], "age_unknown").mask(table["amount_cents"] < 0, "unallocated_credits")
    return table.assign(bucket=bucket)


def replayed(items: pd.DataFrame, allocations: pd.DataFrame, dates: list[dt.date]) -> pd.DataFrame:
    """Age the ledger anew at each date and sum it by customer and bucket."""
    parts = []
    for day in dates:
        table = aged(items, allocations, day)
        sums = table.groupby(["customer_id", "bucket"], observed=True)["residual_cents"].sum().rename("amount_cents")
        parts.append(sums[sums != 0].reset_index().assign(month_end=pd.Timestamp(day)))
    return pd.concat(parts, ignore_index=True)
