"""Tests of due dates: missing, equal to the invoice's date, moved between two extracts, or over the legal cap."""

import numpy as np
import pandas as pd

from auditlib.controls.found import Found, no_rows, not_tested, pointed
from auditlib.dates import day_numbers
from auditlib.matching import normalised
from auditlib.texts import N_

__all__ = ["due_at_issue", "missing_due_dates", "re_aged_invoices"]

ONE_EXTRACT = N_("Non testé : un seul état des échéances a été fourni ; il en faut deux pour les comparer.")
NO_DUE_DATE = N_("Non testé : aucune facture de la période ne porte d’échéance donnée par le client.")


def missing_due_dates(open_items: pd.DataFrame) -> Found:
    """List open debits without a due date, those of unknown age left out (valuation).

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    """
    debit = open_items[((open_items["residual_cents"] > 0) & ~open_items["is_age_unknown"]).to_numpy()]
    found = debit[debit["due_date"].isna().to_numpy()]
    amount, gross = int(found["residual_cents"].sum()), int(open_items["residual_cents"].clip(lower=0).sum())
    return Found(
        len(debit), int(debit["residual_cents"].sum()),
        pointed(found, amount=found["residual_cents"], detail="no_due_date"),
        facts={"gross_share": amount / gross if gross else None, "customers": int(found["customer_id"].nunique())})


def due_at_issue(entries: pd.DataFrame, *, share: float) -> Found:
    """List invoices due on their own date, of customers with more than a share of such invoices (valuation).

    Parameters
    ----------
    entries : DataFrame, schema ITEMS
        Of the period looked at.
    share : float
        Of a customer's dated invoices. [share 0–1]

    References
    ----------
    DOMAIN.md E: due = issue for > 50 % of a customer.
    """
    kept = (entries["kind"] == "invoice") & (entries["amount_cents"] > 0) & entries["due_date"].notna()
    invoices = entries[(kept & entries["due_date_origin"].isin(["given"])).to_numpy()]
    if not len(invoices):
        return not_tested(NO_DUE_DATE, least_share=share)
    same = (invoices["due_date"] == invoices["document_date"]).to_numpy()
    code = invoices["customer_id"].cat.codes.to_numpy()
    counts = np.bincount(code)
    often = np.bincount(code, weights=same, minlength=len(counts)) > share * counts
    found = invoices[same & often[code]]
    return Found(len(invoices), int(invoices["amount_cents"].sum()), pointed(found, detail="due_at_issue"),
                 {"least_share": share}, {"customers": int(often.sum())})


def re_aged_invoices(items: pd.DataFrame, *, extracts: pd.DataFrame, days: int) -> Found:
    """List debits whose due date differs between the extract audited and another one (valuation).

    A debit is the same when customer and reference are, and both extracts have that reference once.

    Parameters
    ----------
    items : DataFrame, schema ITEMS
    extracts : DataFrame, schema EXTRACTS
        Due dates that another extract gives.
    days : int
        Differences from this on. [days]

    References
    ----------
    DOMAIN.md E: due date differs between two extracts.
    """
    parameters = {"days": days}
    if not len(extracts):
        return not_tested(ONE_EXTRACT, **parameters)
    kept = (items["amount_cents"] > 0) & (items["due_date_origin"].isin(["given"])) & (items["origin_id"] < 0)
    known = items["customer_id"].isin(extracts["customer_id"])
    debits = items[(kept & known).to_numpy()]
    ours, theirs = _named(debits), _named(extracts)
    pairs = ours.merge(theirs, on=["customer", "reference"], suffixes=("", "_other"))
    shift = pairs["due"].to_numpy() - pairs["due_other"].to_numpy()
    moved = np.abs(shift) >= days
    found = debits.iloc[pairs["place"].to_numpy()[moved]]
    detail = np.where(shift[moved] > 0, "due_later", "due_earlier")
    amounts = debits["amount_cents"].iloc[pairs["place"]]
    rows = pointed(found, detail=detail, days=np.abs(shift[moved]).astype("float64")) if len(found) else no_rows()
    return Found(len(pairs), int(amounts.sum()), rows, parameters, {"later": int((shift > 0).sum())})


def _named(items: pd.DataFrame) -> pd.DataFrame:
    reference = normalised(items["document_ref"])
    due = day_numbers(items["due_date"]).astype(np.int64)
    table = pd.DataFrame({"place": np.arange(len(items)), "customer": items["customer_id"].astype("str").to_numpy(),
                          "reference": reference.to_numpy(), "due": due})
    table = table[(table["reference"] != "") & items["due_date"].notna().to_numpy()]
    return table.drop_duplicates(["customer", "reference"], keep=False)
