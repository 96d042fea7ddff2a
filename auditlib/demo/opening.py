"""The cut at the first day of the ledger: what was open the day before becomes its opening."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.demo.behaviour import NEVER
from auditlib.demo.book import ACCOUNTS, NO_KEY, code_of
from auditlib.demo.days import Days

__all__ = ["cut_at"]

OUTSIDE = ACCOUNTS.index("419100")


def cut_at(items: pd.DataFrame, links: pd.DataFrame, *, start: int, lump: npt.NDArray[np.bool_],
           ) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Replace what was posted before `start` by opening items, and renumber in posting order.

    Parameters
    ----------
    items, links : DataFrame
        Of a `Book`; the index of `items` is the key.
    start : int
        First day of the ledger.
    lump : ndarray of bool
        By customer: the opening is one line per account, without dates or reference.

    Returns
    -------
    tuple of DataFrame
        Items whose position is their number, and links between these numbers with their ``day``.
    """
    posting = items["posting"].to_numpy()
    links = links.assign(day=np.maximum(posting[links["debit"]], posting[links["credit"]]))
    past = posting < start
    opening = _residuals(items, links[links["day"] < start])
    kept = items[~past | (opening != 0)].copy()
    is_opening = (kept["posting"] < start).to_numpy()
    kept.loc[is_opening, "amount"] = opening[kept["key"].to_numpy()[is_opening]]
    kept.loc[is_opening, "kind"] = code_of("opening")
    kept.loc[is_opening, "posting"] = start
    target = _lumped(kept, is_opening & lump[kept["customer"]] & (kept["amount"] > 0).to_numpy(), start)
    kept = kept[target == kept["key"].to_numpy()].copy()
    return _renumbered(kept, links[links["day"] >= start], items, target_of=_as_map(items, target))


def _residuals(items: pd.DataFrame, settled: pd.DataFrame) -> Days:
    taken = np.bincount(settled["debit"], weights=settled["amount"], minlength=len(items))
    given = np.bincount(settled["credit"], weights=settled["amount"], minlength=len(items))
    return items["amount"].to_numpy() - taken.astype(np.int64) + given.astype(np.int64)


def _lumped(kept: pd.DataFrame, is_lump: npt.NDArray[np.bool_], start: int) -> pd.Series:
    """Merge the opening lines of a customer's account into the first; return where each item went."""
    target = pd.Series(kept["key"].to_numpy(), index=kept["key"].to_numpy())
    lines = kept[is_lump & (kept["account"] != OUTSIDE)]
    by_account = lines.groupby(["customer", "account"])
    target[lines["key"].to_numpy()] = by_account["key"].transform("min").to_numpy()
    kept.loc[lines.index, "amount"] = by_account["amount"].transform("sum")
    kept.loc[lines.index, ["document", "due", "true_due"]] = [start, -NEVER, start]
    kept.loc[lines.index, "quotes"] = 0
    return target


def _as_map(items: pd.DataFrame, target: pd.Series) -> Days:
    where = np.full(len(items), NO_KEY, dtype=np.int64)
    where[target.index.to_numpy()] = target.to_numpy()
    return where


def _renumbered(kept: pd.DataFrame, links: pd.DataFrame, items: pd.DataFrame, *, target_of: Days,
                ) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Order items by posting day, entry and account; what points at an item follows it."""
    kept = kept.sort_values(["posting", "entry", "account", "key"], kind="stable")
    number = np.full(len(items) + 1, NO_KEY, dtype=np.int64)  # one more, so that NO_KEY stays NO_KEY
    number[kept["key"].to_numpy()] = np.arange(len(kept))
    target_of = np.append(target_of, NO_KEY)
    follow = number[target_of]
    links = links.assign(debit=follow[links["debit"]], credit=follow[links["credit"]])
    links = links.groupby(["debit", "credit"], as_index=False).agg({"amount": "sum", "day": "max"})
    return kept.assign(origin=follow[kept["origin"]], first_key=kept["key"],
                       key=np.arange(len(kept))).reset_index(drop=True), links
