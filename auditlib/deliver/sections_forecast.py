"""Sections on what will come in, and when."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditlib.deliver import svg_forecast
from auditlib.deliver.parts import Section, chart, table
from auditlib.deliver.rows_forecast import (
    back_test_rows,
    back_test_titles,
    cash_rows,
    cash_titles,
    curve_rows,
    curve_titles,
)
from auditlib.formats import Formats
from auditlib.present import figures_forecast

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SECTIONS", "forecast", "payment_curves"]


def payment_curves(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "À quelle vitesse les factures sont-elles réglées ?"; None without a curve."""
    _, figure = formats.gettext, figures_forecast.payment_curves(results, formats)
    if figure is None:
        return None
    rows = curve_rows(results, formats)
    return Section(
        "payment_curves", _("Les courbes de paiement"), _("À quelle vitesse les factures sont-elles réglées ?"),
        figure.sentence, charts=(chart(svg_forecast.payment_curves, figure, formats),),
        tables=(table(curve_titles(formats), "lrrrrrrl", rows, widths=(2, *(0,) * 6, 1)),),
        meaning=_(
            "Estimation de Kaplan-Meier : une facture ouverte compte comme impayée jusqu’à la date d’arrêté, une "
            "facture soldée par avoir jusqu’à son avoir. Une moyenne sur les seules factures payées oublierait les "
            "plus lentes."),
        action=_("Relancer avant le jour où la courbe s’aplatit : ce qui reste alors ne rentre presque plus seul."))


def forecast(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Combien va rentrer, et quand ?"; None without a forecast."""
    _, figure = formats.gettext, figures_forecast.cash_forecast(results, formats)
    if figure is None:
        return None
    titles = cash_titles(results, formats)
    tables = [table(titles, "l" + "r" * (len(titles) - 1), cash_rows(results, formats, kind=kind), title=title,
                    has_total=True)
              for kind, title in (("week", _("Par semaine")), ("month", _("Par mois")))]
    if len(results.back_test):
        tables.append(table(back_test_titles(formats), "lrrr", back_test_rows(results, formats, kind="month"),
                            title=_("Contrôle : la prévision faite trois mois plus tôt")))
    note = results.summary["indicators"]["forecast_13_weeks"]["note"]
    return Section(
        "forecast", _("La prévision de règlements"), _("Combien va rentrer, et quand ?"), figure.sentence,
        charts=(chart(svg_forecast.cash_forecast, figure, formats),), tables=tuple(tables),
        meaning=" ".join((formats.stored(note), _(
            "La base est nette des crédits non affectés, hors retenues de garantie et sociétés du groupe ; ce que les "
            "courbes n’attendent plus et les créances douteuses sont à la ligne « Non attendu »."))),
        action=_("Bâtir le plan de trésorerie sur le bas de la fourchette, et relancer d’abord l’échu attendu tôt."))


SECTIONS: tuple[Callable[["AuditResults", Formats], Section | None], ...] = (payment_curves, forecast)
