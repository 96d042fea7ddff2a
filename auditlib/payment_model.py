"""What a forecast rests on at a date: each customer's pace and its curve, disputes and promises, and what is owed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.amounts import within_limits
from auditlib.dates import NO_DAY, add_months, day_number, day_numbers
from auditlib.forecast import NO_CURVE, PARTS
from auditlib.known_then import Known
from auditlib.payment_habits import average_delays, paces
from auditlib.payment_timing import closings
from auditlib.promised_cash import kept_share, promised_parts
from auditlib.promises import promise_outcomes
from auditlib.settings import ForecastRules
from auditlib.survival import Curves, product_limit

__all__ = ["PaymentModel", "claims_to_come", "fit", "outcomes"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
FEWEST_DISPUTES = 5
"""Closed disputes from which the time they last is read."""


@dataclass(frozen=True)
class PaymentModel:
    """How customers pay, as known on a day.

    Attributes
    ----------
    curves : Curves
        Of each pace, then of the whole, then of the whole from document date; weighted by amount.
    curve_of_customer : ndarray of int64
        The curve of his pace, or of the whole where it has too few settled invoices.
    pace_of_customer : ndarray of int64
        `auditlib.payment_habits.paces`.
    delay_of_customer : ndarray of float64
        Average days beyond terms, of all where he has too few settled invoices. [days]
    days_to_pay : float
        Average days from document date to settlement of all. [days]
    settled : int
        Settled invoices it all rests on.
    dispute_days : float or None
        How long a dispute lasts; None where it is not known. [days]
    kept_share : float or None
        Promises kept; None where too few have fallen due. [share 0–1]
    """

    curves: Curves
    curve_of_customer: Ints
    pace_of_customer: Ints
    delay_of_customer: Floats
    days_to_pay: float
    settled: int
    dispute_days: float | None
    kept_share: float | None


def outcomes(known: Known, *, months: int) -> pd.DataFrame:
    """Return the outcome of each invoice posted in the months before a day.

    Returns
    -------
    DataFrame
        ``item_id``, ``customer`` (code), ``amount_cents``, ``is_settled``, ``end`` (day number of settlement or
        censoring), ``days_beyond_terms`` and ``days_to_pay`` (`NO_DAY` without the date they count from). [days]
    """
    start = pd.Timestamp(add_months(known.day, -months))
    invoices = known.invoices[known.invoices["posting_date"] > start]
    found = closings(invoices, claims=known.claims, as_of_date=known.day)
    return _timed(pd.DataFrame({
        "item_id": invoices["item_id"].to_numpy(), "claim": invoices["movement_id"].to_numpy(),
        "customer": invoices["customer_id"].cat.codes.to_numpy().astype(np.int64),
        "amount_cents": invoices["amount_cents"].to_numpy(), "is_settled": found["is_settled"].to_numpy(),
        "end": found["day"].to_numpy(), "due": day_numbers(invoices["due_date"]).astype(np.int64),
        "document": day_numbers(invoices["document_date"]).astype(np.int64)}))


def _timed(invoices: pd.DataFrame) -> pd.DataFrame:
    end, due, document = (invoices[name].to_numpy() for name in ("end", "due", "document"))
    return invoices.assign(days_beyond_terms=np.where(due == NO_DAY, NO_DAY, end - due),
                           days_to_pay=np.where(document == NO_DAY, NO_DAY, end - document))


def _sound_outcomes(known: Known, *, months: int) -> pd.DataFrame:
    """Return the outcomes that say how a sound claim is paid: what a forecast treats apart is followed no further.

    A disputed invoice is censored on the day its dispute opened, a doubtful one on the day it was carried to 416 or
    posted; those that their customer's unallocated credits cover are left out, for they may well be paid.
    """
    found, owed = outcomes(known, months=months), _net(known)
    found = found[~found["item_id"].isin(owed.loc[owed["cents"] == 0, "root"])]
    disputes, doubtful = known.disputes, owed[owed["is_doubtful"]]
    until = np.minimum(
        _earliest(disputes["movement_id"], day_numbers(disputes["opened_on"]), of=found["claim"]),
        _earliest(doubtful["root"], doubtful["posted"].to_numpy(), of=found["item_id"]))
    end = found["end"].to_numpy()
    return _timed(found.assign(end=np.minimum(end, until), is_settled=found["is_settled"] & (end <= until)))


def _earliest(keys: pd.Series, days: npt.NDArray[np.integer], *, of: pd.Series) -> Ints:
    """Return the earliest day of each key, `NO_DAY` where it has none."""
    first = np.full(int(max(keys.max() if len(keys) else 0, of.max() if len(of) else 0)) + 1, int(NO_DAY))
    np.minimum.at(first, keys.to_numpy(), days)
    return first[of.to_numpy()]


def fit(known: Known, *, rules: ForecastRules, grace_days: int) -> PaymentModel:
    """Read how customers pay from what is known on a day.

    Parameters
    ----------
    known : Known
    rules : ForecastRules
    grace_days : int
        Days after the promised one on which a payment still keeps a promise. [days]
    """
    invoices = _sound_outcomes(known, months=rules.history_months)
    dated = invoices[invoices["days_beyond_terms"] != NO_DAY]
    customers = len(known.invoices["customer_id"].cat.categories)
    settled, late = dated["is_settled"].to_numpy(), dated["days_beyond_terms"].to_numpy()
    averages = average_delays(late, customer=dated["customer"].to_numpy(), customers=customers, is_settled=settled,
                              minimum=rules.minimum_invoices)
    pace = paces(averages, limits=rules.pace_limits)
    whole = len(rules.pace_limits) + 1  # in the place of customers without a pace
    curves = _curves(dated, invoices[invoices["days_to_pay"] != NO_DAY], pace=pace, whole=whole, rules=rules)
    enough = curves.events.sum(axis=1)[:whole] >= rules.minimum_events
    paid = invoices[invoices["is_settled"] & (invoices["days_to_pay"] != NO_DAY)]
    return PaymentModel(
        curves=curves, curve_of_customer=np.where(np.append(enough, False)[pace], pace, whole), pace_of_customer=pace,
        delay_of_customer=np.where(np.isnan(averages), _mean(late[settled]), averages),
        days_to_pay=_mean(paid["days_to_pay"].to_numpy()), settled=int(settled.sum()),
        dispute_days=_dispute_days(known, rules),
        kept_share=_kept_share(known, grace_days=grace_days))


def _mean(days: Ints) -> float:
    return float(days.mean()) if len(days) else 0.0


def _curves(dated: pd.DataFrame, sent: pd.DataFrame, *, pace: Ints, whole: int, rules: ForecastRules) -> Curves:
    """Return the curves of each pace, of all since the due date, and of all since the document date."""
    own = pace[dated["customer"].to_numpy()]
    known = dated[own < whole]
    parts = (known, dated, sent)
    group = np.concatenate([own[own < whole], np.full(len(dated), whole), np.full(len(sent), whole + 1)])
    days = np.concatenate([known["days_beyond_terms"], dated["days_beyond_terms"], sent["days_to_pay"]])
    found = product_limit(
        days.astype(np.int64), group=group.astype(np.int64), groups=whole + 2,
        is_observed=np.concatenate([part["is_settled"] for part in parts]),
        weights=np.concatenate([part["amount_cents"] for part in parts]))
    return found.held_from(minimum_at_risk=rules.minimum_at_risk)


def _dispute_days(known: Known, rules: ForecastRules) -> float | None:
    """Return how long closed disputes lasted on average, else what the auditor says."""
    disputes = known.disputes
    closed = disputes[(disputes["closed_on"] <= pd.Timestamp(known.day)) & disputes["opened_on"].notna()]
    if len(closed) < FEWEST_DISPUTES:
        return None if rules.dispute_days is None else float(rules.dispute_days)
    return float((day_numbers(closed["closed_on"]).astype(np.int64) - day_numbers(closed["opened_on"])).mean())


def _kept_share(known: Known, *, grace_days: int) -> float | None:
    """Return how often promises were kept, as payer profiles judge them, over settlements allocated by then."""
    paid = known.claims[(known.claims["kind"] == "settlement") & (known.claims["amount_cents"] > 0)]
    names = known.invoices["customer_id"].cat.categories.astype("str")
    payments = pd.DataFrame({
        "customer_id": names.take(paid["customer"].to_numpy()), "root_id": paid["claim"].to_numpy(),
        "event_date": paid["event_date"].to_numpy(), "amount_cents": paid["amount_cents"].to_numpy()})
    promises = known.promises.assign(root_id=known.promises["movement_id"])
    return kept_share(promise_outcomes(promises, payments=payments, as_of_date=known.day, grace_days=grace_days))


def _coded(known: Known) -> pd.DataFrame:
    """Return the promises with their claim and customer as codes; those of unknown customers are left out."""
    customers = known.invoices["customer_id"].cat.categories
    code = customers.get_indexer(known.promises["customer_id"].astype("str"))
    return known.promises.assign(customer=code, claim=known.promises["movement_id"])[code >= 0]


def claims_to_come(known: Known, model: PaymentModel, *, rules: ForecastRules) -> pd.DataFrame:
    """Return what is owed on a day as `auditlib.forecast.expected_cents` takes it, net of unallocated credits.

    Credits cover each customer's oldest claims first; retentions and claims on group companies are left out.

    Returns
    -------
    DataFrame
        Columns of `auditlib.forecast.expected_cents`, and ``claim`` (movement), ``customer`` (code), ``naive_days``
        (average delay on the claim's own clock [days]) for its back-test. One row a claim and part. [cents]
    """
    owed = _net(known)
    owed = owed[(owed["cents"] > 0) & ~owed["is_apart"]].reset_index(drop=True)
    dated = owed["due"].to_numpy() != NO_DAY
    clocked = dated | ((owed["document"] != NO_DAY).to_numpy() & ~owed["is_age_unknown"].to_numpy())
    age = day_number(known.day) - np.where(dated, owed["due"], owed["document"])
    customer = owed["customer"].to_numpy()
    curve = np.where(dated, model.curve_of_customer[customer], len(model.curves.survival) - 1)
    owed = owed.assign(
        age=np.where(clocked, age, 0), curve=np.where(clocked, curve, NO_CURVE),
        delay=0, promised_in=0, rate=1.0,
        naive_days=np.where(dated, model.delay_of_customer[customer], model.days_to_pay))
    named = {name: code for code, name in enumerate(PARTS)}
    state = np.where(dated, np.where(owed["age"] > 0, named["overdue"], named["not_due"]), named["undated"])
    doubtful = owed["is_doubtful"].to_numpy()
    disputed = np.where(doubtful, 0, owed["disputed"])
    plain = np.where(doubtful, 0, owed["cents"] - disputed)
    promised = _promised(owed.assign(cents=plain), known, model)
    np.subtract.at(plain, promised["row"].to_numpy(), promised["cents"].to_numpy())
    parts = [
        owed.assign(cents=np.where(doubtful, owed["cents"], 0), part=named["doubtful"], rate=rules.doubtful_rate),
        _delayed(owed.assign(cents=disputed, part=named["disputed"]), known, model),
        owed.iloc[promised["row"]].assign(
            cents=promised["cents"].to_numpy(), promised_in=promised["promised_in"].to_numpy(), part=named["promised"]),
        owed.assign(cents=plain, part=state)]
    found = pd.concat([part[part["cents"] > 0] for part in parts], ignore_index=True)
    return found[["claim", "customer", "cents", "part", "curve", "age", "delay", "promised_in", "rate", "naive_days"]]


def _net(known: Known) -> pd.DataFrame:
    """Return what is open of each claim less its customer's unallocated credits, by customer and oldest first."""
    items, residual = known.items, known.items["residual_cents"].to_numpy()
    customer = items["customer_id"].cat.codes.to_numpy().astype(np.int64)
    credit = np.zeros(len(items["customer_id"].cat.categories), dtype=np.int64)
    np.add.at(credit, customer[residual < 0], -residual[residual < 0])
    unknown = items["is_age_unknown"].to_numpy()
    due = np.where(unknown, NO_DAY, day_numbers(items["due_date"]))
    document = day_numbers(items["document_date"]) if known.has_document_dates else np.full(len(items), NO_DAY)
    owed = pd.DataFrame({
        "root": known.root_of_item, "claim": known.claim_of_item, "customer": customer, "residual": residual,
        "posted": day_numbers(items["posting_date"]).astype(np.int64), "due": due, "document": document,
        "is_age_unknown": unknown, "is_doubtful": items["is_doubtful"], "disputed": items["disputed_cents"],
        "is_apart": items["is_retention"] | items["is_group"]})[residual > 0]
    owed = owed.sort_values(["customer", "is_apart", "due"], kind="stable")
    left = owed["residual"].to_numpy()
    net = left - within_limits(left, owner=owed["customer"].to_numpy(), limit=credit)
    # Credits are held to cover the disputed part first: what is net and undisputed is the smaller of both.
    undisputed = np.minimum(net, left - owed["disputed"])
    return owed.assign(cents=net, disputed=net - undisputed)


def _promised(owed: pd.DataFrame, known: Known, model: PaymentModel) -> pd.DataFrame:
    """Return the part of each promise that is counted on: the rest follows its curve."""
    parts = promised_parts(owed, promises=_coded(known), as_of_date=known.day)
    kept = 1.0 if model.kept_share is None else model.kept_share
    return parts.assign(cents=np.floor(parts["cents"] * kept).astype("int64"))


def _delayed(disputed: pd.DataFrame, known: Known, model: PaymentModel) -> pd.DataFrame:
    """Stop the clock of disputed claims until their dispute should end; not expected where that is not known."""
    if model.dispute_days is None:
        return disputed.assign(curve=NO_CURVE)
    held = known.disputes[~(known.disputes["closed_on"] <= pd.Timestamp(known.day))]
    since = _earliest(held["movement_id"], day_numbers(held["opened_on"]), of=disputed["claim"])
    elapsed = np.where(since == NO_DAY, 0, day_number(known.day) - since)
    return disputed.assign(delay=np.maximum(np.rint(model.dispute_days - elapsed), 0).astype(np.int64))
