"""Whose books a file holds: the SIREN in the name of an FEC tells the companies of a group apart."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from auditlib.loaders.customer_codes import names_agree
from auditlib.loaders.debtors import most_frequent_names
from auditlib.loaders.quality import finding
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import fold
from auditlib.texts import N_
from auditlib.told import Amount, Part

__all__ = ["by_entity", "told_apart"]

FEC_NAME = re.compile(r"(?<!\d)(\d{9})FEC\d{8}", re.IGNORECASE)


def by_entity(sources: Mapping[int, Source]) -> dict[str, dict[int, Source]]:
    """Group sources by the SIREN in their names; files that name none stay with all others, as one company's."""
    named = {number: FEC_NAME.search(source.file) for number, source in sources.items()}
    if not all(named.values()):
        return {"": dict(sources)}
    groups: dict[str, dict[int, Source]] = {}
    for number, match in named.items():
        groups.setdefault(match.group(1) if match else "", {})[number] = sources[number]
    return groups


def told_apart(parts: Sequence[pd.DataFrame], entities: Sequence[str]) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Stack the items of several companies, a code that names two customers made two codes.

    Parameters
    ----------
    parts : sequence of DataFrame
        ``customer_id, customer_name, amount_cents``, one frame a company.
    entities : sequence of str
        The SIREN of each.

    Returns
    -------
    movements : DataFrame
        ``C2`` of the second company is ``C2 (987654321)`` where the first calls another customer so.
    findings : list of DataFrame
    """
    known: dict[str, str] = {}
    apart, renamed = [], 0
    for part, entity in zip(parts, entities, strict=True):
        code = part["customer_id"].astype("str")
        names = most_frequent_names(
            pd.DataFrame({"customer_id": code, "name": part["customer_name"].astype("str")}))
        folded = dict(zip(names.index.astype("str"), fold(names), strict=True))
        other = {key for key, name in folded.items() if key in known and not names_agree(known[key], name)}
        apart.append(part.assign(customer_id=code.where(~code.isin(other), code + f" ({entity})")))
        known |= {key: name for key, name in folded.items() if key not in known}
        renamed += len(other)
    return pd.concat(apart, ignore_index=True), [_said(parts, entities, renamed)]


def _said(parts: Sequence[pd.DataFrame], entities: Sequence[str], renamed: int) -> pd.DataFrame:
    amounts = [int(part["amount_cents"].sum()) for part in parts]
    told_amounts = [Part(N_(" {entity} : {amount} ;"), {"entity": entity, "amount": Amount(amount)})
                    for entity, amount in zip(entities, amounts, strict=True)]
    return finding(
        "several_entities", "serious",
        N_("Les FEC sont ceux de {count} sociétés :{amounts} leurs à-nouveaux et leurs lignes sont lus à part, leurs "
           "encours sont additionnés ; un audit par société se lance sur ses seuls fichiers. Codes qui y désignent des "
           "clients différents, distingués par le SIREN : {renamed}."), rows=sum(map(len, parts)),
        amount_cents=sum(amounts), figures={"count": len(entities), "amounts": told_amounts, "renamed": renamed})
