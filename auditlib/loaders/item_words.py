"""The words of document types and labels, French and English, and the kinds of item they stand for."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.table_columns import matches
from auditlib.schemas import KINDS

__all__ = [
    "CREDIT_LABELS", "DEBIT_LABELS", "KIND_CODE", "OPENING", "REFUND_LABEL", "TYPES", "Codes", "named_kinds",
    "named_types", "type_codes", "worded_sides",
]

NAMES = ("", *KINDS, "bill")
"""What a code of a kind stands for: names are compared by their place, millions of times."""
KIND_CODE = {name: np.int8(place) for place, name in enumerate(NAMES)}
Codes = npt.NDArray[np.int8]

OPENING = (
    r"(?:^|[\s(])[aà][\s._-]?nouveau|solde initial|report (?:[aà] nouveau|exercice|solde)|opening balance"
    r"|brought forward")
REFUND_LABEL = r"rembours|refund|\brmbt?\b|trop[\s-]?per[cç]u"
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


def named_kinds(codes: Codes, index: pd.Index) -> pd.Series:
    """Return the kinds that codes stand for, as categories."""
    kinds = pd.Categorical.from_codes(codes, categories=pd.Index(NAMES, dtype="str"))
    return pd.Series(kinds.remove_unused_categories(), index=index)


def named_types(types: pd.Series) -> pd.Series:
    """Name each document type by the kind it speaks of, "" where it is none known; the amount's sign is not asked."""
    return named_kinds(type_codes(types), types.index).astype("str")


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


def type_codes(types: pd.Series) -> Codes:
    """Return the code (`KIND_CODE`) of the kind each document type speaks of, that of "" where it is none known."""
    codes, names = pd.factorize(types)
    distinct = pd.Series(pd.Index(names).astype("str").str.strip(), dtype="str")
    found = np.zeros(len(distinct) + 1, dtype=np.int8)  # the last for a missing text, whose code is -1
    for name, pattern in reversed(TYPES):
        found[:-1][matches(distinct, pattern)] = KIND_CODE[name]
    return found[codes]
