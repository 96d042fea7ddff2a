"""A form that adds a dated legal row to the practice's file, and the yearly check-list under it."""

import datetime as dt
from pathlib import Path

import ipywidgets

from auditlib.deliver.labels_law import legal_label, legal_value
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.legal_tables import legal_table, parameter_units
from auditlib.legal_upkeep import add_row, check_list
from auditlib.present import tables_law
from auditlib.present.controls import dropdown, form, html, wrapped
from auditlib.present.markup import Html, shown

__all__ = ["LegalForm", "legal_form"]


def legal_form(path: Path | str, *, day: dt.date, language: str = "fr") -> "LegalForm":
    """Return the form.

    Parameters
    ----------
    path : Path or str
        The practice's file of legal rows (``parameters/legal_rates.csv``); made with the first row. Without widgets,
        edit it in a spreadsheet: its columns are `auditlib.legal_tables.COLUMNS`.
    day : date
        Of the check-list.
    language : {"fr", "en"}
    """
    return LegalForm(Path(path), day=day, language=language)


class LegalForm:
    """The form's widgets; `add` is what its button does.

    Attributes
    ----------
    view : ipywidgets.VBox
        What a notebook shows.
    """

    def __init__(self, path: Path, *, day: dt.date, language: str) -> None:
        self._path, self._day, self._formats = path, day, Formats(language=language)
        _ = self._formats.gettext
        pairs = [(f"{legal_label(name, self._formats)} · {self._unit(unit)}", (name, unit))
                 for name, units in parameter_units().items() for unit in units]
        self.parameter = dropdown(_("Paramètre"), pairs, css="audit-legal-parameter")
        self.value = self._text(_("Valeur"), "2,15")
        self.valid_from = self._text(_("En vigueur depuis le"), "01/07/2026")
        self.source = self._text(_("Source"), _("publication et adresse, ou article"))
        self.checked_on = self._text(_("Vérifié le"), f"{day:%d/%m/%Y}")
        self.message, self.listed = html(Html("")), html(Html(""))
        button = ipywidgets.Button(description=_("Ajouter aux paramètres du cabinet"), layout={"width": "auto"})
        button.on_click(lambda _button: self.add())
        asked = [self.parameter, self.value, self.valid_from, self.source, self.checked_on]
        self.view = form([*asked, button, self.message, self.listed], self._formats)
        self._list()

    def add(self) -> None:
        """Add the row typed, or say what is wrong with it."""
        name, unit = self.parameter.value
        try:
            add_row(self._path, parameter=name, unit=unit, value=self.value.value, valid_from=self.valid_from.value,
                    source=self.source.value, checked_on=self.checked_on.value)
        except BadInputError as problem:
            return self._say(str(problem), "late")
        self._list()
        return self._say(self._formats.gettext("Ligne ajoutée à {file}.").format(file=self._path.name), "good")

    def _say(self, sentence: str, tone: str) -> None:
        self.message.value = wrapped(Html(f'<p class="audit-detail {tone}">{shown(sentence)}</p>'))

    def _list(self) -> None:
        listed = check_list(legal_table(self._path), day=self._day)
        self.listed.value = wrapped(tables_law.check_list(listed, self._formats))

    def _unit(self, unit: str) -> str:
        return legal_value(0, unit, self._formats).replace("0,00", "…").replace("0.00", "…").replace("0", "…", 1)

    def _text(self, name: str, example: str) -> ipywidgets.Text:
        return ipywidgets.Text(description=name, placeholder=example, style={"description_width": "initial"},
                               layout={"width": "100%"})

    def _ipython_display_(self) -> None:
        """Show the form in a notebook."""
        from IPython.display import display  # only a notebook shows it

        display(self.view)
