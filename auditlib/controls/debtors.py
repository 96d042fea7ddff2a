"""Tests of who owes: related parties, failing debtors, claims to declare, concentration, one debtor under two codes."""

import datetime as dt

import numpy as np
import pandas as pd

from auditlib.controls.found import Found, joined, no_rows, not_tested, pointed
from auditlib.dates import add_months
from auditlib.texts import N_

__all__ = ["claims_not_declared", "insolvent_debtors", "of_customers", "receivable_concentration", "related_parties",
           "same_identity"]

NO_BALANCE = N_("Non testé : aucun client n’a de solde débiteur.")
NO_IDENTITY = N_("Non testé : ni SIREN, ni numéro de TVA, ni adresse, ni compte bancaire ne sont fournis.")
NO_LIST = N_("Non testé : aucune procédure collective n’a été communiquée.")
FAILING = (r"(?i)\ben (?:liquidation|redressement|sauvegarde)\b|\b(?:liq(?:uidation|\.)?|redressement) jud"
           r"|\(\s*(?:rj|lj|mj)\s*\)|\b(?:rj|lj)$|^(?:rj|lj|mj)\b")
"""Words in a name that tell of a procedure: EN LIQUIDATION, RJ, LJ, MJ (DOMAIN.md C)."""
NOT_COLLECTIVE = r"(?i)conciliation|mandat ad hoc"
"""Amicable procedures: nothing is declared in them."""
LEGAL_FORMS = frozenset(("SA", "SAS", "SASU", "SARL", "EURL", "SNC", "SCI", "SCOP", "GROUPE", "HOLDING", "SOCIETE",
                         "STE", "ETS", "ETABLISSEMENTS", "FRANCE", "LES", "DES", "DU", "DE", "LA", "LE", "ET", "FILS"))
SHORTEST_NAME = 4
IDENTITIES = {"siren": r"\D", "vat_number": r"[^A-Z0-9]"}
PLACES = {"bank": r"(?i)attribute:.*(?:iban|\brib\b|compte bancaire|bank account)",
          "address": r"(?i)attribute:.*adr?ess"}


def related_parties(open_items: pd.DataFrame, *, customers: pd.DataFrame, client_name: str,
                    accounts: pd.DataFrame) -> Found:
    """List what companies of the group owe: flagged, or bearing the client's name; and accounts 451 and 455.

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    customers : DataFrame, schema CUSTOMERS
    client_name : str
        Of the audited company: its own words, legal forms apart, are looked for in customers' names.
    accounts : DataFrame, schema ACCOUNTS
    """
    words = [word for word in _words(pd.Series([client_name])).iloc[0].split()
             if word not in LEGAL_FORMS and len(word) >= SHORTEST_NAME]
    names = " " + _words(customers["name"]) + " "
    alike = names.str.contains("|".join(f" {word} " for word in words)) if words else pd.Series(False, names.index)
    flagged = set(customers.loc[customers["is_group"], "customer_id"])
    related = flagged | set(customers.loc[alike.astype(bool), "customer_id"])
    found = open_items[open_items["customer_id"].isin(related).to_numpy()]
    detail = np.where(found["customer_id"].isin(flagged).to_numpy(), "group_flag", "group_name")
    rows = pointed(found, amount=found["residual_cents"], detail=detail)
    current = accounts[accounts["account"].str.startswith(("451", "455"))]
    current = current[current["debit_cents"] != current["credit_cents"]]
    beside = of_customers(current["customer_id"], current["debit_cents"] - current["credit_cents"],
                          detail="current_account", reference=current["account"])
    rows = joined((rows, beside))
    return Found(len(open_items), int(open_items["residual_cents"].sum()), rows,
                 {"name": " ".join(words) or "–"},
                 {"customers": int(found["customer_id"].nunique()), "accounts": len(current)})


def insolvent_debtors(open_items: pd.DataFrame, *, customers: pd.DataFrame, listed: set[str]) -> Found:
    """List what failing debtors owe: in a listed procedure, with a name that tells, or moved to 416 (recoverability).

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    customers : DataFrame, schema CUSTOMERS
    listed : set of str
        Customers under a procedure at the as-of date.
    """
    named = set(customers.loc[customers["name"].str.contains(FAILING), "customer_id"])
    debit = open_items[(open_items["residual_cents"] > 0).to_numpy()]
    is_listed, is_named = debit["customer_id"].isin(listed).to_numpy(), debit["customer_id"].isin(named).to_numpy()
    failing = is_listed | is_named | debit["is_doubtful"].to_numpy()
    detail = np.select([is_listed[failing], is_named[failing]], ["procedure_listed", "procedure_named"], "account_416")
    found = debit[failing]
    return Found(len(debit), int(debit["residual_cents"].sum()),
                 pointed(found, amount=found["residual_cents"], detail=detail),
                 facts={"customers": int(found["customer_id"].nunique()),
                        "named": int(found["customer_id"][detail == "procedure_named"].nunique())})


def claims_not_declared(open_items: pd.DataFrame, *, insolvencies: pd.DataFrame, as_of_date: dt.date,
                        months: int) -> Found:
    """List claims born before a judgment and not declared, with the days left of the time to declare them.

    Parameters
    ----------
    open_items : DataFrame, schema OPEN_ITEMS
    insolvencies : DataFrame, schema INSOLVENCIES
    as_of_date : date
    months : int
        From the publication of the judgment (BODACC) to the deadline.

    References
    ----------
    DOMAIN.md B (in insolvency) and E; R. 622-24 C.com.: two months from publication.
    """
    day = pd.Timestamp(as_of_date)
    opened = insolvencies["judgment_date"].fillna(insolvencies["publication_date"])
    held = insolvencies[(opened.isna() | (opened <= day)) & ~insolvencies["procedure"].str.contains(NOT_COLLECTIVE)]
    if not len(held):
        return not_tested(NO_LIST, months=months)
    waiting = held[held["claim_declared_on"].isna() | (held["claim_declared_on"] > day)]
    waiting = waiting.sort_values("publication_date", kind="stable").drop_duplicates("customer_id", keep="last")
    debit = open_items[((open_items["residual_cents"] > 0) & open_items["customer_id"].isin(held["customer_id"])
                        ).to_numpy()]
    owed = debit[debit["customer_id"].isin(waiting["customer_id"]).to_numpy()]
    by_customer = waiting.set_index("customer_id")
    judged = by_customer["judgment_date"].reindex(owed["customer_id"].astype("str")).to_numpy()
    dated = owed["document_date"].to_numpy()
    found = owed[np.isnat(judged) | np.isnat(dated) | (dated <= judged)]
    left = _days_left(by_customer["publication_date"], as_of_date, months)
    days = left.reindex(found["customer_id"].astype("str")).to_numpy(dtype="float64")
    detail = np.select([np.isnan(days), days < 0], ["publication_unknown", "deadline_passed"], "deadline_ahead")
    in_time = days[days >= 0]
    return Found(
        len(debit), int(debit["residual_cents"].sum()),
        pointed(found, amount=found["residual_cents"], detail=detail, days=days), {"months": months},
        {"customers": int(found["customer_id"].nunique()),
         "lapsed_cents": int(found["residual_cents"][days < 0].sum()),
         "days_left": int(in_time.min()) if len(in_time) else None})


def _days_left(publication: pd.Series, as_of_date: dt.date, months: int) -> pd.Series:
    days = [np.nan if pd.isna(day) else (add_months(day.date(), months) - as_of_date).days for day in publication]
    return pd.Series(days, index=publication.index, dtype="float64")


def receivable_concentration(
    balances: pd.Series, *, names: pd.Series, index: float | None, top_one: float, top_five: float,
    herfindahl: float,
) -> Found:
    """List the largest balances where they weigh too much (recoverability).

    Parameters
    ----------
    balances : Series of int64
        Positive balances by debtor, largest first (`auditlib.concentration.exposures`). [cents, VAT included]
    names : Series of str
        By debtor.
    index : float or None
        Herfindahl–Hirschman index of these balances; None where there is none.
    top_one, top_five : float
        [share 0–1]
    herfindahl : float
        [0–10 000]
    """
    parameters = {"one_share": top_one, "five_share": top_five, "index": herfindahl}
    total = int(balances.sum())
    if index is None or total <= 0:
        return not_tested(NO_BALANCE, **parameters)
    top = balances.head(5)
    one, five = int(top.iloc[0]) / total, int(top.sum()) / total
    above = one > top_one or five > top_five or index > herfindahl
    rows = of_customers(pd.Series(top.index), top, detail="large_balance") if above else no_rows()
    return Found(len(balances), total, rows, parameters,
                 {"first_share": one, "top_share": five, "top": len(top), "measured": round(index),
                  "first": str(names.get(top.index[0], top.index[0]))})


def same_identity(customers: pd.DataFrame) -> Found:
    """List customers with the SIREN, VAT number, bank account or address of another one (existence).

    Parameters
    ----------
    customers : DataFrame, schema CUSTOMERS with ``receivable_cents``
        Free attributes whose header says address or bank account are compared too.
    """
    columns = {name: _identity(customers[name], noise) for name, noise in IDENTITIES.items()}
    for name, pattern in PLACES.items():
        for column in (str(column) for column in customers.columns if pd.Series([str(column)]).str.match(pattern)[0]):
            columns[name] = _words(customers[column]).str.replace(" ", "")
    known = np.any([(values != "").to_numpy() for values in columns.values()], axis=0)
    if not known.any():
        return not_tested(NO_IDENTITY)
    seen = np.zeros(len(customers), dtype=bool)
    parts, number = [], 0
    for name, values in columns.items():
        shared = ((values != "") & values.duplicated(keep=False)).to_numpy() & ~seen
        shared &= values.where(pd.Series(shared, values.index), "").duplicated(keep=False).to_numpy()
        rows = customers[shared].assign(identity=values[shared].to_numpy()).sort_values(["identity", "customer_id"])
        sets = pd.factorize(rows["identity"])[0] + number
        parts.append(of_customers(rows["customer_id"], rows["receivable_cents"], detail=f"same_{name}", sets=sets))
        number, seen = number + rows["identity"].nunique(), seen | shared
    rows = joined(parts)
    return Found(int(known.sum()), int(customers["receivable_cents"][known].sum()), rows, {}, {"groups": number})


def of_customers(customer: pd.Series, amount: pd.Series, *, detail: str, sets: object = -1,
                 reference: pd.Series | None = None) -> pd.DataFrame:
    """Return exceptions about customers or accounts, without an item behind them.

    Parameters
    ----------
    customer : Series of str
    amount : Series of int64
        [cents, VAT included]
    detail : str
    sets : int or array
    reference : Series of str, optional
        What to print instead of a document, such as an account.
    """
    count = len(customer)
    missing = np.full(count, np.datetime64("NaT", "s"))
    blank = np.full(count, "", dtype=object)
    items = pd.DataFrame({
        "customer_id": customer.astype("str").to_numpy(), "item_id": np.full(count, -1),
        "document_ref": blank if reference is None else reference.to_numpy(),
        "document_date": missing, "posting_date": missing, "due_date": missing,
        "amount_cents": amount.to_numpy().astype(np.int64), "source_file": blank, "source_sheet": blank,
        "source_row": np.zeros(count, dtype=np.int64)})
    return pointed(items, detail=detail, sets=sets)


def _words(texts: pd.Series) -> pd.Series:
    plain = texts.astype("str").str.normalize("NFKD").str.replace(r"[\u0300-\u036f]", "", regex=True).str.upper()
    return plain.str.replace(r"[^A-Z0-9]+", " ", regex=True).str.strip()


def _identity(texts: pd.Series, noise: str) -> pd.Series:
    bare = texts.astype("str").str.upper().str.replace(noise, "", regex=True)
    return bare.str.slice(0, 9) if noise == IDENTITIES["siren"] else bare
