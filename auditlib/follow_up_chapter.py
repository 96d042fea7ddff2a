"""Chapter of follow-up: every promise with what became of it, and the disputes still open."""

import pandas as pd

from auditlib.chapter import Chapter
from auditlib.dates import add_months
from auditlib.evidence import Evidence
from auditlib.history import History
from auditlib.payer_evidence import judged_promises
from auditlib.results import Window
from auditlib.statuses import in_force

__all__ = ["UNITS", "follow_up_chapter"]

UNITS: dict[str, str] = {}
"""The follow-up gives tables only."""
EVER_MONTHS = 1200
PROMISE_COLUMNS = {
    "customer_id": "str", "movement_id": "int64", "document_ref": "str", "amount_cents": "int64",
    "made_on": "datetime64[s]", "promised_on": "datetime64[s]", "paid_cents": "int64", "outcome": "category"}
DISPUTE_COLUMNS = {
    "movement_id": "int64", "customer_id": "str", "document_ref": "str", "amount_cents": "int64",
    "opened_on": "datetime64[s]", "closed_on": "datetime64[s]", "reason": "str", "owner": "str"}


def follow_up_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame) -> Chapter:
    """Return promises and open disputes as a collector follows them.

    Parameters
    ----------
    evidence : Evidence
    history : History
    customers : DataFrame
        Neither is needed here.

    Returns
    -------
    Chapter
        Tables ``promises``, one row a promise made by the as-of date: ``customer_id``, ``movement_id`` and
        ``document_ref`` (-1 and "" where it names none), ``amount_cents``, ``made_on``, ``promised_on``, ``paid_cents``
        (in time) and ``outcome`` (`auditlib.promises.OUTCOMES`; unjudged where payments are not known); and
        ``disputes``, one row an open one: `schemas.DISPUTES` with ``customer_id`` and ``document_ref``. [cents, VAT
        included]
    """
    return Chapter(tables={"promises": _promises(evidence), "disputes": _disputes(evidence)})


def _promises(evidence: Evidence) -> pd.DataFrame:
    if evidence.has_flows:
        ever = Window(add_months(evidence.as_of_date, -EVER_MONTHS), evidence.as_of_date, EVER_MONTHS)
        judged = judged_promises(evidence, window=ever)
    else:
        made = evidence.intake.promises
        made = made[~(made["made_on"] > pd.Timestamp(evidence.as_of_date))]
        coming = made["promised_on"] >= pd.Timestamp(evidence.as_of_date)
        judged = made.assign(paid_cents=0, outcome=coming.map({True: "pending", False: "unjudged"}))
    reference = _references(evidence, judged["movement_id"])
    return judged.assign(document_ref=reference)[list(PROMISE_COLUMNS)].astype(PROMISE_COLUMNS).reset_index(drop=True)


def _disputes(evidence: Evidence) -> pd.DataFrame:
    listed = evidence.intake.disputes
    held = listed[in_force(listed["opened_on"], listed["closed_on"], as_of_date=evidence.as_of_date, latest=True)]
    movements = evidence.intake.movements
    named = held.assign(
        customer_id=movements["customer_id"].astype("str").reindex(held["movement_id"]).fillna("").to_numpy(),
        document_ref=_references(evidence, held["movement_id"]))
    return named[list(DISPUTE_COLUMNS)].astype(DISPUTE_COLUMNS).reset_index(drop=True)


def _references(evidence: Evidence, movement: pd.Series) -> pd.Series:
    """Return the document of each movement, "" for none; ``movement_id`` is the row position."""
    references = evidence.intake.movements["document_ref"].astype("str").reindex(movement).fillna("")
    return pd.Series(references.to_numpy(), index=movement.index, dtype="str")
