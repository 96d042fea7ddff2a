"""The figures that screen and paper draw: series, labels, unit and sentence; arranged, not computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, UNALLOCATED
from auditlib.amounts import ratio
from auditlib.formats import Formats, bucket_label

__all__ = [
    "DSO_PARTS",
    "Figure",
    "ageing",
    "concentration",
    "dso_evolution",
    "dso_split",
    "evolution",
    "recovery_cohorts",
]

DSO_PARTS = ("dso_best_possible", "dso_late", "dso_disputed", "dso_doubtful", "dso_undated", "dso_unallocated")
COHORTS_SHOWN = 18


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
    """

    series: dict[str, tuple[float | None, ...]]
    labels: tuple[str, ...]
    unit: str
    title: str
    sentence: str
    codes: tuple[str, ...] = ()


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


def evolution(months: pd.DataFrame, formats: Formats) -> Figure:
    """Arrange receivable and overdue by month end, from ``month_end``, ``receivable_cents`` and ``overdue_cents``."""
    _ = formats.gettext
    receivable, overdue = _euros(months["receivable_cents"]), _euros(months["overdue_cents"])
    labels = _months(months, formats)
    return Figure(
        series={_("Encours"): receivable, _("Échu"): overdue},
        labels=labels,
        unit="amount",
        title=_("Encours et échu en fin de mois"),
        sentence=_between(
            labels,
            receivable,
            formats.amount,
            text=_("L’encours passe de {before} à {after} entre {start} et {end}."),
            formats=formats,
        ),
    )


def dso_evolution(months: pd.DataFrame, formats: Formats) -> Figure:
    """Arrange the DSO by month end, and its count-back variant where ``dso_count_back`` is there [days]."""
    _ = formats.gettext
    dso, labels = _values(months["dso"]), _months(months, formats)
    series = {_("DSO"): dso}
    if "dso_count_back" in months:
        series[_("DSO par épuisement")] = _values(months["dso_count_back"])
    return Figure(
        series=series,
        labels=labels,
        unit="days",
        title=_("DSO en fin de mois"),
        sentence=_between(
            labels,
            dso,
            formats.days,
            text=_("Le DSO passe de {before} à {after} entre {start} et {end}."),
            formats=formats,
        ),
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


def recovery_cohorts(cohorts: pd.DataFrame, formats: Formats) -> Figure:
    """Arrange the recovery rates of the latest due months; a month too recent leaves a gap [share 0–1]."""
    _ = formats.gettext
    recent = cohorts.tail(COHORTS_SHOWN)
    one, three = _values(recent["recovered_1m"]), _values(recent["recovered_3m"])
    last = next((rank for rank in range(len(one) - 1, -1, -1) if one[rank] is not None), None)
    labels = tuple(formats.month(f"{month}-01") for month in recent["due_month"])
    sentence = (
        _("Aucun mois d’échéance n’a encore le recul nécessaire.")
        if last is None
        else _("{share} de ce qui est échu en {month} était réglé à la fin du mois suivant.").format(
            share=formats.share(one[last]), month=labels[last]
        )
    )
    return Figure(
        series={_("à 3 mois"): three, _("à 1 mois"): one},
        labels=labels,
        unit="share",
        title=_("Recouvrement par mois d’échéance"),
        sentence=sentence,
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
    running = _values(top["receivable_cents"].cumsum() / total)
    sentence = _("Les {count} premiers clients portent {share} des soldes débiteurs.").format(
        count=len(top), share=formats.share(running[-1])
    )
    return Figure(
        series={_("Encours"): _euros(top["receivable_cents"]), _("Part cumulée"): running},
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


def _between(
    labels: tuple[str, ...], values: tuple[float | None, ...], write: Any, *, text: str, formats: Formats
) -> str:
    """Say where a series starts and ends, leaving out the points it does not have."""
    known = [(label, value) for label, value in zip(labels, values, strict=True) if value is not None]
    if len(known) < 2:
        return formats.gettext("L’historique est trop court pour une évolution.")
    (start, before), (end, after) = known[0], known[-1]
    return text.format(before=write(before), after=write(after), start=start, end=end)


def _months(months: pd.DataFrame, formats: Formats) -> tuple[str, ...]:
    return tuple(formats.month(day) for day in months["month_end"])


def _euros(cents: pd.Series) -> tuple[float | None, ...]:
    return _values(cents / 100)


def _values(column: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(value) else float(value) for value in column)
