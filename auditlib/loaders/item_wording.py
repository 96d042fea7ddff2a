"""What an item is from its document type, else its journal, label, account and sign."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.counterparts import perimeter_class
from auditlib.loaders.item_words import CREDIT_LABELS, DEBIT_LABELS, KIND_CODE, Codes, type_codes
from auditlib.loaders.table_columns import matches, starting
from auditlib.ordering import sorted_rows

__all__ = ["ROUNDING_LIMIT", "journal_natures", "kinds_from_wording"]

ROUNDING_LIMIT = 500
"""Above 5 € a difference is no rounding. [cents]"""

ONE_SIDED, ENOUGH_LINES = 0.8, 5
"""A journal whose amounts are that one-sided, over that many lines, is a sales or a bank journal."""
JOURNALS = (
    ("other", r"^od\d*$|op[ée]rations? diverses|general"),
    ("bank", (r"^(?:bq\w?|bnq|bk|ba?n?k?|bnp\w?|ca|cai?s?|cc?p|ce|cic|cm|lcl|lbp|sg|bp\w*|tr|cb|cash|rg\w*|enc)\d*$"
             r"|banqu|bank|caisse|encaiss|tr[ée]sor|carte|ch[eè]que|virement|receipts?|payment")),
    ("bills", r"^(?:ef\w?|lcr?|ef+ets?|trt)\d*$|effets|traites|lettres? de change|bills?"),
    ("sales", r"^(?:v|ve\w?|vt\w?|vte\w?|ven\w?|vent|fac?\w?|fc|hv|sal|sj|inv)\d*$|vente|factur|sales|invoic"),
    ("opening", r"^(?:an|ran|ano|anx?|ouv|open|opening|a[\s._-]*nouveaux?|reports?)$|nouveau|ouverture|opening"),
)
"""Journals by code or name; of two that match, the later one holds."""

ROUNDING_LABEL = r"arrondi|rounding|[ée]cart de r[èe]glement|petit [ée]cart"


def kinds_from_wording(movements: pd.DataFrame) -> tuple[Codes, npt.NDArray[np.bool_]]:
    """Name each item from its document type, else its journal, label, account and sign.

    Parameters
    ----------
    movements : DataFrame
        See `auditlib.loaders.item_kinds.infer_kinds`.

    Returns
    -------
    kind : ndarray of int8
        Codes of `KIND_CODE`.
    inferred : ndarray of bool
        False where a document type column states the kind.
    """
    debit = movements["amount_cents"].to_numpy() > 0
    nature = journal_natures(movements)
    reversed_side = movements.get("is_negative_entry", pd.Series(False, index=movements.index)).to_numpy(dtype=bool)
    guess = np.where(reversed_side, _either(debit, "adjustment", "credit_note"), _either(debit, "invoice", "receipt"))
    guess = np.where(nature == "sales", _either(debit, "invoice", "credit_note"), guess)
    guess = np.where(nature == "bank", _either(debit, "refund", "receipt"), guess)
    guess[nature == "other"] = KIND_CODE["adjustment"]
    bills = _bill_kinds(movements, debit)
    guess = np.where(nature == "bills", bills, guess)
    guess[_moves_between_accounts(movements)] = KIND_CODE["reclassification"]
    _apply_labels(guess, movements["label"], debit, nature)
    guess[_is_rounding(movements)] = KIND_CODE["rounding"]
    guess[nature == "opening"] = KIND_CODE["opening"]
    stated = _stated_types(movements["document_type"], debit)
    silent = stated == KIND_CODE[""]
    kind = np.where(stated == KIND_CODE["bill"], bills, np.where(silent, guess, stated))
    return kind, silent


def _either(debit: npt.NDArray[np.bool_], of_debit: str, of_credit: str) -> Codes:
    return np.where(debit, KIND_CODE[of_debit], KIND_CODE[of_credit])


def _stated_types(types: pd.Series, debit: npt.NDArray[np.bool_]) -> Codes:
    """Translate a document type column; the sign settles what a type leaves open."""
    stated = type_codes(types)
    for name, of_debit, of_credit in (
        ("invoice", "invoice", "credit_note"),
        ("credit_note", "invoice", "credit_note"),
        ("receipt", "refund", "receipt"),
        ("deposit_applied", "invoice", "deposit_applied"),
        ("unpaid_return", "unpaid_return", "receipt"),
    ):
        stated = np.where(stated == KIND_CODE[name], _either(debit, of_debit, of_credit), stated)
    return stated


def journal_natures(movements: pd.DataFrame) -> pd.Categorical:
    """Tell what the journal of each item holds: from its code, else its name, else the sides it posts to.

    Returns
    -------
    Categorical
        sales, bank, bills, opening, other, or "" where there is no telling.
    """
    codes, journals = pd.factorize(movements["journal"])
    amount = movements["amount_cents"].to_numpy()
    names = movements["journal_name"].iloc[np.unique(codes, return_index=True)[1]].astype("str")
    names.index = pd.Index(journals).astype("str")
    net = np.bincount(codes, amount, len(journals))
    gross, lines = np.bincount(codes, np.abs(amount), len(journals)), np.bincount(codes, minlength=len(journals))
    share = net / np.where(gross > 0, gross, np.nan)
    nature = pd.Series("", index=names.index, dtype="object")
    nature[(share > ONE_SIDED) & (lines >= ENOUGH_LINES)] = "sales"
    nature[(share < -ONE_SIDED) & (lines >= ENOUGH_LINES)] = "bank"
    for written in (names, names.index.to_series()):
        for name, pattern in JOURNALS:
            nature[matches(written, pattern)] = name
    nature[names.index == ""] = ""
    found, kinds = pd.factorize(nature)
    return pd.Categorical.from_codes(found[codes], categories=pd.Index(kinds, dtype="str"))


def _bill_kinds(movements: pd.DataFrame, debit: npt.NDArray[np.bool_]) -> Codes:
    """Name the items of a bill: a claim moved to 413 where the file has that account, else a payment."""
    in_bills = starting(movements["account"], ("413",))
    if not in_bills.any():
        return _either(debit, "unpaid_return", "receipt")
    return _either(in_bills & ~debit, "receipt", "reclassification")


def _moves_between_accounts(movements: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which items have their mirror on another perimeter account of the same customer, day and journal."""
    account = pd.factorize(perimeter_class(movements["account"]))[0]
    mirrored = np.zeros(len(movements), dtype=bool)
    if not account.any():
        return mirrored
    amount = movements["amount_cents"].to_numpy()
    customer, journal = (pd.factorize(movements[name])[0] for name in ("customer_id", "journal"))
    day = movements["posting_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    order, same = sorted_rows(np.abs(amount), customer, day - day.min(initial=0), journal)
    group = np.cumsum(~same) - 1
    starts = np.flatnonzero(~same)
    kind = account[order]
    several = np.maximum.reduceat(kind, starts) != np.minimum.reduceat(kind, starts)
    mirrored[order] = (several & (np.add.reduceat(amount[order], starts) == 0))[group]
    return mirrored


def _apply_labels(guess: Codes, labels: pd.Series, debit: npt.NDArray[np.bool_], nature: pd.Categorical) -> None:
    """Let the label settle what the journal leaves open; a sales journal holds invoices and credit notes only."""
    for hints, side in ((DEBIT_LABELS, debit), (CREDIT_LABELS, ~debit)):
        rows = np.flatnonzero(side & (nature != "sales"))
        for name, pattern in reversed(hints):
            guess[rows[matches(labels.iloc[rows], pattern)]] = KIND_CODE[name]


def _is_rounding(movements: pd.DataFrame) -> npt.NDArray[np.bool_]:
    small = movements["amount_cents"].abs().to_numpy() <= ROUNDING_LIMIT
    named: npt.NDArray[np.bool_] = small & matches(movements["label"], ROUNDING_LABEL)
    return named
