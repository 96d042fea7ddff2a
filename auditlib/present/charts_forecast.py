"""Plotly charts of payment curves and of the cash forecast."""

import plotly.graph_objects as go

from auditlib.formats import Formats
from auditlib.present import look
from auditlib.present.figures import Figure
from auditlib.present.palette import ACCENT, CALM, CLASSES, MUTED, NEUTRAL, WARM

__all__ = ["cash_forecast", "payment_curves"]

COLOURS = (ACCENT, WARM[2], CLASSES["dso_disputed"], CLASSES["dso_unallocated"], NEUTRAL)
"""As `auditlib.deliver.svg` draws its lines."""


def payment_curves(figure: Figure, formats: Formats) -> go.Figure:
    """Draw one line a group: the share still unpaid by days after the due date."""
    traces = [
        go.Scatter(
            x=list(figure.labels), y=list(values), name=name, mode="lines", line_shape="hv", connectgaps=False,
            line={"color": colour, "width": 2.4}, customdata=[formats.share(value) for value in values],
            hovertemplate=formats.gettext("{day} jours après l’échéance").format(day="%{x}") + "<br>" + name
            + " : <b>%{customdata}</b><extra></extra>")
        for (name, values), colour in zip(figure.series.items(), COLOURS, strict=False)
    ]
    chart = look.chart(figure, traces, formats, height=340)
    look.time_axis(chart, figure.labels)
    marks = [0, 0.25, 0.5, 0.75, 1]
    chart.update_yaxes(range=[0, 1.02], tickvals=marks, ticktext=[formats.share(mark) for mark in marks])
    chart.update_layout(legend={"y": -0.16, "yanchor": "top", "x": 0, "xanchor": "left"})
    return chart


def cash_forecast(figure: Figure, formats: Formats) -> go.Figure:
    """Draw one bar a week, and the band of the back-test as a whisker where it is known."""
    (name, expected), (_low_name, low), (_high_name, high) = figure.series.items()
    whiskers = {
        "type": "data", "symmetric": False, "color": MUTED, "thickness": 1.2, "width": 4,
        "array": [(top or 0.0) - (value or 0.0) for top, value in zip(high, expected, strict=True)],
        "arrayminus": [(value or 0.0) - (bottom or 0.0) for bottom, value in zip(low, expected, strict=True)]}
    known = all(value is not None for value in (*low, *high))
    bars = go.Bar(
        x=list(figure.labels), y=list(expected), name=name, marker_color=CALM, error_y=whiskers if known else None,
        customdata=[_said(*row, formats) for row in zip(expected, low, high, strict=True)],
        hovertemplate="%{x}<br>%{customdata}<extra></extra>")
    chart = look.chart(figure, [bars], formats)
    look.amount_axis(chart, list(high if known else expected), formats)
    chart.update_xaxes(type="category")
    return chart


def _said(expected: float | None, low: float | None, high: float | None, formats: Formats) -> str:
    if low is None or high is None:
        return f"<b>{formats.amount(expected)}</b>"
    band = formats.gettext("de {low} à {high}").format(low=formats.amount(low), high=formats.amount(high))
    return f"<b>{formats.amount(expected)}</b><br>{band}"
