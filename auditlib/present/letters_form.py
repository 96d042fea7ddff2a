"""The form that writes letters to debtors from the notebook: to whom, which one, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets

from auditlib.errors import AuditError
from auditlib.formats import Formats
from auditlib.present.controls import box, html, wrapped
from auditlib.present.markup import Html
from auditlib.present.tables_interview import paragraph
from auditlib.texts import N_

__all__ = ["LettersForm", "kept_letters"]

EVERYBODY = N_("tous ceux du plan d’action")
NEXT_STEP = N_("celle de sa prochaine étape")
TO_WHOM, WHICH, WRITE = N_("Débiteur"), N_("Lettre"), N_("Écrire les lettres")
KEPT = N_("Les lettres sont rangées avec les résultats, dans « {folder} », avec leur registre ({register}) qui dit "
          "aussi celles qui n’ont pas été écrites et pourquoi. Aucune n’est envoyée.")


class LettersForm:
    """Two lists and a button; what was written and what was refused is said under them.

    Attributes
    ----------
    view : ipywidgets.VBox
    customer, template : ipywidgets.Dropdown
    button : ipywidgets.Button
    said : ipywidgets.HTML
    """

    def __init__(self, write: Callable[[tuple[str, ...], str], str], *, debtors: Sequence[tuple[str, str]],
                 letters: Mapping[str, str], kept: Html, formats: Formats) -> None:
        _ = formats.gettext
        self._write, self._kept = write, kept
        wide = {"width": "auto", "min_width": "26em"}
        self.customer = ipywidgets.Dropdown(
            options=[(_(EVERYBODY), ""), *((name, code) for code, name in debtors)], description=_(TO_WHOM),
            layout=wide)
        self.template = ipywidgets.Dropdown(
            options=[(_(NEXT_STEP), ""), *((name, code) for code, name in letters.items())], description=_(WHICH),
            layout=wide)
        self.button = ipywidgets.Button(description=_(WRITE), icon="envelope", layout={"width": "auto"})
        self.said = html(Html(""))
        self.button.on_click(lambda _button: self.write())
        self.view = box([self.customer, self.template, self.button, self.said], "audit-panel audit-letters")

    def write(self) -> None:
        """Write the letters chosen, and say what came of it."""
        customers = (self.customer.value,) if self.customer.value else ()
        self.button.disabled = True
        try:
            sentence = self._write(customers, self.template.value)
        except AuditError as problem:
            sentence = str(problem)
        finally:
            self.button.disabled = False
        self.said.value = wrapped(paragraph(sentence))

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Show the form where there is a kernel behind, and where the letters are elsewhere."""
        return {**self.view._repr_mimebundle_(**options), "text/html": self._kept._repr_html_()}


def kept_letters(folder: str, register: str, formats: Formats) -> Html:
    """Say where a run keeps its letters."""
    return paragraph(formats.gettext(KEPT).format(folder=folder, register=register))
