"""How much of the exposure sits with how few debtors (INDICATORS.md 4; worked examples: DOMAIN.md A10)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["abc_classes", "exposures", "gini", "herfindahl", "top_share"]

CLASS_LIMITS = (0.80, 0.95)


def exposures(customers: pd.DataFrame) -> pd.Series:
    """Return the positive balances, largest first, a group's companies under their head.

    Parameters
    ----------
    customers : DataFrame
        ``customer_id``, ``group_id`` ("" where none) and ``receivable_cents``.

    Returns
    -------
    Series of int64
        By group head or customer. [cents, VAT included]
    """
    head = customers["group_id"].where(customers["group_id"] != "", customers["customer_id"])
    balances = customers["receivable_cents"].groupby(head.to_numpy()).sum()
    return balances[balances > 0].sort_values(ascending=False, kind="stable")


def top_share(balances: pd.Series, *, count: int) -> float | None:
    """Return the share of the `count` largest balances; None where there is no balance [share 0–1]."""
    total = balances.sum()
    return float(balances.nlargest(count).sum() / total) if total > 0 else None


def herfindahl(balances: pd.Series) -> float | None:
    """Return the Herfindahl–Hirschman index: the sum of squared shares in per cent [0–10 000].

    Examples
    --------
    >>> herfindahl(pd.Series([30, 30, 20, 20]))
    2600.0
    """
    total = balances.sum()
    return float(10_000 * (balances.astype("float64") ** 2).sum() / float(total) ** 2) if total > 0 else None


def gini(balances: pd.Series) -> float | None:
    """Return the Gini coefficient of balances that are not negative; None where all are nil [0–1].

    Examples
    --------
    >>> gini(pd.Series([0, 0, 0, 1]))
    0.75
    """
    ordered: npt.NDArray[np.float64] = np.sort(balances.to_numpy(dtype="float64"))
    count, total = len(ordered), ordered.sum()
    if total <= 0:
        return None
    weights = 2 * np.arange(1, count + 1) - count - 1
    return float((weights * ordered).sum() / (count * total))


def abc_classes(balances: pd.Series) -> pd.DataFrame:
    """Return the ABC table: A holds the first debtors up to 80 % of the exposure, B up to 95 %, C the rest.

    Returns
    -------
    DataFrame
        ``abc_class``, ``customers``, ``amount_cents`` and ``share`` [share 0–1]; all three classes, even nil.
    """
    ordered = balances.sort_values(ascending=False, kind="stable").to_numpy(dtype="int64")
    total = ordered.sum()
    before = np.cumsum(ordered) - ordered
    classes = np.searchsorted(np.array(CLASS_LIMITS) * total, before, side="right")
    amounts = np.bincount(classes, weights=ordered, minlength=3).astype("int64")
    shares = amounts / total if total > 0 else np.full(3, np.nan)
    return pd.DataFrame({"abc_class": list("ABC"), "customers": np.bincount(classes, minlength=3),
                         "amount_cents": amounts, "share": shares})
