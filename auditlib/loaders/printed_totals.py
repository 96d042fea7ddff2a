"""Whether the totals a document prints are those of the rows loaded from it."""

import pandas as pd

from auditlib.loaders.movements import customer_ids, signed_amounts
from auditlib.loaders.quality import finding
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import cents

__all__ = ["broken_totals"]


def broken_totals(source: Source) -> list[pd.DataFrame]:
    """Compare printed subtotals and the grand total with what was loaded; a difference is a finding.

    Notes
    -----
    A customer with several subtotals (one per page or account) is not compared, nor is a document with several
    grand totals: nothing says which rows each of them covers.
    """
    printed = source.printed_totals
    if printed.empty or source.table.empty:
        return []
    loaded = _loaded(source)
    subtotals = printed[(printed["class"].astype("str") == "subtotal") & (printed["customer_id"].astype("str") != "")]
    single = subtotals.assign(customer_id=subtotals["customer_id"].astype("str")).drop_duplicates(
        "customer_id", keep=False
    )
    by_customer = loaded.groupby("customer_id")[["debit", "credit"]].sum().reset_index()
    compared = single.merge(by_customer, on="customer_id", how="inner")
    found = _sentence(
        source, compared[~_agrees(compared)], "sous-totaux par client imprimés ne sont pas ceux des lignes lues"
    )
    grand = printed[(printed["class"].astype("str") == "total") & (printed["customer_id"].astype("str") == "")]
    if len(grand) == 1:
        whole = grand.assign(debit=loaded["debit"].sum(), credit=loaded["credit"].sum())
        found += _sentence(source, whole[~_agrees(whole)], "total général imprimé n'est pas celui des lignes lues")
    return found


def _loaded(source: Source) -> pd.DataFrame:
    table = source.table
    if "debit_cents" in table.columns or "credit_cents" in table.columns:
        debit, credit = cents(table, "debit_cents"), cents(table, "credit_cents")
    else:
        amount = cents(table, "total_cents") if source.kind == "aged_balance" else signed_amounts(table, source.kind)
        debit, credit = amount.clip(lower=0), -amount.clip(upper=0)
    return pd.DataFrame({"customer_id": customer_ids(table), "debit": debit, "credit": credit})


def _agrees(totals: pd.DataFrame) -> pd.Series:
    """Both sides agree, or the balance does where no side is printed, or one single amount is."""
    sides = (totals["debit_cents"] == totals["debit"]) & (totals["credit_cents"] == totals["credit"])
    balance = totals["debit"] - totals["credit"]
    net = (totals["balance_cents"] == balance) & (totals["debit_cents"] == 0) & (totals["credit_cents"] == 0)
    one_side = (totals["debit_cents"] - totals["credit_cents"] == balance) & (
        (totals["debit_cents"] == 0) | (totals["credit_cents"] == 0)
    )
    return sides | net | one_side


def _sentence(source: Source, broken: pd.DataFrame, wording: str) -> list[pd.DataFrame]:
    if broken.empty:
        return []
    printed = broken["debit_cents"] - broken["credit_cents"]
    printed = printed.where(printed != 0, broken["balance_cents"])
    gap = int((broken["debit"] - broken["credit"] - printed).sum())
    return [
        finding(
            "broken_totals", "warning", f"{source.name} : {len(broken)} {wording}.", rows=len(broken), amount_cents=gap
        )
    ]
