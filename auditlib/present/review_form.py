"""The form in which the auditor reviews a document: an answer a point, what it says, a remark, who read it and when."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets

from auditlib.document_kinds import DOCUMENT_KINDS
from auditlib.e_invoice_points import READ_IN_FILE
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.present.controls import form, html, wrapped
from auditlib.present.markup import Html, shown
from auditlib.review_points import REVIEW_POINTS
from auditlib.review_rules import ANSWERS, DocumentReview
from auditlib.texts import N_

__all__ = ["ReviewForm", "Save"]

WORDS = {"yes": N_("oui"), "no": N_("non"), "partly": N_("en partie"), "not_seen": N_("non vu")}
STYLE = {"description_width": "initial"}
QUESTION, CHOICE, TEXT, SIGNED = {"width": "330px"}, {"width": "120px"}, {"width": "250px"}, {"width": "230px"}
Values = dict[str, str]
Save = Callable[[str, str, Mapping[str, Mapping[str, Any]]], str]


class ReviewForm:
    """The form's widgets; `record` is what its button does.

    Parameters
    ----------
    documents : mapping of str to str
        The kind of each document that has a grid, by name.
    reviews : mapping
        What was answered before (`auditlib.review_rules.Reviews`).
    formats : Formats
    save : callable
        Takes the document, its kind, and what changed of each point (fields of `auditlib.review_rules.ReviewedPoint`;
        an empty answer takes one back); returns the name of the file written.
    read : mapping, optional
        By document, the value of each point that its file gives (`auditlib.e_invoice_points.invoice_answers`).
    by : str
        Who reviews.
    on : date, optional
        The day.

    Attributes
    ----------
    view : ipywidgets.VBox
    document : Dropdown
    fields : dict of str to dict of str to widget
        By point of the document chosen: ``answer``, ``value``, ``remark``.
    by, on : Text, DatePicker
    message : HTML
    """

    def __init__(self, documents: Mapping[str, str], reviews: Mapping[str, DocumentReview], formats: Formats, *,
                 save: Save, read: Mapping[str, Mapping[str, str]] | None = None, by: str = "",
                 on: dt.date | None = None) -> None:
        self._kinds, self._save, self._formats, self._read = documents, save, formats, read or {}
        self._known = {name: _saved(review) for name, review in reviews.items()}
        _ = formats.gettext
        options = [(f"{name} – {_(DOCUMENT_KINDS[kind].title)}", name) for name, kind in documents.items()]
        self.document = ipywidgets.Dropdown(options=options, description=_("Document"), layout={"width": "620px"})
        self.fields: dict[str, dict[str, Any]] = {}
        self._grid = ipywidgets.VBox()
        self.by = ipywidgets.Text(value=by, description=_("Relu par"), style=STYLE, layout=SIGNED)
        self.on = ipywidgets.DatePicker(value=on, description=_("le"), style=STYLE, layout=SIGNED)
        self.message = html(Html(""))
        button = ipywidgets.Button(description=_("Enregistrer"), button_style="primary")
        button.on_click(lambda _button: self.record())
        self.document.observe(lambda _change: self._show(), names="value")
        self._show()
        empty = html(Html(shown(_("Aucun document reçu n’a de grille de relecture."))))
        signed = ipywidgets.HBox([self.by, self.on, button])
        self.view = form([self.document, self._grid, signed, self.message] if documents else [empty], formats)

    def record(self) -> None:
        """Save the answers that differ from those saved before, or say what is wrong."""
        _, name = self._formats.gettext, self.document.value
        now = {point: {key: str(field.value).strip() for key, field in fields.items()}
               for point, fields in self.fields.items()}
        before = self._known.get(name, {})
        changed = {point: said for point, said in now.items() if said != before.get(point, _values())}
        unanswered = [point for point, said in changed.items() if not said["answer"] and any(said.values())]
        if unanswered:
            questions = [_(REVIEW_POINTS[self._kinds[name]][point].question) for point in unanswered]
            return self._say(_("Choisir une réponse : {points}.").format(points=", ".join(questions)), "late")
        if not changed:
            return self._say(_("Rien n’a été choisi."), "late")
        signature = {"by": self.by.value.strip(), "on": self.on.value}
        try:
            written = self._save(name, self._kinds[name],
                                 {point: {**said, **signature} for point, said in changed.items()})
        except BadInputError as problem:
            return self._say(str(problem), "late")
        self._known[name] = {point: said for point, said in now.items() if said["answer"]}
        return self._say(_("Enregistré dans {file} ; cela compte dès la prochaine exécution.").format(file=written),
                         "good")

    def _show(self) -> None:
        """Build the grid of the document chosen."""
        name, _ = self.document.value, self._formats.gettext
        grid = REVIEW_POINTS[self._kinds[name]] if name else {}
        read, known = self._read.get(name, {}), self._known.get(name, {})
        self.fields, lines = {}, []
        for point, asked in grid.items():
            said = known.get(point) or (
                _values("yes", _(read[point]), _(READ_IN_FILE)) if point in read else _values())
            self.fields[point] = _widgets(said, _(asked.value) if asked.value else "", self._formats)
            question = ipywidgets.HTML(wrapped(Html(f'<span title="{shown(asked.source)}">{shown(_(asked.question))}'
                                                    "</span>")), layout=QUESTION)
            lines.append(ipywidgets.HBox([question, *self.fields[point].values()], layout={"flex_flow": "row wrap"}))
        self._grid.children = tuple(lines)
        self.message.value = ""

    def _say(self, sentence: str, tone: str) -> None:
        self.message.value = wrapped(Html(f'<p class="audit-detail {tone}">{shown(sentence)}</p>'))


def _values(answer: str = "", value: str = "", remark: str = "") -> Values:
    return {"answer": answer, "value": value, "remark": remark}


def _saved(review: DocumentReview) -> dict[str, Values]:
    return {point: _values(said.answer, said.value, said.remark) for point, said in review.points.items()}


def _widgets(said: Values, expected: str, formats: Formats) -> dict[str, Any]:
    _ = formats.gettext
    options = [("–", ""), *((_(WORDS[answer]), answer) for answer in ANSWERS)]
    return {
        "answer": ipywidgets.Dropdown(options=options, value=said["answer"], layout=CHOICE),
        "value": ipywidgets.Text(value=said["value"], placeholder=expected or _("ce qui est écrit"), layout=TEXT),
        "remark": ipywidgets.Text(value=said["remark"], placeholder=_("remarque, article"), layout=TEXT),
    }
