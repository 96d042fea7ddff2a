"""Plotly charts of figures: one look, French separators, labels that never clip. They draw what they are given."""

import json
import math
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from auditlib.formats import Formats
from auditlib.present.figures import Figure
from auditlib.present.palette import ACCENT, CALM, CLASSES, FONT, INK, MUTED, NEUTRAL, RULE, WARM, bucket_colours

__all__ = ["ageing", "concentration", "dso_evolution", "dso_split", "evolution", "mimebundle", "recovery_cohorts"]

HEIGHT = 290
CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
SEPARATORS = {"fr": ",\u202f", "en": ".,"}
NAME_LENGTH, MONTHS_LABELLED = 30, 8
TOTAL_CODE = "dso"


def ageing(figure: Figure, formats: Formats) -> go.Figure:
    """Draw one bar per bucket, in the order given, coloured by age."""
    values = _only(figure)
    bars = go.Bar(
        x=_wrapped(figure.labels), y=values, marker_color=bucket_colours(figure.codes), cliponaxis=False,
        text=[formats.short_amount(value or 0.0) for value in values], textposition="outside", textfont={"size": 13, "color": INK},
        customdata=[formats.amount(value) for value in values], hovertemplate="%{x}<br><b>%{customdata}</b><extra></extra>")
    chart = _chart(figure, [bars], formats)
    _bars_only(chart, values)
    return chart


def evolution(figure: Figure, formats: Formats) -> go.Figure:
    """Draw each series as an area over the months, the first calm, the second warm."""
    colours = (CALM, WARM[2])
    traces = [
        trace for name, colour in zip(figure.series, colours, strict=False)
        for trace in _line(figure, name, colour, formats.amount, formats.short_amount, fill="tozeroy", fillcolor=_pale(colour))]
    chart = _chart(figure, traces, formats)
    _time_axis(chart, figure.labels)
    _amount_axis(chart, [value for values in figure.series.values() for value in values], formats)
    chart.update_layout(margin_r=64)
    return chart


def dso_evolution(figure: Figure, formats: Formats) -> go.Figure:
    """Draw the DSO, and its count-back variant dashed."""
    styles = ((ACCENT, "solid"), (NEUTRAL, "dash"))
    traces = [
        trace for name, (colour, dash) in zip(figure.series, styles, strict=False)
        for trace in _line(figure, name, colour, formats.days, lambda days: formats.short_number(days, digits=1), dash=dash)]
    chart = _chart(figure, traces, formats)
    _time_axis(chart, figure.labels)
    chart.update_yaxes(ticksuffix=formats.gettext(" j"), tickformat=",.0f", nticks=6)
    chart.update_layout(margin_r=48)
    return chart


def dso_split(figure: Figure, formats: Formats) -> go.Figure:
    """Draw the parts of the DSO as a waterfall that ends on the DSO."""
    values = [value or 0.0 for value in _only(figure)]
    starts = [0.0 if code == TOTAL_CODE else sum(values[:rank]) for rank, code in enumerate(figure.codes)]
    bars = go.Bar(
        x=_wrapped(figure.labels), y=values, base=starts, marker_color=[CLASSES.get(code, ACCENT) for code in figure.codes],
        customdata=[formats.days(value) for value in values], hovertemplate="%{x}<br><b>%{customdata}</b><extra></extra>")
    tops = [max(start, start + value) for start, value in zip(starts, values, strict=True)]
    names = go.Scatter(
        x=_wrapped(figure.labels), y=tops, mode="text", textposition="top center", hoverinfo="skip", cliponaxis=False,
        text=[formats.short_number(value, digits=1) for value in values], textfont={"size": 13, "color": INK})
    chart = _chart(figure, [bars, names], formats)
    chart.update_layout(showlegend=False)
    _bars_only(chart, tops)
    return chart


def recovery_cohorts(figure: Figure, formats: Formats) -> go.Figure:
    """Draw both rates of each due month, the longer horizon pale behind the shorter."""
    looks = ((_pale(CALM, 0.45), 0.82), (ACCENT, 0.44))
    traces = [
        go.Bar(x=list(figure.labels), y=list(values), name=name, marker_color=colour, width=width,
               customdata=[formats.share(value) for value in values],
               hovertemplate="%{x}<br>" + name + " : <b>%{customdata}</b><extra></extra>")
        for (name, values), (colour, width) in zip(figure.series.items(), looks, strict=True)]
    chart = _chart(figure, traces, formats)
    chart.update_layout(barmode="overlay")
    _time_axis(chart, figure.labels)
    chart.update_yaxes(tickformat=".0%", range=[0, 1.02], nticks=6)
    return chart


def concentration(figure: Figure, formats: Formats) -> go.Figure:
    """Draw the largest balances with their running share: a Pareto chart, names in full width."""
    (balance, amounts), (running, shares) = figure.series.items()
    names = _distinct([escape(_shortened(label), quote=False) for label in figure.labels])
    bars = go.Bar(
        y=names, x=list(amounts), orientation="h", marker_color=CALM, name=balance, textposition="outside", cliponaxis=False,
        text=[formats.short_amount(amount or 0.0) for amount in amounts], customdata=[formats.amount(amount) for amount in amounts],
        hovertemplate="%{y}<br><b>%{customdata}</b><extra></extra>")
    line = go.Scatter(
        y=names, x=list(shares), xaxis="x2", mode="lines+markers", name=running, line={"color": WARM[2], "width": 2},
        marker={"size": 6}, customdata=[formats.share(share) for share in shares],
        hovertemplate="%{y}<br>" + running + " : <b>%{customdata}</b><extra></extra>")
    chart = _chart(figure, [bars, line], formats, height=80 + 27 * len(names))
    chart.update_xaxes(visible=False, range=[0, 1.3 * max(amount or 0.0 for amount in amounts)])
    chart.update_layout(xaxis2={"overlaying": "x", "side": "bottom", "range": [0, 1], "tickformat": ".0%", "showgrid": False,
                                "visible": True, "tickfont": {"color": MUTED, "size": 12}, "nticks": 6})
    chart.update_yaxes(autorange="reversed", automargin=True, showgrid=False, tickfont={"color": INK, "size": 12.5})
    return chart


def mimebundle(chart: go.Figure, *, sentence: str) -> dict[str, Any]:
    """Return a chart as what a notebook's output holds: no script, no state, the sentence where it cannot be drawn."""
    drawn = json.loads(chart.to_json()) | {"config": CONFIG}
    return {"application/vnd.plotly.v1+json": drawn, "text/plain": sentence}


def _chart(figure: Figure, traces: Sequence[Any], formats: Formats, *, height: int = HEIGHT) -> go.Figure:
    several = sum(trace.showlegend is not False for trace in traces) > 1
    layout = go.Layout(
        title={"text": f"<b>{escape(figure.title, quote=False)}</b>", "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": 2},
               "yref": "container", "y": 0.97, "yanchor": "top", "font": {"size": 15, "color": INK}},
        font={"family": FONT, "size": 13, "color": INK}, separators=SEPARATORS.get(formats.language, ".,"),
        height=height, margin={"l": 8, "r": 14, "t": 48, "b": 8, "autoexpand": True}, paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)", bargap=0.34, showlegend=several, hovermode="closest", dragmode=False,
        hoverlabel={"bgcolor": "white", "bordercolor": RULE, "font": {"family": FONT, "size": 13, "color": INK}},
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom", "font": {"size": 12, "color": MUTED}},
        meta={"description": figure.sentence}, template="none")
    chart = go.Figure(data=list(traces), layout=layout)
    chart.update_xaxes(showgrid=False, zeroline=False, automargin=True, fixedrange=True, linecolor=RULE, ticks="",
                       tickfont={"color": MUTED, "size": 12})
    chart.update_yaxes(gridcolor=RULE, zeroline=False, automargin=True, fixedrange=True, ticks="",
                       tickfont={"color": MUTED, "size": 12})
    return chart


def _line(figure: Figure, name: str, colour: str, write: Callable[[float | None], str], mark: Callable[[float], str], *,
          dash: str = "solid", **options: Any) -> list[go.Scatter]:
    """Return a series as a line, and its last known point as a dot with its value."""
    values = figure.series[name]
    line = go.Scatter(
        x=list(figure.labels), y=list(values), name=name, mode="lines", connectgaps=False,
        line={"color": colour, "width": 2.4, "dash": dash}, customdata=[write(value) for value in values],
        hovertemplate="%{x}<br>" + name + " : <b>%{customdata}</b><extra></extra>", **options)
    known = [(label, value) for label, value in zip(figure.labels, values, strict=True) if value is not None]
    return [line, *(go.Scatter(
        x=[label], y=[value], mode="markers+text", text=[" " + mark(value)], textposition="middle right", showlegend=False,
        marker={"size": 8, "color": colour}, textfont={"color": colour, "size": 12.5}, cliponaxis=False, hoverinfo="skip")
        for label, value in known[-1:])]


def _time_axis(chart: go.Figure, labels: Sequence[str]) -> None:
    """Label some months only, the last one always."""
    step = max(math.ceil(len(labels) / MONTHS_LABELLED), 1)
    shown = list(labels)[::-1][::step]
    chart.update_xaxes(type="category", tickmode="array", tickvals=shown, tickangle=0, range=[-0.4, len(labels) - 0.6])


def _amount_axis(chart: go.Figure, values: Sequence[float | None], formats: Formats) -> None:
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


def _bars_only(chart: go.Figure, values: Sequence[float | None]) -> None:
    """Leave out the axis beside bars that carry their values; keep the line they stand on."""
    chart.update_yaxes(showticklabels=False, showgrid=False, zeroline=True, zerolinecolor=NEUTRAL, zerolinewidth=1, range=_room(values))
    chart.update_xaxes(showline=False)


def _room(values: Sequence[float | None]) -> list[float]:
    """Leave room above and below bars for what is written there."""
    known = [value or 0.0 for value in values]
    low, high = min([0.0, *known]), max([0.0, *known])
    span = (high - low) or 1.0
    return [low - (0.16 if low < 0 else 0.0) * span, high + 0.16 * span]


def _only(figure: Figure) -> list[float | None]:
    return list(next(iter(figure.series.values())))


def _wrapped(labels: Sequence[str]) -> list[str]:
    """Break a label of several long words over two lines."""
    return [escape(label, quote=False).replace(" ", "<br>", 1) if len(label) > 13 else escape(label, quote=False) for label in labels]


def _shortened(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + "…"


def _distinct(names: Sequence[str]) -> list[str]:
    """Keep two customers of one name on two bars: an invisible mark sets the second apart."""
    return [name + "\u200b" * list(names[:rank]).count(name) for rank, name in enumerate(names)]


def _pale(colour: str, strength: float = 0.14) -> str:
    red, green, blue = (int(colour[start:start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"
