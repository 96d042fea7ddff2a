"""The radar of the self-assessment as inline SVG: scores around a circle, what was not assessed said at its label."""

from itertools import pairwise
from typing import TYPE_CHECKING

from auditlib.deliver.svg import WIDTH, document, text
from auditlib.formats import Formats
from auditlib.present.palette import ABSENT, ACCENT, MUTED, RULE
from auditlib.present.radar_places import Place, places

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
    around = places(len(values))
    parts = [_ring(step, around) for step in range(1, TOP_SCORE + 1)]
    parts += [_line((CENTRE_X, CENTRE_Y), _at(place, TOP_SCORE), RULE, 1) for place in around]
    for (here, one), (there, two) in pairwise(zip([*values, values[0]], [*around, around[0]], strict=True)):
        if here is not None and there is not None:
            parts.append(_wedge(_at(one, here), _at(two, there)))
    for place, value in zip(around, values, strict=True):
        if value is not None:
            x, y = _at(place, value)
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{ACCENT}"/>')
    parts += [text(CENTRE_X + 4, CENTRE_Y - RADIUS * step / TOP_SCORE + 4, str(step), size=9.5, color=MUTED)
              for step in range(1, TOP_SCORE + 1)]
    for place, label, value, reading in zip(around, figure.labels, values, figure.codes, strict=True):
        said = reading if value is None else formats.decimal(value, digits=1)
        parts.append(_label(place, label, said, is_known=value is not None))
    return document(figure, parts, height=HEIGHT)


def _at(place: Place, score: float) -> tuple[float, float]:
    x, y = place.at(RADIUS * score / TOP_SCORE)
    return CENTRE_X + x, CENTRE_Y - y


def _ring(step: int, around: tuple[Place, ...]) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(place, step) for place in around))
    return f'<polygon points="{points}" fill="none" stroke="{RULE}" stroke-width="1"/>'


def _line(here: tuple[float, float], there: tuple[float, float], colour: str, width: float) -> str:
    (x1, y1), (x2, y2) = here, there
    return f'<path d="M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}" stroke="{colour}" stroke-width="{width:g}"/>'


def _wedge(here: tuple[float, float], there: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = here, there
    filled = (f'<path d="M{CENTRE_X:g},{CENTRE_Y:g}L{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}Z" fill="{ACCENT}" '
              f'fill-opacity=".13"/>')
    return filled + _line(here, there, ACCENT, 2.2)


def _label(place: Place, label: str, said: str, *, is_known: bool) -> str:
    """Write a dimension and its score outside the circle, on the side where it stands."""
    x, y = _at(place, TOP_SCORE * 1.1)
    y += {1: -14, 0: -1, -1: 12}[place.tip]
    tone, weight = (ACCENT, 600) if is_known else (ABSENT, 400)
    return text(x, y, label, anchor=place.anchor, size=12) + text(
        x, y + 14, said, anchor=place.anchor, size=11.5, weight=weight, color=tone)
