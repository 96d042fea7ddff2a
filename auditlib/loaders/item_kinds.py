"""What an item of a customer account is: from the other accounts of its entry, else from what is written on it."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.counterparts import counterpart_classes
from auditlib.loaders.item_wording import (
    KIND_CODE,
    REFUND_LABEL,
    ROUNDING_LIMIT,
    journal_natures,
    kinds_from_wording,
    named_kinds,
)
from auditlib.loaders.table_columns import matches

__all__ = ["infer_kinds", "kinds_from_entries"]

FACING = {
    "sale": ("invoice", "credit_note"),
    "deposit": ("invoice", "deposit_applied"),
    "rebate": ("invoice", "discount"),
    "discount": ("discount", "discount"),
    "write_off": ("write_off", "write_off"),
    "supplier": ("set_off", "set_off"),
    "fx": ("fx_difference", "fx_difference"),
    "factor": ("transfer", "transfer"),
    "suspense": ("adjustment", "receipt"),
    "perimeter": ("reclassification", "reclassification"),
    "opening": ("opening", "opening"),
    "bank": ("refund", "receipt"),
    "difference": ("adjustment", "adjustment"),
    "other": ("adjustment", "adjustment"),
}
"""Kind of a debit, and of a credit, by the class of the accounts it faces."""


def infer_kinds(movements: pd.DataFrame, entries: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Give each item its kind (INDICATORS.md 1) and say whether it had to be inferred.

    Parameters
    ----------
    movements : DataFrame
        ``customer_id, account, journal, journal_name, label, posting_date, amount_cents, document_type`` and
        ``entry`` (-1 where the file has no entries).
    entries : DataFrame
        ``entry, account, account_name, customer_id, amount_cents``: every line of the files that have them all.

    Returns
    -------
    kind : Series of categories
    inferred : Series of bool
        True where neither the counterpart accounts nor a type column state it.
    """
    worded, inferred = kinds_from_wording(movements)
    if not entries.empty:
        booked = kinds_from_entries(movements, entries, says_returned=worded == KIND_CODE["unpaid_return"])
        opening = (journal_natures(movements) == "opening") & (movements["entry"] >= 0).to_numpy()
        silent = booked == KIND_CODE[""]
        worded = np.where(opening, KIND_CODE["opening"], np.where(silent, worded, booked))
        inferred = inferred & silent & ~opening
    return named_kinds(worded, movements.index), pd.Series(inferred, index=movements.index)


def kinds_from_entries(
    movements: pd.DataFrame, entries: pd.DataFrame, *, says_returned: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int8]:
    """Name each item by a `KIND_CODE` from the accounts that its entry has on the other side; none: that of "".

    Parameters
    ----------
    movements, entries : DataFrame
        See `infer_kinds`.
    says_returned : ndarray of bool
        Items whose wording says a payment came back; so does an equal earlier receipt of the customer.
    """
    facing = counterpart_classes(movements, entries)
    debit = movements["amount_cents"].to_numpy() > 0
    small = movements["amount_cents"].abs().to_numpy() <= ROUNDING_LIMIT
    classes = facing["class"].cat
    of_debit, of_credit = (
        np.array([KIND_CODE[FACING[name][side]] if name in FACING else 0 for name in classes.categories], dtype=np.int8)
        for side in (0, 1))
    kind = np.where(debit, of_debit[classes.codes], of_credit[classes.codes])
    kind[(facing["class"] == "difference").to_numpy() & small] = KIND_CODE["rounding"]
    invoiced = facing["has_vat"].to_numpy() | (journal_natures(movements) == "sales")
    kind[(facing["class"] == "rebate").to_numpy() & invoiced & ~debit] = KIND_CODE["credit_note"]
    paid_back = kind == KIND_CODE["refund"]
    paid_back[paid_back] = ~matches(movements.loc[paid_back, "label"], REFUND_LABEL)
    undone = _undoes_a_receipt(movements, kind == KIND_CODE["receipt"], paid_back)
    kind[paid_back & (says_returned | undone)] = KIND_CODE["unpaid_return"]
    return kind


def _undoes_a_receipt(
    movements: pd.DataFrame, receipt: npt.NDArray[np.bool_], paid_back: npt.NDArray[np.bool_],
) -> npt.NDArray[np.bool_]:
    """Tell which debits from the bank have an equal, not later receipt of the same customer."""
    keys = ["customer_id", "size_cents"]
    found = np.zeros(len(movements), dtype=bool)
    if not paid_back.any():
        return found
    sized = pd.DataFrame({
        "customer_id": pd.factorize(movements["customer_id"])[0], "size_cents": movements["amount_cents"].abs(),
        "posting_date": movements["posting_date"]})
    back = sized[paid_back]
    alike = sized[receipt & sized["size_cents"].isin(back["size_cents"]).to_numpy()]
    first = alike.groupby(keys, sort=False)["posting_date"].min().rename("first_receipt").reset_index()
    earlier = back.merge(first, on=keys, how="left")
    found[paid_back] = (earlier["first_receipt"] <= earlier["posting_date"]).to_numpy()
    return found
