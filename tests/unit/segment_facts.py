"""An audit ready to be divided, for tests."""

import datetime as dt
from typing import Any

import pandas as pd

from auditlib.customer_table import customer_table
from auditlib.evidence import Evidence
from auditlib.history import replay_history
from auditlib.ledger import build_ledger
from auditlib.loaders.intake import Intake
from auditlib.parameters import Method, Parameters
from auditlib.segment_facts import SegmentFacts
from auditlib.settings import SegmentChoices
from tests.unit.intakes import T, intake_of

__all__ = ["facts_of", "oracle_ledger"]


def facts_of(
    intake: Intake | pd.DataFrame, *, as_of_date: dt.date = T, bands: tuple[int, ...] = (), **method: Any,
) -> SegmentFacts:
    """Return the facts of an intake, or of movements with nothing beside."""
    intake = intake if isinstance(intake, Intake) else intake_of(intake)
    parameters = Parameters(client="acme", as_of_date=as_of_date, documents=["."], method=Method(**method),
                            segments=SegmentChoices(balance_bands=bands))
    ledger = build_ledger(intake.movements, as_of_date=as_of_date, method=parameters.method,
                          replayable=intake.basis in ("ledger", "invoice_list"))
    evidence = Evidence(intake, parameters, as_of_date, ledger)
    return SegmentFacts(evidence, replay_history(evidence), customer_table(evidence))


def oracle_ledger(
    facts: SegmentFacts, *, own: list[str],
) -> tuple[list[dict[str, Any]], list[tuple[int, int, int, dt.date]]]:
    """Return items and allocations as `tests.oracle_segments` reads them; `own` is each item's segment."""
    ledger = facts.evidence.ledger
    rows = ledger.items[["amount_cents", "posting_date", "due_date", "kind", "is_age_unknown"]]
    items = [{"id": number, "amount": row[0], "posted": row[1].date(),
              "due": None if pd.isna(row[2]) else row[2].date(), "kind": row[3], "unknown": row[4], "own": own[number]}
             for number, row in enumerate(rows.itertuples(index=False, name=None))]
    made = ledger.allocations[["debit_id", "credit_id", "amount_cents", "allocation_date"]]
    return items, [(a, b, c, d.date()) for a, b, c, d in made.itertuples(index=False, name=None)]
