"""Figures of how customers pay: arranged, not computed."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.deliver.labels import label
from auditlib.formats import Formats
from auditlib.payer_profiles import PROFILES
from auditlib.present.figures import Figure
from auditlib.present.label_places import Mark, Place, label_places

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["AT_RISK", "SURE", "Bubbles", "bubbles", "customers_bubble", "named"]

SURE = ("punctual", "short_late", "direct_debit")
AT_RISK = ("slipping", "part_paying", "disputing", "silent")
SHOWN, NAMED = 60, 9
LARGEST, SMALLEST = 24.0, 3.5
"""Radius of the largest bubble and of one with nothing overdue. [px]"""
NAME_LENGTH = 24
EDGE = 10.0


def named(payers: pd.DataFrame, results: "AuditResults") -> pd.DataFrame:
    """Return payers with the ``name`` of each, its code where it has none."""
    names = results.customers.set_index("customer_id")["name"].reindex(payers["customer_id"]).fillna("")
    return payers.assign(name=names.where(names != "", payers["customer_id"].to_numpy()).to_numpy())


def customers_bubble(results: "AuditResults", formats: Formats) -> Figure | None:
    """Arrange the largest debtors: balance, delay and net overdue [euros, days]; None where no delay is known.

    Those whose delay cannot be measured are not drawn, and said to be so.
    """
    if not len(results.payers):
        return None
    _ = formats.gettext
    debtors = results.payers[results.payers["receivable_cents"] > 0]
    known = debtors[debtors["days_beyond_terms"].notna()]
    shown = named(known.nlargest(SHOWN, "receivable_cents"), results)
    if shown.empty:
        return None
    shown = shown.sort_values(["net_overdue_cents", "receivable_cents"], ascending=False, kind="stable")
    return Figure(
        series={
            _("Encours"): tuple(shown["receivable_cents"] / 100),
            _("Écart moyen à l’échéance"): tuple(shown["days_beyond_terms"]),
            _("Échu net"): tuple(shown["net_overdue_cents"] / 100),
        },
        labels=tuple(shown["name"]),
        unit="amount",
        title=_("Qui doit combien, et avec quel retard"),
        sentence=_sentence(shown, debtors[debtors["days_beyond_terms"].isna()], formats),
        codes=tuple(shown["profile"].astype("str")),
    )


def _sentence(shown: pd.DataFrame, absent: pd.DataFrame, formats: Formats) -> str:
    _, risky = formats.gettext, shown[shown["profile"].isin(AT_RISK)]
    said = _("Sur les {count} plus gros débiteurs dessinés, {risky} ont un profil à risque et portent {amount} d’échu "
             "net.").format(count=len(shown), risky=len(risky),
                            amount=formats.cents(int(risky["net_overdue_cents"].sum())))
    if absent.empty:
        return said
    return said + " " + _("Débiteurs sans retard mesurable, non dessinés : {count}, pour {amount} d’encours.").format(
        count=formats.count(len(absent)), amount=formats.cents(int(absent["receivable_cents"].sum())))


@dataclass(frozen=True)
class Bubbles:
    """A bubble chart on an area of pixels: marks in the figure's order, places of names, and round marks of both axes.

    The amounts are on a logarithmic scale: balances of customers differ by thousands.
    """

    marks: tuple[Mark, ...]
    places: tuple[Place, ...]
    across: tuple[tuple[float, float], ...]
    up: tuple[tuple[float, float], ...]
    profiles: tuple[tuple[str, str], ...]


def bubbles(figure: Figure, *, width: float, height: float, language: str) -> Bubbles:
    """Lay a figure of `customers_bubble` out on an area.

    Parameters
    ----------
    figure : Figure
    width, height : float
        [px]
    language : {"fr", "en"}

    Returns
    -------
    Bubbles
        ``across`` and ``up``: value and place of each mark of the axes; ``profiles``: code and label of those met.
    """
    amounts, days, net = ([value or 0.0 for value in values] for values in figure.series.values())
    powers = [math.log10(max(amount, 0.01)) for amount in amounts]
    low, high = min(powers) - 0.12, max(powers) + 0.15
    step = _round_step((max(*days, 0.0) - min(*days, 0.0)) / 5)
    bottom, top = math.floor(min(*days, 0.0) / step) * step, (max(*days, 0.0) // step + 1) * step
    largest = max(*net, 1e-9)

    def x(power: float) -> float:
        return EDGE + (power - low) / (high - low) * (width - 2 * EDGE)

    def y(day: float) -> float:
        return height - (day - bottom) / (top - bottom) * height

    marks = tuple(
        Mark(x(power), y(day), max(LARGEST * math.sqrt(late / largest), SMALLEST), _shortened(name))
        for power, day, late, name in zip(powers, days, net, figure.labels, strict=True))
    return Bubbles(
        marks, tuple(label_places(marks, width=width, height=height, count=NAMED)),
        across=tuple((amount, x(math.log10(amount))) for amount in _round_amounts(low, high)),
        up=tuple((bottom + step * rank, y(bottom + step * rank)) for rank in range(round((top - bottom) / step) + 1)),
        profiles=tuple((code, label(code, language=language)) for code in PROFILES if code in figure.codes))


def _round_amounts(low: float, high: float) -> list[float]:
    """Return 1, 2 and 5 times the powers of ten between two logarithms; the powers alone where there are many."""
    factors = (1, 2, 5) if high - low <= 2 else (1,)
    amounts = [factor * 10.0**power for power in range(math.floor(low), math.ceil(high) + 1) for factor in factors]
    return [amount for amount in amounts if low <= math.log10(amount) <= high]


def _round_step(rough: float) -> float:
    return next((float(step) for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500) if step >= rough), 1_000.0)


def _shortened(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + "…"
