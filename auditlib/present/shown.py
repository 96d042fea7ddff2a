"""Charts as a notebook shows them: plotly where it is at hand, the same drawing elsewhere, and its sentence."""

import html
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from auditlib.deliver import svg, svg_heat, svg_title
from auditlib.formats import typographic
from auditlib.present import (
    charts,
    charts_cohorts,
    figures,
    figures_cohorts,
    figures_evolution,
    shown_assessment,
    shown_forecast,
    shown_payers,
    shown_risk,
    shown_segments,
)
from auditlib.present.chart import Chart
from auditlib.present.switch import displayed

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.formats import Formats
    from auditlib.present.figures import Figure

__all__ = ["CHARTS", "drawings", "show"]


def _history(arrange: Callable[[Any, "Formats"], "Figure | None"], table: str) -> Callable[..., "Figure | None"]:
    """Arrange a table of months, None where the documents allow no replay."""
    def arranged(results: "AuditResults", formats: "Formats") -> "Figure | None":
        months = getattr(results, table)
        return arrange(months, formats) if len(months) else None

    return arranged


def _dso_history(results: "AuditResults", formats: "Formats") -> "Figure | None":
    """Arrange the DSO of each month end, None where no month has one."""
    months = results.evolution
    return figures_evolution.dso_evolution(months, formats) if len(months) and months["dso"].notna().any() else None


CHARTS: dict[str, Chart] = {
    "ageing": Chart(
        lambda results, formats: figures.ageing(results.summary["ageing"], formats), charts.ageing, svg.bars),
    "evolution": Chart(_history(figures_evolution.evolution, "evolution"), charts.evolution, svg.lines),
    "dso_evolution": Chart(_dso_history, charts.dso_evolution, svg.lines),
    "dso_split": Chart(
        lambda results, formats: figures.dso_split(results.summary["indicators"], formats),
        charts.dso_split, svg.split),
    "recovery_cohorts": Chart(
        _history(figures_evolution.recovery_cohorts, "cohorts"), charts.recovery_cohorts, svg.lines),
    "cohort_heatmap": Chart(
        _history(figures_cohorts.cohort_heatmap, "cohort_matrix"), charts_cohorts.cohort_heatmap, svg_heat.heat),
    "concentration": Chart(
        lambda results, formats: figures.concentration(results.customers, formats), charts.concentration, svg.pareto),
    **shown_segments.CHARTS, **shown_payers.CHARTS, **shown_forecast.CHARTS, **shown_risk.CHARTS,
    **shown_assessment.CHARTS,
}
"""Charts by name."""


def show(name: str, results: "AuditResults", formats: "Formats") -> None:
    """Show a chart and the sentence to read it by; where there is nothing to draw, say why.

    Parameters
    ----------
    name : str
        A key of `CHARTS`.
    results : AuditResults
    formats : Formats
    """
    displayed(lambda: _bundles(CHARTS[name], results, formats), formats)


def _bundles(chart: Chart, results: "AuditResults", formats: "Formats") -> list[dict[str, Any]]:
    """Return a chart and its sentence as displays, or why there is none."""
    figure = chart.arrange(results, formats)
    if figure is None:
        missing = formats.stored(chart.missing or results.summary["evolution_reason"])
        reason = missing or formats.gettext("Les documents reçus ne permettent pas ce graphique.")
        return [{"text/markdown": reason, "text/plain": reason}]
    drawing = chart.draw(figure.in_unit_of(formats), language=formats.language, currency=formats.currency)
    return [
        charts.mimebundle(chart.plot(figure, formats), sentence=figure.sentence,
                          drawing=svg_title.headed(figure, drawing)),
        {"text/html": f"<p>{html.escape(_spaced(figure.sentence, formats))}</p>"}]


def _spaced(sentence: str, formats: "Formats") -> str:
    return typographic(sentence) if formats.language == "fr" else sentence


def drawings(
    results: "AuditResults", formats: "Formats", *, names: Sequence[str] = ("ageing", "evolution"),
) -> list[str]:
    """Return charts as inline SVG, for a page that runs no script; those without figures are left out."""
    arranged = [(name, CHARTS[name].arrange(results, formats)) for name in names]
    return [CHARTS[name].draw(figure.in_unit_of(formats), language=formats.language, currency=formats.currency)
            for name, figure in arranged if figure is not None]
