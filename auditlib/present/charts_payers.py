"""Plotly charts of how customers pay; they draw what they are given."""

from html import escape

import plotly.graph_objects as go

from auditlib.formats import Formats
from auditlib.present import look
from auditlib.present.figures import Figure
from auditlib.present.figures_payers import Bubbles, bubbles
from auditlib.present.palette import INK, MUTED, PROFILES

__all__ = ["customers_bubble"]

WIDTH, HEIGHT = 780.0, 320.0
"""Area the names are placed for; a wider window leaves them more room. [px]"""
SIDES = {"right": "middle right", "left": "middle left", "top": "middle center", "bottom": "middle center"}


def customers_bubble(figure: Figure, formats: Formats) -> go.Figure:
    """Draw one bubble a customer: balance across, mean delay upwards, net overdue as area, profile as colour."""
    laid = bubbles(figure, width=WIDTH, height=HEIGHT, language=formats.language)
    traces = [_profile(figure, laid, code, name, formats) for code, name in laid.profiles]
    chart = look.chart(figure, [*traces, _names(laid)], formats, height=430)
    amounts, days, _net = figure.series
    chart.update_xaxes(
        title={"text": escape(amounts, quote=False), "font": {"size": 12, "color": MUTED}}, range=[0, WIDTH],
        tickvals=[place for _value, place in laid.across],
        ticktext=[formats.short_amount(value) for value, _place in laid.across])
    chart.update_yaxes(
        title={"text": escape(days, quote=False), "font": {"size": 12, "color": MUTED}}, range=[HEIGHT, 0],
        tickvals=[place for _value, place in laid.up],
        ticktext=[formats.short_number(value, digits=0) + formats.gettext(" j") for value, _place in laid.up])
    chart.update_layout(legend={"y": -0.2, "yanchor": "top", "x": 0, "xanchor": "left", "itemsizing": "constant"})
    return chart


def _profile(figure: Figure, laid: Bubbles, code: str, name: str, formats: Formats) -> go.Scatter:
    rows = [rank for rank, found in enumerate(figure.codes) if found == code]
    amounts, days, net = figure.series.values()
    return go.Scatter(
        x=[laid.marks[rank].x for rank in rows],
        y=[laid.marks[rank].y for rank in rows],
        mode="markers",
        name=name,
        marker={"size": [2 * laid.marks[rank].radius for rank in rows], "color": PROFILES[code], "opacity": 0.82,
                "line": {"color": "white", "width": 1}},
        text=[escape(figure.labels[rank], quote=False) for rank in rows],
        customdata=[[formats.amount(amounts[rank]), formats.days(days[rank]), formats.amount(net[rank])]
                    for rank in rows],
        cliponaxis=False,
        hovertemplate="<b>%{text}</b><br>" + "<br>".join(
            f"{escape(title, quote=False)} : %{{customdata[{place}]}}" for place, title in enumerate(figure.series))
        + "<extra></extra>",
    )


def _names(laid: Bubbles) -> go.Scatter:
    return go.Scatter(
        x=[place.x for place in laid.places],
        y=[place.y for place in laid.places],
        mode="text",
        text=[escape(laid.marks[place.rank].name, quote=False) for place in laid.places],
        textposition=[SIDES[place.side] for place in laid.places],
        textfont={"size": 11, "color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
