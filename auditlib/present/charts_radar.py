"""Plotly radar of scores: what was not assessed leaves a gap, and says so at its label."""

from itertools import pairwise

import plotly.graph_objects as go

from auditlib.formats import Formats
from auditlib.present import look
from auditlib.present.figures import Figure
from auditlib.present.figures_assessment import TOP_SCORE
from auditlib.present.palette import ABSENT, ACCENT, INK, MUTED, RULE
from auditlib.present.radar_places import Place, places

__all__ = ["radar"]

HEIGHT = 500
SPACE = (2.4, 1.32)
"""Half of what is shown across and up, in radii of the circle: labels have the rest."""
ANCHORS = {"start": "left", "middle": "center", "end": "right"}


def radar(figure: Figure, formats: Formats) -> go.Figure:
    """Draw the scores around a circle, clockwise from the top; filled between neighbours that both have one."""
    values = look.only(figure)
    around = places(len(values))
    chart = look.chart(figure, [*_rings(around), *_web(values, around), _marks(figure, values, around, formats)],
                       formats, height=HEIGHT)
    for rank, place in enumerate(around):
        chart.add_annotation(_label(figure.labels[rank], values[rank], figure.codes[rank], place, formats))
    for step in range(1, TOP_SCORE + 1):
        chart.add_annotation(x=0.03, y=step / TOP_SCORE, text=str(step), showarrow=False, xanchor="left",
                             font={"size": 10.5, "color": MUTED})
    across, up = SPACE
    chart.update_layout(showlegend=False, hovermode="closest")
    chart.update_xaxes(visible=False, range=[-across, across])
    chart.update_yaxes(visible=False, range=[-up, up], scaleanchor="x", scaleratio=1)
    return chart


def _rings(around: tuple[Place, ...]) -> list[go.Scatter]:
    """Return the grid: a ring for each score, and a spoke for each dimension."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for step in range(1, TOP_SCORE + 1):
        points = [place.at(step / TOP_SCORE) for place in (*around, around[0])]
        xs += [*(x for x, _y in points), None]
        ys += [*(y for _x, y in points), None]
    for place in around:
        xs += [0.0, place.x, None]
        ys += [0.0, place.y, None]
    return [go.Scatter(x=xs, y=ys, mode="lines", line={"color": RULE, "width": 1}, hoverinfo="skip")]


def _web(values: list[float | None], around: tuple[Place, ...]) -> list[go.Scatter]:
    """Return the wedges and edges between neighbours that both have a score."""
    traces = []
    for (here, one), (there, two) in pairwise(zip([*values, values[0]], [*around, around[0]], strict=True)):
        if here is None or there is None:
            continue
        (x1, y1), (x2, y2) = one.at(here / TOP_SCORE), two.at(there / TOP_SCORE)
        traces.append(go.Scatter(x=[0, x1, x2, 0], y=[0, y1, y2, 0], mode="none", fill="toself",
                                 fillcolor="rgba(31,78,121,.14)", hoverinfo="skip"))
        traces.append(go.Scatter(x=[x1, x2], y=[y1, y2], mode="lines", line={"color": ACCENT, "width": 2.2},
                                 hoverinfo="skip"))
    return traces


def _marks(figure: Figure, values: list[float | None], around: tuple[Place, ...], formats: Formats) -> go.Scatter:
    known = [(label, value, place.at(value / TOP_SCORE))
             for label, value, place in zip(figure.labels, values, around, strict=True) if value is not None]
    return go.Scatter(
        x=[point[0] for _label, _value, point in known], y=[point[1] for _label, _value, point in known],
        mode="markers", marker={"color": ACCENT, "size": 8},
        customdata=[(label, formats.decimal(value, digits=1)) for label, value, _point in known],
        hovertemplate="%{customdata[0]}<br><b>%{customdata[1]}</b><extra></extra>")


def _label(label: str, value: float | None, reading: str, place: Place, formats: Formats) -> dict[str, object]:
    """Return a dimension and its score outside the circle, on the side where it stands."""
    x, y = place.at(1.08)
    said = f'<span style="color:{ABSENT}">{reading}</span>' if value is None else (
        f'<b style="color:{ACCENT}">{formats.decimal(value, digits=1)}</b>')
    return {"x": x, "y": y, "text": f"{label}<br>{said}", "showarrow": False, "xanchor": ANCHORS[place.anchor],
            "yanchor": {1: "bottom", 0: "middle", -1: "top"}[place.tip], "align": ANCHORS[place.anchor],
            "font": {"size": 12.5, "color": INK}}
