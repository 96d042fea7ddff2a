"""The other accounts of an entry: what a line of a customer account faces (French chart of accounts)."""

import numpy as np
import pandas as pd

__all__ = ["account_class", "counterpart_classes", "perimeter_class"]

PREFIXES = {
    "411": "perimeter", "413": "perimeter", "416": "perimeter",
    "4191": "deposit", "4196": "other", "4197": "sale", "4198": "sale", "418": "sale", "487": "sale",
    "4457": "vat", "4458": "vat", "445": "vat",
    "40": "supplier", "467": "factor", "471": "suspense", "472": "suspense", "473": "suspense", "475": "suspense",
    "476": "fx", "477": "fx", "656": "fx", "666": "fx", "756": "fx", "766": "fx",
    "50": "bank", "51": "bank", "519": "other", "53": "bank", "54": "bank", "58": "bank",
    "654": "write_off", "6714": "write_off", "665": "discount", "765": "discount", "709": "rebate",
    "658": "difference", "758": "difference", "671": "difference", "678": "difference", "771": "difference",
    "778": "difference", "7": "sale", "89": "opening", "1": "opening",
}
"""Account prefix to class; the longest prefix wins. 4457 and 4458 follow the line they tax, so they never decide."""

FACTOR_NAME = r"(?i)factor|affactur|eurofactor|subrog"


def account_class(accounts: pd.Series, names: pd.Series) -> pd.Series:
    """Return the class of each account, "other" where it has none.

    Parameters
    ----------
    accounts, names : Series of str
        Account numbers, and their names (a factor's current account is known by its name only).
    """
    codes, numbers = pd.factorize(accounts)
    _, firsts = np.unique(codes, return_index=True)
    name = pd.Series(names.iloc[firsts].astype("str").to_numpy(), dtype="str")
    number = pd.Series(pd.Index(numbers).astype("str"), dtype="str")
    found = pd.Series("other", index=number.index, dtype="object")
    for prefix in sorted(PREFIXES, key=len):
        found[number.str.startswith(prefix)] = PREFIXES[prefix]
    found[name.str.contains(FACTOR_NAME) & number.str.match("46|51")] = "factor"
    return pd.Series(found.to_numpy()[codes], index=accounts.index)


def perimeter_class(accounts: pd.Series) -> pd.Series:
    """Return 411, 413, 416 or "": the kind of customer account."""
    root = accounts.astype("str").str.slice(0, 3)
    return root.where(root.isin(["411", "413", "416"]), "")


def counterpart_classes(movements: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Find what each item faces in its entry.

    A counterpart alone of exactly the item's amount comes first (receipt 98 and discount 2 in one
    entry of 100); else the class with most of the entry's amount on the other side.

    Parameters
    ----------
    movements : DataFrame
        ``entry, customer_id, account, amount_cents``; rows with ``entry`` -1 face nothing.
    entries : DataFrame
        ``entry, customer_id, account, account_name, amount_cents``.

    Returns
    -------
    DataFrame
        ``class`` ("" where nothing is faced) and ``has_vat``, in the order of ``movements``.
    """
    lines = entries[entries["entry"].isin(movements["entry"].unique())]
    lines = lines.assign(
        side=np.sign(lines["amount_cents"]), **{"class": account_class(lines["account"], lines["account_name"])}
    )
    items = pd.DataFrame({
        "entry": movements["entry"].to_numpy(), "side": -np.sign(movements["amount_cents"].to_numpy()),
        "facing_cents": -movements["amount_cents"].to_numpy()})
    decisive = lines[~lines["class"].isin(["vat", "perimeter"])]
    by_exact = _exact(items, decisive)
    by_majority = _majority(items, decisive)
    moved = _moved_between_accounts(items, movements, lines)
    found = by_exact.where(by_exact != "", by_majority).where(~moved, "perimeter")
    whole = lines.groupby("entry", sort=False)[
        "amount_cents"
    ].sum()  # a file of customers' lines holds entries in part only
    alone = found.eq("") & items["entry"].isin(
        whole.index[whole == 0]
    )  # faces customers only: a transfer between two of them
    found = found.where(~alone, "other")
    vat = lines.loc[lines["class"] == "vat", "entry"].unique()
    return pd.DataFrame({"class": found.to_numpy(), "has_vat": np.isin(items["entry"], vat)})


def _exact(items: pd.DataFrame, lines: pd.DataFrame) -> pd.Series:
    """Class of the counterparts of exactly the opposite amount, where they are all of one class."""
    keys = ["entry", "amount_cents"]
    classes = lines.groupby(keys, sort=False)["class"].agg(["first", "nunique"]).reset_index()
    classes = classes[classes["nunique"] == 1].rename(columns={"amount_cents": "facing_cents"})
    return items.merge(classes, on=["entry", "facing_cents"], how="left")["first"].astype("object").fillna("")


def _majority(items: pd.DataFrame, lines: pd.DataFrame) -> pd.Series:
    """Class with most of the amount on the other side of the entry."""
    totals = lines.groupby(["entry", "side", "class"], sort=False)["amount_cents"].sum().abs().reset_index()
    largest = totals.sort_values("amount_cents", ascending=False, kind="stable").drop_duplicates(["entry", "side"])
    return (
        items.merge(largest[["entry", "side", "class"]], on=["entry", "side"], how="left")["class"]
        .astype("object")
        .fillna("")
    )


def _moved_between_accounts(items: pd.DataFrame, movements: pd.DataFrame, lines: pd.DataFrame) -> pd.Series:
    """Tell which items face their exact amount on another kind of account, or another account of their customer."""
    customers = lines[lines["class"] == "perimeter"]
    mirror = _placed(customers).assign(
        entry=customers["entry"].to_numpy(), facing_cents=customers["amount_cents"].to_numpy()
    )
    placed = _placed(movements).assign(item=items.index, entry=items["entry"], facing_cents=items["facing_cents"])
    pairs = placed.merge(mirror.drop_duplicates(), on=["entry", "facing_cents"], suffixes=("", "_facing"))
    other_kind = pairs["root"] != pairs["root_facing"]
    same_customer = (pairs["customer_id"] == pairs["customer_id_facing"]) & (
        pairs["account"] != pairs["account_facing"]
    )
    return items.index.to_series().isin(pairs.loc[other_kind | same_customer, "item"].unique())


def _placed(lines: pd.DataFrame) -> pd.DataFrame:
    placed = lines[["customer_id", "account"]].astype("str").reset_index(drop=True)
    return placed.assign(root=perimeter_class(placed["account"]))
