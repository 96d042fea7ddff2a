"""What payer profiles are read from: payments of each claim, silence while overdue, disputes and promises."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, day_number, day_numbers, from_day_numbers
from auditlib.direct_debits import is_direct_debit
from auditlib.evidence import Evidence, is_due_date_estimated
from auditlib.promises import promise_counts, promise_outcomes
from auditlib.reminders import demands, paid_when_chased
from auditlib.results import Window

__all__ = ["answered_demands", "claim_payments", "disputed_shares", "judged_promises", "promise_columns", "silence"]

CLAIMS = ("invoice", "opening")


def claim_payments(evidence: Evidence) -> pd.DataFrame:
    """Return the payments of claims, as `auditlib.payers.payment_habits` takes them: receipts that stand.

    Set-offs, deposits and discounts settle without anyone paying; a claim of unknown age says nothing of lateness.
    """
    items, listed = evidence.ledger.items, _receipts(evidence)
    root = listed["root_id"].to_numpy()
    counts = (items["kind"].isin(CLAIMS) & ~items["is_age_unknown"]).to_numpy()[root]
    listed, root = listed[counts], root[counts]
    is_open = np.zeros(len(items), dtype=bool)
    is_open[evidence.roots[evidence.open_items["item_id"]]] = True
    return pd.DataFrame({
        "customer_id": items["customer_id"].take(root).array, "root_id": root,
        "event_date": listed["event_date"].to_numpy(), "settlement_date": listed["settlement_date"].to_numpy(),
        "due_date": items["due_date"].to_numpy()[root], "amount_cents": listed["amount_cents"].to_numpy(),
        "is_direct_debit": is_direct_debit(items, rows=listed["credit_id"].to_numpy()),
        "is_estimated": is_due_date_estimated(items)[root], "is_open": is_open[root]})


def _receipts(evidence: Evidence) -> pd.DataFrame:
    """Return the settlements that are payments."""
    settled, is_paid = evidence.settlements, (evidence.ledger.items["kind"] == "receipt").to_numpy()
    receipts: pd.DataFrame = settled[is_paid[settled["credit_id"].to_numpy()]]
    return receipts


def _unallocated(evidence: Evidence) -> pd.DataFrame:
    """Return the receipts, or what is left of them, that clear no claim yet."""
    items = evidence.open_items
    loose: pd.DataFrame = items[(items["kind"] == "receipt") & (items["residual_cents"] < 0)]
    return loose


def silence(evidence: Evidence) -> pd.DataFrame:
    """Tell when each customer last paid, and for how long he has not while something was overdue.

    Returns
    -------
    DataFrame
        By customer of the ledger: ``last_payment_on`` (missing for none), ``silent_days`` (days since the last payment,
        or since the oldest due date of what is net overdue where that is later; NaN where nothing is) [days].
    """
    items, receipts, loose = evidence.ledger.items, _receipts(evidence), _unallocated(evidence)
    names = items["customer_id"].cat.categories
    last = np.full(len(names), -NO_DAY, dtype=np.int64)
    posted, who = day_numbers(items["posting_date"]).astype(np.int64), items["customer_id"].cat.codes.to_numpy()
    for credit in (receipts["credit_id"].to_numpy(), loose["item_id"].to_numpy()):
        np.maximum.at(last, who[credit], posted[credit])
    late = evidence.net_overdue[evidence.net_overdue["net_overdue_cents"] > 0]
    oldest = evidence.open_items["days_overdue"].loc[late.index].groupby(late["customer_id"].astype("str")).max()
    waited = oldest.reindex(names.astype("str")).to_numpy(dtype=np.float64)
    since = day_number(evidence.as_of_date) - last
    return pd.DataFrame({
        "last_payment_on": from_day_numbers(np.where(last == -NO_DAY, NO_DAY, last).astype(np.int32)),
        "silent_days": np.minimum(waited, since)}, index=names.astype("str"))


def disputed_shares(evidence: Evidence, *, window: Window) -> pd.Series:
    """Return the share of each customer's invoices that was disputed, of those posted in the window or still open.

    Returns
    -------
    Series of float64
        By customer of the ledger; NaN without an invoice. Empty where disputes are not known. [share 0–1]
    """
    if not evidence.intake.has_dispute_information:
        return pd.Series([], dtype="float64")
    items, disputes = evidence.ledger.items, evidence.intake.disputes
    opened = disputes[~(disputes["opened_on"] > pd.Timestamp(evidence.as_of_date))]
    moved = items["movement_id"].to_numpy()
    said = np.zeros(_size(opened["movement_id"].to_numpy(), moved), dtype=np.int64)
    np.add.at(said, opened["movement_id"].to_numpy(), opened["amount_cents"].to_numpy())
    is_open = np.zeros(len(items), dtype=bool)
    is_open[evidence.roots[evidence.open_items["item_id"]]] = True
    recent = (items["posting_date"] >= pd.Timestamp(window.start)).to_numpy()
    amount = items["amount_cents"].to_numpy()
    rows = np.flatnonzero(items["kind"].isin(CLAIMS).to_numpy() & (amount > 0) & (recent | is_open))
    names, who = items["customer_id"].cat.categories.astype("str"), items["customer_id"].cat.codes.to_numpy()[rows]
    part, whole = np.zeros((2, len(names)), dtype=np.int64)
    np.add.at(whole, who, amount[rows])
    np.add.at(part, who, np.minimum(said[moved[rows]], amount[rows]))
    share = np.divide(part, whole, out=np.full(len(names), np.nan), where=whole > 0)
    return pd.Series(share, index=names)


def answered_demands(evidence: Evidence, *, window: Window) -> pd.DataFrame:
    """Tell how many of the invoices each customer paid late he paid just after a reminder or a call.

    Returns
    -------
    DataFrame
        By customer: ``late_invoices``, ``chased_invoices`` (of the window) and ``chased_share`` [share 0–1, NaN where
        the log of actions is empty, or no invoice was paid late].
    """
    asked = demands(evidence.intake.actions, as_of_date=evidence.as_of_date)
    if asked.empty:
        return pd.DataFrame({"late_invoices": pd.Series(dtype="int64"), "chased_invoices": pd.Series(dtype="int64"),
                             "chased_share": pd.Series(dtype="float64")})
    payments = claim_payments(evidence)
    references = evidence.ledger.items["document_ref"].take(payments["root_id"].to_numpy())
    counted = paid_when_chased(
        payments.assign(document_ref=references.to_numpy()), actions=asked, start=window.start,
        days=evidence.parameters.payers.chase_days)
    return counted.assign(chased_share=counted["chased_invoices"] / counted["late_invoices"])


def judged_promises(evidence: Evidence, *, window: Window) -> pd.DataFrame:
    """Return the promises for days from the window's start on, with their outcome at the as-of date."""
    promises = evidence.intake.promises
    promises = promises[promises["promised_on"] >= pd.Timestamp(window.start)]
    return promise_outcomes(
        promises.assign(root_id=_root_of(evidence, promises["movement_id"].to_numpy())), payments=_payments(evidence),
        as_of_date=evidence.as_of_date, grace_days=evidence.parameters.payers.promise_grace_days)


def _root_of(evidence: Evidence, movement: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the claim of each movement, -1 for none: a movement split over several claims stands for the first."""
    moved = evidence.ledger.items["movement_id"].to_numpy()
    first = np.full(_size(movement, moved), -1, dtype=np.int64)
    first[moved[::-1]] = np.arange(len(moved) - 1, -1, -1)
    item = np.where(movement >= 0, first[movement], -1)
    return np.where(item >= 0, evidence.roots[item], -1)


def _size(*movements: npt.NDArray[np.int64]) -> int:
    """Return the length of a table by movement."""
    return max(int(some.max(initial=-1)) for some in movements) + 1


def _payments(evidence: Evidence) -> pd.DataFrame:
    """Return payments that could keep a promise: on claims, and those not yet allocated."""
    items, receipts, loose = evidence.ledger.items, _receipts(evidence), _unallocated(evidence)
    root = receipts["root_id"].to_numpy()
    allocated = pd.DataFrame({
        "customer_id": items["customer_id"].take(root).astype("str").to_numpy(), "root_id": root,
        "event_date": receipts["event_date"].to_numpy(), "amount_cents": receipts["amount_cents"].to_numpy()})
    others = pd.DataFrame({
        "customer_id": loose["customer_id"].astype("str").to_numpy(), "root_id": -1,
        "event_date": loose["posting_date"].to_numpy(), "amount_cents": -loose["residual_cents"].to_numpy()})
    return pd.concat([allocated, others], ignore_index=True)


def promise_columns(outcomes: pd.DataFrame, *, customers: pd.Series) -> pd.DataFrame:
    """Return `auditlib.promises.promise_counts` of every customer, nil where he promised nothing."""
    return promise_counts(outcomes).reindex(customers).fillna(0).astype("int64")
