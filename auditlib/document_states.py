"""The state of each kind of document asked for: requested, late, received whole or in part, not applicable."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from auditlib.document_kinds import DOCUMENT_KINDS, LEDGER_KIND, DocumentKind
from auditlib.request_rules import DocumentRequest, RequestRules
from auditlib.review_rules import DocumentReview
from auditlib.texts import N_
from auditlib.working_days import working_day_after

__all__ = ["LEDGERS", "STATES", "DocumentState", "document_states"]

STATES = {
    "received": N_("reçu"), "partial": N_("reçu en partie"), "late": N_("en retard"), "requested": N_("demandé"),
    "to_request": N_("à demander"), "not_applicable": N_("sans objet"),
}
LEDGERS = frozenset(("customer_ledger", "general_ledger", "fec", "invoice_list", "open_items"))
"""Kinds read that hold the items themselves."""
PARTS = {"ledger": N_("grand livre"), "aged_balance": N_("balance âgée")}


@dataclass(frozen=True)
class DocumentState:
    """Where one kind of document stands.

    Attributes
    ----------
    kind, title, wanted : str
        Title and format in French: messages of the catalogue, or the auditor's own words.
    state : str
        A key of `STATES`.
    is_essential : bool
    requested_on, due_on, received_on : date or None
    files : tuple of str
    proposed : tuple of str
        Those of the files that only their name makes of this kind.
    missing : tuple of str
        Parts not received of a kind received in part.
    why : str
        Why it does not apply.
    is_past_due : bool
        Whether it, or a part of it, is still missing after the day it was due.
    reviewed : tuple of str
        Documents of this kind whose grid the auditor has filled in.
    reviewed_on : date or None
        The last day one was.
    """

    kind: str
    title: str
    wanted: str
    state: str
    is_essential: bool
    requested_on: dt.date | None
    due_on: dt.date | None
    received_on: dt.date | None
    files: tuple[str, ...]
    proposed: tuple[str, ...]
    missing: tuple[str, ...]
    why: str
    is_past_due: bool
    reviewed: tuple[str, ...] = ()
    reviewed_on: dt.date | None = None

    @property
    def is_missing(self) -> bool:
        """Whether the client still has something to send."""
        return self.state in ("partial", "late", "requested", "to_request")


def document_states(
    placed: pd.DataFrame, rules: RequestRules, *, day: dt.date, reviews: Mapping[str, DocumentReview] | None = None,
) -> tuple[DocumentState, ...]:
    """Return the state of each kind on a day: the nine, then those the auditor added.

    Parameters
    ----------
    placed : DataFrame
        `auditlib.document_placing.placed_documents`.
    rules : RequestRules
    day : date
        A kind is late from the day after it was due: `RequestRules.late_after` working days after its request.
    reviews : mapping, optional
        What the auditor read in documents, by document (`auditlib.review_rules.Reviews`).
    """
    read = {code: {name: one.read_on for name, one in (reviews or {}).items() if one.kind == code and one.points}
            for code in rules.codes()}
    return tuple(_state(code, placed[placed["document_kind"] == code], rules, day, read[code]) for code in read)


def _state(
    code: str, files: pd.DataFrame, rules: RequestRules, day: dt.date, read: Mapping[str, dt.date | None],
) -> DocumentState:
    """Return the state of a kind; what was read without its file, on paper, came that day at the latest."""
    read_on = max((one for one in read.values() if one), default=None)
    kind, asked = DOCUMENT_KINDS.get(code, DocumentKind("", "")), rules.of(code)
    received_on = asked.received_on or (files["received_on"].max().date() if len(files) else read_on)
    requested_on = asked.requested_on or rules.requested_on
    due_on = asked.due_on or (working_day_after(requested_on, rules.late_after) if requested_on else None)
    missing = _missing_parts(files) if code == LEDGER_KIND else ()
    came = received_on is not None and (bool(len(files)) or code != LEDGER_KIND)
    is_past_due = due_on is not None and day > due_on and (not came or bool(missing)) and not asked.not_applicable
    return DocumentState(
        code, asked.name or kind.title, asked.wanted or kind.wanted,
        _named(asked, came=came, in_part=bool(missing), is_past_due=is_past_due, is_requested=requested_on is not None),
        kind.is_essential if asked.essential is None else asked.essential, requested_on, due_on,
        received_on if came else None, tuple(files["name"]), tuple(files.loc[files["placed_by"] == "name", "name"]),
        missing if came else (), asked.not_applicable, is_past_due, tuple(read), read_on)


def _named(asked: DocumentRequest, *, came: bool, in_part: bool, is_past_due: bool, is_requested: bool) -> str:
    if asked.not_applicable:
        return "not_applicable"
    if came:
        return "partial" if in_part else "received"
    if is_past_due:
        return "late"
    return "requested" if is_requested else "to_request"


def _missing_parts(files: pd.DataFrame) -> tuple[str, ...]:
    """Tell which of ledger and aged balance was not read among the files."""
    read = {kind for kinds in files["kind"].astype("str") for kind in kinds.split("+")}
    came = {"ledger": bool(read & LEDGERS), "aged_balance": "aged_balance" in read}
    return tuple(title for part, title in PARTS.items() if not came[part])
