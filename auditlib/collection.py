"""Collection effectiveness and dilution (INDICATORS.md 4; worked examples: DOMAIN.md A3)."""

import pandas as pd

from auditlib.amounts import ratio
from auditlib.results import Window

__all__ = ["collection_effectiveness_index", "dilution_rate", "posted_between"]


def posted_between(items: pd.DataFrame, *, kind: str, window: Window) -> int:
    """Return the signed sum of one kind of item posted in a window [cents, VAT included]."""
    posted = items["posting_date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end))
    return int(items.loc[posted & (items["kind"] == kind), "amount_cents"].sum())


def collection_effectiveness_index(
    opening_cents: int, *, sales_cents: int, closing_cents: int, closing_not_due_cents: int, write_offs_cents: int,
) -> float | None:
    """Return what was collected over what could have been.

    Parameters
    ----------
    opening_cents, closing_cents : int
        Receivable at both ends of the window. [cents, VAT included]
    sales_cents : int
        Net sales of the same window. [cents, VAT included]
    closing_not_due_cents : int
        Gross residual not due at the end. [cents, VAT included]
    write_offs_cents : int
        Written off in the window, as a positive amount. [cents, VAT included]

    Returns
    -------
    float or None
        None where nothing could have been collected. [share 0–1]

    Examples
    --------
    >>> round(collection_effectiveness_index(6_200, sales_cents=10_890, closing_cents=6_340,
    ...                                      closing_not_due_cents=3_590, write_offs_cents=0), 4)
    0.7963
    """
    collectible = opening_cents + sales_cents - closing_not_due_cents
    return ratio(opening_cents + sales_cents - closing_cents - write_offs_cents, collectible)


def dilution_rate(credit_notes_cents: int, *, invoiced_cents: int) -> float | None:
    """Return credit notes (given as a positive amount) over gross invoiced; None without invoices [share 0–1]."""
    return ratio(credit_notes_cents, invoiced_cents)
