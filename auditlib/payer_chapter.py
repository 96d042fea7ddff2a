"""Chapter of payers: each customer's profile, with its evidence."""

import pandas as pd

from auditlib import reasons
from auditlib.amounts import ratio
from auditlib.chapter import Chapter
from auditlib.evidence import Evidence
from auditlib.formats import Formats
from auditlib.history import History
from auditlib.payer_evidence import (
    answered_demands,
    claim_payments,
    disputed_shares,
    judged_promises,
    promise_columns,
    silence,
)
from auditlib.payer_profiles import payer_profiles
from auditlib.payer_sentences import evidence_sentences
from auditlib.payers import payment_habits
from auditlib.results import Indicator, Window, window_ending
from auditlib.texts import N_

__all__ = ["NO_PROMISES", "NO_PROMISE_DUE", "UNITS", "payer_chapter"]

UNITS: dict[str, str] = {"promise_kept_rate": "share", "promise_kept_rate_amount": "share"}
"""Unit of each indicator of this chapter, in the order reported."""
NO_PROMISES = N_("Aucune promesse de règlement n'a été communiquée.")
NO_PROMISE_DUE = N_("Aucune promesse de règlement n'est arrivée à terme sur la période.")


def payer_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame) -> Chapter:
    """Return the profile of every customer, and how promises were kept.

    Parameters
    ----------
    evidence : Evidence
    history : History
        Not needed here.
    customers : DataFrame
        `auditlib.customer_table.customer_table`.

    Returns
    -------
    Chapter
        Table ``payers``, one row a customer: ``customer_id``, ``profile`` (`auditlib.payer_profiles.PROFILES`),
        ``evidence`` (a sentence), ``receivable_cents``, ``net_overdue_cents`` [cents, VAT included], the columns of
        `auditlib.payers.payment_habits`, ``last_payment_on``, ``silent_days`` [days], ``disputed_share``
        [share 0–1, NaN where not known], ``late_invoices``, ``chased_invoices`` and ``chased_share`` (paid within days
        of a demand, NaN without a log) and those of `auditlib.promises.promise_counts`. Without a column where sales
        and payments are not known.

    References
    ----------
    DOMAIN.md A2, A3 and A10.
    """
    if not evidence.has_flows:
        return Chapter({name: Indicator(None, unit, reason=reasons.OPEN_ITEMS_ONLY) for name, unit in UNITS.items()})
    window = window_ending(evidence.as_of_date, months=evidence.parameters.method.window_months)
    outcomes = judged_promises(evidence, window=window)
    payers = _measures(evidence, customers, outcomes=outcomes, window=window)
    rules, formats = evidence.parameters.payers, Formats(
        language=evidence.parameters.language, currency=evidence.intake.currency)
    payers.insert(1, "profile", payer_profiles(payers, rules=rules))
    payers.insert(2, "evidence", evidence_sentences(payers, rules=rules, months=window.months, formats=formats))
    return Chapter(_promises(outcomes, window=window, known=len(evidence.intake.promises) > 0), {"payers": payers})


def _measures(
    evidence: Evidence, customers: pd.DataFrame, *, outcomes: pd.DataFrame, window: Window,
) -> pd.DataFrame:
    """Return every customer's measures; counts and amounts are nil where he has none."""
    ids = customers["customer_id"].astype("str")
    parts = [payment_habits(claim_payments(evidence), window=window), silence(evidence)]
    parts = [part.reindex(ids).reset_index(drop=True) for part in parts]
    shares = disputed_shares(evidence, window=window).reindex(ids).rename("disputed_share").reset_index(drop=True)
    chased = answered_demands(evidence, window=window).reindex(ids).reset_index(drop=True)
    promised = promise_columns(outcomes, customers=ids).reset_index(drop=True)
    known = customers[["customer_id", "receivable_cents", "net_overdue_cents"]].reset_index(drop=True)
    table = pd.concat([known, *parts, shares, chased, promised], axis=1)
    counted = [name for name in map(str, table.columns) if name.endswith(("_invoices", "_cents"))]
    return table.assign(**table[counted].fillna(0).astype("int64"))


def _promises(outcomes: pd.DataFrame, *, window: Window, known: bool) -> dict[str, Indicator]:
    """Return the share of promises come due that were kept, by number and by amount promised."""
    judged = outcomes[outcomes["outcome"].isin(["kept", "broken"])]
    kept = judged["outcome"] == "kept"
    total = int(judged["amount_cents"].sum())
    values = {"promise_kept_rate": ratio(int(kept.sum()), len(judged)),
              "promise_kept_rate_amount": ratio(int(judged.loc[kept, "amount_cents"].sum()), total)}
    span = {"window_months": window.months, "window_start": window.start, "window_end": window.end}
    return {name: Indicator(None, UNITS[name], reason=NO_PROMISE_DUE if known else NO_PROMISES) if value is None
            else Indicator(value, UNITS[name], basis_items=len(judged), basis_cents=total, **span)  # type: ignore[arg-type]
            for name, value in values.items()}
