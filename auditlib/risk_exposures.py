"""What each customer's failure would cost, one row a customer: the table the what-if slices."""

import numpy as np
import pandas as pd

from auditlib import sales
from auditlib.evidence import Evidence
from auditlib.vat import net_of_vat
from auditlib.what_if import per_customer, vat_deadline

__all__ = ["exposures"]

DAYS_OF_YEAR = 365
LIQUIDATION = "liquidation"
OF_CUSTOMERS = ("customer_id", "name", "group_id", "customer_type", "receivable_cents", "gross_cents", "overdue_cents",
                "sales_window_cents")


def exposures(evidence: Evidence, *, customers: pd.DataFrame) -> pd.DataFrame:
    """Return each customer's exposure, its VAT, his yearly sales and his procedure.

    Parameters
    ----------
    evidence : Evidence
    customers : DataFrame
        `auditlib.customer_table.customer_table`.

    Returns
    -------
    DataFrame
        The largest exposure first: ``customer_id``, ``name``, ``group_id``, ``customer_type``, ``receivable_cents``,
        ``exposure_cents`` (the balance where positive), ``gross_cents``, ``overdue_cents``, ``doubtful_cents``,
        ``sales_window_cents``
        [cents, VAT included]; ``net_cents`` + ``vat_cents`` = ``exposure_cents``, ``is_vat_known``;
        ``annual_sales_net_cents`` [cents, VAT excluded; NaN where not known; a shorter window brought to a year],
        ``procedure``,
        ``judgment_date``, ``liquidation_on``, ``vat_deadline`` (missing without one); and what his failure would cost
        (`auditlib.what_if.per_customer`).
    """
    table = customers[list(OF_CUSTOMERS)].merge(_vat(evidence), on="customer_id", how="left").merge(
        _procedures(evidence), on="customer_id", how="left")
    table = table.assign(
        exposure_cents=table["receivable_cents"].clip(lower=0), procedure=table["procedure"].fillna("").astype("str"),
        is_vat_known=table["is_vat_known"].astype("boolean").fillna(True).astype("bool"),
        doubtful_cents=table["doubtful_cents"].fillna(0).astype("int64"),
        annual_sales_net_cents=_annual_sales(evidence, table["customer_id"]))
    share = table.pop("gross_vat_cents").fillna(0) / table["gross_cents"].where(table["gross_cents"] > 0, 1)
    table["vat_cents"] = (share * table["exposure_cents"]).round().astype("int64")
    table["net_cents"] = table["exposure_cents"] - table["vat_cents"]
    moved = (table["exposure_cents"] != 0) | (table["gross_cents"] != 0) | (table["sales_window_cents"] != 0)
    kept = table[moved | (table["receivable_cents"] != 0)]
    ordered = kept.sort_values(["exposure_cents", "customer_id"], ascending=[False, True]).reset_index(drop=True)
    parameters = evidence.parameters
    return per_customer(ordered, margin_rate=parameters.economics.margin_rate, vat_due_on=parameters.risk.vat_due_on,
                        as_of_date=evidence.as_of_date)


def _vat(evidence: Evidence) -> pd.DataFrame:
    """Return the VAT in each customer's debit residuals, whether all of it is known, and what is doubtful [cents]."""
    items = evidence.open_items[evidence.open_items["residual_cents"] > 0]
    residual, share = items["residual_cents"].to_numpy(), evidence.vat_share[items["item_id"].to_numpy()]
    known = ~np.isnan(share)
    vat = residual - net_of_vat(residual, share=np.nan_to_num(share))
    frame = pd.DataFrame({
        "customer_id": items["customer_id"].astype("str"), "gross_vat_cents": vat, "is_vat_known": known,
        "doubtful_cents": np.where(items["is_doubtful"], residual, 0)})
    return frame.groupby("customer_id").agg(
        {"gross_vat_cents": "sum", "is_vat_known": "all", "doubtful_cents": "sum"}).reset_index()


def _annual_sales(evidence: Evidence, customers: pd.Series) -> pd.Series:
    """Return each customer's sales of a year net of VAT, NaN where they are not known [cents, VAT excluded]."""
    window = evidence.window(evidence.as_of_date, months=12) if evidence.has_flows else None
    unknown = pd.Series(np.nan, index=customers.index)
    if window is None:
        return unknown
    items = evidence.ledger.items
    during = items["posting_date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end))
    sold = np.flatnonzero(during & items["kind"].isin(sales.SALES_KINDS))
    share = evidence.vat_share[sold]
    if np.isnan(share).any():
        return unknown
    net = pd.Series(net_of_vat(items["amount_cents"].to_numpy()[sold], share=share))
    by_customer = net.groupby(items["customer_id"].to_numpy()[sold], observed=True).sum()
    by_customer.index = by_customer.index.astype("str")
    scale = 1.0 if window.months >= 12 else DAYS_OF_YEAR / window.days
    return (customers.map(by_customer).fillna(0) * scale).round()


def _procedures(evidence: Evidence) -> pd.DataFrame:
    """Return the latest procedure of each customer by the as-of date, and the day his liquidation was ordered."""
    known = evidence.intake.insolvencies
    day = known["judgment_date"].fillna(known["publication_date"])
    known = known.assign(judgment_date=day)[~(day > pd.Timestamp(evidence.as_of_date))]
    latest = known.sort_values("judgment_date", kind="stable", na_position="first").groupby("customer_id").last()
    ordered = known[known["procedure"].str.contains(LIQUIDATION, case=False, regex=False)]
    first = ordered.groupby("customer_id")["judgment_date"].min()
    found = latest[["procedure", "judgment_date"]].assign(liquidation_on=first.reindex(latest.index)).reset_index()
    years = evidence.parameters.risk.vat_claim_years
    limits = {event: pd.Timestamp(vat_deadline(event.date(), years=years)) for event in first.dropna()}
    return found.assign(vat_deadline=found["liquidation_on"].map(limits).astype("datetime64[s]"))
