"""Credits that an aged balance tells beside its ages and total, told from those it deducts."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from auditlib.loaders.buckets_map import Bucket
from auditlib.loaders.parsed import Parsed

__all__ = ["without_told_credits"]

MOSTLY = 0.9
"""Share of the rows that must add up."""


def without_told_credits(parsed: Parsed, buckets: Sequence[Bucket]) -> Parsed:
    """Leave credits out of the ages where the total is the sum of the others: they are told, not deducted.

    Parameters
    ----------
    parsed : Parsed
    buckets : sequence of Bucket
        Ageing columns, credits among them.
    """
    total, ages = parsed.amounts.get("total_cents"), [bucket.role for bucket in buckets]
    told = {bucket.role for bucket in buckets if bucket.label == "unallocated_credits"} & set(parsed.amounts)
    rows = parsed.has_amount(["total_cents"])
    if total is None or not told or not rows.any():
        return parsed
    summed = {role: parsed.amounts[role].cents for role in ages if role in parsed.amounts}
    whole = np.sum(list(summed.values()), axis=0)
    others = whole - np.sum([summed[role] for role in told], axis=0)
    is_told = (others == total.cents)[rows].mean() >= MOSTLY > (whole == total.cents)[rows].mean()
    if not is_told:
        return parsed
    columns = tuple(
        replace(mapped, role=f"attribute:{mapped.header}") if mapped.role in told else mapped
        for mapped in parsed.columns
    )
    amounts = {role: read for role, read in parsed.amounts.items() if role not in told}
    return replace(parsed, columns=columns, amounts=amounts)
