"""Plotly charts of figures: one look, French separators, labels that never clip. They draw what they are given."""

import json
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from auditlib.formats import Formats
from auditlib.present import look
from auditlib.present.figures import Figure
from auditlib.present.palette import ACCENT, CALM, CLASSES, INK, NEUTRAL, WARM, bucket_colours

__all__ = ["ageing", "concentration", "dso_evolution", "dso_split", "evolution", "mimebundle", "recovery_cohorts"]

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
TOTAL_CODE = "dso"


def ageing(figure: Figure, formats: Formats) -> go.Figure:
    """Draw one bar per bucket, in the order given, coloured by age."""
    values = look.only(figure)
    bars = go.Bar(
        x=look.wrapped(figure.labels),
        y=values,
        marker_color=bucket_colours(figure.codes),
        cliponaxis=False,
        text=[formats.short_amount(value or 0.0) for value in values],
        textposition="outside", constraintext="none",
        textfont={"size": 13, "color": INK},
        customdata=[formats.amount(value) for value in values],
        hovertemplate="%{x}<br><b>%{customdata}</b><extra></extra>",
    )
    chart = look.chart(figure, [bars], formats)
    look.bars_only(chart, values)
    return chart


def evolution(figure: Figure, formats: Formats) -> go.Figure:
    """Draw each series as an area over the months, the first calm, the second warm, a year before dotted."""
    colours = (CALM, WARM[2])
    traces = _past(figure, colours, formats.amount) + [
        trace
        for name, colour in zip(figure.series, colours, strict=False)
        for trace in look.line(
            figure, name, colour, formats.amount, formats.short_amount, fill="tozeroy", fillcolor=look.pale(colour)
        )
    ]
    chart = look.chart(figure, traces + look.past_entry(figure, formats), formats)
    look.time_axis(chart, figure.labels)
    look.amount_axis(chart, [value for values in figure.series.values() for value in values], formats)
    chart.update_layout(margin_r=64 if formats.thousands else 92)
    return chart


def dso_evolution(figure: Figure, formats: Formats) -> go.Figure:
    """Draw the DSO, its value of a year before dotted, and its count-back variant dashed."""
    styles = ((ACCENT, "solid"), (NEUTRAL, "dash"))
    now = [name for name in figure.series if name not in figure.behind]
    traces = _past(figure, (ACCENT,), formats.days) + [
        trace
        for name, (colour, dash) in zip(now, styles, strict=False)
        for trace in look.line(
            figure, name, colour, formats.days, lambda days: formats.short_number(days, digits=1), dash=dash
        )
    ]
    chart = look.chart(figure, traces + look.past_entry(figure, formats), formats)
    look.time_axis(chart, figure.labels)
    chart.update_yaxes(ticksuffix=formats.gettext(" j"), tickformat=",.0f", nticks=6, rangemode="tozero")
    chart.update_layout(margin_r=48)
    return chart


def _past(figure: Figure, colours: Sequence[str], write: Callable[[float | None], str]) -> list[go.Scatter]:
    """Return the series of a year before, each in the colour of the series it stands behind."""
    return [look.past_line(figure, name, colour, write) for name, colour in zip(figure.behind, colours, strict=False)]


def dso_split(figure: Figure, formats: Formats) -> go.Figure:
    """Draw the parts of the DSO as a waterfall that ends on the DSO."""
    values = [value or 0.0 for value in look.only(figure)]
    starts = [0.0 if code == TOTAL_CODE else sum(values[:rank]) for rank, code in enumerate(figure.codes)]
    bars = go.Bar(
        x=look.wrapped(figure.labels),
        y=values,
        base=starts,
        marker_color=[CLASSES.get(code, ACCENT) for code in figure.codes],
        customdata=[formats.days(value) for value in values],
        hovertemplate="%{x}<br><b>%{customdata}</b><extra></extra>",
    )
    tops = [max(start, start + value) for start, value in zip(starts, values, strict=True)]
    names = go.Scatter(
        x=look.wrapped(figure.labels),
        y=tops,
        mode="text",
        textposition="top center",
        hoverinfo="skip",
        cliponaxis=False,
        text=[formats.short_number(value, digits=1) for value in values],
        textfont={"size": 13, "color": INK},
    )
    chart = look.chart(figure, [bars, names], formats)
    chart.update_layout(showlegend=False)
    look.bars_only(chart, tops)
    return chart


def recovery_cohorts(figure: Figure, formats: Formats) -> go.Figure:
    """Draw both rates of each due month, the longer horizon pale behind; a dash where each stood a year before."""
    looks = ((look.pale(CALM, 0.45), 0.82), (ACCENT, 0.44))
    now = [(name, values) for name, values in figure.series.items() if name not in figure.behind]
    traces = [
        go.Bar(
            x=list(figure.labels),
            y=list(values),
            name=name,
            marker_color=colour,
            width=width,
            customdata=[formats.share(value) for value in values],
            hovertemplate="%{x}<br>" + name + " : <b>%{customdata}</b><extra></extra>",
        )
        for (name, values), (colour, width) in zip(now, looks, strict=True)
    ]
    traces += [_dashes(figure, name, formats, size) for name, size in zip(figure.behind, (13, 8), strict=False)]
    chart = look.chart(figure, traces, formats)
    chart.update_layout(barmode="overlay")
    look.time_axis(chart, figure.labels)
    marks = [0, 0.25, 0.5, 0.75, 1]
    chart.update_yaxes(
        range=[0, 1.02],
        tickvals=marks,
        ticktext=[
            formats.gettext("{share} %").format(share=round(100 * mark)).replace(" ", "\u00a0") for mark in marks
        ],
    )
    return chart


def _dashes(figure: Figure, name: str, formats: Formats, size: int) -> go.Scatter:
    """Mark where a rate stood a year before."""
    values = figure.series[name]
    return go.Scatter(
        x=list(figure.labels), y=list(values), name=formats.gettext("un an avant"), mode="markers", cliponaxis=False,
        marker={"symbol": "line-ew", "size": size, "line": {"width": 2, "color": WARM[1]}},
        customdata=[formats.share(value) for value in values],
        hovertemplate="%{x}<br>" + name + " : <b>%{customdata}</b><extra></extra>",
        showlegend=name == figure.behind[0])


def concentration(figure: Figure, formats: Formats) -> go.Figure:
    """Draw the largest balances, names in full width, each with the running share beside it: a Pareto chart."""
    (balance, amounts), (running, shares) = figure.series.items()
    names = look.distinct([escape(look.shortened(label), quote=False) for label in figure.labels])
    largest = max(amount or 0.0 for amount in amounts)
    bars = go.Bar(
        y=names,
        x=list(amounts),
        orientation="h",
        marker_color=CALM,
        name=balance,
        textposition="outside", constraintext="none",
        cliponaxis=False,
        text=[formats.short_amount(amount or 0.0) for amount in amounts],
        customdata=[formats.amount(amount) for amount in amounts],
        hovertemplate="%{y}<br><b>%{customdata}</b><extra></extra>",
    )
    column = go.Scatter(
        y=names,
        x=[1.38 * largest] * len(names),
        mode="text",
        name=running,
        text=[formats.share(share) for share in shares],
        textposition="middle left",
        textfont={"color": WARM[3], "size": 13},
        hoverinfo="skip",
    )
    chart = look.chart(figure, [bars, column], formats, height=84 + 27 * len(names))
    chart.update_layout(showlegend=False)
    chart.add_annotation(
        text=escape(running, quote=False), font={"color": WARM[3], "size": 12}, showarrow=False,
        x=1.38 * largest, xanchor="right", yref="paper", y=1.0, yanchor="bottom",
    )
    chart.update_xaxes(visible=False, range=[0, 1.4 * largest])
    chart.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": INK, "size": 12.5})
    return chart


def mimebundle(chart: go.Figure, *, sentence: str, drawing: str = "") -> dict[str, Any]:
    """Return a chart as what a notebook's output holds: no script, no state of a widget.

    Parameters
    ----------
    chart : Figure
        Of plotly.
    sentence : str
        Where nothing can be drawn.
    drawing : str
        The same as inline SVG (`auditlib.deliver.svg`), where plotly is not at hand: `jupyter nbconvert`, a viewer.
    """
    drawn = json.loads(chart.to_json()) | {"config": CONFIG}
    still = {"image/svg+xml": drawing} if drawing else {}
    return {"application/vnd.plotly.v1+json": drawn, **still, "text/plain": sentence}
