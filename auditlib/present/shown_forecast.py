"""Charts of what will come in, and when, by name."""

from auditlib.present.chart import Chart

__all__ = ["CHARTS"]

CHARTS: dict[str, Chart] = {}
