"""Tests of amounts: round sums in miscellaneous entries, and first digits against Benford's law."""

import numpy as np
import pandas as pd

from auditlib.controls.entries import Ints, misc_entries
from auditlib.controls.found import Found, no_rows, not_tested, pointed
from auditlib.texts import N_

__all__ = ["benford", "round_sums"]

NO_MISC = N_("Non testé : aucune opération diverse sur les comptes clients dans la période.")
TOO_FEW = N_("Non testé : trop peu de factures dans la période pour la loi de Benford.")
FREQUENCIES = np.log10(1 + 1 / np.arange(1, 10))
"""Share of each first digit, 1 to 9, under Benford's law."""


def round_sums(entries: pd.DataFrame, *, round_cents: int, factor: float) -> Found:
    """List round amounts among miscellaneous entries, where they are more frequent than among invoices (existence).

    Parameters
    ----------
    entries : DataFrame, schema ITEMS
        Of the period looked at.
    round_cents : int
        Amounts that are multiples of it are round. [cents]
    factor : float
        Times the share of round invoices above which round entries are reported.

    References
    ----------
    DOMAIN.md E: multiples of 1 000 in OD on 411, share above baseline.
    """
    parameters = {"round_cents": round_cents, "factor": factor}
    misc, invoices = entries[misc_entries(entries)], entries[(entries["kind"] == "invoice").to_numpy()]
    if not len(misc):
        return not_tested(NO_MISC, **parameters)
    is_round = _is_round(misc, round_cents)
    share = float(is_round.mean())
    baseline = float(_is_round(invoices, round_cents).mean()) if len(invoices) else 0.0
    found = misc[is_round] if share > factor * baseline else misc[:0]
    return Found(
        len(misc), int(misc["amount_cents"].abs().sum()),
        pointed(found, amount=found["amount_cents"].abs(), detail="round_sum"), parameters,
        {"round_share": share, "baseline_share": baseline})


def benford(entries: pd.DataFrame, *, minimum: int, deviation: float) -> Found:
    """Compare the first digits of invoices with Benford's law, and list those of the digit most in excess (existence).

    Parameters
    ----------
    entries : DataFrame, schema ITEMS
        Of the period looked at.
    minimum : int
        Invoices needed; as many or fewer say nothing.
    deviation : float
        Mean absolute deviation of the nine shares above which they do not conform. [share 0–1]

    References
    ----------
    DOMAIN.md E: Benford only with n > 500.
    """
    invoices = entries[((entries["kind"] == "invoice") & (entries["amount_cents"] > 0)).to_numpy()]
    parameters = {"minimum": minimum, "deviation_share": deviation}
    if len(invoices) <= minimum:
        return not_tested(TOO_FEW, **parameters)
    digit = _first_digit(invoices["amount_cents"].to_numpy())
    excess = np.bincount(digit, minlength=10)[1:] / len(digit) - FREQUENCIES
    measured = float(np.abs(excess).mean())
    most = int(excess.argmax()) + 1
    found = invoices[digit == most]
    rows = pointed(found, detail="first_digit") if measured > deviation else no_rows()
    return Found(
        len(invoices), int(invoices["amount_cents"].sum()), rows, parameters,
        {"digit": most, "measured_share": measured, "found_share": float(excess[most - 1] + FREQUENCIES[most - 1]),
         "expected_share": float(FREQUENCIES[most - 1])})


def _is_round(items: pd.DataFrame, round_cents: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    amount = items["amount_cents"].to_numpy()
    return np.asarray((amount % round_cents == 0) & (amount != 0))


def _first_digit(cents: Ints) -> Ints:
    scale = 10 ** np.floor(np.log10(cents)).astype(np.int64)
    digit: Ints = cents // scale
    return np.where(digit == 0, 9, np.where(digit > 9, 1, digit))  # log10 just off a power of ten
