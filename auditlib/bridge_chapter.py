"""Chapter of the bridge: from the figures a client publishes to ours, one convention at a time."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from auditlib import overdue, reasons
from auditlib.amounts import ratio
from auditlib.chapter import Chapter
from auditlib.dso import days_sales_outstanding
from auditlib.evidence import Evidence
from auditlib.history import History
from auditlib.open_items import account_starts
from auditlib.stock_indicators import UNDATED_LIMIT
from auditlib.texts import N_
from auditlib.vat import net_of_vat

__all__ = ["CAUSES", "bridge_chapter"]

CAUSES = ("vat_included", "window_months", "credits_deducted", "includes_416", "includes_bills", "includes_group",
          "as_of_date")
"""In the order in which the client's conventions are turned into ours."""
OF_SALES = ("vat_included", "window_months")
NOT_REPLAYED = N_("Les documents ne permettent pas de revenir à cette date.")
SHORTER_HISTORY = N_("L'historique des ventes est plus court que la période de l'entreprise.")
NO_GROUP = N_("Les documents ne signalent aucune société du groupe.")
NO_ACCOUNTS = N_("Les documents ne donnent pas les comptes des pièces.")
TYPES = {"measure": "str", "cause": "str", "state": "str", "theirs": "str", "ours": "str", "tenths": "int64",
         "reason": "str"}


@dataclass(frozen=True)
class Conventions:
    """How a figure is counted; the fields are `CAUSES`."""

    vat_included: bool
    window_months: int
    credits_deducted: bool
    includes_416: bool
    includes_bills: bool
    includes_group: bool
    as_of_date: dt.date


Found = tuple[float | None, str]
"""A value, or why there is none (French)."""
Measure = Callable[[Conventions], Found]


def bridge_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame) -> Chapter:
    """Return the chapter; it has no indicator of its own.

    Parameters
    ----------
    evidence : Evidence
        Its parameters say what the client publishes, and how he counts.
    history : History
        Not needed here.
    customers : DataFrame
        Not needed here.

    Returns
    -------
    Chapter
        Table ``bridge``: for each figure published (``measure``: dso, overdue_rate) the ``cause`` published, each of
        `CAUSES`, unexplained, ours. ``tenths`` is the figure, or what a cause adds to it, in tenths of a day or of a
        percent: the lines add up. ``state`` is "" (counted), same, unstated, not_applicable or unavailable (with its
        ``reason``); ``theirs`` and ``ours`` are the conventions, ``theirs`` of the figure published its source. Without
        a figure published, no row.
    """
    published, method = evidence.parameters.published, evidence.parameters.method
    ours = Conventions(
        vat_included=True, window_months=method.window_months, credits_deducted=True, includes_416=True,
        includes_bills=True, includes_group=True, as_of_date=evidence.as_of_date)
    theirs = published.method.model_dump() | {"as_of_date": published.as_of_date or evidence.as_of_date}
    rows: list[dict[str, Any]] = []
    if published.dso is not None:
        rows += _bridge("dso", 10 * published.dso, partial(_dso, evidence), theirs=theirs, ours=ours)
    if published.overdue_rate is not None:
        gross = replace(ours, credits_deducted=False)
        without_sales = {name: None if name in OF_SALES else value for name, value in theirs.items()}
        rows += [row | ({"state": "not_applicable"} if row["cause"] in OF_SALES else {}) for row in _bridge(
            "overdue_rate", 1000 * published.overdue_rate, partial(_overdue_rate, evidence), theirs=without_sales,
            ours=gross)]
    table = pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)
    table.loc[table["cause"] == "published", "theirs"] = published.source
    return Chapter(tables={"bridge": table})


def _bridge(
    name: str, published: float, measure: Measure, *, theirs: dict[str, Any], ours: Conventions,
) -> list[dict[str, Any]]:
    """Turn the client's conventions into ours one by one; what this does not explain is the last line.

    The conventions are undone from ours backwards, so that one which cannot be counted is left out of the path. Each
    figure on the path is rounded once: the lines add up as they are printed.
    """
    value, why = measure(ours)
    scale = 10 if name == "dso" else 1000
    if value is None:
        return [_row(name, "published", round(published)), _row(name, "ours", 0, state="unavailable", reason=why)]
    at, held, lines = round(scale * value), ours, []
    for cause in reversed(CAUSES):
        state, reason, effect = _state(theirs[cause], getattr(ours, cause)), "", 0
        if not state:
            trial = replace(held, **{cause: theirs[cause]})
            before, reason = measure(trial)
            state = "unavailable" if before is None else ""
            if before is not None:
                effect, held = at - round(scale * before), trial
                at -= effect
        lines.append(_row(name, cause, effect, state=state, reason=reason, theirs=theirs[cause],
                          ours=getattr(ours, cause)))
    return [_row(name, "published", round(published)), *reversed(lines),
            _row(name, "unexplained", at - round(published)), _row(name, "ours", round(scale * value))]


def _state(theirs: Any, ours: Any) -> str:
    if theirs is None:
        return "unstated"
    return "same" if theirs == ours else ""


def _row(name: str, cause: str, tenths: int, *, state: str = "", reason: str = "", theirs: Any = None,
         ours: Any = None) -> dict[str, Any]:
    return {"measure": name, "cause": cause, "state": state, "theirs": "" if theirs is None else str(theirs),
            "ours": "" if ours is None else str(ours), "tenths": tenths, "reason": reason}


def _dso(evidence: Evidence, counted: Conventions) -> Found:
    """Return the DSO under some conventions [days]; under ours, the indicator ``dso``."""
    if unknown := reasons.OPEN_ITEMS_ONLY if not evidence.has_flows else _unknown(evidence, counted):
        return None, unknown
    window = evidence.window(counted.as_of_date, months=counted.window_months)
    is_ours = counted.window_months == evidence.parameters.method.window_months
    if window is None or (window.months != counted.window_months and not is_ours):
        return None, reasons.SHORT_HISTORY if window is None else SHORTER_HISTORY
    sold, items = evidence.sold, _items(evidence, counted)
    posted = sold["posting_date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end)).to_numpy()
    sold = sold[posted if counted.includes_group else posted & ~evidence.is_of_group(sold)]
    amount = sold["amount_cents"].to_numpy()
    if not counted.vat_included:
        share = evidence.vat_share[sold.index.to_numpy()]
        if np.isnan(share[amount != 0]).any():
            return None, reasons.NO_VAT_RATE
        amount = net_of_vat(amount, share=share)
    residual = items["residual_cents"]
    stock = int((residual if counted.credits_deducted else residual.clip(lower=0)).sum())
    value = days_sales_outstanding(stock, sales_cents=int(amount.sum()), days=window.days)
    return value, "" if value is not None else reasons.NO_SALES


def _overdue_rate(evidence: Evidence, counted: Conventions) -> Found:
    """Return the overdue rate [share 0–1]: ``overdue_rate`` under ours, ``overdue_rate_net`` with credits deducted."""
    if unknown := _unknown(evidence, counted):
        return None, unknown
    items = _items(evidence, counted)
    if (overdue.undated_share(items) or 0) > UNDATED_LIMIT:
        return None, reasons.TOO_MUCH_UNDATED
    if not counted.credits_deducted:
        value = overdue.overdue_rate(items)
        return value, "" if value is not None else reasons.NOTHING_OPEN
    today = counted.as_of_date == evidence.as_of_date  # deposits are known at the as-of date only
    late = overdue.net_overdue(items, deposits=evidence.intake.deposits.iloc[:None if today else 0])
    balances = items["residual_cents"].groupby(items["customer_id"].astype("str")).sum()
    value = ratio(int(late["net_overdue_cents"].sum()), int(balances[balances > 0].sum()))
    return value, "" if value is not None else reasons.NO_BALANCE


def _unknown(evidence: Evidence, counted: Conventions) -> str:
    """Say what the documents do not tell and these conventions need; "" where they tell it all."""
    intake, day = evidence.intake, counted.as_of_date
    first = intake.history_start or day
    if day != evidence.as_of_date and not (evidence.has_flows and first <= day < evidence.as_of_date):
        return NOT_REPLAYED
    if not counted.includes_group and not intake.customers["is_group"].any():
        return NO_GROUP
    has_accounts = bool((evidence.open_items["account"] != "").any())
    return "" if has_accounts or (counted.includes_416 and counted.includes_bills) else NO_ACCOUNTS


def _items(evidence: Evidence, counted: Conventions) -> pd.DataFrame:
    """Return the open items that count, at the day."""
    day = counted.as_of_date
    items = evidence.open_items if day == evidence.as_of_date else evidence.state(day)
    left_out = np.zeros(len(items), dtype=bool)
    for includes, held in ((counted.includes_416, account_starts(items["account"], "416")),
                           (counted.includes_bills, account_starts(items["account"], "413")),
                           (counted.includes_group, items["is_group"].to_numpy())):
        left_out |= held & (not includes)
    kept: pd.DataFrame = items[~left_out]
    return kept
