"""The indicators that suit this organisation best: chosen by rules, each with the figure that chose it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["RULES", "Season", "Suited", "season", "suited_indicators"]

SHOWN = 7
SEASON_MONTHS = 12
SEASONAL = 1.5
"""Highest month over the mean month, from which a year's average of sales misleads."""
CREDITS, DISPUTES, PUBLIC, TOP_FIVE, OLD, DILUTION, OVER_CAP = 0.05, 0.02, 0.15, 0.40, 0.05, 0.03, 0.02
DOUBTFUL, CONSUMERS, MANY = 0.03, 0.15, 200
"""Shares, and a number of customers, from which a rule holds."""


@dataclass(frozen=True)
class Suited:
    """An indicator chosen for this client: its identifier, its value where there is one, and why it suits."""

    identifier: str
    value: float | None
    unit: str
    why: str


@dataclass(frozen=True)
class Season:
    """How uneven sales are: the highest of twelve months over their mean, and which month it is."""

    ratio: float
    month: pd.Timestamp


def season(results: "AuditResults") -> Season | None:
    """Return how uneven the last twelve months of sales are, None where they are not known."""
    if results.sales.empty:
        return None
    months = results.sales.groupby("month_end")["amount_cents"].sum().sort_index()
    last = months[months.index <= pd.Timestamp(results.summary["as_of_date"])].tail(SEASON_MONTHS)
    if len(last) < SEASON_MONTHS or last.mean() <= 0:
        return None
    return Season(float(last.max() / last.mean()), pd.Timestamp(str(last.idxmax())))


def suited_indicators(results: "AuditResults", *, formats: Formats) -> tuple[Suited, ...]:
    """Return the indicators to follow, in the order of `RULES`: the first that hold, seven at most.

    Parameters
    ----------
    results : AuditResults
    formats : Formats

    References
    ----------
    INDICATORS.md 4: the indicators themselves; the rules only choose among them.
    """
    found: dict[str, Suited] = {}
    for rule in RULES:
        for identifier, why in rule(results, formats):
            entry = results.summary["indicators"].get(identifier)
            if entry is not None and identifier not in found:
                found[identifier] = Suited(identifier, entry["value"], entry["unit"], why)
    return tuple(found.values())[:SHOWN]


Chosen = list[tuple[str, str]]


def _lateness(results: "AuditResults", formats: Formats) -> Chosen:
    share = _credits(results)
    if share is not None and share > CREDITS:
        return [("overdue_rate_net", formats.gettext(
            "Les crédits non affectés pèsent {share} de l’encours brut : le taux d’échu brut surestime le retard, le "
            "taux net est le bon.").format(share=formats.share(share)))]
    return [("overdue_rate", formats.gettext(
        "Peu de crédits sont non affectés : le taux d’échu se lit directement, chaque semaine."))]


def _delay(results: "AuditResults", formats: Formats) -> Chosen:
    _, uneven = formats.gettext, season(results)
    if uneven is not None and uneven.ratio >= SEASONAL:
        return [("dso_count_back", _(
            "L’activité est saisonnière ({month} : {ratio} fois le mois moyen) : le DSO par épuisement suit les ventes "
            "réelles, le DSO annuel monterait et baisserait sans que personne ne paie autrement."
        ).format(month=formats.month(uneven.month), ratio=formats.short_number(uneven.ratio, digits=1)))]
    if uneven is None:
        return [("dso_count_back", _(
            "Moins d’un an de ventes est connu : le DSO par épuisement n’a besoin que des derniers mois."))]
    return [("dso", _(
        "Les ventes sont régulières (mois le plus fort : {ratio} fois le mois moyen) : le DSO annuel est lisible et se "
        "compare d’un mois à l’autre.").format(ratio=formats.short_number(uneven.ratio, digits=1)))]


def _recovery(results: "AuditResults", formats: Formats) -> Chosen:
    count = results.summary["receivable"].get("customers") or 0
    if count < MANY:
        return []
    return [("recovery_rate_1m", formats.gettext(
        "{count} clients ont un solde : on ne les suit pas un par un, mais par mois d’échéance, un mois après."
    ).format(count=formats.count(count)))]


def _disputes(results: "AuditResults", formats: Formats) -> Chosen:
    share = _part(results, "disputed")
    if share is None or share < DISPUTES:
        return []
    return [("dso_disputed", formats.gettext(
        "{share} de l’encours brut est contesté : les jours de DSO tenus par les litiges mesurent ce que leur "
        "résolution rapporte.").format(share=formats.share(share)))]


def _concentration(results: "AuditResults", formats: Formats) -> Chosen:
    share = _value(results, "concentration_top5")
    if share is None or share < TOP_FIVE:
        return []
    return [("concentration_top5", formats.gettext(
        "Cinq clients portent {share} des soldes : les suivre par leur nom compte plus que les moyennes."
    ).format(share=formats.share(share)))]


def _old(results: "AuditResults", formats: Formats) -> Chosen:
    share = _value(results, "overdue_rate_90")
    if share is None or share < OLD:
        return []
    return [("overdue_rate_90", formats.gettext(
        "{share} de l’encours daté a plus de 90 jours de retard : c’est là que se forment les pertes."
    ).format(share=formats.share(share)))]


def _terms(results: "AuditResults", formats: Formats) -> Chosen:
    share = _value(results, "terms_over_cap")
    if share is None or share < OVER_CAP:
        return []
    return [("terms_over_cap", formats.gettext(
        "{share} des montants facturés à des entreprises dépassent le délai légal : un risque d’amende, et des jours "
        "d’encours accordés d’avance.").format(share=formats.share(share)))]


def _beyond_terms(results: "AuditResults", formats: Formats) -> Chosen:
    public, consumers = _of_type(results, "public"), _of_type(results, "B2C")
    if public is not None and public >= PUBLIC:
        return [("weighted_days_beyond_terms", formats.gettext(
            "Les organismes publics portent {share} de l’encours : leurs délais sont fixés par la loi, c’est le retard "
            "au-delà du terme qui se compare d’un type de client à l’autre.").format(share=formats.share(public)))]
    if consumers is not None and consumers >= CONSUMERS:
        return [("recovery_rate_30d", formats.gettext(
            "Les particuliers portent {share} de l’encours : ce qui n’est pas payé à trente jours se recouvre mal, et "
            "la prescription est de deux ans.").format(share=formats.share(consumers)))]
    return []


def _dilution(results: "AuditResults", formats: Formats) -> Chosen:
    share = _value(results, "dilution_rate")
    if share is None or share < DILUTION:
        return []
    return [("dilution_rate", formats.gettext(
        "Les avoirs reprennent {share} des factures : une part des retards vient de la facturation elle-même."
    ).format(share=formats.share(share)))]


def _losses(results: "AuditResults", formats: Formats) -> Chosen:
    share = _part(results, "doubtful")
    if share is None or share < DOUBTFUL:
        return []
    return [("dso_excl_doubtful", formats.gettext(
        "{share} de l’encours brut est douteux : le DSO hors douteux montre ce que la relance peut encore changer."
    ).format(share=formats.share(share)))]


def _cost(results: "AuditResults", formats: Formats) -> Chosen:
    if _value(results, "financing_cost") is None:
        return []
    return [("financing_cost", formats.gettext(
        "Le taux de financement est connu : le coût annuel du retard parle à la direction mieux qu’un nombre de jours."
    ))]


def _promises(results: "AuditResults", formats: Formats) -> Chosen:
    if _value(results, "promise_kept_rate") is None:
        return []
    return [("promise_kept_rate", formats.gettext(
        "Les promesses de règlement sont notées : leur taux de tenue dit si les appels portent."))]


RULES: tuple[Callable[["AuditResults", Formats], Chosen], ...] = (
    _lateness, _delay, _disputes, _concentration, _recovery, _old, _beyond_terms, _terms, _dilution, _losses, _promises,
    _cost)
"""In order of importance: lateness and delay always, then what sets this client apart."""


def _value(results: "AuditResults", name: str) -> float | None:
    entry: dict[str, Any] = results.summary["indicators"].get(name, {})
    return None if entry.get("value") is None else float(entry["value"])


def _part(results: "AuditResults", name: str) -> float | None:
    """Return the share of the gross receivable that is disputed or doubtful."""
    stock = results.summary["receivable"]
    gross, part = stock.get("gross") or 0, stock.get(name)
    return part / gross if part is not None and gross > 0 else None


def _credits(results: "AuditResults") -> float | None:
    share = _part(results, "unallocated_credits")
    return None if share is None else -share


def _of_type(results: "AuditResults", kind: str) -> float | None:
    """Return the share of the positive balances owed by one type of debtor."""
    positive = results.customers["receivable_cents"].clip(lower=0)
    total = int(positive.sum())
    return int(positive[results.customers["customer_type"].astype("str") == kind].sum()) / total if total else None
