"""What aged balances alone give of the past: nothing but the state, or the evolution of several dated ones."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from auditlib import reasons
from auditlib.aged_balance_state import aged_buckets, aged_cube
from auditlib.aged_evolution import aged_evolution, dated_balances
from auditlib.history import History, no_history

if TYPE_CHECKING:
    from auditlib.loaders.intake import SecondSource

__all__ = ["aged_history"]


def aged_history(
    sources: Sequence["SecondSource"], *, customers: pd.DataFrame, as_of_date: dt.date, buckets: tuple[int, ...],
) -> History:
    """Return the history that aged balances tell, with the reason of what they do not.

    Parameters
    ----------
    sources : sequence of SecondSource
        The first gives the state at the as-of date.
    customers : DataFrame
        `schemas.CUSTOMERS`.
    as_of_date : date
    buckets : tuple of int
        Limits the parameters ask for. [days overdue]
    """
    state = aged_cube(sources[0], customers=customers, as_of_date=as_of_date)
    history = no_history(reasons.AGED_BALANCE_ONLY, buckets=buckets, state=state)
    balances = dated_balances(sources, as_of_date=as_of_date)
    if not balances:
        return history
    shown = set(aged_buckets(sources[0])["bucket"])
    past = [aged_cube(source, customers=customers, as_of_date=day) for day, source in balances.items()
            if day != as_of_date and set(aged_buckets(source)["bucket"]) <= shown]
    return replace(history, evolution=aged_evolution(balances), cube=_stacked([*past, state]),
                   reason=reasons.AGED_BALANCES)


def _stacked(cubes: list[pd.DataFrame]) -> pd.DataFrame:
    """Put cubes together, their repeated texts categorical again."""
    codes = [name for name in cubes[0].columns if isinstance(cubes[0][name].dtype, pd.CategoricalDtype)]
    whole = pd.concat([cube.astype(dict.fromkeys(codes, "str")) for cube in cubes], ignore_index=True)
    return whole.astype(dict.fromkeys(codes, "category"))
