"""Sections on the receivable itself: ageing, evolution, concentration."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.deliver import svg
from auditlib.deliver.parts import Section, chart, table, text_rows
from auditlib.formats import Formats, bucket_label
from auditlib.present import figures, figures_evolution

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["ageing", "ageing_rows", "concentration", "evolution"]

TOP_CUSTOMERS = 10
MONTHS_SHOWN = 12
SHORTEST_EVOLUTION = 2


def ageing(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Que doivent les clients, et depuis quand ?"; None where no total can be given."""
    _, rows, stock = formats.gettext, results.summary["ageing"], results.summary["receivable"]
    if not rows or stock.get("total") is None:
        return None
    sentence = _(
        "L’encours est de {total}, dont {overdue} échus ; l’échu net, une fois déduits les crédits non "
        "affectés, est de {net}."
    ).format(
        total=formats.amount(stock["total"]),
        overdue=formats.amount(stock.get("overdue")),
        net=formats.amount(stock.get("net_overdue")),
    )
    estimated = results.summary["indicators"].get("overdue_rate", {}).get("note")
    titles = [_("Tranche"), _("Montant"), _("Part de l’encours"), _("Pièces")]
    return Section(
        "ageing",
        _("L’encours et son ancienneté"),
        _("Que doivent les clients, et depuis quand ?"),
        " ".join(filter(None, [sentence, formats.stored(estimated)])),
        charts=(chart(svg.bars, figures.ageing(rows, formats), formats),),
        tables=(table(titles, "lrrr", ageing_rows(results.summary, formats), has_total=True),),
        meaning=_oldest(rows, formats),
        action=_("Affecter d’abord les crédits, puis traiter un par un les dossiers les plus anciens.")
        if stock.get("unallocated_credits")
        else _("Traiter un par un les dossiers les plus anciens."),
    )


def _oldest(rows: list[dict[str, Any]], formats: Formats) -> str:
    """Say what lies in the oldest bucket of the ageing."""
    _, oldest = formats.gettext, [row for row in rows if row["from_days"]][-1]
    label = bucket_label(oldest["bucket"], language=formats.language).lower()
    if not oldest["amount"]:
        return _("Rien n’est échu depuis {label}.").format(label=label)
    return _("{amount} sont échus depuis {label} : plus une créance vieillit, moins elle rentre.").format(
        amount=formats.amount(oldest["amount"]), label=label
    )


def ageing_rows(part: dict[str, Any], formats: Formats) -> list[tuple[str, ...]]:
    """Return the rows of an ageing, then its total."""
    rows, stock = part["ageing"], part["receivable"]
    lines = text_rows(
        pd.DataFrame(rows),
        {
            "bucket": lambda bucket: bucket_label(bucket, language=formats.language),
            "amount": formats.amount,
            "share": formats.share,
            "items": formats.count,
        },
    )
    total = (
        formats.gettext("Encours"),
        formats.amount(stock["total"]),
        formats.share(1.0),
        formats.count(stock.get("open_items")),
    )
    return [*lines, total]


def evolution(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "La situation s’améliore-t-elle ?"; None without a replay."""
    _, months = formats.gettext, results.evolution
    if len(months) < SHORTEST_EVOLUTION:
        return None
    is_monthly = bool(months["month_end"].dt.is_month_end.all())
    stock = figures_evolution.evolution(months, formats)
    charts = [chart(svg.lines, stock, formats)]
    if months["dso"].notna().any():
        charts.append(chart(svg.lines, figures_evolution.dso_evolution(months, formats), formats))
    titles = [_("Fin de mois"), _("Encours"), _("Échu"), _("Taux d’échu"), _("DSO"), _("DSO par épuisement")]
    rows = text_rows(
        months.tail(MONTHS_SHOWN),
        {
            "month_end": formats.month if is_monthly else formats.short_date,
            "receivable_cents": formats.cents,
            "overdue_cents": formats.cents,
            "overdue_rate": formats.share,
            "dso": formats.days,
            "dso_count_back": formats.days,
        },
    )
    return Section(
        "evolution",
        _("L’évolution"),
        _("La situation s’améliore-t-elle ?"),
        stock.sentence,
        charts=tuple(charts),
        tables=(table(titles, "lrrrrr", rows),),
        meaning=formats.stored(results.summary.get("evolution_reason")) or _(
            "Chaque point est reconstitué avec ce qui était comptabilisé à sa date : le passé n’est pas réécrit par "
            "les lettrages postérieurs."
        ),
        action=_("Suivre ces mesures chaque mois à la même date, avec la même définition."),
    )


def concentration(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "De combien de clients dépend l’encaissement ?"; None without a debit balance."""
    _, entries, customers = formats.gettext, results.summary["indicators"], results.customers
    positive = customers[customers["receivable_cents"] > 0].sort_values(
        "receivable_cents", ascending=False, kind="stable"
    )
    figure = figures.concentration(customers, formats, count=TOP_CUSTOMERS)
    if figure is None:
        return None
    top = positive.head(TOP_CUSTOMERS)
    five = entries.get("concentration_top5", {}).get("value")
    sentence = (
        figure.sentence
        if five is None
        else _("Les cinq premiers clients portent {share} des soldes débiteurs.").format(share=formats.share(five))
    )
    titles = [_("Client"), _("Encours"), _("Échu"), _("Échu net"), _("Plus ancien retard (j)")]
    rows = text_rows(
        top.assign(label=list(figure.labels)),
        {
            "label": str,
            "receivable_cents": formats.cents,
            "overdue_cents": formats.cents,
            "net_overdue_cents": formats.cents,
            "oldest_days_overdue": formats.late_days,
        },
    )
    return Section(
        "concentration",
        _("La concentration"),
        _("De combien de clients dépend l’encaissement ?"),
        sentence,
        charts=(chart(svg.pareto, figure, formats),),
        tables=(table(titles, "lrrrr", rows),),
        meaning=_("La défaillance du premier client coûterait jusqu’à {amount} TTC.").format(
            amount=formats.cents(top["receivable_cents"].iloc[0])
        ),
        action=_("Donner une limite de crédit et un responsable à chacun de ces comptes."),
    )
