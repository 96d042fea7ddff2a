"""Improvement tracks: what each would free at most, in euros and in days of DSO, and how that is reckoned."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.answers import InterviewAnswers, answers_of
from auditlib.formats import Formats
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["TRACKS", "Track", "best_tracks", "improvement_tracks", "overlap", "reachable_overdue_cents"]

BEST, OLD_DAYS = 3, 90
INVOICING_TARGET_DAYS = 2.0
"""From delivery to the invoice: what the self-assessment asks for."""
NO_CURRENCY = N_("Les montants sont dans plusieurs devises sans cours : ils ne s'additionnent pas.")
NO_ITEMS = N_("Le détail des pièces n'est pas connu.")
NO_LIMIT = N_("Aucune limite de crédit n'a été communiquée dans le fichier clients.")
NO_DELAY = N_("Le délai entre livraison et facture n'a pas été indiqué dans l'entretien.")
NO_LEGAL_TERMS = N_("Les délais accordés n'ont pu être comparés au plafond légal (voir l'indicateur).")
NO_DAILY_SALES = N_("Les ventes par jour ne sont pas connues.")


@dataclass(frozen=True)
class Track:
    """One track.

    Attributes
    ----------
    code, title, computation, action, reason : str
    cents : int or None
        Freed at most; None where `reason` says why. [cents, VAT included]
    days : float or None
        The same in days of sales; None where sales are not known. [days]
    cost_cents : int or None
        A year's cost of financing it; None without a financing rate. [cents a year]
    is_overdue, is_in_dso : bool
        Whether it is a part of the net overdue, as other such tracks are; whether the DSO shows it.
    """

    code: str
    title: str
    cents: int | None
    days: float | None
    cost_cents: int | None
    is_overdue: bool
    is_in_dso: bool
    computation: str
    action: str
    reason: str = ""


@dataclass(frozen=True)
class _Found:
    """An amount and the sentence of its computation, or the reason there is none."""

    cents: int | None
    computation: str = ""
    reason: str = ""


def improvement_tracks(
    results: "AuditResults", *, formats: Formats, answers: InterviewAnswers | None = None,
) -> tuple[Track, ...]:
    """Return every track, the one that frees most first; those that cannot be reckoned last.

    Parameters
    ----------
    results : AuditResults
    formats : Formats
    answers : InterviewAnswers, optional
        Those kept with the results when absent.

    Returns
    -------
    tuple of Track
        Ties keep the order of `TRACKS`. Amounts are upper bounds and overlap: they do not add up (`overlap`).

    References
    ----------
    INDICATORS.md 3 (net overdue: no track on what is late exceeds it), 4 (``cash_per_dso_day``, ``cash_releasable``).
    """
    said = answers_of(results.interview) if answers is None else answers
    day, rate = _value(results, "cash_per_dso_day"), financing_rate(results)
    known = bool(results.summary.get("currency"))
    found = []
    for code, (title, action, is_overdue, reckon) in TRACKS.items():
        one = reckon(results, said, formats) if known else _Found(None, reason=formats.gettext(NO_CURRENCY))
        found.append(Track(
            code, formats.gettext(title), one.cents,
            None if one.cents is None or not day else one.cents / 100 / day,
            None if one.cents is None or rate is None else round(one.cents * rate),
            is_overdue, code != "invoicing", one.computation, formats.gettext(action), one.reason))
    return tuple(sorted(found, key=lambda track: -1 if track.cents is None else track.cents, reverse=True))


def best_tracks(tracks: tuple[Track, ...]) -> tuple[Track, ...]:
    """Return the three that free most, fewer where fewer free anything."""
    return tuple(track for track in tracks if track.cents)[:BEST]


def overlap(results: "AuditResults", tracks: tuple[Track, ...], *, formats: Formats) -> str:
    """Say that the tracks overlap, and what those on overdue items free together at most."""
    late = [track for track in tracks if track.is_overdue and track.cents]
    if len(late) < 2:
        return ""
    return formats.gettext(
        "Ces montants sont des maximums et se recoupent : une même facture peut compter dans plusieurs pistes. "
        "Ensemble, celles qui portent sur l’échu ne peuvent libérer plus de {amount}, l’échu net hors procédures, "
        "groupe et retenues de garantie."
    ).format(amount=formats.cents(reachable_overdue_cents(results)))


def reachable_overdue_cents(results: "AuditResults") -> int:
    """Return the net overdue that can be worked on: no insolvent, group or retention item [cents, VAT included]."""
    return int(_reachable(results).sum())


def financing_rate(results: "AuditResults") -> float | None:
    """Return the client's financing rate, read back from its cost: a year's cost over the average net overdue."""
    entry = results.summary["indicators"].get("financing_cost", {})
    if entry.get("value") is None or not entry.get("basis_amount"):
        return None
    return round(float(entry["value"]) / float(entry["basis_amount"]), 5)


def _late(results: "AuditResults") -> pd.DataFrame:
    """Return the overdue debit items, with ``free_cents``: what is not doubtful, of the group or retained."""
    items = results.open_items
    late = items[(items["days_overdue"] > 0) & (items["residual_cents"] > 0)]
    barred = late["is_doubtful"] | late["is_group"] | late["is_retention"]
    return late.assign(free_cents=late["residual_cents"].mask(barred, 0),
                       contested_cents=late["disputed_cents"].mask(barred, 0))


def _reachable(results: "AuditResults") -> pd.Series:
    """Return, by customer, the net overdue that can be worked on: never more than his net overdue."""
    net = results.customers.set_index("customer_id")["net_overdue_cents"]
    if results.open_items.empty:
        return net.mask(results.customers.set_index("customer_id")["is_group"], 0)
    late = _late(results)
    return _by_customer(late, late["free_cents"], net).clip(upper=net)


def _by_customer(late: pd.DataFrame, cents: pd.Series, net: pd.Series) -> pd.Series:
    return cents.groupby(late["customer_id"].astype("str")).sum().reindex(net.index, fill_value=0).astype("int64")


def _disputes(results: "AuditResults", _answers: InterviewAnswers, formats: Formats) -> _Found:
    _ = formats.gettext
    if results.open_items.empty:
        return _Found(None, reason=_(NO_ITEMS))
    if not int(results.open_items["disputed_cents"].sum()) and (reason := _reason(results, "dso_disputed")):
        return _Found(None, reason=formats.stored(reason))
    late, reachable = _late(results), _reachable(results)
    disputed = _by_customer(late, late["contested_cents"], reachable)
    cents = int(disputed.clip(upper=reachable).sum())
    return _Found(cents, _(
        "Part contestée des pièces échues : {gross} ; retenue, client par client, dans la limite de son échu net : "
        "{amount}. Un litige tranché finit en paiement ou en avoir : l’encours baisse dans les deux cas, la trésorerie "
        "dans le premier seulement."
    ).format(gross=formats.cents(int(disputed.sum())), amount=formats.cents(cents)))


def _dunning(results: "AuditResults", _answers: InterviewAnswers, formats: Formats) -> _Found:
    entry = results.summary["indicators"].get("cash_releasable", {})
    if entry.get("value") is None:
        return _Found(None, reason=formats.stored(entry.get("reason")) or formats.gettext(NO_ITEMS))
    cents = min(round(float(entry["value"]) * 100), int(results.customers["net_overdue_cents"].sum()))
    target = formats.stored(entry.get("note"))
    return _Found(cents, formats.gettext(
        "Échu net ni contesté, ni douteux, ni retenu, ni de groupe : {base} ; au-dessus de ce que laisserait le taux "
        "d’échu visé : {amount}. {target}"
    ).format(base=formats.amount(entry.get("basis_amount")), amount=formats.cents(cents), target=target).strip())


def _old(results: "AuditResults", _answers: InterviewAnswers, formats: Formats) -> _Found:
    _, customers = formats.gettext, results.customers.set_index("customer_id")
    if results.open_items.empty:
        return _Found(None, reason=_(NO_ITEMS))
    late = _late(results)
    old = late[late["days_overdue"] > OLD_DAYS]
    sound = (old["free_cents"] - old["contested_cents"]).clip(lower=0).mask(old["item_id"].isin(_lapsed(results)), 0)
    gross = _by_customer(old, old["residual_cents"], customers["net_overdue_cents"])
    covered = customers["overdue_cents"] - customers["net_overdue_cents"]  # credits clear the oldest overdue first
    net = (gross - covered).clip(lower=0)
    cents = int(_by_customer(old, sound, customers["net_overdue_cents"]).clip(upper=net).sum())
    return _Found(cents, _(
        "Échu depuis plus de 90 jours : {gross} ; après les crédits de chaque client, imputés sur le plus ancien, et "
        "hors litiges, procédures, groupe, retenues et créances prescrites : {amount}."
    ).format(gross=formats.cents(int(gross.sum())), amount=formats.cents(cents)))


def _lapsed(results: "AuditResults") -> list[int]:
    """Return the items that can no longer be sued for; none where prescription was not reckoned."""
    table = results.prescription
    if not {"item_id", "class"} <= set(table.columns):
        return []
    return [int(item) for item in table.loc[table["class"] == "lapsed", "item_id"]]


def _limits(results: "AuditResults", _answers: InterviewAnswers, formats: Formats) -> _Found:
    _, customers = formats.gettext, results.customers.set_index("customer_id")
    limited = customers[customers["credit_limit_cents"] > 0]
    if limited.empty:
        return _Found(None, reason=_(NO_LIMIT))
    excess = (limited["receivable_cents"] - limited["credit_limit_cents"]).clip(lower=0)
    cents = int(excess.clip(upper=_reachable(results).reindex(limited.index)).sum())
    return _Found(cents, _(
        "Soldes au-dessus de la limite de crédit : {excess}, clients : {count} ; part de cet excédent déjà échue, dans "
        "la limite de l’échu net de chacun : {amount}."
    ).format(excess=formats.cents(int(excess.sum())), count=formats.count(int((excess > 0).sum())),
             amount=formats.cents(cents)))


def _terms(results: "AuditResults", _answers: InterviewAnswers, formats: Formats) -> _Found:
    _, table = formats.gettext, results.over_cap
    entry = results.summary["indicators"].get("terms_over_cap", {})
    if entry.get("value") is None or not {"days_over", "amount_cents"} <= set(table.columns):
        return _Found(None, reason=formats.stored(entry.get("reason")) or _(NO_LEGAL_TERMS))
    days = (pd.Timestamp(entry["window_end"]) - pd.Timestamp(entry["window_start"])).days + 1
    cents = round(int((table["amount_cents"] * table["days_over"]).sum()) / days)
    return _Found(cents, _(
        "Factures dont le délai dépasse le plafond légal : {rows}, pour {billed} ; montant × jours au-delà du plafond, "
        "sur les {days} jours de la période : {amount} immobilisés en moyenne. Ce n’est pas de l’échu : le gain vient "
        "avec les prochaines factures."
    ).format(rows=formats.count(len(table)), billed=formats.cents(int(table["amount_cents"].sum())),
             days=formats.count(days), amount=formats.cents(cents)))


def _invoicing(results: "AuditResults", answers: InterviewAnswers, formats: Formats) -> _Found:
    _, day, delay = formats.gettext, _value(results, "cash_per_dso_day"), answers.time.invoicing_delay_days
    if delay is None:
        return _Found(None, reason=_(NO_DELAY))
    if day is None:
        return _Found(None, reason=_(NO_DAILY_SALES))
    gained = max(delay - INVOICING_TARGET_DAYS, 0.0)
    cents = round(gained * day * 100)
    return _Found(cents, _(
        "Délai indiqué entre livraison et facture : {delay} ; au-delà de {target} : {gained} × {day} de ventes par "
        "jour = {amount}. Le gain est en trésorerie : le DSO, compté depuis la facture, ne le montre pas."
    ).format(delay=formats.days(delay), target=formats.days(INVOICING_TARGET_DAYS, digits=0),
             gained=formats.days(gained), day=formats.amount(day), amount=formats.cents(cents)))


def _credits(results: "AuditResults", _answers: InterviewAnswers, formats: Formats) -> _Found:
    customers = results.customers
    credit = -customers["unallocated_cents"]
    hidden = int((customers["overdue_cents"] - customers["net_overdue_cents"]).clip(upper=credit).sum())
    return _Found(0, formats.gettext(
        "Crédits non affectés : {credits}, dont {hidden} effacent un échu qui n’est qu’apparent. Les affecter ne "
        "libère rien, mais évite de relancer qui a payé."
    ).format(credits=formats.cents(int(credit.sum())), hidden=formats.cents(hidden)))


def _value(results: "AuditResults", name: str) -> float | None:
    value = results.summary["indicators"].get(name, {}).get("value")
    return None if value is None else float(value)


def _reason(results: "AuditResults", name: str) -> str:
    entry: Mapping[str, Any] = results.summary["indicators"].get(name, {})
    return str(entry.get("reason") or "")


Reckon = Callable[["AuditResults", InterviewAnswers, Formats], _Found]

TRACKS: dict[str, tuple[str, str, bool, Reckon]] = {
    "dunning": (
        N_("Relancer plus tôt et plus régulièrement"),
        N_("Tenir le calendrier de relance chaque semaine, les plus gros montants d’abord, avec un appel avant "
           "l’échéance."), True, _dunning),
    "disputes": (
        N_("Trancher les litiges"),
        N_("Un responsable et une date par litige ; réclamer tout de suite la part non contestée."), True, _disputes),
    "old": (
        N_("Encaisser ou trancher les créances de plus de 90 jours"),
        N_("Revoir ces dossiers un par un : appel du dirigeant, mise en demeure, puis remise à un tiers à date fixe."),
        True, _old),
    "limits": (
        N_("Faire respecter les limites de crédit"),
        N_("Bloquer les commandes au-dessus de la limite tant que l’échu n’est pas réglé."), True, _limits),
    "terms": (
        N_("Ramener les délais de paiement au plafond légal"),
        N_("Renégocier ces délais au prochain contrat : ils exposent le client à une amende administrative."), False,
        _terms),
    "invoicing": (
        N_("Facturer plus vite"),
        N_("Faire partir la facture dans les deux jours de la livraison, avec le numéro de commande."), False,
        _invoicing),
    "credits": (
        N_("Affecter les crédits en attente"),
        N_("Demander à chaque client le détail de ses paiements et reprendre le lettrage."), True, _credits),
}
"""By code: title, action, whether it is a part of the net overdue, and how it is reckoned."""
