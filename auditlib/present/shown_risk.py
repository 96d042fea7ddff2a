"""Charts of what may be lost, by name."""

from auditlib.present.chart import Chart

__all__ = ["CHARTS"]

CHARTS: dict[str, Chart] = {}
