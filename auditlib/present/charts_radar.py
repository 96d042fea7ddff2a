"""Plotly radar of scores: what was not assessed leaves a gap, and says so at its label."""

import plotly.graph_objects as go

from auditlib.formats import Formats
from auditlib.present import look
from auditlib.present.figures import Figure
from auditlib.present.figures_assessment import TOP_SCORE
from auditlib.present.palette import ACCENT, INK, MUTED, RULE

__all__ = ["radar"]

HEIGHT = 520


def radar(figure: Figure, formats: Formats) -> go.Figure:
    """Draw the scores around a circle, clockwise from the top; filled between neighbours that both have one."""
    values = look.only(figure)
    around = range(len(values))
    named = [_named(label, value, code, formats)
             for label, value, code in zip(figure.labels, values, figure.codes, strict=True)]
    wedges_r: list[float | None] = []
    wedges_t: list[str | None] = []
    edges_r: list[float | None] = []
    edges_t: list[str | None] = []
    for place in around:
        here, there = values[place], values[(place + 1) % len(values)]
        if here is None or there is None:
            continue
        ends = [named[place], named[(place + 1) % len(values)]]
        wedges_r += [0.0, here, there, 0.0, None]
        wedges_t += [ends[0], *ends, ends[0], None]
        edges_r += [here, there, None]
        edges_t += [*ends, None]
    known = [(name, value) for name, value in zip(named, values, strict=True) if value is not None]
    traces = [
        go.Scatterpolar(r=wedges_r, theta=wedges_t, mode="none", fill="toself", fillcolor="rgba(31,78,121,.14)",
                        hoverinfo="skip", showlegend=False),
        go.Scatterpolar(r=edges_r, theta=edges_t, mode="lines", line={"color": ACCENT, "width": 2.2},
                        hoverinfo="skip", showlegend=False),
        go.Scatterpolar(
            r=[value for _name, value in known], theta=[name for name, _value in known], mode="markers",
            marker={"color": ACCENT, "size": 8}, showlegend=False,
            customdata=[formats.short_number(value, digits=1) for _name, value in known],
            hovertemplate="%{theta}<br><b>%{customdata}</b><extra></extra>"),
    ]
    chart = look.chart(figure, traces, formats, height=HEIGHT)
    chart.update_layout(margin={"l": 110, "r": 110, "t": 80, "b": 56}, polar={
        "bgcolor": "rgba(0,0,0,0)",
        "radialaxis": {"range": [0, TOP_SCORE], "tickvals": list(range(TOP_SCORE + 1)), "angle": 90, "tickangle": 90,
                       "gridcolor": RULE, "linecolor": RULE, "tickfont": {"color": MUTED, "size": 11}},
        "angularaxis": {"direction": "clockwise", "rotation": 90, "gridcolor": RULE, "linecolor": RULE,
                        "type": "category", "categoryorder": "array", "categoryarray": named,
                        "tickfont": {"color": INK, "size": 12.5}}})
    return chart


def _named(label: str, value: float | None, reading: str, formats: Formats) -> str:
    """Return a label with its score, or with why there is none."""
    said = reading if value is None else f"<b>{formats.short_number(value, digits=1)}</b>"
    return f"{look.wrapped([label])[0]}<br>{said}"
