"""Amounts of which a part is covered by a receipt or a credit note, as some programs keep it beside each line."""

import numpy as np

from auditlib.loaders.parsed import Parsed

__all__ = ["is_partly_covered"]


def is_partly_covered(parsed: Parsed) -> bool:
    """Tell two-sided lines of which a part is covered by lines that are not in the file: what is left is open.

    In a whole ledger what is covered on one side is covered on the other, and many lines are covered whole.
    """
    roles = ("debit_cents", "credit_cents", "paid_amount_cents")
    if not set(roles) <= set(parsed.amounts):
        return False
    debit, credit, covered = (parsed.amounts[role].cents for role in roles)
    covered = np.abs(covered)
    is_whole = (covered != 0) & (covered == np.abs(debit - credit))
    return not is_whole.any() and bool(covered[debit != 0].sum() != covered[credit != 0].sum())
