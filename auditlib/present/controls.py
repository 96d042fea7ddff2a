"""The widgets a dashboard is made of: dropdowns, boxes, and charts without state of their own."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets

from auditlib.formats import Formats, typographic
from auditlib.present import charts, panels
from auditlib.present.figures import Figure
from auditlib.present.markup import Html
from auditlib.present.slices import Slices

__all__ = ["EVERYTHING", "ChartBox", "Form", "box", "dropdown", "form", "html", "offer", "segment_filters", "wrapped"]

EVERYTHING = "*"
"""Value of a filter that leaves nothing out."""


class ChartBox:
    """A chart with its sentence; redrawn from a mime bundle, which holds no widget state of its own."""

    def __init__(self) -> None:
        self.chart, self.sentence = ipywidgets.Output(), ipywidgets.HTML()
        self.chart.add_class("audit-chart")
        self.view = box([self.chart, self.sentence], "audit-panel")

    def show(
        self, figure: Figure | None, draw: Callable[[Figure, Formats], Any], formats: Formats, *, instead: str
    ) -> None:
        """Draw a figure, or say why there is none."""
        sentence = (
            "" if figure is None else typographic(figure.sentence) if formats.language == "fr" else figure.sentence
        )
        message = Html(f'<p class="audit-empty">{instead}</p>')
        content = (
            {"text/html": wrapped(message), "text/plain": instead}
            if figure is None
            else charts.mimebundle(draw(figure, formats), sentence=sentence)
        )
        self.chart.outputs = ({"output_type": "display_data", "data": content, "metadata": {}},)
        self.sentence.value = wrapped(Html(f'<p class="audit-sentence">{sentence}</p>')) if sentence else ""


def dropdown(name: str, options: list[tuple[str, Any]], *, css: str) -> ipywidgets.Dropdown:
    """Return a dropdown with its name above, found by the class `css`."""
    made = ipywidgets.Dropdown(description=name, options=options, style={"description_width": "initial"})
    made.add_class("audit-filter")
    made.add_class(css)
    return made


def segment_filters(slices: Slices, formats: Formats) -> dict[str, ipywidgets.Dropdown]:
    """Return a dropdown for each segment with more than one value, by its name."""
    everything = [(formats.gettext("Tous"), EVERYTHING)]
    return {
        name: dropdown(
            panels.segment_label(name, formats),
            everything + [(panels.segment_name(value, formats), value) for value in values],
            css=f"filter-{name}",
        )
        for name in slices.segments
        if len(values := slices.options(name)) > 1
    }


def offer(control: ipywidgets.Dropdown, options: list[tuple[str, Any]]) -> None:
    """Offer other options, and keep the one chosen where it is still there."""
    if tuple(options) == tuple(control.options):
        return
    chosen, values = control.value, [value for _name, value in options]
    control.options = options
    control.value = chosen if chosen in values else values[0]


def box(children: Sequence[Any], classes: str) -> ipywidgets.VBox:
    """Return widgets in a box with these classes."""
    made = ipywidgets.VBox(list(children))
    for name in classes.split():
        made.add_class(name)
    return made


class Form(ipywidgets.VBox):  # type: ignore[misc]
    """A form; where no kernel is behind, what it shows and where to fill it in are printed instead."""

    def __init__(self, children: Sequence[Any], formats: Formats) -> None:
        super().__init__(list(children))
        self._formats = formats

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        read = [child.value for child in self.children if type(child) is ipywidgets.HTML and child.value]
        if len(read) < len(self.children):
            where = self._formats.gettext("Ce formulaire se remplit dans JupyterLab ou Voilà, noyau actif.")
            read.append(wrapped(Html(f'<p class="audit-sentence">{where}</p>')))
        return {**super()._repr_mimebundle_(**options), "text/html": Html("".join(read))._repr_html_()}


def form(children: Sequence[Any], formats: Formats, *, classes: str = "audit-panel") -> Form:
    """Return widgets as a form, in a box with these classes."""
    made = Form(children, formats)
    for name in classes.split():
        made.add_class(name)
    return made


def html(markup: Html) -> ipywidgets.HTML:
    """Return markup as a widget."""
    return ipywidgets.HTML(wrapped(markup))


def wrapped(markup: Html) -> str:
    """Put markup where the style sheet reaches it."""
    return f'<div class="audit">{markup}</div>'
