"""The form that records the signature of the non-disclosure agreement: date, signatory, signed file."""

import datetime as dt
from collections.abc import Callable

import ipywidgets

from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.present.controls import box, html, wrapped
from auditlib.present.markup import Html, shown

__all__ = ["SignatureForm", "signature_form"]


def signature_form(*, save: Callable[[dt.date, str, str], str], language: str = "fr") -> "SignatureForm":
    """Return the form.

    Parameters
    ----------
    save : callable
        Given date, signatory and path of the signed file, records them and returns the name of the file written; may
        raise `BadInputError`.
    language : {"fr", "en"}
    """
    return SignatureForm(save, language=language)


class SignatureForm:
    """The form's widgets; `record` is what its button does.

    Attributes
    ----------
    view : ipywidgets.VBox
        What a notebook shows.
    """

    def __init__(self, save: Callable[[dt.date, str, str], str], *, language: str) -> None:
        self._save, self._formats = save, Formats(language=language)
        _ = self._formats.gettext
        self.signed_on = ipywidgets.DatePicker(description=_("Signé le"), style={"description_width": "initial"})
        self.signatory = self._text(_("Signataire"), _("prénom, nom et qualité"))
        self.signed_file = self._text(_("Fichier signé"), "../documents/nda/accord_signe.pdf")
        self.message = html(Html(""))
        button = ipywidgets.Button(description=_("Enregistrer la signature"), layout={"width": "auto"})
        button.on_click(lambda _button: self.record())
        self.view = box([self.signed_on, self.signatory, self.signed_file, button, self.message], "audit-panel")

    def record(self) -> None:
        """Record what was typed, or say what is wrong with it."""
        _ = self._formats.gettext
        if self.signed_on.value is None:
            return self._say(_("Indiquez la date de signature."), "late")
        try:
            name = self._save(self.signed_on.value, self.signatory.value, self.signed_file.value)
        except BadInputError as problem:
            return self._say(str(problem), "late")
        return self._say(_("Signature enregistrée dans {file}, avec l’empreinte du fichier signé.").format(file=name),
                         "good")

    def _say(self, sentence: str, tone: str) -> None:
        self.message.value = wrapped(Html(f'<p class="audit-detail {tone}">{shown(sentence)}</p>'))

    def _text(self, name: str, example: str) -> ipywidgets.Text:
        return ipywidgets.Text(description=name, placeholder=example, style={"description_width": "initial"},
                               layout={"width": "100%"})

    def _ipython_display_(self) -> None:
        """Show the form in a notebook."""
        from IPython.display import display  # only a notebook shows it

        display(self.view)
