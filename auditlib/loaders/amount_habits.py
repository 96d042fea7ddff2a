"""Habits of programs that print amounts: running balances beside them, minus signs."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.parsed import ITEM_DATES, Parsed
from auditlib.loaders.remarks import Remarks
from auditlib.loaders.sheet_amounts import side_signs
from auditlib.loaders.type_signs import decide_signs, with_credits_negative

__all__ = ["is_inverted", "turned_round", "with_signs", "with_usual_amounts"]

Cents = npt.NDArray[np.int64]
MOSTLY = 0.9
SIGNED = frozenset(("amount_cents", "open_amount_cents", "original_amount_cents", "total_cents", "balance_cents"))


def with_usual_amounts(parsed: Parsed) -> Parsed:
    """Take a running balance out of the amounts, and print debits and credits without a sign."""
    return _with_positive_sides(_without_running_balance(parsed))


def _without_running_balance(parsed: Parsed) -> Parsed:
    """Take a balance that adds the amounts up, row after row, for what it is: no open amount."""
    single = next((role for role in ("amount_cents", "original_amount_cents") if role in parsed.amounts), "")
    if not single or "open_amount_cents" not in parsed.amounts:
        return parsed
    rows = parsed.has_date(*ITEM_DATES) & parsed.has_amount([single]) & parsed.has_amount(["open_amount_cents"])
    signs = side_signs(parsed.texts("side")) if "side" in parsed.roles else None
    amount = parsed.amounts[single].cents if signs is None else parsed.amounts[single].cents * signs
    if not _adds_up(amount[rows], parsed.amounts["open_amount_cents"].cents[rows]):
        return parsed
    roles = {single: "amount_cents"}
    columns = tuple(
        replace(mapped, role=f"attribute:{mapped.header}")
        if mapped.role == "open_amount_cents"
        else replace(mapped, role=roles.get(mapped.role, mapped.role))
        for mapped in parsed.columns
    )
    amounts = {roles.get(role, role): read for role, read in parsed.amounts.items() if role != "open_amount_cents"}
    return replace(parsed, columns=columns, amounts=amounts)


def _adds_up(amount: Cents, balance: Cents) -> bool:
    """Tell a balance that is the one before it, or after it, plus the row's amount; it may start again."""
    starts = balance == amount
    for before, after, own, starting in (
        (balance[:-1], balance[1:], amount[1:], starts[1:]),
        (balance[1:], balance[:-1], amount[:-1], starts[:-1]),
    ):
        goes_on = (after == before + own) & (before != 0)
        if goes_on.sum() >= max(2, 0.3 * len(own)) and (goes_on | starting | (after == before + own)).mean() >= MOSTLY:
            return True
    return False


def _with_positive_sides(parsed: Parsed) -> Parsed:
    """Turn round a debit or a credit column whose amounts carry a minus sign, unless the two balance as printed."""
    if not {"debit_cents", "credit_cents"} <= set(parsed.amounts):
        return parsed
    sides = {role: parsed.amounts[role].cents for role in ("debit_cents", "credit_cents")}
    rows = parsed.has_date(*ITEM_DATES)
    if rows.any() and sides["debit_cents"][rows].sum() == sides["credit_cents"][rows].sum():
        return parsed
    turned = {
        role: replace(parsed.amounts[role], cents=-cents)
        for role, cents in sides.items()
        if (cents < 0).any() and (cents < 0).sum() >= MOSTLY * (cents != 0).sum()
    }
    return replace(parsed, amounts=parsed.amounts | turned, turned=tuple(turned))


def is_inverted(table: pd.DataFrame, kind: str, sign: str) -> bool:
    """Tell whether the program prints what is owed with a minus sign: the auditor says so, or nearly all amounts do."""
    main = next((role for role in ("total_cents", "open_amount_cents", "amount_cents") if role in table), "")
    if not main or kind not in {"aged_balance", "trial_balance", "open_items", "invoice_list", "customer_ledger"}:
        return False
    amounts = table[main][table[main] != 0]
    looks_inverted = (
        kind != "customer_ledger" and len(amounts) > 0 and (amounts < 0).mean() >= 0.8 and amounts.sum() < 0
    )
    return bool(sign == "debit_negative" or (not sign and looks_inverted))


def turned_round(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the sign of its balances turned round, sides left alone."""
    roles = [role for role in map(str, table) if role in SIGNED or role.startswith("bucket:")]
    return table.assign(**{role: -table[role] for role in roles})


def with_signs(
    table: pd.DataFrame, totals: pd.DataFrame, remarks: Remarks, kind: str, sign: str,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn signs round where the evidence says so, and say it."""
    verdict = decide_signs(table, kind, sign=sign, totals=totals)
    if verdict.name == "inverted" or is_inverted(table, kind, sign):
        remarks.about_signs(len(table))
        return turned_round(table), turned_round(totals)
    remarks.about_types(verdict)
    return (with_credits_negative(table) if verdict.name == "by_type" else table), totals
