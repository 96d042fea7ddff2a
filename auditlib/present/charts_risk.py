"""Plotly chart of the roll rates: what slides from one bucket of lateness into the next."""

from html import escape

import plotly.graph_objects as go

from auditlib.formats import Formats
from auditlib.present import look
from auditlib.present.figures import Figure
from auditlib.present.palette import CALM, INK, bucket_colours

__all__ = ["roll_flow"]


def roll_flow(figure: Figure, formats: Formats) -> go.Figure:
    """Draw one bar a step, whole: what slides, warmer with age, then what was collected or cleared, pale."""
    names = [escape(label, quote=False) for label in figure.labels]
    colours = (bucket_colours(figure.codes), look.pale(CALM, 0.28))
    traces = [
        go.Bar(
            y=names, x=list(values), name=name, orientation="h", marker_color=colour,
            text=[formats.share(value) if value else "" for value in values], textposition="auto",
            insidetextanchor="start" if rank == 0 else "end", textfont={"size": 12.5}, outsidetextfont={"color": INK},
            customdata=[formats.share(value) for value in values],
            hovertemplate="%{y}<br>" + name + " : <b>%{customdata}</b><extra></extra>",
        )
        for rank, ((name, values), colour) in enumerate(zip(figure.series.items(), colours, strict=True))
    ]
    chart = look.chart(figure, traces, formats, height=110 + 38 * len(names))
    chart.update_layout(barmode="stack")
    chart.update_xaxes(visible=False, range=[0, 1])
    chart.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": INK, "size": 12.5})
    return chart
