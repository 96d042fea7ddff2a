"""The figures that screen and paper draw: series, labels, unit and sentence; arranged, not computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import pandas as pd

from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, UNALLOCATED
from auditlib.amounts import ratio
from auditlib.formats import Formats, bucket_label

__all__ = [
    "DSO_PARTS",
    "Figure",
    "HeatMap",
    "ageing",
    "concentration",
    "dso_split",
    "euros_of",
    "values_of",
]

DSO_PARTS = ("dso_best_possible", "dso_late", "dso_disputed", "dso_doubtful", "dso_undated", "dso_unallocated")


@dataclass(frozen=True)
class Figure:
    """One figure, ready to be drawn.

    Attributes
    ----------
    series : dict of str to tuple
        Values by series name, one per label; None leaves a gap. [euros, days or shares, as `unit` says]
    labels : tuple of str
    unit : {"amount", "days", "share"}
    title : str
    sentence : str
        What the figure shows, in words: caption on screen, alternative text everywhere.
    codes : tuple of str
        What each label stands for (bucket, part of the DSO), where its colour depends on it.
    behind : tuple of str
        Series of a year before, each drawn pale behind the series of the same rank.
    thousands : bool
        Whether amounts are written in thousands; `in_unit_of` sets it.
    """

    series: dict[str, tuple[float | None, ...]]
    labels: tuple[str, ...]
    unit: str
    title: str
    sentence: str
    codes: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    thousands: bool = False

    def in_unit_of(self, formats: Formats) -> Self:
        """Return the figure, its amounts to be written in euros or in thousands as the formats say."""
        return replace(self, thousands=formats.thousands)


@dataclass(frozen=True)
class HeatMap(Figure):
    """A figure drawn as a table of colours: a column for each series, a row for each label.

    Attributes
    ----------
    gaps : dict of str to tuple of str
        For each series, why a value is missing; empty where there is one.
    """

    gaps: dict[str, tuple[str, ...]] = field(default_factory=dict)


def ageing(rows: Sequence[Mapping[str, Any]], formats: Formats) -> Figure:
    """Arrange an ageing: rows of ``bucket``, ``from_days`` and ``amount`` [euros], as in ``indicators.json``.

    Buckets set apart (no due date, unknown age, unallocated credits) are shown where they hold something.
    """
    _ = formats.gettext
    shown = [row for row in rows if row["amount"] or row["bucket"] not in (NO_DUE_DATE, AGE_UNKNOWN, UNALLOCATED)]
    amounts = {row["bucket"]: row["amount"] or 0.0 for row in shown}
    return Figure(
        series={_("Encours"): tuple(amounts.values())},
        unit="amount",
        title=_("Balance âgée"),
        labels=tuple(bucket_label(name, language=formats.language) for name in amounts),
        sentence=_oldest([row for row in rows if row["from_days"]], sum(amounts.values()), formats),
        codes=tuple(amounts),
    )


def dso_split(indicators: Mapping[str, Mapping[str, Any]], formats: Formats) -> Figure | None:
    """Arrange the parts of the DSO, then the DSO itself; None where it is not available [days]."""
    _ = formats.gettext
    total = indicators.get("dso", {}).get("value")
    parts = {name: indicators[name]["value"] for name in DSO_PARTS if indicators.get(name, {}).get("value") is not None}
    if total is None or not parts:
        return None
    names = {
        "dso_best_possible": _("Non échu"),
        "dso_late": _("Retard"),
        "dso_disputed": _("Litiges"),
        "dso_doubtful": _("Douteux"),
        "dso_undated": _("Sans échéance"),
        "dso_unallocated": _("Crédits non affectés"),
        "dso": _("DSO"),
    }
    shown = {name: value for name, value in parts.items() if value or name in DSO_PARTS[:2]} | {"dso": total}
    sentence = _("Sur {dso} de DSO, {late} tiennent aux retards de paiement.").format(
        dso=formats.days(total), late=formats.days(parts.get("dso_late"))
    )
    return Figure(
        series={_("DSO"): tuple(shown.values())},
        labels=tuple(names[name] for name in shown),
        unit="days",
        title=_("De quoi le DSO est fait"),
        sentence=sentence,
        codes=tuple(shown),
    )


def concentration(customers: pd.DataFrame, formats: Formats, *, count: int = 12) -> Figure | None:
    """Arrange the largest balances and their running share; None where no customer owes anything."""
    _ = formats.gettext
    positive = customers[customers["receivable_cents"] > 0].sort_values(
        "receivable_cents", ascending=False, kind="stable"
    )
    if positive.empty:
        return None
    top, total = positive.head(count), int(positive["receivable_cents"].sum())
    running = values_of(top["receivable_cents"].cumsum() / total)
    sentence = _("Les {count} premiers clients portent {share} des soldes débiteurs.").format(
        count=len(top), share=formats.share(running[-1])
    )
    return Figure(
        series={_("Encours"): euros_of(top["receivable_cents"]), _("Part cumulée"): running},
        unit="amount",
        labels=tuple(top["name"].where(top["name"] != "", top["customer_id"]).astype("str")),
        title=_("Concentration de l’encours"),
        sentence=sentence,
    )


def _oldest(late: Sequence[Mapping[str, Any]], total: float, formats: Formats) -> str:
    """Say what stands in the last overdue bucket."""
    if not late:
        return formats.gettext("Aucune tranche échue.")
    amount = late[-1]["amount"] or 0.0
    return formats.gettext("Tranche la plus ancienne ({bucket}) : {amount}, soit {share} de l’encours.").format(
        bucket=bucket_label(late[-1]["bucket"], language=formats.language).lower(),
        amount=formats.amount(amount),
        share=formats.share(ratio(amount, total)),
    )


def euros_of(cents: pd.Series) -> tuple[float | None, ...]:
    """Return cents as euros, None where missing."""
    return values_of(cents / 100)


def values_of(column: pd.Series) -> tuple[float | None, ...]:
    """Return a column's values, None where missing."""
    return tuple(None if pd.isna(value) else float(value) for value in column)
