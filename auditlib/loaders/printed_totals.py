"""Whether the totals a document prints are those of the rows loaded from it."""

import numpy as np
import pandas as pd

from auditlib.loaders.grid import Mask
from auditlib.loaders.movements import customer_ids, signed_amounts
from auditlib.loaders.row_words import GRAND_TOTAL, PERCENTAGE
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import cents
from auditlib.loaders.total_scopes import Covered, Rows, covered_by
from auditlib.schemas import CONTROL_TOTALS, empty, validate

__all__ = ["compared_totals", "rows_under_totals"]


def rows_under_totals(source: Source) -> Rows:
    """Return the rows and the printed sums of a document; a line of percentages is no sum."""
    texts = source.skipped.drop_duplicates("source_row").set_index("source_row")["text"].astype("str")
    sums = source.printed_totals
    text = sums["source_row"].map(texts).fillna("")
    kept = sums[~text.str.contains(PERCENTAGE, regex=True)].assign(text=text)
    return Rows(_loaded(source), kept.sort_values("source_row", kind="stable").reset_index(drop=True))


def compared_totals(source: Source, rows: Rows) -> pd.DataFrame:
    """Compare each printed sum with the rows loaded that it covers.

    Parameters
    ----------
    source : Source
    rows : Rows
        From `rows_under_totals`.

    Returns
    -------
    DataFrame
        `schemas.CONTROL_TOTALS`, with ``number``, the place of the sum among those of `rows_under_totals`.

    Notes
    -----
    What a sum covers is read from the document: its customer, its page, all above it, the whole. Where neither the
    sum's own place nor the other sums of its class say it, it is not compared.
    """
    if rows.sums.empty or rows.table.empty:
        return empty(CONTROL_TOTALS).assign(number=pd.Series(dtype="int64"))
    scope = np.full(len(rows.sums), "", dtype=object)
    agrees = np.zeros(len(rows.sums), dtype=bool)
    for name in rows.sums["class"].astype("str").unique():
        of_class, held = covered_by(rows, name, holds=lambda covered: _agrees(covered, rows.sums))
        scope, agrees = np.where(of_class != "", of_class, scope), agrees | held
    scope = np.where(scope != "", scope, _only_one(rows))
    return _listed(source, rows, scope, agrees)


def _only_one(rows: Rows) -> np.ndarray:
    """Return what a sum covers by its place alone: the only one of a customer or document, or the last grand total."""
    sums, named = rows.sums, rows.sums["customer_id"].astype("str")
    is_subtotal = (sums["class"].astype("str") == "subtotal") & (named != "") & (rows.code[1] >= 0)
    single = is_subtotal & ~named.where(is_subtotal).duplicated(keep=False)
    is_total = sums["class"].astype("str") == "total"
    called = is_total & sums["text"].str.contains(GRAND_TOTAL, regex=True)
    grand = is_total if is_total.sum() == 1 else called & (called.sum() == 1) & ~is_total[::-1].cumsum().gt(1)
    return np.where(single, "customer", np.where(grand, "whole", "")).astype(object)


def _listed(source: Source, rows: Rows, scope: np.ndarray, agrees: Mask) -> pd.DataFrame:
    """Write the sums compared as `schemas.CONTROL_TOTALS`."""
    debit, credit, printed_debit, printed_credit = (np.zeros(len(scope), dtype=np.int64) for _ in range(4))
    for name in set(scope) - {""}:
        covered, own = rows.covered(name), scope == name
        debit[own], credit[own] = covered.debit[own], covered.credit[own]
        printed_debit[own], printed_credit[own] = covered.printed_debit[own], covered.printed_credit[own]
    no_side = (rows.sums["debit_cents"] == 0) & (rows.sums["credit_cents"] == 0)
    balance = np.where(no_side, rows.sums["balance_cents"], printed_debit - printed_credit)
    gap = debit - credit - balance
    compared = scope != ""
    return validate(pd.DataFrame({
        "source_file": source.file, "source_sheet": source.sheet, "source_row": rows.sums["source_row"],
        "class": rows.sums["class"], "customer_id": rows.sums["customer_id"], "scope": scope,
        "printed_cents": balance, "loaded_cents": debit - credit,
        "difference_cents": np.where(agrees, 0, np.where(gap != 0, gap, debit - printed_debit)), "agrees": agrees,
        "number": np.arange(len(scope))})[compared], CONTROL_TOTALS)


def _loaded(source: Source) -> pd.DataFrame:
    """Return debit and credit of each row that a printed sum may cover, lines of other accounts too."""
    table = source.table
    if "debit_cents" in table.columns or "credit_cents" in table.columns:
        debit, credit = cents(table, "debit_cents"), cents(table, "credit_cents")
    else:
        amount = cents(table, "total_cents") if source.kind == "aged_balance" else signed_amounts(table, source.kind)
        debit, credit = amount.clip(lower=0), -amount.clip(upper=0)
    loaded = pd.DataFrame({
        "source_row": table["source_row"], "customer_id": customer_ids(table), "debit": debit, "credit": credit})
    lines = source.entries
    others = lines[~lines["source_row"].isin(table["source_row"])] if "source_row" in lines else lines.iloc[:0]
    if len(others):
        loaded = pd.concat([loaded, pd.DataFrame({
            "source_row": others["source_row"], "customer_id": "", "debit": others["debit_cents"],
            "credit": others["credit_cents"]})])
    return loaded.sort_values("source_row", kind="stable").reset_index(drop=True)


def _agrees(covered: Covered, sums: pd.DataFrame) -> Mask:
    """Both sides agree, or the balance does where no side is printed, or one single amount is."""
    debit, credit = covered.printed_debit, covered.printed_credit
    balance = covered.debit - covered.credit
    no_side = (debit == 0) & (credit == 0)
    printed = sums["balance_cents"].to_numpy()
    # a sum of balances is not right for covering nothing on either side
    is_balance = ((sums["debit_cents"] == 0) & (sums["credit_cents"] == 0)).to_numpy() & (printed != 0)
    sides = (debit == covered.debit) & (credit == covered.credit) & ~is_balance
    net = (printed == balance) & no_side & ((printed != 0) | no_side.all())
    one_side = (debit - credit == balance) & ((debit == 0) | (credit == 0)) & ~no_side
    agrees: Mask = sides | net | one_side
    return agrees
