"""The customers: one row each, from their file where there is one, else from the items."""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from auditlib.loaders.debtor_types import with_types
from auditlib.loaders.movements import UNKNOWN_CUSTOMER
from auditlib.loaders.overrides import with_overrides
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import cents, flags, fold, look_up, texts
from auditlib.schemas import CUSTOMERS, validate
from auditlib.settings import DebtorOverride

__all__ = ["align_ids", "build_customers", "customer_file", "most_frequent_names", "one_writing",
           "spelled_several_ways"]

FILE_TEXTS = (
    "group_id", "customer_type", "country", "business_unit", "salesperson", "size_class", "siren", "vat_number",
    "legal_category", "payment_terms", "terms_confirmed_by",
)
GROUP_HEADERS = (
    "GROUPE",
    "INTRAGROUPE",
    "INTRA GROUPE",
    "INTERCO",
    "SOCIETE DU GROUPE",
    "GROUP COMPANY",
    "INTERCOMPANY",
)
AUDITOR_FILE = re.compile(r"(?:debtors|debiteurs|débiteurs)\b", re.IGNORECASE)
"""How the auditor calls the list in which he writes what he decided of debtors."""


def customer_file(sources: Iterable[Source], terms: dict[str, dict[str, str]]) -> pd.DataFrame:
    """Stack the customer lists: the first row of each customer stands, later ones fill what it leaves empty.

    Parameters
    ----------
    sources : iterable of Source
        Of kind customer_list; a file called ``debtors`` or ``debiteurs`` is the auditor's, and comes first.
    terms : dict
        Per source name, ``payment_terms`` and ``terms_confirmed_by`` that hold for its customers.
    """
    frames = [_listed(source).assign(**{
        role: lambda rows, role=role, given=given: rows[role].where(rows[role] != "", given)
        for role, given in terms.get(source.name, {}).items()}) for source in sorted(sources, key=_is_client_s)]
    if not frames:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in ("customer_id", "name")})
    stacked = pd.concat(frames, ignore_index=True)
    free = _free(stacked)
    stacked[free] = stacked[free].fillna("")
    named = stacked[stacked["customer_id"] != ""]
    return _first_standing(named) if len(frames) > 1 else named.drop_duplicates("customer_id").reset_index(drop=True)


def _is_client_s(source: Source) -> bool:
    return not AUDITOR_FILE.match(source.file)


def _first_standing(stacked: pd.DataFrame) -> pd.DataFrame:
    """Keep the first text other than "" of each customer, of each column; figures and flags are the first row's."""
    first = stacked.drop_duplicates("customer_id").set_index("customer_id")
    texts_of = [name for name in first.columns if name not in ("is_group", "credit_limit_cents")]
    filled = stacked[["customer_id", *texts_of]].astype("object").replace("", None)
    filled = filled.groupby("customer_id", sort=False).first().reindex(first.index).fillna("")
    return first.assign(**{name: filled[name].astype("str") for name in texts_of}).reset_index()


def _listed(source: Source) -> pd.DataFrame:
    table = source.table
    name = texts(table, "customer_name")
    identifier = texts(table, "customer_id").where(lambda found: found != "", texts(table, "account"))
    in_group = pd.Series(False, index=table.index)
    for role in _free(table):
        if fold(pd.Series([role.partition(":")[2]])).iloc[0] in GROUP_HEADERS:
            in_group |= flags(table, role)
    is_decided = (texts(table, "customer_type") != "") & (not _is_client_s(source))
    return pd.DataFrame({
        "decided_in": pd.Series(source.file, index=table.index).where(is_decided, ""),
        "customer_id": identifier.where(identifier != "", name), "name": name, "is_group": in_group,
        **{role: texts(table, role) for role in FILE_TEXTS}, "credit_limit_cents": cents(table, "credit_limit_cents"),
        **{name: texts(table, name) for name in _free(table)},
    })


def most_frequent_names(spellings: pd.DataFrame) -> pd.Series:
    """Return the most frequent name of each customer, then the longest, then the first in the alphabet.

    Parameters
    ----------
    spellings : DataFrame
        ``customer_id`` and ``name``, one row per item, or one for several with their number in ``times``.

    Returns
    -------
    Series of str
        Names by customer_id.
    """
    named = spellings[spellings["name"] != ""].astype({"customer_id": "str", "name": "str"})
    named = named.assign(times=named["times"].fillna(1).astype("int64") if "times" in named else 1)
    counted = named.groupby(["customer_id", "name"], sort=False)["times"].sum().reset_index()
    counted = counted.assign(length=counted["name"].str.len()).sort_values(
        ["customer_id", "times", "length", "name"], ascending=[True, False, False, True])
    return counted.drop_duplicates("customer_id").set_index("customer_id")["name"]


def spelled_several_ways(spellings: pd.DataFrame) -> pd.Series:
    """Return the number of spellings of each customer that has more than one."""
    named = spellings.loc[spellings["name"] != "", ["customer_id", "name"]].astype("str").drop_duplicates()
    times = named.groupby("customer_id").size()
    return times[times > 1]


def build_customers(
    listed: pd.DataFrame, spellings: pd.DataFrame, attributes: pd.DataFrame, *,
    overrides: Mapping[str, DebtorOverride] | None = None,
) -> pd.DataFrame:
    """Give every customer one row.

    Parameters
    ----------
    listed : DataFrame
        What `customer_file` returned.
    spellings : DataFrame
        ``customer_id`` and ``name`` of each item and second-source row, as `most_frequent_names` takes them.
    attributes : DataFrame
        By customer_id, ``business_unit``, ``salesperson``, ``country``, ``siren``, ``vat_number``,
        ``payment_terms`` read beside the items; they fill what the list leaves empty.
    overrides : mapping of str to DebtorOverride, optional
        The auditor's decisions, by customer_id.

    Returns
    -------
    DataFrame
        `schemas.CUSTOMERS`, in order of customer_id, with the free attributes of the list.
    """
    names = most_frequent_names(spellings)
    everyone = (
        pd.Index(spellings["customer_id"].astype("str")).union(pd.Index(listed["customer_id"].astype("str"))).unique()
    )
    table = listed.set_index("customer_id").reindex(everyone.drop("", errors="ignore").sort_values())
    table["name"] = table["name"].fillna("")
    table["name"] = table["name"].where(table["name"] != "", names.reindex(table.index).fillna("").to_numpy())
    table["name"] = table["name"].where(table["name"] != "", table.index.to_series())
    for role in FILE_TEXTS:
        own = table[role].fillna("") if role in table else pd.Series("", index=table.index)
        beside = attributes[role].reindex(table.index).fillna("") if role in attributes else own
        table[role] = own.where(own != "", beside)
    table["credit_limit_cents"] = cents(table, "credit_limit_cents")
    table["is_group"] = table["is_group"].fillna(False).astype(bool) if "is_group" in table else False
    free = _free(table)
    table[free] = table[free].fillna("")
    decided = table.pop("decided_in").fillna("") if "decided_in" in table else pd.Series("", index=table.index)
    typed = with_types(table.rename_axis("customer_id").reset_index())
    by_file = "décision de l'auditeur (" + decided.reset_index(drop=True) + ")"
    typed["type_reason"] = by_file.where(decided.to_numpy() != "", typed["type_reason"])
    return validate(with_overrides(typed, overrides or {}), CUSTOMERS)


def align_ids(ids: pd.Series, names: pd.Series, known: pd.DataFrame) -> pd.Series:
    """Find the customers of another file under the codes the items use.

    A code is taken as it is, else without leading zeros, else without its 411, else by its name where
    only one customer has it; what is still not found stays as written.

    Parameters
    ----------
    ids, names : Series of str
        As the other file writes them.
    known : DataFrame
        ``customer_id`` and ``name`` as the items write them.
    """
    aligned = ids.astype("str")
    reference = known[["customer_id", "name"]].drop_duplicates().astype("str")
    reference = reference[reference["customer_id"] != UNKNOWN_CUSTOMER]
    for key_of, written, kept in (
        (_bare, aligned, reference["customer_id"]),
        (fold, names.where(names != "", aligned), reference["name"]),
    ):
        missing = ~aligned.isin(reference["customer_id"])
        if not missing.any():
            break
        keyed = pd.DataFrame({"key": key_of(kept).to_numpy(), "customer": reference["customer_id"].to_numpy()})
        groups = keyed[keyed["key"] != ""].drop_duplicates().groupby("key")["customer"]
        unique = groups.first()[groups.size() == 1]
        aligned = aligned.where(~missing, _found(key_of(written), unique, aligned))
    return aligned


def one_writing(movements: pd.DataFrame) -> pd.Series:
    """Write each customer's code one way where files differ: ``00012``, ``12`` and ``41100012`` under one name.

    The longest writing stands; two writings inside one file are two customers.

    Parameters
    ----------
    movements : DataFrame
        With ``source``, ``customer_id`` and ``customer_name``.
    """
    written = movements["customer_id"].astype("str")
    seen = movements[["source", "customer_name"]].assign(code=written).drop_duplicates(["source", "code"])
    seen = seen.assign(bare=_bare(seen["code"]), name=fold(seen["customer_name"]).replace("", None))
    seen = seen[(seen["bare"] != "") & (seen["code"] != UNKNOWN_CUSTOMER)]
    writings, named = (seen.dropna(subset=name).drop_duplicates(["bare", name])["bare"] for name in ("code", "name"))
    two_names = set(named[named.duplicated()]) | set(seen.loc[seen.duplicated(["bare", "source"]), "bare"])
    one = set(writings[writings.duplicated()]) - two_names
    several = seen[seen["bare"].isin(one)]
    order = several["code"].str.len().sort_values(ascending=False, kind="stable").index
    longest = several.loc[order].groupby("bare")["code"].first()
    kept = look_up(written, pd.Series(several["bare"].map(longest).to_numpy(), index=several["code"]))
    return written.where(kept == "", kept)


def _found(written: pd.Series, unique: pd.Series, aligned: pd.Series) -> pd.Series:
    found = look_up(written, unique)
    return found.where(found != "", aligned)


def _free(table: pd.DataFrame) -> list[str]:
    """Return the names of the free attributes."""
    return [name for name in map(str, table.columns) if name.startswith("attribute:")]


def _bare(codes: pd.Series) -> pd.Series:
    folded = codes.astype("str").str.upper().str.replace(r"[^A-Z0-9]", "", regex=True)
    return folded.str.replace(r"^411(?=.)", "", regex=True).str.lstrip("0")
