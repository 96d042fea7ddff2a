"""Charts of each part of the receivable, by name."""

from auditlib.present.chart import Chart

__all__ = ["CHARTS"]

CHARTS: dict[str, Chart] = {}
