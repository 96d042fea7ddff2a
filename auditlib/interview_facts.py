"""What the figures already say of each topic of the interview: sentences, and tables to go through line by line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.formats import Formats
from auditlib.suited_indicators import season
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["FACTS", "TABLES", "FactTable", "Line"]

OLD_DAYS = 90
FEWEST_MONTHS = 2
LINES = 10
KINDS = {"B2B": N_("entreprises"), "B2C": N_("particuliers"), "public": N_("organismes publics")}
UNKNOWN = N_("type inconnu")

Line = tuple[str, ...]


@dataclass(frozen=True)
class FactTable:
    """Lines to go through with the client: title, columns, ``l`` or ``r`` for each, rows of texts.

    Attributes
    ----------
    title, align : str
    columns : tuple of str
    rows : tuple of tuple of str
    total : int
        How many lines there are in all: the largest are shown.
    """

    title: str
    columns: tuple[str, ...]
    align: str
    rows: tuple[Line, ...]
    total: int


def _business(results: "AuditResults", formats: Formats) -> list[str]:
    _, stock = formats.gettext, results.summary["receivable"]
    kinds = results.customers.groupby(results.customers["customer_type"].astype("str"))["receivable_cents"].sum()
    total = int(kinds.sum())
    facts = [_("Encours : {amount} sur {customers} clients.").format(
        amount=formats.amount(stock.get("total")), customers=formats.count(stock.get("customers")))]
    facts += [_("dont {kind} : {amount} ({share})").format(
        kind=_(KINDS.get(str(kind), UNKNOWN)), amount=formats.cents(cents), share=formats.share(cents / total))
        for kind, cents in kinds.items() if total]
    uneven, terms = season(results), _entry(results, "weighted_contract_terms")
    if uneven is not None:
        facts.append(_("Mois le plus fort : {month}, {ratio} fois le mois moyen.").format(
            month=formats.month(uneven.month), ratio=formats.short_number(uneven.ratio, digits=1)))
    if terms is not None:
        facts.append(_("Délai accordé : {days} en moyenne pondérée.").format(days=formats.days(terms)))
    return facts


def _context(results: "AuditResults", formats: Formats) -> list[str]:
    sentences = {"overdue_rate": N_("Taux d’échu : {first} fin {start}, {last} fin {end}."),
                 "dso": N_("DSO : {first} fin {start}, {last} fin {end}.")}
    writers: dict[str, Callable[[float], str]] = {"overdue_rate": formats.share, "dso": formats.days}
    facts = []
    for name, sentence in sentences.items():
        known = results.evolution.dropna(subset=[name]) if len(results.evolution) else results.evolution
        if len(known) >= FEWEST_MONTHS:
            facts.append(formats.gettext(sentence).format(
                first=writers[name](known[name].iloc[0]), start=formats.month(known["month_end"].iloc[0]),
                last=writers[name](known[name].iloc[-1]), end=formats.month(known["month_end"].iloc[-1])))
    return facts


def _systems(results: "AuditResults", formats: Formats) -> list[str]:
    _, estimated, covered = formats.gettext, results.open_items["kind_inferred"], _entry(results, "lettering_coverage")
    facts = [_("Fichiers exploités : {files}.").format(files=", ".join(dict.fromkeys(results.intake["file"])))]
    if estimated.any():
        facts.append(_("Nature déduite (facture, règlement…) sur {share} des pièces ouvertes.").format(
            share=formats.share(float(estimated.mean()))))
    if covered is not None:
        facts.append(_("Crédits lettrés : {share} de ceux de plus de 60 jours.").format(share=formats.share(covered)))
    rejected = int((results.rejected["class"] == "rejected").sum()) if len(results.rejected) else 0
    if rejected:
        facts.append(_("Lignes illisibles dans les fichiers : {rows}.").format(rows=formats.count(rejected)))
    return facts


def _failures(results: "AuditResults", formats: Formats) -> list[str]:
    _, doubtful = formats.gettext, results.open_items[results.open_items["is_doubtful"]]
    facts = [_("Créances douteuses ou en procédure : {amount}, clients : {customers}.").format(
        amount=formats.cents(int(doubtful["residual_cents"].sum())), customers=doubtful["customer_id"].nunique())]
    first = results.customers.nlargest(1, "receivable_cents")
    if len(first) and int(first["receivable_cents"].iloc[0]) > 0:
        facts.append(_("Premier encours : {name}, {amount} ({share}).").format(
            name=first["name"].iloc[0] or first["customer_id"].iloc[0],
            amount=formats.cents(first["receivable_cents"].iloc[0]), share=formats.share(first["share"].iloc[0])))
    booked = _entry(results, "provision_booked")
    if booked is not None:
        facts.append(_("Dépréciation comptabilisée (491) : {amount}.").format(amount=formats.amount(booked)))
    return facts


def _causes(results: "AuditResults", formats: Formats) -> list[str]:
    _, customers = formats.gettext, results.customers
    facts = [_("Échu net : {net}, après {credits} de crédits non affectés.").format(
        net=formats.cents(int(customers["net_overdue_cents"].sum())),
        credits=formats.cents(-int(customers["unallocated_cents"].sum())))]
    disputed = int(results.open_items["disputed_cents"].sum())
    if disputed:
        facts.append(_("Montants en litige : {amount}.").format(amount=formats.cents(disputed)))
    return facts


def _plans(results: "AuditResults", formats: Formats) -> list[str]:
    _, items = formats.gettext, results.open_items
    old = items[(items["days_overdue"] > OLD_DAYS) & (items["residual_cents"] > 0)]
    facts = [_("Échus depuis plus de 90 jours : {amount}, pièces : {rows}.").format(
        amount=formats.cents(int(old["residual_cents"].sum())), rows=formats.count(len(old)))]
    kept = _entry(results, "promise_kept_rate")
    if kept is not None:
        facts.append(_("Promesses tenues : {share}.").format(share=formats.share(kept)))
    return facts


def _levers(results: "AuditResults", formats: Formats) -> list[str]:
    sentences = {
        "cash_per_dso_day": N_("Un jour de DSO gagné libère {amount}."),
        "financing_cost": N_("Porter l’échu net coûte {amount} par an."),
        "late_interest": N_("Pénalités de retard, droit théorique : {amount}."),
        "recovery_indemnity": N_("Indemnités de 40 €, droit théorique : {amount}."),
        "terms_over_cap_amount": N_("Facturé au-delà du délai légal : {amount}."),
    }
    return [formats.gettext(sentence).format(amount=formats.amount(value))
            for name, sentence in sentences.items() if (value := _entry(results, name))]


def _entry(results: "AuditResults", name: str) -> float | None:
    value = results.summary["indicators"].get(name, {}).get("value")
    return None if value is None else float(value)


def _top_overdue(results: "AuditResults", formats: Formats) -> FactTable:
    _, late = formats.gettext, results.customers[results.customers["net_overdue_cents"] > 0]
    first = late.sort_values(["net_overdue_cents", "customer_id"], ascending=[False, True]).head(LINES)
    rows = [(row["name"] or row["customer_id"], formats.cents(row["net_overdue_cents"]),
             formats.count(row["oldest_days_overdue"]), formats.cents(row["disputed_cents"]),
             formats.cents(-row["unallocated_cents"]), row["salesperson"]) for row in first.to_dict("records")]
    columns = (_("Client"), _("Échu net"), _("Retard (j)"), _("En litige"), _("Crédits non affectés"), _("Commercial"))
    return FactTable(_("Les plus gros retards"), columns, "lrrrrl", tuple(rows), len(late))


def _oldest(results: "AuditResults", formats: Formats) -> FactTable:
    _, items = formats.gettext, results.open_items
    late = items[(items["days_overdue"] > 0) & (items["residual_cents"] > 0)]
    first = late.sort_values(["days_overdue", "residual_cents", "item_id"], ascending=[False, False, True]).head(LINES)
    rows = [(name, row["document_ref"], formats.short_date(row["due_date"]), formats.count(row["days_overdue"]),
             formats.cents(row["residual_cents"]), _state(row, formats))
            for name, row in zip(_names(results, first), first.to_dict("records"), strict=True)]
    columns = (_("Client"), _("Pièce"), _("Échéance"), _("Retard (j)"), _("Restant dû"), _("État"))
    return FactTable(_("Les pièces échues les plus anciennes"), columns, "lllrrl", tuple(rows), len(late))


def _credits(results: "AuditResults", formats: Formats) -> FactTable:
    _, items = formats.gettext, results.open_items
    loose = items[items["residual_cents"] < 0]
    first = loose.sort_values(["residual_cents", "item_id"]).head(LINES)
    rows = [(name, row["document_ref"] or row["label"], formats.short_date(row["posting_date"]),
             formats.cents(-row["residual_cents"]), row["label"])
            for name, row in zip(_names(results, first), first.to_dict("records"), strict=True)]
    columns = (_("Client"), _("Pièce"), _("Date"), _("Non affecté"), _("Libellé"))
    return FactTable(_("Les crédits non affectés"), columns, "lllrl", tuple(rows), len(loose))


def _disputes(results: "AuditResults", formats: Formats) -> FactTable:
    _, items = formats.gettext, results.open_items
    held = items[items["disputed_cents"] > 0]
    first = held.sort_values(["disputed_cents", "item_id"], ascending=[False, True]).head(LINES)
    rows = [(name, row["document_ref"], formats.short_date(row["due_date"]), formats.cents(row["residual_cents"]),
             formats.cents(row["disputed_cents"]), formats.cents(row["residual_cents"] - row["disputed_cents"]))
            for name, row in zip(_names(results, first), first.to_dict("records"), strict=True)]
    columns = (_("Client"), _("Pièce"), _("Échéance"), _("Restant dû"), _("Contesté"), _("Non contesté"))
    return FactTable(_("Les litiges"), columns, "lllrrr", tuple(rows), len(held))


def _doubtful(results: "AuditResults", formats: Formats) -> FactTable:
    _, items = formats.gettext, results.open_items
    held = items[items["is_doubtful"] & (items["residual_cents"] > 0)]
    sums = held.groupby(held["customer_id"].astype("str")).agg(
        amount=("residual_cents", "sum"), days=("days_overdue", "max")).reset_index()
    first = sums.sort_values(["amount", "customer_id"], ascending=[False, True]).head(LINES)
    rows = [(name, formats.cents(row["amount"]), formats.count(row["days"]))
            for name, row in zip(_names(results, first), first.to_dict("records"), strict=True)]
    columns = (_("Client"), _("Douteux ou en procédure"), _("Retard (j)"))
    return FactTable(_("Les débiteurs douteux ou en procédure"), columns, "lrr", tuple(rows), len(sums))


def _state(row: Mapping[Any, Any], formats: Formats) -> str:
    _ = formats.gettext
    flags = {"is_doubtful": _("douteux"), "is_disputed": _("en litige"), "is_retention": _("retenue de garantie"),
             "is_group": _("groupe")}
    return ", ".join(words for name, words in flags.items() if row[name])


def _names(results: "AuditResults", rows: pd.DataFrame) -> list[str]:
    """Return the name of each row's customer, his code where he has none."""
    names = results.customers.set_index("customer_id")["name"]
    codes = rows["customer_id"].astype("str")
    found = codes.map(names).fillna("")
    return [str(name or code) for name, code in zip(found, codes, strict=True)]


FACTS: dict[str, Callable[["AuditResults", Formats], list[str]]] = {
    "business": _business, "context": _context, "systems": _systems, "failures": _failures, "causes": _causes,
    "plans": _plans, "levers": _levers}
"""By topic: what the figures say."""

TABLES: dict[str, tuple[Callable[["AuditResults", Formats], FactTable], ...]] = {
    "failures": (_doubtful,), "causes": (_top_overdue, _oldest, _credits, _disputes)}
"""By topic: what to go through line by line."""
