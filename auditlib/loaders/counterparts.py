"""The other accounts of an entry: what a line of a customer account faces (French chart of accounts)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.entry_places import EntryPlaces, entry_places

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

CLASSES = ("", "other", *dict.fromkeys(name for name in PREFIXES.values() if name != "other"))
CODE = {name: np.int8(place) for place, name in enumerate(CLASSES)}
Codes = npt.NDArray[np.int8]

FACTOR_NAME = r"(?i)factor|affactur|eurofactor|subrog"


def account_class(accounts: pd.Series, names: pd.Series) -> Codes:
    """Return the class of each account as its place in `CLASSES`, that of "other" where it has none.

    Parameters
    ----------
    accounts, names : Series of str
        Account numbers, and their names (a factor's current account is known by its name only).
    """
    codes, numbers = pd.factorize(accounts)
    _, firsts = np.unique(codes, return_index=True)
    name = pd.Series(names.iloc[firsts].astype("str").to_numpy(), dtype="str")
    number = pd.Series(pd.Index(numbers).astype("str"), dtype="str")
    found = np.full(len(number), CODE["other"])
    for prefix in sorted(PREFIXES, key=len):
        found[number.str.startswith(prefix)] = CODE[PREFIXES[prefix]]
    found[name.str.contains(FACTOR_NAME) & number.str.match("46|51")] = CODE["factor"]
    return found[codes]


def perimeter_class(accounts: pd.Series) -> pd.Series:
    """Return 411, 413, 416 or "": the kind of customer account."""
    codes, numbers = pd.factorize(accounts)
    root = pd.Series(pd.Index(numbers).astype("str").str.slice(0, 3), dtype="str")
    kinds = root.where(root.isin(["411", "413", "416"]), "")
    return pd.Series(kinds.array.take(codes), index=accounts.index)


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
        ``class`` (categories, "" where nothing is faced) and ``has_vat``, in the order of ``movements``.
    """
    classes = account_class(entries["account"], entries["account_name"])
    places = entry_places(entries["entry"], movements["entry"])
    is_vat, is_customer = classes == CODE["vat"], classes == CODE["perimeter"]
    found = _facing(places, movements, entries, classes, ~(is_vat | is_customer))
    found[_moved_between_accounts(places, movements, entries, is_customer)] = CODE["perimeter"]
    # A file of customers' lines holds entries in part only. A whole one that faces no other account is a transfer.
    whole = places.with_line(np.ones(len(classes), dtype=bool)) & (places.sums(entries["amount_cents"].to_numpy()) == 0)
    found[(found == CODE[""]) & whole[places.items]] = CODE["other"]
    return pd.DataFrame({
        "class": pd.Categorical.from_codes(found, categories=pd.Index(CLASSES, dtype="str")),
        "has_vat": places.with_line(is_vat)[places.items]})


def _facing(
    places: EntryPlaces, movements: pd.DataFrame, entries: pd.DataFrame, classes: Codes,
    decisive: npt.NDArray[np.bool_],
) -> Codes:
    """Class of what each item faces: of all lines on the other side where they are of one class, else weighed up."""
    amount, own = entries["amount_cents"].to_numpy(), movements["amount_cents"].to_numpy()
    found = np.full(len(own), CODE[""])
    for side in (-1, 0, 1):
        lines = decisive & (np.sign(amount) == side)
        of_entry = np.full(places.count + 1, CODE[""])
        of_entry[places.lines[lines]] = classes[lines]
        several = places.range_of(classes, lines)
        items = np.sign(own) == -side
        found[items] = of_entry[places.items[items]]
        mixed = items & several[places.items]
        if mixed.any():
            part = lines & several[places.lines]
            found[mixed] = _weighed(
                pd.DataFrame({"entry": places.items[mixed], "facing_cents": -own[mixed]}),
                pd.DataFrame({"entry": places.lines[part], "class": classes[part], "amount_cents": amount[part]}))
    return found


def _weighed(items: pd.DataFrame, lines: pd.DataFrame) -> Codes:
    """Class of the counterparts of exactly the opposite amount where they are all of one, else that with most of it."""
    classes = lines.groupby(["entry", "amount_cents"], sort=False)["class"].agg(["first", "nunique"]).reset_index()
    classes = classes[classes["nunique"] == 1].rename(columns={"amount_cents": "facing_cents"})
    exact = items.merge(classes, on=["entry", "facing_cents"], how="left")["first"]
    totals = lines.groupby(["entry", "class"], sort=False)["amount_cents"].sum().abs().reset_index()
    largest = totals.sort_values("amount_cents", ascending=False, kind="stable").drop_duplicates("entry")
    most = items.merge(largest[["entry", "class"]], on="entry", how="left")["class"]
    return exact.fillna(most).to_numpy().astype(np.int8)


def _moved_between_accounts(
    places: EntryPlaces, movements: pd.DataFrame, entries: pd.DataFrame, is_customer: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """Return the items that face their exact amount on another kind of account, or another one of their customer."""
    several = places.range_of(pd.factorize(entries["account"])[0], is_customer)
    customers = np.flatnonzero(is_customer & several[places.lines])
    rows = np.flatnonzero(several[places.items])
    mirror = _placed(entries.iloc[customers]).assign(
        entry=places.lines[customers], facing_cents=entries["amount_cents"].to_numpy()[customers])
    placed = _placed(movements.iloc[rows]).assign(
        item=rows, entry=places.items[rows], facing_cents=-movements["amount_cents"].to_numpy()[rows])
    pairs = placed.merge(mirror.drop_duplicates(), on=["entry", "facing_cents"], suffixes=("", "_facing"))
    other_kind = pairs["root"] != pairs["root_facing"]
    same_customer = (pairs["customer_id"] == pairs["customer_id_facing"]) & (
        pairs["account"] != pairs["account_facing"]
    )
    return pairs.loc[other_kind | same_customer, "item"].unique()


def _placed(lines: pd.DataFrame) -> pd.DataFrame:
    placed = lines[["customer_id", "account"]].astype("str").reset_index(drop=True)
    return placed.assign(root=perimeter_class(placed["account"]))
