"""Charts of what will come in, and when, by name."""

from auditlib.deliver import svg_forecast
from auditlib.present import charts_forecast, figures_forecast
from auditlib.present.chart import Chart

__all__ = ["CHARTS"]

CHARTS: dict[str, Chart] = {
    "payment_curves": Chart(
        figures_forecast.payment_curves, charts_forecast.payment_curves, svg_forecast.payment_curves),
    "cash_forecast": Chart(figures_forecast.cash_forecast, charts_forecast.cash_forecast, svg_forecast.cash_forecast),
}
"""Charts by name."""
