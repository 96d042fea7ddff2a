"""The cohort heat map as SVG: a table of colours, each share in its cell, grey where nothing can be said yet."""

from itertools import pairwise
from typing import TYPE_CHECKING, cast

from auditlib.deliver.svg import box, document, text
from auditlib.formats import Formats
from auditlib.present.palette import HEAT, INK, MUTED, WASH

if TYPE_CHECKING:
    from auditlib.present.figures import Figure, HeatMap

__all__ = ["heat"]

LEFT, TOP, ROW, COLUMN = 96.0, 26.0, 19.0, 100.0
DARK = 0.62


def heat(figure: "Figure", *, language: str = "fr", currency: str = "EUR") -> str:
    """Draw a row a label and a column a series.

    Parameters
    ----------
    figure : HeatMap
    language, currency : str
    """
    cells, formats = cast("HeatMap", figure), Formats(language=language, currency=currency)
    known = [value for values in cells.series.values() for value in values if value is not None]
    low = max(0.0, min([*known, 0.9]) - 0.1)
    parts = [text(LEFT - 10, TOP + ROW * (rank + 0.72), label, anchor="end", size=11)
             for rank, label in enumerate(cells.labels)]
    for number, (name, values) in enumerate(cells.series.items()):
        x = LEFT + COLUMN * number
        parts.append(text(x + COLUMN / 2, TOP - 9, name, anchor="middle", size=11, color=MUTED))
        for rank, value in enumerate(values):
            place = 0.0 if value is None else (value - low) / (1.0 - low)
            colour = WASH if value is None else _colour(place)
            parts.append(box(x + 1, TOP + ROW * rank + 1, COLUMN - 2, ROW - 2, colour))
            if value is not None:
                parts.append(text(x + COLUMN / 2, TOP + ROW * (rank + 0.72), formats.share(value), size=11,
                                  anchor="middle", color="#ffffff" if place > DARK else INK))
    return document(figure, parts, height=TOP + ROW * len(cells.labels) + 8)


def _colour(place: float) -> str:
    """Return the colour at a place of the scale, between the two steps around it."""
    for (start, pale), (end, dark) in pairwise(HEAT):
        if place <= end:
            share = max(0.0, place - start) / (end - start)
            mixed = [round(int(pale[at : at + 2], 16) * (1 - share) + int(dark[at : at + 2], 16) * share)
                     for at in (1, 3, 5)]
            return "#" + "".join(f"{part:02x}" for part in mixed)
    return HEAT[-1][1]
