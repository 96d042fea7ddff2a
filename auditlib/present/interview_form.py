"""The interview's guide to fill in: facts and lines to go through, and each question with the answers of whom asked."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets

from auditlib.answers import Answer
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.interview import Question, Topic, interview_guide
from auditlib.present.controls import box, html, wrapped
from auditlib.present.markup import Html, join, shown
from auditlib.present.tables_interview import paragraph, topic_facts

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["InterviewForm", "Save", "Told"]

Save = Callable[[str, Sequence[Answer]], str]
"""Writes the answers to a question and returns the name of the file."""


class Told:
    """A line that says what became of the last change: saved, or why not."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self.view = html(Html(""))
        self.view.add_class("audit-saved")

    def say(self, save: Callable[[], str]) -> None:
        """Save, and say in which file; a file that cannot be read or a value that cannot be kept is said instead."""
        try:
            sentence, tone = self._formats.gettext("Enregistré dans {file}.").format(file=save()), "good"
        except BadInputError as problem:
            sentence, tone = self._formats.gettext("Non enregistré : {problem}").format(problem=problem), "late"
        self.view.value = wrapped(Html(f'<p class="audit-detail {tone}">{shown(sentence)}</p>'))


class InterviewForm:
    """The guide's widgets; every change is saved as it is typed.

    Parameters
    ----------
    results : AuditResults
        With the answers already given.
    formats : Formats
    save : callable
    printed : Html
        What a reader without a kernel sees.

    Attributes
    ----------
    view : ipywidgets.VBox
    questions : dict of str to QuestionBox
        By question.
    """

    def __init__(self, results: "AuditResults", formats: Formats, *, save: Save, printed: Html) -> None:
        self._formats, self._printed = formats, printed
        self.told = Told(formats)
        guide = interview_guide(results, formats=formats)
        self.questions = {one.identifier: QuestionBox(one, formats, save=save, told=self.told)
                          for topic in guide for one in topic.questions}
        parts = ipywidgets.Accordion([self._topic(topic) for topic in guide], selected_index=0)
        for rank, topic in enumerate(guide):
            parts.set_title(rank, topic.title)
        self.view = box([self.told.view, parts], "audit-panel audit-interview")

    def _topic(self, topic: Topic) -> ipywidgets.VBox:
        facts = html(topic_facts(topic, self._formats))
        return box([facts, *(self.questions[one.identifier].view for one in topic.questions)], "audit-topic")

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Show the form where there is a kernel behind, and the guide elsewhere."""
        return {**self.view._repr_mimebundle_(**options), "text/html": self._printed._repr_html_()}


class QuestionBox:
    """One question: a line of text and a name for each answer, and a button for one more.

    Attributes
    ----------
    view : ipywidgets.VBox
    rows : list of AnswerRow
    """

    def __init__(self, question: Question, formats: Formats, *, save: Save, told: Told) -> None:
        self._question, self._formats, self._save, self._told = question, formats, save, told
        self.rows = [AnswerRow(said, formats, changed=self._changed) for said in question.answers or (Answer(),)]
        self.more = ipywidgets.Button(description=formats.gettext("Autre réponse"), icon="plus",
                                      layout={"width": "auto"})
        self.more.on_click(lambda _button: self.add())
        self._lines = ipywidgets.VBox([row.view for row in self.rows])
        self.view = box([html(join([paragraph(question.text)])), self._lines, self.more], "audit-question")

    def add(self) -> "AnswerRow":
        """Add a line for another person's answer."""
        row = AnswerRow(Answer(), self._formats, changed=self._changed)
        self.rows.append(row)
        self._lines.children = [one.view for one in self.rows]
        return row

    def _changed(self) -> None:
        said = [one for row in self.rows if (one := row.said()).answer.strip()]
        self._told.say(lambda: self._save(self._question.identifier, said))


class AnswerRow:
    """What one person answered: text and name; the day stays that of the answer until either changes."""

    def __init__(self, said: Answer, formats: Formats, *, changed: Callable[[], None]) -> None:
        _, self._before = formats.gettext, said
        self.text = ipywidgets.Textarea(
            value=said.answer, placeholder=_("Réponse"), rows=2, layout={"width": "72%", "min_width": "300px"})
        self.by = ipywidgets.Text(value=said.by, placeholder=_("Qui répond"), layout={"width": "24%"})
        self.view = ipywidgets.HBox([self.text, self.by])
        for widget in (self.text, self.by):
            widget.observe(lambda _change: changed(), "value")

    def said(self) -> Answer:
        """Return the answer as it stands; without a day where it was changed."""
        same = (self.text.value, self.by.value) == (self._before.answer, self._before.by)
        return self._before if same else Answer(answer=self.text.value, by=self.by.value)
