"""An audit across currencies: each in its own amounts and, where the rates are given, all brought into one."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from auditlib import summary
from auditlib.ageing import bucket_table
from auditlib.amounts import euros
from auditlib.conversion import Rates, convert_ledger, convert_movements, part_of
from auditlib.evidence import Evidence
from auditlib.ledger import Ledger
from auditlib.open_items import residuals
from auditlib.parameters import Parameters
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.loaders.intake import Intake

__all__ = ["NO_RATE", "by_currency", "converted_evidence", "currency_entries", "given_rates", "with_document_residuals"]

NO_RATE = N_("Plusieurs devises, sans cours pour {currencies} : les montants sont donnés devise par devise.")


def given_rates(parameters: Parameters) -> Rates:
    """Return the rates of the parameters file, into its ``currency`` (EUR where it names none)."""
    return Rates(parameters.rates, main=parameters.currency or "EUR")


def by_currency(
    ledger: Ledger, intake: "Intake", *, parameters: Parameters, as_of_date: dt.date,
) -> dict[str, Evidence]:
    """Return the evidence of each currency in its documents' own amounts; deposits are held in the main one."""
    currency, main = ledger.items["currency"], given_rates(parameters).main
    found = {}
    for code in sorted(currency.unique().astype("str")):
        own = dataclasses.replace(intake, currency=code, deposits=intake.deposits.iloc[0 if code == main else len(
            intake.deposits):])
        found[code] = Evidence(own, parameters, as_of_date, part_of(ledger, (currency == code).to_numpy()))
    return found


def converted_evidence(
    ledger: Ledger, intake: "Intake", *, parameters: Parameters, as_of_date: dt.date,
) -> Evidence:
    """Return the evidence of a ledger in several currencies, in the main one.

    Disputes and promises that name an item are in its currency; promises that name none, deposits and second sources
    are in the main one.
    """
    rates, movements = given_rates(parameters), intake.movements
    factors = pd.Series(rates.factors(movements["currency"]), index=movements["movement_id"])

    def in_main(stated: pd.DataFrame) -> pd.DataFrame:
        one = int(rates.factors(pd.Series([rates.main], dtype="category"))[0])
        own = stated["movement_id"].map(factors).fillna(one).to_numpy(dtype=np.int64)
        return stated.assign(amount_cents=rates.converted(stated["amount_cents"].to_numpy(), own))

    converted = dataclasses.replace(
        intake, currency=rates.main, movements=convert_movements(movements, rates=rates),
        disputes=in_main(intake.disputes), promises=in_main(intake.promises),
        findings=intake.findings[intake.findings["finding"] != "several_currencies"])
    return Evidence(converted, parameters, as_of_date, convert_ledger(ledger, rates=rates), documents=movements)


def currency_entries(
    parts: dict[str, Evidence], *, rates: Rates | None = None, converted: Evidence | None = None,
) -> dict[str, Any]:
    """Return ``currencies`` of ``indicators.json``: receivable and ageing of each, in its own amounts.

    Parameters
    ----------
    parts : dict of str to Evidence
        From `by_currency`.
    rates : Rates, optional
    converted : Evidence, optional
        From `converted_evidence`: what each currency is worth in the main one is told beside, and adds up to the whole.
    """
    entries: dict[str, Any] = {code: {
        "receivable": summary.receivable_entry(
            part.open_items, net_overdue_cents=int(part.net_overdue["net_overdue_cents"].sum()),
            has_disputes=part.intake.has_dispute_information),
        "ageing": summary.ageing_rows(bucket_table(part.shown_items, buckets=part.parameters.method.buckets)),
    } for code, part in parts.items()}
    if rates is None or converted is None:
        return entries
    items = converted.open_items
    code = document_currency(items, main=rates.main)
    worth = items["residual_cents"].groupby(code).sum()
    for name, entry in entries.items():
        entry |= {"rate": converted.parameters.rates.get(name, 1.0), "converted_total": euros(int(worth.get(name, 0)))}
    return entries


def document_currency(items: pd.DataFrame, *, main: str) -> pd.Series:
    """Return the currency each item's document is in."""
    foreign = items["foreign_currency"].astype("str")
    return foreign.where(foreign != "", main)


def with_document_residuals(open_items: pd.DataFrame, *, ledger: Ledger) -> pd.DataFrame:
    """Add what is left of each open item in its document's currency, as ``foreign_residual_cents``.

    Parameters
    ----------
    open_items : DataFrame
        Of the converted ledger.
    ledger : Ledger
        In the documents' own amounts; its items come first in the converted one.
    """
    left = residuals(ledger)
    return open_items.assign(foreign_residual_cents=left[open_items["item_id"].to_numpy()])
