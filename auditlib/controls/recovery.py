"""Tests of what will come in: hidden disputes, claims near prescription or over the cap, cash after the date."""


import datetime as dt

import numpy as np
import pandas as pd

from auditlib.controls.debtors import of_customers
from auditlib.controls.entries import whole_cents
from auditlib.controls.found import Found, joined, not_tested, pointed
from auditlib.loaders.table_columns import matches
from auditlib.texts import N_

__all__ = [
    "no_reminder", "over_cap", "overdue_commitments", "prescription_near", "silent_disputes", "unpaid_afterwards",
]

NO_CAP = N_("Non testé : les délais accordés n’ont pu être comparés au plafond légal (voir l’indicateur).")
NO_PRESCRIPTION = N_("Non testé : la prescription n’a pu être calculée (voir l’indicateur).")
NO_SUBSEQUENT = N_("Non testé : les mouvements fournis ne vont pas assez loin après la date d’arrêté.")
NO_COMMITMENTS = N_("Non testé : aucun engagement pris envers les clients n’a été communiqué.")
NOT_RUNNING = ("not_due", "interrupted", "undatable")
"""Classes of claims whose time to act is not running, or not known."""


def silent_disputes(open_items: pd.DataFrame, *, days: int, words: tuple[str, ...]) -> Found:
    """List old unpaid invoices that look disputed and bear no dispute: paid in part, or worded like one (valuation).

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    days : int
        Overdue by more than so many days.
    words : tuple of str
        What a label says of a dispute.

    References
    ----------
    DOMAIN.md E: unpaid > 60 d, partial payments, comment words.
    """
    claim = (open_items["residual_cents"] > 0) & ~open_items["is_disputed"] & ~open_items["is_doubtful"]
    late = open_items[(claim & (open_items["days_overdue"] > days) & ~open_items["is_retention"]).to_numpy()]
    pattern = "|".join(word.strip() for word in words if word.strip())
    worded = matches(late["label"], pattern) if pattern else np.zeros(len(late), dtype=bool)
    partial = late["residual_cents"].to_numpy() < whole_cents(late)
    found = late[worded | partial]
    detail = np.where(worded, "dispute_words", "paid_in_part")[worded | partial]
    return Found(
        len(late), int(late["residual_cents"].sum()),
        pointed(found, amount=found["residual_cents"], detail=detail, days=found["days_overdue"].to_numpy()),
        {"days": days, "words": ", ".join(words)}, {"worded": int(worded.sum())})


def no_reminder(open_items: pd.DataFrame, *, asked_on: pd.Series, days: int) -> Found:
    """List the claims overdue for which the log has no reminder nor call since their due date (recoverability).

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    asked_on : Series of datetime64
        Last demand about each item, on the index of `open_items`; missing where there is none.
    days : int
        Overdue by more than so many days.

    References
    ----------
    DOMAIN.md E: overdue > 15 d, no log entry. What is never dunned (disputed, doubtful, retention, group) is left out.
    """
    free = (open_items["residual_cents"] - open_items["disputed_cents"]).mask(_is_apart(open_items), 0)
    late = ((free > 0) & (open_items["days_overdue"] > days)).to_numpy()
    claims, asked = open_items[late], asked_on[late]
    silent = ~(asked > claims["due_date"]).to_numpy()
    found = claims[silent]
    return Found(len(claims), int(free[late].sum()),
                 pointed(found, amount=free[late][silent], detail="never_reminded",
                         days=found["days_overdue"].to_numpy()), {"days": days})


def overdue_commitments(
    open_items: pd.DataFrame, *, commitments: pd.DataFrame, is_late: pd.Series, is_held: np.ndarray[
        tuple[int], np.dtype[np.bool_]],
) -> Found:
    """List the overdue claims held by a late commitment of the client's own, and the late commitments that hold none.

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    commitments : DataFrame, schema COMMITMENTS
    is_late : Series of bool
        On the index of `commitments`.
    is_held : ndarray of bool
        Which items a late commitment is about.
    """
    if commitments.empty:
        return not_tested(NO_COMMITMENTS)
    free = (open_items["residual_cents"] - open_items["disputed_cents"]).mask(_is_apart(open_items), 0)
    held = open_items[is_held & ((free > 0) & (open_items["days_overdue"] > 0)).to_numpy()]
    amounts = free[held.index]
    late = commitments[is_late]
    loose = late[~late["customer_id"].isin(held["customer_id"].astype("str"))]
    rows = joined((
        pointed(held, amount=amounts, detail="commitment_late"),
        of_customers(loose["customer_id"], pd.Series(0, index=loose.index), detail="commitment_late",
                     reference=loose["document_ref"])))
    return Found(len(commitments), 0, rows, facts={"late": len(late), "held_cents": int(amounts.sum())})


def _is_apart(open_items: pd.DataFrame) -> pd.Series:
    """Tell the items that are never dunned: doubtful, retention, group."""
    return open_items["is_doubtful"] | open_items["is_retention"] | open_items["is_group"]


def over_cap(table: pd.DataFrame, *, items: pd.DataFrame) -> Found:
    """List the invoices whose term exceeds the legal cap, as the chapter of law finds them (valuation).

    Parameters
    ----------
    table : DataFrame
        ``item_id`` and ``days_over`` (beyond the most generous reading); without columns where not computed.
    items : DataFrame, schema ITEMS
        ``item_id`` is the position.
    """
    if not {"item_id", "days_over"} <= set(table.columns):
        return not_tested(NO_CAP)
    invoices = items[((items["kind"] == "invoice") & (items["amount_cents"] > 0)).to_numpy()]
    rows = pointed(items.iloc[table["item_id"]], detail="over_cap", days=table["days_over"].to_numpy())
    return Found(len(invoices), int(invoices["amount_cents"].sum()), rows,
                 facts={"customers": int(rows["customer_id"].nunique())})


def prescription_near(
    table: pd.DataFrame, *, open_items: pd.DataFrame, items: pd.DataFrame, as_of_date: dt.date, days: int,
) -> Found:
    """List the claims lapsed, or that lapse within a number of days, as the chapter of law dates them.

    Parameters
    ----------
    table : DataFrame
        A row an open debit (`auditlib.legal_chapter`): ``item_id``, ``residual_cents``, ``lapse_date``, the last day
        one can act, and ``class``; without columns where not computed. [cents, VAT included]
    open_items : DataFrame, schema OPEN_ITEMS
    items : DataFrame, schema ITEMS
        ``item_id`` is the position.
    as_of_date : date
    days : int
        Days left, at most.

    References
    ----------
    DOMAIN.md E: earliest start + period − T <= 180 d.
    """
    if not {"item_id", "lapse_date", "class", "residual_cents"} <= set(table.columns):
        return not_tested(NO_PRESCRIPTION, days=days)
    debit = open_items[(open_items["residual_cents"] > 0).to_numpy()]
    left = (table["lapse_date"] - pd.Timestamp(as_of_date)).dt.days
    running = ~table["class"].isin(NOT_RUNNING)
    near = table[running & (left <= days) & (table["residual_cents"] > 0)]
    lapsed = (left[near.index] < 0).to_numpy()
    rows = pointed(items.iloc[near["item_id"]], amount=near["residual_cents"],
                   detail=np.where(lapsed, "lapsed", "lapsing"), days=left[near.index].to_numpy())
    return Found(len(debit), int(debit["residual_cents"].sum()), rows, {"days": days},
                 {"lapsed_cents": int(near["residual_cents"][lapsed].sum())})


def unpaid_afterwards(
    table: pd.DataFrame, *, open_items: pd.DataFrame, as_of_date: dt.date, known_until: dt.date, days: int,
) -> Found:
    """List the claims of the as-of date that were due and still unpaid a number of days later (existence).

    Parameters
    ----------
    table : DataFrame
        Claims not settled after the date (`auditlib.risk_chapter`, table ``subsequent``): ``left_cents``, of which
        ``other_cents`` cleared otherwise. Without columns where nothing after the date is known. [cents, VAT included]
    open_items : DataFrame, schema OPEN_ITEMS
        At the as-of date.
    as_of_date, known_until : date
        `known_until` is the last day of the documents.
    days : int
        After the as-of date.

    References
    ----------
    DOMAIN.md E: subsequent cash, the best test of existence and value.
    """
    last = as_of_date + dt.timedelta(days=days)
    if not len(table.columns) or known_until < last:
        return not_tested(NO_SUBSEQUENT, days=days)
    debit = open_items[(open_items["residual_cents"] > 0).to_numpy()]
    left = table["left_cents"] - table["other_cents"]
    due = table["due_date"].isna() | (table["due_date"] <= pd.Timestamp(last))
    found, gross = table[due & (left > 0)], int(debit["residual_cents"].sum())
    amount = left[found.index]
    rows = pointed(
        found.assign(item_id=-1, posting_date=pd.Series(pd.NaT, found.index, dtype="datetime64[s]"),
                     amount_cents=found["residual_cents"]), amount=amount, detail="unpaid_since")
    return Found(len(debit), gross, rows, {"days": days},
                 {"unpaid_share": int(amount.sum()) / gross if gross else None})
