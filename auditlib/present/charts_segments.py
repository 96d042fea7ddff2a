"""Plotly charts of each part of the receivable."""

from html import escape

import plotly.graph_objects as go

from auditlib.formats import Formats
from auditlib.present import look
from auditlib.present.figures import Figure
from auditlib.present.palette import ACCENT, CALM, INK, NEUTRAL, WARM, bucket_colours

__all__ = ["ageing_by_segment", "segment_trend"]

COLOURS = (ACCENT, WARM[2], WARM[0], CALM, NEUTRAL)
READABLE = 0.06


def ageing_by_segment(figure: Figure, formats: Formats) -> go.Figure:
    """Draw one bar a segment, in full width, split by bucket; a share is written where it has room."""
    names = look.distinct([escape(look.shortened(label), quote=False) for label in figure.labels])
    traces = [
        go.Bar(
            y=names, x=list(shares), orientation="h", name=name, marker_color=colour,
            text=[formats.share(share) if share and share >= READABLE else "" for share in shares],
            textposition="inside", insidetextanchor="middle", textangle=0, cliponaxis=False,
            textfont={"size": 12, "color": INK if rank in (1, 2) else "white"},
            customdata=[formats.share(share) for share in shares],
            hovertemplate="%{y}<br>" + name + " : <b>%{customdata}</b><extra></extra>",
        )
        for rank, ((name, shares), colour) in enumerate(
            zip(figure.series.items(), bucket_colours(figure.codes), strict=True))
    ]
    chart = look.chart(figure, traces, formats, height=110 + 34 * len(names))
    chart.update_layout(barmode="stack", bargap=0.28, margin_t=84,
                        legend={"x": 0, "xanchor": "left", "traceorder": "normal"})
    chart.update_xaxes(visible=False, range=[0, 1.002])
    chart.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": INK, "size": 12.5})
    return chart


def segment_trend(figure: Figure, formats: Formats) -> go.Figure:
    """Draw the overdue rate of each segment over the months."""
    traces = [
        trace for name, colour in zip(figure.series, COLOURS, strict=False)
        for trace in look.line(figure, name, colour, formats.share, formats.share)]
    chart = look.chart(figure, traces, formats, height=340)
    look.time_axis(chart, figure.labels)
    marks = [0, 0.25, 0.5, 0.75, 1]
    top = max((value for values in figure.series.values() for value in values if value is not None), default=1.0)
    chart.update_yaxes(range=[0, min(1.02, top * 1.15)], tickmode="array", tickvals=marks,
                       ticktext=[formats.share(mark) for mark in marks])
    chart.update_layout(margin_r=72, margin_t=84, legend={"x": 0, "xanchor": "left"})
    return chart
