"""Customers that may be one under two codes: near-same names or the same SIREN; proposed, never merged."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from auditlib.loaders.company_numbers import company_numbers
from auditlib.loaders.movements import UNKNOWN_CUSTOMER
from auditlib.loaders.quality import finding
from auditlib.loaders.table_columns import fold
from auditlib.schemas import ALIKE_CUSTOMERS, empty, validate
from auditlib.texts import N_
from auditlib.told import Amount, Part

__all__ = ["alike_customers", "alike_findings"]

LEGAL_FORM = (r"\b(?:SAS|SASU|SARL|EURL|SA|SNC|SCI|SCOP|GIE|SELARL|SCP|EIRL|LTD|LIMITED|LLC|INC|GMBH|BV|PLC|"
              r"SOCIETE|STE|ETS|ETABLISSEMENTS?|ENTREPRISE|MAISON|GROUPE)\b")
CUTOFF = 92
"""Similarity of two names, their words sorted, from which they are proposed. [0–100]"""
SHORTEST = 5
"""Shortest name, legal form apart, that is compared."""
LARGEST_BLOCK = 3_000
NAMED = 3


def alike_customers(customers: pd.DataFrame, balances: pd.Series) -> pd.DataFrame:
    """Propose pairs of customers that may be one.

    Names are compared without legal form, case and accents, among those that begin alike once their words are sorted;
    two names with different figures ("Hôtel 12", "Hôtel 14") or two known SIREN that differ are no pair.

    Parameters
    ----------
    customers : DataFrame
        `schemas.CUSTOMERS`.
    balances : Series of int64
        By customer. [cents, VAT included]

    Returns
    -------
    DataFrame
        `schemas.ALIKE_CUSTOMERS`, the largest balances first.
    """
    rows = customers[customers["customer_id"] != UNKNOWN_CUSTOMER].reset_index(drop=True)
    siren = company_numbers(rows).siren if len(rows) else pd.Series(dtype="str")
    names = fold(rows["name"]).str.replace(LEGAL_FORM, " ", regex=True).str.split().map(sorted).str.join(" ")
    found = [pair for pairs in (_same_siren(siren), _near_names(names, siren)) for pair in pairs]
    if not found:
        return empty(ALIKE_CUSTOMERS)
    pairs = pd.DataFrame(found, columns=["one", "other", "why", "score"]).drop_duplicates(["one", "other"])
    owed = rows["customer_id"].map(balances).fillna(0).astype("int64")
    listed = pd.DataFrame({
        "why": pairs["why"], "score": pairs["score"].astype("float64"),
        **{name: rows[column].to_numpy()[pairs[side]] for side, name, column in (
            ("one", "customer_id", "customer_id"), ("one", "name", "name"), ("other", "other_id", "customer_id"),
            ("other", "other_name", "name"))},
        "amount_cents": owed.to_numpy()[pairs["one"]], "other_amount_cents": owed.to_numpy()[pairs["other"]]})
    size = listed["amount_cents"].abs() + listed["other_amount_cents"].abs()
    return validate(listed.loc[size.sort_values(ascending=False, kind="stable").index], ALIKE_CUSTOMERS)


def _same_siren(siren: pd.Series) -> Iterator[tuple[int, int, str, float]]:
    for same in siren[siren != ""].groupby(siren[siren != ""]).groups.values():
        first, *others = sorted(map(int, same))
        yield from ((first, other, "siren", 100.0) for other in others)


def _near_names(names: pd.Series, siren: pd.Series) -> Iterator[tuple[int, int, str, float]]:
    """Compare names within blocks: of the same figures, and whose first word, or whose last, begins alike."""
    long = names[names.str.replace(" ", "").str.len() >= SHORTEST]
    figures = names.str.findall(r"\d+").str.join(" ")
    for key in (long.str.slice(0, 4), long.str.split().str[-1].str.slice(0, 4)):
        for block in long.groupby([key, figures[long.index]]).groups.values():
            places = block.to_numpy()
            if 1 < len(places) <= LARGEST_BLOCK:
                scores = process.cdist(long.loc[block], long.loc[block], scorer=fuzz.ratio, score_cutoff=CUTOFF)
                for one, other in np.argwhere(np.triu(scores, k=1)):
                    first, second = sorted((int(places[one]), int(places[other])))
                    known = siren[first] != "" and siren[second] != ""
                    if not known:
                        yield first, second, "name", float(scores[one, other])


def alike_findings(alike: pd.DataFrame, currency: str) -> list[pd.DataFrame]:
    """Say how many pairs are proposed, and name those that owe most."""
    if alike.empty:
        return []
    once = pd.concat([alike[["customer_id", "amount_cents"]].set_axis(["customer", "cents"], axis=1),
                      alike[["other_id", "other_amount_cents"]].set_axis(["customer", "cents"], axis=1)])
    total = int(once.drop_duplicates("customer")["cents"].sum())
    shown = [Part(N_("« {name} » ({code}) et « {other} » ({other_code})"), {
        "name": row["name"], "code": row["customer_id"], "other": row["other_name"], "other_code": row["other_id"]})
        for row in alike.head(NAMED).to_dict("records")]
    return [finding(
        "customers_alike", "warning", N_(
            "{rows} paires de clients portent presque le même nom ou le même SIREN sous deux codes ({amount}) : "
            "{shown} ; à confirmer, rien n'est fusionné."),
        rows=len(alike), amount_cents=total,
        figures={"rows": len(alike), "amount": Amount(total, currency or "EUR"), "shown": shown})]
