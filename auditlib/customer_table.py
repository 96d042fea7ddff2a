"""One row a customer: balance, overdue, dispute, age and sales, whatever the documents allow."""

import pandas as pd

from auditlib.evidence import Evidence

__all__ = ["MEASURES", "customer_table"]

MEASURES = ("receivable_cents", "gross_cents", "overdue_cents", "net_overdue_cents", "unallocated_cents",
            "disputed_cents", "oldest_days_overdue", "sales_window_cents", "share")


def customer_table(evidence: Evidence) -> pd.DataFrame:
    """Return every customer with his figures at the as-of date.

    Returns
    -------
    DataFrame
        `schemas.CUSTOMERS`, then ``receivable_cents``, ``gross_cents``, ``overdue_cents``, ``net_overdue_cents``,
        ``unallocated_cents`` (nil or negative), ``disputed_cents`` [cents, VAT included], ``oldest_days_overdue``
        [days, NaN where nothing is overdue], ``sales_window_cents`` (nil where sales are unknown) and ``share`` of the
        positive balances [share 0–1].
    """
    items = evidence.open_items
    customer, residual = items["customer_id"].astype("str"), items["residual_cents"]
    is_late = (items["days_overdue"] > 0) & (residual > 0)
    net = evidence.net_overdue
    sums = pd.DataFrame({
        "receivable_cents": residual.groupby(customer).sum(),
        "gross_cents": residual.clip(lower=0).groupby(customer).sum(),
        "overdue_cents": residual.where(is_late, 0).groupby(customer).sum(),
        "net_overdue_cents": net["net_overdue_cents"].groupby(net["customer_id"]).sum(),
        "unallocated_cents": residual.clip(upper=0).groupby(customer).sum(),
        "disputed_cents": items["disputed_cents"].groupby(customer).sum(),
        "sales_window_cents": _sales(evidence),
    })
    customers = evidence.intake.customers
    measured = sums.reindex(customers["customer_id"]).fillna(0).astype("int64").reset_index(drop=True)
    oldest = items["days_overdue"][is_late].groupby(customer).max()
    measured["oldest_days_overdue"] = customers["customer_id"].map(oldest).to_numpy(dtype="float64")
    positive = measured["receivable_cents"].clip(lower=0)
    measured["share"] = positive / max(int(positive.sum()), 1)
    return pd.concat([customers.reset_index(drop=True), measured[list(MEASURES)]], axis=1)


def _sales(evidence: Evidence) -> pd.Series:
    window = evidence.window(evidence.as_of_date) if evidence.has_flows else None
    if window is None:
        return pd.Series([], dtype="int64")
    sold = evidence.sold[["customer_id", "amount_cents"]]
    sold = sold[evidence.sold["posting_date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end)).to_numpy()]
    summed = sold.groupby("customer_id", observed=True)["amount_cents"].sum()
    return summed.set_axis(summed.index.astype("str"))
