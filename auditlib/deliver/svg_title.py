"""A drawing with its title above it, for a page that prints none."""

from html import escape
from typing import TYPE_CHECKING

from auditlib.deliver.svg import FONT, text

if TYPE_CHECKING:
    from auditlib.present.figures import Figure

__all__ = ["headed"]

HEADING = 30.0


def headed(figure: "Figure", drawing: str) -> str:
    """Put a figure's title above its drawing; it shrinks with the page.

    Parameters
    ----------
    figure : Figure
    drawing : str
        From `auditlib.deliver.svg` or its like: an ``<svg>`` element with its width and height.
    """
    width, height = (float(drawing.split(f'{side}="', 1)[1].split('"', 1)[0]) for side in ("width", "height"))
    title = text(0, 18, figure.title, size=15, weight=700)
    placed = drawing.replace("<svg ", f'<svg y="{HEADING:g}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height + HEADING:g}" '
        f'width="{1.1 * width:g}" style="max-width:100%;height:auto" role="img" {FONT}>'
        f"<title>{escape(figure.title)}</title>{title}{placed}</svg>"
    )
