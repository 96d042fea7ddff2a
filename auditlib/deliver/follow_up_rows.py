"""What a follow-up workbook prints of one segment: its debtors, their overdue items, and what is known of each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditlib.action_plan import action_plan
from auditlib.claimable import as_of, item_parts
from auditlib.collection_rules import CollectionRules
from auditlib.commitments import outcomes
from auditlib.debtor_facts import barred_customers
from auditlib.debtor_kinds import audited_kinds
from auditlib.follow_up_words import LITIGATION_PREFIX

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["MOST_CUSTOMERS", "MOST_ITEMS", "Segment", "segments_to_follow"]

NEVER_DUNNED = ("group", "insolvent")
MOST_CUSTOMERS, MOST_ITEMS = 500, 2_000
"""Rows of one workbook: what is beyond them stays in ``data/``, the largest debtors first."""


@dataclass(frozen=True)
class Segment:
    """One segment to follow.

    Attributes
    ----------
    code : str
        Kind of debtor, salesperson or business unit; "" where none is named.
    debtors : DataFrame
        `auditlib.action_plan.PLAN_COLUMNS`, and those of whom nothing is claimed yet; main contact beside.
    items : DataFrame
        Overdue debits but those never claimed (retention, doubtful): `schemas.OPEN_ITEMS`, ``free_cents``, ``state``
        (disputed, suspended, unconfirmed, claimed) and what is known of their dispute. [cents, VAT included]
    promises, commitments, contacts, actions : DataFrame
    left_out, items_left_out : int
        Debtors and items that do not fit.
    """

    code: str
    debtors: pd.DataFrame
    items: pd.DataFrame
    promises: pd.DataFrame
    commitments: pd.DataFrame
    contacts: pd.DataFrame
    actions: pd.DataFrame
    left_out: int
    items_left_out: int


def segments_to_follow(results: "AuditResults", *, rules: CollectionRules, language: str = "fr") -> list[Segment]:
    """Return the segments with something overdue that may be dunned, largest claim first.

    Parameters
    ----------
    results : AuditResults
    rules : CollectionRules
        ``follow_up_by`` says what the segments are.
    language : {"fr", "en"}
    """
    debtors = _debtors(results, rules, language)
    items = _items(results)
    debtors = debtors[debtors["customer_id"].isin(items["customer_id"].astype("str").unique())]
    if debtors.empty:
        return []
    by = debtors[rules.follow_up_by].astype("str")
    order = debtors.groupby(by)["claim_cents"].sum().sort_values(ascending=False, kind="stable").index
    return [_segment(results, str(code), debtors[by == code], items) for code in order]


def _debtors(results: "AuditResults", rules: CollectionRules, language: str) -> pd.DataFrame:
    """Return the plan, then the debtors of whom nothing is claimed: what they owe is disputed."""
    plan = action_plan(results, rules=rules, language=language)
    people = results.customers.assign(kind=audited_kinds(results)["kind"])
    others = people[~people["customer_id"].isin(plan["customer_id"]) & (people["net_overdue_cents"] > 0)]
    rest = others[["customer_id", "name", "kind", "salesperson", "business_unit", "net_overdue_cents"]].astype(
        {"salesperson": "str", "business_unit": "str"})
    rest = rest.assign(set_aside_cents=rest["net_overdue_cents"], claim_cents=0)
    both = pd.concat([plan, rest], ignore_index=True) if len(plan) else rest.reindex(columns=plan.columns)
    both = both[~both["kind"].isin(NEVER_DUNNED)]
    texts = ["profile", "rule", "next_step", "channel", "owner"]
    both[texts] = both[texts].astype("object").fillna("")
    return both.assign(**_main_contacts(results, both["customer_id"]))


def _main_contacts(results: "AuditResults", customers: pd.Series) -> dict[str, pd.Series]:
    """Return the first contact of each customer that may be reached; a mark on all of him stands in his place."""
    contacts = results.contacts
    free = contacts[~contacts["do_not_contact"]].drop_duplicates("customer_id").set_index("customer_id")
    barred = barred_customers(contacts)
    found = {name: customers.map(free[name]).astype("object").fillna("").astype("str")
             for name in ("name", "phone", "email")}
    return {"contact": found["name"].where(found["name"] != "", found["email"]), "contact_phone": found["phone"],
            "is_barred": customers.isin(barred)}


def _items(results: "AuditResults") -> pd.DataFrame:
    parts = item_parts(results)
    apart = results.open_items[["is_retention", "is_doubtful", "is_group"]].any(axis=1)
    parts = parts[~apart.loc[parts.index]]
    items = results.open_items.loc[parts.index]
    state = np.select([parts["suspended_cents"] > 0, items["disputed_cents"] > 0, parts["unconfirmed_cents"] > 0],
                      ["suspended", "disputed", "unconfirmed"], "claimed")
    disputes = results.disputes
    known = disputes.drop_duplicates("movement_id").set_index("movement_id") if len(disputes) else None
    joined = items.assign(free_cents=parts["free_cents"], state=state)
    for name in ("reason", "owner"):
        found = "" if known is None else items["movement_id"].map(known[name]).astype("object").fillna("")
        joined[f"dispute_{name}"] = pd.Series(found, index=items.index, dtype="str")
    joined["dispute_opened_on"] = pd.NaT if known is None else items["movement_id"].map(known["opened_on"])
    joined["dispute_stated_cents"] = 0 if known is None else items["movement_id"].map(
        known["amount_cents"]).fillna(0).astype("int64")
    in_court = joined["dispute_reason"].str.startswith(LITIGATION_PREFIX)
    joined["litigation"] = joined["dispute_reason"].str.removeprefix(LITIGATION_PREFIX).where(in_court, "")
    return joined


def _segment(results: "AuditResults", code: str, debtors: pd.DataFrame, items: pd.DataFrame) -> Segment:
    shown = debtors.head(MOST_CUSTOMERS)
    place = pd.Series(range(len(shown)), index=shown["customer_id"])
    own = items[items["customer_id"].astype("str").isin(place.index)]
    rank = own["customer_id"].astype("str").map(place)
    own = own.assign(rank=rank).sort_values(["rank", "due_date"], kind="stable")
    held = results.commitments.assign(outcome=outcomes(results.commitments, as_of_date=as_of(results)))
    return Segment(
        code, shown, own.head(MOST_ITEMS), promises=_of(results.promises, place), commitments=_of(held, place),
        contacts=_of(results.contacts, place), actions=_of(results.actions, place), left_out=len(debtors) - len(shown),
        items_left_out=max(len(own) - MOST_ITEMS, 0))


def _of(table: pd.DataFrame, place: pd.Series) -> pd.DataFrame:
    if table.empty:
        return table
    own: pd.DataFrame = table[table["customer_id"].isin(place.index)]
    return own.assign(rank=own["customer_id"].map(place)).sort_values("rank", kind="stable")
