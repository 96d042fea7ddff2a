"""The bubble chart of customers as inline SVG in plain Python: no script, no browser, alike on screen and paper."""

from html import escape
from typing import TYPE_CHECKING

from auditlib.formats import Formats
from auditlib.present.figures_payers import bubbles
from auditlib.present.palette import INK, MUTED, PROFILES, RULE

if TYPE_CHECKING:
    from auditlib.present.figures import Figure

__all__ = ["customers_bubble"]

WIDTH, LEFT, TOP = 720.0, 62.0, 22.0
PLOT_WIDTH, PLOT_HEIGHT = 644.0, 262.0
FONT = "font-family=\"'Libertinus Sans','Liberation Sans','Libertinus Serif',Arial,sans-serif\""
ANCHORS = {"right": "start", "left": "end", "top": "middle", "bottom": "middle"}
LEGEND_LETTER, LEGEND_LINE = 6.2, 17.0


def customers_bubble(figure: "Figure", *, language: str = "fr", currency: str = "EUR") -> str:
    """Draw one bubble a customer: balance across, mean delay upwards, net overdue as area, profile as colour.

    Parameters
    ----------
    figure : Figure
        From `auditlib.present.figures_payers.customers_bubble`.
    language, currency : str

    Returns
    -------
    str
        An ``<svg>`` element; names are escaped.
    """
    formats = Formats(language=language, currency=currency, thousands=figure.thousands)
    laid = bubbles(figure, width=PLOT_WIDTH, height=PLOT_HEIGHT, language=language)
    amounts, days, _net = figure.series
    parts = [_text(0, 12, days, colour=MUTED)]
    for value, y in laid.up:
        colour = MUTED if value == 0 else RULE
        parts.append(f'<line x1="{LEFT:g}" x2="{LEFT + PLOT_WIDTH:g}" y1="{TOP + y:.1f}" y2="{TOP + y:.1f}" '
                     f'stroke="{colour}" stroke-width="1"/>')
        mark = formats.short_number(value, digits=0) + formats.gettext(" j")
        parts.append(_text(LEFT - 6, TOP + y + 4, mark, anchor="end", colour=MUTED))
    bottom = TOP + PLOT_HEIGHT + 16
    parts += [_text(LEFT + x, bottom, formats.short_amount(value), anchor="middle", colour=MUTED)
              for value, x in laid.across]
    parts.append(_text(LEFT + PLOT_WIDTH, bottom + 16, amounts, anchor="end", colour=MUTED))
    parts += [
        f'<circle cx="{LEFT + mark.x:.1f}" cy="{TOP + mark.y:.1f}" r="{mark.radius:.1f}" fill="{PROFILES[code]}" '
        'fill-opacity="0.82" stroke="white" stroke-width="1"/>'
        for mark, code in zip(laid.marks, figure.codes, strict=True)]
    parts += [_text(LEFT + place.x, TOP + place.y + 4, laid.marks[place.rank].name, anchor=ANCHORS[place.side])
              for place in laid.places]
    legend, height = _legend(laid.profiles, top=bottom + 34)
    drawn = "".join(parts + legend)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" '
            f'height="{height:g}" role="img" {FONT}><title>{escape(figure.title)}</title>{drawn}</svg>')


def _legend(profiles: tuple[tuple[str, str], ...], *, top: float) -> tuple[list[str], float]:
    """Return the legend, over as many lines as it takes, and where it ends."""
    parts, x, y = [], LEFT, top
    for code, name in profiles:
        long = 26 + LEGEND_LETTER * len(name)
        if x + long > WIDTH and x > LEFT:
            x, y = LEFT, y + LEGEND_LINE
        parts.append(f'<circle cx="{x + 5:.1f}" cy="{y - 4:.1f}" r="5" fill="{PROFILES[code]}"/>')
        parts.append(_text(x + 14, y, name))
        x += long
    return parts, y + 8


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK) -> str:
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="11" fill="{colour}">'
            f"{escape(text)}</text>")
