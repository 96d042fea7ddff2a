"""Whether the totals a document prints are those of the rows loaded from it."""

import pandas as pd

from auditlib.loaders.movements import customer_ids, signed_amounts
from auditlib.loaders.quality import finding
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import cents

__all__ = ["broken_totals", "compared_totals"]


def broken_totals(source: Source) -> list[pd.DataFrame]:
    """Compare printed subtotals and the grand total with what was loaded; a difference is a finding.

    Notes
    -----
    A customer with several subtotals (one per page or account) is not compared, nor is a document with several
    grand totals: nothing says which rows each of them covers.
    """
    compared = compared_totals(source)
    broken = compared[~compared["agrees"]]
    is_grand = broken["class"] == "total"
    return _sentence(
        source, broken[~is_grand], "sous-totaux par client imprimés ne sont pas ceux des lignes lues"
    ) + _sentence(source, broken[is_grand], "total général imprimé n'est pas celui des lignes lues")


def compared_totals(source: Source) -> pd.DataFrame:
    """Put each printed total that can be compared beside what was loaded.

    Returns
    -------
    DataFrame
        ``source_row, class, customer_id`` ("" for the grand total), ``debit_cents, credit_cents, balance_cents`` as
        printed, ``debit, credit`` as loaded, ``printed_cents, loaded_cents, difference_cents`` (balances, and loaded
        less printed) and ``agrees``.
    """
    printed = source.printed_totals.astype({"class": "str", "customer_id": "str"})
    if printed.empty or source.table.empty:
        return _with_balances(printed.head(0).assign(debit=0, credit=0))
    loaded = _loaded(source)
    subtotals = printed[(printed["class"] == "subtotal") & (printed["customer_id"] != "")]
    single = subtotals.drop_duplicates("customer_id", keep=False)
    by_customer = loaded.groupby("customer_id")[["debit", "credit"]].sum().reset_index()
    compared = single.merge(by_customer, on="customer_id", how="inner")
    grand = printed[(printed["class"] == "total") & (printed["customer_id"] == "")]
    whole = grand.assign(debit=loaded["debit"].sum(), credit=loaded["credit"].sum())
    return _with_balances(pd.concat([compared, whole], ignore_index=True) if len(grand) == 1 else compared)


def _with_balances(compared: pd.DataFrame) -> pd.DataFrame:
    """Add the balances, the printed one as the document writes it, and whether they agree."""
    sides = compared["debit_cents"] - compared["credit_cents"]
    printed = sides.where(sides != 0, compared["balance_cents"])
    loaded = compared["debit"] - compared["credit"]
    return compared.assign(printed_cents=printed, loaded_cents=loaded, difference_cents=loaded - printed,
                           agrees=_agrees(compared))


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
    gap = int(broken["difference_cents"].sum())
    return [
        finding(
            "broken_totals", "warning", f"{source.name} : {len(broken)} {wording}.", rows=len(broken), amount_cents=gap
        )
    ]
