"""Where the marks and labels of a radar stand, around a circle of radius one: drawn alike on screen and on paper."""

import math
from dataclasses import dataclass

__all__ = ["Place", "places"]

UPRIGHT, TIP = 0.2, 0.9
"""Leaning less, a label is centred; reaching further up or down, it is moved away from the circle."""


@dataclass(frozen=True)
class Place:
    """The direction of one mark, clockwise from the top, and how its label is set.

    Attributes
    ----------
    x, y : float
        On the circle; ``y`` upwards.
    anchor : {"start", "middle", "end"}
        Side of the label that is next to the circle.
    tip : {-1, 0, 1}
        1 at the top of the circle, -1 at its bottom.
    """

    x: float
    y: float
    anchor: str
    tip: int

    def at(self, reach: float) -> tuple[float, float]:
        """Return the point so far from the centre."""
        return self.x * reach, self.y * reach


def places(count: int) -> tuple[Place, ...]:
    """Return as many directions, evenly spread.

    Examples
    --------
    >>> [(round(place.x), round(place.y), place.anchor, place.tip) for place in places(4)]
    [(0, 1, 'middle', 1), (1, 0, 'start', 0), (0, -1, 'middle', -1), (-1, 0, 'end', 0)]
    """
    return tuple(_place(2 * math.pi * rank / count) for rank in range(count))


def _place(angle: float) -> Place:
    x, y = math.sin(angle), math.cos(angle)
    return Place(x, y, "middle" if abs(x) < UPRIGHT else "start" if x > 0 else "end",
                 1 if y > TIP else -1 if y < -TIP else 0)
