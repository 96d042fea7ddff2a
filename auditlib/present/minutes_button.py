"""The button that makes the minutes of the interview and offers them to the browser, writing no file here."""

import base64
from collections.abc import Callable
from typing import Any

import ipywidgets

from auditlib.formats import Formats
from auditlib.present.controls import box, html, wrapped
from auditlib.present.markup import Html, shown
from auditlib.present.tables_interview import paragraph

__all__ = ["MinutesButton", "kept_in"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class MinutesButton:
    """A button, and under it the link to the minutes as they were when it was pressed.

    Attributes
    ----------
    view : ipywidgets.VBox
    button : ipywidgets.Button
    link : ipywidgets.HTML
    """

    def __init__(self, build: Callable[[], bytes], name: str, formats: Formats) -> None:
        self._build, self._name, self._formats = build, name, formats
        self.button = ipywidgets.Button(
            description=formats.gettext("Exporter le compte rendu"), icon="file-text", layout={"width": "auto"})
        self.link = html(Html(""))
        self.button.on_click(lambda _button: self.export())
        self.view = box([self.button, self.link], "audit-panel audit-minutes")

    def export(self) -> None:
        """Make the minutes and show the link to them."""
        content = base64.b64encode(self._build()).decode("ascii")
        words = self._formats.gettext("Télécharger {file}").format(file=self._name)
        link = f'<a download="{shown(self._name)}" href="data:{DOCX};base64,{content}">{shown(words)}</a>'
        self.link.value = wrapped(Html(f"<p>{link}</p>"))

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Show the button where there is a kernel behind, and where the minutes are elsewhere."""
        return {**self.view._repr_mimebundle_(**options), "text/html": kept_in(self._name, self._formats)._repr_html_()}


def kept_in(name: str, formats: Formats) -> Html:
    """Say under which name a run keeps the minutes."""
    return paragraph(formats.gettext("Le compte rendu est rangé avec les résultats, sous le nom {file}.").format(
        file=name))
