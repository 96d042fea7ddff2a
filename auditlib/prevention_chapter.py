"""Chapter of prevention: whether acting before the due date would help, with the client's own figures."""

import datetime as dt

import pandas as pd

from auditlib import prevention, reasons
from auditlib.chapter import Chapter
from auditlib.controls.found import pointed, stacked
from auditlib.evidence import Evidence
from auditlib.history import History
from auditlib.prevention import Measured
from auditlib.texts import N_

__all__ = ["MEASURES", "prevention_chapter"]

MEASURES = ("late_at_due", "late_with_reminder", "late_without_reminder", "disputed_after_due", "cancelled_invoices",
            "rebilled_invoices", "over_limit")
LISTED = ("disputed_after_due", "cancelled_invoices", "rebilled_invoices", "over_limit")
"""Measures whose items are listed; what is late at its due date is most of a ledger."""
REBILL_DAYS = 60
"""An invoice of the same amount so soon after the credit note stands for the one it took back."""
PRE_REMINDER = "pre_reminder"
NO_LOG = N_("Aucun journal des relances n'a été communiqué : l'effet d'une relance avant l'échéance n'est pas connu.")
NO_PRE_REMINDER = N_("Le journal des relances ne contient aucune relance faite avant l'échéance.")
ALL_REMINDED = N_("Toutes les factures de la période ont été relancées avant l'échéance : il n'y a pas de comparaison.")
NO_DATED_DISPUTE = N_("Aucun litige daté sur la période, portant sur une pièce qui a une échéance.")
NO_LIMIT = N_("Aucune limite de crédit n'a été communiquée dans le fichier clients.")
NO_INVOICE = N_("Aucune facture sur la période.")
NO_DUE_INVOICE = N_("Aucune facture datée n'est arrivée à échéance sur la période.")


def prevention_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame) -> Chapter:
    """Return the chapter; it has no indicator of its own.

    Parameters
    ----------
    evidence : Evidence
    history : History
        Not needed here.
    customers : DataFrame
        `auditlib.customer_table.customer_table`: credit limits.

    Returns
    -------
    Chapter
        Table ``prevention``, one row a measure of `MEASURES`: ``cases``, ``of_cases`` [items], ``cents``, ``of_cents``
        [cents, VAT included], ``share`` [share 0–1, of the amount, NaN where it cannot be told], ``reason`` (French,
        empty where there is a share), ``start`` and ``end`` of the period. Table ``prevention_rows``: the items that
        those of `LISTED` point at, with their source rows (`auditlib.controls.found.stacked`, the measure in ``test``).
    """
    end = evidence.as_of_date
    window = evidence.window(end) if evidence.has_flows else None
    if window is None:
        reason = reasons.SHORT_HISTORY if evidence.has_flows else reasons.OPEN_ITEMS_ONLY
        return Chapter(tables={"prevention": _table(dict.fromkeys(MEASURES, reason), None, end),
                               "prevention_rows": stacked({})})
    found = _late(evidence, window.start) | _disputed(evidence, window.start) | _billed(evidence, window.start)
    found["over_limit"] = _limits(evidence, customers, window.start)
    items = evidence.ledger.items
    rows = {name: pointed(items.iloc[one.rows["item_id"]], amount=one.rows["amount_cents"].to_numpy(), detail=name)
            for name, one in found.items() if isinstance(one, Measured) and name in LISTED}
    return Chapter(tables={"prevention": _table(found, window.start, end), "prevention_rows": stacked(rows)})


def _late(evidence: Evidence, start: dt.date) -> dict[str, Measured | str]:
    """Measure what was late at its due date, in all and by whether a reminder went out before."""
    sold = evidence.ledger.items.take(evidence.invoices["item_id"].to_numpy())
    last = pd.Timestamp(evidence.as_of_date) - pd.Timedelta(days=1)
    due = sold[(sold["due_date"].between(pd.Timestamp(start), last) & (sold["origin_id"] < 0)
                & ~sold["is_age_unknown"]).to_numpy()]
    whole = prevention.late_at_due(due, claims=evidence.claims)
    log = getattr(evidence.intake, "actions", None)
    names = ("late_with_reminder", "late_without_reminder")
    said = {"late_at_due": whole if whole.of_cents else NO_DUE_INVOICE}
    if log is None or log.empty:
        return said | dict.fromkeys(names, NO_LOG)
    before = log[(log["step"].astype("str") == PRE_REMINDER) & log["done_on"].notna()]
    reminded = prevention.reminded_before_due(due, before)
    missing = {True: NO_PRE_REMINDER, False: ALL_REMINDED}
    parts = {flag: prevention.late_at_due(due[reminded == flag], claims=evidence.claims) for flag in (True, False)}
    return said | {name: parts[flag] if parts[flag].of_cents else missing[flag]
                   for name, flag in zip(names, (True, False), strict=True)}


def _disputed(evidence: Evidence, start: dt.date) -> dict[str, Measured | str]:
    if not evidence.intake.has_dispute_information:
        return {"disputed_after_due": reasons.DISPUTES_UNKNOWN}
    found = prevention.disputed_after_due(
        evidence.ledger.items, evidence.intake.disputes, start=start, end=evidence.as_of_date)
    return {"disputed_after_due": found if found.of_cents else NO_DATED_DISPUTE}


def _billed(evidence: Evidence, start: dt.date) -> dict[str, Measured | str]:
    names = ("cancelled_invoices", "rebilled_invoices")
    found = prevention.cancelled_invoices(
        evidence.ledger.items, evidence.ledger.allocations, start=start, end=evidence.as_of_date, days=REBILL_DAYS)
    return {name: one if one.of_cents else NO_INVOICE for name, one in zip(names, found, strict=True)}


def _limits(evidence: Evidence, customers: pd.DataFrame, start: dt.date) -> Measured | str:
    limited = customers[(customers["credit_limit_cents"] > 0) & ~customers["is_group"]]
    if limited.empty:
        return NO_LIMIT
    limits = limited.set_index("customer_id")["credit_limit_cents"]
    found = prevention.over_limit(evidence.ledger.items, limits, start=start, end=evidence.as_of_date)
    return found if found.of_cents else NO_INVOICE


def _table(found: dict[str, Measured | str], start: dt.date | None, end: dt.date) -> pd.DataFrame:
    table = pd.DataFrame([{"measure": name, **_row(found[name])} for name in MEASURES])
    table = table.assign(start=pd.Series([start] * len(table), dtype="datetime64[s]"), end=pd.Timestamp(end))
    return table.astype({"share": "float64", "reason": "str", "start": "datetime64[s]", "end": "datetime64[s]"})


def _row(found: Measured | str) -> dict[str, object]:
    if isinstance(found, str):
        return {"cases": 0, "cents": 0, "of_cases": 0, "of_cents": 0, "share": None, "reason": found}
    return {"cases": len(found.rows), "cents": found.cents, "of_cases": found.of_cases, "of_cents": found.of_cents,
            "share": found.share, "reason": ""}
