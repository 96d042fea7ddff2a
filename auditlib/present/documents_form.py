"""The form of the documents: when each was asked for or came, what does not apply, which file is of which kind."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets
import pandas as pd

from auditlib.document_states import DocumentState
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.present.controls import form, html, wrapped
from auditlib.present.markup import Html, shown

__all__ = ["OUTSIDE", "DocumentsForm", "Save"]

OUTSIDE = "-"
"""Choice of a file that is of no kind asked for."""
Save = Callable[[Mapping[str, Mapping[str, Any]], Mapping[str, str], tuple[str, str], dt.date | None], str]
STYLE, DATE, WHY = {"description_width": "initial"}, {"width": "230px"}, {"width": "260px"}
TITLE, WIDE = {"width": "300px"}, {"width": "430px"}


class DocumentsForm:
    """The form's widgets; `record` is what its button does.

    Parameters
    ----------
    states : sequence of DocumentState
    placed : DataFrame
        `auditlib.document_placing.placed_documents`; files told by their content are not asked about.
    formats : Formats
    save : callable
        Takes what changed of each kind (fields of `auditlib.request_rules.DocumentRequest`), the kind chosen for each
        file (`OUTSIDE` for none), name and format of a kind to add, and the day all were asked for (None: as it was);
        returns the name of the file written.
    requested_on : date, optional
        The day all were asked for.

    Attributes
    ----------
    view : ipywidgets.VBox
    kinds : dict of str to dict of str to widget
        By kind and field.
    files : dict of str to Dropdown
        By file name.
    asked_on : DatePicker
        The day all were asked for.
    added, wanted : Text
        A kind to add, and its format.
    message : HTML
    """

    def __init__(self, states: Sequence[DocumentState], placed: pd.DataFrame, formats: Formats, *, save: Save,
                 requested_on: dt.date | None = None) -> None:
        self._save, self._formats, self._requested_on = save, formats, requested_on
        _ = formats.gettext
        self.kinds = {one.kind: _fields(one, formats) for one in states}
        self._before = {kind: _values(fields) for kind, fields in self.kinds.items()}
        self.files = _choices(states, placed, formats)
        self.asked_on = ipywidgets.DatePicker(
            value=requested_on, description=_("Tous demandés le"), style=STYLE, layout=WHY)
        self.added = ipywidgets.Text(description=_("Autre document à demander"), style=STYLE, layout=WIDE)
        self.wanted = ipywidgets.Text(description=_("Format voulu"), style=STYLE, layout=WIDE)
        self.message = html(Html(""))
        button = ipywidgets.Button(description=_("Enregistrer"), button_style="primary")
        button.on_click(lambda _button: self.record())
        lines = [ipywidgets.HBox([ipywidgets.Label(_(one.title), layout=TITLE), *self.kinds[one.kind].values()],
                                 layout={"flex_flow": "row wrap"}) for one in states]
        chosen = [ipywidgets.HBox([choice, ipywidgets.Label(name)]) for name, choice in self.files.items()]
        told = [html(Html(shown(_("Enregistrer confirme le classement affiché des fichiers."))))] if chosen else []
        own = ipywidgets.HBox([self.added, self.wanted])
        self.view = form([self.asked_on, *lines, own, *told, *chosen, button, self.message], formats)

    def record(self) -> None:
        """Save what was changed and the kinds of the files, or say what is wrong."""
        _ = self._formats.gettext
        changes = {kind: {name: value for name, value in _values(fields).items() if value != self._before[kind][name]}
                   for kind, fields in self.kinds.items()}
        changes = {kind: changed for kind, changed in changes.items() if changed}
        files = {name: choice.value for name, choice in self.files.items() if choice.value}
        added = (self.added.value.strip(), self.wanted.value.strip())
        asked_on = self.asked_on.value if self.asked_on.value != self._requested_on else None
        if not (changes or files or added[0] or asked_on):
            return self._say(_("Rien n’a été choisi."), "late")
        try:
            written = self._save(changes, files, added, asked_on)
        except BadInputError as problem:
            return self._say(str(problem), "late")
        return self._say(_("Enregistré dans {file} ; cela compte dès la prochaine exécution.").format(file=written),
                         "good")

    def _say(self, sentence: str, tone: str) -> None:
        self.message.value = wrapped(Html(f'<p class="audit-detail {tone}">{shown(sentence)}</p>'))


def _fields(state: DocumentState, formats: Formats) -> dict[str, Any]:
    _ = formats.gettext
    return {
        "requested_on": ipywidgets.DatePicker(
            value=state.requested_on, description=_("Demandé le"), style=STYLE, layout=DATE),
        "received_on": ipywidgets.DatePicker(
            value=state.received_on, description=_("Reçu le"), style=STYLE, layout=DATE),
        "essential": ipywidgets.Checkbox(
            value=state.is_essential, description=_("indispensable"), indent=False, layout={"width": "120px"}),
        "not_applicable": ipywidgets.Text(
            value=state.why, description=_("Sans objet :"), placeholder=_("motif"), style=STYLE, layout=WHY),
    }


def _values(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: field.value for name, field in fields.items()}


def _choices(states: Sequence[DocumentState], placed: pd.DataFrame, formats: Formats) -> dict[str, Any]:
    """Return a choice of kind for each file that its content does not place; one in two kinds is left to the file."""
    _ = formats.gettext
    options = [(_("à classer"), ""), (_("hors demande"), OUTSIDE), *((_(one.title), one.kind) for one in states)]
    asked = placed[(placed["placed_by"] != "content") & ~placed["name"].duplicated(keep=False)]
    return {
        str(row["name"]): ipywidgets.Dropdown(
            options=options, layout={"width": "330px"},
            value=str(row["document_kind"]) or (OUTSIDE if row["placed_by"] == "auditor" else ""))
        for row in asked.to_dict("records")}
