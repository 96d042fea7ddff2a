"""Payment curves and cash forecast as inline SVG in plain Python: stepped lines, and bars each with its band."""

import math
from html import escape
from typing import TYPE_CHECKING

from auditlib.formats import Formats
from auditlib.present.palette import ACCENT, CALM, CLASSES, INK, MUTED, NEUTRAL, RULE, WARM

if TYPE_CHECKING:
    from auditlib.present.figures import Figure

__all__ = ["cash_forecast", "payment_curves"]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720.0, 228.0, 70.0, 14.0, 16.0, 30.0
FONT = "font-family=\"'Libertinus Sans','Liberation Sans','Libertinus Serif',Arial,sans-serif\""
MARKS = 4
STEPS = (1, 2, 2.5, 5, 10)
LEGEND, LETTER = 14.0, 6.2
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
LINES = (ACCENT, WARM[2], CLASSES["dso_disputed"], CLASSES["dso_unallocated"], NEUTRAL)
DAYS_LABELLED = 6
"""Every sixth label: thirty days."""


def cash_forecast(figure: "Figure", *, language: str = "fr", currency: str = "EUR") -> str:
    """Draw one bar a period, and a whisker from low to high where both are known.

    Parameters
    ----------
    figure : Figure
        Three series: expected, low, high. [euros]
    language, currency : str

    Returns
    -------
    str
        An ``<svg>`` element; labels are escaped.
    """
    expected, low, high = figure.series.values()
    formats = Formats(language=language, currency=currency, thousands=figure.thousands)
    top = max([value or 0.0 for value in (*expected, *high)], default=0.0) or 1.0
    step = _round_step(top / MARKS)
    highest = math.ceil(top / step) * step
    width = (WIDTH - LEFT - RIGHT) / max(len(expected), 1)

    def y(value: float) -> float:
        return TOP + (1 - value / highest) * (HEIGHT - TOP - BOTTOM)

    parts = [_mark(step * rank, y(step * rank), formats) for rank in range(round(highest / step) + 1)]
    for rank, (label, value, bottom, peak) in enumerate(zip(figure.labels, expected, low, high, strict=True)):
        x = LEFT + width * (rank + 0.5)
        level = y(value or 0.0)
        parts.append(f'<rect x="{x - width * 0.33:.1f}" y="{level:.1f}" width="{width * 0.66:.1f}" '
                     f'height="{y(0.0) - level:.1f}" rx="1.5" fill="{CALM}"/>')
        if bottom is not None and peak is not None:
            parts.append(f'<path d="M{x:.1f},{y(bottom):.1f}V{y(peak):.1f}M{x - 4:.1f},{y(peak):.1f}h8'
                         f'M{x - 4:.1f},{y(bottom):.1f}h8" fill="none" stroke="{INK}" stroke-width="1.1"/>')
        parts.append(_text(x, HEIGHT - BOTTOM + 17, label, "middle"))
    return _svg(figure, parts)


def payment_curves(figure: "Figure", *, language: str = "fr", currency: str = "EUR") -> str:
    """Draw one stepped line a group, from the whole down; no value at its end, where all curves meet.

    Parameters
    ----------
    figure : Figure
        Shares by group over days after the due date. [share 0–1]
    language, currency : str

    Returns
    -------
    str
        An ``<svg>`` element; labels are escaped.
    """
    formats, room = Formats(language=language, currency=currency), HEIGHT - TOP - LEGEND - BOTTOM
    step = (WIDTH - LEFT - RIGHT) / max(len(figure.labels) - 1, 1)
    parts = [_rule(TOP + LEGEND + (1 - share) * room, formats.share(share)) for share in SHARES]
    at = LEFT
    for (name, values), colour in zip(figure.series.items(), LINES, strict=False):
        points = [(LEFT + step * rank, TOP + LEGEND + (1 - value) * room)
                  for rank, value in enumerate(values) if value is not None]
        path = "".join(f"H{x:.1f}V{y:.1f}" if rank else f"M{x:.1f},{y:.1f}" for rank, (x, y) in enumerate(points))
        parts.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.2"/>')
        parts.append(f'<rect x="{at:.1f}" y="{TOP - 6:.1f}" width="12" height="4" fill="{colour}"/>')
        parts.append(_text(at + 17, TOP, name, "start"))
        at += 34 + LETTER * len(name)
    parts += [_text(LEFT + step * rank, HEIGHT - BOTTOM + 17, label, "middle")
              for rank, label in enumerate(figure.labels) if rank % DAYS_LABELLED == 0]
    return _svg(figure, parts)


def _svg(figure: "Figure", parts: list[str]) -> str:
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
            f'height="{HEIGHT:g}" role="img" {FONT}><title>{escape(figure.title)}</title>{"".join(parts)}</svg>')


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in STEPS if power * factor >= rough)


def _mark(value: float, y: float, formats: Formats) -> str:
    return _rule(y, formats.short_amount(value))


def _rule(y: float, text: str) -> str:
    line = f'<line x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{y:.1f}" y2="{y:.1f}" stroke="{RULE}" stroke-width="1"/>'
    return line + _text(LEFT - 8, y + 4, text, "end")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="11" fill="{MUTED}">{escape(text)}</text>'
