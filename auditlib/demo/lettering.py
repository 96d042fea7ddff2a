"""The accountant's lettering: groups that sum to zero, coded AA, AB… within each customer."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.demo.behaviour import NEVER
from auditlib.demo.book import code_of
from auditlib.demo.days import Days, next_business_day, to_dates
from auditlib.demo.habits import Habits

__all__ = ["groups_of", "letter"]

SMALL = 40_000  # cents


def letter(items: pd.DataFrame, links: pd.DataFrame, *, last: int, habits: Habits, calendar: np.busdaycalendar,
           rng: np.random.Generator) -> pd.DataFrame:
    """Letter most groups of items that pay one another in full.

    Returns
    -------
    DataFrame
        `items` with ``matching_code`` ("" where open) and ``lettered`` (day, `NEVER` where open). A group
        closed by a transfer to another account is always lettered: it is one stroke of the keyboard.
    """
    group = groups_of(len(items), links)
    count = len(items)
    balance = np.bincount(group, weights=items["amount"], minlength=count)
    closed = np.zeros(count, dtype=np.int64)
    np.maximum.at(closed, group, items["posting"].to_numpy())
    moved = np.bincount(group, weights=items["kind"] == code_of("reclassification"), minlength=count) > 0
    size = np.bincount(group, minlength=count)
    lag = np.where(moved, 0, np.rint(rng.exponential(habits.lettering_lag_days, count))).astype(np.int64)
    day = next_business_day(closed + lag, calendar)
    careful = (rng.random(count) < _chance(items, group, closed, last, habits)) | moved
    done = (size > 1) & (np.rint(balance) == 0) & careful & (day <= last)
    lettered = np.where(done, day, NEVER)[group]
    return items.assign(lettered=lettered, matching_code=_codes(items, group, lettered, habits.codes_restart_yearly))


def _chance(items: pd.DataFrame, group: Days, closed: Days, last: int, habits: Habits) -> npt.NDArray[np.float64]:
    """Return how likely each group is to be lettered: the large and the old ones come first."""
    debits = np.bincount(group, weights=items["amount"].clip(lower=0), minlength=len(items))
    rate = np.where(debits < SMALL, habits.small_lettering_rate, habits.lettering_rate)
    chance: npt.NDArray[np.float64] = np.where(closed > last - 30, rate * (1 - habits.backlog_rate), rate)
    return chance


def groups_of(count: int, links: pd.DataFrame) -> Days:
    """Return for each item the smallest item number it is connected with, links being read both ways."""
    group = np.arange(count, dtype=np.int64)
    debit, credit = links["debit"].to_numpy(), links["credit"].to_numpy()
    while True:
        low = np.minimum(group[debit], group[credit])
        before = group.copy()
        np.minimum.at(group, debit, low)
        np.minimum.at(group, credit, low)
        group = group[group]
        if np.array_equal(before, group):
            return group


def _codes(items: pd.DataFrame, group: Days, lettered: Days, restart_yearly: bool) -> npt.NDArray[np.object_]:
    """Give the groups of each customer their codes, in the order they were lettered."""
    heads = pd.DataFrame({"customer": items["customer"], "group": group, "lettered": lettered})
    heads = heads[(heads["group"] == heads.index) & (heads["lettered"] < NEVER)]
    heads = heads.sort_values(["customer", "lettered", "group"], kind="stable")
    year = to_dates(heads["lettered"].to_numpy()).astype("datetime64[Y]").astype(np.int64) if restart_yearly else 0
    rank = heads.assign(year=year).groupby(["customer", "year"]).cumcount().to_numpy()
    codes = np.full(len(items), "", dtype=object)
    codes[heads["group"].to_numpy()] = _letters(int(rank.max(initial=0)))[rank]
    shared: npt.NDArray[np.object_] = codes[group]
    return shared


def _letters(highest: int) -> npt.NDArray[np.object_]:
    """Return AA … ZZ, then AAA … ZZZ, up to the code numbered `highest`."""
    alphabet: npt.NDArray[np.object_] = np.array([chr(65 + place) for place in range(26)], dtype=object)
    codes: npt.NDArray[np.object_] = (alphabet[:, None] + alphabet).ravel()
    if highest >= len(codes):
        codes = np.concatenate([codes, (alphabet[:, None] + codes).ravel()])
    if highest >= len(codes):
        codes = np.concatenate([codes, (alphabet[:, None] + codes[26**2:]).ravel()])
    return codes
