"""Charts of what may be lost, by name."""

from auditlib.deliver import svg
from auditlib.present import charts_risk, figures_risk
from auditlib.present.chart import Chart

__all__ = ["CHARTS"]

CHARTS: dict[str, Chart] = {"roll_rates": Chart(figures_risk.roll_flow, charts_risk.roll_flow, svg.bars)}
