"""Tests of repeated amounts: invoices posted twice, and credit notes billed again."""

import numpy as np
import pandas as pd

from auditlib.controls.entries import Ints, Mask, distinct_months, equal_amounts
from auditlib.controls.found import Found, no_rows, pointed
from auditlib.dates import day_numbers
from auditlib.matching import normalised

__all__ = ["credited_cents", "duplicate_invoices", "rebilled_credit_notes"]


def credited_cents(items: pd.DataFrame, allocations: pd.DataFrame) -> Ints:
    """Return how much of each item credit notes cleared [cents]."""
    by_note = (items["kind"] == "credit_note").to_numpy()[allocations["credit_id"].to_numpy()]
    credited = np.zeros(len(items), dtype=np.int64)
    np.add.at(credited, allocations["debit_id"].to_numpy()[by_note], allocations["amount_cents"].to_numpy()[by_note])
    return credited


def duplicate_invoices(items: pd.DataFrame, *, credited: Ints, days: int, subscription_months: int) -> Found:
    """List invoices of one customer and amount under one reference, or a few days apart (existence).

    A reference that several customers bear names a batch, and does not count. An invoice wholly credited is left out,
    and so are instalments (one document, several due dates). An amount that comes back in `subscription_months`
    months or more is a subscription: then one reference on near dates alone counts.

    Parameters
    ----------
    items : DataFrame, schema ITEMS
    credited : ndarray of int64
        What credit notes cleared of each item. [cents]
    days : int
        Between documents of one amount, at most. [days]
    subscription_months : int

    Returns
    -------
    Found
        Rows by set; the first of a set is shown for comparison, its copies are at stake.

    References
    ----------
    DOMAIN.md E: same customer + amount + reference (normalised), or same amount and date ± 3 days.
    """
    kept = (items["kind"] == "invoice").to_numpy() & (items["amount_cents"] > 0).to_numpy()
    kept &= (items["origin_id"] < 0).to_numpy()
    invoices = items[kept & (credited < items["amount_cents"].to_numpy())]
    population = (len(invoices), int(invoices["amount_cents"].sum()))
    parameters = {"days": days, "months": subscription_months}
    group = equal_amounts(invoices)
    repeated = np.bincount(group)[group] > 1 if len(group) else np.zeros(0, dtype=bool)
    sized = invoices[repeated]
    if not len(sized):
        return Found(*population, no_rows(), parameters, {"pairs": 0})
    alike = _alike(sized, group[repeated])
    alike.loc[alike["reference"].isin(_shared(invoices, sized, alike)), "reference"] = -1
    by_reference = _reference_links(alike, days=days, months=subscription_months)
    links = np.concatenate([by_reference, _date_links(alike, days=days, months=subscription_months)])
    rows = _copies(sized, links, by_reference)
    return Found(*population, rows, parameters, {"pairs": int((rows["amount_cents"] > 0).sum())})


def _alike(sized: pd.DataFrame, group: Ints) -> pd.DataFrame:
    """Return what invoices of one customer and amount are compared by, as numbers; a missing reference is -1."""
    reference = normalised(sized["document_ref"])
    codes = pd.factorize(reference)[0].astype(np.int64)
    codes[(reference == "").to_numpy()] = -1
    together = pd.factorize(group * (int(codes.max(initial=0)) + 2) + codes + 1)[0].astype(np.int64)
    return pd.DataFrame({
        "group": group, "reference": codes, "day": day_numbers(sized["document_date"]).astype(np.int64),
        "due": day_numbers(sized["due_date"]).astype(np.int64), "months": distinct_months(sized, group),
        "reference_months": distinct_months(sized, together)})


def _shared(invoices: pd.DataFrame, sized: pd.DataFrame, alike: pd.DataFrame) -> Ints:
    """Return the references that several customers bear: a batch or a month, not a document."""
    pairs = alike.duplicated(["group", "reference"], keep=False) & (alike["reference"] >= 0)
    written = sized["document_ref"][pairs.to_numpy()]
    bearers = invoices[invoices["document_ref"].isin(written.unique()).to_numpy()]
    customers = bearers.groupby("document_ref", sort=False)["customer_id"].nunique()
    several = written.map(customers).to_numpy() > 1
    found: Ints = alike["reference"][pairs].to_numpy()[several]
    return np.unique(found)


def _reference_links(alike: pd.DataFrame, *, days: int, months: int) -> Ints:
    """Pair invoices under one reference; one that comes back month after month counts on near dates only."""
    named = alike[alike["reference"] >= 0].sort_values(["group", "reference", "day", "due"], kind="stable")
    once = named["reference_months"].to_numpy() < months
    return _links(named, ["group", "reference"], days=days, any_distance=once)


def _date_links(alike: pd.DataFrame, *, days: int, months: int) -> Ints:
    """Pair invoices a few days apart; a subscription's amount says nothing."""
    once = alike[alike["months"] < months].sort_values(["group", "day", "due"], kind="stable")
    return _links(once, ["group"], days=days, any_distance=np.zeros(len(once), dtype=bool))


def _links(rows: pd.DataFrame, keys: list[str], *, days: int, any_distance: Mask) -> Ints:
    """Pair rows of equal keys: those of one day and due date, and all of two days near enough, or at any distance.

    Rows of one day with several due dates are parts of one document: they are not paired with each other.

    Parameters
    ----------
    rows : DataFrame
        In order of keys, day, due; the index is what the pairs hold.
    """
    if len(rows) < 2:
        return np.empty((0, 2), dtype=np.int64)
    place, day = rows.index.to_numpy(), rows["day"].to_numpy()
    same = np.all([rows[key].to_numpy()[1:] == rows[key].to_numpy()[:-1] for key in keys], axis=0)
    gap = np.diff(day)
    copies = same & (gap == 0) & (np.diff(rows["due"].to_numpy()) == 0)
    block = np.append(0, np.cumsum(~(same & (gap == 0))))
    first = np.flatnonzero(np.append(True, np.diff(block) > 0))
    last = np.append(first[1:], len(rows)) - 1
    joins = np.flatnonzero(same & (gap > 0) & ((gap <= days) | any_distance[1:]))
    has_next, has_previous = (np.isin(np.arange(len(first)), block[joins + shift]) for shift in (0, 1))
    ahead, behind = np.flatnonzero(has_next[block]), np.flatnonzero(has_previous[block])
    pairs = [
        (place[:-1][copies], place[1:][copies]), (place[ahead], place[first[block[ahead] + 1]]),
        (place[last[block[behind] - 1]], place[behind])]
    return np.concatenate([np.column_stack(pair) for pair in pairs])


def _copies(sized: pd.DataFrame, links: Ints, by_reference: Ints) -> pd.DataFrame:
    """Return the linked invoices set by set, in order of date; all but the first of a set are at stake."""
    label = np.arange(len(sized))
    while len(links):
        low = np.minimum(label[links[:, 0]], label[links[:, 1]])
        before = label.copy()
        np.minimum.at(label, links.ravel(), np.repeat(low, 2))
        if (before == label).all():
            break
    rows = np.unique(links)
    rows = rows[np.lexsort((rows, day_numbers(sized["document_date"])[rows], label[rows]))]
    number = pd.factorize(label[rows])[0].astype(np.int64)
    first = np.ones(len(rows), dtype=bool)
    first[1:] = number[1:] != number[:-1]
    detail = np.where(np.isin(rows, by_reference), "same_reference", "same_amount_near_date")
    found = sized.iloc[rows]
    return pointed(found, amount=np.where(first, 0, found["amount_cents"].to_numpy()), detail=detail, sets=number)


def rebilled_credit_notes(items: pd.DataFrame, *, days: int, subscription_months: int) -> Found:
    """List invoices that bill again, on a later due date, what a credit note had just cancelled (valuation).

    Parameters
    ----------
    items : DataFrame, schema ITEMS
    days : int
        From the credit note to the new invoice, at most. [days]
    subscription_months : int
        An amount invoiced in as many months is a subscription, left out.

    Returns
    -------
    Found
        By set: the first invoice, the credit note, and the new invoice, which alone is at stake.

    References
    ----------
    DOMAIN.md E: re-aged invoices, new invoice = old credit-noted amount.
    """
    own = items[(items["kind"].isin(["invoice", "credit_note"]) & (items["origin_id"] < 0)).to_numpy()]
    is_note = (own["kind"] == "credit_note").to_numpy() & (own["amount_cents"] < 0).to_numpy()
    group = equal_amounts(own)
    touched = np.zeros(int(group.max(initial=-1)) + 1, dtype=bool)
    touched[group[is_note]] = True
    near = touched[group] if len(group) else np.zeros(0, dtype=bool)
    found, notes = own[near], int(is_note.sum())
    parameters = {"days": days, "months": subscription_months}
    population = (notes, int(own["amount_cents"].to_numpy()[is_note].sum()))
    chains = _chains(found, group[near], days=days, months=subscription_months)
    chains = chains.drop_duplicates("again").drop_duplicates("note")
    places = chains[["before", "note", "again"]].to_numpy().ravel()
    number = np.repeat(np.arange(len(chains)), 3)
    listed = found.iloc[places]
    at_stake = np.where(np.arange(len(places)) % 3 == 2, listed["amount_cents"].to_numpy(), 0)
    detail = np.tile(np.array(["first_invoice", "credit_note", "billed_again"], dtype=object), len(chains))
    delay = np.repeat(chains["delay"].to_numpy(dtype="float64"), 3)
    return Found(*population, pointed(listed, amount=at_stake, detail=detail, days=delay, sets=number), parameters,
                 {"invoices": len(chains)})


def _chains(found: pd.DataFrame, group: Ints, *, days: int, months: int) -> pd.DataFrame:
    """Pair each credit note with the invoice before it and the next one after it, of its customer and amount."""
    invoice = (found["amount_cents"] > 0).to_numpy()
    monthly = np.zeros(int(group.max(initial=-1)) + 1, dtype=np.int64)
    monthly[group[invoice]] = distinct_months(found[invoice], pd.factorize(group[invoice])[0].astype(np.int64))
    usable = monthly[group] < months if len(group) else np.zeros(0, dtype=bool)
    table = pd.DataFrame({
        "group": group, "place": np.arange(len(found)), "day": day_numbers(found["posting_date"]).astype(np.int64),
        "due": day_numbers(found["due_date"]).astype(np.int64)})
    invoices, notes = table[usable & invoice], table[usable & ~invoice].rename(columns={"place": "note"})
    pairs = notes.drop(columns="due").merge(invoices, on="group", suffixes=("", "_invoice"))
    before = pairs[pairs["day_invoice"] <= pairs["day"]].sort_values(["note", "day_invoice", "place"])
    after = pairs[(pairs["day_invoice"] > pairs["day"]) & (pairs["day_invoice"] - pairs["day"] <= days)]
    after = after.sort_values(["note", "day_invoice", "place"]).drop_duplicates("note")
    joined = before.drop_duplicates("note", keep="last").merge(after, on="note", suffixes=("_before", "_again"))
    later = joined[joined["due_again"] > joined["due_before"]]
    return pd.DataFrame({"before": later["place_before"], "note": later["note"], "again": later["place_again"],
                         "delay": later["due_again"] - later["due_before"]})
