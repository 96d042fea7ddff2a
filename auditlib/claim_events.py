"""What was settled and credited of claims, each by its own limit day: asked often, taken apart once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_numbers
from auditlib.ordering import sums_at

__all__ = ["ClaimEvents", "claim_events"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ClaimEvents:
    """Settlements and credit notes of some roots.

    Attributes
    ----------
    kinds : tuple
        Settlements, then credit notes: place of the root, day number and amount of each. [cents, VAT included]
    roots : int
        How many roots.
    """

    kinds: tuple[tuple[Ints, npt.NDArray[np.int32], Ints], ...]
    roots: int

    def by(self, limit: Ints) -> tuple[Ints, Ints]:
        """Return the settlements and the credit notes allocated to each root by its own limit day [cents]."""
        settled, credited = (self._sum(part, limit) for part in self.kinds)
        return settled, credited

    def _sum(self, part: tuple[Ints, npt.NDArray[np.int32], Ints], limit: Ints) -> Ints:
        at, day, amount = part
        chosen = np.flatnonzero(day <= limit[at])
        return sums_at(at[chosen], amount[chosen], count=self.roots)


def claim_events(ids: Ints, claims: pd.DataFrame) -> ClaimEvents:
    """Take out of the events of all claims those of some roots.

    Parameters
    ----------
    ids : ndarray of int64, shape (n_roots,)
    claims : DataFrame
        What `auditlib.replay.claims` lists: ``root_id``, ``event_date``, ``amount_cents``, ``kind``.
    """
    root, kind = claims["root_id"].to_numpy(), claims["kind"].astype("category").cat
    place = np.full(max(int(ids.max(initial=-1)), int(root.max(initial=-1))) + 1, -1, dtype=np.int64)
    place[ids] = np.arange(len(ids))
    at, code = place[root], kind.codes.to_numpy()
    day, amount = day_numbers(claims["event_date"]), claims["amount_cents"].to_numpy()
    rows = [np.flatnonzero((at >= 0) & (code == kind.categories.get_indexer(pd.Index([name]))[0]))
            for name in ("settlement", "credit")]
    return ClaimEvents(tuple((at[few], day[few], amount[few]) for few in rows), len(ids))
