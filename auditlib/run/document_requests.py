"""The documents of an engagement: what was asked, what came, the e-mails and calendar files that follow."""

import datetime as dt
import functools
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pandas as pd

from auditlib import schemas
from auditlib.deliver.call_proposal import call_proposal, contact_calendar, slots_calendar
from auditlib.deliver.document_mails import document_reminder, document_request
from auditlib.document_placing import placed_documents
from auditlib.document_states import DocumentState, document_states
from auditlib.errors import BadInputError
from auditlib.first_call import FirstCall, first_call
from auditlib.formats import Formats
from auditlib.run import stored
from auditlib.run.engagement import Engagement

__all__ = ["DocumentFollowUp", "documents_of", "write_document_mails"]

REQUEST, REMINDER = "demande_documents.eml", "relance_documents.eml"
PROPOSAL, SLOTS, CONTACT = "entretien.eml", "entretien.ics", "prise_de_contact.ics"


@dataclass(frozen=True)
class DocumentFollowUp:
    """Where the documents of an engagement stand on a day.

    Attributes
    ----------
    audit : Engagement
    placed : DataFrame
        `auditlib.document_placing.placed_documents`; no row before anything came.
    day : date
        On which states are told.
    """

    audit: Engagement
    placed: pd.DataFrame
    day: dt.date

    @functools.cached_property
    def states(self) -> tuple[DocumentState, ...]:
        """The state of each kind of document."""
        parameters = self.audit.parameters
        return document_states(self.placed, parameters.requests, day=self.day, reviews=parameters.reviews)

    @functools.cached_property
    def e_invoices(self) -> pd.DataFrame:
        """The electronic invoices among what was received (`schemas.E_INVOICES`)."""
        return self.audit.documents().e_invoices if len(self.placed) else schemas.empty(schemas.E_INVOICES)

    @functools.cached_property
    def call(self) -> FirstCall:
        """By when the client is called, and the hours proposed."""
        return first_call(self.states, self.audit.parameters.requests.call, day=self.day)

    @property
    def formats(self) -> Formats:
        """How dates are written for this client."""
        return Formats(language=self.audit.language)

    def request(self) -> EmailMessage | None:
        """Return the e-mail that asks for what is missing."""
        return document_request(self.states, self.audit.parameters, self.formats)

    def reminder(self) -> EmailMessage | None:
        """Return the e-mail that reminds of what was asked for and is missing."""
        return document_reminder(self.states, self.audit.parameters, self.formats)

    def proposal(self) -> EmailMessage | None:
        """Return the e-mail that proposes the interview."""
        return call_proposal(self.call, self.audit.parameters, self.formats)


def documents_of(audit: Engagement, *, may_read: bool = True) -> DocumentFollowUp:
    """Return where an engagement's documents stand: today, or on ``requests.seen_on``.

    Parameters
    ----------
    audit : Engagement
    may_read : bool
        False: only what the run has read already counts as received.

    Raises
    ------
    BadInputError
        If a document cannot be read, or the parameters place a file that was not received.
    """
    rules, source = audit.parameters.requests, audit.parameters.source
    placed = placed_documents(_received(audit, may_read=may_read), rules, name=source.name)
    day = rules.seen_on or dt.date.today()  # noqa: DTZ011 -- the auditor's own calendar day
    return DocumentFollowUp(audit, placed, day)


def write_document_mails(documents: DocumentFollowUp, run_dir: Path) -> None:
    """Write the e-mail drafts and calendar files that the documents call for; what none calls for is removed."""
    drafts = {REQUEST: documents.request(), REMINDER: documents.reminder(), PROPOSAL: documents.proposal()}
    written = {name: bytes(draft) for name, draft in drafts.items() if draft is not None}
    parameters, call = documents.audit.parameters, documents.call
    if call.deadline is not None:
        written[CONTACT] = contact_calendar(call, parameters, documents.formats).encode()
        written[SLOTS] = slots_calendar(call, parameters, documents.formats).encode()
    for name in (*drafts, SLOTS, CONTACT):
        if name in written:
            (run_dir / name).write_bytes(written[name])
        else:
            (run_dir / name).unlink(missing_ok=True)


def _received(audit: Engagement, *, may_read: bool) -> pd.DataFrame:
    """Return the register of the documents; empty while none may be read, or none came."""
    nda, run_dir = audit.parameters.nda, audit.run_dir
    is_read = run_dir is not None and stored.has_intake(run_dir)
    if (nda.is_signed or nda.allow_unsigned) and (is_read or (may_read and _has_documents(audit))):
        return audit.documents().register
    return schemas.empty(schemas.REGISTER)


def _has_documents(audit: Engagement) -> bool:
    try:
        return bool(audit.parameters.document_paths())
    except BadInputError:
        return False
