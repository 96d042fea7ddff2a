"""Ageing by segment as inline SVG: one full bar a segment, split by bucket, alike on screen and on paper."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from auditlib.formats import Formats
from auditlib.present.palette import INK, bucket_colours

if TYPE_CHECKING:
    from auditlib.present.figures import Figure

__all__ = ["stacked"]

WIDTH, LEFT, TOP, ROW = 720.0, 168.0, 34.0, 26.0
ROOM = WIDTH - LEFT - 8
READABLE, NAME_LENGTH = 0.07, 26
FONT = "font-family=\"'Libertinus Sans','Liberation Sans','Libertinus Serif',Arial,sans-serif\""


def stacked(figure: "Figure", *, language: str = "fr", currency: str = "EUR") -> str:  # noqa: ARG001 -- as all drawings
    """Draw shares that add up to one, a row a label.

    Parameters
    ----------
    figure : Figure
        One series a bucket: its share of each label's whole. [share 0–1]
    language, currency : str

    Returns
    -------
    str
        An ``<svg>`` element; names are escaped.
    """
    formats, colours = Formats(language=language), bucket_colours(figure.codes)
    parts = _legend(list(figure.series), colours)
    for rank, name in enumerate(figure.labels):
        parts.append(_text(LEFT - 10, TOP + ROW * rank + 13, _short(name), anchor="end"))
        parts += _bar([values[rank] or 0.0 for values in figure.series.values()], colours, TOP + ROW * rank, formats)
    height = TOP + ROW * len(figure.labels) + 4
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" '
            f'height="{height:g}" role="img" {FONT}><title>{escape(figure.title)}</title>{"".join(parts)}</svg>')


def _bar(shares: Sequence[float], colours: Sequence[str], top: float, formats: Formats) -> list[str]:
    parts, x = [], LEFT
    for rank, (share, colour) in enumerate(zip(shares, colours, strict=True)):
        width = ROOM * max(share, 0.0)
        parts.append(f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{ROW * 0.72:.1f}" fill="{colour}"/>')
        if share >= READABLE:
            ink = INK if rank in (1, 2) else "#ffffff"
            parts.append(_text(x + width / 2, top + 13, formats.share(share), anchor="middle", colour=ink))
        x += width
    return parts


def _legend(names: Sequence[str], colours: Sequence[str]) -> list[str]:
    parts, x = [], LEFT
    for name, colour in zip(names, colours, strict=True):
        parts.append(f'<rect x="{x:.1f}" y="8" width="11" height="11" fill="{colour}"/>')
        parts.append(_text(x + 16, 18, name))
        x += 34 + 6.4 * len(name)
    return parts


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + "…"


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="11.5" fill="{colour}">{escape(text)}</text>'
