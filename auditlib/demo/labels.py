"""Document numbers and entry labels as an accountant types them."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.demo.behaviour import BILL, CHEQUE, DEBIT
from auditlib.demo.book import ACCOUNTS, NO_KEY, code_of
from auditlib.demo.days import months_of
from auditlib.demo.habits import Habits
from auditlib.schemas import KINDS

__all__ = ["label", "sequence_numbers"]

Texts = npt.NDArray[np.object_]
PREFIXES = {"invoice": "FA", "credit_note": "AV", "receipt": "BQ", "unpaid_return": "BQ", "refund": "BQ"}
PREFIX_LIST = ("OD", "FA", "AV", "BQ")
FORMS = {
    "invoice": ("FACTURE", "own", "name"), "credit_note": ("AVOIR S/", "quoted", "name"),
    "receipt": ("VIR", "name", "quoted", "others"), "unpaid_return": ("IMPAYE", "quoted", "name"),
    "set_off": ("COMPENSATION", "quoted"), "deposit_applied": ("IMPUTATION ACOMPTE", "quoted"),
    "discount": ("ESCOMPTE", "quoted"), "write_off": ("CREANCE IRRECOUVRABLE", "quoted"),
    "refund": ("REMBOURSEMENT TROP PERCU", "name"), "reclassification": ("LCR ACCEPTEE", "quoted"),
    "rounding": ("ECART DE REGLEMENT", "quoted"), "opening": ("REPRISE", "own", "name"),
    "retention": ("RETENUE DE GARANTIE", "own"), "deposit": ("ACOMPTE RECU", "name"),
    "bill": ("ENCAISSEMENT LCR", "quoted"), "debit": ("PRLV SEPA", "name", "quoted"),
    "cheque": ("CHQ", "cheque", "name", "quoted", "others"), "doubtful": ("VIRT CLIENT DOUTEUX", "quoted"),
    "lump": ("REPRISE DE SOLDE",),
}
"""How labels are written: by kind, then the special cases; words, and the parts after them."""


def sequence_numbers(items: pd.DataFrame) -> pd.DataFrame:
    """Give documents their numbers, month by month, within invoices, credit notes, bank and miscellaneous entries.

    Returns
    -------
    DataFrame
        By key: ``prefix`` (position in the list of prefixes), ``month``, ``number``; lines of one entry share it.
    """
    of_kind = np.zeros(64, dtype=np.int64)
    for word, prefix in PREFIXES.items():
        of_kind[code_of(word)] = PREFIX_LIST.index(prefix)
    kind, entry = items["kind"].to_numpy(), items["entry"].to_numpy()
    numbered = pd.DataFrame({"prefix": of_kind[kind], "month": months_of(items["posting"].to_numpy())})
    heads = numbered.iloc[np.lexsort((items["key"], items["posting"]))]
    heads = heads[items["entry"].to_numpy()[heads.index] == heads.index]
    rank = pd.Series(heads.groupby(["prefix", "month"]).cumcount() + 1).reindex(numbered.index, fill_value=0)
    return numbered.assign(number=rank.to_numpy()[entry])


def label(items: pd.DataFrame, numbers: pd.DataFrame, customers: pd.DataFrame, *, habits: Habits,
          rng: np.random.Generator) -> pd.DataFrame:
    """Add ``document_ref`` and ``label`` to items.

    Parameters
    ----------
    items : DataFrame
        After the opening cut; ``first_key`` and ``quote`` are rows of `numbers`.
    numbers : DataFrame
        From `sequence_numbers`.
    customers : DataFrame
    habits : Habits
    rng : numpy.random.Generator
    """
    written = _written(numbers)
    own = written[items["first_key"].to_numpy()]
    quote = items["quote"].to_numpy()
    quoted = np.where(quote == NO_KEY, "", written[quote])
    piece = _pieces(items, own, quoted, habits, rng)
    name = customers["name"].str.upper().str.slice(0, 24).to_numpy(dtype=object)[items["customer"]]
    cut = (items["kind"] == code_of("receipt")).to_numpy() & (rng.random(len(items)) < habits.partial_reference_rate)
    said = np.where(cut, pd.Series(quoted).str.slice(-6).to_numpy(dtype=object), quoted)
    return items.assign(document_ref=piece, label=_labels(items, piece, said, name))


def _written(numbers: pd.DataFrame) -> Texts:
    month = numbers["month"].to_numpy()
    stamp = pd.Series((1970 + month // 12) * 100 + month % 12 + 1).astype("str").to_numpy(dtype=object)
    serial = pd.Series(numbers["number"]).astype("str").str.zfill(4).to_numpy(dtype=object)
    prefix = np.array(PREFIX_LIST, dtype=object)[numbers["prefix"].to_numpy()]
    written: Texts = prefix + stamp + serial
    return written


def _pieces(items: pd.DataFrame, own: Texts, quoted: Texts, habits: Habits, rng: np.random.Generator) -> Texts:
    """Use the document's own number; the invoice's for transfers between accounts; nothing for a lump opening."""
    kind = items["kind"].to_numpy()
    is_lump = (
        (kind == code_of("opening"))
        & (items["quotes"] == 0).to_numpy()
        & (items["account"] != ACCOUNTS.index("419100"))
    )
    typed = (kind == code_of("receipt")) & (rng.random(len(items)) < habits.invoice_as_piece_rate)
    borrowed = ((kind == code_of("reclassification")) | typed | _is_moved_opening(items)) & (quoted != "")
    return np.select([is_lump, borrowed], ["", quoted], default=own)


def _is_moved_opening(items: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell the bills and doubtful claims of the opening: they go by the invoice they carry on."""
    opened = (items["kind"] == code_of("opening")).to_numpy()
    return opened & items["account"].isin([ACCOUNTS.index("413000"), ACCOUNTS.index("416000")]).to_numpy()


def _labels(items: pd.DataFrame, own: Texts, quoted: Texts, name: Texts) -> Texts:
    """Write labels form by form: the form's words, then the parts it names."""
    more = items["quotes"].to_numpy()
    others = np.where(more > 1, " + " + pd.Series(more - 1).astype("str").to_numpy(dtype=object), "")
    cheque = pd.Series(1_000_000 + items["first_key"].to_numpy() * 7919 % 8_999_999).astype("str")
    parts = {"own": own, "name": name, "quoted": quoted, "others": others, "cheque": cheque.to_numpy(dtype=object)}
    form = _forms(items)
    written = np.full(len(items), "", dtype=object)
    for number, (words, *names) in enumerate(FORMS.values()):
        here = form == number
        text: Texts = np.full(int(here.sum()), words, dtype=object)
        for part in names:
            added = parts[part][here]
            text = text + np.where((added == "") | (part == "others"), "", " ") + added
        written[here] = text
    return written


def _forms(items: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return for each item the position in `FORMS` of how its label is written."""
    kind, account, mode = (items[column].to_numpy() for column in ("kind", "account", "mode"))
    names = list(FORMS)
    form = np.array([names.index(word) if word in FORMS else 0 for word in KINDS])[kind]
    receipt = kind == code_of("receipt")
    special = {
        "retention": (kind == code_of("invoice")) & (account == ACCOUNTS.index("411700")),
        "deposit": receipt & (account == ACCOUNTS.index("419100")),
        "bill": receipt & (mode == BILL), "debit": receipt & (mode == DEBIT), "cheque": receipt & (mode == CHEQUE),
        "doubtful": (kind == code_of("reclassification")) & _entry_touches(items, ACCOUNTS.index("416000")),
        "lump": (kind == code_of("opening")) & (items["quotes"] == 0).to_numpy(),
    }
    return np.select(list(special.values()), [np.int64(names.index(word)) for word in special], default=form)


def _entry_touches(items: pd.DataFrame, account: int) -> npt.NDArray[np.bool_]:
    entries = items.loc[items["account"] == account, "entry"].unique()
    return items["entry"].isin(entries).to_numpy()


