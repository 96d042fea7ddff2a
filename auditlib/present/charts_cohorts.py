"""The cohort heat map in plotly: one colour, darker as more is in; grey where nothing can be said yet."""

from typing import cast

import plotly.graph_objects as go

from auditlib.formats import Formats
from auditlib.present import look
from auditlib.present.figures import Figure, HeatMap
from auditlib.present.palette import HEAT, INK, RULE, WASH

__all__ = ["cohort_heatmap"]

ROW, ABOVE = 24, 84
DARK = 0.62
"""Place on the scale from which figures are written in white."""


def cohort_heatmap(figure: Figure, formats: Formats) -> go.Figure:
    """Draw a row a due month, the latest at the bottom, and a column a horizon; each share stands in its cell."""
    heat = cast("HeatMap", figure)
    columns, rows = list(heat.series), list(heat.labels)
    cells = [[heat.series[name][rank] for name in columns] for rank in range(len(rows))]
    reasons = [[heat.gaps[name][rank] for name in columns] for rank in range(len(rows))]
    low, high = _range(cells)
    grid = go.Heatmap(
        x=columns, y=rows, z=cells, zmin=low, zmax=high, colorscale=[list(step) for step in HEAT], showscale=False,
        xgap=2, ygap=2, hoverongaps=False,
        customdata=[[formats.share(value) for value in line] for line in cells],
        hovertemplate="%{y}, %{x}<br><b>%{customdata}</b><extra></extra>", showlegend=False)
    blank = go.Heatmap(
        x=columns, y=rows, z=[[None if value is not None else 0 for value in line] for line in cells],
        colorscale=[[0, WASH], [1, WASH]], showscale=False, xgap=2, ygap=2, hoverongaps=False,
        customdata=reasons, hovertemplate="%{y}, %{x}<br>%{customdata}<extra></extra>", showlegend=False)
    chart = look.chart(figure, [grid, blank], formats, height=ABOVE + ROW * len(rows))
    for rank, line in enumerate(cells):
        for column, value in zip(columns, line, strict=True):
            if value is not None:
                chart.add_annotation(
                    x=column, y=rows[rank], text=formats.share(value), showarrow=False,
                    font={"size": 12, "color": "white" if (value - low) / (high - low) > DARK else INK})
    chart.update_yaxes(autorange="reversed", showgrid=False, type="category")
    chart.update_xaxes(side="top", type="category", linecolor=RULE, showline=False)
    chart.update_layout(margin_t=76)
    return chart


def _range(cells: list[list[float | None]]) -> tuple[float, float]:
    """Return the shares between which colours go: wide enough that a small gap stays pale."""
    known = [value for line in cells for value in line if value is not None]
    low = min(*known, 0.9) if known else 0.0
    return max(0.0, low - 0.1), 1.0
