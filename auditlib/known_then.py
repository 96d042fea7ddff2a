"""What an audit would have known on an earlier day: open items, claims and statuses as of then, nothing later."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.evidence import Evidence
from auditlib.ledger import build_ledger

__all__ = ["Known", "known_then"]

INVOICE_COLUMNS = ["item_id", "movement_id", "customer_id", "posting_date", "document_date", "due_date", "amount_cents"]


@dataclass(frozen=True)
class Known:
    """What was known at the end of a day.

    Attributes
    ----------
    day : date
    items : DataFrame
        `schemas.OPEN_ITEMS`.
    root_of_item, claim_of_item : ndarray of int64
        Item, and movement, of the claim each open item goes back to.
    invoices : DataFrame
        Invoices posted by then: ``item_id``, ``movement_id``, ``customer_id``, ``posting_date``, ``document_date``,
        ``due_date``, ``amount_cents``.
    claims : DataFrame
        `auditlib.replay.claims` dated by then, with ``claim`` (movement) and ``customer`` (code).
    disputes, promises : DataFrame
        Those known by then; a dispute closed later is still open.
    has_document_dates : bool
    """

    day: dt.date
    items: pd.DataFrame
    root_of_item: npt.NDArray[np.int64]
    claim_of_item: npt.NDArray[np.int64]
    invoices: pd.DataFrame
    claims: pd.DataFrame
    disputes: pd.DataFrame
    promises: pd.DataFrame
    has_document_dates: bool


def known_then(evidence: Evidence, day: dt.date) -> Known:
    """Return what was known on a day.

    Where the client's codes decide, a later posting changes nothing of an earlier day (INDICATORS.md 2) and the
    ledger is replayed; else later evidence may have taken the place of inferences, and the ledger is built again
    from what was posted by then.

    Raises
    ------
    BadInputError
        If nothing was posted by then.
    """
    moment = pd.Timestamp(day)
    is_past = day < evidence.as_of_date
    disputes = _disputes(evidence.intake.disputes, moment) if is_past else evidence.intake.disputes
    promises = evidence.intake.promises
    promises = promises[promises["made_on"] <= moment] if is_past else promises
    if is_past and evidence.ledger.matching.applied != "codes":
        evidence = _rebuilt(evidence, day, disputes)
    items = evidence.open_items if day == evidence.as_of_date else evidence.state(day)
    movement = evidence.ledger.items["movement_id"].to_numpy()
    customer = evidence.ledger.items["customer_id"].cat.codes.to_numpy().astype(np.int64)
    invoices = evidence.invoices.loc[evidence.invoices["posting_date"] <= moment, INVOICE_COLUMNS]
    claims = evidence.claims[evidence.claims["event_date"] <= moment]
    root = claims["root_id"].to_numpy()
    root_of_item = evidence.roots[items["item_id"].to_numpy()]
    return Known(day, items, root_of_item, movement[root_of_item], invoices,
                 claims.assign(claim=movement[root], customer=customer[root]), disputes, promises,
                 evidence.intake.has_document_dates)


def _disputes(disputes: pd.DataFrame, moment: pd.Timestamp) -> pd.DataFrame:
    known = disputes[disputes["opened_on"] <= moment]
    return known.assign(closed_on=known["closed_on"].where(known["closed_on"] <= moment))


def _rebuilt(evidence: Evidence, day: dt.date, disputes: pd.DataFrame) -> Evidence:
    moment, insolvencies = pd.Timestamp(day), evidence.intake.insolvencies
    opened = insolvencies["judgment_date"].fillna(insolvencies["publication_date"])
    intake = replace(evidence.intake, disputes=disputes, insolvencies=insolvencies[opened <= moment])
    ledger = build_ledger(evidence.intake.movements, as_of_date=day, method=evidence.parameters.method,
                          accepted=evidence.intake.accepted)
    return Evidence(intake, evidence.parameters, day, ledger)
