"""The report's charts as inline SVG in plain Python: no script, no browser, the same on screen and on paper."""

import math
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from auditlib.formats import Formats
from auditlib.present.palette import ACCENT, CLASSES, INK, MUTED, NEUTRAL, RULE, bucket_colours

if TYPE_CHECKING:
    from auditlib.present.figures import Figure

__all__ = ["FONT", "bars", "box", "document", "lines", "pareto", "split", "text"]

WIDTH, HEIGHT = 720.0, 228.0
LEFT, RIGHT, TOP, BOTTOM = 78.0, 14.0, 30.0, 40.0
AFTER = 76.0
"""Room after the last point of a line for its value."""
PALETTE = (ACCENT, "#c8553d", CLASSES["dso_disputed"], CLASSES["dso_unallocated"], NEUTRAL)
FONT = "font-family=\"'Libertinus Sans','Liberation Sans','Libertinus Serif',Arial,sans-serif\""


HALO = 'stroke="#ffffff" stroke-width="3" paint-order="stroke"'
"""White behind the figures that stand on lines."""


def bars(figure: "Figure", *, language: str = "fr", currency: str = "EUR") -> str:
    """Draw one bar per label from the figure's first series, e.g. the ageing.

    Parameters
    ----------
    figure : Figure
    language, currency : str

    Returns
    -------
    str
        An ``<svg>`` element; labels are escaped.
    """
    values = [value or 0.0 for value in _series(figure)[0][1]]
    write = _writer(figure, language, currency)
    low, high = min(0.0, *values), max(0.0, *values)
    scale = _Scale(low, high)
    step = (WIDTH - LEFT - RIGHT) / max(len(values), 1)
    parts = [_grid(scale, write)]
    colours = bucket_colours(figure.codes or figure.labels)
    for rank, (label, value, colour) in enumerate(zip(figure.labels, values, colours, strict=True)):
        x, middle = LEFT + step * (rank + 0.16), LEFT + step * (rank + 0.5)
        top, bottom = sorted((scale.y(value), scale.y(0.0)))
        parts.append(box(x, top, step * 0.68, bottom - top, colour))
        parts.append(
            text(middle, top - 6 if value >= 0 else bottom + 14, write(value), anchor="middle", size=11, weight=600)
        )
        parts.append(_wrapped(middle, HEIGHT - BOTTOM + 16, str(label), step))
    return document(figure, parts)


def lines(figure: "Figure", *, language: str = "fr", currency: str = "EUR") -> str:
    """Draw one line per series over the labels; a missing value leaves a gap.

    Parameters
    ----------
    figure : Figure
    language, currency : str
    """
    series = [(name, values) for name, values in _series(figure) if any(value is not None for value in values)]
    write = _writer(figure, language, currency)
    known = [value for _name, values in series for value in values if value is not None]
    if not known:
        return document(figure, [])
    scale = _Scale(min(0.0, *known), 1.0 if figure.unit == "share" and max(known) <= 1.0 else max(known))
    count = len(figure.labels)
    step = (WIDTH - LEFT - RIGHT - AFTER) / max(count - 1, 1)
    now = [(name, values) for name, values in series if name not in figure.behind]
    colours = {name: PALETTE[rank % len(PALETTE)] for rank, (name, _values) in enumerate(now)}
    before = dict(zip(figure.behind, colours.values(), strict=False))
    parts = [_grid(scale, write), _legend(list(colours), Formats(language=language) if before else None)]
    parts += [_line(values, scale, step, before[name], is_past=True) for name, values in series if name in before]
    stride = max(1, math.ceil(count / 8))
    parts += [
        text(LEFT + step * rank, HEIGHT - BOTTOM + 18, str(label), anchor="middle", size=11, color=MUTED)
        for rank, label in enumerate(figure.labels)
        if (count - 1 - rank) % stride == 0
    ]
    lasts = [_last(values) for _name, values in now]
    heights = _spread([scale.y(last[1]) for last in lasts])
    for (name, values), last, height in zip(now, lasts, heights, strict=True):
        parts.append(_line(values, scale, step, colours[name]))
        parts.append(
            text(LEFT + step * last[0] + 8, height + 4, write(last[1]), size=11.5, weight=600, color=colours[name])
            .replace("<text ", f"<text {HALO} ", 1)
        )
    return document(figure, parts)


def split(figure: "Figure", *, language: str = "fr", currency: str = "EUR") -> str:
    """Draw a total as the steps that add up to it (a waterfall), e.g. the split of the DSO.

    Parameters
    ----------
    figure : Figure
        Its first series holds the steps, then their total.
    language, currency : str
    """
    *values, total = [value or 0.0 for value in _series(figure)[0][1]]
    write = _writer(figure, language, currency)
    levels = [math.fsum(values[:rank]) for rank in range(len(values) + 1)]
    scale = _Scale(min(0.0, *levels), max(levels))
    step = (WIDTH - LEFT - RIGHT) / (len(values) + 1)
    parts = [_grid(scale, write)]
    spans = [*pairwise(levels), (0.0, total)]
    colours = [*(CLASSES.get(code, NEUTRAL) for code in figure.codes[:-1]), INK]
    for rank, (label, value, span, colour) in enumerate(
        zip(figure.labels, (*values, total), spans, colours, strict=True)
    ):
        top, bottom = sorted(map(scale.y, span))
        middle = LEFT + step * (rank + 0.5)
        parts.append(box(middle - step * 0.32, top, step * 0.64, max(bottom - top, 0.8), colour))
        parts.append(text(middle, top - 6, write(value), anchor="middle", size=11, weight=600))
        parts.append(_wrapped(middle, HEIGHT - BOTTOM + 16, label, step))
    return document(figure, parts)


def pareto(figure: "Figure", *, language: str = "fr", currency: str = "EUR") -> str:
    """Draw horizontal bars, largest first, with the running share where a second series gives it.

    Parameters
    ----------
    figure : Figure
        First series: amounts; optional second series: running shares 0–1.
    language, currency : str
    """
    series = _series(figure)
    values = [value or 0.0 for value in series[0][1]]
    running: Sequence[float | None] = series[1][1] if len(series) > 1 else [None] * len(values)
    write, formats = _writer(figure, language, currency), Formats(language=language)
    widest, row, left = max([*values, 1e-9]), 22.0, 236.0
    room = WIDTH - left - 160
    parts = []
    for rank, (label, value, share) in enumerate(zip(figure.labels, values, running, strict=True)):
        y = 10 + row * rank
        width = room * max(value, 0.0) / widest
        parts.append(text(left - 10, y + 13, _shortened(str(label), 36), anchor="end", size=11.5))
        parts.append(box(left, y, width, row * 0.72, PALETTE[0]))
        note = write(value) if share is None else f"{write(value)}  ({formats.share(share)})"
        parts.append(text(left + width + 7, y + 13, note, size=11, color=MUTED))
    return document(figure, parts, height=row * len(values) + 16)


class _Scale:
    """Vertical scale with round marks."""

    def __init__(self, low: float, high: float) -> None:
        span = (high - low) or 1.0
        self.step = _round_step(span / 4)
        self.low = math.floor(low / self.step) * self.step
        self.high = math.ceil((high + span * 0.04) / self.step) * self.step if high != 1.0 else 1.0

    def y(self, value: float) -> float:
        """Return the height, in SVG units, a value is drawn at."""
        return TOP + (self.high - value) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)

    def marks(self) -> list[float]:
        """Return the values of the grid lines."""
        return [self.low + self.step * rank for rank in range(round((self.high - self.low) / self.step) + 1)]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)


def _series(figure: "Figure") -> list[tuple[str, list[float | None]]]:
    return [
        (str(name), [None if value is None or math.isnan(value) else float(value) for value in values])
        for name, values in dict(figure.series).items()
    ]


class _writer:  # noqa: N801 -- called like a function
    """Writes a value of the chart short enough for a mark: amounts without decimals, in k€ where asked for."""

    def __init__(self, figure: "Figure", language: str, currency: str) -> None:
        self.unit = figure.unit
        self.formats = Formats(language=language, currency=currency, thousands=figure.thousands)

    def __call__(self, value: float) -> str:
        if self.unit == "share":
            return self.formats.share(value)
        if self.unit == "days":
            return self.formats.gettext("{days} j").format(days=self.formats.short_number(value, digits=1))
        return self.formats.short_amount(value)


def _grid(scale: _Scale, write: _writer) -> str:
    marks = []
    for value in scale.marks():
        y = scale.y(value)
        color = MUTED if value == 0 else RULE
        marks.append(
            f'<line x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{y:.1f}" y2="{y:.1f}" stroke="{color}" stroke-width="1"/>'
        )
        marks.append(text(LEFT - 8, y + 4, write(value), anchor="end", size=11, color=MUTED))
    return "".join(marks)


def _legend(names: Sequence[str], formats: Formats | None) -> str:
    """Name the series; with formats, also the dotted lines of a year before."""
    parts, x = [], LEFT
    for rank, name in enumerate(names):
        parts.append(box(x, 6, 12, 4, PALETTE[rank % len(PALETTE)]))
        parts.append(text(x + 17, 13, name, size=11.5))
        x += 34 + 6.4 * len(name)
    if formats is not None:
        parts.append(f'<path d="M{x:.1f},8h18" stroke="{NEUTRAL}" stroke-width="1.8" stroke-dasharray="2 3"/>')
        parts.append(text(x + 24, 13, formats.gettext("un an avant"), size=11.5))
    return "".join(parts)


def _last(values: Sequence[float | None]) -> tuple[int, float]:
    """Return position and value of the last known point."""
    return [(rank, value) for rank, value in enumerate(values) if value is not None][-1]


def _spread(heights: Sequence[float]) -> list[float]:
    """Move labels apart that would overlap, keeping their order and above the labels of the axis."""
    moved = list(heights)
    order = sorted(range(len(moved)), key=lambda rank: moved[rank])
    for upper, lower in pairwise(order):
        moved[lower] = max(moved[lower], moved[upper] + 13)
    lowest = HEIGHT - BOTTOM
    for rank in reversed(order):
        moved[rank] = min(moved[rank], lowest)
        lowest = moved[rank] - 13
    return moved


def _line(
    values: Sequence[float | None], scale: _Scale, step: float, color: str, *, is_past: bool = False
) -> str:
    """Draw the known stretches of a series, with a dot on its last point; the past pale and dotted."""
    path, pen = [], "M"
    for rank, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path.append(f"{pen}{LEFT + step * rank:.1f},{scale.y(value):.1f}")
        pen = "L"
    if is_past:
        return (
            f'<path d="{"".join(path)}" fill="none" stroke="{color}" stroke-width="1.8" stroke-opacity=".55" '
            f'stroke-dasharray="2 3" stroke-linejoin="round"/>'
        )
    rank, last = _last(values)
    return (
        f'<path d="{"".join(path)}" fill="none" stroke="{color}" stroke-width="2.4" stroke-linejoin="round"/>'
        f'<circle cx="{LEFT + step * rank:.1f}" cy="{scale.y(last):.1f}" r="3.6" fill="{color}"/>'
    )


def box(x: float, y: float, width: float, height: float, color: str) -> str:
    """Draw a filled rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="1.5" fill="{color}"/>'


def text(
    x: float, y: float, words: str, *, anchor: str = "start", size: float = 12, weight: int = 400, color: str = INK
) -> str:
    """Write words at a place; they are escaped."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}" font-weight="{weight}" '
        f'fill="{color}">{escape(words)}</text>'
    )


def _wrapped(x: float, y: float, label: str, width: float) -> str:
    """Write a label on two lines where one is too narrow."""
    room = max(int(width / 5.8), 4)
    words, first = label.split(" "), ""
    while words and (not first or len(first) + 1 + len(words[0]) <= room):
        first = f"{first} {words.pop(0)}".strip()
    parts = text(x, y, first, anchor="middle", size=11, color=INK)
    return parts + (text(x, y + 13, _shortened(" ".join(words), room + 3), anchor="middle", size=11) if words else "")


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def document(figure: "Figure", parts: Sequence[str], *, height: float = HEIGHT) -> str:
    """Put parts together as one ``<svg>`` element, its title the figure's."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" '
        f'height="{height:g}" role="img" {FONT}><title>{escape(figure.title)}</title>{"".join(parts)}</svg>'
    )
