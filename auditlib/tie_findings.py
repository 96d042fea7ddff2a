"""Findings of reconciliation: customers, buckets and sources that differ, and sources left aside."""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import pandas as pd

from auditlib.ledger_findings import Row, Writer, findings_table
from auditlib.source_pairs import LEDGER

__all__ = ["bucket_findings", "pair_findings", "tie_findings"]


def tie_findings(
    *, tied: pd.DataFrame, differences: pd.DataFrame, untied: list[str], writer: Writer,
) -> pd.DataFrame:
    """Return what the tie-out to the first source shows beyond its total, and the sources left aside.

    Parameters
    ----------
    tied : DataFrame
        From `auditlib.reconciliation.tie_out`.
    differences : DataFrame
        Of the first source.
    untied : list of str
        Sources at a date the ledger has no state of.
    """
    rows: list[Row] = []
    if len(tied) and bool(tied["ties"].iloc[0]) and len(differences):
        amount = int(differences["difference_cents"].abs().sum()) // 2
        rows.append(("compensating_differences", "warning", len(differences), amount, writer.say(
            "Le total se rapproche de « {source} », mais des clients diffèrent : {rows}, pour {amount} de part et "
            "d'autre.").format(source=tied["source"].iloc[0], rows=len(differences), amount=writer.amount(amount))))
    rows += [("source_not_comparable", "info", 0, 0, writer.say(
        "« {source} » n'est pas à une date que les pièces permettent de reconstituer : non rapproché.").format(
            source=name)) for name in untied]
    return findings_table(rows)


def pair_findings(
    pairs: pd.DataFrame, gaps: pd.DataFrame, *, told: tuple[str, str] | None, writer: Writer,
) -> pd.DataFrame:
    """Return each pair of sources that differs, in total or by customer.

    Parameters
    ----------
    pairs, gaps : DataFrame
        From `auditlib.source_pairs.compared_pairs`.
    told : tuple of str, optional
        First and second source of the pair that makes the verdict: it is told elsewhere.
    """
    apart = pairs[~pairs["ties"] | (pairs["customers"] > 0)]
    return findings_table(_of_pair(pair, gaps, writer) for pair in apart.to_dict("records")
                          if (pair["first"], pair["second"]) != told)


def _of_pair(pair: Mapping[Hashable, object], gaps: pd.DataFrame, writer: Writer) -> Row:
    names = {"first": writer.say("Grand livre") if pair["first_kind"] == LEDGER else pair["first"],
             "second": pair["second"], "date": writer.day(pair["as_of_date"])}
    own = gaps[(gaps["first"] == pair["first"]) & (gaps["second"] == pair["second"])]
    customers = max(int(str(pair["customers"])), 0)
    if pair["ties"]:
        amount = int(own["difference_cents"].abs().sum()) // 2
        return "sources_differ", "warning", customers, amount, writer.say(
            "« {first} » et « {second} » ont le même total au {date}, mais des clients diffèrent : {customers}, pour "
            "{amount} de part et d'autre.").format(**names, customers=customers, amount=writer.amount(amount))
    amount = int(str(pair["difference_cents"]))
    return "sources_differ", "warning", customers, amount, writer.say(
        "« {first} » et « {second} » ne se rapprochent pas au {date} : écart de {amount}, clients concernés : "
        "{customers}.").format(
            **names, amount=writer.amount(amount), customers=customers or writer.say("non détaillés"))


def bucket_findings(
    compared: Iterable[tuple[str, dt.date, pd.DataFrame]], *, writer: Writer,
) -> pd.DataFrame:
    """Return each aged balance whose ageing is not ours at its date.

    Parameters
    ----------
    compared : iterable of (name, date, DataFrame)
        From `auditlib.reconciliation.compare_buckets`.
    """
    rows: list[Row] = []
    for name, day, buckets in compared:
        apart = buckets[buckets["difference_cents"] != 0]
        if len(apart):
            amount = int(np.abs(apart["difference_cents"]).max())
            rows.append(("ageing_differs", "warning", len(apart), amount, writer.say(
                "La ventilation par âge diffère de « {source} » au {date} (tranches : {rows}), de {amount} au plus."
            ).format(source=name, date=writer.day(day), rows=len(apart), amount=writer.amount(amount))))
    return findings_table(rows)
