"""Tests of depreciation: old claims beside account 491, and doubtful accounts beside their depreciation."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.controls.debtors import of_customers
from auditlib.controls.found import Found, joined, not_tested, pointed
from auditlib.open_items import account_starts
from auditlib.texts import N_

__all__ = ["doubtful_coverage", "provision_shortfall"]

NO_ACCOUNTS = N_("Non testé : aucun document ne donne le compte 491 (balance générale, FEC ou grand livre général).")
NO_VAT = N_("Non testé : le taux de TVA n’est pas renseigné (economics.vat_rate).")
NO_DOUBTFUL = N_("Non testé : ni compte 416 ni compte 491 dans les documents.")


def provision_shortfall(
    open_items: pd.DataFrame, *, booked_cents: int | None, days: int, vat_share: npt.NDArray[np.float64],
    matrix_cents: int | None,
) -> Found:
    """Set claims overdue for long, and doubtful ones, net of VAT, beside the depreciation booked (valuation).

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    booked_cents : int or None
        Balance of account 491, positive; None where no document gives it. [cents]
    days : int
        Overdue by more than so many days.
    vat_share : ndarray of float64, shape (n_open_items,)
        VAT in each amount, NaN where nothing says it. [share 0–1]
    matrix_cents : int or None
        What the provision matrix expects to lose, shown beside. [cents, VAT excluded]

    Returns
    -------
    Found
        The claims net of VAT, then account 491 with a minus sign: their sum is the shortfall.

    References
    ----------
    DOMAIN.md E: > 90 d HT vs 491.
    """
    debit = (open_items["residual_cents"] > 0).to_numpy()
    old = (open_items["days_overdue"] > days).to_numpy() | open_items["is_doubtful"].to_numpy()
    kept = debit & old & ~open_items["is_group"].to_numpy()
    if booked_cents is None or np.isnan(vat_share[kept]).any():
        return not_tested(NO_ACCOUNTS if booked_cents is None else NO_VAT, days=days)
    exposed = open_items[kept]
    net = np.rint(exposed["residual_cents"].to_numpy() * (1 - vat_share[kept])).astype(np.int64)
    short = int(net.sum()) - booked_cents
    detail = np.where(exposed["is_doubtful"].to_numpy(), "doubtful_net_of_vat", "old_net_of_vat")
    claims = pointed(exposed, amount=net, detail=detail, days=exposed["days_overdue"].to_numpy())
    rows = joined((claims, _account("491", -booked_cents, "depreciation_booked")))
    return Found(
        int(debit.sum()), int(open_items["residual_cents"][debit].sum()), rows if short > 0 else rows.iloc[:0],
        {"days": days}, {"needed_cents": int(net.sum()), "booked_cents": booked_cents, "matrix_cents": matrix_cents})


def doubtful_coverage(open_items: pd.DataFrame, *, accounts: pd.DataFrame, booked_cents: int | None) -> Found:
    """Find doubtful accounts without depreciation, and depreciation without a doubtful account (valuation).

    By customer where account 491 is kept by customer, else on the totals.

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    accounts : DataFrame, schema ACCOUNTS
    booked_cents : int or None
        Balance of account 491, positive; None where no document gives it. [cents]
    """
    if booked_cents is None:
        return not_tested(NO_ACCOUNTS)
    doubtful = open_items[account_starts(open_items["account"], "416") & (open_items["residual_cents"] > 0).to_numpy()]
    if not len(doubtful) and not booked_cents:
        return not_tested(NO_DOUBTFUL)
    population = (len(doubtful), int(doubtful["residual_cents"].sum()))
    facts = {"booked_cents": booked_cents, "doubtful_cents": population[1]}
    own = accounts[accounts["account"].str.startswith("491") & (accounts["customer_id"] != "")]
    held = (own["credit_cents"] - own["debit_cents"]).groupby(own["customer_id"].to_numpy()).sum()
    held = held[held > 0]
    if len(held):
        bare = doubtful[~doubtful["customer_id"].isin(held.index).to_numpy()]
        other = held[~held.index.isin(doubtful["customer_id"].astype("str").unique())]
        alone = of_customers(pd.Series(other.index), other, detail="depreciation_alone")
    else:
        bare = doubtful if not booked_cents else doubtful.iloc[:0]
        alone = _account("491", booked_cents if not len(doubtful) else 0, "depreciation_alone")
    rows = joined((pointed(bare, amount=bare["residual_cents"], detail="doubtful_alone"), alone))
    return Found(*population, rows, {}, facts)


def _account(account: str, amount: int, detail: str) -> pd.DataFrame:
    count = int(amount != 0)
    return of_customers(pd.Series([""] * count, dtype="str"), pd.Series([amount] * count, dtype="int64"),
                        detail=detail, reference=pd.Series([account] * count, dtype="str"))
