"""The auditor's corrections, applied to the tables as loaded: a pure function, before anything is matched."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.adjustments.changes import apply_changes
from auditlib.adjustments.targets import find_targets
from auditlib.schemas import ACCEPTED, ADJUSTMENTS, MOVEMENTS, validate

if TYPE_CHECKING:
    from auditlib.loaders.intake import Intake

__all__ = ["Adjusted", "adjust"]


@dataclass(frozen=True)
class Adjusted:
    """A client's documents as the auditor corrected them.

    Attributes
    ----------
    intake : Intake
        With the corrections; `movement_id` is numbered anew where items left.
    rows : DataFrame
        `schemas.ADJUSTMENTS`; each is applied or rejected.
    excluded : DataFrame
        `schemas.MOVEMENTS` that left the receivable, as the documents have them. [cents, VAT included]
    places : ndarray of int64
        Where each of the corrected items stands among those as loaded.
    """

    intake: "Intake"
    rows: pd.DataFrame
    excluded: pd.DataFrame
    places: npt.NDArray[np.int64]

    @property
    def is_changed(self) -> bool:
        """Whether a correction was applied."""
        return bool((self.rows["status"] == "applied").any())


def adjust(intake: "Intake", rows: pd.DataFrame, *, language: str = "fr") -> Adjusted:
    """Apply the auditor's corrections to the documents' tables.

    A target is found by file, sheet and row, and must still have the customer, reference and amount written beside: in
    a file sent again, with other rows, a correction is rejected and says where its item may stand now. Of two
    corrections of one thing, the later row counts.

    Parameters
    ----------
    intake : Intake
        Not changed.
    rows : DataFrame
        `schemas.ADJUSTMENTS`, as read.
    language : {"fr", "en"}
        Of the reasons why a row is rejected.

    Returns
    -------
    Adjusted
        The balance of the documents is that of the corrected tables plus what is excluded, to the cent.
    """
    excluded = intake.movements.iloc[:0]
    if not len(rows):
        return Adjusted(intake, rows, excluded, np.arange(len(intake.movements)))
    targets = find_targets(rows, movements=intake.movements, customers=intake.customers, language=language)
    edits, judged = apply_changes(targets, intake=intake, language=language)
    judged = validate(judged, ADJUSTMENTS)[list(ADJUSTMENTS.columns)]
    dropped = np.zeros(len(intake.movements), dtype=bool)
    dropped[list(edits.dropped)] = True
    accepted = validate(pd.DataFrame(edits.matches, columns=list(ACCEPTED.columns)), ACCEPTED)
    changed = replace(intake, movements=edits.of_movements(intake.movements), accepted=accepted,
                      customers=edits.of_customers(intake.customers), deposits=edits.of_deposits(intake.deposits))
    return Adjusted(_without(changed, dropped), judged, intake.movements[dropped].reset_index(drop=True),
                    np.flatnonzero(~dropped))


def _without(intake: "Intake", dropped: npt.NDArray[np.bool_]) -> "Intake":
    """Take items out, and what is said of them alone."""
    if not dropped.any():
        return intake
    place = pd.Series(np.where(dropped, -1, np.cumsum(~dropped) - 1))
    kept = intake.movements[~dropped].reset_index(drop=True)
    extra = [name for name in kept if name not in MOVEMENTS.columns]
    movements = validate(kept.assign(movement_id=np.arange(len(kept))), MOVEMENTS)[[*MOVEMENTS.columns, *extra]]
    moved: dict[str, Any] = {"accepted": validate(intake.accepted.apply(lambda numbers: numbers.map(place)), ACCEPTED)}
    for name in ("disputes", "promises"):
        said = getattr(intake, name)
        numbers = said["movement_id"]
        target = numbers.map(place).fillna(-1).astype("int64")
        gone = (numbers >= 0) & (target < 0)
        moved[name] = said.assign(movement_id=target)[~gone].reset_index(drop=True)
    return replace(intake, movements=movements, **moved)
