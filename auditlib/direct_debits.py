"""Which payments the seller draws himself: they are paid on time or bounce, and tell nothing of the payer."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["is_direct_debit"]

WORDING = r"\bpr[ée]l[èe]v|\bprlvt?\b|\bprv\b|\bsdd\b|direct[\s-]?debit"
JOURNALS = r"^(?:prlv?t?|prv|sdd)\d*$|pr[ée]l[èe]v|direct[\s-]?debit"


def is_direct_debit(items: pd.DataFrame, *, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell which items are direct debits: their label says so, or their journal.

    Parameters
    ----------
    items : DataFrame
        ``label`` (text), ``journal`` (categorical).
    rows : ndarray of int64
        The items asked about.

    References
    ----------
    DOMAIN.md A2: direct debits are payments, but tell nothing of the payer's habits.
    """
    label = pa.array(items["label"], type=pa.large_string()).take(pa.array(rows))
    worded = pc.fill_null(pc.match_substring_regex(label, pattern=WORDING, ignore_case=True), False)
    named: npt.NDArray[np.bool_] = np.asarray(worded, dtype=bool)
    journals = items["journal"].cat
    drawn = np.asarray(journals.categories.astype("str").str.contains(JOURNALS, case=False, regex=True), dtype=bool)
    by_journal: npt.NDArray[np.bool_] = np.append(drawn, False)[journals.codes.to_numpy()[rows]]
    return named | by_journal
