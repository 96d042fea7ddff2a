"""Charts of each part of the receivable, by name."""

from auditlib.deliver import svg, svg_segments
from auditlib.present import charts_segments, figures_segments
from auditlib.present.chart import Chart

__all__ = ["CHARTS"]

CHARTS: dict[str, Chart] = {
    "ageing_by_segment": Chart(
        figures_segments.ageing_by_segment, charts_segments.ageing_by_segment, svg_segments.stacked),
    "segment_trend": Chart(figures_segments.segment_trend, charts_segments.segment_trend, svg.lines),
}
