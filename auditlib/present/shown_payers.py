"""Charts of how each customer pays, by name."""

from auditlib.deliver import svg_payers
from auditlib.present import charts_payers, figures_payers
from auditlib.present.chart import Chart

__all__ = ["CHARTS"]

CHARTS: dict[str, Chart] = {
    "customers_bubble": Chart(
        figures_payers.customers_bubble, charts_payers.customers_bubble, svg_payers.customers_bubble),
}
