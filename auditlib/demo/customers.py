"""The demo's debtors: who they are, what they buy and on which terms."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.demo import identifiers, names

__all__ = ["BUSINESS_UNITS", "TERMS", "generate_customers"]

Columns = dict[str, npt.NDArray[Any]]
BUSINESS_UNITS = ("Fabrication", "Pose et chantiers", "Négoce")
SALES_TEAM = ((0, 1, 2), (3, 4, 5), (6, 7))
"""Salespersons of each business unit, as positions in `names.SALESPERSONS`."""

TERMS = (("30 jours", 30, False), ("45 jours fin de mois", 45, True), ("60 jours", 60, False),
         ("30 jours fin de mois", 30, True), ("à réception", 0, False), ("50 jours", 50, False),
         ("90 jours", 90, False))
HOSPITAL_TERMS = 5  # public health bodies pay within 50 days, other public buyers within 30 (R. 2192-11 CCP)
TERMS_MIX = {  # chance of each of TERMS by customer type
    "B2B": (0.56, 0.17, 0.07, 0.17, 0.0, 0.0, 0.03),
    "B2C": (0.25, 0.0, 0.0, 0.0, 0.75, 0.0, 0.0),
    "public": (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
}
COUNTRIES = (("BE", 0.28), ("DE", 0.14), ("ES", 0.12), ("IT", 0.1), ("LU", 0.08), ("CH", 0.16), ("GB", 0.06),
             ("MA", 0.06))
FOREIGN_RATE = 0.18
TYPES, TYPE_MIX = ("B2B", "B2C", "public"), (0.72, 0.16, 0.12)
GROUPS = ("GROUPE FARVELAN", "GROUPE QUERSARDE", "GROUPE BELTIGNY")
SIZES = ("TPE", "PME", "ETI")


def generate_customers(count: int, rng: np.random.Generator) -> pd.DataFrame:
    """Generate debtors; the row number is the customer's number everywhere in the generator.

    Parameters
    ----------
    count : int
        At least 20.
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        The columns of the client's customer file, and ``frequency`` and ``ticket`` (weights of how
        often and how much a customer buys), ``term_days``, ``end_of_month``, ``vat_rate`` [share 0–1].
    """
    kind = rng.choice(3, count, p=TYPE_MIX)
    kind[0] = 0  # the group company
    is_foreign = (kind == 0) & (rng.random(count) < FOREIGN_RATE)
    is_foreign[0] = False
    country = np.full(count, "FR", dtype=object)
    codes, shares = zip(*COUNTRIES, strict=True)
    country[is_foreign] = np.array(codes, dtype=object)[rng.choice(len(codes), int(is_foreign.sum()), p=shares)]
    table = pd.DataFrame({
        "customer_id": [f"C{number:05d}" for number in range(1, count + 1)],
        "customer_type": np.array(TYPES, dtype=object)[kind], "country": country,
    })
    table["name"] = _names(table, rng)
    table["siren"], table["vat_number"] = _numbers(table, rng)
    table = table.assign(**_team(count, kind, rng), **_terms(table, rng))
    table = table.assign(**_sizes(kind, is_foreign, rng))
    table["legal_category"] = names.legal_categories(table["name"]).where(~is_foreign, "")
    renovation = (kind == 1) & (table["business_unit"].to_numpy() == 1)
    table["vat_rate"] = np.select([is_foreign, renovation], [0.0, 0.1], default=0.2)
    return _with_group(table, rng)


def _names(table: pd.DataFrame, rng: np.random.Generator) -> npt.NDArray[np.object_]:
    made = np.empty(len(table), dtype=object)
    for kind, maker in (("B2B", names.business_names), ("B2C", names.person_names), ("public", names.public_names)):
        here = ((table["customer_type"] == kind) & (table["country"] == "FR")).to_numpy()
        made[here] = maker(int(here.sum()), rng)
    for country, _ in COUNTRIES:
        here = (table["country"] == country).to_numpy()
        made[here] = names.foreign_names(country, int(here.sum()), rng)
    made[0] = "Delorme Outillage SAS"
    return made


def _numbers(table: pd.DataFrame, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    serials = np.resize(rng.permutation(100_000), len(table)).astype(np.int64)
    sirens = identifiers.sirens((table["customer_type"] == "public").to_numpy(), serials)
    is_firm = ((table["customer_type"] != "B2C") & (table["country"] == "FR")).to_numpy()
    texts = np.where(is_firm, pd.Series(sirens).astype("str").str.zfill(9), "").astype(object)
    vat = np.where(is_firm, np.array(identifiers.french_vat_numbers(sirens), dtype=object), "")
    for country, _ in COUNTRIES:
        here = (table["country"] == country).to_numpy()
        vat[here] = identifiers.foreign_vat_numbers(country, serials[here])
    return texts.tolist(), vat.tolist()


def _team(count: int, kind: npt.NDArray[np.int64], rng: np.random.Generator) -> Columns:
    unit = np.where(kind == 1, rng.choice(3, count, p=[0.1, 0.6, 0.3]), rng.choice(3, count, p=[0.45, 0.3, 0.25]))
    sizes = np.array([len(team) for team in SALES_TEAM])
    first = np.array([team[0] for team in SALES_TEAM])
    return {"business_unit": unit, "salesperson": first[unit] + rng.integers(0, sizes[unit])}


def _terms(table: pd.DataFrame, rng: np.random.Generator) -> Columns:
    types = table["customer_type"]
    draw = rng.random(len(types))
    chances = np.cumsum([TERMS_MIX[kind] for kind in TYPES], axis=1)
    row = types.map({kind: number for number, kind in enumerate(TYPES)}).to_numpy(dtype=np.int64)
    chosen = np.minimum((draw[:, None] > chances[row]).sum(axis=1), len(TERMS) - 1)
    chosen = np.where(table["name"].str.startswith("Centre hospitalier"), HOSPITAL_TERMS, chosen)
    texts, days, end_of_month = (np.array(column) for column in zip(*TERMS, strict=True))
    return {"payment_terms": texts[chosen], "term_days": days[chosen], "end_of_month": end_of_month[chosen]}


def _sizes(kind: npt.NDArray[np.int64], is_foreign: npt.NDArray[np.bool_],
           rng: np.random.Generator) -> Columns:
    """Weigh customers by a Pareto law: one in five makes four fifths of the sales."""
    weight = rng.permutation(1.0 / (np.arange(len(kind)) + 6.0) ** 0.95)
    weight = np.where(kind == 1, weight.min() * rng.uniform(0.8, 2.0, len(kind)), weight)
    weight[0] = np.quantile(weight, 0.93)
    share = weight / weight.sum()
    band = np.digitize(np.argsort(np.argsort(-share)) / len(kind), [0.06, 0.35])
    sizes = np.where(kind == 1, "Particulier", np.where(kind == 2, "Public", np.array(SIZES[::-1])[band]))
    limits = np.round(share * 18e6 * 0.28 / 1_000 + 1) * 1_000  # about 100 days of purchases, in euros
    return {"frequency": share**0.62, "ticket": share**0.38 * np.where(is_foreign, 1.15, 1.0), "size_class": sizes,
            "credit_limit_cents": np.where(kind == 0, limits * 100, 0).astype(np.int64)}


def _with_group(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    group = np.full(len(table), "", dtype=object)
    members = rng.permutation(np.flatnonzero((table["customer_type"] == "B2B").to_numpy())[1:])
    for number, name in enumerate(GROUPS):
        group[members[number::len(GROUPS)][:4]] = name
    group[0] = "GROUPE DELORME"
    return table.assign(group_id=group, is_group=np.arange(len(table)) == 0)
