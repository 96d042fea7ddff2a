"""Charts of the self-assessment, by name."""

from auditlib.deliver import svg_radar
from auditlib.present import charts_radar, figures_assessment
from auditlib.present.chart import Chart

__all__ = ["CHARTS"]

CHARTS: dict[str, Chart] = {"assessment_radar": Chart(
    figures_assessment.radar, charts_radar.radar, svg_radar.radar, missing=figures_assessment.NOTHING_SCORED)}
