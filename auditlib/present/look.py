"""The look all charts share: layout, axes, marks and labels."""

import math
from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from auditlib.formats import Formats
from auditlib.present.figures import Figure
from auditlib.present.palette import FONT, INK, MUTED, NEUTRAL, RULE

__all__ = [
    "amount_axis",
    "bars_only",
    "chart",
    "distinct",
    "line",
    "only",
    "pale",
    "past_entry",
    "past_line",
    "shortened",
    "time_axis",
    "wrapped",
]

HEIGHT = 290
SEPARATORS = {"fr": ",\u202f", "en": ".,"}
NAME_LENGTH, MONTHS_LABELLED = 30, 5
ENDS_APART = 0.08
"""Share of the height under which two end labels would cover each other."""
CLEAR = "rgba(0,0,0,0)"
TITLE: dict[str, Any] = {
    "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": 2}, "yref": "container", "y": 0.97, "yanchor": "top",
    "font": {"size": 15, "color": INK},
}
LEGEND: dict[str, Any] = {
    "orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom",
    "font": {"size": 12, "color": MUTED},
}
AXIS: dict[str, Any] = {
    "zeroline": False, "automargin": True, "fixedrange": True, "ticks": "outside", "ticklen": 6, "tickcolor": CLEAR,
    "tickfont": {"color": MUTED, "size": 12},
}


def chart(figure: Figure, traces: Sequence[Any], formats: Formats, *, height: int = HEIGHT) -> go.Figure:
    """Return traces as a chart with its title, legend and separators."""
    layout = go.Layout(
        title={"text": f"<b>{escape(figure.title, quote=False)}</b>", **TITLE},
        font={"family": FONT, "size": 13, "color": INK},
        separators=SEPARATORS.get(formats.language, ".,"),
        height=height,
        margin={"l": 8, "r": 14, "t": 48, "b": 8, "autoexpand": True},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        bargap=0.34,
        showlegend=sum(trace.showlegend is not False for trace in traces) > 1,
        hovermode="closest",
        dragmode=False,
        hoverlabel={"bgcolor": "white", "bordercolor": RULE, "font": {"family": FONT, "size": 13, "color": INK}},
        legend=LEGEND,
        meta={"description": figure.sentence},
        template="none",
    )
    chart = go.Figure(data=list(traces), layout=layout)
    chart.update_xaxes(showgrid=False, linecolor=RULE, **AXIS)
    chart.update_yaxes(gridcolor=RULE, **AXIS)
    _set_ends_apart(chart)
    return chart


def _set_ends_apart(chart: go.Figure) -> None:
    """Write the upper of two close end labels above its dot, the lower below."""
    scatters = [trace for trace in chart.data if isinstance(trace, go.Scatter)]
    ends = sorted((one for one in scatters if one.mode == "markers+text" and len(one.y) == 1), key=lambda one: one.y[0])
    known = [value for one in scatters if one.mode == "lines" for value in one.y if value is not None]
    for lower, upper in pairwise(ends):
        if upper.x == lower.x and upper.y[0] - lower.y[0] < ENDS_APART * max(map(abs, known), default=0.0):
            lower.textposition, upper.textposition = "bottom right", "top right"


def line(
    figure: Figure,
    name: str,
    colour: str,
    write: Callable[[float | None], str],
    mark: Callable[[float], str],
    *,
    dash: str = "solid",
    **options: Any,
) -> list[go.Scatter]:
    """Return a series as a line, and its last known point as a dot with its value."""
    values = figure.series[name]
    line = go.Scatter(
        x=list(figure.labels),
        y=list(values),
        name=name,
        mode="lines",
        connectgaps=False,
        line={"color": colour, "width": 2.4, "dash": dash},
        customdata=[write(value) for value in values],
        hovertemplate="%{x}<br>" + name + " : <b>%{customdata}</b><extra></extra>",
        **options,
    )
    known = [(label, value) for label, value in zip(figure.labels, values, strict=True) if value is not None]
    return [line, *(_end(label, value, colour, mark) for label, value in known[-1:])]


def past_line(figure: Figure, name: str, colour: str, write: Callable[[float | None], str]) -> go.Scatter:
    """Return the same months of a year before: pale, dotted, behind, all such lines as one entry of the legend."""
    values = figure.series[name]
    return go.Scatter(
        x=list(figure.labels), y=list(values), name=name, mode="lines", connectgaps=False,
        line={"color": pale(colour, 0.6), "width": 1.8, "dash": "dot"},
        customdata=[write(value) for value in values], showlegend=False,
        hovertemplate="%{x}<br>" + name + " : <b>%{customdata}</b><extra></extra>")


def past_entry(figure: Figure, formats: Formats) -> list[go.Scatter]:
    """Return what names the dotted lines in the legend; nothing where there is none."""
    entry = go.Scatter(
        x=[figure.labels[0]], y=[None], name=formats.gettext("un an avant"), mode="lines", hoverinfo="skip",
        line={"color": NEUTRAL, "width": 1.8, "dash": "dot"}) if figure.behind else None
    return [entry] if entry is not None else []


def _end(label: str, value: float, colour: str, mark: Callable[[float], str]) -> go.Scatter:
    return go.Scatter(
        x=[label],
        y=[value],
        mode="markers+text",
        text=[" " + mark(value)],
        textposition="middle right",
        showlegend=False,
        marker={"size": 8, "color": colour},
        textfont={"color": colour, "size": 12.5},
        cliponaxis=False,
        hoverinfo="skip",
    )


def time_axis(chart: go.Figure, labels: Sequence[str]) -> None:
    """Label some months only, the last one always."""
    step = max(math.ceil(len(labels) / MONTHS_LABELLED), 1)
    shown = list(labels)[::-1][::step]
    chart.update_xaxes(type="category", tickmode="array", tickvals=shown, tickangle=0, range=[-0.4, len(labels) - 0.6])


def amount_axis(chart: go.Figure, values: Sequence[float | None], formats: Formats) -> None:
    """Write round amounts beside the axis, in thousands or millions where large."""
    known = [value for value in values if value is not None]
    top, low = max(known, default=0.0), min([0.0, *known])
    step = _round_step((top - low) / 4)
    marks = [step * rank for rank in range(math.floor(low / step), math.floor(top * 1.06 / step) + 1)]
    chart.update_yaxes(tickmode="array", tickvals=marks, ticktext=[formats.short_amount(mark) for mark in marks])


def _round_step(step: float) -> float:
    if step <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= step)


def bars_only(chart: go.Figure, values: Sequence[float | None]) -> None:
    """Leave out the axis beside bars that carry their values; keep the line they stand on."""
    chart.update_yaxes(
        showticklabels=False, showgrid=False, zeroline=True, zerolinecolor=NEUTRAL, zerolinewidth=1, range=_room(values)
    )
    chart.update_xaxes(showline=False)


def _room(values: Sequence[float | None]) -> list[float]:
    """Leave room above and below bars for what is written there."""
    known = [value or 0.0 for value in values]
    low, high = min([0.0, *known]), max([0.0, *known])
    span = (high - low) or 1.0
    return [low - (0.16 if low < 0 else 0.0) * span, high + 0.16 * span]


def only(figure: Figure) -> list[float | None]:
    """Return the values of a figure of one series."""
    return list(next(iter(figure.series.values())))


def wrapped(labels: Sequence[str]) -> list[str]:
    """Break a label of several long words over two lines."""
    return [
        escape(label, quote=False).replace(" ", "<br>", 1) if len(label) > 13 else escape(label, quote=False)
        for label in labels
    ]


def shortened(name: str) -> str:
    """Cut a name that would leave no room for its bar."""
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + "…"


def distinct(names: Sequence[str]) -> list[str]:
    """Keep two customers of one name on two bars: an invisible mark sets the second apart."""
    return [name + "\u200b" * list(names[:rank]).count(name) for rank, name in enumerate(names)]


def pale(colour: str, strength: float = 0.14) -> str:
    """Return a colour, see-through."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"
