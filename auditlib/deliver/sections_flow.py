"""Sections on time and money coming in: DSO and recovery."""

from typing import TYPE_CHECKING

from auditlib.deliver import svg
from auditlib.deliver.definitions import definition
from auditlib.deliver.parts import Section, chart, table, text_rows
from auditlib.deliver.sections_stock import values
from auditlib.formats import Formats
from auditlib.present.figures import Figure
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["dso", "recovery"]

COHORTS_SHOWN = 12
DSO_PARTS = {
    "dso_best_possible": N_("Non échu"), "dso_late": N_("Retard"), "dso_disputed": N_("Litige"),
    "dso_doubtful": N_("Douteux"), "dso_undated": N_("Sans échéance"), "dso_unallocated": N_("Crédits non affectés"),
}
"""Parts whose sum is the DSO, with their names on the chart."""


def dso(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Combien de jours de ventes sont dehors, et pourquoi ?"; None without a DSO."""
    _, entries = formats.gettext, results.summary["indicators"]
    total, day = (entries.get(name, {}).get("value") for name in ("dso", "cash_per_dso_day"))
    parts = {name: entries[name]["value"] for name in DSO_PARTS if entries.get(name, {}).get("value") is not None}
    if total is None or not parts:
        return None
    sentence = _("Le DSO est de {dso}, dont {best} tiennent aux seules conditions accordées.").format(
        dso=formats.days(total), best=formats.days(parts.get("dso_best_possible"))
    )
    figure = Figure(
        title=_("Décomposition du DSO, en jours"),
        unit="days",
        labels=tuple(_(DSO_PARTS[name]) for name in parts),
        series={_("DSO"): tuple(parts.values())},
        sentence=sentence,
    )
    defined = {name: definition(name, language=formats.language) for name in DSO_PARTS}
    rows = [(defined[name].label, formats.days(value), defined[name].sentence) for name, value in parts.items()]
    rows += [
        (defined[name].label, formats.measure(None, "days"), entries[name]["reason"])
        for name in DSO_PARTS if name in entries and name not in parts
    ]
    return Section(
        "dso", _("Le délai moyen de règlement"), _("Combien de jours de ventes sont dehors, et pourquoi ?"), sentence,
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
    figure = Figure(
        title=_("Taux de recouvrement par mois d’échéance"),
        unit="share",
        labels=tuple(recent["due_month"].astype("str")),
        series={_("à 1 mois"): values(recent["recovered_1m"]), _("à 3 mois"): values(recent["recovered_3m"])},
        sentence=sentence,
    )
    rows = text_rows(recent, {
        "due_month": str, "due_cents": formats.cents, "credited_cents": formats.cents,
        "recovered_1m": formats.share, "recovered_3m": formats.share,
    })
    titles = [_("Mois d’échéance"), _("Échu"), _("Dont avoirs"), _("À 1 mois"), _("À 3 mois")]
    return Section(
        "recovery", _("Le recouvrement"), _("Ce qui est échu finit-il par rentrer, et quand ?"), sentence,
        charts=(chart(svg.lines, figure, formats),),
        tables=(table(titles, "lrrrr", rows),),
        meaning=_("Une cohorte trop récente n’a pas encore de taux : elle porte un tiret, jamais un zéro."),
        action=_("Concentrer la relance sur le premier mois de retard : c’est là que se joue l’essentiel."),
    )
