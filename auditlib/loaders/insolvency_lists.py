"""Insolvency procedures from an official extract (BODACC): customers found by SIREN, names only proposed."""

from collections.abc import Mapping, Sequence

import pandas as pd

from auditlib.loaders.movements import skip_together
from auditlib.loaders.quality import finding
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import dates, fold, matches, texts
from auditlib.schemas import INSOLVENCIES, empty, validate
from auditlib.texts import N_
from auditlib.told import Figure, Part

__all__ = ["registered_insolvencies"]

OVER = r"extinction du passif|r[ée]tract|infirm|annul|rejet"
"""How a notice says that a procedure ended without loss for its creditors, or never stood."""
NOT_A_CUSTOMER = "no customer has this SIREN"
NAMED = 10
NO_SUFFIX = r"\b(?:SAS|SASU|SARL|EURL|SA|SNC|SCI|SOCIETE|ETS|ETABLISSEMENTS)\b"


def registered_insolvencies(
    sources: Sequence[Source], numbers: Mapping[int, int], customers: pd.DataFrame,
) -> tuple[pd.DataFrame, dict[int, list[pd.DataFrame]], list[pd.DataFrame]]:
    """Match official extracts to the customers.

    A customer is under a procedure where the extract holds his SIREN; a company of the same name only is a
    proposal the auditor has to check, never a status.

    Parameters
    ----------
    sources : sequence of Source
        Of kind insolvency_list.
    numbers : mapping of int to int
        Number of each source, by its id.
    customers : DataFrame
        `schemas.CUSTOMERS`.

    Returns
    -------
    insolvencies : DataFrame
        `schemas.INSOLVENCIES`.
    left_out : dict of int to list of DataFrame
        The companies that are no customers, as one row.
    findings : list of DataFrame
    """
    if not sources:
        return empty(INSOLVENCIES), {}, []
    known, rows, left_out = _customer_sirens(customers), [], {}
    for source in sources:
        listed = _notices(source)
        rows.append(listed.merge(known, on="siren", how="left"))
        others = source.table[~listed["siren"].isin(known["siren"]).to_numpy()]
        left_out[numbers[id(source)]] = [skip_together(others, "not_a_customer", NOT_A_CUSTOMER)] if len(others) else []
    notices = pd.concat(rows, ignore_index=True)
    standing = _standing(notices[notices["customer_id"].notna()])
    standing["claim_declared_on"] = dates(standing, "claim_declared_on")
    found = validate(standing[list(INSOLVENCIES.columns)], INSOLVENCIES)
    said = [*_found_finding(found, customers), *_proposals(notices[notices["customer_id"].isna()], customers, found),
            *_unchecked(customers, known)]
    return found, left_out, said


def _customer_sirens(customers: pd.DataFrame) -> pd.DataFrame:
    """Return ``siren`` and ``customer_id``: of the SIREN or SIRET, else read in a French VAT number."""
    own = _digits(customers["siren"])
    own = own.str.slice(0, 9).where(own.str.len().isin([9, 14]), "")
    vat = customers["vat_number"].astype("str").str.upper().str.replace(r"[^A-Z0-9]", "", regex=True)
    from_vat = vat.str.extract(r"^FR..(\d{9})$", expand=False).fillna("")
    siren = own.where(own != "", from_vat)
    named = pd.DataFrame({"siren": siren.astype("str"), "customer_id": customers["customer_id"].astype("str")})
    return named[named["siren"] != ""].reset_index(drop=True)


def _notices(source: Source) -> pd.DataFrame:
    """Return the notices of an extract; the judgment may be one cell of keys and values, as open data gives it."""
    table = source.table
    written = texts(table, "insolvency_procedure")
    nature = written.str.extract(r'"nature"\s*:\s*"([^"]*)"', expand=False)
    judged = pd.to_datetime(written.str.extract(r'"date"\s*:\s*"(\d{4}-\d{2}-\d{2})', expand=False), errors="coerce")
    digits = texts(table, "siren").str.replace(r"[^0-9,;]", "", regex=True).str.extract(r"(\d{9})", expand=False)
    return pd.DataFrame({
        "siren": digits.fillna("").astype("str"), "name": texts(table, "customer_name"),
        "procedure": nature.where(nature.notna(), written).astype("str"),
        "judgment_date": dates(table, "judgment_date").fillna(judged.astype("datetime64[s]")),
        "publication_date": dates(table, "publication_date")})


def _standing(notices: pd.DataFrame) -> pd.DataFrame:
    """Leave out procedures that are over, with all that was published of them before."""
    day = notices["judgment_date"].fillna(notices["publication_date"])
    over = pd.Series(matches(notices["procedure"], OVER), index=notices.index)
    ended = pd.to_datetime(notices["siren"].map(day[over].groupby(notices["siren"][over]).max().to_dict()))
    return notices[~over & ~(day <= ended)].drop_duplicates()


def _found_finding(found: pd.DataFrame, customers: pd.DataFrame) -> list[pd.DataFrame]:
    ids = found["customer_id"].unique()
    if not len(ids):
        return []
    names = customers.set_index("customer_id")["name"].reindex(ids)
    return [finding(
        "insolvent_customers", "serious", N_(
            "{rows} clients sont en procédure collective d'après l'extrait officiel (rapprochés par SIREN) : "
            "{names}{more}."), rows=len(ids), figures={"rows": len(ids), **_listed(names)})]


def _proposals(notices: pd.DataFrame, customers: pd.DataFrame, found: pd.DataFrame) -> list[pd.DataFrame]:
    """Say which customers have the exact name of a company of the extract, its SIREN unknown or another."""
    wanted = set(_plain(notices["name"])) - {""}
    free = customers[~customers["customer_id"].isin(found["customer_id"])]
    alike = free.loc[_plain(free["name"]).isin(wanted), "name"]
    if alike.empty:
        return []
    return [finding(
        "insolvency_name_proposals", "warning", N_(
            "{rows} clients portent le nom exact d'une société de l'extrait officiel, sans le même SIREN : à vérifier "
            "avant toute relance ({names}{more})."), rows=len(alike), figures={"rows": len(alike), **_listed(alike)})]


def _unchecked(customers: pd.DataFrame, known: pd.DataFrame) -> list[pd.DataFrame]:
    elsewhere = customers["customer_type"].isin(["B2C", "public"]) | customers["zone"].isin(["EU", "non_EU"])
    companies = customers[~elsewhere]
    missing = int((~companies["customer_id"].isin(known["customer_id"])).sum())
    if not missing:
        return []
    return [finding(
        "insolvency_unchecked", "info", N_(
            "{rows} clients professionnels n'ont pas de SIREN : le contrôle des procédures collectives ne les couvre "
            "pas."), rows=missing, figures={"rows": missing})]


def _listed(names: pd.Series) -> dict[str, Figure]:
    """Return the first names, and how many more there are."""
    more = [Part(N_(" et {count} autres"), {"count": len(names) - NAMED})] if len(names) > NAMED else ""
    return {"names": ", ".join(sorted(names.astype("str"))[:NAMED]), "more": more}


def _plain(names: pd.Series) -> pd.Series:
    return fold(names).str.replace(NO_SUFFIX, "", regex=True).str.replace(r"\s+", " ", regex=True).str.strip()


def _digits(column: pd.Series) -> pd.Series:
    return column.astype("str").str.replace(r"\D", "", regex=True)
