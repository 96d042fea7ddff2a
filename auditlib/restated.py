"""The receivable with claims sold with recourse added back (INDICATORS.md 1, set apart)."""

import datetime as dt

import pandas as pd

__all__ = ["added_back"]


def added_back(ceded: pd.DataFrame, *, open_items: pd.DataFrame, as_of_date: dt.date) -> pd.DataFrame:
    """Return what each claim sold with recourse adds to the receivable at a date.

    A discounted bill counts until it falls due, a factored invoice until its debtor has paid; neither before it was
    sold. What is still open on the same customer and reference in the receivable is not added a second time.

    Parameters
    ----------
    ceded : DataFrame
        `schemas.CEDED`. [cents, VAT included]
    open_items : DataFrame
        `schemas.OPEN_ITEMS` at the date.
    as_of_date : date

    Returns
    -------
    DataFrame
        The claims that count, with ``added_cents`` (> 0). [cents, VAT included]
    """
    day = pd.Timestamp(as_of_date)
    sold = ~(ceded["ceded_on"] > day)
    unpaid = ~(ceded["settled_on"] <= day)
    running = (ceded["way"] != "discounted") | (ceded["due_date"] > day)
    claims = ceded[sold & unpaid & running]
    debits = open_items[(open_items["residual_cents"] > 0) & (open_items["document_ref"] != "")]
    keys = ["customer_id", "document_ref"]
    left = debits.astype({"customer_id": "str"}).groupby(keys)["residual_cents"].sum().rename("left").reset_index()
    beside = claims[keys].astype("str").merge(left, on=keys, how="left")["left"].fillna(0).astype("int64")
    beside = beside.set_axis(claims.index)
    before = claims["amount_cents"].groupby([claims["customer_id"], claims["document_ref"]]).cumsum()
    before -= claims["amount_cents"]
    still = (beside - before).clip(lower=0)
    added = (claims["amount_cents"] - still).clip(lower=0)
    return claims.assign(added_cents=added)[added > 0].reset_index(drop=True)
