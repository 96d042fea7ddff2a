"""What an item is from its document type, else its journal, label, account and sign."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.counterparts import perimeter_class
from auditlib.loaders.table_columns import matches, starting
from auditlib.ordering import sorted_rows
from auditlib.schemas import KINDS

__all__ = ["KIND_CODE", "REFUND_LABEL", "ROUNDING_LIMIT", "journal_natures", "kinds_from_wording", "named_kinds"]

NAMES = ("", *KINDS, "bill")
"""What a code of a kind stands for: names are compared by their place, millions of times."""
KIND_CODE = {name: np.int8(place) for place, name in enumerate(NAMES)}
Codes = npt.NDArray[np.int8]

ROUNDING_LIMIT = 500
"""Above 5 € a difference is no rounding. [cents]"""

OPENING = (
    r"(?:^|[\s(])[aà][\s._-]?nouveau|solde initial|report (?:[aà] nouveau|exercice|solde)|opening balance"
    r"|brought forward")
ONE_SIDED, ENOUGH_LINES = 0.8, 5
"""A journal whose amounts are that one-sided, over that many lines, is a sales or a bank journal."""
REFUND_LABEL = r"rembours|refund|\brmbt?\b|trop[\s-]?per[cç]u"
JOURNALS = (
    ("other", r"^od\d*$|op[ée]rations? diverses|general"),
    ("bank", (r"^(?:bq\w?|bnq|bk|ba?n?k?|bnp\w?|ca|cai?s?|cc?p|ce|cic|cm|lcl|lbp|sg|bp\w*|tr|cb|cash|rg\w*|enc)\d*$"
             r"|banqu|bank|caisse|encaiss|tr[ée]sor|carte|ch[eè]que|virement|receipts?|payment")),
    ("bills", r"^(?:ef\w?|lcr?|ef+ets?|trt)\d*$|effets|traites|lettres? de change|bills?"),
    ("sales", r"^(?:v|ve\w?|vt\w?|vte\w?|ven\w?|vent|fac?\w?|fc|hv|sal|sj|inv)\d*$|vente|factur|sales|invoic"),
    ("opening", r"^(?:an|ran|ano|anx?|ouv|open|opening|a[\s._-]*nouveaux?|reports?)$|nouveau|ouverture|opening"),
)
"""Journals by code or name; of two that match, the later one holds."""

TYPES = (
    ("opening", r"^(?:an|ran|ob)$|nouveau|opening"),
    ("unpaid_return", r"impay|rejet|retour|returned|bounced|chargeback|unpaid"),
    ("credit_note", r"^(?:avo?|avr|ac|dg|cn|cm|cr|g2)$|avoir|credit\s*(?:memo|note)|note de cr[ée]dit"),
    ("bill", r"^(?:trt|lcr|bor|bex|eff?)$|traite|effet|lettre de change|bill of exchange|promissory"),
    ("refund", r"^(?:rmb|remb)$|rembours|refund"),
    ("write_off", r"irr[ée]couvrable|write.?off|bad debt|perte"),
    ("discount", r"^esc$|escompte|discount"),
    ("set_off", r"^(?:comp|so)$|compensation|set.?off"),
    ("deposit_applied", r"acompte|deposit|down.?payment|avance"),
    (
        "receipt",
        (r"^(?:rgl|reg|rgt|rg|dz|zp|zr|vir|chq|prlv?|prv|cb|pmt|pay|rc|enc|esp)$|r[èe]glement|paiement|encaissement"
        r"|versement|virement|ch[eè]que|payment|receipt|remittance|pr[ée]l[èe]vement"),
    ),
    ("invoice", r"^(?:fac?t?|fc|fv|f|rv|dr|rn|inv|in|si|ri)$|factur|invoice|debit\s*(?:memo|note)|vente"),
)
"""Document types, French, English and SAP; of two that match, the earlier one holds."""

FX_LABEL = (
    r"(?:diff\S*|[ée]cart|perte|gain).{0,8}(?:change|conversion)|exchange (?:gain|loss|diff)|\bfx\b"
    r"|r[ée][ée]?valuation.{0,20}(?:devise|change|cours)|(?:currency|fx|foreign) revaluation")
DEBIT_LABELS = (
    ("opening", OPENING),
    ("unpaid_return", r"impay|\brejet|retour|returned|bounced|\bnsf\b|unpaid|chargeback|contre[\s-]?passation"),
    ("refund", REFUND_LABEL),
    ("fx_difference", FX_LABEL),
    ("reclassification", r"douteu|\breclass|\btransfert.{0,12}416|\bvers 41[36]"),
)
CREDIT_LABELS = (
    ("opening", OPENING),
    ("write_off", r"irr[ée]couvrable|write.?off|passage en perte|\bperte|bad debt"),
    (
        "deposit_applied",
        r"(?:imput|reprise|d[ée]duction|r[ée]cup)\S*.{0,12}acompte|acompte.{0,12}(?:imput|d[ée]du)|deposit applied",
    ),
    ("set_off", r"compensation|set.?off|contra\b"),
    ("credit_note", r"\bavoirs?\b|\bavr?\b\s*(?:n|\d)|credit (?:note|memo)|note de cr[ée]dit|\brrr\b|ristourne|rebate"),
    ("discount", r"escompte|\bdiscount"),
    ("fx_difference", FX_LABEL),
    ("transfer", r"affactur|\bfactor|subrogation|cession (?:de )?cr[ée]ance|dailly"),
    ("reclassification", r"douteu|\breclass|\btransfert.{0,12}416|\bvers 41[36]"),
    (
        "receipt",
        (r"r[èe]gl|vir(?:ement|t)?\b|\bvrt\b|ch[eè]que|\bchq|encaiss|paiement|payment|receipt|pr[ée]l[èe]v|\bcb\b|\blcr\b"
        r"|traite|versement|remise|esp[èe]ces|\bcash\b"),
    ),
)
"""What a label says of a debit, and of a credit; of two that match, the earlier one holds."""

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
    guess = _either(debit, "invoice", "receipt")
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


def named_kinds(codes: Codes, index: pd.Index) -> pd.Series:
    """Return the kinds that codes stand for, as categories."""
    kinds = pd.Categorical.from_codes(codes, categories=pd.Index(NAMES, dtype="str"))
    return pd.Series(kinds.remove_unused_categories(), index=index)


def _either(debit: npt.NDArray[np.bool_], of_debit: str, of_credit: str) -> Codes:
    return np.where(debit, KIND_CODE[of_debit], KIND_CODE[of_credit])


def _stated_types(types: pd.Series, debit: npt.NDArray[np.bool_]) -> Codes:
    """Translate a document type column; the sign settles what a type leaves open."""
    codes, names = pd.factorize(types)
    distinct = pd.Series(pd.Index(names).astype("str").str.strip(), dtype="str")
    found = np.zeros(len(distinct) + 1, dtype=np.int8)  # the last for a missing text, whose code is -1
    for name, pattern in reversed(TYPES):
        found[:-1][matches(distinct, pattern)] = KIND_CODE[name]
    stated = found[codes]
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
    share = pd.Series(net, index=names.index) / np.where(gross > 0, gross, np.nan)
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
