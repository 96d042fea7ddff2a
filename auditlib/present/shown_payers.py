"""Charts of how each customer pays, by name."""

from auditlib.present.chart import Chart

__all__ = ["CHARTS"]

CHARTS: dict[str, Chart] = {}
