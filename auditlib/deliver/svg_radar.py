"""The radar of the self-assessment as inline SVG: scores around a circle, what was not assessed said at its label."""

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from auditlib.deliver.svg import WIDTH, document, text
from auditlib.formats import Formats
from auditlib.present.palette import ABSENT, ACCENT, MUTED, RULE

if TYPE_CHECKING:
    from auditlib.present.figures import Figure

__all__ = ["radar"]

HEIGHT, RADIUS, TOP_SCORE = 410.0, 142.0, 4
CENTRE_X, CENTRE_Y = WIDTH / 2, 206.0


def radar(figure: "Figure", *, language: str = "fr", currency: str = "EUR") -> str:
    """Draw the scores 0 to 4 clockwise from the top, filled between neighbours that both have one.

    Parameters
    ----------
    figure : Figure
        Its first series; ``codes`` says why a value is missing.
    language, currency : str
    """
    formats, values = Formats(language=language, currency=currency), next(iter(figure.series.values()))
    count = len(values)
    parts = [_ring(step, count) for step in range(1, TOP_SCORE + 1)]
    parts += [_spoke(place, count) for place in range(count)]
    for place, following in pairwise([*range(count), 0]):
        here, there = values[place], values[following]
        if here is not None and there is not None:
            parts.append(_wedge(_at(place, here, count), _at(following, there, count)))
    for place, value in enumerate(values):
        if value is not None:
            x, y = _at(place, value, count)
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{ACCENT}"/>')
    parts += [text(CENTRE_X + 4, CENTRE_Y - RADIUS * step / TOP_SCORE + 4, str(step), size=9.5, color=MUTED)
              for step in range(1, TOP_SCORE + 1)]
    for place, (label, value, reading) in enumerate(zip(figure.labels, values, figure.codes, strict=True)):
        said = reading if value is None else formats.short_number(value, digits=1)
        parts.append(_label(_at(place, TOP_SCORE * 1.1, count), label, said, is_known=value is not None))
    return document(figure, parts, height=HEIGHT)


def _at(place: int, value: float, count: int) -> tuple[float, float]:
    angle = 2 * math.pi * place / count
    reach = RADIUS * value / TOP_SCORE
    return CENTRE_X + reach * math.sin(angle), CENTRE_Y - reach * math.cos(angle)


def _ring(step: int, count: int) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(place, step, count) for place in range(count)))
    return f'<polygon points="{points}" fill="none" stroke="{RULE}" stroke-width="1"/>'


def _spoke(place: int, count: int) -> str:
    x, y = _at(place, TOP_SCORE, count)
    return f'<line x1="{CENTRE_X:g}" y1="{CENTRE_Y:g}" x2="{x:.1f}" y2="{y:.1f}" stroke="{RULE}" stroke-width="1"/>'


def _wedge(here: tuple[float, float], there: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = here, there
    return (f'<path d="M{CENTRE_X:g},{CENTRE_Y:g}L{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}Z" fill="{ACCENT}" '
            f'fill-opacity=".13"/>'
            f'<path d="M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}" stroke="{ACCENT}" stroke-width="2.2"/>')


def _label(place: tuple[float, float], label: str, said: str, *, is_known: bool) -> str:
    """Write a dimension and its score outside the circle, on the side where it stands."""
    x, y = place
    lean = x - CENTRE_X
    anchor = "middle" if abs(lean) < RADIUS * 0.2 else "start" if lean > 0 else "end"
    lift = -14 if y < CENTRE_Y - RADIUS * 0.9 else 12 if y > CENTRE_Y + RADIUS * 0.9 else -1
    tone, weight = (ACCENT, 600) if is_known else (ABSENT, 400)
    return text(x, y + lift, label, anchor=anchor, size=12) + text(
        x, y + lift + 14, said, anchor=anchor, size=11.5, weight=weight, color=tone)
