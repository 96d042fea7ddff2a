"""What each salesperson is asked: terms to confirm, disputes to unblock, calls to join, gestures, own promises."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.claimable import as_of
from auditlib.collection_rules import CollectionRules
from auditlib.follow_up_words import COMMITMENTS, LITIGATION_PREFIX
from auditlib.formats import Formats
from auditlib.texts import N_
from auditlib.working_days import working_day_after

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["REQUESTS", "REQUEST_COLUMNS", "sales_requests"]

REQUEST_COLUMNS = ("salesperson", "customer_id", "name", "request", "sentence", "amount_cents", "due_on")
REQUESTS = {
    "confirm_terms": N_("Confirmer les conditions"),
    "unblock_dispute": N_("Débloquer le litige"),
    "join_call": N_("Accompagner l’appel"),
    "gesture": N_("Préparer une contrepartie"),
    "commitment": N_("Tenir son engagement"),
}
"""Kinds of requests, in the order listed."""
TERMS = N_("Obtenir la confirmation écrite du délai de paiement : l’échéance est déduite, rien n’est réclamé.")
DISPUTE = N_("{reason} – répondre au client et obtenir le paiement de la part non contestée.")
NO_REASON = N_("Litige sans motif noté")
CALL = N_("Joindre le client avec le chargé de recouvrement : levier commercial, interlocuteur financier.")
GESTURE = N_("Ce que l’on peut accorder (délai, reprise, remise) contre un règlement daté ; rien sans date ni montant.")
COMMITMENT = N_("{what} : promis au client{document}.")
BARGAINING = ("large_account", "mid_small", "very_small", "export_eu", "export_non_eu")
SLIDING = ("slipping", "irregular", "part_paying", "negligent")


def sales_requests(results: "AuditResults", plan: pd.DataFrame, *, rules: CollectionRules | None = None,
                   language: str = "fr") -> pd.DataFrame:
    """Return what is asked of each salesperson, the largest amounts first.

    A gesture is prepared for the largest debtors (those with two points of amount) whose habits slide, of the kinds
    one bargains with; a call is joined where the scenario's next step is the salesperson's.

    Parameters
    ----------
    results : AuditResults
    plan : DataFrame
        `auditlib.action_plan.action_plan`.
    rules : CollectionRules, optional
        ``dispute_days`` (working days) is the time given where nothing sets another day.
    language : {"fr", "en"}

    Returns
    -------
    DataFrame
        `REQUEST_COLUMNS`: ``salesperson`` ("" where the files name none), ``request`` a code of `REQUESTS`,
        ``amount_cents`` at stake, ``due_on``. [cents, VAT included]
    """
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    _ = formats.gettext
    terms = plan[plan["unconfirmed_cents"] > 0]
    calls = plan[plan["step"] == "call_2"]
    weighty = (plan["amount_points"] == 2) & plan["profile"].isin(SLIDING) & plan["kind"].isin(BARGAINING)
    parts = [
        _asked(terms, "confirm_terms", terms["unconfirmed_cents"], sentence=_(TERMS)),
        _disputes(results, formats),
        _asked(calls, "join_call", calls["claim_cents"], sentence=_(CALL)),
        _asked(plan[weighty], "gesture", plan.loc[weighty, "claim_cents"], sentence=_(GESTURE)),
        _commitments(results, formats)]
    filled = [part for part in parts if len(part)]
    if not filled:
        return pd.DataFrame(columns=list(REQUEST_COLUMNS))
    listed = pd.concat(filled, ignore_index=True)
    day = working_day_after(as_of(results), (rules or CollectionRules()).dispute_days)
    listed["due_on"] = listed["due_on"].fillna(pd.Timestamp(day))
    rank = listed["request"].map({code: place for place, code in enumerate(REQUESTS)})
    ordered = listed.assign(rank=rank, is_nobody=listed["salesperson"] == "").sort_values(
        ["is_nobody", "salesperson", "rank", "amount_cents", "customer_id"], ascending=[True, True, True, False, True])
    return ordered[list(REQUEST_COLUMNS)].reset_index(drop=True)


def _asked(rows: pd.DataFrame, request: str, amounts: pd.Series, *, sentence: str) -> pd.DataFrame:
    due = rows["due_on"] if "due_on" in rows and request == "join_call" else pd.NaT
    return pd.DataFrame({
        "salesperson": rows["salesperson"].astype("object").fillna("").astype("str"),
        "customer_id": rows["customer_id"], "name": rows["name"], "request": request, "sentence": sentence,
        "amount_cents": amounts.astype("int64"), "due_on": pd.Series(due, index=rows.index, dtype="datetime64[s]")})


def _disputes(results: "AuditResults", formats: Formats) -> pd.DataFrame:
    """Return the disputed parts of what is open, by customer, with the reasons noted; not of those in court."""
    items = results.open_items
    disputes = results.disputes
    court = disputes.loc[disputes["reason"].str.startswith(LITIGATION_PREFIX), "movement_id"] if len(disputes) else ()
    held = items[(items["disputed_cents"] > 0) & ~items["is_doubtful"] & ~items["is_group"]
                 & ~items["movement_id"].isin(court)]
    amounts = held["disputed_cents"].groupby(held["customer_id"].astype("str")).sum()
    people = results.customers[results.customers["customer_id"].isin(amounts.index)]
    said = formats.gettext(DISPUTE)
    reasons = _reasons(results, set(held["movement_id"]))
    unknown = formats.gettext(NO_REASON)
    sentences = [said.format(reason=reasons.get(one) or unknown) for one in people["customer_id"]]
    found = _asked(people, "unblock_dispute", people["customer_id"].map(amounts), sentence="")
    return found.assign(sentence=sentences)


def _reasons(results: "AuditResults", movements: set[int]) -> dict[str, str]:
    disputes = results.disputes
    if not len(disputes):
        return {}
    named = disputes[disputes["movement_id"].isin(movements) & (disputes["reason"] != "")]
    return {str(customer): ", ".join(dict.fromkeys(rows)) for customer, rows in named.groupby(
        "customer_id")["reason"]}


def _commitments(results: "AuditResults", formats: Formats) -> pd.DataFrame:
    """Return the commitments not kept that are a salesperson's own."""
    _ = formats.gettext
    open_ones = results.commitments[~(results.commitments["kept_on"] <= pd.Timestamp(as_of(results)))]
    people = results.customers.set_index("customer_id")
    seller = open_ones["customer_id"].map(people["salesperson"].astype("object")).fillna("").astype("str")
    own = (seller != "").to_numpy() & (open_ones["owner"].str.casefold() == seller.str.casefold()).to_numpy()
    kept = open_ones[own]
    sentences = [_(COMMITMENT).format(
        what=_(COMMITMENTS.get(str(what), COMMITMENTS["other"])),
        document=_(", pièce {document}").format(document=document) if document else "")
        for what, document in zip(kept["what"], kept["document_ref"], strict=True)]
    overdue = kept["customer_id"].map(people["net_overdue_cents"]).fillna(0)
    return pd.DataFrame({
        "salesperson": seller[own], "customer_id": kept["customer_id"],
        "name": kept["customer_id"].map(people["name"]).fillna(""), "request": "commitment", "sentence": sentences,
        "amount_cents": overdue.astype("int64"), "due_on": kept["due_on"]})
