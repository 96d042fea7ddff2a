"""Sections on time and money coming in: DSO and recovery."""

from typing import TYPE_CHECKING

from auditlib.deliver import svg, svg_heat
from auditlib.deliver.definitions import definition
from auditlib.deliver.parts import Section, chart, table, text_rows
from auditlib.formats import Formats
from auditlib.present import figures, figures_cohorts, figures_evolution

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["dso", "recovery"]

COHORTS_SHOWN = 12


def dso(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Combien de jours de ventes sont dehors, et pourquoi ?"; None without a DSO."""
    _, entries = formats.gettext, results.summary["indicators"]
    figure = figures.dso_split(entries, formats)
    if figure is None:
        return None
    day, total = (entries.get(name, {}).get("value") for name in ("cash_per_dso_day", "dso"))
    parts = {
        name: entries[name]["value"] for name in figures.DSO_PARTS if entries.get(name, {}).get("value") is not None
    }
    sentence = _("Le DSO est de {dso}, dont {best} tiennent aux seules conditions accordées.").format(
        dso=formats.days(total), best=formats.days(parts.get("dso_best_possible"))
    )
    defined = {name: definition(name, language=formats.language) for name in figures.DSO_PARTS}
    rows = [(defined[name].label, formats.days(value), defined[name].sentence) for name, value in parts.items()]
    rows += [
        (defined[name].label, formats.measure(None, "days"), formats.stored(entries[name]["reason"]))
        for name in figures.DSO_PARTS
        if name in entries and name not in parts
    ]
    return Section(
        "dso",
        _("Le délai moyen de règlement"),
        _("Combien de jours de ventes sont dehors, et pourquoi ?"),
        sentence,
        charts=(chart(svg.split, figure, formats),),
        tables=(table([_("Part"), _("Jours"), _("Ce que c’est")], "lrl", rows, widths=(0, 0, 1)),),
        meaning=_("Seule la part de retard dépend de la relance ; la part non échue dépend des conditions négociées."),
        action=_("Un jour de DSO gagné libère {amount}.").format(amount=formats.amount(day)) if day is not None else "",
    )


def recovery(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Ce qui est échu finit-il par rentrer, et quand ?"; None without a mature cohort."""
    _, entries = formats.gettext, results.summary["indicators"]
    one, three = (entries.get(name, {}).get("value") for name in ("recovery_rate_1m", "recovery_rate_3m"))
    if (one is None and three is None) or results.cohorts.empty:
        return None
    sentence = _(
        "À la fin du mois qui suit l’échéance, {one} des montants sont réglés ; à la fin du troisième, {three}."
    ).format(one=formats.share(one), three=formats.share(three))
    recent = results.cohorts.tail(COHORTS_SHOWN)
    rows = text_rows(
        recent,
        {
            "due_month": lambda month: formats.month(f"{month}-01"),
            "due_cents": formats.cents,
            "credited_cents": formats.cents,
            "recovered_1m": formats.share,
            "recovered_3m": formats.share,
        },
    )
    charts = [chart(svg.lines, figures_evolution.recovery_cohorts(results.cohorts, formats), formats)]
    if (heat := figures_cohorts.cohort_heatmap(results.cohort_matrix, formats)) is not None:
        charts.append(chart(svg_heat.heat, heat, formats))
    titles = [_("Mois d’échéance"), _("Échu dans le mois"), _("Dont avoirs"), _("À 1 mois"), _("À 3 mois")]
    return Section(
        "recovery",
        _("Le recouvrement"),
        _("Ce qui est échu finit-il par rentrer, et quand ?"),
        sentence,
        charts=tuple(charts),
        tables=(table(titles, "lrrrr", rows),),
        meaning=_("Une cohorte trop récente n’a pas encore de taux : elle porte un tiret, jamais un zéro."),
        action=_("Concentrer la relance sur le premier mois de retard : c’est là que se joue l’essentiel."),
    )
