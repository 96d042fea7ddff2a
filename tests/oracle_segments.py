"""Segments by plain loops: an independent reading of INDICATORS.md 3, sharing no code with the package.

An item is a dict: ``id``, ``amount`` (cents, credits negative), ``posted``, ``due`` (date or None), ``kind``, ``own``
(its own segment, "" for none) and ``unknown`` (age unknown). An allocation is (debit id, credit id, cents, day).
"""

import datetime as dt
from collections import defaultdict
from typing import Any

__all__ = ["balances", "overdue_share", "sales"]

Item = dict[str, Any]
Allocation = tuple[int, int, int, dt.date]


def balances(items: list[Item], allocations: list[Allocation], day: dt.date) -> dict[tuple[str, str], int]:
    """Return the receivable at a date by (segment, bucket) [cents]; limits 30, 60 and 90 days overdue."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    by_id = {item["id"]: item for item in items}
    cleared: dict[int, int] = defaultdict(int)
    used: dict[int, int] = defaultdict(int)
    for debit, credit, cents, made in allocations:
        used[credit] += cents
        if made <= day:
            cleared[debit] += cents
        elif by_id[credit]["posted"] <= day:
            found[by_id[debit]["own"], "unallocated_credits"] -= cents
    for item in items:
        if item["posted"] > day:
            continue
        if item["amount"] > 0:
            found[item["own"], _bucket(item, day)] += item["amount"] - cleared[item["id"]]
        else:
            found[item["own"], "unallocated_credits"] += item["amount"] + used[item["id"]]
    return {key: cents for key, cents in found.items() if cents}


def _bucket(item: Item, day: dt.date) -> str:
    if item["unknown"]:
        return "age_unknown"
    if item["due"] is None:
        return "no_due_date"
    late = (day - item["due"]).days
    if late <= 0:
        return "not_due"
    for low, high in ((1, 30), (31, 60), (61, 90)):
        if late <= high:
            return f"{low}-{high}"
    return ">90"


def overdue_share(cells: dict[tuple[str, str], int], segment: str) -> float | None:
    """Return the overdue rate of a segment; None where more than a tenth has no age, or nothing is dated."""
    own = {bucket: cents for (name, bucket), cents in cells.items() if name == segment}
    gross = sum(cents for bucket, cents in own.items() if bucket != "unallocated_credits")
    undated = own.get("no_due_date", 0) + own.get("age_unknown", 0)
    if gross - undated <= 0 or undated * 10 > gross:
        return None
    return (gross - undated - own.get("not_due", 0)) / (gross - undated)


def sales(items: list[Item], allocations: list[Allocation], start: dt.date, end: dt.date) -> dict[str, int]:
    """Return the net sales of a window by segment; an allocated credit note is its invoice's [cents]."""
    found: dict[str, int] = defaultdict(int)
    by_id = {item["id"]: item for item in items}
    for item in items:
        if item["kind"] in ("invoice", "credit_note") and start <= item["posted"] <= end:
            found[item["own"]] += item["amount"]
    for debit, credit, cents, _ in allocations:
        note = by_id[credit]
        if note["kind"] == "credit_note" and start <= note["posted"] <= end:
            found[note["own"]] += cents
            found[by_id[debit]["own"]] -= cents
    return {name: cents for name, cents in found.items() if cents}
