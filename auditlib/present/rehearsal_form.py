"""The rehearsal of a call: a debtor, an objection drawn, the collector's own answer, then a model one; nothing kept."""

from typing import Any

import ipywidgets

from auditlib.call_files import CallBook, CallFile
from auditlib.call_objections import Objection, drawn
from auditlib.deliver.call_parts import objections_table
from auditlib.formats import Formats
from auditlib.phone_method import debtor_types
from auditlib.present.controls import box, dropdown, html, wrapped
from auditlib.present.markup import Html, heading, join, shown
from auditlib.present.procedure_shown import printed_table
from auditlib.texts import N_

__all__ = ["RehearsalForm", "rehearsal"]

NOBODY = N_("Aucun appel à répéter : rien n’est à réclamer par téléphone.")
FACTS = N_("Au téléphone : {name}. À réclamer : {claim}. {habit}")
ASKED = N_("Objectif : {goal}. Repli : {fallback}.")
PLAYED = N_("Comportement joué (exercice seulement, rien n’en est gardé) : {name}.")
MODEL = N_("Réponse modèle : {answer}")
EMPTY = N_("Écrire d’abord sa réponse, à voix haute : la réponse modèle vient ensuite.")
NEUTRAL = N_("Neutre")


def rehearsal(book: CallBook, formats: Formats) -> "RehearsalForm | Html":
    """Return the exercise on the calls prepared; a sentence where there is none."""
    return RehearsalForm(book, formats) if book.files else Html(f"<p>{shown(formats.gettext(NOBODY))}</p>")


class RehearsalForm:
    """The exercise: what is typed stays in the browser until the next objection, and is written nowhere.

    Parameters
    ----------
    book : CallBook
    formats : Formats

    Attributes
    ----------
    view : ipywidgets.VBox
    who, behaviour : ipywidgets.Dropdown
    typed : ipywidgets.Textarea
    next, show : ipywidgets.Button
    heard, model : ipywidgets.HTML
    """

    def __init__(self, book: CallBook, formats: Formats) -> None:
        _ = formats.gettext
        self._files, self._formats, self._turn = {one.customer_id: one for one in book.files}, formats, 0
        self._types = dict(debtor_types(formats))
        people = [(f"{one.name} ({one.customer_id})", one.customer_id) for one in book.files]
        self.who = dropdown(_("Client"), people, css="rehearsal-who")
        played = [(_(NEUTRAL), ""), *((name, name) for name in self._types)]
        self.behaviour = dropdown(_("Comportement à jouer"), played, css="rehearsal-behaviour")
        self.typed = ipywidgets.Textarea(placeholder=_("Votre réponse"), rows=3, layout={"width": "98%"})
        self.next, self.show = (ipywidgets.Button(description=words, icon=icon, layout={"width": "auto"})
                                for words, icon in ((_("Objection suivante"), "random"),
                                                    (_("Voir la réponse modèle"), "check")))
        self.heard, self.model = html(Html("")), html(Html(""))
        self.next.on_click(lambda _button: self.draw_next())
        self.show.on_click(lambda _button: self.show_model())
        self.who.observe(lambda _change: self._begin(), "value")
        self.behaviour.observe(lambda _change: self._hear(), "value")
        self.view = box([ipywidgets.HBox([self.who, self.behaviour]), self.heard, self.typed,
                         ipywidgets.HBox([self.show, self.next]), self.model], "audit-panel audit-rehearsal")
        self._begin()

    @property
    def file(self) -> CallFile:
        """The call file of the debtor chosen."""
        return self._files[self.who.value]

    @property
    def objection(self) -> Objection:
        """The objection of this turn: the order is drawn once for each debtor, and the same at each opening."""
        exercises = {one.code: one for one in self.file.exercises}
        return exercises[drawn(tuple(exercises), seed=self.file.customer_id, turn=self._turn)]

    def draw_next(self) -> None:
        """Go on to the next objection; what was typed is gone."""
        self._turn += 1
        self._hear()

    def show_model(self) -> None:
        """Show the model answer, once something was answered."""
        if not self.typed.value.strip():
            self.model.value = self._paragraphs(self._formats.gettext(EMPTY))
            return
        how = self._types.get(self.behaviour.value)
        model = self._formats.gettext(MODEL).format(answer=self.objection.answer)
        self.model.value = self._paragraphs(model, *([how] if how else []), tone="good")

    def _begin(self) -> None:
        self._turn = 0
        self._hear()

    def _hear(self) -> None:
        """Show the case and the objection, and empty the answer."""
        _, case = self._formats.gettext, self.file
        played = [_(PLAYED).format(name=self.behaviour.value)] if self.behaviour.value else []
        facts = _(FACTS).format(name=case.name, claim=self._formats.cents(case.account.claim_cents), habit=case.habit)
        asked = _(ASKED).format(goal=case.goals[0], fallback=case.goals[1])
        said = heading(self.objection.heard)
        self.heard.value = wrapped(join([Html(f"<p>{shown(one)}</p>") for one in (facts, asked, *played)] + [said]))
        self.typed.value, self.model.value = "", ""

    def _paragraphs(self, *sentences: str, tone: str = "audit-detail") -> str:
        return wrapped(join([Html(f'<p class="{tone}">{shown(one)}</p>') for one in sentences]))

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Show the exercise where there is a kernel behind, and the objections elsewhere."""
        printed = printed_table(objections_table(self._formats))
        return {**self.view._repr_mimebundle_(**options), "text/html": printed._repr_html_()}
