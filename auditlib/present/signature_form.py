"""The form that records the signature of the non-disclosure agreement: day, signatory, and the signed file."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import ipywidgets

from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.non_disclosure import NonDisclosure
from auditlib.present.controls import box, html, wrapped
from auditlib.present.markup import Html, shown

__all__ = ["SignatureForm", "signature_form"]

Save = Callable[[dt.date, str, Path | tuple[str, bytes]], str]


def signature_form(nda: NonDisclosure, *, save: Save, language: str = "fr") -> ipywidgets.VBox:
    """Return the form's view.

    Parameters
    ----------
    nda : NonDisclosure
        What is recorded already.
    save : callable
        Takes the day, the signatory, and the file as a path or as name and content; records them and returns the
        file's SHA-256.
    language : {"fr", "en"}
    """
    return SignatureForm(nda, save=save, language=language).view


class SignatureForm:
    """The form's widgets; `record` is what its button does.

    Attributes
    ----------
    view : ipywidgets.VBox
        What a notebook shows.
    """

    def __init__(self, nda: NonDisclosure, *, save: Save, language: str = "fr") -> None:
        self._save, self._formats = save, Formats(language=language)
        _, wide = self._formats.gettext, {"description_width": "initial"}
        layout = {"width": "100%"}
        self.signed_on = ipywidgets.DatePicker(value=nda.signed_on, description=_("Signé le"), style=wide)
        self.signatory = ipywidgets.Text(
            value=nda.signatory or nda.client.represented_by, description=_("Signataire et qualité"), style=wide,
            placeholder=_("Claire Martin, directrice financière"), layout=layout)
        self.upload = ipywidgets.FileUpload(
            accept=".pdf,.docx,.p7m,.png,.jpg,.jpeg", description=_("Accord signé"), layout={"width": "auto"})
        self.path = ipywidgets.Text(description=_("ou son chemin"), style=wide, layout=layout)
        self.message = html(Html(""))
        button = ipywidgets.Button(
            description=_("Enregistrer la signature"), button_style="primary", layout={"width": "auto"})
        button.on_click(lambda _button: self.record())
        self.view = box([self.signed_on, self.signatory, self.upload, self.path, button, self.message], "audit-panel")

    def record(self) -> None:
        """Record the signature typed, or say what is missing or wrong."""
        _, file = self._formats.gettext, self._file()
        if not (self.signed_on.value and self.signatory.value.strip() and file):
            return self._say(_("Il faut la date, le signataire et l’accord signé."), "late")
        try:
            digest = self._save(self.signed_on.value, self.signatory.value, file)
        except BadInputError as problem:
            return self._say(str(problem), "late")
        return self._say(_("Signature enregistrée ; empreinte SHA-256 du fichier : {digest}. Les documents peuvent "
                           "être lus dès la prochaine exécution.").format(digest=digest), "good")

    def _file(self) -> Path | tuple[str, bytes] | None:
        if self.upload.value:
            uploaded = self.upload.value[0]
            return uploaded["name"], bytes(uploaded["content"])
        return Path(self.path.value.strip()) if self.path.value.strip() else None

    def _say(self, sentence: str, tone: str) -> None:
        self.message.value = wrapped(Html(f'<p class="audit-detail {tone}">{shown(sentence)}</p>'))
