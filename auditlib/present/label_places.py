"""Where names stand beside the marks of a chart, so that none covers another; drawn alike on screen and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Mark", "Place", "label_places"]

LETTER, LINE, GAP = 6.2, 13.0, 4.0
"""Width of a letter and height of a line, at the size names are written in; distance from the mark. [px]"""


@dataclass(frozen=True)
class Mark:
    """A mark to be named: its centre and its radius, downwards from the upper left corner [px]."""

    x: float
    y: float
    radius: float
    name: str


@dataclass(frozen=True)
class Place:
    """Where the name of a mark stands: the mark's rank, and on which side of it."""

    rank: int
    side: str
    x: float
    y: float


def label_places(marks: Sequence[Mark], *, width: float, height: float, count: int) -> list[Place]:
    """Find a place for the names of the first marks; of several, the one that covers the fewest marks.

    A name that would cover another or leave the area is left out.

    Parameters
    ----------
    marks : sequence of Mark
        The most important first.
    width, height : float
        Of the area drawn in. [px]
    count : int
        Names wished for, at most.

    Returns
    -------
    list of Place
        ``side`` is right, left, top or bottom; ``x`` and ``y`` are where the text is anchored on its middle line: at
        its start on the right, its end on the left, its middle above and below.
    """
    placed: list[Place] = []
    boxes: list[tuple[float, float, float, float]] = []
    for rank, mark in enumerate(marks):
        if len(placed) == count:
            break
        free = [found for found in _candidates(mark) if _is_inside(found[3], width, height)
                and not any(_overlap(found[3], other) for other in boxes)]
        if free:
            side, x, y, box = min(free, key=lambda found: sum(_overlap(found[3], _square(one)) for one in marks))
            placed.append(Place(rank, side, x, y))
            boxes.append(box)
    return placed


def _square(mark: Mark) -> tuple[float, float, float, float]:
    return (mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)


def _candidates(mark: Mark) -> list[tuple[str, float, float, tuple[float, float, float, float]]]:
    long, away, half = LETTER * len(mark.name), mark.radius + GAP, LINE / 2
    right, left, up, down = mark.x + away, mark.x - away, mark.y - away - half, mark.y + away + half
    return [
        ("right", right, mark.y, (right, mark.y - half, right + long, mark.y + half)),
        ("left", left, mark.y, (left - long, mark.y - half, left, mark.y + half)),
        ("top", mark.x, up, (mark.x - long / 2, up - half, mark.x + long / 2, up + half)),
        ("bottom", mark.x, down, (mark.x - long / 2, down - half, mark.x + long / 2, down + half)),
    ]


def _is_inside(box: tuple[float, float, float, float], width: float, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
