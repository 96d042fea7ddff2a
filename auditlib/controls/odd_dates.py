"""Tests of when entries were made: validated long after posting, or posted on a day off."""

import numpy as np
import pandas as pd

from auditlib.controls.entries import Mask, misc_entries, sale_entries
from auditlib.controls.found import NO_POSTING, Found, not_tested, pointed
from auditlib.dates import day_numbers
from auditlib.texts import N_
from auditlib.working_days import is_day_off

__all__ = ["days_off", "late_validation"]

NO_VALIDATION = N_("Non testé : les fichiers ne portent pas de date de validation (ValidDate du FEC).")


def late_validation(entries: pd.DataFrame, *, days: int) -> Found:
    """List the entries validated long after their posting (existence).

    Parameters
    ----------
    entries : DataFrame, schema ITEMS
        Of the period looked at; with ``valid_date`` where the file has one.
    days : int
        From posting to validation. [days]

    References
    ----------
    DOMAIN.md E: ValidDate − EcritureDate > 60 days.
    """
    if "valid_date" not in entries or not entries["valid_date"].notna().any():
        return not_tested(NO_VALIDATION, days=days)
    validated = entries[entries["valid_date"].notna().to_numpy()]
    delay = (validated["valid_date"] - validated["posting_date"]).dt.days.to_numpy(dtype="float64")
    late = delay > days
    return Found(
        len(validated), int(validated["amount_cents"].abs().sum()),
        pointed(validated[late], amount=validated["amount_cents"][late].abs(), detail="validated_late",
                days=delay[late]),
        {"days": days}, {"latest": int(delay.max(initial=0))})


def days_off(entries: pd.DataFrame, *, batch_lines: int, habit: float, has_posting_dates: bool) -> Found:
    """List sales and miscellaneous entries posted on a Saturday, a Sunday or a French public holiday (existence).

    A day on which one journal has `batch_lines` lines or more is an automatic batch; a journal with more than the
    share `habit` of its lines on days off belongs to someone who works then (a shop). Both are left out.

    Parameters
    ----------
    entries : DataFrame, schema ITEMS
        Of the period looked at.
    batch_lines : int
        [lines of one journal and day]
    habit : float
        [share 0–1]
    has_posting_dates : bool
        False for lists that know the document's date only.
    """
    parameters = {"batch_lines": batch_lines, "habit_share": habit}
    if not has_posting_dates:
        return not_tested(NO_POSTING, **parameters)
    looked_at = entries[sale_entries(entries) | misc_entries(entries)]
    day = day_numbers(looked_at["posting_date"])
    off = is_day_off(day)
    kept = off & ~_is_batch(looked_at, day, batch_lines) & ~_is_habit(looked_at, off, habit)
    found = looked_at[kept]
    weekday = (day[kept].astype(np.int64) + 3) % 7
    detail = np.select([weekday == 5, weekday == 6], ["saturday", "sunday"], "holiday")
    return Found(
        len(looked_at), int(looked_at["amount_cents"].abs().sum()),
        pointed(found, amount=found["amount_cents"].abs(), detail=detail), parameters,
        {"left_out": int(off.sum() - kept.sum())})


def _is_batch(entries: pd.DataFrame, day: np.ndarray[tuple[int], np.dtype[np.int32]], lines: int) -> Mask:
    journal = entries["journal"].cat.codes.to_numpy().astype(np.int64)
    first = int(day.min(initial=0))
    group = pd.factorize((journal + 1) * (int(day.max(initial=0)) - first + 1) + day - first)[0]
    return np.bincount(group)[group] >= lines if len(group) else np.zeros(0, dtype=bool)


def _is_habit(entries: pd.DataFrame, off: Mask, habit: float) -> Mask:
    journal = entries["journal"].cat.codes.to_numpy().astype(np.int64) + 1
    lines, lines_off = np.bincount(journal), np.bincount(journal, weights=off)
    is_habit = lines_off > habit * lines
    return is_habit[journal] if len(journal) else np.zeros(0, dtype=bool)
