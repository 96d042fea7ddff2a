"""The switch between euros and thousands: what a notebook has shown is redrawn in the unit chosen.

In JupyterLab an output is replaced where it stands, so that the notebook keeps plain outputs; Voilà's page knows no
such replacement and gets widgets of plain markup. Without a switch, as in a run, outputs are shown once and stay.
"""

import functools
import os
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Self
from weakref import WeakKeyDictionary

import ipywidgets
from IPython.display import display

from auditlib.formats import Formats
from auditlib.present.markup import Html, shown

__all__ = ["Switch", "amounts", "displayed", "redrawn"]

Bundle = dict[str, Any]
"""A display's content by mime type."""
Build = Callable[[], list[Bundle]]
Given = ParamSpec("Given")
Written = Callable[Concatenate[Any, Formats, Given], Html]
PLOTLY = "application/vnd.plotly.v1+json"
_REDRAWN: WeakKeyDictionary[Formats, list[Callable[[], None]]] = WeakKeyDictionary()
"""What to redraw, by the formats it is written with; kept while those are."""


class Switch:
    """A toggle between euros and thousands; a reader without a kernel sees which unit was chosen.

    Attributes
    ----------
    unit : ToggleButtons
    """

    def __init__(self, formats: Formats) -> None:
        _, symbol = formats.gettext, Formats(language=formats.language, currency=formats.currency).unit_of_amounts()
        thousands = Formats(language=formats.language, currency=formats.currency, thousands=True).unit_of_amounts()
        self._formats = formats
        self.unit = ipywidgets.ToggleButtons(
            options=[(symbol, False), (thousands, True)], value=formats.thousands, description=_("Montants en"),
            style={"button_width": "72px", "description_width": "initial"})
        self.unit.observe(self._redraw, "value")
        _REDRAWN[formats] = []

    def _redraw(self, change: dict[str, Any]) -> None:
        self._formats.thousands = change["new"]
        for redraw in _REDRAWN[self._formats]:
            redraw()

    def _repr_mimebundle_(self, **options: Any) -> Bundle:
        """Show the toggle where there is a kernel behind, and the unit in words elsewhere."""
        return {**self.unit._repr_mimebundle_(**options), "text/html": _sentence(self._formats)._repr_html_()}


def amounts(formats: Formats, *, live: bool) -> Switch | Html:
    """Return the switch of what is written with these formats from now on.

    Parameters
    ----------
    formats : Formats
    live : bool
        Whether somebody looks on; False: the unit is only said.
    """
    return Switch(formats) if live else _sentence(formats)


def displayed(build: Build, formats: Formats) -> None:
    """Display what `build` gives; where there is a switch, again each time it is used.

    Parameters
    ----------
    build : callable
        Returns the bundles to display, one after the other, written with `formats` as they are when it is called;
        always as many.
    formats : Formats
    """
    if formats not in _REDRAWN:
        for bundle in build():
            display(bundle, raw=True)
        return
    places = [_place(bundle) for bundle in build()]

    def redraw() -> None:
        for update, bundle in zip(places, build(), strict=True):
            update(bundle)

    _REDRAWN[formats].append(redraw)


def redrawn(build: "Written[Given]") -> "Written[Given]":
    """Make the markup that a function writes with formats follow the switch when a notebook shows it."""

    def following(results: Any, formats: Formats, /, *more: Given.args, **options: Given.kwargs) -> Html:
        return _Following(functools.partial(build, results, formats, *more, **options), formats)

    return functools.update_wrapper(following, build)


class _Following(Html):
    """Markup that knows how to be written again."""

    def __new__(cls, build: Callable[[], Html], formats: Formats) -> Self:
        made = super().__new__(cls, build())
        made._build, made._formats = build, formats
        return made

    _build: Callable[[], Html]
    _formats: Formats

    def _ipython_display_(self) -> None:
        displayed(lambda: [{"text/html": self._build()._repr_html_()}], self._formats)


def _sentence(formats: Formats) -> Html:
    _ = formats.gettext
    said = _("Montants en {unit}.").format(unit=formats.unit_of_amounts())
    if formats.thousands:
        said += " " + _("Arrondis à l’affichage : un total peut différer d’une unité de la somme de ses parts.")
    return Html(f"<p>{shown(said)}</p>")


def _place(bundle: Bundle) -> Callable[[Bundle], None]:
    """Display a bundle and return what replaces it."""
    if os.environ.get("SERVER_SOFTWARE", "").startswith("voila"):
        page = ipywidgets.HTML(_markup(bundle))
        display(page)
        return lambda other: setattr(page, "value", _markup(other))
    handle = display(bundle, raw=True, display_id=True)

    def update(other: Bundle) -> None:
        if PLOTLY in other:  # its extension of JupyterLab draws once and never again: something else goes in between
            handle.update({"text/plain": other["text/plain"]}, raw=True)
        handle.update(other, raw=True)

    return update


def _markup(bundle: Bundle) -> str:
    """Return a bundle as markup: a page that draws charts late loses the widgets that come after them."""
    kinds = [kind for kind in ("text/html", "image/svg+xml") if kind in bundle]
    return str(bundle[kinds[0]]) if kinds else f"<p>{shown(bundle['text/plain'])}</p>"
