"""What an item is from its document type, else its journal, label, account and sign."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.counterparts import perimeter_class
from auditlib.loaders.table_columns import look_up, matches

__all__ = [
    "REFUND_LABEL", "ROUNDING_LIMIT", "journal_natures", "kinds_from_wording", "named_types", "worded_sides",
]

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


def kinds_from_wording(movements: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Name each item from its document type, else its journal, label, account and sign.

    Parameters
    ----------
    movements : DataFrame
        See `auditlib.loaders.item_kinds.infer_kinds`.

    Returns
    -------
    kind : Series of str
    inferred : Series of bool
        False where a document type column states the kind.
    """
    debit = movements["amount_cents"].to_numpy() > 0
    nature = journal_natures(movements)
    reversed_side = movements.get("is_negative_entry", pd.Series(False, index=movements.index)).to_numpy(dtype=bool)
    guess = np.where(debit, "invoice", "receipt").astype(object)
    guess = np.where(reversed_side, np.where(debit, "adjustment", "credit_note"), guess)
    guess = np.where(nature == "sales", np.where(debit, "invoice", "credit_note"), guess)
    guess = np.where(nature == "bank", np.where(debit, "refund", "receipt"), guess)
    guess = np.where(nature == "other", "adjustment", guess)
    guess = np.where(nature == "bills", _bill_kinds(movements, debit), guess)
    guess = np.where(_moves_between_accounts(movements), "reclassification", guess)
    guess = _apply_labels(guess, movements["label"], debit, nature)
    guess = np.where(_is_rounding(movements), "rounding", guess)
    guess = np.where(nature == "opening", "opening", guess)
    stated = _stated_types(movements["document_type"], debit)
    kind = np.where(stated == "bill", _bill_kinds(movements, debit), np.where(stated == "", guess, stated))
    return pd.Series(kind, index=movements.index, dtype="str"), pd.Series(stated == "", index=movements.index)


def named_types(types: pd.Series) -> pd.Series:
    """Name each document type by the kind it speaks of, "" where it is none known; the amount's sign is not asked."""
    found: dict[str, str] = {}
    distinct = pd.Series(types.astype("str").str.strip().unique(), dtype="str")
    for name, pattern in reversed(TYPES):
        found |= dict.fromkeys(distinct[matches(distinct, pattern)], name)
    return look_up(types.astype("str").str.strip(), pd.Series(found, dtype="object"))


def worded_sides(table: pd.DataFrame) -> pd.Series:
    """Say from type or label whether each row should be a debit (1) or a credit (-1); 0 where none tells."""
    none = pd.Series("", index=table.index)
    named = named_types(table.get("document_type", none))
    side = named.isin(["invoice", "unpaid_return"]).astype("int64") - named.isin(["credit_note", "receipt"])
    label = table.get("label", none)
    credit = np.zeros(len(table), dtype=bool)
    for name, pattern in CREDIT_LABELS:
        if name in ("credit_note", "receipt"):
            credit |= matches(label, pattern)
    debit = matches(label, r"factur|\binvoice") & ~credit
    return side.where(side != 0, debit.astype("int64") - credit)


def _stated_types(types: pd.Series, debit: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    """Translate a document type column; the sign settles what a type leaves open."""
    stated = named_types(types).to_numpy(dtype=object)
    for name, of_debit, of_credit in (
        ("invoice", "invoice", "credit_note"),
        ("credit_note", "invoice", "credit_note"),
        ("receipt", "refund", "receipt"),
        ("deposit_applied", "invoice", "deposit_applied"),
        ("unpaid_return", "unpaid_return", "receipt"),
    ):
        stated = np.where(stated == name, np.where(debit, of_debit, of_credit), stated)
    return stated


def journal_natures(movements: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Tell what the journal of each item holds: from its code, else its name, else the sides it posts to.

    Returns
    -------
    ndarray of str
        sales, bank, bills, opening, other, or "" where there is no telling.
    """
    journal = movements["journal"].astype("str")
    names = movements["journal_name"].astype("str").groupby(journal, sort=False).first()
    sized = pd.DataFrame({"net": movements["amount_cents"], "gross": movements["amount_cents"].abs(), "lines": 1})
    posted = sized.groupby(journal, sort=False).sum()
    share = posted["net"] / posted["gross"].where(posted["gross"] > 0)
    nature = pd.Series("", index=posted.index, dtype="object")
    nature[(share > ONE_SIDED) & (posted["lines"] >= ENOUGH_LINES)] = "sales"
    nature[(share < -ONE_SIDED) & (posted["lines"] >= ENOUGH_LINES)] = "bank"
    for written in (names, names.index.to_series()):
        for name, pattern in JOURNALS:
            nature[matches(written, pattern)] = name
    nature[names.index == ""] = ""
    return look_up(journal, nature).to_numpy(dtype=object)


def _bill_kinds(movements: pd.DataFrame, debit: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    """Name the items of a bill: a claim moved to 413 where the file has that account, else a payment."""
    in_bills = movements["account"].astype("str").str.startswith("413").to_numpy()
    if not in_bills.any():
        return np.where(debit, "unpaid_return", "receipt").astype(object)
    return np.where(in_bills & ~debit, "receipt", "reclassification").astype(object)


def _moves_between_accounts(movements: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which items have their mirror on another perimeter account of the same customer, day and journal."""
    account = perimeter_class(movements["account"])
    if len(account.unique()) == 1:
        return np.zeros(len(movements), dtype=bool)
    sized = (
        movements[["customer_id", "posting_date", "journal"]]
        .astype({"customer_id": "str", "journal": "str"})
        .assign(
            account=account.to_numpy(), size_cents=movements["amount_cents"].abs(), signed=movements["amount_cents"]
        )
    )
    groups = sized.groupby(["customer_id", "posting_date", "journal", "size_cents"], sort=False)
    mirrored = (groups["account"].transform("nunique") > 1) & (groups["signed"].transform("sum") == 0)
    return mirrored.to_numpy(dtype=bool)


def _apply_labels(
    guess: npt.NDArray[np.object_], labels: pd.Series, debit: npt.NDArray[np.bool_], nature: npt.NDArray[np.object_],
) -> npt.NDArray[np.object_]:
    """Let the label settle what the journal leaves open; a sales journal holds invoices and credit notes only."""
    for hints, side in ((DEBIT_LABELS, debit), (CREDIT_LABELS, ~debit)):
        rows = np.flatnonzero(side & (nature != "sales"))
        for name, pattern in reversed(hints):
            guess[rows[matches(labels.iloc[rows], pattern)]] = name
    return guess


def _is_rounding(movements: pd.DataFrame) -> npt.NDArray[np.bool_]:
    small = movements["amount_cents"].abs().to_numpy() <= ROUNDING_LIMIT
    named: npt.NDArray[np.bool_] = small & matches(movements["label"], ROUNDING_LABEL)
    return named
