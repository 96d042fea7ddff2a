"""Sections on the receivable itself: ageing, evolution, concentration."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.deliver import svg
from auditlib.deliver.parts import Chart, Section, chart, table, text_rows
from auditlib.formats import Formats, bucket_label
from auditlib.present.figures import Figure

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["ageing", "concentration", "evolution", "values"]

TOP_CUSTOMERS = 10
MONTHS_SHOWN = 12
SHORTEST_EVOLUTION = 2


def values(column: pd.Series) -> tuple[float | None, ...]:
    """Return a column as the points of a figure; what is not available is None."""
    return tuple(None if pd.isna(value) else float(value) for value in column)


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
    labels = tuple(bucket_label(row["bucket"], language=formats.language) for row in rows)
    figure = Figure(
        title=_("Balance âgée au {date}").format(date=formats.date(results.summary["as_of_date"])),
        unit="amount",
        labels=labels,
        series={_("Encours"): tuple(row["amount"] for row in rows)},
        sentence=sentence,
    )
    lines = text_rows(
        pd.DataFrame(rows), {"amount": formats.amount, "share": formats.share, "items": formats.count}
    )
    items = sum(row["items"] for row in rows)
    total = (_("Encours"), formats.amount(stock["total"]), formats.share(1.0), formats.count(items))
    titles = [_("Tranche"), _("Montant"), _("Part de l’encours"), _("Pièces")]
    printed = [*((label, *line) for label, line in zip(labels, lines, strict=True)), total]
    return Section(
        "ageing", _("L’encours et son ancienneté"), _("Que doivent les clients, et depuis quand ?"),
        " ".join(filter(None, [sentence, estimated])),
        charts=(chart(svg.bars, figure, formats),),
        tables=(table(titles, "lrrr", printed, has_total=True),),
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


def evolution(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "La situation s’améliore-t-elle ?"; None without a replay."""
    _, months = formats.gettext, results.evolution
    if len(months) < SHORTEST_EVOLUTION:
        return None
    first, last = months.iloc[0], months.iloc[-1]
    sentence = _("De fin {start} à fin {end}, l’encours passe de {before} à {after}.").format(
        start=formats.month(first["month_end"]),
        end=formats.month(last["month_end"]),
        before=formats.cents(first["receivable_cents"]),
        after=formats.cents(last["receivable_cents"]),
    )
    titles = [_("Fin de mois"), _("Encours"), _("Échu"), _("Taux d’échu"), _("DSO"), _("DSO par épuisement")]
    rows = text_rows(months.tail(MONTHS_SHOWN), {
        "month_end": formats.month, "receivable_cents": formats.cents, "overdue_cents": formats.cents,
        "overdue_rate": formats.share, "dso": formats.days, "dso_count_back": formats.days,
    })
    return Section(
        "evolution", _("L’évolution"), _("La situation s’améliore-t-elle ?"), sentence,
        charts=_evolution_charts(months, formats, sentence),
        tables=(table(titles, "lrrrrr", rows),),
        meaning=_(
            "Chaque point est reconstitué avec ce qui était comptabilisé à sa date : le passé n’est pas réécrit par "
            "les lettrages postérieurs."
        ),
        action=_("Suivre ces mesures chaque mois à la même date, avec la même définition."),
    )


def _evolution_charts(months: pd.DataFrame, formats: Formats, sentence: str) -> tuple[Chart, ...]:
    _ = formats.gettext
    labels = tuple(formats.month(day) for day in months["month_end"])
    stock = Figure(
        title=_("Encours et échu en fin de mois"),
        unit="amount",
        labels=labels,
        series={
            _("Encours"): values(months["receivable_cents"] / 100),
            _("Échu"): values(months["overdue_cents"] / 100),
        },
        sentence=sentence,
    )
    known = months.dropna(subset=["dso"])
    if known.empty:
        return (chart(svg.lines, stock, formats),)
    delays = Figure(
        title=_("DSO et DSO par épuisement, en jours"),
        unit="days",
        labels=labels,
        series={_("DSO"): values(months["dso"]), _("DSO par épuisement"): values(months["dso_count_back"])},
        sentence=_("Le DSO passe de {before} à {after} entre {start} et {end}.").format(
            before=formats.days(known["dso"].iloc[0]),
            after=formats.days(known["dso"].iloc[-1]),
            start=formats.month(known["month_end"].iloc[0]),
            end=formats.month(known["month_end"].iloc[-1]),
        ),
    )
    return chart(svg.lines, stock, formats), chart(svg.lines, delays, formats)


def concentration(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "De combien de clients dépend l’encaissement ?"; None without a debit balance."""
    _, entries, customers = formats.gettext, results.summary["indicators"], results.customers
    positive = customers[customers["receivable_cents"] > 0].sort_values("receivable_cents", ascending=False)
    if positive.empty:
        return None
    top = positive.head(TOP_CUSTOMERS)
    sentence = _("Les cinq premiers clients portent {share} des soldes débiteurs.").format(
        share=formats.share(entries.get("concentration_top5", {}).get("value"))
    )
    figure = Figure(
        title=_("Les {count} premiers clients, et leur part cumulée").format(count=len(top)),
        unit="amount",
        labels=tuple(top["name"].where(top["name"] != "", top["customer_id"])),
        series={
            _("Encours"): values(top["receivable_cents"] / 100),
            _("Part cumulée"): values(top["receivable_cents"].cumsum() / positive["receivable_cents"].sum()),
        },
        sentence=sentence,
    )
    titles = [_("Client"), _("Encours"), _("Échu"), _("Échu net"), _("Plus ancien retard (j)")]
    rows = text_rows(top.assign(label=list(figure.labels)), {
        "label": str, "receivable_cents": formats.cents, "overdue_cents": formats.cents,
        "net_overdue_cents": formats.cents, "oldest_days_overdue": formats.late_days,
    })
    return Section(
        "concentration", _("La concentration"), _("De combien de clients dépend l’encaissement ?"), sentence,
        charts=(chart(svg.pareto, figure, formats),),
        tables=(table(titles, "lrrrr", rows),),
        meaning=_("La défaillance du premier client coûterait jusqu’à {amount} TTC.").format(
            amount=formats.cents(top["receivable_cents"].iloc[0])
        ),
        action=_("Donner une limite de crédit et un responsable à chacun de ces comptes."),
    )
